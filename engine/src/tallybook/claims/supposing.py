"""Shows what follows if a figure is right, where nothing public tests it."""

from __future__ import annotations

from dataclasses import replace

from tallybook.claims import rules
from tallybook.claims.argument import argument
from tallybook.claims.assumptions import CLOSE, Model, axes, ends, turning
from tallybook.claims.claim import Claim
from tallybook.claims.comparison import Comparison
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import ClaimError, Verdict

# What the outcome is called in ``arguments.csv``.
OUTCOMES = {Verdict.HOLDS: "above", Verdict.CONTRADICTED: "below", Verdict.UNDECIDED: "between"}


def supposed(judgement: Judgement, claim: Claim, model: Model, *, limit: float) -> Judgement:
    """The judgement with a number that a reader may move, held against a limit.

    It is no test, so the verdict stays. Raises ``ClaimError`` if the model does not give its number
    at the values that are assumed.
    """
    rule = Comparison(claim, model.number.unit, limit, None, False, rules.thresholds())
    behind = axes(claim.chapter, model.names)
    assumed = {axis.name: axis.value for axis in behind}
    given, found = model(**assumed), ends(model.number)
    if any(abs(a - b) > CLOSE * max(1.0, abs(b)) for a, b in zip(given, found, strict=True)):
        wanted = f"{model.number.id}, which is {found}"
        raise ClaimError(f"claim {claim.claim_id!r}", f"{given} for what is assumed", wanted)
    made = argument(claim.chapter, [(model, rule)], stays=True)
    turns = turning(behind, lambda assumed: rule(model(**assumed)))
    return replace(judgement, argument=replace(made, flips=turns))
