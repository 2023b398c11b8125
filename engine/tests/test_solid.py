"""How solid verdicts are: their counts and their words. The page that shows them is
that of the report, see its own tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tallybook.claims import Check, Judgement, Verdict, model, solidity
from tallybook.claims.model import Axis, Flip, Joint, Turn
from tallybook.sphinx.claims import tally

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


def test_verdicts_are_counted_that_turn_alone_together_and_easily():
    given = [
        judged("alone", LOOSE, size=0.2),
        judged("easily", LOOSE, size=0.09),
        judged("together", FIRM, size=0.5),
        judged("firm", FIRM),
        judged("texts"),
        judged("more-texts"),
    ]
    claims = {
        one.claim_id: SimpleNamespace(
            repeats=one.claim_id == "more-texts",
            asserts="case" if one.claim_id == "texts" else "figure",
        )
        for one in given
    }
    report = SimpleNamespace(judgements={one.claim_id: one for one in given}, claims=claims)
    counts = {"claims": 5, "tested": 5, "assuming": 4, "not assuming": 1}
    counts |= {"turning": 2, "turning together": 1, "turning easily": 1}
    assert {*tally.KNOWN} == counts.keys()
    counts |= {"holds": 5, "holds case": 1, "holds figure": 4, "doubtful": 0, "doubtful figure": 0}
    assert {kind: tally.count(report, kind) for kind in counts} == counts


def test_how_much_turns_a_verdict_and_an_assumption_in_a_few_words():
    assert solidity.turns(judged("a", LOOSE, size=0.274)) == "27\u202f% of the way turns it."
    assert solidity.turns(judged("a", FIRM)) == "No plausible change turns it."
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


def test_measurements_that_carry_the_same_verdicts_stand_together():
    given = [judged("a", on="x"), judged("b", on="x"), judged("c", on="z"), judged("texts")]
    both = Judgement("d", Check.RECOUNT, HOLDS, "", tests=given[0].tests + given[2].tests)
    found = solidity.carried([*given, both])
    assert found == [(["x"], ["a", "b", "d"]), (["z"], ["c", "d"])]
    twice = [judged("a", on="x"), judged("b", on="z")]
    alike = [Judgement(name, Check.RECOUNT, HOLDS, "", tests=both.tests) for name in "ab"]
    assert solidity.carried(alike) == [(["x", "z"], ["a", "b"])]
    assert solidity.carried(twice) == [(["x"], ["a"]), (["z"], ["b"])]
