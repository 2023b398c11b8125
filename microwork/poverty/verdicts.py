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
        unchecked(
            claims["poverty-22"],
            "In what we read no poverty line was named. Nor are there the questions on income and"
            " the answers, so we cannot repeat the count. The full report is public, and we could"
            " read only an extract.",
        ),
        read(
            claims["subsistence-low-paid"],
            "In 2017 French television showed a shop assistant who takes photos for microtasks to"
            " add to his pay. In what we read, it does not say that the pay is too little, or that"
            " he lives on microwork, so it does not count. We could not read two French studies of"
            " users.",
            "one worker in a television report",
            far=[("profile/texts", "shop-assistant")],
        ),
    ]
