"""The rebuild benchmark: what its times say, and the reports of light chapters that it builds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from microwork.paths import DATA, ROOT
from upkeep import generated, rebuild, tree
from upkeep.rebuild_report import (
    Timing,
    faults,
    growth,
    marginal,
    ratio,
    ratios,
    report,
    spread,
    unmeasured,
)


def times(size: str, step: str, ours: list[float], stock: list[float]) -> list[Timing]:
    pairs = enumerate(zip(ours, stock, strict=True))
    return [
        Timing(size, step, book, run, s)
        for run, pair in pairs
        for book, s in zip(("ours", "stock"), pair, strict=True)
    ]


def test_the_ratio_is_the_median_over_pairs_and_not_a_ratio_of_medians():
    found = times(
        "real", "cold", [10, 30, 20], [20, 100, 25]
    )  # pairs: 0.5, 0.3, 0.8; medians: 20 and 25
    assert ratio(found, "real", "cold") == 0.5


def test_the_table_shows_median_range_ratio_and_limit():
    text = ratios(
        times("real", "cold", [10, 30, 20], [20, 100, 25]) + times("3", "prose", [2], [4])
    )
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    assert rows[2] == [
        "this report, cold build",
        "20.0 (10.0-30.0)",
        "25.0 (20.0-100.0)",
        "0.50",
        "0.50",
        "0.0",
        "0.0",
    ]
    assert rows[3] == [
        "3 light chapters, one sentence added",
        "2.0 (1 run)",
        "4.0 (1 run)",
        "0.50",
        "",
        "0.0",
        "0.0",
    ]


def test_the_range_of_one_run_is_said_to_be_none():
    assert spread([Timing("3", "cold", "ours", 0, 1.25)]) == "1.2 (1 run)"


def test_growth_is_what_one_more_chapter_costs():
    found = (
        times("3", "cold", [13], [26])
        + times("100", "cold", [180], [390])
        + times("10", "cold", [20], [40])
    )
    assert marginal(found, "cold", "stock") == [
        ("3", "10", 2.0),
        ("10", "100", pytest.approx(350 / 90)),
    ]
    assert marginal(found, "cold", "ours") == [
        ("3", "10", 1.0),
        ("10", "100", pytest.approx(160 / 90)),
    ]
    assert "from 10 to 100 chapters" in growth(found) and "1.78" in growth(found)


def test_what_is_not_as_wanted_is_said():
    slow = times("real", "cold", [13], [20]) + times("real", "nothing", [1], [10])
    assert len(faults(slow)) == 1 and "0.65 of stock; expected at most 0.50" in faults(slow)[0]
    steep = (
        times("3", "cold", [13], [9])
        + times("10", "cold", [20], [9])
        + times("100", "cold", [180], [9])
    )
    assert len(faults(steep)) == 1 and "1.78 s" in faults(steep)[0]
    linear = (
        times("3", "cold", [13], [9])
        + times("10", "cold", [20], [9])
        + times("100", "cold", [118], [9])
    )
    assert faults(linear) == []
    assert "this report, cold build: not measured" in report(linear)[0]
    assert not any("growth" in words for words in unmeasured(linear))
    whole = linear + times("real", "cold", [10], [20]) + times("real", "nothing", [1], [10])
    whole += times("real", "prose", [10], [10]) + times("100", "prose", [12], [10])
    assert report(whole)[1] == [] and "All that is wanted of these times holds" in report(whole)[0]


def test_phases_add_up_to_the_whole():
    marks = {"start": 3.0, "load": 5.0, "read": 12.0, "write": 14.0, "files": 15.0, "waited": 1.5}
    found = rebuild.phases(1.0, marks, 16.0, cells=2.0)
    assert sum(found.values()) == pytest.approx(15.0)
    assert (
        found["cells"] == 3.5
        and found["read"] == 3.5
        and found["start"] == 2.0
        and found["end"] == 1.0
    )


@pytest.fixture(scope="module")
def light(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("light") / "ours"
    folder.mkdir()
    generated.make(ROOT, folder, 2)
    return folder


def loaded(folder: Path) -> dict[str, float]:
    code = (
        "import json; from microwork.report import load; print(json.dumps({n.id: n.value for n in"
        " load().numbers}))"
    )
    command, environment = (
        [sys.executable, "-c", code],
        {**os.environ, "PYTHONPATH": tree.code(folder)},
    )
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_report_of_light_chapters_is_a_report(light):
    """Its own code computes it: ten numbers a chapter, as its tables give them."""
    found = loaded(light)
    for name in ("lightaa", "lightab"):
        assert sum(key.startswith(f"{name}.") for key in found) == generated.NUMBERS
    values = pd.read_csv(light / "data" / "lightab" / "values.csv")["value"]
    assert len(values) == generated.ROWS
    assert (
        found["lightab.mean"] == pytest.approx(values.mean())
        and found["lightab.largest"] == values.max()
    )
    pages = {path.stem for path in (light / "chapters").glob("*.md")}
    assert pages == {"lightaa", "lightab", *generated.SHARED}


def test_one_cell_is_changed_and_accepted(light, tmp_path):
    folder = Path(shutil.copytree(light, tmp_path / "copy"))
    before = pd.read_csv(folder / "data" / "lightaa" / "values.csv")
    rebuild.change(folder, 1)
    after = pd.read_csv(folder / "data" / "lightaa" / "values.csv")
    assert (before != after).to_numpy().sum() == 1
    rebuild.seal(folder)
    assert loaded(folder)["lightaa.mean"] == pytest.approx(after["value"].mean())


def test_the_real_cell_is_there_and_the_rest_stays(tmp_path):
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "counts.md").write_text("# A chapter\n", encoding="utf-8")
    shutil.copytree(DATA, tmp_path / "data")
    table, key, column, _ = rebuild.REAL_CELL
    before = pd.read_csv(tmp_path / "data" / table, dtype=str, keep_default_na=False)
    for turn in range(3):
        rebuild.change(tmp_path, turn)
        after = pd.read_csv(tmp_path / "data" / table, dtype=str, keep_default_na=False)
        changed = [
            (row, name)
            for name in after
            for row in after.index
            if after[name][row] != before[name][row]
        ]
        assert [(after["fact_id"][row], name) for row, name in changed] == [(key, column)]
        before = after


def test_names_are_many_and_fit_the_ids_of_numbers():
    many = generated.names(100)
    assert len(set(many)) == 100 and all(name.isalpha() and name.islower() for name in many)
