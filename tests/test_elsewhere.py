"""The same book from another folder, processor and Python's way of counting: the same bytes; and
nothing published depends on the last bits of a float, or has more than ten digits."""

from __future__ import annotations

import json
import os
import re
import subprocess

import nbformat
import pytest
from tallybook.model.digits import DIGITS

from microwork.paths import ROOT
from microwork.report import CHAPTERS
from tests.conftest import copy_project
from tests.files import contents, read
from upkeep import tree, verify

NUMBERS = re.compile(r"(?<![\w.#-])-?(\d+\.\d+)(?:e[-+]?\d+)?")


@pytest.mark.weekly
def test_a_plain_build_elsewhere_gives_the_same_bytes(site, tmp_path):
    """Plain jupyter-book, in another folder, at another time, in another locale, with another hash
    seed; on another processor, with all newer instructions switched off; and the last two bits of
    each float are random before it is rounded."""
    root = copy_project(tmp_path / "elsewhere é 2" / "report")
    digits = root / "engine/src/tallybook/model/digits.py"
    before = digits.read_bytes()
    around = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", **verify.OLDER}
    shaken = os.pathsep.join([tree.code(root), str(ROOT / "tests" / "shaken")])
    around |= {"SHAKEN": "20261125", "PYTHONPATH": shaken}
    how = {"cwd": root, "env": os.environ | around, "capture_output": True, "text": True}
    done = subprocess.run([*tree.STOCK, "."], **how)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert digits.read_bytes() == before, "it is shaken in memory only"
    other = root / "_build" / "html"
    one, two = contents(site), contents(other)
    assert one.keys() == two.keys() and [name for name in one if one[name] != two[name]] == []


def too_long(text: str) -> list[str]:
    found = NUMBERS.findall(text)
    return [number for number in found if len(number.replace(".", "").strip("0")) > DIGITS]


def test_no_float_of_the_site_has_more_digits(site):
    """All numbers, and the tables of charts; what a page quotes from a table stands as there."""
    charts = [*(site / "_charts").glob("*.csv")]
    found = {path.name: too_long(read(path)) for path in [site / "numbers.json", *charts]}
    assert charts and {name: numbers[:3] for name, numbers in found.items() if numbers} == {}


def test_no_output_of_a_notebook_has_more_digits(site):
    """Quotients of thousands of links are shown as they are tabled."""
    for name in CHAPTERS:
        notebook = nbformat.read(site / f"_downloads/{name}.ipynb", as_version=4)
        if name != "outsourcing":
            shown = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
            assert too_long(json.dumps(shown)) == [], name
