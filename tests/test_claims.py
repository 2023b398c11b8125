"""Verdicts follow from rules: each rule on its own, on random ranges, and on claims that are built here."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook import data
from tallybook.data import seal
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number, NumberError, Registry

from microwork import claims, report
from microwork.claims import Assumption, Check, Claim, ClaimError, Judgement, Verdict, circular, judge, rules
from microwork.claims.model import step

LIMITS = rules.Thresholds(1.5, 10)
FIRM = {Verdict.HOLDS, Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.CONTRADICTED}
positive = st.floats(0.01, 1e6)


def claim(
    value=None, qualifier=None, high=None, claim_id="some", unit="persons", repeats=None, source="afp2019", chapter="counts"
):
    return Claim(
        claim_id, "counts", "other", "An outlet", "2019-01-01", "Somebody", "Something", value, high, unit, qualifier, None,
        "quantity", "quelque chose", "fr", repeats, source,
    )  # fmt: skip


def number(value, low=None, high=None, name="a", unit="persons", facts=(), parents=()):
    covers = None if low is None else "sampling only"
    return Number(
        f"counts.{name}", float(value), unit, "Some", "how", ("claims",), low, high, covers, facts=facts, parents=parents
    )  # fmt: skip


@pytest.fixture
def flips(monkeypatch):
    """A table of assumptions that stands in for a chapter's: name -> (value, least, most)."""
    rows = {"wide": (1.0, 1.0, 4.0), "other": (1.0, 0.25, 4.0), "one-way": (1.0, 0.9, 1.1), "outside": (2.0, 3.0, 4.0)}

    def row(_table, name):
        value, least, most = rows[name]
        return {"assumption": "An assumption", "unit": "times", "value": value, "least": least, "most": most, "reason": "so"}

    monkeypatch.setattr(judge.data, "row", row)
    return rows


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


@pytest.mark.parametrize(("value", "unit"), [(260000, 10000), (56.1, 0.1), (23, 1), (15000, 1000), (0.5, 0.1), (1300, 100)])
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


def test_published_values_read_as_a_reader_would_write_them():
    shown = {claim_id: found.published for claim_id, found in claims.claims().items()}
    assert shown["fr-registered"] == "more than 260,000"
    assert shown["hours-20-60"] == "20 to 60 hours per week"
    assert shown["women-share"] == "56.1\u202f%"
    assert shown["inactive-third"] == "a third"
    assert shown["task-pay"] == "from a few cents to a few euros"
    assert shown["coloniality"] is None


def test_the_claims_are_those_of_the_table_and_lead_claims_come_first():
    found = claims.claims()
    assert list(found) != list(data.table("claims")["claim_id"]) and set(found) == set(data.table("claims")["claim_id"])
    for chapter in report.CHAPTERS:
        weights = [one.weight for one in found.values() if one.chapter == chapter]
        assert weights == sorted(weights, key="lead other".index) and "lead" in weights


def test_the_press_is_quoted_with_eight_words_at_most():
    for one in claims.claims().values():
        words = [word for word in one.key_phrase.split() if any(letter.isalnum() for letter in word)]
        joined = " ".join(words).replace("260 000", "260000").replace("7 h 30", "7h30")
        assert 1 <= len(joined.split()) <= 9, one.claim_id


# The rule for a quantity


@pytest.mark.parametrize(
    ("found", "verdict", "severity"),
    [
        ((90, 120), Verdict.HOLDS, 1.2),
        ((60, 120), Verdict.FITS, 100 / 60),
        ((105, 140), Verdict.HOLDS, 1.4),  # outside, and nearer than what counts
        ((105, 160), Verdict.TOO_LOW, 160 / 105),
        ((40, 80), Verdict.TOO_HIGH, 2),
        ((0, 130), Verdict.FITS, None),
    ],
)
def test_a_figure_against_a_range(found, verdict, severity):
    shown, smallest = rules.quantity((100, 100), (100, 100), found, False, LIMITS)
    assert shown is verdict and (smallest and smallest.value) == (severity and pytest.approx(severity))


@pytest.mark.parametrize(
    ("found", "verdict"),
    [((46, 63), Verdict.HOLDS), ((40, 70), Verdict.FITS), ((20, 40), Verdict.TOO_HIGH), ((60, 80), Verdict.TOO_LOW)],
)
def test_a_share_is_measured_in_points(found, verdict):
    assert rules.quantity((55.5, 55.5), (55, 56), found, True, LIMITS)[0] is verdict


@given(said=figures(), both=widened(), share=st.booleans())
def test_a_wider_range_never_improves_a_verdict(said, both, share):
    """It never makes a claim hold, never makes a weak verdict firm, and never makes the test sharper."""
    (before, sharp), (after, blunt) = (rules.quantity(*said, found, share, LIMITS) for found in both)
    assert after is not Verdict.HOLDS or before is Verdict.HOLDS
    assert after not in FIRM or before in FIRM
    if before is after is Verdict.FITS and sharp and blunt:
        assert blunt.value >= sharp.value * (1 - 1e-9)


@given(both=widened(), limit=positive, inside=st.floats(0, 1), above=st.booleans())
def test_a_wider_range_never_improves_a_comparison(both, limit, inside, above):
    value = both[0][0] + inside * (both[0][1] - both[0][0])
    sides = {"above": limit, "below": None} if above else {"above": None, "below": limit}
    (before, _), (after, _) = (rules.threshold(found, value, **sides) for found in both)
    assert after is before or after is Verdict.NO_EVIDENCE


@given(said=figures(), found=ranges(), power=st.integers(-20, 20))
def test_scaling_all_values_changes_nothing(said, found, power):
    factor = 2.0**power  # no digit is lost
    scaled = [(low * factor, high * factor) for low, high in (*said, found)]
    assert rules.quantity(*said, found, False, LIMITS) == rules.quantity(*scaled, False, LIMITS)


@given(said=figures(), found=ranges())
def test_the_severity_is_the_smallest_error_that_is_sure_to_be_noticed(said, found):
    """A figure that is off by a little more lies outside the range, either way."""
    verdict, severity = rules.quantity(*said, found, False, LIMITS)
    if verdict in (Verdict.HOLDS, Verdict.FITS):
        value, more = said[0][0], severity.value * 1.001
        assert value * more > found[1] and value / more < found[0]
        less = severity.value * 0.999
        if less > 1 and found[1] > found[0] * 1.01:
            assert found[0] <= value * less <= found[1] or found[0] <= value / less <= found[1]


@given(both=widened())
def test_a_test_that_cannot_bear_a_firm_verdict_gives_none(both):
    for found in both:
        verdict = rules.quantity((1, 1), (1, 1), found, False, LIMITS)[0]
        weak = rules.weakened(verdict)
        assert weak not in FIRM and (weak is Verdict.DOUBTFUL) == (verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW))


# Comparisons


@pytest.mark.parametrize(
    ("found", "verdict"),
    [((2, 4), Verdict.HOLDS), ((0.5, 1.5), Verdict.NO_EVIDENCE), ((0.1, 0.9), Verdict.CONTRADICTED)],
)
def test_a_statement_put_as_a_threshold(found, verdict):
    assert rules.threshold(found, sum(found) / 2, 1.0, None)[0] is verdict


def test_the_severity_of_a_comparison_is_how_far_the_range_reaches_towards_the_threshold():
    assert rules.threshold((2, 4), 3, 1.0, None)[1].value == pytest.approx(1.5)
    assert rules.threshold((-4, -1), -3, None, 0.0)[1].value == pytest.approx(2)
    with pytest.raises(ClaimError, match="either above or below"):
        rules.threshold((2, 4), 3, 1.0, 2.0)


# Judgements


def test_a_claim_is_tested_with_its_assumptions(flips):
    found = number(100, 80.0, 120.0)
    judged = claims.tested(claim(100.0), Check.RECOUNT, found, "because", flips=[claims.wider("wide", found)])
    assert (judged.verdict, judged.found, judged.used) == (Verdict.HOLDS, ("counts.a",), ())
    assert judged.severity.value == pytest.approx(100 / 80)
    [flip] = judged.flips
    # The lower end 100 - 20k comes to 100 / 1.5 before the upper, 100 + 20k, comes to 150.
    assert flip.flips_at == pytest.approx((100 - 100 / 1.5) / 20, rel=1e-3)


def test_an_assumption_that_changes_nothing_says_so(flips):
    found = number(100, 90.0, 110.0)
    [flip] = claims.tested(claim(100.0), Check.RECOUNT, found, "r", flips=[claims.wider("one-way", found)]).flips
    assert flip.flips_at is None


def test_the_change_is_found_on_the_nearer_side(flips):
    found = number(100, 95.0, 105.0)
    judged = claims.tested(claim(100.0), Check.NEIGHBOUR, found, "r", differs="Elsewhere.", flips=[claims.unlike("other", found)])
    assert judged.verdict is Verdict.HOLDS
    assert judged.flips[0].flips_at == pytest.approx(100 / 1.5 / 95, rel=1e-3)  # 0.70, not 1.43


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"check": Check.NONE}, "found a number for the check none"),
        ({"check": Check.DOCUMENTS}, "found a number for the check documents"),
        ({"check": Check.NEIGHBOUR}, "how it differs"),
        ({"check": Check.RECOUNT, "differs": "x"}, "how it differs"),
        ({"check": Check.RECOUNT}, "no assumption behind the verdict"),
        ({"check": Check.RECOUNT, "number": number(3)}, "no interval"),
        ({"check": Check.RECOUNT, "number": number(3, 2.0, 4.0, unit="EUR")}, "expected persons"),
    ],
)
def test_a_test_that_is_not_one(arguments, says):
    given_ = {"number": number(100, 90.0, 110.0)} | arguments
    with pytest.raises(ClaimError, match=says):
        claims.tested(claim(100.0), reason="r", **given_)


def test_an_assumption_must_give_the_verdict_it_stands_behind(flips):
    found = number(100, 90.0, 110.0)
    for name, of, says in (
        ("wide", lambda _: (10.0, 9.0, 11.0), "gives another verdict"),
        ("outside", lambda _: (100.0, 90.0, 110.0), "outside its range"),
    ):
        with pytest.raises(ClaimError, match=says):
            claims.tested(claim(100.0), Check.RECOUNT, found, "r", flips=[Assumption(name, of)])


def test_arithmetic_puts_no_number_in_the_column_of_what_was_found():
    judged = claims.tested(claim(100.0), Check.ARITHMETIC, number(100), "r", exact=True)
    assert judged.verdict is Verdict.HOLDS and judged.found == () and judged.used == ("counts.a",) and judged.read


def test_a_weak_test_gives_no_firm_verdict(flips):
    found = number(2, 1.5, 2.5, unit="ratio")
    flip = claims.unlike("one-way", found)
    judged = claims.tested(
        claim(), Check.NEIGHBOUR, found, "It is so.", above=1, differs="d", weak="They differ.", flips=[flip]
    )  # fmt: skip
    assert judged.verdict is Verdict.FITS and judged.reason == "It is so. They differ."


def test_a_weak_test_that_disagrees_says_so_and_evidence_on_both_sides_leaves_it_open(flips):
    found = number(0.5, 0.4, 0.6, unit="ratio")
    weak = claims.tested(
        claim(), Check.NEIGHBOUR, found, "r", above=1, differs="d", weak="w", flips=[claims.unlike("one-way", found)]
    )  # fmt: skip
    assert weak.verdict is Verdict.DOUBTFUL
    both = claims.tested(claim(), Check.NEIGHBOUR, found, "It is so.", above=1, differs="d", disputed="Others say no.")
    assert (both.verdict, both.flips, both.reason) == (Verdict.NO_EVIDENCE, (), "It is so. Others say no.")


def test_texts_bear_a_claim_out_only_from_elsewhere():
    row = ("counts/inputs", "fr-casual")
    source = str(data.fact(*row)["source_key"])
    assert claims.read(claim(source="afp2019"), Verdict.HOLDS, "r", "a text", [row]).facts[0].source == source
    with pytest.raises(ClaimError, match="no text but its own"):
        claims.read(claim(source=source), Verdict.HOLDS, "r", "a text", [row])
    with pytest.raises(ClaimError, match="expected one of holds"):
        claims.read(claim(), Verdict.WRONG_NAME, "r", "a text", [row])
    with pytest.raises(ClaimError, match="found no row 'nowhere'"):
        claims.read(claim(), Verdict.HOLDS, "r", "a text", [("counts/inputs", "nowhere")])
    with pytest.raises(ClaimError, match="found no text"):
        claims.read(claim(), Verdict.HOLDS, "r", "a text", [])


def test_a_wrong_name_needs_one_number_with_two_names():
    first, second = ("counts/labels", "7", "label"), ("counts/labels", "10", "label")
    judged = claims.named(claim(), "r", first, second, figure="figure")
    assert judged.verdict is Verdict.WRONG_NAME and "workers" in judged.read and "registered" in judged.read
    with pytest.raises(ClaimError, match="expected two names"):
        claims.named(claim(), "r", second, ("counts/labels", "11", "label"), figure="figure")
    with pytest.raises(ClaimError, match="one number with two names"):
        claims.named(claim(), "r", ("counts/labels", "3", "label"), second, figure="figure")


# All together


def on_number(claim_id, number_id):
    return Judgement(claim_id, Check.RECOUNT, Verdict.HOLDS, "r", found=(number_id,))


ROW, OTHER = Fact("counts/inputs", "fr-casual"), Fact("counts/inputs", "fr-routine")


def test_a_claim_that_is_tested_on_itself_is_refused_with_the_way_printed():
    first = number(1, name="first", facts=(ROW,))
    registry = Registry([first, number(2, name="second", facts=(ROW, OTHER), parents=("counts.first",))])
    told = {"some": {("counts/inputs", "fr-casual")}}
    with pytest.raises(ClaimError) as refused:
        circular.refuse([on_number("some", "counts.second")], told, registry)
    way = "claim some <- counts.second <- counts.first <- counts/inputs, fr-casual, which reports claim some"
    assert way in str(refused.value)
    circular.refuse([on_number("some", "counts.second")], {"some": {("counts/inputs", "none")}}, registry)


def test_two_claims_that_test_each_other_are_refused():
    registry = Registry([number(1, name="a", facts=(ROW,)), number(1, name="b", facts=(OTHER,))])
    told = {"one": {("counts/inputs", "fr-routine")}, "two": {("counts/inputs", "fr-casual")}}
    both = [on_number("one", "counts.a"), on_number("two", "counts.b")]
    with pytest.raises(ClaimError, match=r"(?s)reports claim two.*reports claim one"):
        circular.refuse(both, told, registry)
    circular.refuse(both[:1], told, registry)


def test_a_table_that_is_read_whole_counts_with_all_its_rows():
    registry = Registry([number(1, facts=(Fact("counts/inputs"),))])
    with pytest.raises(ClaimError, match="all rows, which reports claim some"):
        circular.refuse([on_number("some", "counts.a")], {"some": {("counts/inputs", "fr-casual")}}, registry)


def test_arithmetic_within_a_source_is_not_circular():
    registry = Registry([number(1, facts=(ROW,))])
    judged = dataclasses.replace(on_number("some", "counts.a"), check=Check.ARITHMETIC, found=(), used=("counts.a",))
    circular.refuse([judged], {"some": {("counts/inputs", "fr-casual")}}, registry)


@given(links=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_a_circle_is_refused_wherever_it_lies_and_nothing_else_is(links):
    """Each claim i has a fact i; a link (i, j) tests claim i with fact j."""
    facts = {i: Fact("counts/inputs", f"row-{i}") for i in range(6)}
    numbers = [number(1, name=f"n{i}", facts=tuple(facts[j] for a, j in links if a == i)) for i in range(6)]
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
    words = f"row {row}, column claim_id: found 'platforms-fr' without a verdict; expected one from microwork/counts/verdicts.py"
    with pytest.raises(ClaimError, match=words):
        claims.settle(said, [], ["counts"], Registry())


def test_two_verdicts_an_unknown_claim_a_repeat_and_an_unknown_number():
    one, said = claims.unchecked(claim(), "because"), {"some": claim()}
    with pytest.raises(ClaimError, match="two verdicts"):
        claims.settle(said, [one, one], ["counts"], Registry())
    with pytest.raises(ClaimError, match="found no claim 'other'"):
        claims.settle(said, [dataclasses.replace(one, claim_id="other")], [], Registry())
    with pytest.raises(NumberError, match="used but not defined"):
        claims.settle(said, [dataclasses.replace(one, reason="see [[counts.none]]")], [], Registry())
    again = {**said, "again": claim(claim_id="again", repeats="some")}
    with pytest.raises(ClaimError, match="only that of 'some'"):
        claims.settle(again, [one, dataclasses.replace(one, claim_id="again")], ["counts"], Registry())
    settled = claims.settle(again, [one], ["counts"], Registry())
    assert settled["again"] == settled["some"]


# This report


@pytest.fixture(scope="module")
def found(loaded):
    return loaded


def test_every_claim_has_a_verdict_that_its_check_allows(found):
    assert set(found.judgements) == set(claims.claims())
    for name, one in found.judgements.items():
        assert (one.check is Check.NONE) == (one.verdict is Verdict.CANNOT), name
        assert bool(one.found) == (one.check in claims.MEASURED), name
        assert bool(one.found) != bool(one.read), name
        assert one.check not in claims.MEASURED or one.flips or one.verdict is Verdict.NO_EVIDENCE, name
        assert one.verdict is not Verdict.WRONG_NAME or len(one.facts) == 2, name
        for flip in one.flips:
            assert flip.least <= (flip.value if flip.flips_at is None else flip.flips_at) <= flip.most, name


def test_a_claim_holds_only_where_an_error_that_counts_would_have_been_noticed(found):
    limits = rules.thresholds()
    for name, one in found.judgements.items():
        if one.verdict is Verdict.HOLDS and one.said is not None and one.check in claims.MEASURED:
            assert one.severity.value <= (limits.points if one.severity.unit == "points" else limits.factor), name


def test_the_order_of_claims_and_numbers_changes_nothing(found):
    registry = Registry(reversed(list(found.numbers)))
    said = claims.Claims(reversed(list(claims.claims().items())))
    modules = [report.provider._package(name) for name in reversed(report.CHAPTERS)]
    judged = [one for module in modules for one in module.judgements(said, registry)]
    assert claims.settle(said, reversed(judged), report.CHAPTERS, registry) == found.judgements


def test_the_rows_that_report_a_claim_are_all_named():
    """A row with the figure of a claim and its source reports it: no test may descend from it."""
    said, told = claims.claims(), circular.reports(claims.claims())
    missing = []
    for name in data.names():
        frame = data.table(name)
        if name in ("claims", "sources") or "value" not in frame or "source_key" not in frame or name.endswith("/flips"):
            continue
        keys = list(data.keys(name))
        for key, value, source in zip(keys, frame["value"], frame["source_key"], strict=True):
            missing += [
                f"{one.repeats or one.claim_id},{name},{key},{source}"
                for one in said.values()
                if one.value is not None and one.value == value and one.source_key == source
                and (name, key) not in told[one.repeats or one.claim_id]
            ]  # fmt: skip
    assert not missing, "\n".join(missing)


def test_claims_json_says_all_that_a_verdict_rests_on(found):
    records = {one["claim_id"]: one for one in report.provider.claims_json(found, {})}
    assert len(records) == len(claims.claims())
    for record in records.values():
        assert record["outlets"] and all({"outlet", "date"} <= set(place) for place in record["outlets"])
        if record["repeats"]:
            head = records[record["repeats"]]
            for part in ("check", "verdict", "severity", "flips", "found", "reason", "outlets", "lineage"):
                assert record[part] == head[part]
        if record["found"]:
            assert record["lineage"] and all(
                set(flip) >= {"assumption", "value", "range", "flips_at"} for flip in record["flips"]
            )


@pytest.mark.parametrize(
    ("column", "says"),
    [("claim_id", "none"), ("table", "found no table 'none'"), ("row", "found no row 'none'")],
)
def test_a_row_that_is_not_there_cannot_report_a_claim(column, says, data_copy):
    path = data_copy / "poverty/reports.csv"
    row = {"claim_id": "poverty-22", "table": "poverty/survey", "row": "poor", "source_key": "cnrsjournal2019"} | {column: "none"}
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    seal.seal(data_copy)
    with pytest.raises((data.DataError, ClaimError), match=says):
        circular.reports(claims.claims(), data_copy)
