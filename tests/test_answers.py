"""The answers: each in the unit of its question, by more than one route, and with and without what
the claimants published."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logit
from tallybook.answers.answer import answer
from tallybook.answers.pool import Route
from tallybook.claims import judgement

from microwork.outsourcing import crowd

# What only the claimants published, and what rests on them in part.
THEIRS = (
    *("registrations_sum", "study_hour", "study_month"),
    *("study_poor", "study_poor_low_line", "study_poor_usual_line"),
)
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
def answered(loaded):
    return loaded.answered


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
    weak = {factor.id for factor, fact in rows if fact.grade == "C"}
    assert weak == {"second_month"}
    only = answered.answers["income.month-mean-second"]  # a second reading, which says so
    assert [one for one in answered.answers.values() if weak & {f.id for f in one.factors}] == [
        only
    ]
    critics = {factor.id for factor, fact in rows if fact.source in CRITICS}
    assert critics - weak <= {
        name for name, one in factors.items() if one.claimed and one.hidden is None
    }


def test_what_the_pages_say_of_answers_that_are_parts_of_others(loaded):
    nested = loaded.answered.nested
    kept = {(one.part, one.whole): one.kept for one in nested.parts}
    # All keep their order in three draws of four, and what does not is this.
    assert 72 < kept.pop(("counts.year-narrow", "counts.accounts")) < 78 and 72 < nested.kept < 78
    assert min(kept.values()) > 98 and len(kept) == 5
    moved = set()
    for name, one in loaded.judgements.items():
        claim = loaded.claims[name]
        for of in {*one.found, *one.others} & {*nested.held}:
            if one.kind == "figure" and not claim.repeats:
                held = judgement.quantity(nested.held[of], "log")
                word, _chance = judgement.of_figure(held, *claim.ends).verdict
                moved |= {(name, of, str(word))} if word != one.by(of).verdict else set()
    assert moved == {
        ("fr-total-cnrs", "counts.month-broad", "likely too high"),
        ("fr-total-cnrs", "counts.year-narrow", "very likely too high"),
    }
    median = {name: one.estimate.median for name, one in loaded.answered.answers.items()}
    assert median["income.hour-median"] < median["income.hour-mean"]


def test_either_of_two_is_not_narrower_than_both(answered):
    """One more system, or a study whose line is one of two, is no surer for a second guess."""
    system = answered.answers["retraining.years-system"]
    factors = {factor.id: factor for factor in system.factors}
    which, public = factors["followed_or_asked"], factors["relabel_years"]
    assert which.at(0.5) == pytest.approx(50)
    found, asked = system.estimate, "updates_years * updates_others / updates_with_labels"
    route = Route("asked", asked, "")
    other = answer(system.question, [route], factors, 0).estimate
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


# Who, where and how often


@pytest.fixture(scope="module")
def answers(answered):
    every = answered.answers.items()
    return {name: one for name, one in every if name.split(".")[0] in CHAPTERS}


def test_all_but_the_records_have_routes_that_count_apart(answered):
    assert {name for name, one in answered.answers.items() if one.alone} == ONE_RECORD


def test_what_the_claimants_know_of_these_is_who_they_asked(answers):
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
    value, low, high = crowd.counted([0, 0], [600, 400])
    assert 0 < low < value < high < 0.003  # the rule of three


def test_the_middles_of_year_and_accounts_do_not_fit_together(answered):
    """As the page on methods says."""
    found = {name: one.estimate.median for name, one in answered.answers.items()}
    of_accounts = found["counts.year-narrow"] / found["counts.accounts"]
    factors = {one.id: one for one in answered.answers["counts.month-narrow"].factors}
    assert of_accounts > 0.5 > 2 * factors["active_year"].at(0.5) / 100
