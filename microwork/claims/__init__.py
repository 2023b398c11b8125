"""Claims of the press: how one is held against evidence, and what becomes of it."""

from microwork.claims.circular import refuse, refuse_later, reports
from microwork.claims.judge import Assumption, named, read, scaled, tested, unchecked, unlike, wider
from microwork.claims.model import (
    CHECKED,
    MEANING,
    MEASURED,
    Check,
    Claim,
    ClaimError,
    Claims,
    Flip,
    Judgement,
    Severity,
    Verdict,
    claims,
    heads,
    step,
)
from microwork.claims.settle import settle

__all__ = [
    "CHECKED", "MEANING", "MEASURED", "Assumption", "Check", "Claim", "ClaimError", "Claims", "Flip", "Judgement",
    "Severity", "Verdict", "claims", "heads", "named", "read", "refuse", "refuse_later", "reports", "scaled", "settle",
    "step", "tested", "unchecked", "unlike", "wider",
]  # fmt: skip
