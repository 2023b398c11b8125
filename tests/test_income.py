"""Pay: bounds that no distribution breaks, cases worked by hand, and numbers that hang together."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tallybook.model.numbers import Registry

from microwork.income import bounds, crowd, elsewhere, joint, mturk

shares = st.floats(0.01, 1)


def several(low: float, high: float, least: int = 1, most: int = 60):
    """Random people: an array of values between two ends."""
    return hnp.arrays(
        float, st.integers(least, most), elements=st.floats(low, high, allow_subnormal=False)
    )


@pytest.fixture(scope="module")
def registry(loaded) -> Registry:
    return loaded.numbers


# Bounds: whatever the distribution, as long as it meets the constraints.


@settings(deadline=None)
@given(several(0, 168), st.floats(0.1, 60), several(0, 3000))
def test_no_hours_and_incomes_pay_more_than_the_bound(hours, threshold, incomes):
    n = min(len(hours), len(incomes))
    hours, incomes = hours[:n], incomes[:n]
    share = float(np.mean(hours >= threshold))
    assume(share > 0)
    assert hours.mean() >= bounds.mean_at_least(threshold, share) * (1 - 1e-12)
    found = incomes.sum() / (hours.sum() * bounds.WEEKS_A_MONTH)
    assert found <= bounds.hourly_at_most(incomes.mean(), threshold, share) * (1 + 1e-9)
    assert found == pytest.approx(bounds.hourly(incomes.mean(), hours.mean()))


@settings(deadline=None)
@given(several(0, 3000), st.floats(1, 2000))
def test_no_more_people_earn_a_wage_than_the_mean_allows(incomes, wage):
    assert np.mean(incomes >= wage) <= bounds.share_earning(wage, float(incomes.mean())) + 1e-12


def test_the_share_that_earns_a_wage_is_reached():
    # One of fifty earns 1,050 and the others nothing: the mean is 21, and 21 / 1,050 is one
    # fiftieth.
    assert np.mean([1050, *[0] * 49]) == 21 and bounds.share_earning(1050, 21) == pytest.approx(
        1 / 50
    )
    assert bounds.share_earning(10, 21) == 1


# One model of all published figures.


@st.composite
def crowds(draw):
    """Incomes and hours of sixty people whom no hour brings more than 4.94 EUR."""
    incomes = np.concatenate(
        [draw(several(*ends)) for ends in ((0, 5, 40, 40), (5, 10, 14, 14), (10.01, 250, 6, 6))]
    )
    needed = incomes / (4.94 * bounds.WEEKS_A_MONTH)
    hours = np.maximum(needed, draw(several(0, 60, 60, 60)))
    return incomes, hours


@settings(deadline=None, max_examples=40)
@given(crowds())
def test_no_crowd_is_outside_what_the_model_allows(crowd):
    incomes, hours = crowd
    few, short = float(np.mean(incomes > 50)), float(np.mean(hours < 3))
    shares = {"under_five": 40 / 60, "over_ten": 0.1, "over_rare": few, "under_three": short}
    figures = joint.said()._replace(
        mean=None, **{name: (max(0, one - 1e-9), one + 1e-9) for name, one in shares.items()}
    )
    low, high = joint.extreme(figures, "mean")
    assert low - 1e-6 <= incomes.mean() <= high + 1e-6
    pay = incomes.sum() / (hours.sum() * bounds.WEEKS_A_MONTH)
    assert pay <= joint.pay(figures)[1] + 1e-6
    assert joint.pay(figures)[0] - 1e-6 <= pay


# Fits and prices.


@settings(deadline=None)
@given(st.floats(0.1, 50), st.floats(1.05, 50), st.floats(0.05, 0.9), st.floats(0.01, 0.9))
def test_a_lognormal_has_the_quantiles_it_was_made_from(low, factor, below_low, part):
    below_high = below_low + (0.995 - below_low) * part
    assume(below_high - below_low > 0.01)
    fit = bounds.lognormal(low, below_low, low * factor, below_high)
    assert fit.cdf([low, low * factor]) == pytest.approx([below_low, below_high], abs=1e-9)
    sigma = fit.kwds["s"]
    assume(sigma < 5)  # beyond, the mean is too large to compare
    assert np.log(fit.mean() / fit.median()) == pytest.approx(sigma**2 / 2)


@settings(deadline=None)
@given(st.floats(1, 30), st.floats(0, 5), shares)
def test_the_price_rule_and_its_inverse(price, unpaid, validated):
    pay = bounds.effective_pay(price, unpaid, validated)
    assert pay <= price / (1 + unpaid) * (1 + 1e-12)
    assert bounds.validation_needed(pay, price, unpaid) == pytest.approx(validated)
    # One paid hour takes 1 / validated hours on tasks and the unpaid ones around.
    strict = price / (1 / validated + unpaid)
    assert strict >= pay - 1e-12
    assert bounds.validation_needed_strict(strict, price, unpaid) == pytest.approx(validated)
    assert bounds.unpaid_needed(price / (1 + unpaid), price) == pytest.approx(unpaid, abs=1e-9)


# Hours, prices, other countries.


def test_euros_of_2018(monkeypatch):
    columns = {
        "eur_per_usd": [0.8, 0.9, 1.0],
        "cpi_france": [100.0, 110.0, 121.0],
        "cpi_usa": [100.0, 120.0, 150.0],
    }
    rates = pd.DataFrame(columns, index=[2018, 2019, 2020])
    monkeypatch.setattr(elsewhere, "prices", lambda *_: rates)
    # Neither takes over what was computed from the true prices, nor leaves anything behind.
    monkeypatch.setattr(elsewhere, "factor", elsewhere.factor.__wrapped__)
    factor, second = elsewhere.factor, partial(elsewhere.factor, second_route=True)
    assert factor("EUR", 2018, 2018) == 1
    assert factor("USD", 2018, 2018) == second("USD", 2018, 2018) == 0.8
    # 2019: 0.9 x 100 / 110, and 2020: 1.0 x 100 / 121; the mean of both. By the second way 2019:
    # 100 / 120 x 0.8.
    assert factor("USD", 2019, 2020) == pytest.approx((0.9 / 1.1 + 1 / 1.21) / 2)
    assert second("USD", 2019, 2019) == pytest.approx(0.8 / 1.2)
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
    assert elsewhere.weighted_quantile(values, weights, share) == expected


# The chapter as a whole.


def bands(*rows):
    """Answers in ranges: low, high, answers of each; the middle is half-way."""
    frame = pd.DataFrame(rows, columns=["low", "high", "answers"], dtype=float)
    return frame.assign(middle=(frame["low"] + frame["high"]) / 2)


def test_medians_and_shares_of_declared_answers_by_hand():
    # Answers of 1, 2 and 3 in the ranges 0-2, 2-4 and 4-8: half of six is reached at the end of the
    # second range.
    frame = bands((0, 2, 1), (2, 4, 2), (4, 8, 3))
    assert mturk.median(frame) == pytest.approx((4, 2, 4))
    assert mturk.share_from(frame, 2)[0] == pytest.approx(500 / 6)
    # Above five: three quarters of the last three, 37.5 %; none or all of them, 0 and 50 %.
    assert mturk.reaching(frame, 5) == pytest.approx((37.5, 0, 50))


@st.composite
def people_who_tick(draw):
    """Hours and incomes of some people, by one and the same person, and how they would be ticked in
    ranges."""
    n = draw(st.integers(5, 60))
    hours = np.array(draw(st.lists(st.floats(0, 60), min_size=n, max_size=n)))
    incomes = np.array(draw(st.lists(st.floats(0, 1000), min_size=n, max_size=n)))
    return hours, incomes


def ticked(values, cuts):
    """Values as answers in the ranges between the cuts; ranges that nobody ticks are there too."""
    counts, _ = np.histogram(values, cuts)
    return bands(*zip(cuts[:-1], cuts[1:], counts, strict=True))


HOURS, MONEY = [0, 1, 2, 4, 8, 20, 40, 60], [0, 1, 5, 10, 20, 50, 100, 200, 500, 1000]


@settings(deadline=None)
@given(people_who_tick(), st.floats(1, 900))
def test_what_is_said_from_ranges_holds_of_the_people_themselves(everyone, wage):
    hours, incomes = everyone
    wage = round(wage, 6)  # nearer to the end of a range than a cent it is that end
    ticks, money = ticked(hours, HOURS), ticked(incomes, MONEY)
    least, most = mturk.mean(money, "low"), mturk.mean(money, "high")
    assert least / (1 + 1e-9) <= incomes.mean() <= most * (1 + 1e-9)
    _, least, most = mturk.reaching(money, wage)
    assert least - 1e-9 <= np.mean(incomes >= wage) * 100 <= most + 1e-9
    long = hours >= 20
    if long.any():
        assert np.mean(incomes[long] < 200) * 100 >= mturk.least_short(ticks, money, 20, 200) - 1e-9


def test_what_the_page_says_in_words(registry):
    number = {n.id.removeprefix("income."): n for n in registry}
    value = {name: n.value for name, n in number.items()}
    ceiling, gross = value["hourly-upper-bound"], value["smic-gross"]
    surveys = number["surveys-elsewhere"]
    # "stays below half of the gross wage", and "our inference a little below them"
    assert number["hourly-ceiling-readings"].high < gross / 2
    assert value["hourly-lognormal"] < surveys.low < ceiling < surveys.high < gross
    assert min(value["price-minute"], value["price-45-seconds"]) > gross
    assert value["price-wirk"] > gross > value["price-stay"]
    assert value["paid-hour-upper-bound"] < value["smic-net"]  # "below both minimum wages"
    # "the mean needs the least change", and "each by a factor of two or more"
    assert number["rival-mean-lognormal"].high / 21 > 0.5
    needed = {"joint-few-needed": 2, "joint-cap-needed": 250, "joint-tenth-needed": 10}
    assert all(value[name] > 2 * said for name, said in needed.items())
    assert value["joint-hourly-any"] < ceiling  # it is lower, whichever figure gives
    assert value["pay-at-three-hours"] < surveys.low / 2
    assert value["since-us-median-hour-2025"] > value["hourly-upper-bound-usd"] > 3
    assert value["hourly-upper-bound-usd"] == pytest.approx(21 / 6.5 / 0.84677)


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
