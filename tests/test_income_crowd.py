"""Pay in open jobs and in requesters' own files: small jobs by hand, sums by another way, and the
verdicts that rest on them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwork.income import crowd


def small() -> pd.DataFrame:
    """One job: 2 kept workers with 10 judgments in 900 s, 4 in the quiz; 3 removed with 9 in 450 s,
    6 in the quiz."""
    return pd.DataFrame(
        {
            "job": [1, 1],
            "people": ["others", "others"],
            "standing": ["kept", "removed"],
            "usd_a_judgment": [0.1, 0.1],
            "worker_jobs": [2, 3],
            "pages": [5, 4],
            "judgments": [10, 9],
            "seconds": [900, 450],
            "first_page_judgments": [4, 6],
        }
    )


def test_pay_of_a_small_job_by_hand():
    # Kept: 6 later judgments at 10 cents in a quarter of an hour; with the quiz 10. Everybody: 6 +
    # 3 in 1,350 s.
    kept, quiz, everybody = (
        crowd.by_job(small(), *reading).loc[1] for reading in ((0, 0), (1, 0), (0, 1))
    )
    assert (kept["usd"], kept["hours"]) == pytest.approx((0.6, 0.25)) and quiz[
        "usd"
    ] == pytest.approx(1.0)
    assert (everybody["usd"], everybody["hours"]) == pytest.approx((0.9, 0.375))
    assert (kept["kept"], kept["all"]) == (2, 5)


def test_jobs_drawn_again():
    # Two jobs, of 1 and 3 USD an hour: three quarters of the draws hold the first at least once;
    # the ends are the two jobs.
    value, low, high = crowd.drawn_again(pd.Series([1.0, 3.0]), pd.Series([1.0, 1.0]))
    assert (value, low, high) == pytest.approx((2, 1, 3))
    same = crowd.drawn_again(pd.Series([2.0, 4.0, 6.0]), pd.Series([1.0, 2.0, 3.0]))
    assert same == pytest.approx((2, 2, 2))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.floats(0.1, 9), st.floats(0.1, 9)), min_size=2, max_size=7))
def test_an_interval_lies_between_the_least_and_the_most_job(jobs):
    top, bottom = (pd.Series(column) for column in zip(*jobs, strict=True))
    value, low, high = crowd.drawn_again(top, bottom)
    each = top / bottom
    assert (
        each.min() - 1e-9 <= low <= high <= each.max() + 1e-9
        and each.min() - 1e-9 <= value <= each.max() + 1e-9
    )
