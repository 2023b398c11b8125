"""Shows what follows if a figure is right, where nothing public tests it."""

from __future__ import annotations

from dataclasses import replace

from tallybook.claims import rules
from tallybook.claims.argument import argument, settled
from tallybook.claims.assumptions import Model, axes, turning
from tallybook.claims.claim import Claim
from tallybook.claims.comparison import Comparison
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import Verdict

# What the outcome is called in ``arguments.csv``.
OUTCOMES = {Verdict.HOLDS: "above", Verdict.CONTRADICTED: "below", Verdict.UNDECIDED: "between"}


def supposed(judgement: Judgement, claim: Claim, model: Model, *, limit: float) -> Judgement:
    """The judgement with a number that a reader may move, held against a limit.

    It is no test, so the verdict stays. Raises ``ClaimError`` if the model does not give its number
    at the values that are assumed.
    """
    rule = Comparison(claim, model.number.unit, limit, None, False, rules.thresholds())
    behind = axes(claim.chapter, model.names)
    model.refuse_other(f"claim {claim.claim_id!r}", {axis.name: axis.value for axis in behind})
    turns = turning(behind, lambda assumed: settled(model, rule, assumed)[1])
    return replace(judgement, argument=argument(behind, [(model, rule)], stays=True, flips=turns))
