"""Retraining: a verdict on each press claim."""

from __future__ import annotations

from tallybook.claims import Claim, Judgement, heads
from tallybook.model.numbers import Registry

from microwork.retraining import on_forecasts, on_machines, on_searches, on_siri


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter, in the order of the claims."""
    modules = (on_machines, on_forecasts, on_searches, on_siri)
    found = {one.claim_id: one for module in modules for one in module.judgements(claims, registry)}
    own = [claim.claim_id for claim in heads(claims.values()) if claim.chapter == "retraining"]
    return [found[name] for name in own if name in found]
