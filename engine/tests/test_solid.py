"""How solid verdicts are: their order, and the strips of their assumptions. The page that shows
both is that of the report, see its own tests."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest
from lxml import html
from tallybook.claims import Check, Judgement, Verdict, model, solidity
from tallybook.claims.model import Axis, Flip, Joint, Turn
from tallybook.sphinx import tally, tracks

HOLDS, DOUBTFUL, UNDECIDED = Verdict.HOLDS, Verdict.DOUBTFUL, Verdict.UNDECIDED


def axis(value: float, least: float, most: float, unit: str = "times") -> Axis:
    return Axis("one", "Something", unit, value, least, most, "so", "ours")


def judged(claim_id: str, *flips: Flip, size: float | None = None, on: str = "") -> Judgement:
    joint = None if size is None else Joint(size, {})
    test = model.Tested(on, "n", (1, 1, 1), "above", 0, "ratio", HOLDS, None, frozenset())
    return Judgement(
        claim_id, Check.RECOUNT, HOLDS, "", tests=(test,) if on else (), flips=flips, joint=joint
    )


FIRM = Flip(axis(1, 0.5, 2), ())
LOOSE = Flip(axis(1, 0.5, 2), (Turn(1.1, DOUBTFUL),))


def test_what_turns_first_comes_first_and_what_nothing_turns_last():
    """Those that rest on no assumption are left out, and equals keep their order."""
    given = [
        judged("firm", FIRM),
        judged("far", LOOSE, size=0.9),
        judged("texts"),
        judged("near", LOOSE, size=0.01),
        judged("far-too", LOOSE, size=0.9),
    ]
    found = [one.claim_id for one in solidity.ordered(given)]
    assert found == ["near", "far", "far-too", "firm"]


def test_verdicts_are_counted_that_turn_alone_together_and_easily():
    given = [
        judged("alone", LOOSE, size=0.2),
        judged("easily", LOOSE, size=0.09),
        judged("together", FIRM, size=0.5),
        judged("firm", FIRM),
        judged("texts"),
        judged("more-texts"),
    ]
    judgements = {one.claim_id: one for one in given}
    claims = {
        name: SimpleNamespace(
            repeats=name == "more-texts", asserts="case" if name == "texts" else "figure"
        )
        for name in judgements
    }
    report = SimpleNamespace(judgements=judgements, claims=claims)
    judged_as = ("holds", "holds case", "holds figure", "doubtful", "doubtful figure")
    assert {kind: tally.count(report, kind) for kind in (*tally.KNOWN, *judged_as)} == {
        "claims": 5,
        "tested": 5,
        "assuming": 4,
        "not assuming": 1,
        "turning": 2,
        "turning together": 1,
        "turning easily": 1,
        "holds": 5,
        "holds case": 1,
        "holds figure": 4,
        "doubtful": 0,
        "doubtful figure": 0,
    }


def test_a_verdict_says_how_much_turns_it():
    assert solidity.turns(judged("a", LOOSE, size=0.274)) == "27\u202f% of the way turns it."
    assert solidity.turns(judged("a", FIRM)) == "No plausible change turns it."


def test_an_assumption_in_a_few_words():
    turned = Flip(axis(40, 5, 80, "days"), (Turn(20, DOUBTFUL), Turn(60, UNDECIDED)))
    assert solidity.brief(turned) == (
        "We take 40 days. Plausible: 5 to 80 days. The verdict turns at 20 days to “doubtful” and"
        " at 60 days to “undecided”."
    )
    assert solidity.brief(FIRM) == (
        "We take 1. Plausible: 0.5 to 2. No value in between turns the verdict."
    )


def test_stretches_have_the_verdict_past_each_turn_away_from_what_is_taken():
    turned = Flip(
        axis(1, 0.25, 4), (Turn(0.5, UNDECIDED), Turn(2, DOUBTFUL), Turn(2**1.5, UNDECIDED))
    )
    places, verdicts = solidity.stretches(turned, "holds")
    # Factors lie on logs: 0.5 is a quarter of the way from 0.25 to 4.
    assert places == pytest.approx([1 / 4, 3 / 4, 3.5 / 4])
    assert verdicts == ["undecided", "holds", "doubtful", "undecided"]


def test_places_between_the_ends():
    for one, value, share in (
        (axis(1, 0.5, 2), 1, 0.5),
        (axis(1, 0, 2), 0.5, 0.25),  # no log of nothing
        (axis(10, 5, 15, "days"), 15, 1),
        (axis(10, 5, 15, "days"), 5, 0),
    ):
        assert solidity.place(one, value) == pytest.approx(share)


def drawn(flip: Flip) -> html.HtmlElement:
    return html.fromstring(tracks.track(flip, "holds", lambda name: name.replace(" ", "-")))


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def share(text: str) -> float:
    """Where a place of a drawing lies between its ends."""
    return (percent(text) - tracks.EDGE) / (100 - 2 * tracks.EDGE)


def test_a_strip_has_a_dot_marks_and_stretches_that_fill_it():
    svg = drawn(Flip(axis(40, 0, 80, "days"), (Turn(20, DOUBTFUL), Turn(60, UNDECIDED))))
    [dot], bars, marks = svg.xpath(".//circle"), svg.xpath(".//rect"), svg.xpath(".//line")
    assert share(dot.get("cx")) == pytest.approx(0.5)
    assert [share(mark.get("x1")) for mark in marks] == pytest.approx([0.25, 0.75])
    assert [bar.get("class") for bar in bars] == ["doubtful", "holds", "undecided"]
    assert sum(percent(bar.get("width")) for bar in bars) == pytest.approx(100 - 2 * tracks.EDGE)
    assert [share(bar.get("x")) for bar in bars] == pytest.approx([0, 0.25, 0.75])
    assert [text.text for text in svg.xpath(".//text")] == ["doubtful", "undecided"]
    assert svg.get("aria-hidden") == "true"


def reach(text: html.HtmlElement, width: float) -> tuple[float, float]:
    """From where to where a word lies in a drawing of that width in pixels."""
    at = width * share(text.get("x")) + float(text.get("dx"))
    long = tracks.LETTER * len(text.text)
    return (at - long, at) if text.get("text-anchor") == "end" else (at, at + long)


def test_words_stay_inside_and_none_lies_on_another():
    """However near the turns lie to the ends, to each other and to what is taken."""
    for near, width in itertools.product((0.001, 0.1, 0.3, 0.5), (tracks.NARROW, 700)):
        ends = (Turn(near * 100, UNDECIDED), Turn(100 - near * 20, Verdict.NOT_CONTRADICTED))
        middle = (Turn(50 + near, DOUBTFUL), Turn(50 + 2 * near, Verdict.SOMETHING_ELSE))
        svg = drawn(Flip(axis(50, 0, 100, "days"), (*ends, *middle)))
        lines: dict[str, list[tuple[float, float]]] = {}
        for text in svg.xpath(".//text"):
            lines.setdefault(text.get("y"), []).append(reach(text, width))
        assert sum(map(len, lines.values())) == 4
        for line in lines.values():
            assert all(-1 <= start < end <= width + 1 for start, end in line)
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(sorted(line)))
        height = float(svg.get("height").removesuffix("em"))
        assert max(float(y.removesuffix("em")) for y in lines) < height


def test_measurements_that_carry_the_same_verdicts_stand_together():
    given = [judged("a", on="x"), judged("b", on="x"), judged("c", on="z"), judged("texts")]
    both = Judgement("d", Check.RECOUNT, HOLDS, "", tests=given[0].tests + given[2].tests)
    found = solidity.carried([*given, both])
    assert found == [(["x"], ["a", "b", "d"]), (["z"], ["c", "d"])]
    twice = [judged("a", on="x"), judged("b", on="z")]
    alike = [Judgement(name, Check.RECOUNT, HOLDS, "", tests=both.tests) for name in "ab"]
    assert solidity.carried(alike) == [(["x", "z"], ["a", "b"])]
    assert solidity.carried(twice) == [(["x"], ["a"]), (["z"], ["b"])]
