"""A report with claims: what a changed cell does, and what a build says of bad input while the last
good site stays.

The report is a generated one of three light chapters. Of bad input, what can be wrong with a table
or the bibliography is in ``tests/drills/test_tables.py``, ``test_cells.py`` and
``test_bibliography.py``; with a number, in ``test_numbers.py``; with a report without claims, in
the tests of the engine.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from tests.conftest import build, seal
from tests.files import load, read, write
from upkeep import generated
from upkeep.oracle import kept_numbers

FIRST, SECOND, THIRD = generated.names(3)


@pytest.fixture(scope="module")
def work(light_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built report that each test changes and puts back."""
    return Path(
        shutil.copytree(light_root, tmp_path_factory.mktemp("work") / "report", symlinks=True)
    )


def numbers(root: Path) -> dict[str, float]:
    found = load(root / "_build/html/numbers.json")["numbers"]
    return {record["id"]: record["value"] for record in found}


def kept_values(notebook: nbformat.NotebookNode) -> dict[str, float]:
    """The numbers that the last table of a chapter's notebook prints."""
    _, *lines = kept_numbers(notebook)
    return {name: float(value) for name, value, *_ in (line.split("\t") for line in lines)}


def test_a_changed_cell_changes_the_page_and_its_notebook_without_cleaning(work):
    """The stored results of the last build must not be believed when a table has changed."""
    page, table = work / f"_build/html/chapters/{FIRST}.html", work / f"data/{FIRST}/values.csv"
    before, package = table.read_bytes(), (work / "data/datapackage.json").read_bytes()
    was, old = numbers(work), read(page)
    table.write_bytes(before.replace(b"2020-01,5,", b"2020-01,95,", 1))
    seal(work)
    done = build(work)
    table.write_bytes(before)
    (work / "data/datapackage.json").write_bytes(package)
    assert done.returncode == 0, done.stderr
    values, fresh = numbers(work), read(page)
    assert values[f"{FIRST}.mean"] > was[f"{FIRST}.mean"]
    assert values[f"{SECOND}.mean"] == was[f"{SECOND}.mean"]
    shown = re.compile(
        r'<div class="cell_output.*?</table>', re.S
    )  # made in the kernel, which is what a stale cache would skip
    assert shown.findall(fresh) and shown.findall(fresh) != shown.findall(old)
    notebook = nbformat.read(work / f"_build/html/_downloads/{FIRST}.ipynb", as_version=4)
    assert kept_values(notebook) == {
        name: values[name] for name in values if name.startswith(f"{FIRST}.")
    }


def fault(path: str, old: str, new: str):
    def spoil(root: Path) -> None:
        text = read(root / path)
        assert old in text, f"{old!r} no longer stands in {path}"
        write(root / path, text.replace(old, new, 1))

    return spoil


def claims_astray(root: Path) -> None:
    """A table twice in its chapter, the table of another chapter, and two on a page that is no
    chapter."""
    fault(f"chapters/{FIRST}.md", CLAIMS, CLAIMS + "\nAgain:\n\n" + CLAIMS)(root)
    fault(f"chapters/{SECOND}.md", CLAIMS.replace(FIRST, SECOND), CLAIMS)(root)
    fault("chapters/glossary.md", "\n\n", f"\n\n{CLAIMS}\n{CLAIMS.replace(FIRST, SECOND)}\n")(root)


ONE_MORE = f"one-more,{FIRST},other,X,2019-01-01,X,Said,,,,,,quantity,dit,fr,,afp2019,"
CLAIMS = f"```{{claims}} {FIRST}\n```\n"
BAD = {
    "claim without verdict": (
        fault("data/claims.csv", f"{FIRST}-mean,", f"{ONE_MORE}\n{FIRST}-mean,"),
        [
            "data/claims.csv, row",
            "column claim_id",
            "found 'one-more' without a verdict",
            f"microwork/{FIRST}",
        ],
    ),
    "verdict without claim": (
        fault(
            f"microwork/{SECOND}/__init__.py", f'claims["{SECOND}-mean"]', f'claims["{SECOND}-men"]'
        ),
        [f"data/claims.csv, column claim_id: found no claim '{SECOND}-men', but a verdict for it"],
    ),
    "unknown chart": (
        fault(f"chapters/{FIRST}.md", f"```{{chart}} {FIRST}-", f"```{{chart}} {FIRST}-no-"),
        [f"{FIRST}.md", f"{FIRST}-no-"],
    ),
    "failing cell": (
        fault(f"chapters/{FIRST}.md", f"{FIRST}.numbers()", f"{FIRST}.no_numbers()"),
        ["no_numbers"],
    ),
    "output of ten megabytes": (
        fault(
            f"chapters/{FIRST}.md",
            "```{code-cell}",
            "```{code-cell} ipython3\nprint('x' * 10_000_000)\n```\n\n```{code-cell}",
        ),
        [
            (
                f"chapters/{FIRST}.md, cell 1: found an output of 10.0 MB; expected at most 2 MB"
                " from a cell"
            ),
            "print('x' * 10_000_000)",
        ],
    ),
    "chapter without its claims": (
        fault(f"chapters/{FIRST}.md", CLAIMS, ""),
        [
            f"chapters/{FIRST}.md: found no table of its claims; expected the directive {{claims}}"
            f" {FIRST}, once"
        ],
    ),
    "claims astray": (
        claims_astray,
        [
            f"chapters/{FIRST}.md, line",
            f"found {{claims}} {FIRST} again, as in line",
            "expected it once",
            f"chapters/{SECOND}.md, line",
            f"found {{claims}} {FIRST}; expected {{claims}} {SECOND}",
            "chapters/glossary.md, line",
            "found another table of claims; expected one in a page",
        ],
    ),
    "source that only tables use": (
        fault("data/sources.bib", "@misc{afp2019,", "misc{afp2019,"),
        [
            (
                "data/sources.csv, row 2, column key: found 'afp2019', which is not in"
                " data/sources.bib; expected"
            ),
            "tallybook seal",
        ],
    ),
    "sources that the page leaves out": (
        fault("chapters/sources.md", ":all:", ":cited:"),
        [
            "chapters/sources.md: found no entry for ",
            "which tables name; expected every source there",
        ],
    ),
    "unknown source": (
        fault(f"chapters/{FIRST}.md", "{cite:p}`", "{cite:p}`nobody"),
        [f"{FIRST}.md", "nobody"],
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input(work, what):
    change, wanted = BAD[what]
    kept = {
        path: path.read_bytes()
        for path in work.rglob("*")
        if path.is_file() and "_build" not in path.parts
    }
    good = {
        path: path.read_bytes() for path in (work / "_build/html/").rglob("*") if path.is_file()
    }
    try:
        change(work)
        if what.endswith(("without verdict", "without claim")):
            seal(work)
        done = build(work)
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    assert done.returncode != 0
    for piece in wanted:
        assert piece in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) <= 8, done.stderr
    assert "Traceback" not in done.stderr
    assert good == {
        path: path.read_bytes() for path in (work / "_build/html/").rglob("*") if path.is_file()
    }
