"""What must hold of the answers on what is known, and of the sentences that say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tallybook import data
from tallybook.answers.coverage import hide
from tallybook.answers.predict import Fit
from tallybook.builder.cache.results import FOLDER

from microwork import calibration
from microwork.chains import _at_work, _factor
from tests.conftest import stored


@pytest.fixture(scope="module")
def found(loaded):
    return loaded.calibration


def test_ranges_hold_what_was_hidden_and_their_width_is_paid_for(found):
    counts = found.counts
    assert counts["rows"] >= 300
    assert counts["families"] >= 10
    assert counts["blocks"] >= 80
    assert 70 <= counts["block80"] <= 90
    assert counts["in50"] < counts["in80"] < counts["in95"]
    assert min(counts["score_won"], counts["score_won_blocks"]) >= 0.8 * counts["families"]
    assert counts["chains"] >= 12
    assert counts["chains80"] >= 70


def test_no_source_has_more_than_its_part_of_the_blocks(found):
    blocks = {(one.family, one.block) for one in found.whole}
    sources = Counter(block.split("/")[0] for _family, block in blocks)
    assert max(sources.values()) <= 0.15 * len(blocks)


def test_the_widening_of_predictions_is_what_whole_teams_ask_for(found, loaded):
    assert loaded.answered.widening == pytest.approx(found.counts["inflation"], abs=0.005)


def test_a_chain_does_not_see_its_truth():
    """Another month of Finland changes nothing in the chain that predicts it."""
    family, known = calibration.FAMILIES["month-of-year"](), {one[0]: one[2:] for one in _at_work()}
    other = family.rows.assign(
        value=family.rows["value"].where(family.rows.platform != "Finland", 5)
    )
    seen = [
        _factor("month", factors["month"], hides, {family.name: given}, {}).quantiles
        for hides, factors in (known["finland-month"], known["italy-month"])
        for given in (family, replace(family, rows=other))
    ]
    assert np.array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[2], seen[3])


def test_the_page_says_what_was_found(found, book_root, monkeypatch):
    """Its sentences on Venezuela, on the pay of Mechanical Turk, on chains wide enough, on
    what may be chance, and on the teams of which nothing foretells the other."""
    monkeypatch.setenv(FOLDER, str(stored(book_root)))
    shares = calibration.table().groupby("label")["inside"].mean()
    assert shares.idxmin() == data.row("families", "venezuela-share")["label"]
    off = {one.chain.id: one.away for one in found.tested}
    assert off["pay-turk"] > 2
    assert found.counts["chains80"] >= 80
    assert found.counts["team80"] < 75 < found.counts["wider80"]
    assert all(found.ends[name][0] < 80 < found.ends[name][1] for name in ("block80", "team80"))
    aged = calibration.FAMILIES["label-age"]()
    assert min(abs(one.away) for one in hide(Fit(aged), aged.rows["source_key"])) > 1


def test_every_family_has_its_words():
    assert set(calibration.FAMILIES) == {row["family"] for row in data.records("families")}
