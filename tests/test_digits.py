"""Nothing published has more than ten digits, or depends on the last bits of a float."""

from __future__ import annotations

import json
import re

import nbformat
from tallybook.model.digits import DIGITS

from microwork.report import CHAPTERS
from tests.files import read

NUMBERS = re.compile(r"(?<![\w.#-])-?(\d+\.\d+)(?:e[-+]?\d+)?")


def too_long(text: str) -> list[str]:
    found = NUMBERS.findall(text)
    return [number for number in found if len(number.replace(".", "").strip("0")) > DIGITS]


def test_no_float_of_the_site_has_more_digits(site):
    """All numbers, and the tables of charts; what a page quotes from a table stands as there."""
    charts = [*(site / "_charts").glob("*.csv")]
    assert len(charts) > 30
    found = {path.name: too_long(read(path)) for path in [site / "numbers.json", *charts]}
    assert {name: numbers[:3] for name, numbers in found.items() if numbers} == {}


def test_no_output_of_a_notebook_has_more_digits(site):
    """Quotients of thousands of links are shown as they are tabled."""
    for name in CHAPTERS:
        notebook = nbformat.read(site / f"_downloads/{name}.ipynb", as_version=4)
        if name != "outsourcing":
            shown = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
            assert too_long(json.dumps(shown)) == [], name
