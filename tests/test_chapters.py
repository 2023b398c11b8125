"""Every chapter, executed again, gives what its kept notebook shows, and keeps to the style."""

from __future__ import annotations

import re

import nbformat
import pytest
from tallybook.builder.cache.results import FOLDER

from microwork import report
from microwork.paths import ROOT
from tests import report_baseline
from tests.conftest import stored
from tests.files import read
from tests.notebooks import baseline_path, cells, changes, chapter_path, differences
from tests.notebooks import read as read_chapter

REMEDY = "run `make baselines` if the change is meant"


def baseline(name):
    return nbformat.read(baseline_path(name), as_version=4)


def nothing_but(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join([*found, REMEDY]), pytrace=False)


def test_kept_notebooks_hold_the_code_of_the_chapters():
    changed = [
        name
        for name in report.CHAPTERS
        if cells(baseline(name)) != cells(read_chapter(chapter_path(name)))
    ]
    nothing_but(changed)


# That the build of the book gives the kept outputs of all chapters is tested in
# test_chapter_notebook.py; here a kernel like a reader's executes one.
@pytest.mark.weekly
def test_a_chapter_still_gives_its_outputs(book_root, monkeypatch):
    """What takes long to compute, the build of the book has computed from the same files."""
    monkeypatch.setenv(FOLDER, str(stored(book_root)))
    nothing_but(changes("counts"))


def test_numbers_shown_in_the_chapters_are_those_of_the_report(loaded):
    """A chapter's last cell prints its numbers in the kernel; the pages are made in another
    process."""
    shown = {}
    for name in report.CHAPTERS:
        [printed] = [
            output["data"]["text/plain"]
            for cell in baseline(name).cells
            if "registry_table(" in cell.source
            for output in cell.outputs
            if "text/plain" in output.get("data", {})
        ]
        rows = (line.split("\t") for line in "".join(printed).splitlines())
        shown |= {number_id: values for number_id, *values in rows}
    # Answers and their calibration are made after the chapters.
    for number in (one for one in loaded.numbers if one.id not in loaded.answered.answers):
        if number.chapter not in report.CHAPTERS:
            continue
        made = (number.value, number.low, number.high)
        wanted = ["" if value is None else repr(value) for value in made]
        assert shown[number.id][:3] == wanted, number.id


def test_chapters_keep_to_the_style_and_one_name_to_its_rooms():
    for name in report.CHAPTERS:
        notebook, page = read_chapter(chapter_path(name)), read(chapter_path(name))
        of_code = (cell for cell in notebook.cells if cell.cell_type == "code")
        lines = [len(cell.source.splitlines()) for cell in of_code]
        prose = re.sub(r"```\{code-cell\}.*?```", "", page, flags=re.S)
        assert len(notebook.cells) <= 50 and max(lines) <= 30, name
        assert len(prose.split()) >= 10 * sum(lines), name
        places = "chapters/{0}.md microwork/{0}/numbers.py data/{0} tests/test_{0}.py"
        assert [one for one in places.format(name).split() if not (ROOT / one).exists()] == []
        assert f"file: chapters/{name}" in read(ROOT / "_toc.yml")


def test_the_ledger_and_the_sources_page_say_what_is_kept(loaded):
    kept, now = report_baseline.read(), report_baseline.record(loaded)
    nothing_but(differences(kept, now))
