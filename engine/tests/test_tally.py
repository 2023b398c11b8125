"""Verdicts are counted."""

from __future__ import annotations

from types import SimpleNamespace

from tallybook.claims import Check, Judgement, Verdict
from tallybook.claims.model import Axis, Flip, Turn
from tallybook.sphinx.claims import tally

AXIS = Axis("one", "Something", "times", 1, 0.5, 2, "so", "ours")
FIRM, LOOSE = Flip(AXIS, ()), Flip(AXIS, (Turn(1.1, Verdict.DOUBTFUL),))


def test_verdicts_are_counted_by_what_they_rest_on_and_what_turns_them():
    flips = {"loose": (LOOSE,), "firm": (FIRM,), "texts": (), "more-texts": ()}
    given = {
        name: Judgement(name, Check.RECOUNT, Verdict.HOLDS, "", flips=of)
        for name, of in flips.items()
    }
    claims = {
        name: SimpleNamespace(
            repeats=name == "more-texts", asserts="case" if name == "texts" else "figure"
        )
        for name in given
    }
    report = SimpleNamespace(judgements=given, claims=claims)
    counts = {"claims": 3, "tested": 3, "assuming": 2, "not assuming": 1, "turning": 1}
    assert {*tally.KNOWN} == counts.keys()
    counts |= {"holds": 3, "holds case": 1, "holds figure": 2, "doubtful": 0, "doubtful figure": 0}
    assert {kind: tally.count(report, kind) for kind in counts} == counts
