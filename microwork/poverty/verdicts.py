"""Poverty: the verdicts on the press claims."""

from __future__ import annotations

from tallybook.claims import Claim, Judgement, Model, read, supposed, unchecked
from tallybook.model.numbers import Registry

from microwork.poverty import gap


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    Every number of ours on these people is made from the published share itself, so none stands
    beside the claim as found.
    """
    model = Model(
        registry["poverty.ratio-50"],
        gap.at_line,
        takes=("line", "declared_low"),
        over=("jobs_poorer",),
    )
    return [
        supposed(unchecked(claims["poverty-22"]), claims["poverty-22"], model, limit=1),
        read(claims["subsistence-low-paid"], far=[("profile/texts", "shop-assistant")]),
    ]
