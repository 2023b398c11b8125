"""What the report says of each claim keeps to its own rules."""

from __future__ import annotations

import re

import pytest
from tallybook import claims
from tallybook.claims import Claim, Verdict
from tallybook.claims.vocabulary import LACKS

LOGGED_ON = re.compile(r"log on|logs on")
PAID = {"counts.month-narrow", "counts.month-broad", "counts.week-narrow"}


def claim(value=None, qualifier=None, high=None):
    known = dict.fromkeys(Claim.__dataclass_fields__)
    known |= {"value": value, "qualifier": qualifier, "value_high": high, "unit": "persons"}
    return Claim(**known)


@pytest.fixture(scope="module")
def judged(loaded):
    """The judgements of the claims that repeat no other, by id."""
    return {name: one for name, one in loaded.judgements.items() if not loaded.claims[name].repeats}


def test_what_a_published_figure_can_mean():
    cases = [
        (15000, "nearly", None, 14000, 15000),
        (50000, "more than", None, 50000, 55000),
        (1000, "nearly", None, 900, 1000),
        (260000, "as printed", None, 255000, 265000),
        (56.1, None, None, 56.05, 56.15),
        (120, "between", 170, 120, 170),
    ]
    found = [(*one, claim(*one[:3]).said) for one in cases]
    assert [one for one in found if one[5] != pytest.approx(one[3:5])] == []


def test_the_press_is_quoted_with_eight_words_at_most():
    for one in claims.claims().values():
        words = [word for word in (one.key_phrase or "").split() if any(map(str.isalnum, word))]
        joined = " ".join(words).replace("260 000", "260000").replace("7 h 30", "7h30")
        assert len(joined.split()) <= 9, one.claim_id


def test_at_most_fifty_claims_have_no_estimate_and_each_says_why_and_what_would_give_one(judged):
    without = [one for one in judged.values() if one.verdict is Verdict.NONE]
    assert len(without) <= 50
    assert all(one.lacks in LACKS and one.gives for one in without)
    assert all(one.lacks == "" for one in judged.values() if one.verdict is not Verdict.NONE)


def test_whoever_logs_on_is_not_judged_as_paid(loaded, judged):
    logging = [
        one for name, one in judged.items() if LOGGED_ON.search(loaded.claims[name].statement)
    ]
    assert logging
    assert not [one.claim_id for one in logging if PAID & {*one.found}]


def test_what_carries_a_measurement_over_does_not_turn_it(judged):
    """Where a judged factor would take a statement from likely to less than even, or from unlikely
    to more, it says more than was measured: then there is no estimate."""
    moved = [one for one in judged.values() if one.kind == "statement" and one.bare]
    assert moved
    for one in moved:
        low, high = sorted((one.chance, one.bare[1]))
        assert not (high >= 66 and low < 50) and not (low <= 34 and high > 50), one.claim_id


def test_twice_as_wide_about_half_of_the_words_would_change(loaded, judged):
    chosen = [one for one in judged.values() if one.chance is not None or one.chances]
    assert 0.4 < sum(one.moved for one in chosen) / len(chosen) < 0.6
    figures = [one for one in chosen if one.kind == "figure" and one.doubled]
    # Of those that say more than that they cannot tell, all; so the front page says.
    kept = [one.claim_id for one in figures if not one.moved and one.verdict != Verdict.OPEN]
    assert len(figures) > 10 and kept == []


def test_one_figure_of_one_quantity_is_judged_once(loaded, judged):
    held = [
        (one.found, loaded.claims[name].value, loaded.claims[name].value_high, one.instead_of)
        for name, one in judged.items()
        if one.kind == "figure"
    ]
    assert len(held) == len(set(held))


def test_answers_say_how_likely_the_published_figures_are(loaded, judged):
    from microwork import report

    found = {one["id"]: one["published"] for one in report.provider.answers_json(loaded, {})}
    told = {each["claim_id"] for of in found.values() for each in of}
    wanted = {
        name
        for name, one in judged.items()
        if one.chances and one.found[0] in loaded.answered.answers
    }
    assert told == wanted and wanted
