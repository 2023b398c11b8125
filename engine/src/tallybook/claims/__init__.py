"""Claims of the press, and what the report says of each: a word and a chance."""

from tallybook.claims.claim import Claim, Claims, claims, heads, step
from tallybook.claims.judge import judge
from tallybook.claims.judgement import Chances, Judgement
from tallybook.claims.vocabulary import LOOKS, ClaimError, Verdict

__all__ = [
    "LOOKS",
    "Chances",
    "Claim",
    "ClaimError",
    "Claims",
    "Judgement",
    "Verdict",
    "claims",
    "heads",
    "judge",
    "step",
]
