"""The words of the verdicts: the row of a claim in ``data/claims.csv`` says why.

That is ``reason``, and, where the check needs them, ``read`` (what was read) and ``differs`` (how a
neighbour differs from what was claimed). Words stand apart from the code, so that an editor or a
translator finds them in one place.
"""

from __future__ import annotations

from typing import NamedTuple

from tallybook.claims.claim import Claim
from tallybook.claims.vocabulary import ClaimError


class Wording(NamedTuple):
    """Why, what was read, and how a neighbour differs; empty where nothing is said."""

    reason: str
    read: str
    differs: str


def of(
    claim: Claim, reason: str | None, read: str | None = "", differs: str | None = ""
) -> Wording:
    """The words of a verdict: those that are given, and for what is ``None`` those of the table.

    Raises ``ClaimError`` if something is not given and the claim has no reason.
    """
    given, told = (reason, read, differs), (claim.reason, claim.read, claim.differs)
    if None in given and claim.reason is None:
        place = f"data/claims.csv, claim {claim.claim_id!r}, column reason"
        raise ClaimError(place, "nothing", "the reason of its verdict")
    pairs = zip(given, told, strict=True)
    return Wording(*((said or "") if one is None else one for one, said in pairs))
