"""What a cell may show, counted in bytes over all of its outputs.

A build that meets too large a one is in tests/test_book.py.
"""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from tallybook.sphinx.outputs import LIMIT, oversized

from microwork.report import CHAPTERS
from tests.notebooks import baseline_path


def shown(*outputs):
    """A notebook with some text, a small cell, and a cell that shows these outputs."""
    cells = [
        new_markdown_cell("x" * LIMIT),
        new_code_cell("1"),
        new_code_cell("many()", outputs=list(outputs)),
    ]
    return new_notebook(cells=cells)


def printed(text):
    return new_output("stream", name="stdout", text=text)


def displayed(**data):
    return new_output(
        "display_data", data={name.replace("_", "/"): part for name, part in data.items()}
    )


@pytest.mark.parametrize(
    ("outputs", "size"),
    [
        ([printed("x" * (LIMIT + 1))], LIMIT + 1),
        ([printed("\u00e9" * (LIMIT // 2 + 1))], LIMIT + 2),  # bytes, not characters
        ([printed("x" * LIMIT), displayed(text_plain="y")], LIMIT + 1),  # all that a cell shows
        ([displayed(text_html="x" * LIMIT, text_plain="y")], LIMIT + 1),
        ([displayed(application_json={"x": "y" * LIMIT})], LIMIT + 9),
        ([new_output("error", ename="E", evalue="", traceback=["x" * LIMIT, "y"])], LIMIT + 1),
    ],
)
def test_a_cell_that_shows_too_much_is_named(outputs, size):
    assert list(oversized(shown(*outputs))) == [(2, size, "many()")]


@pytest.mark.parametrize(
    "outputs",
    [[], [printed("x" * LIMIT)], [displayed(text_html="x" * (LIMIT - 1), text_plain="y")]],
)
def test_a_cell_may_show_as_much_as_the_limit(outputs):
    assert list(oversized(shown(*outputs))) == []


def test_no_cell_of_the_report_is_near_the_limit(monkeypatch):
    monkeypatch.setattr("tallybook.sphinx.outputs.LIMIT", LIMIT // 4)
    for name in CHAPTERS:
        assert list(oversized(nbformat.read(baseline_path(name), as_version=4))) == [], name
