"""What a cell may show, counted in bytes over all of its outputs."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from tallybook.sphinx.outputs import LIMIT, oversized


def found(*outputs):
    """What is found in a notebook of some text, a small cell, and one with these outputs."""
    text, small = new_markdown_cell("x" * LIMIT), new_code_cell("1")
    many = new_code_cell("many()", outputs=list(outputs))
    return list(oversized(new_notebook(cells=[text, small, many])))


def printed(text):
    return new_output("stream", name="stdout", text=text)


def displayed(**data):
    data = {name.replace("_", "/"): part for name, part in data.items()}
    return new_output("display_data", data=data)


FAULT = new_output("error", ename="E", evalue="", traceback=["x" * LIMIT, "y"])
TOO_MUCH = [
    ([printed("x" * (LIMIT + 1))], LIMIT + 1),
    ([printed("\u00e9" * (LIMIT // 2 + 1))], LIMIT + 2),  # bytes, not characters
    ([printed("x" * LIMIT), displayed(text_plain="y")], LIMIT + 1),  # all that a cell shows
    ([displayed(text_html="x" * LIMIT, text_plain="y")], LIMIT + 1),
    ([displayed(application_json={"x": "y" * LIMIT})], LIMIT + 9),
    ([FAULT], LIMIT + 1),
]


@pytest.mark.parametrize(("outputs", "size"), TOO_MUCH)
def test_a_cell_that_shows_too_much_is_named(outputs, size):
    assert found(*outputs) == [(2, size, "many()")]


def test_a_cell_may_show_as_much_as_the_limit():
    assert found() == found(printed("x" * LIMIT)) == []
    assert found(displayed(text_html="x" * (LIMIT - 1), text_plain="y")) == []
