"""Begin a chapter: write its page, package, tables and test from templates, and enter it everywhere
it has to stand.

    python -m upkeep.newchapter NAME        (make new CHAPTER=NAME)

Then the tables are sealed and the page is executed. If any of this fails, every file is put back as
it was. The templates are in ``upkeep/chapter``. What they say is an example, which the author
replaces; with it the chapter builds and passes its tests from the first minute. The message at the
end lists what was written.
"""

from __future__ import annotations

import argparse
import builtins
import csv
import io
import json
import keyword
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template

from tallybook.data import DataError
from tallybook.data.bibliography import BibliographyError
from tallybook.data.seal import seal

from microwork.paths import ROOT
from upkeep import tree
from upkeep.described import as_csv, resource

TEMPLATES = Path(__file__).parent / "chapter"
NAME = re.compile(r"[a-z]+")
IMPORTED = re.compile(
    r"^(?:from|import) .*$", re.M
)  # a line of a template whose words a chapter cannot have for a name
TAKEN = {"data", "derive", "report"}  # names with another meaning in the code
PLACES = {"page.md": "chapters/{name}.md", "test.py": "tests/test_{name}.py"}
MADE = (
    "data/sources.csv",
    "tests/baselines/{name}.ipynb",
    "tests/baselines/report.json",
)  # by sealing and executing
STANDING = "counted-{name},counted-{name},no,counted-{name},whole,A,an example\n"
SOURCES = """
@misc{{said-{name},
    author = "{{Example}}",
    title = "An article in which the claim of the chapter {name} stands, to be replaced",
    year = "2026"
}}

@misc{{counted-{name},
    author = "{{Example}}",
    title = "A survey on which the claim of the chapter {name} is tested, to be replaced",
    year = "2026"
}}
"""
CLAIM = {
    "claim_id": "{name}-said",
    "chapter": "{name}",
    "weight": "lead",
    "said_by": "Somebody",
    "asserts": "figure",
    "place": "none",
    "key_phrase": "sixty percent",
    "language": "en",
    "outlet": "Example",
    "date": "2026-01-01",
    "statement": "Sixty percent do it: an example, to be replaced.",
    "value": "60",
    "unit": "percent",
    "source_key": "said-{name}",
}
COLUMNS = "fact_id,quantity,value,unit,population,n,country,period,source_key,locator,grade,note"
# Title, description and rows of each table.
TABLES = {
    "facts": (
        "Published figures of the chapter {name}",
        "An example, to be replaced.",
        f"""{COLUMNS}
said,"share who do it, an example",60,percent,nobody,,nowhere,2026,said-{{name}},page 1,A,
counted,"share who do it, an example",48,percent,nobody,250,nowhere,2026,counted-{{name}},page 2,A,
""",
    ),
    # The row in which the claim's figure stands: a number made from it cannot test the claim.
    "reports": (
        "Rows that report a claim of the chapter {name}",
        (
            "The rows of tables in which the figure of a claim stands. A number made from them"
            " cannot test that claim."
        ),
        "claim_id,table,row,source_key\n{name}-said,{name}/facts,said,said-{name}\n",
    ),
    "measurements": (
        "Measurements of the chapter {name}",
        "What each tested claim of the chapter rests on, named before any result.",
        """measurement_id,family,what,data,window,starts,interval,least,most,weak,source_key,reason
{name}-survey,,"Share who do it, an example",{name}/facts,2026,,sampling,0,100,,computed,the only survey; an example
""",
    ),
    "flips": (
        "What would change the verdicts of the chapter {name}",
        "Each assumption behind a verdict of the chapter, with its value and its plausible range.",
        """flip_id,assumption,unit,value,least,most,source_key,reason
width,"Width of the range, as a multiple of what chance alone gives",times,1,1,3,computed,those who answer may be unlike others
""",
    ),
}
FINDING = """
```{{finding}} {name}
:claim: {name}-said
:chart: {name}-first
:title: What is asked in the chapter {name}?
The answer in a sentence: {{num}}`{name}.counted` of those who were asked, an example to be replaced.
```
"""


class NewChapterError(Exception):
    """The chapter cannot be begun."""


def begin(name: str, root: Path = ROOT) -> list[str]:
    """Write the chapter, seal its tables and execute its page; returns the paths that were written
    or changed.

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
    files = {
        _place(path, name): _filled(path, name) for path in sorted(TEMPLATES.rglob("*.template"))
    }
    tables = {
        f"{name}/{table}.csv": rows.format(name=name) for table, (_, _, rows) in TABLES.items()
    }
    files |= {f"data/{path}": text for path, text in tables.items()}
    there = [
        path for path in (*files, f"microwork/{name}.py", f"data/{name}") if (root / path).exists()
    ]
    if there:
        raise NewChapterError(
            f"CHAPTER: found {there[0]} already; expected the name of a chapter that does not"
            " exist yet"
        )
    return {
        **files,
        "_toc.yml": _contents(_read(root, "_toc.yml"), name),
        "index.md": _index(_read(root, "index.md"), name),
        "data/sources.bib": (
            _read(root, "data/sources.bib").rstrip("\n") + "\n" + SOURCES.format(name=name)
        ),
        "data/claims.csv": _claims(_read(root, "data/claims.csv"), name),
        "data/standing.csv": _read(root, "data/standing.csv") + STANDING.format(name=name),
        "data/datapackage.json": _package(_read(root, "data/datapackage.json"), name, tables),
    }


def write(files: dict[str, str], root: Path) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def all_or_nothing(root: Path, paths: Iterable[str]) -> Iterator[None]:
    """Put these files back as they were if what is done inside fails; files and folders that were
    not there are removed."""
    before = {
        root / path: (root / path).read_bytes() if (root / path).is_file() else None
        for path in paths
    }
    new = [
        folder
        for path in before
        for folder in path.parents
        if root in folder.parents and not folder.exists()
    ]
    try:
        yield
    except BaseException:
        for path, content in before.items():
            if content is not None:
                path.write_bytes(content)
            else:
                path.unlink(missing_ok=True)
        for folder in new:
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
    words = {
        word
        for path in TEMPLATES.rglob("*.template")
        for line in IMPORTED.findall(_text(path))
        for word in NAME.findall(line)
    }
    return ", which has another meaning in the code" if name in words | TAKEN else None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _read(root: Path, path: str) -> str:
    return _text(root / path)


def _place(path: Path, name: str) -> str:
    inside = path.relative_to(TEMPLATES).with_suffix("").as_posix()
    return PLACES.get(inside, f"microwork/{name}/{Path(inside).name}").format(name=name)


def _filled(path: Path, name: str) -> str:
    return Template(_text(path)).substitute(name=name)


def _contents(text: str, name: str) -> str:
    """``_toc.yml`` with the chapter at the end of the first part; the rest of the file stays as it
    is."""
    lines = text.splitlines(keepends=True)
    parts = [place for place, line in enumerate(lines) if line.lstrip().startswith("- caption:")]
    end = parts[1] if len(parts) > 1 else len(lines)
    last = max(
        place for place, line in enumerate(lines[:end]) if line.lstrip().startswith("- file:")
    )
    indent = lines[last][: lines[last].index("- file:")]
    return "".join([*lines[: last + 1], f"{indent}- file: chapters/{name}\n", *lines[last + 1 :]])


def _index(text: str, name: str) -> str:
    """``index.md`` with the finding below the last one; without any, at the end."""
    found = [*re.finditer(r"^(`{3,})\{finding\}.*?^\1\n", text, re.M | re.S)]
    end = found[-1].end() if found else len(text)
    return text[:end] + FINDING.format(name=name) + text[end:]


def _claims(text: str, name: str) -> str:
    """``claims.csv`` with one more row. A column that the example does not fill stays empty."""
    columns = next(csv.reader(io.StringIO(text)))
    return text + as_csv([[CLAIM.get(column, "").format(name=name) for column in columns]])


def _package(text: str, name: str, tables: dict[str, str]) -> str:
    """The description of the data with the new tables, and the chapter's name among those a claim
    may have."""
    package = json.loads(text)
    claims = next(each for each in package["resources"] if each["name"] == "claims")
    field = next(field for field in claims["schema"]["fields"] if field["name"] == "chapter")
    field["constraints"]["enum"].append(name)
    known = [each["schema"] for each in package["resources"] if "schema" in each]
    package["resources"] += [
        resource(path, rows, title.format(name=name), description, known)
        for (path, rows), (title, description, _) in zip(
            tables.items(), TABLES.values(), strict=True
        )
    ]
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _execute(name: str, root: Path) -> None:
    """Execute the page and keep its notebook, in a process that imports the report with the new
    chapter."""
    command = [sys.executable, "-m", "tests.notebooks", name]
    environment = {**os.environ, "PYTHONPATH": tree.code(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
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
    print(
        "Written:",
        *(f"  {path}" for path in written),
        "Next: make live, and replace the example.",
        sep="\n",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
