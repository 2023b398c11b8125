"""A report of many light chapters, to see how a build grows and to test builds that take seconds.

Written from this project, with the same code. A generated chapter is: a table of 24 rows, an
analysis module that makes ten numbers and one verdict from it, and a page of a few sentences that
name the numbers, with one claim, five cells, a chart and two tables (the templates in
``upkeep/light``). Its cells import pandas, the analysis and the charts, as those of a real chapter.
"""

from __future__ import annotations

import json
import re
import shutil
from itertools import product
from pathlib import Path
from string import Template, ascii_lowercase

import yaml
from tallybook.data import schema
from tallybook.data.seal import seal

from upkeep import newchapter
from upkeep.newchapter import TEMPLATES as EXAMPLES
from upkeep.tables import as_csv

TEMPLATES = Path(__file__).parent / "light"
CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
SHARED = (
    "ledger",
    "solid",
    "settle",
    "numbers",
    "methods",
    "sources",
    "glossary",
    "cite",
    "corrections",
)
SOURCE = "cnrsjournal2019"
# Tables of the report that a verdict needs, beside the claims and their coding.
KEPT = ("sources", "thresholds", "standing", "documents")
# What differs from the claim of a chapter that ``make new`` begins.
CLAIM = {"statement": "The mean", "value": 10, "unit": "ratio", "qualifier": "about"}
INDEX = "# A report of light chapters\n\nIt is generated.\n\n```{verdicts}\n```\n"


def names(count: int) -> list[str]:
    """Names of letters only, since they begin the ids of numbers: lightaa, lightab, ..."""
    return [f"light{a}{b}" for a, b in product(ascii_lowercase, repeat=2)][:count]


def make(root: Path, out: Path, count: int) -> None:
    """Write a project of ``count`` light chapters to the folder ``out``, from that in ``root``."""
    for folder in ("engine/src", "microwork", "upkeep"):
        shutil.copytree(root / folder, out / folder, ignore=CACHES)
    for package in (out / "microwork").glob("*/numbers.py"):
        shutil.rmtree(package.parent)
    (out / "chapters").mkdir()
    pages = [f"chapters/{name}.md" for name in SHARED]
    for name in ("_config.yml", "CITATION.cff", "requirements.txt", *pages):
        shutil.copyfile(root / name, out / name)
    settings = (out / "_config.yml").read_text(encoding="utf-8")
    alone = re.sub(r"(?m)^ +report_languages:.*\n", "", settings)  # it has no catalogues
    (out / "_config.yml").write_text(alone, encoding="utf-8")
    for name in names(count):
        (out / "microwork" / name).mkdir()
        _fill("module.py", name, out / "microwork" / name / "__init__.py")
        _fill("page.md", name, out / "chapters" / f"{name}.md")
    (out / "index.md").write_text(INDEX, encoding="utf-8")
    parts = [
        {"caption": caption, "chapters": [{"file": f"chapters/{name}"} for name in part]}
        for caption, part in (("Findings", names(count)), ("Apparatus", SHARED))
    ]
    contents = {"format": "jb-book", "root": "index", "parts": parts}
    (out / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")
    _data(root / "data", out / "data", names(count))


def _fill(template: str, name: str, to: Path) -> None:
    text = (TEMPLATES / f"{template}.template").read_text(encoding="utf-8")
    to.write_text(Template(text).substitute(name=name), encoding="utf-8")


def _data(root: Path, out: Path, chapters: list[str]) -> None:
    """Sources as they are, one claim and one table for each chapter, and their description."""
    out.mkdir()
    for name in ("sources.bib", *(f"{table}.csv" for table in KEPT)):
        shutil.copyfile(root / name, out / name)
    known = (*KEPT, "claims", "coding", schema.WHOLE)
    tables = [one for one in schema.lines(root, schema.TABLES) if one["table"] in known]
    described = [one for one in schema.lines(root, schema.SCHEMA) if one["table"] in known]
    columns, claims = [one["column"] for one in described if one["table"] == "claims"], []
    texts = {}
    example = json.loads((EXAMPLES / "entered/claim.json.template").read_text(encoding="utf-8"))
    for place, name in enumerate(chapters):
        outlet = ("A paper", "Another paper")[place % 2]
        own = {"claim_id": f"{name}-mean", "chapter": name, "outlet": outlet, "source_key": SOURCE}
        claim = example | CLAIM | own
        claims.append([claim.get(column, "") for column in columns])
        rows = [
            [f"{2020 + row // 12}-{1 + row % 12:02}", 5 + (7 * row + 3 * place) % 11, SOURCE]
            for row in range(24)
        ]
        path, text = f"{name}/values.csv", as_csv([["month", "value", "source_key"], *rows])
        (out / name).mkdir()
        (out / path).write_text(text, encoding="utf-8")
        texts[path] = text
        said = {"title": f"Values of {name}", "licence": "ours", "description": "Generated."}
        tables.append(dict.fromkeys(tables[0], "") | {"table": f"{name}/values"} | said)
    (out / "claims.csv").write_text(as_csv([columns, *claims]), encoding="utf-8")
    codes = [
        [f"{name}-mean", coder, "figure", "none", "computed"]
        for name in chapters
        for coder in (1, 2)
    ]
    heads = ["claim_id", "coder", "asserts", "place", "source_key"]
    (out / "coding.csv").write_text(as_csv([heads, *codes]), encoding="utf-8")
    shutil.copyfile(root / schema.LICENCES, out / schema.LICENCES)
    schema.write(out, schema.TABLES, tables)
    schema.write(out, schema.SCHEMA, described)
    (out / schema.SCHEMA).write_text(newchapter.described(out, chapters, texts), encoding="utf-8")
    seal(out)
