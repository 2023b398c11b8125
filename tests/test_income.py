"""Pay: bounds without a distribution, cases worked by hand, and words that numbers bear out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tallybook.model.numbers import Registry

from microwork.income import crowd, figures, inputs, workers
from microwork.income.numbers import at_least, rival_mean, weighted_quantile


def several(low: float, high: float, least: int = 1, most: int = 60):
    """Random people: an array of values between two ends."""
    elements = st.floats(low, high, allow_subnormal=False)
    return hnp.arrays(float, st.integers(least, most), elements=elements)


@pytest.fixture(scope="module")
def registry(loaded) -> Registry:
    return loaded.numbers


@settings(deadline=None)
@given(several(0, 3000), st.floats(1, 2000))
def test_no_people_have_a_lower_mean_than_the_bound(values, level):
    share = float(np.mean(values >= level))
    assert values.mean() >= at_least(level, share) * (1 - 1e-12)


def test_the_bound_on_a_wage_is_reached():
    # One of fifty earns 1,050 and the others nothing: the mean is 21.
    assert np.mean([1050, *[0] * 49]) == pytest.approx(at_least(1050, 1 / 50)) == 21


@settings(deadline=None, max_examples=40)
@given(several(0, 5, 40, 40), several(5, 10, 14, 14), several(10, 50, 5, 5), st.floats(10, 250))
def test_nobody_answers_the_second_survey_s_words_with_another_mean(poor, some, more, most):
    mean = float(np.mean([*poor, *some, *more, most]))  # sixty people, of whom one has over 50
    _, low, high = rival_mean()
    assert low - 1e-3 <= mean <= high + 1e-3


@settings(deadline=None)
@given(st.floats(0.1, 50), st.floats(1.05, 50), st.floats(0.05, 0.9), st.floats(0.01, 0.9))
def test_a_lognormal_has_the_quantiles_it_was_made_from(low, factor, below_low, part):
    below_high = below_low + (0.995 - below_low) * part
    assume(below_high - below_low > 0.01)
    fit = inputs.lognormal(low, below_low, low * factor, below_high)
    assert fit.cdf([low, low * factor]) == pytest.approx([below_low, below_high], abs=1e-9)


def test_euros_of_2018(monkeypatch):
    columns = {"eur_per_usd": [0.8, 0.9, 1.0], "cpi_france": [100.0, 110.0, 121.0]}
    rates = pd.DataFrame(columns, index=[2018, 2019, 2020])
    monkeypatch.setattr(inputs, "prices", lambda *_: rates)
    # Neither takes over what was computed from the true prices, nor leaves anything behind.
    factor = inputs.factor.__wrapped__
    assert factor("EUR", 2018, 2018) == 1 and factor("USD", 2018, 2018) == 0.8
    # 2019: 0.9 x 100 / 110, and 2020: 1.0 x 100 / 121; the mean of both.
    assert factor("USD", 2019, 2020) == pytest.approx((0.9 / 1.1 + 1 / 1.21) / 2)
    assert factor("USD", 2020, 2021) == pytest.approx(1 / 1.21)
    assert np.isnan(factor("EUR", 2021, 2022))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9)), min_size=1, max_size=12),
    st.floats(0.01, 1),
)
def test_a_weighted_quantile_is_that_of_the_repeated_values(rows, share):
    values, weights = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    repeated = np.sort(np.repeat(values, weights.astype(int)))
    expected = repeated[max(0, int(np.ceil(share * len(repeated) - 1e-9)) - 1)]
    assert weighted_quantile(values, weights, share) == expected


def test_medians_and_shares_of_declared_answers_by_hand():
    # Answers of 1, 2 and 3 in the ranges 0-2, 2-4 and 4-8: half of six is reached at the end of the
    # second range.
    rows = [(0, 2, 1, 1), (2, 4, 2, 3), (4, 8, 3, 6)]
    frame = pd.DataFrame(rows, columns=["low", "high", "answers", "middle"], dtype=float)
    assert workers.median(frame) == pytest.approx((4, 2, 4))
    assert workers.share_from(frame, 2)[0] == pytest.approx(500 / 6)
    # Above five: three quarters of the last three, 37.5%; none or all of them, 0 and 50%.
    assert workers.reaching(frame, 5) == pytest.approx((37.5, 0, 50))
    assert workers.mean(frame, "middle") == pytest.approx(25 / 6)


def test_pay_of_a_small_job_by_hand():
    # 2 kept workers with 10 judgments in 900 s, 4 in the quiz; 3 removed with 9 in 450 s, 6 in it.
    columns = {"job": [1, 1], "standing": ["kept", "removed"], "usd_a_judgment": [0.1, 0.1]}
    columns |= {"worker_jobs": [2, 3], "judgments": [10, 9], "first_page_judgments": [4, 6]}
    jobs = pd.DataFrame({**columns, "seconds": [900, 450]})
    kept, everybody = (crowd.by_job(jobs, counted).loc[1] for counted in (0, 1))
    assert (kept["usd"], kept["hours"]) == pytest.approx((0.6, 0.25))
    assert (everybody["usd"], everybody["hours"]) == pytest.approx((0.9, 0.375))
    assert (kept["kept"], kept["all"]) == (2, 5)


def test_jobs_drawn_again():
    # Two jobs, of $1 and $3 an hour: three quarters of the draws hold the first at least once;
    # the ends are the two jobs.
    found = crowd.drawn_again(pd.Series([1.0, 3.0]), pd.Series([1.0, 1.0]))
    assert found == pytest.approx((2, 1, 3))


def test_what_the_page_says_in_words(registry):
    assert [count for count, *_ in figures.removed()] == [35, 28, 37]
    number = {n.id.removeprefix("income."): n for n in registry}
    value = {name: n.value for name, n in number.items()}
    assert 7 < value["smic-gross"] / value["hour-median"] < 8  # "less than a seventh"
    assert 1.5 < 10 * value["living"] < 2.5  # "two in a thousand"
    assert 33.4 < 100 - value["crowd-removed"] < 40  # "little more than a third stayed"
    assert value["price-minute"] > value["smic-gross"]  # "more than the minimum wage"
    assert value["hour-median"] < value["hour-mean"] < value["crowd-hourly-euros-all-time"]
    fees = number["crowd-fee"]
    assert fees.high - fees.low < 1  # "the same fee"
    assert inputs.fact("few-read") == 2 and inputs.fact("rival-rare") == 50  # "two in a hundred"
    assert value["hourly-upper-bound"] == pytest.approx(21 / 6.5)
    assert value["hourly-upper-bound"] < value["smic-gross"] / 3
    shown = number["rival-mean-lognormal"]
    assert shown.low < shown.value < shown.high < value["published-mean"]  # "the surveys clash"
