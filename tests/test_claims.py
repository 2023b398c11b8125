"""Verdicts follow from rules: each rule on its own, on random ranges, and on claims that are built
here."""

from __future__ import annotations

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
    Model,
    Verdict,
    assumptions,
    circular,
    measurements,
    rules,
    standing,
)
from tallybook.claims.measurements import Measurement
from tallybook.data import seal
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number, NumberError, Registry

from microwork import report
from tests.refused import not_refused

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


def test_what_a_published_figure_can_mean():
    cases = [
        (15000, "nearly", None, 14000, 15000),
        (50000, "more than", None, 50000, 55000),
        (1000, "nearly", None, 900, 1000),
        (260000, "as printed", None, 255000, 265000),
        (56.1, None, None, 56.05, 56.15),
        (120, "between", 170, 120, 170),
    ]
    found = [(*one, claim(one[0], *one[1:3]).said) for one in cases]
    assert [one for one in found if one[5] != pytest.approx(one[3:5])] == []


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


def test_a_figure_against_a_range():
    cases = [
        ((90, 120), False, Verdict.HOLDS),
        ((60, 120), False, Verdict.NOT_CONTRADICTED),
        # It would have agreed with a third of the figure, or with nearly all of it.
        ((30, 120), False, Verdict.UNDECIDED),
        ((105, 140), False, Verdict.HOLDS),  # outside, and nearer than what counts
        ((105, 160), False, Verdict.TOO_LOW),
        ((40, 80), False, Verdict.TOO_HIGH),
        ((0, 130), False, Verdict.UNDECIDED),
        # A share is measured in points.
        ((92, 108), True, Verdict.HOLDS),
        ((85, 115), True, Verdict.NOT_CONTRADICTED),
        ((50, 110), True, Verdict.UNDECIDED),
        ((60, 80), True, Verdict.TOO_HIGH),
    ]
    verdicts = [
        (*one, rules.quantity((100, 100), (100, 100), one[0], one[1], LIMITS)) for one in cases
    ]
    assert [one for one in verdicts if one[2] is not one[3]] == []
    severity = rules.quantity_severity((100, 100), Verdict.HOLDS, (90, 120), False)
    assert severity.value == pytest.approx(1.2)


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


# Comparisons


def test_a_statement_put_as_a_threshold():
    for found, verdict in (
        ((2, 4), Verdict.HOLDS),
        ((0.5, 1.5), Verdict.UNDECIDED),
        ((0.1, 0.9), Verdict.CONTRADICTED),
    ):
        assert rules.threshold(found, above=1.0) is verdict, found
    # For "above 1" at 3 (2 to 4): were the truth 3/4 of the threshold, the range drawn round it
    # would end at it.
    assert rules.threshold_severity((3, 2, 4), "ratio", True, "").value == pytest.approx(4 / 3)
    assert rules.threshold_severity((-3, -5, -2), "difference", False, "").value == 2
    assert rules.threshold_severity((0, 0, 3), "ratio", True, "") is None
    with pytest.raises(ClaimError, match="either above or below"):
        rules.threshold((2, 4), above=1.0, below=2.0)


# Several tests, and texts


def test_several_tests_of_one_claim():
    holds, pro, open_ = Verdict.HOLDS, Verdict.NOT_CONTRADICTED, Verdict.UNDECIDED
    high, con, doubt = Verdict.TOO_HIGH, Verdict.CONTRADICTED, Verdict.DOUBTFUL
    cases = [
        ([holds, holds], holds),
        ([holds, pro], pro),
        ([holds, open_], pro),
        ([pro, doubt], open_),
        ([high, Verdict.TOO_LOW], open_),
        ([high, doubt], doubt),
        ([con, open_], doubt),
        ([open_, open_], open_),
    ]
    for verdicts, expected in cases:
        assert rules.together(verdicts) is expected, verdicts
        assert rules.together(verdicts[::-1]) is expected, verdicts


def test_what_texts_say_gives_the_verdict():
    cases = [
        ({"same"}, Verdict.DOCUMENTED),
        ({"like"}, Verdict.NOT_CONTRADICTED),
        ({"against"}, Verdict.CONTRADICTED),
        ({"unlike"}, Verdict.DOUBTFUL),
        ({"same", "unlike"}, Verdict.UNDECIDED),
        (set(), Verdict.UNDECIDED),
    ]
    for says, verdict in cases:
        parts = {part: part in says for part in ("same", "like", "against", "unlike")}
        assert rules.documents(**parts) is verdict, says


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


def test_a_test_that_is_not_one(flips):
    def tested(check, found, parts, differs):
        said = claim(100.0)
        return claims.tested(said, check, trial(found, **parts), "r", differs=differs)

    three, euros = number(3), number(3, 2.0, 4.0, unit="EUR")
    cases = [
        (tested, (Check.NONE, SOUND, {}, ""), "found a test for the check none"),
        (tested, (Check.DOCUMENTS, SOUND, {}, ""), "found a test for the check documents"),
        (tested, (Check.NEIGHBOUR, SOUND, {}, ""), "how it differs"),
        (tested, (Check.RECOUNT, SOUND, {}, "x"), "how it differs"),
        (tested, (Check.NEIGHBOUR, SOUND, {}, "x"), "whose measurement is not weak"),
        (tested, (Check.RECOUNT, SOUND, {"times": ()}, ""), "no assumption behind"),
        (tested, (Check.RECOUNT, three, {}, ""), "without an interval"),
        (tested, (Check.RECOUNT, SOUND, {"measurement": "count"}, ""), "with an interval"),
        (tested, (Check.RECOUNT, euros, {}, ""), "expected persons"),
        (
            tested,
            (Check.RECOUNT, SOUND, {"measurement": "nowhere"}, ""),
            "no measurement 'nowhere'",
        ),
        (recount, (number(100, 95.0, 105.0), claim(120.0, "more than")), "and no threshold"),
    ]
    assert not_refused(cases, ClaimError) == []
    for name in ("outside", "fixed"):
        with pytest.raises(ClaimError, match="expected a value within a range"):
            recount(SOUND, times=(name,))
    with pytest.raises(ClaimError, match="for the values that are assumed"):
        recount(SOUND, base=lambda wide: (10.0, 9.0, 11.0), takes=("wide",))
    share = number(60, 50.0, 70.0, unit="percent")
    for found, measurement, sides in (
        (share, "share", {"above": 0}),
        (share, "share", {"below": 100.5}),
        (ratio(3, 2.0, 4.0), "weak", {"above": 0}),
    ):
        with pytest.raises(ClaimError, match="expected one that can fail"):
            beside(trial(found, measurement), **sides)


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


def test_a_claim_of_a_family_is_tested_on_all_its_measurements(flips, monkeypatch):
    known = {
        name: dataclasses.replace(one, family="price")
        for name, one in measurements.table().items()
        if name in ("weak", "second")
    }
    monkeypatch.setattr(measurements, "table", lambda: known)
    both = [trial(ratio(2, 1.5, 2.5), "weak"), trial(ratio(3, 1.4, 4.0, "b"), "second")]

    def choose(family, tests):
        said = claim(family=family)
        measurements.refuse_choice(said, beside(tests, said))

    choose("price", both)
    cases = [
        (choose, ("price", both[0]), "all measurements of the family 'price': second, weak"),
        (choose, (None, both), "found a test on weak, which is of the family 'price'"),
        (choose, ("people", both[0]), "found a test on weak, which is of the family 'price'"),
    ]
    assert not_refused(cases, ClaimError) == []
    # Others may stand beside them.
    known["own"] = dataclasses.replace(known["weak"], measurement_id="own", family=None)
    own = trial(ratio(2, 1.5, 2.5, "c"), "own")
    choose("price", [*both, own])
    choose(None, own)


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
    with pytest.raises(NumberError, match="used but not defined"):
        settle(said, dataclasses.replace(one, reason="see [[counts.none]]"))
    again = {**said, "again": claim(claim_id="again", repeats="some")}
    holds = dataclasses.replace(one, verdict=Verdict.HOLDS)  # of which nothing more is asked
    cases = [
        (settle, (said, one, one), "two verdicts"),
        (settle, (said, dataclasses.replace(one, claim_id="other")), "found no claim 'other'"),
        (settle, (again, holds, dataclasses.replace(holds, claim_id="again")), "that of 'some'"),
    ]
    assert not_refused(cases, ClaimError) == []
    settled = settle(again, holds, chapters=())  # the tables speak of claims that are not here
    assert settled["again"] == settled["some"]


# This report


@pytest.fixture(scope="module")
def found(loaded):
    return loaded


def test_no_assumption_is_kept_that_no_test_makes(found):
    made = {flip.axis.assumption for one in found.judgements.values() for flip in one.flips}
    tables = [name for name in data.names() if name.endswith("/flips")]
    assert {row["assumption"] for name in tables for row in data.records(name)} == made


def test_every_measurement_carries_a_verdict(found):
    assert set(measurements.table()) == set(measurements.carried(found.judgements.values()))


def all_judged(said, registry, chapters=report.CHAPTERS):
    packages = [report.provider._package(name) for name in chapters]
    return [one for package in packages for one in package.judgements(said, registry)]


@pytest.mark.weekly
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
    for name in (name for name in data.names() if "/" in name):
        frame = data.table(name)
        if "source_key" not in frame.columns[1:]:  # as its key, it says which sources there are
            continue
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


def test_a_row_that_is_not_there_cannot_report_a_claim(data_copy):
    path = data_copy / "poverty/reports.csv"
    good = {"claim_id": "poverty-22", "table": "poverty/survey", "row": "poor"}
    good |= {"source_key": "cnrsjournal2019"}
    for column, says in (
        ("claim_id", "none"),
        ("table", "found no table 'none'"),
        ("row", "found no row 'none'"),
    ):
        row = good | {column: "none"}
        path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
        seal.seal(data_copy)
        with pytest.raises((data.DataError, ClaimError), match=says):
            circular.reports(claims.claims(), data_copy)
