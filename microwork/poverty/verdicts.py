"""Poverty: the verdicts on the press claims."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, read, unchecked


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    There is no other count of these people, and every number of ours on them is made from the published share itself, so no
    number stands beside the claim as found. Which line was drawn is an inference, and is told beside the verdict. The count on
    Mechanical Turk is told too: it stands at another country's line, so it tests no share at a line that nobody named.
    """
    return [
        unchecked(
            claims["poverty-22"],
            "No poverty line was named. In what we could read there are neither the questions on income nor the answers, so "
            "nobody else can repeat the count from it. As the line, we infer half the median income, which gives "
            "[[poverty.rate-50]] for France. We could count on another platform, in the United States, which does not test "
            "this claim: [[poverty.mturk-us-poor]] of workers there were below the American line, "
            "[[poverty.mturk-us-ratio|full]] times the rate of adults.",
            beside=[registry[f"poverty.{name}"] for name in ("rate-50", "mturk-us-poor", "mturk-us-ratio")],
        ),
        read(
            claims["subsistence-low-paid"],
            "The report describes one household with two jobs, wages of [[poverty.household-m-wage]] and "
            "[[poverty.household-m-partner-wage]] a month, and an overdraft. A television report shows a shop assistant who "
            "adds to his pay. In what we read it does not say that the pay is too little, and neither says that somebody lives "
            "on microwork. By the survey’s mean, at most "
            "[[income.can-earn-line-60]] of respondents can have made the amount of the poverty line for one person by "
            "microwork. That does not exclude that some lived on it.",
            "one household in the report itself, and one worker in a television report",
            about=[
                ("poverty/incomes", "m-wage"),
                ("poverty/incomes", "m-partner-wage"),
                ("profile/texts", "shop-assistant"),
            ],
            beside=[registry["income.can-earn-line-60"]],
        ),
    ]
