"""The answers: each in the unit of its question, by more than one route, and with and without what
the claimants published."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import logit
from scipy.stats import norm
from tallybook.answers.answer import answer
from tallybook.answers.pool import Route
from tallybook.answers.predict import Fit
from tallybook.data.provenance import untraced

from microwork.counts import abroad, reference
from microwork.income import workers
from microwork.outsourcing import around_2020
from microwork.profile import carried
from microwork.report import load
from microwork.retraining import headlines

UNITS = {
    "counts.accounts": "people",
    "counts.month-broad": "people",
    "counts.month-narrow": "people",
    "counts.week-narrow": "people",
    "income.hour-mean": "EUR per hour",
    "income.hour-median": "EUR per hour",
    "income.living": "percent",
    "income.month-mean": "EUR per month",
    "poverty.below-60": "percent",
    "poverty.odds-60": "times",
}
# What only the claimants published, and what rests on them in part.
THEIRS = ("registrations_sum", "study_hour", "study_month", "study_poor", "study_poor_low_line")
MIXED = ("active_year", "worker_hour")
CRITICS = ("barraud2019conversation", "bgs2023lemonde", "francetravail2019")
# What follows is on these.
CHAPTERS = ("profile", "outsourcing", "retraining")
# What rests on one record (freelancers of one platform, one laboratory's jobs, one service's files)
# or asks for one more system, of which all ways know the same.
ONE_RECORD = {
    "outsourcing.french-africa",
    "outsourcing.french-beyond-language",
    "outsourcing.venezuela-open",
    "retraining.years-system",
    "retraining.years-wikimedia",
}


@pytest.fixture(scope="module")
def answered():
    return load().answered


@pytest.mark.parametrize(("question", "unit"), UNITS.items())
def test_unit(answered, question, unit):
    assert load().numbers[question].unit == answered.answers[question].question.unit == unit


def test_order_of_ranges(answered):
    for one in answered.answers.values():
        found = one.estimate
        ends = (found.low95, found.low, found.low50, found.median)
        assert ends == tuple(sorted(ends)), one.question.id
        ends = (found.median, found.high50, found.high, found.high95)
        assert ends == tuple(sorted(ends)), one.question.id


def test_a_third_at_most_hangs_on_one_route(answered):
    alone = [name for name, one in answered.answers.items() if one.alone]
    assert len(alone) <= len(answered.answers) / 3, alone


def test_no_answer_hangs_on_the_claimants(answered):
    assert [name for name, one in answered.answers.items() if one.hidden is None] == []


def test_claimants_are_known_and_hidden(answered):
    factors = {factor.id: factor for one in answered.answers.values() for factor in one.factors}
    for name in THEIRS:
        assert factors[name].claimed and factors[name].hidden is None, name
    for name in MIXED:
        assert factors[name].claimed and factors[name].hidden is not None, name
    judged = [name for name, one in factors.items() if one.kind == "judged" and one.claimed]
    assert judged == []


def test_what_their_critics_say_is_hidden_and_nothing_rests_on_a_weak_row(answered):
    """The critics' figure is judged beside the answers too."""
    factors = {factor.id: factor for one in answered.answers.values() for factor in one.factors}
    rows = [(one, fact) for one in factors.values() for fact in one.facts if fact.row]
    assert len(rows) > 50
    assert [fact for _factor, fact in rows if fact.grade == "C"] == []
    critics = {factor.id for factor, fact in rows if fact.source in CRITICS}
    assert critics <= {name for name, one in factors.items() if one.claimed and one.hidden is None}


def test_an_answer_without_their_rows_is_that_of_the_other_routes(answered):
    found = answered.answers["poverty.below-60"]
    others = [one.route for one in found.routes if one.route.id != "french-study"]
    factors = {factor.id: factor for factor in found.factors}
    between = answered.between[found.question.scale]
    without = answer(found.question, others, factors, between, answered.widening)
    assert found.claimants and not without.claimants
    assert without.estimate == without.hidden == found.hidden
    assert found.estimate != found.hidden


def test_weeks_and_definitions_keep_their_order(answered):
    """A week holds no more people than its month, nor tasks on data more than all tasks; whoever
    is paid has an account."""
    median = {name: one.estimate.median for name, one in answered.answers.items()}
    order = ("counts.week-narrow", "counts.month-narrow", "counts.accounts")
    assert [median[name] for name in order] == sorted(median[name] for name in order)
    assert median["counts.month-narrow"] < median["counts.month-broad"]
    assert median["income.hour-median"] < median["income.hour-mean"]


def test_poverty_as_share_and_as_odds(answered):
    """Both questions on poverty have the same routes, so they say the same, but for the points at
    which they are drawn."""
    share, odds = (answered.answers[f"poverty.{name}-60"] for name in ("below", "odds"))
    everybody = next(one for one in odds.factors if one.id == "poor_france").at(0.5) / 100
    for below, over in zip(share.routes, odds.routes, strict=True):
        assert below.route.id == over.route.id
        times = over.estimate.median * everybody / (1 - everybody)
        assert below.estimate.median == pytest.approx(100 * times / (1 + times), rel=0.01)


def test_a_factor_that_is_wider_widens_its_answer(answered):
    found = answered.answers["counts.month-broad"]
    factors = {factor.id: factor for factor in found.factors}
    wide = factors["yes_truth"].widened(3)
    routes = [one.route for one in found.routes]
    again = answer(
        found.question,
        routes,
        {**factors, wide.id: wide},
        answered.between["log"],
        answered.widening,
    )
    before, after = (one.estimate.high / one.estimate.low for one in (found, again))
    assert after > before


def test_either_of_two_is_not_narrower_than_both(answered):
    """One more system, or a study whose line is one of two, is no surer for a second guess."""
    system = answered.answers["retraining.years-system"]
    factors = {factor.id: factor for factor in system.factors}
    which, public = factors["followed_or_asked"], factors["relabel_years"]
    assert which.at(0.5) == pytest.approx(50)
    found, asked = system.estimate, "updates_years * updates_others / updates_with_labels"
    route = Route("asked", asked, "")
    other = answer(system.question, [route], factors, 0, answered.widening).estimate
    narrower = min(public.at(0.9) / public.at(0.1), other.high / other.low)
    assert found.high / found.low > narrower


def test_one_model_leads_from_accounts_to_people_at_work(answered):
    """In all routes a week is a part of a month, which is a part of a year."""
    weeks, months = (answered.answers[f"counts.{one}-narrow"].routes for one in ("week", "month"))
    months = {one.route.id: one.route for one in months}
    for name in ("registrations", "crowdflower"):
        week = next(one.route for one in weeks if one.route.id == name)
        assert set(week.factors) - set(months[name].factors) == {"week_of_month"}
        assert {"active_year", "month_of_year"} < set(months[name].factors)


def test_people_of_some_ages():
    """Whole groups add up, and a year of a group of five is a fifth of it."""
    whole, part = reference.people(15, 64), reference.people(20, 64)
    assert whole == 41_519_100 and part == 37_390_141
    assert reference.people(19, 64) - part == round((whole - part) / 5)


def test_the_german_lognormal_gives_back_its_shares():
    median, spread = workers._parameters(4.99, 0.69, 20.0, 0.97)
    below = [norm.cdf(math.log(level / median) / spread) for level in (4.99, 20.0)]
    assert below == pytest.approx([0.69, 0.97])
    value, low, high = workers.german_month()
    assert low < value < high and value > workers.german_incomes()[0]


def test_richer_countries_pay_more():
    fit = Fit(workers.worker_hour())
    assert (
        fit.new({"wealth": "high"}).quantiles()[16] > fit.new({"wealth": "lower"}).quantiles()[16]
    )


def test_fewer_workers_in_france_than_in_america():
    rows = abroad.france_over("USA", "x").rows.set_index(["source_key", "platform"])
    surveys = rows.loc[("bazilinskyy2019when", "CrowdFlower")]
    assert surveys["value"] == pytest.approx(177.5 / 1368.5)
    assert surveys["low"] < surveys["value"] < surveys["high"] < 1


# Who, where and how often


@pytest.fixture(scope="module")
def answers():
    found = load().answered.answers
    return {name: one for name, one in found.items() if name.split(".")[0] in CHAPTERS}


def test_all_but_the_records_have_routes_that_count_apart(answers):
    assert {name for name, one in answers.items() if one.alone} == ONE_RECORD


def test_no_answer_rests_on_the_claimants_alone(answers):
    assert all(one.hidden is not None for one in answers.values())
    assert {name for name, one in answers.items() if one.claimants} == {
        f"profile.{trait}" for trait in ("women", "age-25-44", "degree", "no-main-job")
    }


def test_freelancers_stand_for_data_work_only_with_a_declared_factor(answers):
    for found in answers.values():
        kinds = {factor.id: factor.kind for factor in found.factors}
        for taken in found.routes:
            names = taken.route.factors
            if any(name.endswith("_freelance") and kinds[name] == "data" for name in names):
                assert any(kinds[name] == "judged" for name in names), taken.route.id


def test_the_survey_of_the_claimants_is_never_taken_as_it_stands(answers):
    for name, found in answers.items():
        for taken in found.routes:
            if taken.route.id == "survey":
                width = np.diff(logit(np.array([taken.estimate.low, taken.estimate.high]) / 100))
                asked = next(f for f in found.factors if f.id == taken.route.factors[0])
                alone = np.diff(logit(np.array([asked.at(0.1), asked.at(0.9)]) / 100))
                assert width > 3 * alone, name


def test_a_count_of_nought_has_a_highest_share():
    value, low, high = around_2020.counted([0, 0], [600, 400])
    assert 0 < low < value < high < 0.003  # the rule of three


def test_the_jobs_of_2020_surround_their_mean():
    shares, people = around_2020.in_2020()
    value = load().numbers["outsourcing.venezuela-open-2020"]
    assert len(shares) == 7
    assert min(shares) < value.low / 100 < np.average(shares, weights=people) < value.high / 100


def test_the_spread_of_crowds_is_that_beyond_sampling():
    with untraced():
        crowds = carried.women_by_crowd()
        away = crowds["log_odds"] - crowds.groupby("country")["log_odds"].transform("mean")
        within = carried.within_countries()
    several = crowds.groupby("country")["log_odds"].transform("size") > 1
    assert 0 < within < away[several].std()
    value, low, high = carried.crowd_gap()
    assert value == 1
    assert low * high == pytest.approx(1)


def test_points_a_year_are_all_points_over_all_years():
    with untraced():
        value, low, high = headlines.points_a_year()
        pairs = headlines.paired().query("test >= start + 4")
    years = pairs["n"] * (pairs["test"] - 2 - pairs["start"])
    assert value == pytest.approx(100 * (pairs["fresh"] - pairs["frozen"]).sum() / years.sum())
    assert low < value < high
