"""Verdicts follow from rules: each rule on its own, on random ranges, and on claims that are built
here."""

from __future__ import annotations

import csv
import dataclasses
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook import claims, data
from tallybook.claims import (
    Check,
    Claim,
    ClaimError,
    Evidence,
    Judgement,
    Lacks,
    Model,
    Verdict,
    assumptions,
    circular,
    measurements,
    rules,
    settling,
    standing,
)
from tallybook.claims.claim import step
from tallybook.claims.measurements import Measurement
from tallybook.claims.model import Axis
from tallybook.claims.settle import lacking
from tallybook.claims.vocabulary import UNSETTLED
from tallybook.data import seal
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number, NumberError, Registry

from microwork import report

LIMITS = rules.Thresholds(1.5, 10, 3, 25)
FIRM = {Verdict.HOLDS, Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.CONTRADICTED}
positive = st.floats(0.01, 1e6)


def claim(value=None, qualifier=None, high=None, **parts):
    known = {
        "claim_id": "some",
        "chapter": "counts",
        "weight": "other",
        "outlet": "An outlet",
        "date": "2019-01-01",
        "said_by": "Somebody",
        "statement": "Something",
        "unit": "persons",
        "hedge": None,
        "asserts": "figure",
        "place": "none",
        "key_phrase": "quelque chose",
        "language": "fr",
        "repeats": None,
        "source_key": "afp2019",
    }
    return Claim(value=value, value_high=high, qualifier=qualifier, **(known | parts))


def number(value, low=None, high=None, name="a", unit="persons", **parts):
    covers = None if low is None else "sampling only"
    said = (f"counts.{name}", float(value), unit, "Some", "how", ("claims",))
    return Number(*said, low, high, covers, **parts)


@pytest.fixture
def flips(monkeypatch):
    """Tables that stand in for a chapter's: assumptions (value, least, most), and measurements."""
    rows = {
        "wide": (1.0, 1.0, 4.0),
        "other": (1.0, 0.25, 4.0),
        "one-way": (1.0, 0.9, 1.1),
        "outside": (2.0, 3.0, 4.0),
        "fixed": (1.0, 1.0, 1.0),
    }

    def read(_table, wanted_by=""):
        return [
            {
                "flip_id": name,
                "assumption": f"Assumption {name}",
                "unit": "times",
                "value": value,
                "least": least,
                "most": most,
                "reason": "so",
                "basis": "ours",
                **dict.fromkeys(("lowest", "highest", "step")),
            }
            for name, (value, least, most) in rows.items()
        ]

    def measurement(name, weak=None, interval="sampling", least=0, most=None, family=None):
        return Measurement(name, family, "What", "Data", None, None, interval, least, most, weak)

    known = {
        "firm": measurement("firm"),
        "weak": measurement("weak", weak="They differ."),
        "second": measurement("second", weak="So do these."),
        "count": measurement("count", interval="none"),
        "readings": measurement("readings", weak="They were picked.", interval="readings"),
        "share": measurement("share", most=100, weak="w"),
        "change": measurement("change", least=-100, most=100, weak="w"),
    }
    monkeypatch.setattr(assumptions.rows, "read", read)
    monkeypatch.setattr(measurements, "table", lambda: known)
    return rows


def trial(found, measurement="firm", **parts):
    return Evidence(measurement, Model(found, **(parts or {"wider": ("wide",)})))


def recount(found, said=None, **parts):
    """The verdict on a claim of a hundred persons, counted again."""
    return claims.tested(said or claim(100.0), Check.RECOUNT, trial(found, **parts), "r")


def beside(tests, said=None, **sides):
    """The verdict on a claim without a figure, from other people."""
    sides = sides or {"above": 1}
    return claims.tested(said or claim(), Check.NEIGHBOUR, tests, "r", differs="d", **sides)


SOUND = number(100, 90.0, 110.0)


def ratio(value, low, high, name="a"):
    return number(value, low, high, name, "ratio")


def percent(value, low, high):
    return number(value, low, high, unit="percent")


@st.composite
def ranges(draw):
    """Least and most."""
    low, high = sorted((draw(positive), draw(positive)))
    return low, high


@st.composite
def figures(draw):
    """A published figure, and what it can mean as it was rounded."""
    value, (down, up) = draw(positive), (draw(st.floats(0.5, 1)), draw(st.floats(1, 1.5)))
    return (value, value), (value * down, value * up)


@st.composite
def widened(draw):
    """A range, and one that holds it."""
    low, high = draw(ranges())
    return (low, high), (low * draw(st.floats(0.01, 1)), high * draw(st.floats(1, 100)))


# Said at all


@pytest.mark.parametrize(
    ("value", "unit"),
    [(260000, 10000), (56.1, 0.1), (23, 1), (15000, 1000), (0.5, 0.1), (1300, 100)],
)
def test_the_last_digit_that_is_shown(value, unit):
    assert step(value) == pytest.approx(unit)


@pytest.mark.parametrize(
    ("value", "qualifier", "high", "least", "most"),
    [
        (15000, "nearly", None, 14000, 15000),
        (50000, "more than", None, 50000, 55000),
        (1000, "nearly", None, 900, 1000),
        (260000, "as printed", None, 255000, 265000),
        (56.1, None, None, 56.05, 56.15),
        (120, "between", 170, 120, 170),
    ],
)
def test_what_a_published_figure_can_mean(value, qualifier, high, least, most):
    assert claim(value, qualifier, high).said == pytest.approx((least, most))


@pytest.mark.parametrize(
    ("claim_id", "shown"),
    [
        ("fr-registered", "more than 260,000"),
        ("hours-20-60", "20 to 60 hours per week"),
        ("women-share", "56.1\u202f%"),
        ("inactive-third", "a third"),
        ("task-pay", "from a few cents to a few euros"),
        ("coloniality", None),
    ],
)
def test_published_values_read_as_a_reader_would_write_them(claim_id, shown):
    assert claims.claims()[claim_id].published == shown


def test_the_claims_are_those_of_the_table_and_lead_claims_come_first():
    found, rows = claims.claims(), list(data.table("claims")["claim_id"])
    assert list(found) != rows and set(found) == set(rows)
    for chapter in report.CHAPTERS:
        weights = [one.weight for one in found.values() if one.chapter == chapter]
        assert weights == sorted(weights, key="lead other".index) and "lead" in weights


def test_the_press_is_quoted_with_eight_words_at_most():
    found = claims.claims()
    assert [name for name, one in found.items() if not one.key_phrase] == ["first-a-woman"]
    for one in found.values():
        if not one.key_phrase:
            continue
        words = [word for word in one.key_phrase.split() if any(map(str.isalnum, word))]
        joined = " ".join(words).replace("260 000", "260000").replace("7 h 30", "7h30")
        assert 1 <= len(joined.split()) <= 9, one.claim_id


def test_where_two_codings_differ_the_first_stands_as_the_page_of_methods_says():
    coded = data.table("coding")
    first = coded[coded["coder"].astype(str) == "1"].set_index("claim_id")[["asserts", "place"]]
    kept = data.table("claims").set_index("claim_id").loc[first.index, ["asserts", "place"]]
    assert len(first) > 100 and kept.equals(first)


# The rule for a quantity


@pytest.mark.parametrize(
    ("found", "verdict", "severity"),
    [
        ((90, 120), Verdict.HOLDS, 1.2),
        ((60, 120), Verdict.NOT_CONTRADICTED, 100 / 60),
        # It would have agreed with a third of the figure, or with nearly all of it.
        ((30, 120), Verdict.UNDECIDED, 100 / 30),
        ((105, 140), Verdict.HOLDS, 1.4),  # outside, and nearer than what counts
        ((105, 160), Verdict.TOO_LOW, 160 / 105),
        ((40, 80), Verdict.TOO_HIGH, 2),
        ((0, 130), Verdict.UNDECIDED, None),
    ],
)
def test_a_figure_against_a_range(found, verdict, severity):
    shown = rules.quantity((100, 100), (100, 100), found, False, LIMITS)
    smallest = rules.quantity_severity((100, 100), shown, found, False)
    assert shown is verdict
    assert (smallest and smallest.value) == (severity and pytest.approx(severity))


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        ((46, 63), Verdict.HOLDS),
        ((40, 70), Verdict.NOT_CONTRADICTED),
        ((6, 76), Verdict.UNDECIDED),
        ((20, 40), Verdict.TOO_HIGH),
        ((60, 80), Verdict.TOO_LOW),
    ],
)
def test_a_share_is_measured_in_points(found, verdict):
    assert rules.quantity((55.5, 55.5), (55, 56), found, True, LIMITS) is verdict


@given(said=figures(), both=widened(), share=st.booleans())
def test_a_wider_range_never_improves_a_verdict(said, both, share):
    """It never makes a claim hold, never makes a weak verdict firm, and never turns an open one
    into agreement."""
    before, after = (rules.quantity(*said, found, share, LIMITS) for found in both)
    assert after is not Verdict.HOLDS or before is Verdict.HOLDS
    assert after not in FIRM or before in FIRM
    assert after is not Verdict.NOT_CONTRADICTED or before is not Verdict.UNDECIDED


@given(both=widened(), limit=positive, above=st.booleans())
def test_a_wider_range_never_improves_a_comparison(both, limit, above):
    sides = {"above": limit} if above else {"below": limit}
    before, after = (rules.threshold(found, **sides) for found in both)
    assert after is before or after is Verdict.UNDECIDED


@given(said=figures(), found=ranges(), power=st.integers(-20, 20))
def test_scaling_all_values_changes_nothing(said, found, power):
    factor = 2.0**power  # no digit is lost
    scaled = [(low * factor, high * factor) for low, high in (*said, found)]
    assert rules.quantity(*said, found, False, LIMITS) == rules.quantity(*scaled, False, LIMITS)


@given(said=figures(), found=ranges())
def test_the_severity_of_a_figure_is_the_smallest_error_that_is_sure_to_be_noticed(said, found):
    """A figure that is off by a little more lies outside the range, either way."""
    verdict = rules.quantity(*said, found, False, LIMITS)
    severity = rules.quantity_severity(said[0], verdict, found, False)
    if verdict in (Verdict.HOLDS, Verdict.NOT_CONTRADICTED):
        value, more = said[0][0], severity.value * 1.001
        assert value * more > found[1] and value / more < found[0]
        less = severity.value * 0.999
        if less > 1 and found[1] > found[0] * 1.01:
            assert found[0] <= value * less <= found[1] or found[0] <= value / less <= found[1]


@given(both=widened())
def test_a_test_that_cannot_bear_a_firm_verdict_gives_none(both):
    for found in both:
        verdict = rules.quantity((1, 1), (1, 1), found, False, LIMITS)
        weak = rules.weakened(verdict)
        against = verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW)
        assert weak not in FIRM and (weak is Verdict.DOUBTFUL) == against


# Comparisons


@pytest.mark.parametrize(
    ("found", "verdict"),
    [((2, 4), Verdict.HOLDS), ((0.5, 1.5), Verdict.UNDECIDED), ((0.1, 0.9), Verdict.CONTRADICTED)],
)
def test_a_statement_put_as_a_threshold(found, verdict):
    assert rules.threshold(found, above=1.0) is verdict


@pytest.mark.parametrize(
    ("found", "scale", "above", "severity"),
    [
        ((3, 2, 4), "ratio", True, 4 / 3),
        ((3, 2, 4), "ratio", False, 3 / 2),
        ((-3, -4, -2), "difference", True, 1),
        ((-3, -5, -2), "difference", False, 2),
    ],
)
def test_the_severity_of_a_comparison_is_measured_from_the_far_end(found, scale, above, severity):
    """For "above 1" at 3 (2 to 4): were the truth 3/4 of the threshold, the range drawn round it
    would end at it."""
    size = rules.threshold_severity(found, scale, above, "points")
    assert size.value == pytest.approx(severity)


def test_a_range_that_holds_nought_has_no_severity_and_a_threshold_one_side():
    assert rules.threshold_severity((0, 0, 3), "ratio", True, "") is None
    with pytest.raises(ClaimError, match="either above or below"):
        rules.threshold((2, 4), above=1.0, below=2.0)


@given(
    limit=positive,
    value=positive,
    down=st.floats(0.2, 1),
    up=st.floats(1, 5),
    above=st.booleans(),
    by_factor=st.booleans(),
    more=st.floats(1.01, 3),
)
def test_an_error_of_the_printed_severity_is_always_noticed_and_a_smaller_one_is_not(
    limit, value, down, up, above, by_factor, more
):
    """Draw a truth on the wrong side, by more and by less than the severity, and draw the range
    round it."""
    scale = "ratio" if by_factor else "difference"
    found = (value, value * down, value * up)
    severity = rules.threshold_severity(found, scale, above, "points")

    def verdict(error):
        if by_factor:
            truth = limit / error if above else limit * error
            ends = (truth * down, truth * up)
        else:
            truth = limit - error if above else limit + error
            ends = (truth + found[1] - value, truth + found[2] - value)
        return rules.threshold(ends, **{"above" if above else "below": limit})

    size = severity.value
    noticed, missed = size + limit * (more - 1), size * 0.9
    if by_factor:
        noticed, missed = size * more, 1 + (size - 1) * 0.9
    assert verdict(noticed) is Verdict.CONTRADICTED
    wide = size > 1.01 if by_factor else size > limit * 0.01
    assert not wide or verdict(missed) is not Verdict.CONTRADICTED


# Several tests, and texts


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([Verdict.HOLDS, Verdict.HOLDS], Verdict.HOLDS),
        ([Verdict.HOLDS, Verdict.NOT_CONTRADICTED], Verdict.NOT_CONTRADICTED),
        ([Verdict.HOLDS, Verdict.UNDECIDED], Verdict.NOT_CONTRADICTED),
        ([Verdict.NOT_CONTRADICTED, Verdict.DOUBTFUL], Verdict.UNDECIDED),
        ([Verdict.TOO_HIGH, Verdict.TOO_LOW], Verdict.UNDECIDED),
        ([Verdict.TOO_HIGH, Verdict.DOUBTFUL], Verdict.DOUBTFUL),
        ([Verdict.CONTRADICTED, Verdict.UNDECIDED], Verdict.DOUBTFUL),
        ([Verdict.UNDECIDED, Verdict.UNDECIDED], Verdict.UNDECIDED),
    ],
)
def test_several_tests_of_one_claim(verdicts, expected):
    assert rules.together(verdicts) is expected
    assert rules.together(verdicts[::-1]) is expected


OPEN_OR_NOT = st.sampled_from(sorted(rules.PRO | rules.CON | {Verdict.UNDECIDED}))


@given(st.lists(OPEN_OR_NOT, min_size=1, max_size=4))
def test_one_more_open_test_never_makes_a_verdict_firmer(verdicts):
    more = rules.together([*verdicts, Verdict.UNDECIDED])
    assert more not in FIRM and (more in rules.PRO) == (rules.together(verdicts) in rules.PRO)


@pytest.mark.parametrize(
    ("says", "verdict"),
    [
        ({"same"}, Verdict.DOCUMENTED),
        ({"like"}, Verdict.NOT_CONTRADICTED),
        ({"against"}, Verdict.CONTRADICTED),
        ({"unlike"}, Verdict.DOUBTFUL),
        ({"same", "unlike"}, Verdict.UNDECIDED),
        (set(), Verdict.UNDECIDED),
    ],
)
def test_what_texts_say_gives_the_verdict(says, verdict):
    parts = {part: part in says for part in ("same", "like", "against", "unlike")}
    assert rules.documents(**parts) is verdict


# Judgements


def test_a_claim_is_tested_with_its_assumptions(flips):
    judged = recount(number(100, 80.0, 120.0))
    assert (judged.verdict, judged.found, judged.used) == (Verdict.HOLDS, ("counts.a",), ())
    assert judged.severity.value == pytest.approx(100 / 80)
    [flip] = judged.flips
    # The lower end 100 - 20k comes to 100 / 1.5 before the upper, 100 + 20k, comes to 150.
    # A range that reaches down to 100 / 3 would agree with nearly anything.
    ats, verdicts = zip(*flip.turns, strict=True)
    assert ats == pytest.approx([(100 - 100 / 1.5) / 20, (100 - 100 / 3) / 20], rel=1e-3)
    assert verdicts == (Verdict.NOT_CONTRADICTED, Verdict.UNDECIDED)
    assert judged.fragile == (1, 1)
    assert judged.joint.values == pytest.approx({"wide": ats[0]}, rel=1e-2)


def test_an_assumption_that_changes_nothing_says_so(flips):
    judged = recount(number(100, 90.0, 110.0), wider=("one_way",))
    assert judged.flips[0].turns == () and judged.fragile == (0, 1) and judged.joint is None


def test_all_turning_points_are_found_on_both_sides(flips):
    turns = recount(number(100, 95.0, 105.0), times=("other",)).flips[0].turns
    assert turns[0].at == pytest.approx(100 / 1.5 / 95, rel=1e-3)
    assert turns[-1].at == pytest.approx(150 / 105, rel=1e-3)


def test_a_ratio_widens_on_logs_and_a_difference_does_not():
    assert assumptions.widened((2.0, 1.0, 4.0), 2, "ratio") == pytest.approx((2, 0.5, 8))
    assert assumptions.widened((2.0, 1.0, 4.0), 2, "difference") == pytest.approx((2, 0, 6))
    assert ratio(2, 1.0, 4.0).scale == "ratio" and number(2, 1.0, 4.0).scale == "difference"


def test_assumptions_that_change_nothing_alone_may_turn_a_verdict_together(flips):
    """Ends 94.9 and 105.1; a factor of 1.1 alone, or 0.9, keeps both within 1.2 of the figure, and
    so does twice the width."""
    limits = rules.Thresholds(1.2, 10, 3, 25)
    found = number(100, 94.9, 105.1)
    model = Model(found, times=("one_way",), wider=("wide",))
    known = assumptions.axes("counts", model.names)

    def judge(assumed):
        return rules.quantity((100, 100), (100, 100), model(**assumed)[1:], False, limits)

    alone = assumptions.turning(known, judge)
    joint = assumptions.joint(known, judge)
    assert alone[0].turns == () and alone[1].turns
    nearest = (alone[1].turns[0].at - 1) / 3
    assert joint.size < nearest and set(joint.values) == {"one-way", "wide"}
    for share, holds in ((1, False), (0.98, True)):
        moved = {name.replace("-", "_"): 1 + (at - 1) * share for name, at in joint.values.items()}
        assert (judge(moved) is Verdict.HOLDS) == holds


def test_one_assumption_that_turns_a_verdict_alone_is_a_joint_change_however_many_there_are():
    """In each corner the other four make up for it."""
    known = [Axis(name, "a", "share", 0, 0, 1, "", "ours") for name in "abcde"]

    def judge(assumed):
        others = sum(assumed[name] for name in "bcde")
        return Verdict.HOLDS if assumed["a"] - others < 0.5 else Verdict.DOUBTFUL

    [first, *others] = assumptions.turning(known, judge)
    joint = assumptions.joint(known, judge)
    assert first.turns and not any(flip.turns for flip in others)
    assert joint.values == {"a": joint.size} and joint.size == pytest.approx(0.5, abs=1e-3)


def test_of_two_changes_the_smaller_one_is_told_as_it_lands_on_its_step():
    """The first turns the verdict a quarter of its way up, where it steps to the middle; the second
    needs less than that."""
    known = [
        Axis("whole", "a", "years", 0, 0, 2, "", "ours", step=1),
        Axis("any", "b", "share", 0, 0, 1, "", "ours"),
    ]

    def judge(assumed):
        turned = assumed["whole"] >= 1 or assumed["any"] >= 0.4
        return Verdict.DOUBTFUL if turned else Verdict.HOLDS

    joint = assumptions.joint(known, judge)
    assert joint.size == pytest.approx(0.4, abs=1e-3) and set(joint.values) == {"any"}


@given(
    low=st.floats(0.5, 0.99),
    high=st.floats(1.01, 2),
    width=st.floats(1, 4),
    factor=st.floats(0.25, 4),
    scale=st.booleans(),
)
def test_no_change_within_the_smallest_joint_change_turns_a_verdict(
    low, high, width, factor, scale
):
    """Any point of a box that is a little smaller than the joint change keeps the verdict."""
    found = number(1, low, high, unit="ratio" if scale else "persons")
    model = Model(found, times=("times_",), wider=("wide",))
    known = [
        Axis("wide", "a", "times", 1, 1, 4, "", "ours"),
        Axis("times_", "b", "times", 1, 0.25, 4, "", "ours"),
    ]
    start = rules.threshold((low, high), above=0.4)

    def judge(assumed):
        return rules.threshold(model(**assumed)[1:], above=0.4)

    joint = assumptions.joint(known, judge)
    # The ends of both ranges are a factor of four away.
    most = 4 ** ((joint.size if joint else 1) * 0.99)
    spot = {"wide": min(width, most), "times_": min(max(factor, 1 / most), most)}
    assert judge(spot) is start


@pytest.mark.parametrize(
    ("check", "found", "parts", "differs", "says"),
    [
        (Check.NONE, SOUND, {}, "", "found a test for the check none"),
        (Check.DOCUMENTS, SOUND, {}, "", "found a test for the check documents"),
        (Check.NEIGHBOUR, SOUND, {}, "", "how it differs"),
        (Check.RECOUNT, SOUND, {}, "x", "how it differs"),
        (Check.NEIGHBOUR, SOUND, {}, "x", "whose measurement is not weak"),
        (Check.RECOUNT, SOUND, {"times": ()}, "", "no assumption behind"),
        (Check.RECOUNT, number(3), {}, "", "without an interval"),
        (Check.RECOUNT, SOUND, {"measurement": "count"}, "", "with an interval"),
        (Check.RECOUNT, number(3, 2.0, 4.0, unit="EUR"), {}, "", "expected persons"),
        (Check.RECOUNT, SOUND, {"measurement": "nowhere"}, "", "found no measurement 'nowhere'"),
    ],
)
def test_a_test_that_is_not_one(check, found, parts, differs, says, flips):
    with pytest.raises(ClaimError, match=says):
        claims.tested(claim(100.0), check, trial(found, **parts), "r", differs=differs)


def test_a_limit_is_not_tested_as_a_figure_to_be_near_to(flips):
    """A range of 95 to 105 is near 120, and refutes "more than 120"."""
    said, found = claim(120.0, "more than"), trial(number(100, 95.0, 105.0))
    with pytest.raises(ClaimError, match="found 'more than' in column qualifier, and no threshold"):
        claims.tested(said, Check.RECOUNT, found, "r")
    judged = claims.tested(said, Check.RECOUNT, found, "r", above=120.0)
    assert judged.verdict is Verdict.CONTRADICTED


def test_an_assumption_must_give_the_number_it_stands_behind(flips):
    with pytest.raises(ClaimError, match="for the values that are assumed"):
        recount(SOUND, base=lambda wide: (10.0, 9.0, 11.0), takes=("wide",))
    for name in ("outside", "fixed"):
        with pytest.raises(ClaimError, match="expected a value within a range"):
            recount(SOUND, times=(name,))


@pytest.mark.parametrize(
    ("found", "measurement", "sides"),
    [
        (percent(60, 50.0, 70.0), "share", {"above": 0}),
        (percent(60, 50.0, 70.0), "share", {"below": 100.5}),
        (ratio(3, 2.0, 4.0), "weak", {"above": 0}),
    ],
)
def test_a_threshold_that_nothing_can_cross_is_no_test(found, measurement, sides, flips):
    with pytest.raises(ClaimError, match="expected one that can fail"):
        beside(trial(found, measurement), **sides)


def test_a_test_whose_range_is_so_wide_that_every_outcome_agrees_is_no_test(flips):
    half = claim(50.0, unit="percent")
    with pytest.raises(ClaimError, match="gives undecided whatever it finds"):
        beside(trial(percent(50, 0.0, 100.0), "share"), half, above=None)
    change = trial(percent(3, -1.0, 7.0), "change")
    assert beside(change, above=0).verdict is Verdict.UNDECIDED


def test_arithmetic_puts_no_number_in_the_column_of_what_was_found():
    judged = claims.reckoned(claim(100.0), number(100), "r")
    assert (judged.verdict, judged.found, judged.used) == (Verdict.HOLDS, (), ("counts.a",))
    assert judged.read and judged.severity is None
    weaker = claims.reckoned(claim(100.0), number(100, 95.0, 105.0), "r")
    assert weaker.verdict is Verdict.NOT_CONTRADICTED


def test_a_weak_test_gives_no_firm_verdict_and_says_why(flips):
    judged = beside(trial(ratio(2, 1.5, 2.5), "weak"))
    assert judged.verdict is Verdict.NOT_CONTRADICTED and judged.reason == "r They differ."
    assert beside(trial(ratio(0.5, 0.4, 0.6), "weak")).verdict is Verdict.DOUBTFUL


def test_evidence_on_both_sides_leaves_a_claim_open_whatever_its_author_wants(flips):
    both = [trial(ratio(2, 1.5, 2.5), "weak"), trial(ratio(0.5, 0.4, 0.6, "b"), "second")]
    judged = beside(both)
    assert (judged.verdict, judged.found) == (Verdict.UNDECIDED, ("counts.a", "counts.b"))
    assert judged.reason == "r They differ. So do these."
    assert [test.verdict for test in judged.tests] == [Verdict.NOT_CONTRADICTED, Verdict.DOUBTFUL]
    parameters = inspect.signature(claims.tested).parameters
    assert not {"disputed", "weak", "verdict", "exact"} & set(parameters)


def test_an_assumption_that_two_tests_share_moves_in_both_at_once(flips):
    """Each test alone would leave the other on its side; together they cross the threshold."""
    both = [
        trial(ratio(2, 1.5, 2.5), "weak", times=("other",)),
        trial(ratio(3, 2.0, 4.0, "b"), "second", times=("other",)),
    ]
    judged = beside(both)
    [flip] = judged.flips
    assert judged.fragile == (1, 1)
    # At half the second is open; at two fifths the first comes out below one, and so against the
    # claim.
    assert [at for at, _ in flip.turns] == pytest.approx([0.4, 0.5], rel=1e-3)
    assert [verdict for _, verdict in flip.turns] == [Verdict.DOUBTFUL, Verdict.UNDECIDED]


def test_no_severity_is_printed_of_readings(flips):
    assert recount(number(100, 80.0, 120.0), measurement="readings").severity is None


def test_a_claim_of_a_family_is_tested_on_all_its_measurements(flips, monkeypatch):
    known = {
        name: dataclasses.replace(one, family="price")
        for name, one in measurements.table().items()
        if name in ("weak", "second")
    }
    monkeypatch.setattr(measurements, "table", lambda: known)
    priced = claim(family="price")
    both = [trial(ratio(2, 1.5, 2.5), "weak"), trial(ratio(3, 1.4, 4.0, "b"), "second")]

    def choose(said, tests):
        measurements.refuse_choice(said, beside(tests, said))

    choose(priced, both)
    words = "expected all measurements of the family 'price': second, weak"
    with pytest.raises(ClaimError, match=words):
        choose(priced, both[0])
    # Others may stand beside them. But nobody takes some of them, or all, for a claim that is not
    # of the family.
    known["own"] = dataclasses.replace(known["weak"], measurement_id="own", family=None)
    own = trial(ratio(2, 1.5, 2.5, "c"), "own")
    choose(priced, [*both, own])
    for other in (None, "people"):
        strange = claim(family=other)
        choose(strange, own)
        for picked in (both, both[0]):
            words = "found a test on weak, which is of the family 'price'"
            with pytest.raises(ClaimError, match=words):
                choose(strange, picked)


@pytest.fixture
def worth(monkeypatch):
    """A table of standing that calls every row another's, of grade A, but what a test puts in."""
    known = {}
    default = standing.Standing(False, "someone", "whole", "A", "so")
    monkeypatch.setattr(standing, "of", lambda fact, _folder=None: known.get(fact.row, default))
    return known


def test_texts_bear_a_claim_out_only_from_elsewhere(worth):
    row = ("counts/inputs", "fr-casual")
    judged = claims.read(claim(), "r", "a text", same=[row])
    assert judged.verdict is Verdict.DOCUMENTED and judged.facts[0].row == "fr-casual"
    worth["fr-casual"] = standing.Standing(True, "someone", "whole", "A", "so")
    with pytest.raises(ClaimError, match="reports those who made the claim, as same"):
        claims.read(claim(), "r", "a text", same=[row])
    assert claims.read(claim(), "r", "a text", about=[row]).verdict is Verdict.UNDECIDED
    with pytest.raises(ClaimError, match="found no row 'nowhere'"):
        claims.read(claim(), "r", "a text", same=[("counts/inputs", "nowhere")])
    with pytest.raises(ClaimError, match="found no text"):
        claims.read(claim(), "r", "a text")


def test_texts_on_a_tested_claim_count_as_one_more_test(flips):
    found, lacks = trial(number(100, 80.0, 120.0)), {Lacks.PLACE: 1}

    def judged(verdict):
        texts = Judgement("some", Check.DOCUMENTS, verdict, "r", facts=(ROW,), lacks=lacks)
        return claims.tested(claim(100.0), Check.RECOUNT, found, "r", texts=texts)

    alone = claims.tested(claim(100.0), Check.RECOUNT, found, "r")
    agree, against = judged(Verdict.NOT_CONTRADICTED), judged(Verdict.CONTRADICTED)
    expected = [Verdict.HOLDS, Verdict.NOT_CONTRADICTED, Verdict.UNDECIDED]
    assert [one.verdict for one in (alone, agree, against)] == expected
    assert agree.facts == (ROW,) and agree.lacks == lacks and not alone.facts
    # Where texts agree, a test that no longer holds turns nothing; it has to come out on the other
    # side.
    assert alone.flips[0].turns and alone.flips[0].turns != agree.flips[0].turns


def test_a_text_that_says_something_like_a_claim_names_the_one_thing_it_lacks(worth):
    row, other = ("counts/inputs", "fr-casual"), ("counts/inputs", "fr-routine")

    def judged(**texts):
        return claims.read(claim(), "r", "a text", **texts)

    one = judged(like={Lacks.PLACE: [row], Lacks.EXTENT: [other]})
    assert one.verdict is Verdict.NOT_CONTRADICTED
    assert one.lacks == {Lacks.PLACE: 1, Lacks.EXTENT: 1}
    words = "The place (one source); how many, how much or how often (one source)."
    assert lacking(one.lacks) == words
    worth["fr-casual"] = standing.Standing(False, "another", "whole", "A", "so")
    one = judged(unlike={Lacks.REASON: [row, other]})
    assert one.verdict is Verdict.DOUBTFUL and lacking(one.lacks) == "Why (2 sources)."
    one = judged(like={Lacks.REASON: [row]}, far=[other])
    assert one.verdict is Verdict.NOT_CONTRADICTED and len(one.facts) == 2
    one = judged(far=[row, other])
    assert (one.check, one.verdict) == (Check.NONE, Verdict.NOTHING_PUBLIC) and len(one.facts) == 2
    words = "found counts/inputs, fr-casual twice; expected each text once"
    for twice in (
        {"like": {Lacks.PLACE: [row], Lacks.TIME: [row]}},
        {"same": [row], "unlike": {Lacks.TIME: [row]}},
    ):
        with pytest.raises(ClaimError, match=words):
            judged(**twice)


def test_no_weak_fact_and_none_of_the_claimants_stands_under_a_verdict(worth):
    registry = Registry([number(1, facts=(Fact("counts/inputs", "fr-casual", "afp2019"),))])
    one = on_number("some", "counts.a")
    circular.refuse_weak([one], registry)
    worth["fr-casual"] = standing.Standing(False, "someone", "whole", "C", "a blog")
    with pytest.raises(ClaimError, match=r"grade C \(a blog\)"):
        circular.refuse_weak([one], registry)
    worth["fr-casual"] = standing.Standing(True, "someone", "whole", "A", "so")
    with pytest.raises(ClaimError, match="reports the claimants"):
        circular.refuse_weak([one], registry)
    later = Registry([number(1, facts=(Fact("counts/since", "x", "afp2019"),))])
    with pytest.raises(ClaimError, match="table of what became known"):
        circular.refuse_weak([one], later)


def test_a_witness_counts_once_however_many_tell_of_it(worth):
    rows = (("one", "a"), ("two", "b"), ("own", "computed"))
    facts = [Fact("counts/inputs", *row) for row in rows]
    assert standing.witnesses(facts) == {"someone"}


def test_a_figure_that_counts_something_else_needs_another_name_for_it(worth):
    row = ("counts/labels", "10", "label")
    judged = claims.named(claim(260000.0), [row], "r", figure="figure")
    assert judged.verdict is Verdict.SOMETHING_ELSE and "registered" in judged.read
    with pytest.raises(ClaimError, match="expected them to take in 100"):
        claims.named(claim(100.0), [row], "r", figure="figure")


# All together


def on_number(claim_id, number_id):
    return Judgement(claim_id, Check.RECOUNT, Verdict.HOLDS, "r", found=(number_id,))


ROW, OTHER = Fact("counts/inputs", "fr-casual"), Fact("counts/inputs", "fr-routine")


def test_a_claim_that_is_tested_on_itself_is_refused_with_the_way_printed():
    first = number(1, name="first", facts=(ROW,))
    second = number(2, name="second", facts=(ROW, OTHER), parents=("counts.first",))
    registry, judged = Registry([first, second]), [on_number("some", "counts.second")]
    way = "claim some <- counts.second <- counts.first <- counts/inputs, fr-casual, which reports"
    with pytest.raises(ClaimError, match=f"{way} claim some"):
        circular.refuse(judged, {"some": {("counts/inputs", "fr-casual")}}, registry)
    circular.refuse(judged, {"some": {("counts/inputs", "none")}}, registry)


def test_two_claims_that_test_each_other_are_refused():
    registry = Registry([number(1, name="a", facts=(ROW,)), number(1, name="b", facts=(OTHER,))])
    told = {"one": {("counts/inputs", "fr-routine")}, "two": {("counts/inputs", "fr-casual")}}
    both = [on_number("one", "counts.a"), on_number("two", "counts.b")]
    with pytest.raises(ClaimError, match=r"(?s)reports claim two.*reports claim one"):
        circular.refuse(both, told, registry)
    circular.refuse(both[:1], told, registry)


def test_a_table_that_is_read_whole_counts_with_all_its_rows():
    registry = Registry([number(1, facts=(Fact("counts/inputs"),))])
    told = {"some": {("counts/inputs", "fr-casual")}}
    with pytest.raises(ClaimError, match="all rows, which reports claim some"):
        circular.refuse([on_number("some", "counts.a")], told, registry)


def test_arithmetic_within_a_source_is_not_circular():
    registry = Registry([number(1, facts=(ROW,))])
    judged = Judgement("some", Check.ARITHMETIC, Verdict.HOLDS, "r", used=("counts.a",))
    circular.refuse([judged], {"some": {("counts/inputs", "fr-casual")}}, registry)


@given(links=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_a_circle_is_refused_wherever_it_lies_and_nothing_else_is(links):
    """Each claim i has a fact i; a link (i, j) tests claim i with fact j."""
    facts = {i: Fact("counts/inputs", f"row-{i}") for i in range(6)}
    numbers = [
        number(1, name=f"n{i}", facts=tuple(facts[j] for a, j in links if a == i)) for i in range(6)
    ]
    judged = [on_number(f"c{i}", f"counts.n{i}") for i in range(6)]
    told = {f"c{i}": {(fact.table, fact.row)} for i, fact in facts.items()}
    reach = {i: {j for a, j in links if a == i} for i in range(6)}
    for _ in range(6):
        reach = {i: found.union(*(reach[j] for j in found)) for i, found in reach.items()}
    if any(i in found for i, found in reach.items()):
        with pytest.raises(ClaimError, match="tested on itself"):
            circular.refuse(judged, told, Registry(numbers))
    else:
        circular.refuse(judged, told, Registry(numbers))


def test_a_claim_without_verdict():
    said = {"platforms-fr": claim(claim_id="platforms-fr")}
    row = 2 + list(data.table("claims")["claim_id"]).index("platforms-fr")
    words = (
        f"row {row}, column claim_id: found .platforms-fr. without a verdict; expected one from"
        " judgements.. of the chapter"
    )
    with pytest.raises(ClaimError, match=words):
        claims.settle(said, [], ["counts"], Registry())


def test_two_verdicts_an_unknown_claim_a_repeat_and_an_unknown_number():
    def settle(said, *judged, chapters=("counts",)):
        return claims.settle(said, judged, chapters, Registry())

    one, said = claims.unchecked(claim(), "because"), {"some": claim()}
    with pytest.raises(ClaimError, match="two verdicts"):
        settle(said, one, one)
    with pytest.raises(ClaimError, match="found no claim 'other'"):
        settle(said, dataclasses.replace(one, claim_id="other"))
    with pytest.raises(NumberError, match="used but not defined"):
        settle(said, dataclasses.replace(one, reason="see [[counts.none]]"))
    again = {**said, "again": claim(claim_id="again", repeats="some")}
    one = dataclasses.replace(one, verdict=Verdict.HOLDS)  # of which nothing more is asked
    with pytest.raises(ClaimError, match="only that of 'some'"):
        settle(again, one, dataclasses.replace(one, claim_id="again"))
    settled = settle(again, one, chapters=())  # the tables speak of claims that are not here
    assert settled["again"] == settled["some"]


# This report


@pytest.fixture(scope="module")
def found(loaded):
    return loaded


def test_every_claim_has_a_verdict_that_its_check_allows(found):
    assert set(found.judgements) == set(claims.claims())
    nothing = (Verdict.NOTHING_PUBLIC, Verdict.NOT_READ)
    for name, one in found.judgements.items():
        assert (one.check is Check.NONE) == (one.verdict in nothing), name
        assert bool(one.found) == bool(one.tests) == (one.check in claims.MEASURED), name
        assert bool(one.found) != bool(one.read), name
        assert bool(one.flips) == bool(one.tests), name
        assert one.verdict is not Verdict.DOCUMENTED or one.facts, name
        for axis, turns in ((flip.axis, flip.turns) for flip in one.flips):
            moved = (axis.value, *(at for at, _ in turns))
            assert axis.least <= min(moved) <= max(moved) <= axis.most, name


def test_a_claim_holds_only_where_an_error_that_counts_would_have_been_noticed(found):
    limits = rules.thresholds()
    for name, one in found.judgements.items():
        if one.verdict is Verdict.HOLDS and one.tests and one.tests[0].kind == "figure":
            assert one.severity.value <= limits.near(one.severity.unit == "points"), name


def test_no_assumption_is_kept_that_no_test_makes(found):
    arguments = [one.argument for one in found.judgements.values() if one.argument]
    made = {axis.assumption for one in arguments for axis in one.axes}
    tables = [name for name in data.names() if name.endswith("/flips")]
    assert {row["assumption"] for name in tables for row in data.records(name)} == made


def test_every_measurement_carries_a_verdict(found):
    assert set(measurements.table()) == set(measurements.carried(found.judgements.values()))


def test_every_unsettled_claim_says_what_would_settle_it(found):
    for name, one in found.judgements.items():
        assert bool(one.settles) == (one.verdict in UNSETTLED), name
        for settles in one.settles:
            assert len({answer.verdict for answer in settles.answers}) > 1, name
            assert settles.question.endswith("?") and settles.place, name


def all_judged(said, registry, chapters=report.CHAPTERS):
    packages = [report.provider._package(name) for name in chapters]
    return [one for package in packages for one in package.judgements(said, registry)]


def test_each_answer_filled_in_gives_the_verdict_that_was_printed_in_advance(found, data_copy):
    """Fill in every answer in turn, as a reader would, and judge again: the n-th answer of each
    question at once."""
    heads = {name: one for name, one in found.judgements.items() if not found.claims[name].repeats}
    asked = [(name, one) for name, judged in heads.items() for one in judged.settles]
    said = claims.claims()
    judged = all_judged(said, found.numbers)
    for place in range(max(len(one.answers) for _, one in asked)):
        wanted, taken = {}, set()
        for name, one in asked:
            if len(one.answers) > place and name not in taken:
                wanted[name] = (one.document_id, one.answers[place])
                taken.add(name)
        for chapter in report.CHAPTERS:
            _fill(data_copy / chapter / "answers.csv", wanted)
        seal.seal(data_copy)
        heads = {one.claim_id: one for one in judged}
        settled = settling.with_entries(heads, said, report.CHAPTERS, data_copy)
        for name, (_, answer) in wanted.items():
            assert settled[name].verdict is answer.verdict, (name, answer)
            assert settled[name].check is Check.DOCUMENTS and settled[name].facts[0].grade == "A"
            assert not (settled[name].tests or settled[name].flips or settled[name].joint), name


def _fill(path, wanted):
    """Put a source into the rows of some answers, and take those of others out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        document, answer = wanted.get(row["claim_id"], (None, None))
        chosen = row["document_id"] == document and row["answer"] == answer.answer
        place = ("insee2018nv2016", "page 1", "A") if chosen else ("", "", "")
        row.update(zip(("found_in", "locator", "grade"), place, strict=True))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_the_order_of_claims_and_numbers_changes_nothing(found):
    registry = Registry(reversed(list(found.numbers)))
    said = claims.Claims(reversed(list(claims.claims().items())))
    judged = all_judged(said, registry, reversed(report.CHAPTERS))
    assert claims.settle(said, reversed(judged), report.CHAPTERS, registry) == found.judgements


def test_the_rows_that_report_a_claim_are_all_named():
    """A row with a figure of a claim and its source reports it: no test may descend from it. What
    is an id or a count of respondents is no figure, and long tables are data."""
    told, missing = circular.reports(claims.claims()), []
    own = [one for one in claims.claims().values() if one.value is not None]
    for name in (name for name in data.names() if "/" in name and "source_key" in data.table(name)):
        frame = data.table(name)
        beside = ("/flips", "/presets", "/answers", "/settles", "/since")
        if len(frame) >= 1000 or name.endswith(beside):
            continue
        figures = frame.drop(columns=[frame.columns[0], *({"n"} & {*frame})]).to_dict("records")
        for key, row in zip(data.keys(name), figures, strict=True):
            for one in (one for one in own if one.source_key == row["source_key"]):
                head = one.repeats or one.claim_id
                if {*one.ends} & {*row.values()} and (name, key) not in told[head]:
                    missing.append(f"{head},{name},{key},{one.source_key}")
    assert not missing, "\n".join(missing)


def test_claims_json_says_all_that_a_verdict_rests_on(found):
    records = {one["claim_id"]: one for one in report.provider.claims_json(found, {})}
    assert len(records) == len(claims.claims())
    shared = [
        "check",
        "verdict",
        "severity",
        "flips",
        "found",
        "reason",
        "outlets",
        "lineage",
        "settles",
    ]
    for name, record in records.items():
        assert record["outlets"]
        assert all({"outlet", "date"} <= set(place) for place in record["outlets"])
        if record["repeats"]:
            head = records[record["repeats"]]
            assert [record[part] for part in shared] == [head[part] for part in shared]
        tested = found.judgements[name].check in claims.MEASURED
        for part in ("measurement", "test", "range", "scale", "fragile"):
            assert (record[part] is not None) == tested, (name, part)
        if tested:
            assert record["lineage"] and record["scale"] in ("ratio", "difference")
            assert record["range"]["low"] <= record["range"]["value"] <= record["range"]["high"]
            assert record["test"]["kind"] in ("figure", "above", "below")
            assert (record["test"]["limit"] is None) == (record["test"]["kind"] == "figure")
            fragile = record["fragile"]
            assert 0 <= fragile["turning"] <= fragile["of"] == len(record["flips"])
        for one in record["settles"] if record["verdict"] in UNSETTLED else ():
            assert one["document"] and one["question"] and one["row"]
            assert all(each["verdict"] for each in one["answers"])


@pytest.mark.parametrize(
    ("column", "says"),
    [("claim_id", "none"), ("table", "found no table 'none'"), ("row", "found no row 'none'")],
)
def test_a_row_that_is_not_there_cannot_report_a_claim(column, says, data_copy):
    path = data_copy / "poverty/reports.csv"
    row = {"claim_id": "poverty-22", "table": "poverty/survey", "row": "poor"}
    row |= {"source_key": "cnrsjournal2019", column: "none"}
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    seal.seal(data_copy)
    with pytest.raises((data.DataError, ClaimError), match=says):
        circular.reports(claims.claims(), data_copy)
