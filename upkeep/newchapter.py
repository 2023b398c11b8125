"""Begin a chapter: write its page, package, tables and test, and enter it wherever it has to stand.

    python -m upkeep.newchapter NAME        (make new CHAPTER=NAME)

Then the tables are sealed and the page is executed. If any of this fails, every file is put back as
it was. The templates are in ``upkeep/chapter``; those in ``entered`` go into files that are there.
What they say is an example, which the author replaces; with it the chapter builds and passes its
tests from the first minute. The message at the end lists what was written.
"""

from __future__ import annotations

import argparse
import builtins
import csv
import io
import json
import keyword
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from tallybook.data import DataError, inference, schema
from tallybook.data.bibliography import BibliographyError
from tallybook.data.seal import seal

from microwork.paths import ROOT
from upkeep import tree
from upkeep.tables import as_csv

TEMPLATES = Path(__file__).parent / "chapter"
NAME = re.compile(r"[a-z]+")
# A line of a template whose words a chapter cannot have for a name.
IMPORTED = re.compile(r"^(?:from|import) .*$", re.M)
TAKEN = {"data", "derive", "report"}  # names with another meaning in the code
# Where the files of a folder of templates go.
PLACES = {
    "page.md": "chapters/{name}.md",
    "test.py": "tests/test_{name}.py",
    "package": "microwork/{name}",
    "data": "data/{name}",
}
# Written by sealing and executing.
MADE = (
    "data/sources.csv",
    "data/SHA256SUMS",
    "tests/baselines/{name}.ipynb",
    "tests/baselines/report.json",
)


class NewChapterError(Exception):
    """The chapter cannot be begun."""


def begin(name: str, root: Path = ROOT) -> list[str]:
    """Write the chapter, seal its tables and execute its page; returns the paths of what was
    written or changed.

    Raises ``NewChapterError``, ``DataError`` or ``BibliographyError``, with every file as it was,
    if it cannot be done.
    """
    files = planned(name, root)
    paths = [*files, *(path.format(name=name) for path in MADE)]
    with all_or_nothing(root, paths):
        write(files, root)
        seal(root / "data")
        _execute(name, root)
    return paths


def planned(name: str, root: Path = ROOT) -> dict[str, str]:
    """The files of a new chapter, and the files it is entered in, as they will be.

    Raises ``NewChapterError`` for a name that cannot be one or is taken.
    """
    if (says := _fault(name)) is not None:
        raise NewChapterError(
            f"CHAPTER: found {name!r}{says}; expected a new word of small letters a to z, such as"
            " 'wages'"
        )
    filled = {
        path.relative_to(TEMPLATES).with_suffix("").as_posix(): (
            Template(path.read_text(encoding="utf-8")).substitute(name=name)
        )
        for path in sorted(TEMPLATES.rglob("*.template"))
    }
    entered, files = {}, {}
    for inside, text in filled.items():
        first, _, rest = inside.partition("/")
        if first == "entered":
            entered[rest] = text
        else:
            files[PLACES[first].format(name=name) + (f"/{rest}" if rest else "")] = text
    for path in (f"microwork/{name}/__init__.py", f"microwork/{name}.py", *files, f"data/{name}"):
        if (root / path).exists():
            raise NewChapterError(
                f"CHAPTER: found {path} already; expected the name of a chapter that does not"
                " exist yet"
            )
    return files | _entered(name, root, entered, files)


def _entered(name: str, root: Path, texts: dict[str, str], files: dict[str, str]) -> dict[str, str]:
    """The files that are there already, with the chapter in them."""
    grown = ("data/claims.csv", "data/standing.csv", "data/tables.csv")
    there = ("_toc.yml", "index.md", "data/sources.bib", *grown)
    old = {path: (root / path).read_text(encoding="utf-8") for path in there}
    columns = next(csv.reader(io.StringIO(old["data/claims.csv"])))
    claim = json.loads(texts["claim.json"])
    # A column that the example does not fill stays empty.
    row = as_csv([[claim.get(column, "") for column in columns]])
    tables = {
        path.removeprefix("data/"): text for path, text in files.items() if path.startswith("data/")
    }
    return {
        "_toc.yml": _contents(old["_toc.yml"], name),
        "index.md": _index(old["index.md"], texts["finding.md"]),
        "data/sources.bib": old["data/sources.bib"].rstrip("\n") + "\n" + texts["sources.bib"],
        "data/claims.csv": old["data/claims.csv"] + row,
        "data/standing.csv": old["data/standing.csv"] + texts["standing.csv"],
        "data/tables.csv": old["data/tables.csv"] + texts["tables.csv"],
        "data/schema.csv": described(root / "data", [name], tables),
    }


def write(files: dict[str, str], root: Path) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def all_or_nothing(root: Path, paths: Iterable[str]) -> Iterator[None]:
    """Put these files back as they were if what is done inside fails; files and folders that were
    not there are removed."""
    places = [root / path for path in paths]
    before = {path: path.read_bytes() if path.is_file() else None for path in places}
    folders = {folder for path in places for folder in path.parents if not folder.exists()}
    try:
        yield
    except BaseException:
        for path, content in before.items():
            if content is not None:
                path.write_bytes(content)
            else:
                path.unlink(missing_ok=True)
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _fault(name: str) -> str | None:
    """Why a name cannot be that of a package of the report which its page and its tests import."""
    if not NAME.fullmatch(name):
        return ""
    if keyword.iskeyword(name) or hasattr(builtins, name):
        return ", a word of Python itself"
    if name in sys.stdlib_module_names:
        return ", a module of the standard library"
    texts = (path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.template"))
    imports = " ".join(line for text in texts for line in IMPORTED.findall(text))
    taken = TAKEN.union(NAME.findall(imports))
    return ", which has another meaning in the code" if name in taken else None


def _contents(text: str, name: str) -> str:
    """``_toc.yml`` with the chapter at the end of the first part; all else stays as it is."""
    first = re.search(r"- caption:.*?(?=^ *- caption:|\Z)", text, re.M | re.S)
    last = [*re.finditer(r"^( *)- file:.*\n", first[0], re.M)][-1]
    end = first.start() + last.end()
    return f"{text[:end]}{last[1]}- file: chapters/{name}\n{text[end:]}"


def _index(text: str, finding: str) -> str:
    """``index.md`` with the finding below the last one; without any, at the end."""
    found = [*re.finditer(r"^(`{3,})\{finding\}.*?^\1\n", text, re.M | re.S)]
    end = found[-1].end() if found else len(text)
    return text[:end] + finding + text[end:]


def described(root: Path, chapters: Iterable[str], tables: dict[str, str]) -> str:
    """``schema.csv`` with new tables, and with chapters among those that a claim may have."""
    columns = schema.lines(root, schema.SCHEMA)
    of_claims = next(
        one for one in columns if (one["table"], one["column"]) == ("claims", "chapter")
    )
    of_claims["rules"] = " | ".join([of_claims["rules"], *chapters])
    for path, text in tables.items():
        columns += inference.described(path.removesuffix(".csv"), text.encode(), columns)
    return schema.text(schema.SCHEMA, columns)


def _execute(name: str, root: Path) -> None:
    """Execute the page and keep its notebook, in a process that imports the report with the new
    chapter."""
    done = tree.python(root, "-m", "tests.notebooks", name)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise NewChapterError(f"python -m tests.notebooks {name}: {last}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", help="one word of small letters")
    try:
        written = begin(parser.parse_args().name)
    except (NewChapterError, DataError, BibliographyError, OSError) as error:
        print(f"{error}\nNo chapter was begun; all files are as they were.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. No chapter was begun; all files are as they were.", file=sys.stderr)
        return 130
    print("Written:", *(f"  {path}" for path in written), sep="\n")
    print("Next: make live, and replace the example.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
