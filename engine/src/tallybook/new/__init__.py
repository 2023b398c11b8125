"""Begin a report, or a chapter of the report in this folder: it builds at once, from a table or
from an example.

    python -m tallybook new FOLDER [--table FILE.csv]
    python -m tallybook new --chapter NAME [--table FILE.csv] [--template DIR] [--run MODULE]

A report is begun with its first chapter. What the templates say is an example, which the author
replaces: a number with its interval, a chart, and a claim with its verdict. All is made in a copy,
and put in place once its tables are sealed and its numbers computed; if any of this fails, nothing
is changed.

A template is a folder of files. In their paths ``NAME`` is the chapter and ``PACKAGE`` the package
of the report. A file that the report has already gains what the template says: a table the rows
whose first cell it does not have, and ``index.md`` what then stands below the last finding.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from tallybook import files, settings
from tallybook.claims import rows
from tallybook.data import bibliography, inference, schema, seal
from tallybook.data.schema import DataError
from tallybook.errors import TallybookError
from tallybook.new.names import BeginError, check_chapter, check_report
from tallybook.release import tree

TEMPLATES = Path(__file__).parent / "templates"
FIRST = "first"  # the first chapter of a report
FINDING = re.compile(r"^(`{3,})\{finding\}.*?^\1\n", re.M | re.S)
LISTED = re.compile(r"^( *)chapters:\n((?:\1[ -].*\n)*)", re.M)
__all__ = ["BeginError", "begin", "fill", "main"]
SOURCE = """
@misc{{{key},
    author = "{{Nobody}}",
    title = "The source {key}, to be filled in",
    year = "{year}"
}}
"""


def begin(
    root: Path,
    chapter: str | None = None,
    table: Path | None = None,
    template: Path = TEMPLATES / "chapter",
    run: str = "",
) -> list[str]:
    """Make a report in ``root``, or begin a chapter of the one that is there; returns the paths of
    what was written or changed.

    ``table``: the author's own; ``run``: a module that is run with the chapter's name in the end,
    such as one that executes its page. Raises ``TallybookError``, with nothing written, where it
    cannot be done.
    """
    if chapter is None:
        check_report(root)
    else:
        check_chapter(chapter, root, template)
    with tempfile.TemporaryDirectory() as room:
        made = Path(room) / root.name
        if chapter:
            shutil.copytree(root, made, ignore=files.left_out)
        else:
            values = {"package": root.name, "host": root.name.replace("_", "-")}
            values |= {"title": root.name.replace("_", " ").capitalize(), "day": _today()}
            fill(TEMPLATES / "report", made, values)
        name = chapter or FIRST
        known = (made / "data/sources.bib").read_text(encoding="utf-8") if chapter else ""
        own = template == TEMPLATES / "chapter"
        add(made, name, template, _of_table(name, table, known) if own else {})
        seal.seal(made / "data")
        _try(made, name, run)
        return _put(made, root)


def add(root: Path, name: str, template: Path, values: dict[str, str]) -> None:
    """Write a chapter from a template, list its page, and describe its tables."""
    folder, told = root / "data", settings.report_provider(root) or ""
    [licence, *_] = schema.lines(folder, schema.LICENCES)
    package = re.split("[.:]", told)[0]
    values = {"name": name, "package": package, "licence": licence["licence"], **values}
    new = fill(template, root, values)
    books, made = bibliography.paths(folder)
    if not made.exists():
        _write(made, bibliography.table_text(bibliography.read(books)))
        new.insert(0, f"data/{bibliography.NAME}")
    if (folder / schema.SCHEMA).exists():
        columns = schema.lines(folder, schema.SCHEMA)
        for line in columns:
            if (line["table"], line["column"]) == ("claims", "chapter"):
                line["rules"] = re.sub("one of [^;]*", rf"\g<0> | {name}", line["rules"])
        schema.write(folder, schema.SCHEMA, columns)
    for path in new:
        if path.startswith("data/") and path.endswith(".csv"):
            inference.describe(path.removeprefix("data/"), folder)
    [page] = [path.removesuffix(".md") for path in new if path.endswith(f"{name}.md")]
    text = files.text(root / settings.TOC, settings.TOC)
    if not (listed := LISTED.search(text)):
        raise BeginError(settings.TOC, "no list of chapters", "one, to add a chapter to")
    indent = listed[2].partition("-")[0] or f"{listed[1]}  "
    entry, end = f"{indent}- file: {page}\n", listed.end()
    _write(root / settings.TOC, text[:end] + entry + text[end:])


def fill(template: Path, root: Path, values: dict[str, str]) -> list[str]:
    """Fill in the files of a template; returns the paths of those that are new in the report."""
    new = []
    for path in sorted(template.rglob("*.template")):
        inside = path.relative_to(template).as_posix().removesuffix(".template")
        for word in ("NAME", "PACKAGE", "TABLE"):
            inside = inside.replace(word, values.get(word.lower(), word))
        text = Template(path.read_text(encoding="utf-8")).substitute(values).rstrip("\n") + "\n"
        if (root / inside).exists():
            text = _grown(root / inside, text)
        else:
            new.append(inside)
        _write(root / inside, text)
    return new


def _grown(path: Path, more: str) -> str:
    """A file that is there with what a template says: rows of a table by their columns, but those
    whose first cell it has."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        header, *there = csv.reader(io.StringIO(text))
        known = {row[0] for row in there}
        made = csv.DictReader(io.StringIO(more))
        lines = ([row.get(column, "") for column in header] for row in made)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(one for one in lines if one[0] not in known)
        return text + out.getvalue()
    findings = [*FINDING.finditer(text)]
    end = findings[-1].end() if findings else len(text)
    return f"{text[:end]}\n{more}{text[end:]}"


def _of_table(chapter: str, file: Path | None, known: str) -> dict[str, str]:
    """What the engine's template says of a table. ``known``: the bibliography as it is. Raises
    ``DataError`` for a table with faults, and ``BeginError`` for one without numbers."""
    values = {"name": chapter, "year": _today()[:4], "day": _today()}
    name, place, origin = "example", "the example", "Our own choice"
    if file:
        content = file.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        name = re.sub(r"[^a-z0-9_-]+", "-", file.stem.lower()).strip("-_") or "table"
        name = f"table-{name}" if name in rows.kinds() else name
        place, origin = str(file), file.name
    else:
        example = (TEMPLATES / "example.csv.template").read_text(encoding="utf-8")
        content = Template(example).substitute(values).encode()
    try:
        described = inference.described(f"{chapter}/{name}", content)
    except DataError as error:
        raise DataError(str(error).replace(f"data/{chapter}/{name}.csv", place)) from None
    numeric = [one["column"] for one in described if one["type"] in ("integer", "number")]
    keys = [one["column"] for one in described if one["rules"].startswith("key")]
    if not numeric:
        raise BeginError(place, "no column of numbers", "one at least")
    column = [*(one for one in numeric if one not in keys), *numeric][0]
    lines = [*csv.DictReader(io.StringIO(content.decode()))]
    numbers = [line[column] for line in lines if line[column]]
    found = [*map(float, numbers)]
    mean = math.fsum(found) / len(found)
    doubt = 0.5 * 10.0 ** -max(len(one.partition(".")[2]) for one in numbers)
    sources = sorted({key for line in lines if (key := line.get("source_key"))})
    new = [one for one in sources if f"{{{one}," not in known]
    return values | {
        "text": content.decode(),
        "table": name,
        "origin": origin.replace('"', '""'),
        "column": repr(column),
        "doubt": repr(doubt),
        "claimed": _claimed(mean + doubt),
        # A figure is too high by a factor, and only what is above nought has one.
        "kind": "figure" if mean > doubt else "arithmetic",
        "sources": "".join(SOURCE.format(key=key, year=values["year"]) for key in new),
    }


def _claimed(high: float) -> str:
    """A figure of one digit, twice as much as the mean may be at most: the example's claim is too
    high."""
    if high <= 0:
        return "1"
    unit = 10.0 ** math.floor(math.log10(2 * high))
    return f"{math.ceil(2 * high / unit) * unit:.12g}"


def _try(made: Path, chapter: str, run: str) -> None:
    """Compute the report as a build would, or run what the author has given for this, in a process
    of its own."""
    module, _, name = (settings.report_provider(made) or "").partition(":")
    compute = ("-c", f"from {module} import {name} as p; p.load()")
    command = ("-m", run, chapter) if run else compute
    done = tree.python(made, *command)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise BeginError(f"python {' '.join(command)}: {last}")


def _put(made: Path, to: Path) -> list[str]:
    """Put in place what is new or changed in the copy; returns the paths."""
    changed = {}
    for path in sorted(made.rglob("*")):
        inside = path.relative_to(made)
        # Else Python's and the tools' own; but a new report has one hidden file.
        wanted = files.whose(path, made) is files.Whose.AUTHOR or path.name == ".gitignore"
        if wanted and path.is_file():
            content, there = path.read_bytes(), to / inside
            if not there.is_file() or there.read_bytes() != content:
                changed[inside.as_posix()] = content
    for name, content in changed.items():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes(content)
    return [*changed]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _today() -> str:
    return date.today().isoformat()


def main(arguments: Iterable[str]) -> int:
    """Begin a report or a chapter and say what was made; returns the exit code."""
    parser = argparse.ArgumentParser("python -m tallybook new", description="Begin a report.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", nargs="?", help="the folder to make; its name is the package's")
    what.add_argument("--chapter", help="begin this chapter of the report in this folder")
    parser.add_argument("--table", type=Path, help="a CSV file to make it from")
    chapter = TEMPLATES / "chapter"
    parser.add_argument("--template", type=Path, default=chapter, help="of this report's chapters")
    parser.add_argument("--run", default="", help="a module to run with the chapter's name")
    given: Any = parser.parse_args(list(arguments))
    where = Path(os.path.abspath(given.folder or "."))
    try:
        files = begin(where, given.chapter, given.table, given.template, given.run)
    except (TallybookError, OSError) as error:
        print(f"{error}\nNothing was made.", file=sys.stderr)
        return 1
    print("Made:", *(f"  {name}" for name in files), sep="\n")
    print("Next: python -m tallybook live in that folder, and replace the example.")
    return 0
