"""Answers on who, where and how often: what their routes rest on, and the numbers made for them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logit
from tallybook.data.provenance import untraced

from microwork.outsourcing import around_2020
from microwork.profile import carried
from microwork.report import load
from microwork.retraining import headlines

CHAPTERS = ("profile", "outsourcing", "retraining")
# What rests on one record: freelancers of one platform, one laboratory's jobs, one service's files.
ONE_RECORD = {
    "outsourcing.french-africa",
    "outsourcing.french-beyond-language",
    "outsourcing.venezuela-open",
    "retraining.years-wikimedia",
}


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
    for answer in answers.values():
        kinds = {factor.id: factor.kind for factor in answer.factors}
        for taken in answer.routes:
            names = taken.route.factors
            if any(name.endswith("_freelance") and kinds[name] == "data" for name in names):
                assert any(kinds[name] == "judged" for name in names), taken.route.id


def test_the_survey_of_the_claimants_is_never_taken_as_it_stands(answers):
    for name, answer in answers.items():
        for taken in answer.routes:
            if taken.route.id == "survey":
                width = np.diff(logit(np.array([taken.estimate.low, taken.estimate.high]) / 100))
                asked = next(f for f in answer.factors if f.id == taken.route.factors[0])
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
