"""Pay: bounds that no distribution breaks, cases worked by hand, and numbers and verdicts that hang together."""

from __future__ import annotations

import hashlib
import inspect
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import integrate
from tallybook import data
from tallybook.model.numbers import Registry

from microwork import claims, income
from microwork.derive import batch_pay, platform_wages
from microwork.derive.raw import Raw, RawError
from microwork.income import bounds, elsewhere, inputs, readings, rival, tables, tasks, verdicts, wages
from microwork.income import hours as income_hours
from microwork.income import price as income_price

EXPORTED = {
    "hourly-upper-bound", "hourly-upper-bound-vs-smic-gross", "hourly-at-3h", "hourly-lognormal", "smic-with-equal-unpaid-time",
    "paid-hours-a-week-at-smic", "rival-mean-lognormal", "top-tenth-needed", "max-mean-if-cap-50", "can-earn-net-smic",
    "can-earn-line-60", "hourly-ceiling-45", "hourly-ceiling-55", "top-tenth-8", "top-tenth-12", "smallest-top-at-cap",
    "price-minute", "price-45-seconds", "mturk-batch-hourly",
}  # fmt: skip
MODULES = (tables, elsewhere, income_hours, income_price, inputs, readings, rival, tasks, wages)

amounts = st.floats(0, 1000, allow_subnormal=False)
shares = st.floats(0.01, 1)


def several(low: float, high: float, least: int = 1, most: int = 60):
    """Random people: an array of values between two ends."""
    return hnp.arrays(float, st.integers(least, most), elements=st.floats(low, high, allow_subnormal=False))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(income.numbers())


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


def test_the_bound_on_hours_is_reached():
    # Half with nothing, half with exactly three hours: the mean is one and a half.
    assert np.mean([0, 0, 3, 3]) == bounds.mean_at_least(3, 0.5) == 1.5


def test_a_mean_of_ratios_has_no_such_bound():
    # One works 6 minutes a week and earns 42 EUR a month, one works three hours for nothing: mean income 21 EUR,
    # half at three hours. All money over all hours: 42 / (3.1 x 52/12) = 3.13 EUR. Mean of the two rates: 48 EUR.
    hours, incomes = np.array([0.1, 3.0]), np.array([42.0, 0.0])
    monthly = hours * bounds.WEEKS_A_MONTH
    bound = bounds.hourly_at_most(21, 3, 0.5)
    assert incomes.sum() / monthly.sum() < bound < (incomes / monthly).mean()


@settings(deadline=None)
@given(several(0, 168, least=2), st.floats(1, 20), st.floats(0.5, 60))
def test_no_people_have_more_long_weeks_than_their_mean_allows(hours, floor, above):
    threshold, share = floor + above, float(np.mean(hours >= floor))
    assume(share > 0)
    assert np.mean(hours >= threshold) <= bounds.share_over(threshold, hours.mean(), floor, share) + 1e-9


def test_the_share_of_long_weeks_is_reached_and_refused():
    # 1 of 10 at twenty hours, 4 at three, 5 at none: mean 3.2, half at three or more. (3.2 - 1.5) / 17 = 0.1.
    assert bounds.share_over(20, 3.2, 3, 0.5) == pytest.approx(0.1)
    # 7 of 10 at twenty and 3 at none: mean 14, seven tenths at three or more, and all of these at twenty.
    assert bounds.share_over(20, 14, 3, 0.7) == pytest.approx(0.7)
    with pytest.raises(ValueError, match="no distribution has it"):
        bounds.share_over(20, 1.4, 3, 0.5)


@settings(deadline=None)
@given(several(0, 3000), st.floats(1, 2000))
def test_no_more_people_earn_a_wage_than_the_mean_allows(incomes, wage):
    assert np.mean(incomes >= wage) <= bounds.share_earning(wage, float(incomes.mean())) + 1e-12


def test_the_share_that_earns_a_wage_is_reached_and_refused():
    # One of fifty earns 1,050 and the others nothing: the mean is 21, and 21 / 1,050 is one fiftieth.
    assert np.mean([1050, *[0] * 49]) == 21 and bounds.share_earning(1050, 21) == pytest.approx(1 / 50)
    assert bounds.share_earning(10, 21) == 1
    with pytest.raises(ValueError, match="positive level"):
        bounds.share_earning(0, 21)


@st.composite
def people(draw):
    """Incomes of thirty people: twenty under 5, seven from 5 to 10, three above 10 and at most 250."""
    groups = [several(0, 5, 20, 20), several(5, 10, 7, 7), several(10, 250, 3, 3)]
    return [draw(group) for group in groups]


RIVAL = ([2 / 3, 7 / 30], [0.0, 5.0], [5.0, 10.0])


@settings(deadline=None)
@given(people())
def test_no_best_paid_tenth_is_outside_the_bounds(groups):
    everyone = np.concatenate(groups)
    low, high = bounds.top_needed(float(everyone.mean()), *RIVAL)
    assert low - 1e-9 <= groups[2].mean() <= high + 1e-9


def test_the_best_paid_tenth_by_hand():
    # Others at the most: (21 - 2/3 x 5 - 7/30 x 10) / 0.1 = 153.33. At the least: (21 - 7/30 x 5) / 0.1 = 198.33.
    assert bounds.top_needed(21, *RIVAL) == pytest.approx((153.3333, 198.3333), abs=1e-4)
    with pytest.raises(ValueError, match="less than 1"):
        bounds.top_needed(21, [0.7, 0.3], [0, 5], [5, 10])


@settings(deadline=None)
@given(people(), st.floats(10, 249))
def test_no_survey_has_fewer_high_incomes_than_its_mean_needs(groups, level):
    everyone = np.concatenate(groups)
    needed = bounds.share_over_needed(float(everyone.mean()), level, 250, RIVAL[0], RIVAL[2])
    assert np.mean(everyone > level) >= needed - 1e-9


@settings(deadline=None)
@given(people(), st.floats(10, 250))
def test_no_survey_without_high_incomes_has_a_larger_mean(groups, cap):
    everyone = np.concatenate([groups[0], groups[1], np.minimum(groups[2], cap)])
    assert everyone.mean() <= bounds.group_mean([*RIVAL[0], 1 - sum(RIVAL[0])], [*RIVAL[2], cap]) + 1e-9


def test_high_incomes_needed_by_hand():
    # At most 5, 10 and 50: 2/3 x 5 + 7/30 x 10 + 0.1 x 50 = 10.667. To 21 it takes 10.333 / (250 - 50) = 5.17 % at 250.
    assert bounds.group_mean([*RIVAL[0], 0.1], [5, 10, 50]) == pytest.approx(10.6667, abs=1e-4)
    assert bounds.share_over_needed(21, 50, 250, RIVAL[0], RIVAL[2]) == pytest.approx(0.051667, abs=1e-6)
    assert bounds.share_over_needed(9, 50, 250, RIVAL[0], RIVAL[2]) == 0
    with pytest.raises(ValueError, match="wanted 1"):
        bounds.group_mean([0.5, 0.4], [1, 2])


@settings(deadline=None)
@given(several(0, 250))
def test_no_incomes_under_the_cap_spread_more(incomes):
    assert incomes.var() <= bounds.largest_variance(incomes.mean(), 250) + 1e-6


def test_the_largest_spread_is_reached():
    # One in four at the cap of 4, the others at nothing: mean 1, variance (9 + 3) / 4 = 3 = (4 - 1) x 1.
    assert np.var([0, 0, 0, 4]) == bounds.largest_variance(1, 4) == 3


# Fits and prices.


@settings(deadline=None)
@given(st.floats(0.1, 50), st.floats(1.05, 50), st.floats(0.05, 0.9), st.floats(0.01, 0.9))
def test_a_lognormal_has_the_quantiles_it_was_made_from(low, factor, below_low, part):
    below_high = below_low + (0.995 - below_low) * part
    assume(below_high - below_low > 0.01)
    fit = bounds.lognormal(low, below_low, low * factor, below_high)
    assert fit.cdf([low, low * factor]) == pytest.approx([below_low, below_high], abs=1e-9)
    sigma = bounds.sigma_of(fit)
    assume(sigma < 5)  # beyond, the mean is too large to compare
    assert np.log(fit.mean() / fit.median()) == pytest.approx(sigma**2 / 2)


def test_the_lognormal_of_hours_by_hand():
    # sigma = 1.89712 / 1.64485 = 1.15337; mean = 3 exp(1.15337^2 / 2) = 5.834; 21 / (5.834 x 52/12) = 0.831.
    fit = bounds.lognormal(3, 0.5, 20, 0.95)
    assert bounds.sigma_of(fit) == pytest.approx(1.15337, abs=1e-5)
    assert bounds.hourly(21, fit.mean()) == pytest.approx(0.831, abs=1e-3)
    with pytest.raises(ValueError, match="wanted 0"):
        bounds.lognormal(20, 0.5, 3, 0.95)


@settings(deadline=None)
@given(st.floats(1, 30), st.floats(0, 5), shares)
def test_the_price_rule_and_its_inverse(price, unpaid, validated):
    pay = bounds.effective_pay(price, unpaid, validated)
    assert pay <= price / (1 + unpaid) * (1 + 1e-12)
    assert bounds.validation_needed(pay, price, unpaid) == pytest.approx(validated)
    strict = bounds.effective_pay_strict(price, unpaid, validated)
    assert strict >= pay - 1e-12
    assert bounds.validation_needed_strict(strict, price, unpaid) == pytest.approx(validated)
    assert bounds.unpaid_needed(price / (1 + unpaid), price) == pytest.approx(unpaid, abs=1e-9)


def test_the_price_rule_by_hand():
    # 9.88 an hour, as much unpaid time, half validated: 4.94 for two hours.
    # Strictly: one paid hour takes two on tasks and one around.
    assert bounds.effective_pay(9.88, 1, 1) == pytest.approx(4.94)
    assert bounds.effective_pay(9.88, 1, 0.5) == pytest.approx(2.47)
    assert bounds.effective_pay_strict(9.88, 1, 0.5) == pytest.approx(9.88 / 3)
    with pytest.raises(ValueError, match="share"):
        bounds.effective_pay(9.88, 1, 0)


@settings(deadline=None)
@given(st.floats(1, 100), st.floats(1.05, 60))
def test_a_pareto_tail_has_the_mean_it_was_made_for(threshold, factor):
    fit = bounds.pareto_tail(threshold, threshold * factor)
    assert fit.mean() == pytest.approx(threshold * factor)
    assert fit.sf(threshold) == pytest.approx(1)


def test_the_groups_of_the_rival_survey_have_the_means_of_their_lognormal():
    frame, fit = rival.groups(), rival.fit()
    inside, _ = integrate.quad(lambda x: x * fit.pdf(x), 5, 10)
    assert frame["mean"].iloc[1] == pytest.approx(inside / frame["share"].iloc[1], rel=1e-6)
    assert (frame["share"] * frame["mean"]).sum() == pytest.approx(float(fit.mean()))


def test_the_tail_gives_the_published_mean():
    frame = rival.groups()
    below = (frame["share"] * frame["mean"]).iloc[:2].sum()
    assert below + frame["share"].iloc[2] * rival.tail().mean() == pytest.approx(21)
    curve = rival.exceedance()
    assert (curve["with_tail"].diff().dropna() <= 0).all() and curve["rival"].between(0, 1).all()


# Hours, prices, other countries.


def test_the_worst_sampling_error_is_that_of_all_or_nothing():
    # 21 of 250 is 0.084; Wilson for 84 of 1,000: centre (0.084 + 1.9207 / 1000) / 1.0038416 = 0.08559,
    # half-width 1.96 sqrt(0.084 x 0.916 / 1000 + 3.8416 / 4e6) / 1.0038416 = 0.01723; times 250: 17.09 and 25.71.
    assert income_hours.mean_interval() == pytest.approx((17.09, 25.71), abs=0.01)


def test_a_rate_that_the_hours_refuse_leaves_no_room():
    assert income_hours.room_for("long-hours-low", income_hours.hourly_bound()) == pytest.approx(0, abs=1e-9)
    assert income_hours.room_for("long-hours-low", income_hours.price_rule()) is None
    # At a mean of three hours: 1.5 are used up by the half at three; (3 - 1.5) / (20 - 3) is left for twenty.
    assert income_hours.room_for("long-hours-low", income_hours.hourly_at_mean()) == pytest.approx(1.5 / 17)


def test_the_ceiling_by_what_half_stands_for():
    # 45 %: the mean of hours is 1.35; 21 / (1.35 x 52/12) = 3.590. 55 %: 1.65 hours, 2.937.
    assert readings.ceiling(0.45) == pytest.approx(3.590, abs=1e-3)
    assert readings.ceiling(0.55) == pytest.approx(2.937, abs=1e-3)
    frame = readings.ceilings().to_numpy()[:, 1:]
    assert (np.diff(frame, axis=0) < 0).all() and (np.diff(frame, axis=1) > 0).all()
    assert frame[1, 1] == income_hours.hourly_bound()


def test_the_best_paid_by_what_one_in_ten_stands_for():
    # 8 % over ten: (21 - 2/3 x 5 - 0.25333 x 10) / 0.08 = 189.17 if the others earn all they can; at the least
    # (21 - 0.25333 x 5) / 0.08 = 246.67.
    assert readings.top(0.08) == pytest.approx((189.167, 246.667), abs=0.01)
    assert readings.top(0.1) == pytest.approx(rival.top_needed())
    # Everybody at the cap of 250 in the smallest group: 2/3 x 5 + (1/3 - q) x 10 + 250 q = 21, so q = 14.333 / 240.
    q = readings.smallest_top()
    assert q == pytest.approx(14.3333 / 240, abs=1e-5)
    assert readings.top(q)[0] == pytest.approx(250)


def test_prices_of_tasks_by_hand():
    # 20 cents for a minute and 15 cents for 45 seconds both make 12 EUR; 9 cents for at most 40 seconds make 8.10.
    frame = tasks.prices().set_index("task_id")
    assert frame.loc[["record-phrases", "search-people", "stay-on-page"], "hourly"].tolist() == pytest.approx([12, 12, 8.1])
    assert frame["hourly"].notna().sum() == 3
    # 0.10 USD at the rate of 2021, 0.84549.
    assert frame.loc["vote-video", "low"] == pytest.approx(0.084549)
    small = pd.DataFrame({"low": [0.005, 0.01, 1.0, 9.0], "high": [0.01, 0.02, 10.0, 12.0]})
    assert tasks.within(small, 0.01, 10) == 50


@given(st.floats(0.01, 20), st.floats(1, 3600), st.floats(0.1, 10))
def test_pay_per_hour_keeps_the_unit(price, seconds, factor):
    one, other = tasks.per_hour(pd.Series([price, price * factor]), pd.Series([seconds, seconds * factor]))
    assert other == pytest.approx(one)


def test_the_table_of_the_batch_from_a_raw_file(tmp_path, monkeypatch):
    rows = ["worker,reward,assignment_duration_s,work_time_s,status"]
    rows += ["1,$0.90,3600,3600,Approved", "1,$0.90,3600,1800,Approved", "2,$0.90,3600,900,Approved", "3,$0.90,3600,1,Rejected"]
    raw = "\n".join(rows).encode()
    (tmp_path / batch_pay.FILE).parent.mkdir()
    (tmp_path / batch_pay.FILE).write_bytes(raw)
    with pytest.raises(RawError, match="found sha256"):
        batch_pay.derive(tmp_path)
    monkeypatch.setitem(batch_pay.RAW, batch_pay.FILE, Raw(hashlib.sha256(raw).hexdigest(), "nowhere"))
    (text,) = batch_pay.derive(tmp_path).values()
    # Hourly 0.90, 1.80 and 3.60: quartiles 1.35, 1.80 and 2.70; two workers.
    assert [line.split(",")[:4] for line in text.splitlines()[1:]] == [
        ["0.25", "1.35", "3", "2"], ["0.5", "1.8", "3", "2"], ["0.75", "2.7", "3", "2"],
    ]  # fmt: skip


def test_euros_of_2018():
    columns = {"eur_per_usd": [0.8, 0.9, 1.0], "cpi_france": [100.0, 110.0, 121.0], "cpi_usa": [100.0, 120.0, 150.0]}
    rates = pd.DataFrame(columns, index=[2018, 2019, 2020])
    factor = elsewhere.factor
    assert factor("EUR", 2018, 2018, rates) == 1
    assert factor("USD", 2018, 2018, rates) == factor("USD", 2018, 2018, rates, second_route=True) == 0.8
    # 2019: 0.9 x 100 / 110, and 2020: 1.0 x 100 / 121; the mean of both. By the second way 2019: 100 / 120 x 0.8.
    assert factor("USD", 2019, 2020, rates) == pytest.approx((0.9 / 1.1 + 1 / 1.21) / 2)
    assert factor("USD", 2019, 2019, rates, second_route=True) == pytest.approx(0.8 / 1.2)
    assert factor("USD", 2020, 2021, rates) == pytest.approx(1 / 1.21)
    assert np.isnan(factor("EUR", 2021, 2022, rates))


def test_the_unpaid_time_that_two_pay_figures_imply():
    # 4.43 a paid hour and 3.31 an hour of all time: each paid hour has 4.43 / 3.31 - 1 = 0.338 unpaid ones around it.
    assert elsewhere.unpaid_ratio("the ILO survey, means") == pytest.approx(0.33837, abs=1e-5)


def test_surveys_are_means_and_medians_over_all_time_outside_france():
    rows = [("a", "mean", "not said", 1.0), ("a", "mean", "paid only", 9.0), ("a", "offer", "not said", 9.0)]
    rows += [("France", "mean", "not said", 9.0), ("b", "median", "paid and unpaid", 2.0), ("b", "mean", "not said", None)]
    pay = pd.DataFrame(rows, columns=["place", "measure", "time", "euros"])
    assert elsewhere.surveys(pay).tolist() == [1.0, 2.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 9)), min_size=1, max_size=12), st.floats(0.01, 1))
def test_a_weighted_quantile_is_that_of_the_repeated_values(rows, share):
    values, weights = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    repeated = np.sort(np.repeat(values, weights.astype(int)))
    expected = repeated[max(0, int(np.ceil(share * len(repeated) - 1e-9)) - 1)]
    assert wages.weighted_quantile(values, weights, share) == expected


def test_the_table_of_wages_from_a_raw_file(tmp_path, monkeypatch):
    rows = ["ISO_Code,country,year,project_count,median_wage,mean_wage"]
    rows += ["AAA,some land,01/01/2018,30,7.126,9", "AAA,some land,01/01/2019,20,8,9"]  # kept
    rows += ["BBB,b,01/01/2018,30,7,9", "BBB,b,01/01/2019,19,8,9"]  # too few projects in one year
    rows += ["CCC,c,01/01/2018,30,NA,9", "CCC,c,01/01/2019,30,8,9", "NA,d,01/01/2018,30,7,9", "NA,d,01/01/2019,30,7,9"]
    raw = "\n".join(rows).encode()
    (tmp_path / platform_wages.COUNTRY_FILE).write_bytes(raw)
    with pytest.raises(RawError, match="found sha256"):
        platform_wages.derive(tmp_path)
    known = Raw(hashlib.sha256(raw).hexdigest(), "nowhere")
    monkeypatch.setitem(platform_wages.RAW, platform_wages.COUNTRY_FILE, known)
    (text,) = platform_wages.derive(tmp_path).values()
    lines = text.splitlines()
    assert [line.split(",")[2:5] for line in lines[1:]] == [["2018", "30", "7.13"], ["2019", "20", "8.0"]]
    assert lines[1].startswith("AAA,Some Land,") and lines[2].startswith("AAA,Some Land,")


def test_the_years_compared_are_those_of_the_table():
    assert set(data.table("income/platform_wages")["year"]) == set(wages.YEARS) == set(platform_wages.YEARS)


# The chapter as a whole.


def test_what_is_promised_is_there(registry):
    assert {f"income.{name}" for name in EXPORTED} <= {number.id for number in registry}
    assert registry["income.hourly-upper-bound"].value == pytest.approx(21 / 6.5)
    assert registry["income.hourly-upper-bound-vs-smic-gross"].value == pytest.approx(21 / 6.5 / 9.88 * 100)
    assert registry["income.hourly-at-3h"].value == pytest.approx(21 / 13)
    lognormal = registry["income.hourly-lognormal"]
    assert (lognormal.low, lognormal.value, lognormal.high) == pytest.approx((0.540, 0.831, 1.011), abs=2e-3)
    top = registry["income.top-tenth-needed"]
    assert (top.low, top.high) == pytest.approx((153.33, 198.33), abs=0.01) and top.low < top.value < top.high


def test_every_interval_holds_its_value_and_says_what_it_leaves_out(registry):
    ranged = [number for number in registry if number.low is not None]
    assert len(ranged) > 10
    for number in ranged:
        assert number.low <= number.value <= number.high, number.id
        assert number.covers.startswith("covers ") and re.search(r"\b(not|nor)\b", number.covers), number.id


def test_all_claims_are_settled(registry):
    found = claims.claims()
    settled = claims.settle(found, income.judgements(found, registry), ["income"], registry)
    assert {claim_id for claim_id in settled} == {claim_id for claim_id, claim in found.items() if claim.chapter == "income"}
    for claim_id, judgement in settled.items():
        words = re.sub(r"\[\[[^\]]*\]\]", "", judgement.reason)
        assert not re.search(r"\d", words), claim_id


def test_a_lower_minimum_wage_would_change_the_verdict(registry, monkeypatch):
    found = claims.claims()
    real = verdicts.fact
    monkeypatch.setattr(verdicts, "fact", lambda name: 300.0 if name == "smic-net-month-2018" else real(name))
    judged = {j.claim_id: j.verdict for j in income.judgements(found, registry)}
    assert judged["no-salary"] is claims.Verdict.NOT_SHOWN


def test_what_the_page_says_in_words(registry):
    number = {n.id.removeprefix("income."): n for n in registry}
    ceiling, gross, net = number["hourly-upper-bound"].value, number["smic-gross"].value, number["smic-net"].value
    assert number["hourly-ceiling-readings"].high < gross / 2  # "stays below half of the gross wage"
    assert number["surveys-elsewhere"].low < ceiling < number["surveys-elsewhere"].high < gross
    assert number["hourly-lognormal"].value < number["surveys-elsewhere"].low  # "our inference a little below them"
    assert number["price-minute"].value > gross and number["price-45-seconds"].value > gross
    assert number["price-stay"].value < gross
    assert number["paid-hour-upper-bound"].value < net  # "still below both minimum wages"
    assert number["share-over-rare-needed"].value > 5  # "hardly rare"
    assert number["day-pay-south"].low >= 1  # "none below a euro"


def test_prices_out_of_range_would_change_the_verdict(registry, monkeypatch):
    found = claims.claims()
    monkeypatch.setattr(verdicts, "MOST", 99.0)
    judged = {j.claim_id: j.verdict for j in income.judgements(found, registry)}
    assert judged["task-pay"] is claims.Verdict.OVERSTATED


@pytest.mark.parametrize("table", ["income/facts", "income/shares", "income/assumptions"])
def test_every_row_is_used(table):
    frame = data.table(table)
    code = "".join(inspect.getsource(module) for module in MODULES)
    unused = [name for name in frame[frame.columns[0]] if f'"{name}"' not in code]
    assert not unused
