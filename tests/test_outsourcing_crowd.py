"""Outsourcing: the workers of open jobs, by hand, by properties, and by second ways to the same
result."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from tallybook import data

from microwork.outsourcing import crowd
from microwork.outsourcing.crowd import AUGUST, JULY, MARCH, SUMMER

# Shares


def test_groups_hold_their_jobs_and_count_no_worker_twice():
    frame = data.table("outsourcing/crowd_places")
    for group, jobs in ((SUMMER, crowd.jobs()), (AUGUST, crowd.jobs("2015-08"))):
        assert frame.loc[frame["batch"] == group, "jobs"].unique().tolist() == [len(jobs)]
        once, often = crowd.workers(group), crowd.workers(*jobs)
        assert set(once.index) == set(often.index)
        assert (once <= often.reindex(once.index)).all() and once.sum() < often.sum()
        # No fewer than the largest of the jobs has.
        largest = crowd.by_job().loc[jobs].max()
        assert (once >= largest.reindex(once.index)).all()


# Jobs drawn again


def test_jobs_drawn_again_are_the_same_every_time_and_alike_jobs_have_no_spread(monkeypatch):
    assert crowd.share_redrawn(["VEN"], draws=300) == crowd.share_redrawn(["VEN"], draws=300)
    alike = pd.DataFrame({"VEN": [1, 2, 3], "IND": [3, 6, 9]}, index=["a", "b", "c"])
    monkeypatch.setattr(crowd, "by_job", lambda: alike)
    assert crowd.share_redrawn(["VEN"]) == pytest.approx((25, 25, 25))


# Over the country that has to be surpassed


@given(st.sampled_from([JULY, MARCH, SUMMER]), st.integers(2, 10))
@settings(max_examples=27, deadline=None)
def test_a_country_is_among_the_first_if_it_has_more_than_the_one_to_surpass(batch, centres):
    counts = crowd.by_country(batch)
    for code in ("VEN", "MDG", "IND"):
        value, low, high = crowd.over_others(code, batch, centres)
        assert low <= value <= high
        assert (value > 1) == (
            code in counts.index and (counts >= counts[code]).sum() <= centres
        ), code


def test_the_interval_of_two_counts_by_another_way():
    # The ends are ratios at which as many workers of the first country, or more, have a chance of
    # 2.5 %.
    value, low, high = crowd.over_others("VEN", SUMMER, job_clumps=1 / crowd.clump("VEN", "USA"))
    own, both = 167, 167 + 89
    assert value == pytest.approx(own / 89)
    assert stats.binom.sf(own - 1, both, low / (1 + low)) == pytest.approx(0.025, abs=1e-6)
    assert stats.binom.cdf(own, both, high / (1 + high)) == pytest.approx(0.025, abs=1e-6)


def test_a_wider_clump_gives_a_wider_range():
    for code in ("VEN", "MDG"):
        one, four = (crowd.over_others(code, SUMMER, job_clumps=size) for size in (1.0, 4.0))
        assert four[1] < one[1] < one[2] < four[2] and one[0] == four[0]
