"""Begin a chapter: write its page, package, tables and test from templates, and enter it everywhere it has to stand.

    python -m upkeep.newchapter NAME        (make new CHAPTER=NAME)

The templates are in ``upkeep/chapter``. What they say is an example, which the author replaces; with it the chapter builds and
passes its tests from the first minute. The message at the end lists what was written.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from pathlib import Path
from string import Template

from microwork.paths import ROOT
from upkeep.described import as_csv, resource

TEMPLATES = Path(__file__).parent / "chapter"
NAME = re.compile(r"[a-z]+")
TAKEN = {"charts", "data", "derive", "microwork", "numbers", "report", "tables"}  # names with another meaning in the code
PLACES = {"page.md": "chapters/{name}.md", "test.py": "tests/test_{name}.py"}
SOURCE = """
@misc{{example-{name},
    author = "{{Example}}",
    title = "An example for the chapter on {name}, to be replaced",
    year = "2026"
}}
"""
FACT = ["example", "an example, to be replaced", 1, "percent", "nobody", "nowhere", "2026", "example-{name}", "nowhere", "A"]
FIELDS = {
    "fact_id": "Name of the row",
    "quantity": "What it is",
    "value": "The value as published",
    "unit": "Its unit",
    "population": "Of whom",
    "country": "Where",
    "period": "When",
    "source_key": "Source in sources.bib",
    "locator": "Place in the source",
    "grade": "A: read in the source's own text; B: in a text that reports it",
}
CLAIM = {
    "claim_id": "{name}-example",
    "chapter": "{name}",
    "weight": "lead",
    "said_by": "Somebody",
    "kind": "quantity",
    "key_phrase": "an example",
    "language": "en",
    "outlet": "Example",
    "date": "2026-01-01",
    "statement": "An example, to be replaced",
    "value": "1",
    "unit": "percent",
    "source_key": "example-{name}",
}
# The row in which the claim's figure stands: a number made from it cannot test the claim.
REPORTS = {
    "claim_id": ("The claim", "{name}-example"),
    "table": ("Name of the table", "{name}/facts"),
    "row": ("Key of the row", "example"),
    "source_key": ("Where it was read; key of sources", "example-{name}"),
}
FINDING = """
```{{finding}} {name}
:claim: {name}-example
:title: What is asked in the chapter on {name}?
The answer in a sentence, with {{num}}`{name}.example` of an example that is to be replaced.
```
"""


class NewChapterError(Exception):
    """The chapter cannot be begun."""


def begin(name: str, root: Path = ROOT) -> list[str]:
    """Write the chapter; returns the paths that were written or changed.

    Raises ``NewChapterError``, with nothing written, for a name that cannot be one or is taken.
    """
    if not NAME.fullmatch(name) or name in TAKEN:
        raise NewChapterError(f"CHAPTER: found {name!r}; expected a new word of small letters a to z, such as 'wages'")
    files = {_place(path, name): _filled(path, name) for path in sorted(TEMPLATES.rglob("*.template"))}
    files[f"data/{name}/facts.csv"] = as_csv([list(FIELDS), [_named(cell, name) for cell in FACT]])
    files[f"data/{name}/reports.csv"] = as_csv([list(REPORTS), [_named(cell, name) for _, cell in REPORTS.values()]])
    there = [path for path in (*files, f"microwork/{name}.py") if (root / path).exists()]
    if there:
        raise NewChapterError(f"CHAPTER: found {there[0]} already; expected the name of a chapter that does not exist yet")
    changed = {
        "_toc.yml": _contents(root, name),
        "index.md": (root / "index.md").read_text("utf-8").rstrip("\n") + "\n" + FINDING.format(name=name),
        "data/sources.bib": (root / "data/sources.bib").read_text("utf-8").rstrip("\n") + "\n" + SOURCE.format(name=name),
        "data/claims.csv": _claims(root, name),
        "data/datapackage.json": _package(root, name),
    }
    for path, text in {**files, **changed}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return [*files, *changed]


def _place(path: Path, name: str) -> str:
    inside = path.relative_to(TEMPLATES).with_suffix("").as_posix()
    return PLACES.get(inside, f"microwork/{name}/{Path(inside).name}").format(name=name)


def _filled(path: Path, name: str) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(name=name)


def _named(cell: object, name: str) -> object:
    return cell.format(name=name) if isinstance(cell, str) else cell


def _contents(root: Path, name: str) -> str:
    """``_toc.yml`` with the chapter at the end of the first part; the rest of the file stays as it is."""
    lines = (root / "_toc.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    parts = [place for place, line in enumerate(lines) if line.lstrip().startswith("- caption:")]
    end = parts[1] if len(parts) > 1 else len(lines)
    last = max(place for place, line in enumerate(lines[:end]) if line.lstrip().startswith("- file:"))
    indent = lines[last][: lines[last].index("- file:")]
    return "".join([*lines[: last + 1], f"{indent}- file: chapters/{name}\n", *lines[last + 1 :]])


def _claims(root: Path, name: str) -> str:
    """``claims.csv`` with one more row. A column that the example does not fill stays empty."""
    text = (root / "data/claims.csv").read_text(encoding="utf-8")
    columns = next(csv.reader(io.StringIO(text)))
    return text + as_csv([[_named(CLAIM.get(column, ""), name) for column in columns]])


def _package(root: Path, name: str) -> str:
    """The description of the data with the new table, and the chapter's name among those a claim may have."""
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    claims = next(each for each in package["resources"] if each["name"] == "claims")
    field = next(field for field in claims["schema"]["fields"] if field["name"] == "chapter")
    field["constraints"]["enum"].append(name)
    fields = [
        {
            "name": column,
            "type": "number" if column == "value" else "string",
            "description": words,
            "constraints": {"required": True} | ({"enum": ["A", "B"]} if column == "grade" else {}),
        }
        for column, words in FIELDS.items()
    ]
    title = f"Published figures of the chapter on {name}"
    package["resources"].append(resource(name, "facts", title, "Written by make new; to be replaced.", fields))
    fields = [
        {"name": column, "type": "string", "description": words, "constraints": {"required": True}}
        for column, (words, _) in REPORTS.items()
    ]
    reports = resource(name, "reports", f"Rows that report a claim of the chapter on {name}", "Written by make new.", fields)
    reports["schema"]["primaryKey"] = ["claim_id", "table", "row"]
    package["resources"].append(reports)
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="one word of small letters")
    try:
        written = begin(parser.parse_args().name)
    except NewChapterError as error:
        print(error, file=sys.stderr)
        return 1
    print("Written:", *(f"  {path}" for path in written), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
