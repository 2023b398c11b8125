"""Claims of the press: how one is held against evidence, and what becomes of it."""

from tallybook.claims.assumptions import Model
from tallybook.claims.circular import refuse, refuse_weak, reports
from tallybook.claims.claim import Claim, Claims, claims, heads, step
from tallybook.claims.judge import Evidence, reckoned, tested
from tallybook.claims.model import Flip, Judgement, Severity
from tallybook.claims.settle import settle
from tallybook.claims.texts import named, read, unchecked
from tallybook.claims.vocabulary import (
    CHECKED,
    MEANING,
    MEASURED,
    UNSETTLED,
    Check,
    ClaimError,
    Lacks,
    Verdict,
)

__all__ = [
    "CHECKED",
    "MEANING",
    "MEASURED",
    "UNSETTLED",
    "Check",
    "Claim",
    "ClaimError",
    "Claims",
    "Flip",
    "Judgement",
    "Model",
    "Evidence",
    "Lacks",
    "Severity",
    "Verdict",
    "claims",
    "heads",
    "named",
    "read",
    "reckoned",
    "refuse",
    "refuse_weak",
    "reports",
    "settle",
    "step",
    "tested",
    "unchecked",
]
