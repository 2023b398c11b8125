"""A report with claims: what a changed cell does, and what a build says of bad input while the last
good site stays.

The report is a generated one of three light chapters. What can be wrong with a table, with the
bibliography, or with a report without claims is in the tests of the engine.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from tests.conftest import build, built, seal
from tests.drills.room import contents, listing
from tests.files import edit, load, read
from upkeep import generated

FIRST, SECOND, THIRD = generated.names(3)


@pytest.fixture(scope="module")
def work(light_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built report that each test changes and puts back."""
    work = tmp_path_factory.mktemp("work") / "report"
    return Path(shutil.copytree(light_root, work, symlinks=True))


def numbers(root: Path) -> dict[str, float]:
    found = load(root / "_build/html/numbers.json")["numbers"]
    return {record["id"]: record["value"] for record in found}


def test_a_changed_cell_changes_the_page_and_its_notebook_without_cleaning(work):
    """The stored results of the last build must not be believed when a table has changed."""
    page, table = work / f"_build/html/chapters/{FIRST}.html", work / f"data/{FIRST}/values.csv"
    # Made in the kernel, which is what a stale cache would skip.
    outputs = re.compile(r'<div class="cell_output.*?</table>', re.S)
    kept = {path: path.read_bytes() for path in (table, work / "data/datapackage.json")}
    was, old = numbers(work), outputs.findall(read(page))
    edit(table, "2020-01,5,", "2020-01,95,")
    seal(work)
    built(work)
    for path, content in kept.items():
        path.write_bytes(content)
    values, fresh = numbers(work), outputs.findall(read(page))
    assert values[f"{FIRST}.mean"] > was[f"{FIRST}.mean"]
    assert values[f"{SECOND}.mean"] == was[f"{SECOND}.mean"]
    assert fresh and fresh != old
    notebook = nbformat.read(work / f"_build/html/_downloads/{FIRST}.ipynb", as_version=4)
    cell = next(cell for cell in reversed(notebook.cells) if "registry_table" in cell.source)
    _, *lines = cell.outputs[0].data["text/plain"].splitlines()
    shown = {name: float(value) for name, value, *_ in (line.split("\t") for line in lines)}
    assert shown == {name: values[name] for name in values if name.startswith(f"{FIRST}.")}


def claims_of(name: str) -> str:
    return f"```{{claims}} {name}\n```\n"


ONE_MORE = f"one-more,{FIRST},other,X,2019-01-01,X,Said,,,,,,figure,none,dit,fr,,afp2019,"
PAGE, OTHER = f"chapters/{FIRST}.md", f"chapters/{SECOND}.md"
CODE, CELL = f"microwork/{SECOND}/__init__.py", "```{code-cell}"
LONG = f"{CELL} ipython3\nprint('x' * 10_000_000)\n```\n\n{CELL}"
# What is replaced: file, old, new; and all that is said, piece by piece.
BAD = {
    "a claim without verdict": (
        [("data/claims.csv", f"{FIRST}-mean,", f"{ONE_MORE}\n{FIRST}-mean,")],
        ["column claim_id: found 'one-more' without a verdict; expected one", f"chapter {FIRST}"],
    ),
    "a verdict without claim": (
        [(CODE, f'claims["{SECOND}-mean"]', f'claims["{SECOND}-men"]')],
        [f"data/claims.csv, column claim_id: found no claim '{SECOND}-men', but a verdict for it"],
    ),
    "an unknown chart": (
        [(PAGE, f"```{{chart}} {FIRST}-", f"```{{chart}} {FIRST}-no-")],
        [f"{FIRST}.md", f"{FIRST}-no-"],
    ),
    "a failing cell": ([(PAGE, f"{FIRST}.numbers()", f"{FIRST}.no_numbers()")], ["no_numbers"]),
    "an output of ten megabytes": (
        [(PAGE, CELL, LONG)],
        [f"{PAGE}, cell 1: found an output of 10.0 MB; expected at most 2 MB", "print('x' * 10_"],
    ),
    "a chapter without its claims": (
        [(PAGE, claims_of(FIRST), "")],
        [f"{PAGE}:1: found no table of its claims; expected {{claims}} {FIRST}, once"],
    ),
    "claims astray": (
        [
            (PAGE, claims_of(FIRST), f"{claims_of(FIRST)}\nAgain:\n\n{claims_of(FIRST)}"),
            (OTHER, claims_of(SECOND), claims_of(FIRST)),
            ("chapters/glossary.md", "\n\n", f"\n\n{claims_of(FIRST)}\n{claims_of(SECOND)}\n"),
        ],
        [
            f"{PAGE}:",
            f"found {{claims}} {FIRST} and {{claims}} {FIRST}; expected {{claims}} {FIRST}, once",
            f"{OTHER}:",
            f"expected {{claims}} {SECOND}, once",
            "chapters/glossary.md:",
        ],
    ),
    "sources that the page leaves out": (
        [("chapters/sources.md", ":all:", ":cited:")],
        [
            "chapters/sources.md:1: found no entry for ",
            "which tables name; expected every source t",
        ],
    ),
    "an unknown source": ([(PAGE, "{cite:p}`", "{cite:p}`nobody")], [f"{FIRST}.md", "nobody"]),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input(work, what):
    changes, wanted = BAD[what]
    kept = {work / name: (work / name).read_bytes() for name in listing(work)}
    good = contents(work / "_build/html")
    try:
        for file, old, new in changes:
            edit(work / file, old, new)
        if changes[0][0] in ("data/claims.csv", CODE):
            seal(work)
        done = build(work)
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    assert done.returncode != 0
    assert [piece for piece in wanted if piece not in done.stderr] == [], done.stderr
    assert len(done.stderr.splitlines()) <= 8 and "Traceback" not in done.stderr, done.stderr
    assert contents(work / "_build/html") == good
