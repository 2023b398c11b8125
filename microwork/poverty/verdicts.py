"""Poverty: the verdict on the one press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, by_rule


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The verdict on the one claim of this chapter.

    The figure cannot be recomputed; as a count of respondents it agrees with itself, which is circular and said so. The rule
    sets it against what its name promises, the share below the line usually meant, which is inferred.
    """
    return [
        by_rule(
            claims["poverty-22"],
            registry["poverty.implied-60-if-50"],
            "By our inference it counts respondents below half the median, where France has [[poverty.rate-50]]; at the usual "
            "line they would be [[poverty.implied-60-if-50|interval]]; the count itself cannot be redone, so its own fit is "
            "circular, and only the survey's code book would settle which line was drawn.",
            truly=registry["poverty.share-poor"],
        )
    ]
