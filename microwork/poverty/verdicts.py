"""Poverty: the verdicts on the press claims."""

from __future__ import annotations

from tallybook.claims import Claim, Judgement, read, unchecked
from tallybook.model.numbers import Registry


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    Every number of ours on these people is made from the published share itself, so none stands
    beside the claim as found.
    """
    return [
        unchecked(claims["poverty-22"]),
        read(claims["subsistence-low-paid"], far=[("profile/texts", "shop-assistant")]),
    ]
