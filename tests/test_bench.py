"""The benchmark of builds: what its times say, and the books that it builds."""

from __future__ import annotations

import json

from microwork.paths import ROOT
from tests.files import read
from upkeep import bench

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
