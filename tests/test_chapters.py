"""Every chapter, executed again, gives what its kept notebook shows; and keeps to the house style."""

from __future__ import annotations

import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from tallybook.builder.cache.results import FOLDER

from microwork import report
from microwork.paths import CHAPTERS, ROOT
from tests import report_baseline
from tests.conftest import copy_project, seal, stored
from tests.notebooks import (
    SHOWN,
    baseline_path,
    cells,
    changes,
    chapter_path,
    first_differences,
    read,
)
from upkeep import tree


@pytest.fixture(params=report.CHAPTERS)
def name(request):
    return request.param


def test_the_kept_notebook_holds_the_code_of_the_chapter(name):
    notebook = read_baseline(name)
    assert cells(notebook) == cells(read(chapter_path(name))), (
        "run `make baselines` if the change is meant"
    )


# That the build of the book gives the kept outputs is tested in test_chapter_notebook.py; here a kernel like a reader's executes them.
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name == "counts" else [pytest.mark.weekly])
        for name in report.CHAPTERS
    ],
    indirect=True,
)
def test_the_chapter_still_gives_its_outputs(name, book_root, monkeypatch):
    """What takes long to compute, the build of the book has computed from the same files."""
    monkeypatch.setenv(FOLDER, str(stored(book_root)))
    if found := changes(name):
        pytest.fail(
            "\n".join([*found, "run `make baselines` if the change is meant"]), pytrace=False
        )


def test_numbers_shown_in_the_chapter_are_those_of_the_report(name, loaded):
    """The chapter's last cell prints its numbers in the kernel; the pages are made in another process."""
    printed = [
        output["data"]["text/plain"]
        for cell in read_baseline(name).cells
        if cell.cell_type == "code" and "registry_table(" in cell.source
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    ]
    assert len(printed) == 1
    shown = {
        line.split("\t")[0]: line.split("\t")[1:4] for line in "".join(printed[0]).splitlines()
    }
    for number in loaded.numbers:
        if number.chapter == name:
            wanted = [
                repr(value) if value is not None else ""
                for value in (number.value, number.low, number.high)
            ]
            assert shown[number.id] == wanted, number.id


def test_the_chapter_style(name):
    notebook = read(chapter_path(name))
    code = [cell.source.splitlines() for cell in notebook.cells if cell.cell_type == "code"]
    prose = re.sub(
        r"```\{code-cell\}.*?```", "", chapter_path(name).read_text(encoding="utf-8"), flags=re.S
    )
    assert len(notebook.cells) <= 50
    assert max(map(len, code)) <= 30
    assert len(prose.split()) >= 10 * sum(map(len, code))


def test_one_name_five_rooms(name):
    for place in (
        f"chapters/{name}.md",
        f"microwork/{name}/numbers.py",
        f"data/{name}",
        f"tests/test_{name}.py",
    ):
        assert (ROOT / place).exists(), place
    assert f"file: chapters/{name}" in (ROOT / "_toc.yml").read_text(encoding="utf-8")


def test_a_changed_cell_of_data_or_line_of_a_chapter_is_noticed(tmp_path):
    """The real check, in a copy of the project with one cell of one table changed, then with one line."""
    root = copy_project(tmp_path / "report")
    name = "counts"
    table = root / f"data/{name}/inputs.csv"
    frame = pd.read_csv(table, dtype=str, keep_default_na=False)
    frame.loc[frame["fact_id"] == "fr-multihoming-coefficient", "value"] = "1.28"
    frame.to_csv(table, index=False, lineterminator="\n")
    seal(root)
    code = (
        "import sys; from tests import notebooks; print(*notebooks.changes(sys.argv[1]), sep='\\n')"
    )
    command = [sys.executable, "-c", code, name]
    environment = {"PYTHONPATH": tree.code(root), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment)
    assert re.search(r"(?m)^cell \d+, line \d+: .* is now ", done.stdout), done.stdout + done.stderr
    page = chapter_path(name, root)
    assert cells(read_baseline(name)) == cells(read(page))
    page.write_text(
        page.read_text(encoding="utf-8").replace("charts.publish(", "one = 1\ncharts.publish(", 1),
        encoding="utf-8",
    )
    assert cells(read_baseline(name)) != cells(read(page))


def read_baseline(name):
    return nbformat.read(baseline_path(name), as_version=4)


def test_the_ledger_and_the_sources_page_say_what_is_kept(loaded):
    if found := first_differences(report_baseline.read(), report_baseline.record(loaded), SHOWN):
        pytest.fail(
            "\n".join([*found, "run `make baselines` if the change is meant"]), pytrace=False
        )


def test_pages_exist_for_all_chapters():
    pages = {path.stem for path in CHAPTERS.glob("*.md")}
    assert set(report.CHAPTERS) <= pages
