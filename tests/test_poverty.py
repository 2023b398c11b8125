"""The poverty chapter: cases worked by hand, and what must hold for any incomes."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from tallybook import data
from tallybook.charts.publish import MIME, bundle_of
from tallybook.model.digits import rounded
from tallybook.model.numbers import Registry

from microwork import claims, intervals, poverty
from microwork.poverty import distribution, figures, households, lines, mix, points
from microwork.poverty.spread import spread, spreads

SHARE = st.floats(0.02, 0.45)
LINE = st.floats(0.3, 0.95)
SIGMA = st.floats(0.2, 1.2)
RNG = np.random.default_rng(20190524)


EXPORTED = (
    "ratio-50",
    "ratio-60",
    "implied-60-if-50",
    "implied-50-if-60",
    "expected-from-activity-50",
    "observed-over-expected-50",
    "under-reporting-50",
    "under-reporting-60",
    "lognormal-sigma",
    "household-m-per-unit",
)


@pytest.fixture(scope="module")
def registry():
    return Registry(poverty.numbers())


# --- cases worked by hand


def test_spread_from_deciles():
    # 37,570 / 11,040 = 3.4031; its logarithm is 1.22468; over 2 x 1.2816 it is 0.4778.
    assert lines.sigma_from_deciles(11040, 37570) == pytest.approx(1.22468 / (2 * 1.2816), abs=2e-5)


def test_share_below_half_the_median():
    # log(0.5) / 0.5 = -1.3863; the normal table has 0.0828 below it.
    assert lines.share_below(0.5, 0.5) == pytest.approx(0.0828, abs=5e-5)
    # At the median itself it is one half, whatever the spread.
    assert lines.share_below(1.0, 0.3) == 0.5


def test_from_one_line_to_the_other():
    # 15.87 % is one deviation under the centre. From 0.5 to 0.5 e the line climbs by 1 in logs, with a spread of 0.5 that is
    # two deviations: one above the centre, 84.13 %.
    assert lines.at_other_line(norm.cdf(-1), 0.5, 0.5 * math.e, 0.5) == pytest.approx(0.8413, abs=5e-5)


def test_under_reporting_by_hand():
    # From 8 % (1.4051 under) to 22 % (0.7722 under) the distribution moves by 0.6329 deviations; with a spread of 0.4778
    # that is 0.3024 in logs, and exp(-0.3024) = 0.7390: incomes declared 26.1 % too low.
    assert lines.under_reporting(0.08, 0.22, 0.4778) == pytest.approx(0.261, abs=2e-4)


def test_noise_by_hand():
    # 8 % to 22 %: the spread must grow by 1.4051 / 0.7722 = 1.8196; 0.4778 sqrt(1.8196^2 - 1) = 0.4778 x 1.5202 = 0.7263.
    assert lines.noise(0.08, 0.22, 0.4778) == pytest.approx(0.7263, abs=3e-4)


def test_consumption_units():
    assert households.units(1) == 1.0
    assert households.units(2, 2) == pytest.approx(2.1)
    assert households.units(2, 1) == pytest.approx(1.8)


def test_household_m_by_hand(registry):
    # 2,600 / 1.8 = 1,444.44; with a child of fourteen or more 2,600 / 2 = 1,300; 1,444.44 / 1,026 = 1.4078.
    number = registry["poverty.household-m-per-unit"]
    assert (number.value, number.low) == (pytest.approx(2600 / 1.8), pytest.approx(1300))
    assert registry["poverty.household-m-over-60"].value == pytest.approx(40.78, abs=0.01)
    # 2,600 - 1.8 x 1,026 = 753.2 can go to debts before the household is left at the usual line.
    assert registry["poverty.household-m-margin-60"].value == pytest.approx(753.2)
    # His wage alone would put the same household between the two lines, 855 and 1,026.
    assert 855 < registry["poverty.household-m-own-wage-per-unit"].value < 1026


def test_expected_from_activity_by_hand(registry):
    # 0.64 x 3.4 + 0.081 x 26.2 + 0.279 x 17.9 = 2.176 + 2.1222 + 4.9941 = 9.2923; 22 / 9.2923 = 2.3676.
    assert registry["poverty.expected-from-activity-50"].value == pytest.approx(9.2923)
    assert registry["poverty.observed-over-expected-50"].value == pytest.approx(2.3676, abs=1e-4)
    # Largest: 0.40 x 3.4 + 0.24 x 15.5 + 0.081 x 26.2 + 0.279 x 38.5 = 1.36 + 3.72 + 2.1222 + 10.7415 = 17.9437.
    assert registry["poverty.expected-largest-50"].value == pytest.approx(17.9437)
    # Ceiling: the first term becomes 0.40 x 10.1 = 4.04, the sum 20.6237.
    assert registry["poverty.expected-ceiling-50"].value == pytest.approx(20.6237)


def test_ratios_by_hand(registry):
    # Wilson for 220 of 1,000: centre (0.22 + 0.001921) / 1.003841 = 0.22107, half-width
    # 1.96 / 1.003841 x sqrt(0.22 x 0.78 / 1,000 + 0.00000096) = 0.02565: 19.54 to 24.67 %. Over 8 and over 14 %.
    half, usual = registry["poverty.ratio-50"], registry["poverty.ratio-60"]
    assert (half.value, half.low, half.high) == pytest.approx((2.75, 2.443, 3.084), abs=1e-3)
    assert (usual.value, usual.low, usual.high) == pytest.approx((1.5714, 1.396, 1.762), abs=1e-3)


def test_lines_by_type_by_hand():
    # Couple, 2013: 1,476 against 1.5 x 760 = 1,140: 29.47 % over. Three children: 1,931 against 2.4 x 760 = 1,824: 5.87 %.
    over = households.type_lines("2013").set_index("household")["over"]
    assert over["couple"] == pytest.approx(29.47, abs=0.01)
    assert over["couple-3"] == pytest.approx(5.87, abs=0.01)
    # Couple, 2015: 1,491 against half of 20,300 / 12, times 1.5: 1,268.75.
    assert households.over_official("couple") == pytest.approx(1491 / 1268.75)


def test_students_by_hand():
    # If 10 % of a group is replaced, at a rate of 20 %, by people who are all poor, its rate climbs by 8 points.
    assert mix.all_poor_needed(0.28, 0.20, 0.20) == pytest.approx(0.10)


# --- what must hold for any incomes


@settings(deadline=None)
@given(SHARE, LINE, LINE, SIGMA)
def test_there_and_back_again(share, line, other, sigma):
    there = lines.at_other_line(share, line, other, sigma)
    if 1e-12 < there < 1 - 1e-12:
        assert lines.at_other_line(there, other, line, sigma) == pytest.approx(share, rel=1e-6)
    if abs(other / line - 1) > 1e-9:
        assert (there > share) == (other > line)


@settings(deadline=None)
@given(SHARE, LINE, SIGMA)
def test_a_group_has_its_share_below_the_line(share, line, sigma):
    assert lines.share_below(line, sigma, lines.median_of_group(share, line, sigma)) == pytest.approx(share)


@settings(deadline=None)
@given(SIGMA)
def test_every_way_to_the_spread_finds_it(sigma):
    deciles = [math.exp(sigma * norm.ppf(p)) for p in (0.1, 0.9)]
    assert lines.sigma_from_deciles(*deciles) == pytest.approx(sigma)
    assert lines.sigma_from_gini(lines.gini_from_sigma(sigma)) == pytest.approx(sigma)
    assert lines.sigma_from_share(lines.share_below(0.5, sigma), 0.5) == pytest.approx(sigma)
    shares = [lines.share_below(line, sigma) for line in (0.5, 0.6)]
    assert lines.sigma_between(0.5, shares[0], 0.6, shares[1]) == pytest.approx(sigma)


@settings(deadline=None)
@given(SHARE, SHARE, SIGMA)
def test_under_reporting_undoes_itself(true, shown, sigma):
    under = lines.under_reporting(true, shown, sigma)
    assert under < 1
    assert (under > 0) == (shown > true) or shown == pytest.approx(true)
    assert lines.corrected(shown, under, sigma) == pytest.approx(true)
    assert lines.shown(true, under, sigma) == pytest.approx(shown)


@pytest.mark.parametrize(("true", "line"), [(0.08, 0.5), (0.14, 0.6)])
def test_under_reporting_and_noise_by_simulation(true, line):
    """Draw a population with the national rate, spoil its incomes as computed, and count again: 22 % must come out."""
    sigma = spread()
    incomes = np.exp(RNG.normal(math.log(lines.median_of_group(true, line, sigma)), sigma, 400_000))
    assert np.mean(incomes < line) == pytest.approx(true, abs=0.002)
    declared = incomes * (1 - lines.under_reporting(true, 0.22, sigma))
    assert np.mean(declared < line) == pytest.approx(0.22, abs=0.003)
    noisy = incomes * np.exp(RNG.normal(0, lines.noise(true, 0.22, sigma), incomes.size))
    assert np.mean(noisy < line) == pytest.approx(0.22, abs=0.003)
    assert np.median(noisy) == pytest.approx(np.median(incomes), rel=0.01)


def test_understatement_and_noise_together_by_simulation(registry):
    """Couples of the French spread, spoilt by the blend the chapter names, must show both published shares."""
    row = points.own_points().set_index("household").loc["couple"]
    incomes = np.exp(RNG.normal(0, row["type"], 400_000))  # the type's own median is 1
    under = registry["poverty.blend-under-reporting"].value / 100
    noise = math.log(registry["poverty.blend-noise"].value)
    shown = incomes * (1 - under) * np.exp(RNG.normal(0, noise, incomes.size))
    assert np.mean(shown < 0.5) == pytest.approx(0.22, abs=0.003)
    assert np.mean(shown < row["third"]) == pytest.approx(0.51, abs=0.003)


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0, 1)), min_size=1, max_size=6))
def test_a_mixed_rate_stays_between_its_rates(groups):
    total = sum(weight for weight, _ in groups)
    weights = {str(i): weight / total for i, (weight, _) in enumerate(groups)}
    rates = {str(i): rate for i, (_, rate) in enumerate(groups)}
    mixed = mix.mixed_rate(weights, rates)
    assert min(rates.values()) - 1e-12 <= mixed <= max(rates.values()) + 1e-12


@settings(deadline=None)
@given(st.lists(st.floats(0.001, 1), min_size=6, max_size=6))
def test_no_mix_of_ages_leaves_the_bounds(parts):
    table = data.table("poverty/rates")
    ages = table[table["fact_id"].str.startswith("age-")].set_index("fact_id")["value"] / 100
    weights = {name: part / sum(parts) for name, part in zip(ages.index, parts, strict=True)}
    assert {f"age-{age}-50" for age in mix.AGES} == set(ages.index)
    low, high = mix.oldest_and_youngest()
    assert low - 1e-12 <= mix.mixed_rate(weights, ages.to_dict()) <= high + 1e-12


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.001, 0.999)), min_size=3, max_size=3))
def test_no_mix_of_household_types_leaves_the_bounds(groups):
    """Types with shares of their own below their own lines: counted by consumption units, the whole stays within the ends.

    The ends are those of all respondents in one type. Each curve from share to share is convex where the line falls
    and concave where it rises, so by Jensen unequal shares cannot carry the whole past the ends.
    """
    ratios = [households.over_official(household) for household in points.TYPES]
    total = sum(weight for weight, _ in groups)
    weights, shares = [weight / total for weight, _ in groups], [share for _, share in groups]
    whole = sum(w * s for w, s in zip(weights, shares, strict=True))

    def carried(share, ratio):
        return lines.at_other_line(share, 0.5 * ratio, 0.5, spread())

    mixed = sum(w * carried(s, r) for w, s, r in zip(weights, shares, ratios, strict=True))
    assert carried(whole, max(ratios)) - 1e-9 <= mixed <= carried(whole, min(ratios)) + 1e-9


@settings(deadline=None)
@given(st.floats(0.05, 0.6), st.integers(50, 3000), st.floats(0.02, 0.5))
def test_a_ratio_holds_its_value_and_narrows_with_more_answers(share, n, benchmark):
    value, low, high = poverty.relative_risk(share, n, benchmark)
    assert low < value < high
    _, nearer, farther = poverty.relative_risk(share, 4 * n, benchmark)
    assert farther - nearer < high - low


@settings(deadline=None)
@given(st.floats(0.01, 0.3), st.floats(0.05, 0.9), st.floats(0.01, 0.9))
def test_students_needed_close_the_gap(expected, gap, replaced):
    observed = expected + gap * (1 - expected)
    needed = mix.all_poor_needed(observed, expected, replaced)
    assert expected + needed * (1 - replaced) == pytest.approx(observed)


@pytest.mark.parametrize(
    "call",
    [
        lambda: lines.sigma_from_deciles(2, 1),
        lambda: lines.sigma_from_share(0.6, 0.5),
        lambda: lines.at_other_line(0, 0.5, 0.6, 0.5),
        lambda: lines.noise(0.3, 0.2, 0.5),
        lambda: lines.sigma_between(0.5, 0.2, 0.6, 0.1),
        lambda: poverty.relative_risk(0.2, 100, 0),
        lambda: mix.mixed_rate({"a": 0.5}, {"a": 0.1}),
        lambda: mix.mixed_rate({"a": 1.0}, {"b": 0.1}),
        lambda: households.units(0),
    ],
)
def test_senseless_input_is_refused(call):
    with pytest.raises(ValueError, match="found"):
        call()


# --- the chapter's own promises


def test_exported_numbers_are_there(registry):
    for name in EXPORTED:
        assert f"poverty.{name}" in registry


def test_the_lognormal_passes_its_own_check():
    """Carried from half the median to the usual line it must stay within two points of every official rate."""
    table = distribution.checks()
    miss = table["usual, by model"] - table["usual, official"]
    assert miss.abs().max() < 2
    assert (miss > 0).all(), "the chapter says that it errs upwards"


def test_what_the_chapter_says_of_its_numbers(registry):
    """Sentences of the page that compare two numbers; a changed table must not leave them standing."""
    value = {number.id.removeprefix("poverty."): number for number in registry}
    assert value["expected-largest-50"].value < value["share-poor"].low < value["expected-ceiling-50"].value < 22
    assert value["expected-age-largest-50"].value < value["share-poor"].low
    assert value["popular-if-noise"].high < value["share-popular"].low
    assert value["popular-if-shifted"].low > value["share-popular"].high
    assert value["implied-60-own-points"].low > value["share-poor"].high
    assert min(value[f"ratio-in-units-{t}"].value for t in ("single", "couple", "couple-2")) > 1.5
    assert value["median-unemployed"].value < value["implied-median-50"].value < value["median-employed"].value
    assert value["household-m-own-wage-per-unit"].value < value["line-60"].value < value["household-m-per-unit"].low
    assert value["household-m-wage"].value < value["line-one-child-2013"].value < value["household-m-income"].value
    assert value["line-three-children-2019"].value < value["line-two-children-2019"].value
    assert value["spread-respondents"].low > value["spread-type"].high
    assert value["lognormal-rate-50"].value < value["rate-50"].value
    assert value["lognormal-rate-60"].value > value["rate-60"].value
    assert value["lognormal-gini"].value < value["gini"].value
    assert value["implied-60-own-points"].high < value["implied-60-if-50"].value


def test_spreads_lie_in_the_interval(registry):
    number = registry["poverty.lognormal-sigma"]
    assert all(number.low <= rounded(sigma) <= number.high for sigma in spreads().values())


def test_the_claim_has_one_verdict(registry):
    all_claims = claims.claims()
    settled = claims.settle(all_claims, poverty.judgements(all_claims, registry), ["poverty"], registry)
    assert settled["poverty-22"].verdict is claims.Verdict.MISLABELLED
    assert "inference" in settled["poverty-22"].reason and "circular" in settled["poverty-22"].reason


def test_every_table_is_behind_a_number(registry):
    """A table no number rests on would be dead weight."""
    for name in ("survey", "rates", "incomes", "household-lines"):
        assert any(f"poverty/{name}" in number.tables for number in registry)


def test_the_slider_shows_in_the_page_what_python_computes():
    """The formulas in the page are Vega's: drawn by the engine, its text must be the ratio of the module."""
    vl_convert = pytest.importorskip("vl_convert")
    bundle = bundle_of("poverty-ratio", figures.ratio(poverty.slider_inputs()))
    spec = json.loads(json.dumps(bundle[MIME]))
    for param in spec["params"]:
        param["value"] = {"line": 60, "answers": 500, "under": 10}[param["name"]]
    drawn = vl_convert.vegalite_to_svg(spec)
    true = lines.corrected(0.22, 0.10, spread())
    low, high = (lines.corrected(end, 0.10, spread()) for end in intervals.wilson(0.22, 500))
    assert f"{true / 0.14:.2f} ({low / 0.14:.2f} to {high / 0.14:.2f})" in drawn
