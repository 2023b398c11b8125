"""Retraining: what a label by a machine costs and how good it is, beside one by a worker; and
workers who use machines."""

from __future__ import annotations

from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.model.numbers import Number

from microwork.retraining.inputs import define, exact

JUDGES, SUMMARIES, EXAMPLES = (
    "retraining/judges",
    "retraining/worker_summaries",
    "retraining/made_up_examples",
)
WORKER, MACHINE, RULE = "humans", "alpaca_eval_gpt4", "longest"
ROUNDS = (
    4  # each pair of answers is judged four times: by four workers, or in four rounds of a machine
)

Triple = tuple[float, float, float]


def judged(judge: str, column: str) -> float:
    """One figure of a judge:

    ``usd`` or ``seconds`` of a judgement, ``agreement`` in percent, or ``judgements``.
    """
    return float(str(data.row(JUDGES, judge)[column]))


def agreement_gain() -> Triple:
    """Agreement of GPT-4 with the majority of workers less that of one worker, in points, with
    Newcombe's interval.

    Taken as two independent samples of as many pairs of answers as were judged: cautious, for the
    pairs are the same.
    """
    share = {judge: judged(judge, "agreement") / 100 for judge in (MACHINE, WORKER)}
    pairs = {judge: judged(judge, "judgements") / ROUNDS for judge in share}
    right = {judge: share[judge] * pairs[judge] for judge in share}
    low, high = confint_proportions_2indep(
        right[MACHINE],
        pairs[MACHINE],
        right[WORKER],
        pairs[WORKER],
        method="newcomb",
        compare="diff",
    )
    return 100 * (share[MACHINE] - share[WORKER]), 100 * float(low), 100 * float(high)


def synthetic() -> Triple:
    """Summaries by workers that a detector took for a machine's, in percent, with the exact
    binomial interval."""
    table = data.table(SUMMARIES).groupby("taken_for")["summaries"].sum()
    machine, every = int(table["a machine's"]), int(table.sum())
    low, high = exact(machine, every)
    return 100 * machine / every, 100 * low, 100 * high


def human_over_gpt4(mix: str = "") -> Triple:
    """Macro-F1 with people's examples less that with GPT-4's, in points: mean over tasks and draws,
    and 95 % of the draws.

    ``mix``: "" for as many examples of each class from both makers, "_own" for as many in all in
    the mix that each has.
    """
    table = data.table(EXAMPLES)
    points = (
        (table[f"human{mix}"] - table[f"gpt4{mix}"]).astype(float).groupby(table["draw"]).mean()
    )
    low, high = points.quantile([0.025, 0.975])
    return float(points.mean()), float(low), float(high)


def numbers() -> list[Number]:
    """The numbers on labels and machines."""
    points, agree = (
        "percentage points",
        "Judgements of two answers that agree with the majority of workers",
    )
    draws = (
        "Other examples and other test items of these seven tasks. Not other tasks, models or"
        " machines that make examples."
    )
    label = (
        "Score of a classifier that learnt from people’s examples, above one that learnt from"
        " GPT-4’s"
    )
    return [
        define(
            "label-price-human",
            lambda: judged(WORKER, "usd"),
            "USD",
            "A worker’s judgement of two answers",
            "As published.",
            None,
            2,
        ),
        define(
            "label-price-gpt4",
            lambda: judged(MACHINE, "usd"),
            "USD",
            "GPT-4’s judgement of two answers, 2023",
            "As published.",
            None,
            4,
        ),
        define(
            "label-agreement-human",
            lambda: judged(WORKER, "agreement"),
            "percent",
            f"{agree}: one worker, with three others",
            "As published.",
            None,
            1,
        ),
        define(
            "label-agreement-gpt4",
            lambda: judged(MACHINE, "agreement"),
            "percent",
            f"{agree}: GPT-4, with three workers",
            "As published.",
            None,
            1,
        ),
        define(
            "label-agreement-longest",
            lambda: judged(RULE, "agreement"),
            "percent",
            f"{agree}: the rule of taking the longer answer",
            "As published.",
            None,
            1,
        ),
        define(
            "label-agreement-gain",
            agreement_gain,
            points,
            "Agreement of GPT-4 above that of one worker",
            "Difference.",
            "Chance among pairs of answers, as if each had its own. Not other tasks, nor whether"
            " the majority is right.",
            1,
        ),
        define(
            "gpturk-synthetic",
            synthetic,
            "percent",
            "Summaries by workers that a detector took for a machine’s, 2023",
            "Counted.",
            "Exact binomial for the summaries of one batch. Not the errors of the detector, nor"
            " other tasks.",
            0,
        ),
        define(
            "human-over-gpt4-examples",
            human_over_gpt4,
            points,
            f"{label}, as many of each class",
            "Mean over seven tasks and a hundred draws of macro-F1, naive Bayes.",
            draws,
            1,
        ),
        define(
            "human-over-gpt4-own-mix",
            lambda: human_over_gpt4("_own"),
            points,
            f"{label}, each in its own mix of classes",
            "Mean over seven tasks and a hundred draws of macro-F1, naive Bayes.",
            draws,
            1,
        ),
    ]
