"""Income: a verdict on each press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, heads, unchecked


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter."""
    return [unchecked(claim, "Not judged yet.") for claim in heads(claims.values()) if claim.chapter == "income"]
