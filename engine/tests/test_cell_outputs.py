"""What a cell may show: so many bytes over all its outputs, and no picture that runs anything."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from tallybook.sphinx.outputs import LIMIT, oversized, running


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


def test_a_cell_that_shows_too_much_is_named():
    assert [found(*outputs) for outputs, _ in TOO_MUCH] == [
        [(2, size, "many()")] for _, size in TOO_MUCH
    ]


def test_a_cell_may_show_as_much_as_the_limit():
    assert found() == found(printed("x" * LIMIT)) == []
    assert found(displayed(text_html="x" * (LIMIT - 1), text_plain="y")) == []


RUNS = [
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    '<rect onload="alert(1)"/>',
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    '<a href="java&#115;cript:alert(1)"><text>x</text></a>',
    '<a><animate attributeName="href" values="x;javascript:alert(1)"/></a>',
    '<foreignObject><iframe src="data:text/html,x"/></foreignObject>',
    "<text>no end",
]


def test_a_cell_whose_picture_would_run_something_is_named():
    begin = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'

    def told(inside):
        shown = new_output("display_data", data={"image/svg+xml": f"{begin}{inside}</svg>"})
        return list(running(new_notebook(cells=[new_code_cell("draw()", outputs=[shown])])))

    assert [evil for evil in RUNS if told(evil) != [(1, "draw()")]] == []
    assert told('<circle r="1"/><text>onward = it goes</text>') == []
