"""Shows what follows if a figure is right, where nothing public tests it."""

from __future__ import annotations

from dataclasses import replace

from tallybook.claims import rules
from tallybook.claims.argument import argument
from tallybook.claims.assumptions import CLOSE, Model, axes, ends
from tallybook.claims.claim import Claim
from tallybook.claims.comparison import Comparison
from tallybook.claims.model import Judgement
from tallybook.claims.vocabulary import ClaimError


def supposed(
    judgement: Judgement,
    claim: Claim,
    model: Model,
    *,
    above: float | None = None,
    below: float | None = None,
) -> Judgement:
    """The judgement with a number that a reader may move, held against a threshold.

    It is no test, so the verdict stays. Raises ``ClaimError`` if the model does not give its number
    at the values that are assumed.
    """
    rule = Comparison(claim, model.number.unit, above, below, False, rules.thresholds())
    assumed = {axis.name: axis.value for axis in axes(claim.chapter, model.names)}
    given, found = model(**assumed), ends(model.number)
    if any(abs(a - b) > CLOSE * max(1.0, abs(b)) for a, b in zip(given, found, strict=True)):
        wanted = f"{model.number.id}, which is {found}"
        raise ClaimError(f"claim {claim.claim_id!r}", f"{given} for what is assumed", wanted)
    return replace(judgement, argument=argument(claim.chapter, [(model, rule)], stays=True))
