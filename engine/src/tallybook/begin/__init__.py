"""Begin a report: a folder that builds at once, from a table or from an example.

    python -m tallybook new FOLDER [--table FILE.csv]

What the templates say is an example, which the author replaces: one chapter with a number and its
interval, a chart, and a claim with its verdict. The folder is made beside its place and moved there
once its tables are sealed and its numbers computed; if any of this fails, nothing is left.
"""

from __future__ import annotations

import argparse
import importlib.util
import keyword
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from tallybook import project
from tallybook.claims import rows
from tallybook.data import bibliography, cells, inference, seal
from tallybook.data.bibliography import BibliographyError
from tallybook.data.schema import DataError

TEMPLATES = Path(__file__).parent / "templates"
NAME = re.compile(r"[a-z][a-z0-9_]*")
FOLDERS = {"data", "releases"}  # of a report, which a package cannot be called
SOURCE = """
@misc{{{key},
    author = "{{Nobody}}",
    title = "The source {key}, to be filled in",
    year = "{year}"
}}
"""


class BeginError(Exception):
    """The report cannot be begun."""


class Table(NamedTuple):
    """The table of the first chapter: its name, its text, the column that the number is of, that
    column's cells, and the keys of sources that its rows name."""

    name: str
    text: str
    column: str
    values: list[str]
    sources: list[str]


def begin(folder: Path, file: Path | None = None) -> list[str]:
    """Make a report in ``folder``, from the table ``file`` or an example; returns the paths of its
    files.

    Raises ``BeginError``, ``DataError`` or ``BibliographyError``, with nothing written, where that
    cannot be done.
    """
    _check_name(folder)
    values = {"year": str(date.today().year)}
    example = Template(_template("data/first/example.csv")).substitute(values)
    table = _table(file) if file else _read("example", example, "the example")
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as room:
            made = Path(room) / folder.name
            _write(made, table, file.name if file else "Our own choice")
            _describe(made / "data", table)
            _compute(made)
            shutil.rmtree(made / "_build", ignore_errors=True)  # what the check remembers
            written = (path for path in made.rglob("*") if path.is_file())
            files = sorted(str(path.relative_to(made)) for path in written)
            if folder.is_dir():  # empty, and perhaps where a shell stands: it stays the same folder
                for path in made.iterdir():
                    os.replace(path, folder / path.name)
            else:
                os.replace(made, folder)
    except OSError as error:
        raise BeginError(f"new: found that {error.filename}: {error.strerror}") from None
    return files


def _check_name(folder: Path) -> None:
    """Raise ``BeginError`` for a folder that is there, or whose name no package can have."""
    name, expected = folder.name, "expected small letters, digits and _, as in 'garden'"
    if not NAME.fullmatch(name):
        raise BeginError(f"new: found the name {name!r}; {expected}")
    if keyword.iskeyword(name) or name in sys.stdlib_module_names or name in FOLDERS:
        raise BeginError(
            f"new: found the name {name!r}, which has a meaning of its own; {expected}"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BeginError(f"new: found {folder} already; expected a folder that is not there")
    if not folder.parent.is_dir():
        raise BeginError(f"new: found no folder {folder.parent}; expected it, to make {name} in it")
    if not folder.exists() and importlib.util.find_spec(name):
        raise BeginError(f"new: found a package {name!r} that is installed; expected another name")


def _table(file: Path) -> Table:
    """The author's table, under a name that a table of a report can have."""
    if not file.is_file():
        raise BeginError(f"new: found no file {file}; expected a table, such as months.csv")
    name = re.sub(r"[^a-z0-9_-]+", "-", file.stem.lower()).strip("-_") or "table"
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")  # as spreadsheets write
    except UnicodeDecodeError:
        raise BeginError(
            f"{file}: found bytes that are not UTF-8; expected a text in UTF-8"
        ) from None
    return _read(f"table-{name}" if name in rows.kinds() else name, text, str(file))


def _read(name: str, text: str, place: str) -> Table:
    """Raises ``DataError`` for a table with faults, and ``BeginError`` for one without numbers."""
    try:
        described = inference.described(f"first/{name}", text.encode())
    except DataError as error:
        raise DataError(str(error).replace(f"data/first/{name}.csv", place)) from None
    numeric = [one["column"] for one in described if one["type"] in ("integer", "number")]
    keys = [one["column"] for one in described if one["rules"].startswith("key")]
    others = [column for column in numeric if column not in keys]
    if not numeric:
        raise BeginError(f"{place}: found no column of numbers; expected one at least")
    header, *lines = cells.rows(text.encode())
    columns = {one: [line[at] for line in lines] for at, one in enumerate(header)}
    column = (others or numeric)[0]
    values = [cell for cell in columns[column] if cell]
    keys = sorted({key for key in columns.get("source_key", []) if key})
    return Table(name, text, column, values, keys)


def _write(made: Path, table: Table, origin: str) -> None:
    """Fill in the templates; ``origin``: where the table is from."""
    today, found = date.today(), [float(value) for value in table.values]
    doubt = 0.5 * 10.0 ** -max(len(value.partition(".")[2]) for value in table.values)
    values = {
        "package": made.name,
        "title": made.name.replace("_", " ").capitalize(),
        "host": made.name.replace("_", "-"),
        "day": today.isoformat(),
        "year": str(today.year),
        "table": table.name,
        "origin": origin.replace('"', '""'),
        "column": repr(table.column),
        "doubt": repr(doubt),
        "claimed": _claimed(math.fsum(found) / len(found) + doubt),
        "least": "0" if min(found) >= 0 else f"{10 * min(found):.0f}",
        "sources": "".join(SOURCE.format(key=key, year=today.year) for key in table.sources).rstrip(
            "\n"
        ),
    }
    for path in sorted(TEMPLATES.rglob("*.template")):
        name = path.relative_to(TEMPLATES).as_posix().removesuffix(".template")
        if name != "data/first/example.csv":
            text = Template(path.read_text(encoding="utf-8")).substitute(values)
            _put(made / name.replace("package/", f"{made.name}/"), text.rstrip("\n") + "\n")
    _put(made / f"data/first/{table.name}.csv", table.text)


def _claimed(high: float) -> str:
    """A figure of one digit, twice as much as the mean may be at most: the example's claim is too
    high."""
    if high <= 0:
        return "1"
    unit = 10.0 ** math.floor(math.log10(2 * high))
    return f"{math.ceil(2 * high / unit) * unit:.12g}"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.template").read_text(encoding="utf-8")


def _describe(folder: Path, table: Table) -> None:
    """Describe the columns of every table, and seal them all."""
    entries = bibliography.read(folder / "sources.bib")
    _put(folder / bibliography.NAME, bibliography.table_text(entries))
    own = f"first/{table.name}.csv"
    for path in (bibliography.NAME, own, "claims.csv", "first/measurements.csv", "first/flips.csv"):
        inference.describe(path, folder)
    seal.seal(folder)


def _compute(made: Path) -> None:
    """Check the tables and compute the report as a build would, in a process of its own."""
    code = f"from {made.name} import provider as p; p.load()"
    environment = {
        **os.environ,
        "PYTHONPATH": project.search_path(made),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=made, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise BeginError(f"new: found that its numbers cannot be computed: {last}")


def main(arguments: Iterable[str]) -> int:
    """Make a report and say what was made; returns the exit code."""
    parser = argparse.ArgumentParser("python -m tallybook new", description="Begin a report.")
    parser.add_argument("folder", type=Path, help="the folder to make; its name is the package's")
    parser.add_argument("--table", type=Path, help="a CSV file to make it from")
    given: Any = parser.parse_args(list(arguments))
    try:
        files = begin(Path(os.path.abspath(given.folder)), given.table)
    except (BeginError, DataError, BibliographyError) as error:
        print(f"{error}\nNothing was made.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Nothing was made.", file=sys.stderr)
        return 130
    print(f"Made {given.folder}:", *(f"  {name}" for name in files), sep="\n")
    print(f"Next: cd {given.folder} && python -m tallybook build, and replace the example.")
    return 0
