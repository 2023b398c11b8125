"""Counts: cases worked by hand, properties on random input, and the door for the real table."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from tallybook import claims, data, project
from tallybook.charts.grammar import DASH
from tallybook.claims import Verdict
from tallybook.data.seal import seal

from microwork import counts
from microwork.counts import (
    context,
    crowd,
    figures,
    fte,
    growth,
    inputs,
    inversion,
    labour_index,
    montecarlo,
    recapture,
    sensitivity,
    squares,
    tracker,
    verdicts,
)
from microwork.derive import mturk_2015, mturk_years
from microwork.intervals import percentiles, wilson
from microwork.paths import ROOT

PUBLISHED = st.integers(1, 2_000_000)
DIVISOR = st.integers(100, 400).map(lambda hundredths: hundredths / 100)


@pytest.fixture(scope="module")
def registry(loaded):
    return loaded.numbers


@pytest.fixture(scope="module")
def judged(registry):
    """What the chapter says of each claim."""
    return {one.claim_id: one for one in verdicts.judgements(claims.claims(), registry)}


@pytest.fixture
def own_data(data_copy, monkeypatch):
    """A copy of the tables, which the analysis then reads."""
    monkeypatch.setattr(project, "_here", [project.Project(data_copy.parent, "microwork")])
    return data_copy


# Inversion


def test_inversion_by_hand():
    # 10 / 1.27 is 7.87 -> 8; S must lie in [7.5 x 1.27, 8.5 x 1.27) = [9.525, 10.795), so only 10.
    assert list(inversion.preimages(8, 1.27)) == [10]
    # With 1.265 to 1.275: from 7.5 x 1.265 = 9.4875 -> 10 up to below 8.5 x 1.275 = 10.8375 -> 10.
    assert inversion.preimages_rounded(8, 1.27) == (10, 10)
    # 100: [126.365, 127.635) -> 127; rounded divisor: [99.5 x 1.265, 100.5 x 1.275) = [125.8675,
    # 128.1375) -> 126 to 128.
    assert list(inversion.preimages(100, 1.27)) == [127]
    assert inversion.preimages_rounded(100, 1.27) == (126, 128)


@given(PUBLISHED, DIVISOR)
def test_inversion_holds_exactly_the_sums_that_round_back(published, divisor):
    hundredths = round(divisor * 100)

    def rounds_back(total):  # half up, in whole numbers: floor((2 x 100 x total + h) / 2h)
        return (200 * total + hundredths) // (2 * hundredths) == published

    found = inversion.preimages(published, divisor)
    assert len(found) >= 1
    assert all(rounds_back(total) for total in found)
    assert not rounds_back(found[0] - 1) and not rounds_back(found[-1] + 1)


@given(PUBLISHED, DIVISOR)
def test_any_total_can_be_inverted_so_inverting_proves_nothing(published, divisor):
    assert 1 <= len(inversion.preimages(published, divisor)) <= math.ceil(divisor)


def test_a_divisor_below_one_is_refused():
    with pytest.raises(ValueError, match="expected at least 1"):
        inversion.preimages(10, 0.9)


# Round shares


def test_round_parts_by_hand():
    # Tenths of a point of 1,000 are whole numbers: 2.0 % to 2.3 % are 20 to 23.
    assert list(inversion.round_parts(1000, 0.1, 2, 2.3)) == [20, 21, 22, 23]
    # Whole points of 250: 2.5 and 7.5 round half up to 3 and 8; 5 stays.
    assert list(inversion.round_parts(250, 1.0, 1, 3)) == [3, 5, 8]


def test_chance_by_hand():
    # Window 2 to 10 % of 1,000: 20 ... 100, that is 81 numbers; half points from 2 to 10 are 17 of
    # them.
    parts = inversion.round_parts(1000, 0.5, 2, 10)
    assert inversion.chance(parts, 1000, 2, 10) == pytest.approx(17 / 81)


def test_the_chance_of_a_round_share_by_hand():
    # Whole numbers from 2 % (5,322.5) to 10 % (26,612.6) of 266,126 are 5,323 to 26,612, that is
    # 21,290 of them. Multiples 20 to 100 of a tenth of a point are 81; the last rounds up to 26,613
    # and falls out: 80.
    assert inversion.round_chance() == pytest.approx(80 / 21290)


@given(st.integers(1000, 500_000), st.sampled_from([0.1, 0.5, 1.0]))
def test_coarser_grids_are_hit_less_often(whole, grid):
    fine = inversion.chance(inversion.round_parts(whole, grid, 2, 10), whole, 2, 10)
    coarse = inversion.chance(inversion.round_parts(whole, 2 * grid, 2, 10), whole, 2, 10)
    assert 0 < coarse <= fine <= 1


# The door: the real table takes the place of the inferred sum


def _fill(folder, sizes):
    key = data.table("counts/platforms").iloc[0].to_dict()
    rows = [{**key, "platform": f"Firm {i}", "registered": size} for i, size in enumerate(sizes)]
    path = folder / "counts/platforms.csv"
    pd.DataFrame(rows).to_csv(path, index=False, lineterminator="\n")
    seal(folder)


def test_a_full_platform_table_replaces_the_inferred_sum(own_data):
    assert inversion.registrations_sum().inverted, "the codebook says that the sum is inferred"
    _fill(own_data, [50_000, 40_000, 30_000, 20_000, 10_000, 5_000, 5_000])
    found = inversion.registrations_sum()
    assert not found.inverted
    assert found.total == 160_000
    # And everything that is made from the sum follows: registered = 160,000 / m, at most 160,000
    # and at least 160,000 / 1.83.
    drawn = counts.draws(size=2000)
    assert drawn["registered"].between(160_000 / 1.83, 160_000).all()
    # 16 platforms at 25 % of a seventh of 160,000 add 91,429; (160,000 + 91,429) / 1.27 = 197,975.
    assert sensitivity.with_missing("high") == pytest.approx(197_975, abs=1)


def test_six_platforms_are_not_enough(own_data):
    _fill(own_data, [50_000] * 6)
    assert inversion.registrations_sum().inverted


def test_the_words_of_an_assumption_hold_its_reason():
    hows = {row["number_id"]: row["how"] for row in data.records("counts/codebook")}
    for name, place in inputs.QUOTED.items():
        if place[0] == inputs.ASSUMPTIONS:
            assert hows[name] == f"An assumption: {inputs.assumption(place[1])['reason']}.", name


# Size bias and other sensitivities


def test_size_bias_by_hand():
    # Half on one, half on two among respondents: 1 / (0.5 + 0.25) = 4/3, below the mean of 1.5.
    assert sensitivity.size_bias_divisor(1.5) == pytest.approx(4 / 3)
    with pytest.raises(ValueError, match="from 1 to 2"):
        sensitivity.size_bias_divisor(2.1)


def test_size_bias_by_simulation():
    """A population is made, accounts are drawn, and only the harmonic mean finds the number of
    people again."""
    rng = np.random.default_rng(5)
    people = rng.choice([1, 2], size=40_000, p=[0.8, 0.2])  # platforms of each person
    accounts = np.repeat(people, people)  # one for each account, by the platforms of its holder
    respondents = rng.choice(accounts, size=20_000)  # met on a platform, so once for each account
    divisor = sensitivity.size_bias_divisor(respondents.mean())
    assert len(accounts) / divisor == pytest.approx(len(people), rel=0.01)
    assert len(accounts) / respondents.mean() < 0.93 * len(people)  # the plain mean loses people


# Unequal chances to be met


SEEN = pd.Series({1: 60, 2: 15, 3: 5})


def test_the_lower_bound_by_hand():
    # 80 seen, 60^2 / (2 x 15) = 120 unseen; with six occasions 5/6 of these, 100.
    assert recapture.lower_bound(SEEN) == 200
    assert recapture.lower_bound(SEEN, 6) == pytest.approx(180)
    # r = 4: variance 15 x (64 + 64 + 8) = 2,040; exp(1.96 sqrt(log(1 + 2,040 / 14,400))) = 2.0408;
    # 80 + 120 over and times it.
    assert recapture.bound_interval(SEEN) == pytest.approx((138.80, 324.90), abs=0.05)
    # As the author of the survey publishes for 2015 to 2026: 157,255 seen, 94,573 once and 25,615
    # twice, on 140 occasions.
    published = pd.Series({1: 94_573, 2: 25_615, 3: 37_067})
    assert recapture.lower_bound(published, 140) == pytest.approx(330_594.1809669279)
    with pytest.raises(ValueError, match="seen twice"):
        recapture.lower_bound(pd.Series({1: 5, 3: 2}))


def test_the_spread_by_hand():
    # 60 + 30 + 15 = 105 answers; k(k-1): 15 x 2 + 5 x 6 = 60; with 200 people 200 x 60 / 11,025 =
    # 1.088, so CV^2 = 0.088.
    assert recapture.spread(SEEN, 200) == pytest.approx(0.0884**0.5, abs=1e-3)
    with pytest.raises(ValueError, match="less than chance"):
        recapture.spread(SEEN, 100)


@given(st.floats(200, 10_000), st.floats(1, 5))
def test_more_people_mean_more_spread(people, times):
    assert recapture.spread(SEEN, people * times) >= recapture.spread(SEEN, people) - 1e-12


@pytest.mark.parametrize("variation", [0.3, 0.7, 1.0])
def test_bound_and_spread_by_simulation(variation):
    """Gamma chances of a known spread: the bound lies below the truth, and the moments find the
    spread at the true number."""
    rng = np.random.default_rng(12)
    people = 40_000
    rates = rng.gamma(1 / variation**2, variation**2, people)
    seen = pd.Series(rng.poisson(rates)).value_counts().drop(0)
    assert recapture.lower_bound(seen) < 1.02 * people
    assert recapture.spread(seen, people) == pytest.approx(variation, rel=0.05)


def test_a_gamma_mixture_finds_no_upper_bound_in_the_answers_of_2015():
    """The shape that fits best is the smallest that is tried, and the smaller it is, the more
    people nobody ever meets."""
    seen = recapture.times_seen()
    times = seen.index.to_numpy()

    def fit(shape):  # log likelihood at the best mean, and people never seen for one that is
        def minus(log_odds):
            p = 1 / (1 + np.exp(-log_odds))
            likelihood = stats.nbinom.logpmf(times, shape, p) - np.log1p(-(p**shape))
            return -float((seen * likelihood).sum())

        best = optimize.minimize_scalar(minus, bounds=(-10, 10), method="bounded")
        p = 1 / (1 + np.exp(-best.x))
        return -best.fun, p**shape / (1 - p**shape)

    fits = [fit(shape) for shape in (1.0, 0.3, 0.1, 0.01, 0.001)]
    likelihoods, unseen = zip(*fits, strict=True)
    assert list(likelihoods) == sorted(likelihoods) and list(unseen) == sorted(unseen)
    assert unseen[-1] > 1000


@pytest.mark.parametrize("variation", [0.0, 0.5, 1.0])
def test_unequal_catchability_by_simulation(variation):
    """Two samples of a population, and the estimate from how many are in both falls short as the
    formula says."""
    rng = np.random.default_rng(11)
    people, found = 30_000, []
    chances = np.full(people, 0.08)
    if variation:
        chances = rng.gamma(1 / variation**2, 0.08 * variation**2, people)
    for _ in range(30):
        first, second = (rng.random(people) < chances for _ in range(2))
        found.append(first.sum() * second.sum() / (first & second).sum())
    corrected = np.mean(found) * recapture.catchability_factor(variation)
    assert corrected == pytest.approx(people, rel=0.03)


def test_answers_are_counted_by_worker():
    answers = pd.DataFrame({"worker": [3, 1, 3, 2, 3, 1]})
    assert mturk_2015.times_seen(answers).values.tolist() == [[1, 1], [2, 1], [3, 1]]


def test_the_table_of_2015_holds_every_answer():
    seen = recapture.times_seen()  # as the raw file's description has them
    assert (int(seen.sum()), int((seen.index * seen).sum())) == (11_527, 15_902)


def test_swings_start_from_the_published_figure():
    table = counts.swings()
    assert (table["low"] <= table["high"]).all()
    one = table.set_index(["circle", "factor"]).loc[("routine", "visitors who do tasks")]
    assert (one["low"], one["high"]) == (26168.5, 52337)  # half of 52,337, and all of it


# Monte Carlo


def test_draws_are_the_same_each_time_and_stay_within_their_bounds():
    first, second = counts.draws(size=4000), counts.draws(size=4000)
    assert first.equals(second)
    assert first["multihoming"].between(1, 1.83).all()
    assert first["weekly-share"].between(0.02, 0.10).all()
    assert first["working-visitors"].between(0.5, 1).all()
    assert (first["routine"] <= first["visitors"]).all()
    assert (first["weekly workers"] <= first["very active"]).all()
    assert (first["visitors"] <= first["registered"]).all()


def test_an_assumption_has_the_same_draws_alone_as_after_the_others():
    rng = np.random.default_rng(montecarlo.SEED)
    for name in montecarlo.PRIORS:
        drawn = montecarlo.prior(name).rvs(size=1000, random_state=rng)
        assert (montecarlo.drawn_values(name, size=1000) == drawn).all()


def test_the_median_of_the_registered_by_hand(registry):
    # The median of triangular(1, 1.27, 1.83) lies above its mode: 1.83 - sqrt(0.83 x 0.56 / 2) =
    # 1.34793. 337,980 over it is 250,740.
    assert registry["counts.mc-registered"].value == pytest.approx(250_740, rel=0.002)
    # Its ends: m(2.5 %) = 1 + sqrt(0.025 x 0.83 x 0.27) = 1.07485, m(97.5 %) = 1.83 - sqrt(0.025 x
    # 0.83 x 0.56) = 1.72220.
    assert registry["counts.mc-registered"].high == pytest.approx(337_980 / 1.07485, rel=0.003)
    assert registry["counts.mc-registered"].low == pytest.approx(337_980 / 1.72220, rel=0.003)


# Full-time equivalents, comparison, funnel


def test_full_time_equivalents_by_hand():
    # 100 people at 21 a month pay 2,100, that is half of a wage of 4,200; 70 people at 3 hours do
    # 210, six weeks of 35.
    assert fte.fte_by_earnings(100, 21, 4200) == 0.5
    assert fte.fte_by_hours(70, 3, 35) == 6


@pytest.mark.parametrize(
    ("name", "value", "off"),
    [
        ("fte-earnings-net", 4534.1, 0.1),  # 260,000 x 21 / 1,204.22
        ("fte-hours-routine", 4486.03, 0.01),  # 52,337 x 3 / 35
        ("fte-hours-registered", 22810.8, 0.1),  # 266,126 x 3 / 35
        ("routine-vs-drivers", 1.4418, 1e-4),  # 52,337 / (27,000 + 9,300)
        ("very-active-vs-drivers", 0.41055, 1e-5),  # 14,903 / 36,300
    ],
)
def test_exported_full_time_equivalents(registry, name, value, off):
    assert registry[f"counts.{name}"].value == pytest.approx(value, abs=off)


def test_the_funnel_starts_at_the_whole_everywhere():
    table = context.funnel()
    assert (table[table["order"] == 0]["percent"] == 100).all()
    # Mechanical Turk has more visitors than declared workers.
    assert (table["percent"] > 100).sum() == 1


# The pandemic


def test_change_by_hand(own_data):
    path = own_data / "counts/oli_demand.csv"
    frame = pd.read_csv(path, dtype=str)
    for months, value in (("2019", "10.0"), ("2020", "12.5"), ("2020-08", "5.0")):
        frame.loc[frame["month"].str.startswith(months), "microwork"] = value
    frame.to_csv(path, index=False, lineterminator="\n")
    seal(own_data)
    # (5 x 12.5 + 5) over 60: +12.5 %; the pairs are +25 % five times and -50 % once.
    found = labour_index.change_by_month("microwork", "2020-03", 6)
    assert found == pytest.approx((12.5, -50, 25))


def test_months_on_two_sides_of_the_break_are_not_compared():
    with pytest.raises(ValueError, match="two sides of the break"):
        labour_index.change("microwork", "2021-03", 1)
    assert np.isfinite(labour_index.change("microwork", "2020-03", 12))  # all of it lies before
    assert labour_index.months("2020-11", 4) == ["2020-11", "2020-12", "2021-01", "2021-02"]


@pytest.mark.parametrize("series, name", [("microwork", "microtask"), ("total", "total")])
def test_later_windows_by_another_estimator(registry, series, name):
    """The median month, which no odd month moves, tells the same to a few points."""
    table = counts.demand().set_index("month")[series]
    table.index = table.index.to_period("M")
    for start, count, back, end in (("2022-12", 12, 12, "chatgpt"), ("2024-01", 8, 24, "2024")):
        later = pd.period_range(start, periods=count, freq="M")
        median = 100 * (np.median(table[later].to_numpy() / table[later - back].to_numpy()) - 1)
        number = registry[f"counts.oli-{name}-{end}"]
        assert number.value == pytest.approx(median, abs=6)
        assert number.low < median < number.high


def test_values_that_follow_from_one_another_tell_nothing():
    assert labour_index.mean_error(np.array([1.0, 0.0, 0.0, 0.0]), 12) < math.inf
    assert labour_index.mean_error(np.array([1.0, 2.0, 3.0, 4.0]), 12) == math.inf


def test_the_error_of_a_mean_by_hand():
    # Spread of 1, 3, 1, 3 is 1.1547; neighbours differ, so all four new values count: t(3) =
    # 3.1824, over the root of four.
    assert labour_index.mean_error(np.array([1.0, 3.0, 1.0, 3.0]), 4) == pytest.approx(
        3.18245 * 1.154701 / 2, rel=1e-5
    )
    with pytest.raises(ValueError, match="three or more"):
        labour_index.mean_error(np.array([1.0, 2.0]), 4)


@given(
    st.lists(st.floats(-1, 1), min_size=5, max_size=20).filter(
        lambda values: np.std(values) > 0.01
    ),
    st.integers(1, 12),
)
def test_more_months_mean_less_error_and_louder_noise_more(noise, count):
    values = np.array(noise)
    error = labour_index.mean_error(values, count)
    assert labour_index.mean_error(values, 4 * count) == pytest.approx(error / 2)
    assert labour_index.mean_error(3 * values, count) == pytest.approx(3 * error)


@pytest.mark.parametrize("alike", [0.0, 0.5])
def test_the_interval_of_a_mean_holds_as_often_as_it_says(alike):
    """Months that resemble the month before, simulated: the interval from twelve of them holds the
    mean of the next twelve."""
    rng = np.random.default_rng(8)
    shocks = rng.normal(size=(4000, 74)) * np.sqrt(1 - alike**2)
    values = shocks.copy()
    for month in range(1, values.shape[1]):
        values[:, month] += alike * values[:, month - 1]
    errors = [labour_index.mean_error(before, 12) for before in values[:, 50:62]]
    held = np.mean(abs(values[:, 62:].mean(axis=1)) < errors)
    # Twelve months show too little likeness.
    assert held == pytest.approx(0.95, abs=0.015) if alike == 0 else 0.80 < held < 0.95


def test_growth_by_hand(registry):
    assert growth.annual_growth(1, 8, 3) == pytest.approx(100)
    # Doubling in three years: 2^(1/3) - 1 = 25.99 %; in two: 41.42 %. A year more or less: 2^(1/4),
    # 2^(1/2), 2^(1/3), 2.
    before, after = (
        registry[f"counts.clickworker-growth-{years}"] for years in ("2017-2020", "2020-2022")
    )
    assert (before.value, before.high) == pytest.approx((25.992, 41.421), abs=0.001)
    assert (after.low, after.value) == pytest.approx((25.992, 41.421), abs=0.001)


# Accounts in France on one platform


def test_workers_in_france_of_open_jobs_by_hand(registry):
    # 8 of 1,354 is 0.591 %. Wilson with z = 1.96: centre (8 + 1.92) / (1,354 + 3.84) = 0.7306 %,
    # half 1.96 / 1,357.84 x sqrt(8 x 1,346 / 1,354 + 0.96) = 0.4309 points.
    share = registry["counts.crowd-france"]
    assert share.value == pytest.approx(100 * 8 / 1354)
    assert (share.low, share.high) == pytest.approx((0.7306 - 0.4309, 0.7306 + 0.4309), abs=1e-3)
    accounts = registry["counts.crowd-french-accounts"]
    assert accounts.value == pytest.approx(50_000 * share.value)  # a hundredth of five million
    assert accounts.ends == pytest.approx((50_000 * share.low, 50_000 * share.high))
    founder = registry["counts.crowd-french-accounts-founder"]
    assert founder.value == pytest.approx(40_000 * share.value)


def test_chance_among_workers_covers_a_draw_as_often_as_it_says():
    """Crowds of 1,354 drawn with the share that was found: the exact chance of what was drawn is 95
    % or near it."""
    everyone, found = 1354, 8 / 1354
    held = [wilson(drawn / everyone, everyone) for drawn in range(60)]
    chances = stats.binom.pmf(range(60), everyone, found)
    covered = sum(
        chance for chance, (low, high) in zip(chances, held, strict=True) if low <= found <= high
    )
    assert covered == pytest.approx(0.95, abs=0.03)


def test_jobs_differ_by_more_than_chance():
    """5 of 187 in 2014 and 8 of 1,354 in 2015:

    Fisher's exact test, which the page relies on when it calls the step weak.
    """
    (early, of_early), (late, of_late) = map(crowd.workers, (crowd.EARLIER, crowd.OPEN))
    assert (early, of_early, late, of_late) == (5, 187, 8, 1354)
    assert stats.fisher_exact([[early, of_early - early], [late, of_late - late]]).pvalue < 0.05


def test_a_batch_without_workers_in_france_is_refused():
    with pytest.raises(ValueError, match="no worker in France"):
        crowd.workers("716713")


def test_accounts_at_work_by_hand(registry):
    # 20 % of 29,542; ends: 43,302 / 500,000 of the low end, and 1 - 8,863 / 11,527 of the high end.
    found, accounts = (registry[f"counts.crowd-french-{one}"] for one in ("at-work", "accounts"))
    assert found.value == pytest.approx(accounts.value / 5)
    assert found.low == pytest.approx(accounts.low * 43_302 / 500_000)
    assert found.high == pytest.approx(accounts.high * (1 - 8_863 / 11_527))
    assert found.low < found.value < found.high < accounts.value


def test_shares_at_work_are_in_order():
    value, least, most = crowd.working()
    assert 0 < least < value < most < 100


def test_accounts_on_one_platform_by_hand():
    # 0.5908 % of 5 million, and of the 4 million of the founder.
    value, low, high = crowd.french_accounts()
    assert value == pytest.approx(29_540, rel=1e-3)
    founder = crowd.french_accounts(declared=crowd.FOUNDER)
    assert founder == pytest.approx((0.8 * value, 0.8 * low, 0.8 * high))


# Provenance


@pytest.mark.parametrize(
    "name, rows",
    [
        ("added-pole-emploi", {"counts/labels": "5"}),
        ("routine-share", {"counts/inputs": "fr-casual fr-routine"}),
        ("share-weekly", {"counts/inputs": "oli-supplement-registered oli-supplement-weekly"}),
        ("clickworker-growth-2017-2020", {"counts/clickworker": "2017 2020"}),
        ("oli-break-factor", {"counts/oli_demand": "2021-02 2021-04"}),
        ("fte-hours-routine", {"counts/inputs": "fr-mean-hours fr-routine fr-week"}),
        ("delivery-growth-2020", {"counts/delivery": "2020"}),
        ("mturk-france-growth", {"counts/mturk_years": "2015 2016 2017 2018 2019"}),
        ("mturk-crisis-growth", {"counts/mturk_years": "2016 2017 2018 2020 2021"}),
    ],
)
def test_a_number_knows_exactly_the_rows_it_is_made_of(registry, name, rows):
    facts = registry[f"counts.{name}"].facts
    assert {(fact.table, fact.row) for fact in facts} == {
        (table, row) for table, keys in rows.items() for row in keys.split()
    }


# Verdicts


def test_one_figure_has_two_names_only_while_the_texts_differ(judged):
    for claim_id in ("fr-total-cnrs", "fr-casual-cnrs", "fr-registered", "world-16m"):
        assert judged[claim_id].verdict is Verdict.SOMETHING_ELSE
    claim = claims.claims()["fr-casual-cnrs"]
    with pytest.raises(claims.ClaimError, match="take in"):  # 320,000 is another number
        claims.named(claim, [("counts/labels", "3", "wording")], figure="figure")


def test_a_figure_of_the_critics_speaks_against_the_monthly_one_only(registry, judged):
    """14,903 in all cannot hold 50,000 a month; of these, 14,903 might log on every week."""
    critics = registry["counts.critics-total"].value
    all_claims = claims.claims()
    assert critics < all_claims["fr-monthly-cnrs"].figure / 1.5
    assert critics == pytest.approx(all_claims["fr-weekly-cnrs"].figure, rel=0.01)
    for claim_id in ("fr-weekly-cnrs", "fr-monthly-cnrs"):
        rows = {fact.row for fact in judged[claim_id].facts}
        assert rows == {"fr-critics-total", "crowdflower-people-2013", "april-to-august-2015/FRA"}


def test_one_platform_decides_no_count_of_all(judged):
    """What open data say of CrowdFlower is told beside both claims, and no test rests on it."""
    found = [name for one in judged.values() for name in one.found]
    assert not any(name.startswith("counts.crowd-") for name in found)


def test_a_firm_on_its_own_crowd_says_something_like_millions(registry, judged):
    """Both figures lie above two million, the least that “millions” can mean; they are of 2013, so
    not the same."""
    one = judged["world-millions-indl"]
    assert one.check is claims.Check.DOCUMENTS and one.verdict is Verdict.NOT_CONTRADICTED
    declared = [registry[f"counts.crowd-declared{name}"].value for name in ("", "-founder")]
    assert min(declared) >= 2_000_000
    assert all(fact.source for fact in one.facts)


def test_the_oxford_figure_was_corrected_before_the_claim(registry, judged):
    """Neither version has 16 million, and the corrected one is lower."""
    claim = claims.claims()["world-16m"]
    corrected, preprint = (
        registry[f"counts.world-ever-worked{name}"].value for name in ("", "-preprint")
    )
    assert corrected < claim.figure < preprint
    assert "October 2021" in judged["world-16m"].reason and claim.date > "2021-10"


def test_both_years_of_a_comparison_stand_under_it(judged):
    rows = {"counts/mturk_years": [], "counts/oli_demand": []}
    for fact in judged["covid-registrations"].facts:
        rows[fact.table].append(fact.row)
    years, months = map(sorted, rows.values())
    assert years == ["2016", "2017", "2018", "2020", "2021"]
    assert (len(months), months[0], months[-1]) == (24, "2019-03", "2021-02")


def test_the_share_in_france_halved_within_a_year():
    """What the limits of growth elsewhere rest on: 122 of 20,536 in 2016, and 53 of 19,214 in 2017,
    0.46 times as much."""
    columns = ("french", "located")
    counted = [tracker.persons(column, year) for year in (2017, 2016) for column in columns]
    ratio = tracker.rate_ratio(*counted)[0]
    assert ratio == pytest.approx(53 / 19_214 / (122 / 20_536))
    (limits,) = (row for row in data.records("counts/flips") if row["flip_id"] == "france-unlike")
    assert limits["least"] == pytest.approx(ratio, abs=0.05)


def test_growth_in_france_turns_with_other_platforms_alone(registry, judged):
    """Its range of 0.65 to 1.79 lies above 1 once others grew 1 / 0.649 = 1.54 times as much, and
    no width makes it do so."""
    (test,) = judged["grown-in-france"].tests
    assert (test.verdict, test.severity) == (Verdict.UNDECIDED, None)
    unlike, width = judged["grown-in-france"].flips
    low, high = registry["counts.mturk-france-growth"].ends
    assert [at for at, _ in unlike.turns] == pytest.approx([1 / high, 1 / low], rel=1e-3)
    assert width.turns == ()


def test_the_answers_of_a_paper_cover_every_count():
    """From nought to a million, each whole number of people has one answer, and the cuts lie where
    the rule has them."""
    wanted = {"claim_id": "fr-monthly-cnrs", "document_id": "count-article", "says": "figure"}
    frame = data.rows("counts/answers", wanted)
    ends = frame.sort_values("low")[["low", "high"]].to_numpy()
    assert ends[0][0] == 0 and (ends[1:, 0] == ends[:-1, 1] + 1).all()
    assert ends[1].tolist() == [math.ceil(50_000 / 1.5), 75_000]


def test_no_verdict_rests_on_what_an_outlet_has_from_the_authors(registry, judged):
    """Pôle emploi gives the World Bank's count of microwork sites “according to the authors” of the
    claims."""
    told = {"world-wb2015-microwork-registered", "world-wb2015-active"}
    for one in judged.values():
        facts = [*one.facts, *(fact for name in one.found for fact in registry[name].facts)]
        assert not {fact.row for fact in facts} & told, one.claim_id


def test_workers_in_france_and_in_the_pandemic_by_hand(registry):
    # (66 + 65) of (19,933 + 16,607) over (15 + 122 + 53) of (17,170 + 20,536 + 19,214): 0.0035851 /
    # 0.0033380.
    found = registry["counts.mturk-france-growth"]
    assert found.value == pytest.approx(131 / 36_540 / (190 / 56_920))
    # The log has a standard error of sqrt(1/131 + 1/190) = 0.11357 with all years before.
    _, low, high = tracker.rate_ratio(131, 36_540, 190, 56_920)
    factor = math.exp(0.22259)
    assert (low, high) == pytest.approx((found.value / factor, found.value * factor), rel=1e-4)
    # Means of 62,645 and 54,531 over 52,933, 44,145 and 47,648; lowest pair 54,531 / 52,933,
    # highest 62,645 / 44,145.
    crisis = registry["counts.mturk-crisis-growth"]
    found = (crisis.value, crisis.low, crisis.high)
    assert found == pytest.approx((21.4460, 3.0189, 41.9074), abs=1e-3)


def test_years_are_compared_only_if_the_survey_ran_in_all_their_periods():
    periods = counts.years().set_index("year")["periods"]
    assert set(periods[[*tracker.BEFORE, *tracker.DURING]]) == {12}


def test_growth_in_france_allows_for_every_first_year(registry):
    # Without 2015: 131 of 36,540 over 175 of 39,750 is 0.81; with 2017 alone, over 53 of 19,214, it
    # is 1.30.
    found = registry["counts.mturk-france-growth"]
    for french, located in ((190, 56_920), (175, 39_750), (53, 19_214)):
        value, low, high = tracker.rate_ratio(131, 36_540, french, located)
        assert found.low <= low < value < high <= found.high
    assert found.low < 0.81 < 1.30 < found.high


def test_the_interval_of_two_poisson_counts_by_simulation():
    rng = np.random.default_rng(3)
    held = 0
    for later, earlier in zip(rng.poisson(130, 2000), rng.poisson(190, 2000), strict=True):
        _, low, high = tracker.rate_ratio(later, 40_000, earlier, 57_000)
        held += low < 130 / 40_000 / (190 / 57_000) < high
    assert held / 2000 == pytest.approx(0.95, abs=0.015)


def test_mechanical_turk_by_year_is_joined():
    places = pd.DataFrame(
        {"y": [2022, 2022, 2023], "country": ["FR", "NA", "VE"], "n": [4, 4, 9], "w": [3, 4, 5]}
    )
    sizes = pd.DataFrame(
        {"year": [2022, 2023], "occasions": [12, 9], "workers": [6, 5], "chao": [10.6, 20.0]}
    )
    # year, french, venezuelan, malagasy, located, answers, periods, seen, least
    assert mturk_years.by_year(places, sizes).to_numpy().tolist() == [
        [2022, 3, 0, 0, 7, 8, 12, 6, 11],
        [2023, 0, 5, 0, 5, 9, 9, 5, 20],
    ]


def test_what_the_answers_declare_by_hand():
    births = pd.DataFrame(
        {"y": [2022, 2022, 2023], "year_of_birth": [1990, 1991, 1990], "n": [1, 2, 5]}
    )
    months = pd.DataFrame(
        {"m": ["2022-01", "2022-02", "2023-01"], "n": [100, 300, 50], "married": [0.4, 0.8, 0.5]}
    )
    # 1 of 3 and 5 of 5; (40 + 240) / 400 and a half
    assert mturk_years.declared(births, months).to_numpy().tolist() == [[33.3, 70.0], [100.0, 50.0]]


def test_the_two_files_of_the_survey_agree():
    """Workers by address come from another file than workers seen: one with two addresses counts
    twice, and few have two."""
    table = counts.years()
    twice = table["located"] / table["seen"] - 1
    assert (twice > 0).all() and (twice < 0.05).all()
    assert (table["seen"] < table["least"]).all() and (table["seen"] < table["answers"]).all()
    # 157,255 workers in twelve years, so none of these years saw more, and all together did.
    assert table["seen"].max() < 157_255 < table["seen"].sum()


def test_no_verdict_rests_on_a_year_after_the_claims(registry, judged):
    last = {"counts/mturk_years": "2022", "counts/oli_demand": "2022-06", "counts/delivery": "2022"}
    for one in judged.values():
        numbers = [registry[name] for name in (*one.found, *one.used)]
        facts = [*one.facts, *(fact for number in numbers for fact in number.facts)]
        dated = [fact for fact in facts if fact.table in last]
        assert all("" < fact.row <= last[fact.table] for fact in dated), one.claim_id
        assert not any(fact.table == "counts/since" for fact in facts)


def test_profiles_of_the_last_years_are_used_for_nothing():
    """The declared shares stand in the page to show that they tell nothing; no other number is made
    of them."""
    sources = {
        path.name: path.read_text(encoding="utf-8") for path in (ROOT / "microwork").rglob("*.py")
    }
    assert sources["tracker.py"].count('"married"') == 1  # for the two numbers
    assert [name for name, text in sources.items() if "born_1990" in text] == ["mturk_years.py"]
    table = counts.years().set_index("year")
    before, after = table.loc[2015:2019], table.loc[2022:]
    assert before["married"].max() < 50 < 75 < after["married"].min()
    assert before["born_1990"].max() < 10 < 15 < table.loc[2024:, "born_1990"].min()


# Drawings


def test_every_name_of_the_largest_figure_has_a_lane():
    assert set(counts.labels()["label"]) == set(figures.LANES)


# Intervals


@given(st.integers(0, 200), st.integers(1, 200))
def test_wilson_holds_the_share_and_stays_within_bounds(successes, more):
    n = successes + more
    low, high = wilson(successes / n, n)
    assert 0 <= low <= successes / n + 1e-12 and successes / n - 1e-12 <= high <= 1


def test_percentiles_by_hand():
    # 0 to 1,000: median 500; 2.5 % and 97.5 % of the way are 25 and 975.
    assert percentiles(np.arange(1001)) == pytest.approx((500, 25, 975))


def test_the_areas_of_the_first_picture_are_the_counts_and_each_square_lies_in_the_last():
    groups = [("all", 400.0), ("some", 100.0), ("few", 25.0)]
    found = squares.places([count for _, count in groups], 200)
    areas = [(one["x2"] - one["x"]) * (one["y2"] - one["y"]) for one in found]
    assert areas == pytest.approx([40000, 10000, 2500])
    for outer, inner in itertools.pairwise(found):
        assert outer["x"] < inner["x"] and inner["x2"] < outer["x2"]
        assert outer["y"] < inner["y"] and inner["y2"] < outer["y2"]
    drawn = squares.nested(groups, ("others", 24.0))
    assert drawn.table["published"].tolist() == [400, 100, 25, 24]
    for chart in (drawn.broad, drawn.narrow):
        dashed = [layer for layer in chart.layer if layer.mark.type == "rect"]
        assert [len(layer.data) for layer in dashed] == [3] and dashed[0].mark.strokeDash == DASH
