"""Verdicts follow from rules."""

from __future__ import annotations

import pytest
from tallybook.model.numbers import Number, NumberError, Registry

from microwork.claims import (
    Claim,
    ClaimError,
    Judgement,
    Verdict,
    by_argument,
    by_rule,
    by_test,
    claims,
    same,
    settle,
    step,
)


def claim(value=None, qualifier="exactly", high=None, claim_id="some"):
    return Claim(claim_id, "counts", "An outlet", "2019-01-01", "Something", value, high, "persons", qualifier, "afp2019")


def number(value, low=None, high=None, name="a"):
    covers = None if low is None else "sampling only"
    return Number(f"counts.{name}", float(value), "persons", "Some", "how", ("claims",), low, high, covers)


@pytest.mark.parametrize(("value", "unit"), [(260000, 10000), (56.1, 0.1), (23, 1), (15000, 1000), (0.5, 0.1), (1300, 100)])
def test_the_last_digit_that_is_shown(value, unit):
    assert step(value) == pytest.approx(unit)


@pytest.mark.parametrize(
    ("published", "qualifier", "found", "expected"),
    [
        (15000, "nearly", 14903, True),
        (15000, "nearly", 15001, False),
        (50000, "more than", 52337, True),
        (50000, "more than", 49999, False),
        (260000, "more than", 266126, True),
        (260000, "about", 266126, False),  # rounds to 270,000
        (56.1, "exactly", 56.149, True),
        (56.1, "exactly", 56.16, False),
    ],
)
def test_same_at_the_published_precision(published, qualifier, found, expected):
    assert same(claim(published, qualifier), found) is expected


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (number(100), Verdict.REPRODUCED),
        (number(300, 50.0, 400.0), Verdict.CONSISTENT),
        (number(10, 5.0, 20.0), Verdict.OVERSTATED),
        (number(300, 250.0, 400.0), Verdict.UNDERSTATED),
        (number(300), Verdict.UNDERSTATED),
    ],
)
def test_the_rule(found, verdict):
    assert by_rule(claim(100.0), found, "because").verdict is verdict


def test_a_range_that_overlaps_is_consistent():
    assert by_rule(claim(20.0, high=60.0), number(10, 5.0, 30.0), "because").verdict is Verdict.CONSISTENT
    assert by_rule(claim(20.0, high=60.0), number(10, 5.0, 15.0), "because").verdict is Verdict.OVERSTATED


def test_mislabelled_needs_the_other_name_to_fit_and_its_own_not_to():
    fits, does_not = number(100, name="b"), number(10, 5.0, 20.0)
    assert by_rule(claim(100.0), does_not, "because", truly=fits).verdict is Verdict.MISLABELLED
    assert by_rule(claim(100.0), fits, "because", truly=does_not).verdict is Verdict.REPRODUCED
    assert by_rule(claim(100.0), does_not, "because", truly=number(11, name="b")).verdict is Verdict.OVERSTATED


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (number(3, 2.0, 4.0), Verdict.CONSISTENT),
        (number(1, 0.5, 1.5), Verdict.NOT_SHOWN),
        (number(0.5, 0.1, 0.9), Verdict.OVERSTATED),
    ],
)
def test_a_statement_put_as_a_threshold(found, verdict):
    assert by_test(claim(), found, "because", above=1.0).verdict is verdict


def test_a_rule_cannot_be_argued_away():
    with pytest.raises(ClaimError, match="must follow from a rule"):
        by_argument(claim(), Verdict.REPRODUCED, "because I say so")
    with pytest.raises(ClaimError, match="no published value"):
        by_rule(claim(), number(1), "because")


def test_a_claim_without_verdict():
    with pytest.raises(
        ClaimError,
        match=r"row 2, column claim_id: found 'some' without a verdict; wanted one from microwork/counts/verdicts.py",
    ):
        settle({"some": claim()}, [], ["counts"], Registry())


def test_two_verdicts_an_unknown_claim_and_an_unknown_number():
    one = Judgement("some", Verdict.NOT_SHOWN, (), "because")
    with pytest.raises(ClaimError, match="two verdicts"):
        settle({"some": claim()}, [one, one], ["counts"], Registry())
    with pytest.raises(ClaimError, match="found no claim 'other'"):
        settle({"some": claim()}, [Judgement("other", Verdict.NOT_SHOWN, (), "")], [], Registry())
    with pytest.raises(NumberError, match="used but not defined"):
        settle({"some": claim()}, [Judgement("some", Verdict.NOT_SHOWN, (), "see [[counts.none]]")], [], Registry())


def test_published_values_read_as_a_reader_would_write_them():
    shown = {claim_id: found.published for claim_id, found in claims().items()}
    assert shown["fr-registered"] == "more than 260,000"
    assert shown["hours-20-60"] == "20 to 60 hours per week"
    assert shown["women-share"] == "56.1\u202f%"
    assert shown["coloniality"] is None
