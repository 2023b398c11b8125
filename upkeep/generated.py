"""A report of many light chapters, to see how a build grows and to test builds that take seconds.

Written from this project, with the same code. A generated chapter is: a table of 24 rows, an
analysis module that makes ten numbers from it, and a page of a few sentences that
name the numbers, with one claim, five cells, a chart and two tables (the template in
``upkeep/light``). Its cells import pandas, the analysis and the charts, as those of a real chapter.
"""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path
from string import ascii_lowercase

from tallybook import new
from tallybook.data import schema
from tallybook.data.seal import seal

TEMPLATE = Path(__file__).parent / "light"
CACHES = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
SHARED = "ledger settle numbers answers methods sources glossary cite corrections".split()  # noqa: SIM905
# Tables of the report that the judgements need.
KEPT = ("sources", "standing", "documents")
CONTENTS = """format: jb-book
root: index
parts:
  - caption: Findings
    chapters:
  - caption: Apparatus
    chapters:
""" + "".join(f"      - file: chapters/{name}\n" for name in SHARED)
# Without the families of the chapters that are left out, and what is computed from them.
REPORT = f'''"""A report of light chapters, as the engine asks for it."""

from tallybook.report import Provider, Report

from microwork import HERE

PAGES = {{role: f"chapters/{{role}}" for role in {[one for one in SHARED if one != "settle"]}}}
provider = Provider(HERE, PAGES, key="microwork")
CHAPTERS = tuple(provider.CHAPTERS)
load, content_hash = provider.load, provider.content_hash
server_environment = provider.server_environment
__all__ = ["CHAPTERS", "Report", "content_hash", "server_environment", "load", "provider"]
'''
INDEX = "# A report of light chapters\n\nIt is generated.\n\n```{claim-dots}\n```\n"


def names(count: int) -> list[str]:
    """Names of letters only, since they begin the ids of numbers: lightaa, lightab, ..."""
    return [f"light{a}{b}" for a, b in product(ascii_lowercase, repeat=2)][:count]


def make(root: Path, out: Path, count: int) -> None:
    """Write a project of ``count`` light chapters to the folder ``out``, from that in ``root``."""
    for folder in ("engine/src", "microwork", "upkeep"):
        shutil.copytree(root / folder, out / folder, ignore=CACHES)
    for package in (out / "microwork").glob("*/numbers.py"):
        shutil.rmtree(package.parent)
    (out / "microwork/report.py").write_text(REPORT, encoding="utf-8")
    (out / "data").mkdir()
    shutil.copytree(root / "chapters/static", out / "chapters/static")
    for name in SHARED:  # without their links to pages that are left out
        text = (root / f"chapters/{name}.md").read_text(encoding="utf-8")
        links = rf"\[([^\]]+)\]\((?!(?:{'|'.join(SHARED)})\.md)\w+\.md\)"
        (out / f"chapters/{name}.md").write_text(re.sub(links, r"\1", text), encoding="utf-8")
    tables = ["data/sources.bib", f"data/{schema.LICENCES}", *(f"data/{one}.csv" for one in KEPT)]
    for name in ("_config.yml", "CITATION.cff", "requirements.txt", *tables):
        shutil.copyfile(root / name, out / name)
    settings = (out / "_config.yml").read_text(encoding="utf-8")
    alone = re.sub(r"(?m)^ +report_languages:.*\n", "", settings)  # it has no catalogues
    (out / "_config.yml").write_text(alone, encoding="utf-8")
    (out / "index.md").write_text(INDEX, encoding="utf-8")
    (out / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    for name in (schema.TABLES, schema.SCHEMA):
        known = (*KEPT, "claims", "judgements", schema.WHOLE)
        lines = [line for line in schema.lines(root / "data", name) if line["table"] in known]
        schema.write(out / "data", name, lines)
    for name in ("claims", "judgements"):
        with (root / f"data/{name}.csv").open(encoding="utf-8") as table:
            (out / f"data/{name}.csv").write_text(next(table), encoding="utf-8")
    for place, name in enumerate(names(count)):
        new.add(out, name, TEMPLATE, _values(place))
    seal(out / "data")


def _values(place: int) -> dict[str, str]:
    rows = (
        f"{2020 + row // 12}-{1 + row % 12:02},{5 + (7 * row + 3 * place) % 11},cnrsjournal2019"
        for row in range(24)
    )
    return {"rows": "\n".join(rows), "outlet": ("A paper", "Another paper")[place % 2]}
