"""Claims of the press: how one is held against evidence, and what becomes of it."""

from microwork.claims.assumptions import Model
from microwork.claims.circular import refuse, refuse_weak, reports
from microwork.claims.judge import Evidence, named, read, reckoned, tested, unchecked
from microwork.claims.model import Claim, Claims, Flip, Judgement, Severity, claims, heads, step
from microwork.claims.settle import settle
from microwork.claims.vocabulary import CHECKED, MEANING, MEASURED, UNSETTLED, Check, ClaimError, Lacks, Verdict

__all__ = [
    "CHECKED", "MEANING", "MEASURED", "UNSETTLED", "Check", "Claim", "ClaimError", "Claims", "Flip", "Judgement", "Model",
    "Evidence", "Lacks", "Severity", "Verdict", "claims", "heads", "named", "read", "reckoned", "refuse", "refuse_weak",
    "reports", "settle", "step", "tested", "unchecked",
]  # fmt: skip
