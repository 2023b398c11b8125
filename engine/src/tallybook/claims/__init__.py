"""Claims of the press, and what the report says of each: a word and a chance."""

from tallybook.claims.claim import Claim, claims
from tallybook.claims.judge import judge
from tallybook.claims.judgement import Chances, Judgement
from tallybook.claims.vocabulary import LOOKS, ClaimError, Verdict

__all__ = ["LOOKS", "Chances", "Claim", "ClaimError", "Judgement", "Verdict"]
__all__ += ["claims", "judge"]
