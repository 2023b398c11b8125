"""Poverty: the verdict on the one press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The verdict on the one claim of this chapter.

    There is no other count of these people, and every number of ours on them is made from the published share itself, so no
    number stands beside the claim as found. Which line was drawn is an inference, and is told beside the verdict.
    """
    return [
        by_argument(
            claims["poverty-22"],
            Verdict.CITED_ONLY,
            "No line was named, and we found neither the questions on income nor the answers, so nobody outside can count again; "
            "we infer half the median, where France has [[poverty.rate-50]], and the survey's code book would settle it.",
        )
    ]
