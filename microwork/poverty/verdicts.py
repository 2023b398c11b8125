"""Poverty: the verdicts on the press claims."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, read, unchecked


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    There is no other count of these people, and every number of ours on them is made from the published share itself, so no
    number stands beside the claim as found. Which line was drawn is an inference, and is told beside the verdict. The count on
    Mechanical Turk is told too: it stands at another country's line, so it tests no share at a line that nobody named.
    """
    return [
        unchecked(
            claims["poverty-22"],
            "No poverty line was named, and we found neither the questions on income nor the answers, so no outsider can repeat "
            "the count. As the line, we infer half the median income, which gives [[poverty.rate-50]] for France. The survey’s "
            "code book would settle it. We could count on another platform, in the United States, which does not test this "
            "claim: [[poverty.mturk-us-poor]] of workers there were below the American line, [[poverty.mturk-us-ratio|full]] "
            "times the rate of adults.",
            beside=[registry[f"poverty.{name}"] for name in ("rate-50", "mturk-us-poor", "mturk-us-ratio")],
        ),
        read(
            claims["subsistence-low-paid"],
            Verdict.NO_EVIDENCE,
            "The report describes one such household, with wages of [[poverty.household-m-wage]] and "
            "[[poverty.household-m-partner-wage]] a month and an overdraft. It does not say that the household lives on its "
            "small gains from microwork. By the survey’s mean, at most [[income.can-earn-line-60]] of respondents can have made "
            "the amount of the poverty line for one person by microwork. That does not exclude that some lived on it.",
            "one household in the report itself",
            [("poverty/incomes", "m-wage"), ("poverty/incomes", "m-partner-wage")],
            beside=[registry["income.can-earn-line-60"]],
        ),
    ]
