"""The benchmark of builds: what its times say, and the books that it builds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from microwork.paths import ROOT
from microwork.report import CHAPTERS
from tests.files import read
from tests.notebooks import chapter_path
from upkeep import bench, stock

COLD = f"{bench.REAL}, cold build"


def test_the_ratio_is_the_median_over_pairs_and_a_limit_that_is_passed_is_named():
    # Ratios of pairs: 0.5, 0.3, 0.9; medians: 20 and 25.
    pairs = [(10.0, 20.0), (30.0, 100.0), (22.5, 25.0)]
    said = bench.figures({COLD: pairs, f"{bench.LIGHT}, nothing changed": [(2.0, 4.0)]})
    page, faults = bench.page(said)
    rows = [line.split("|")[1:-1] for line in page.splitlines()[-2:]]
    assert [[cell.strip() for cell in row] for row in rows] == [
        [COLD, "22.5", "25.0", "0.50", "0.75"],
        ["light chapters, nothing changed", "2.0", "4.0", "0.50", ""],
    ]
    assert said["day"] in page and faults == []
    said = bench.figures({COLD: [(16.0, 20.0)]})
    assert bench.page(said)[1] == [f"{COLD}: found 0.80 of stock; expected at most 0.75"]


def test_the_committed_page_is_made_from_the_figures():
    if (ROOT / bench.FIGURES).exists():
        assert read(ROOT / bench.PAGE) == bench.page(json.loads(read(ROOT / bench.FIGURES)))[0]


@pytest.fixture(scope="module")
def stock_book(tmp_path_factory, loaded) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    stock.make(ROOT, folder, loaded)
    return folder


def test_every_chapter_of_the_stock_book_keeps_its_prose_and_its_cells(stock_book, loaded):
    """What is left must be all of the text, and nothing of ours; but for a tag, cells are as they
    were."""
    for name in CHAPTERS:
        text, found = read(chapter_path(name)), read(stock_book / "chapters" / f"{name}.md")
        ours = r"\{(num|numref)\}`|\{(chart|claims|details|container|finding)\}|remove-output"
        assert not re.search(ours, found), name
        cells = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
        before, after = cells.findall(text), cells.findall(found)
        assert [cell.replace(", remove-output", "") for cell in before] == after, name
        headings = re.compile(r"^#+ .*$", re.M)
        kept = [re.sub(r"\{.*", "", heading) for heading in headings.findall(cells.sub("", text))]
        assert [one for one in kept if one not in found] == [], name
    ledger = read(stock_book / "chapters" / "ledger.md")
    said = [claim.statement for claim in loaded.claims.values() if not claim.repeats]
    assert all(statement.replace("|", "\\|") in ledger for statement in said)
