"""Retraining: what a label by a machine costs and how good it is, beside one by a worker; and
workers who use machines."""

from __future__ import annotations

from tallybook import data
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.intervals import exact
from microwork.retraining.inputs import difference

WORKER, MACHINE = "humans", "alpaca_eval_gpt4"
ROUNDS = 4  # judgements of each pair of answers: by as many workers, or in rounds of a machine


def judged(judge: str, column: str) -> float:
    """A figure of a judge: ``agreement`` in percent, or ``judgements``."""
    return float(str(data.row("retraining/judges", judge)[column]))


def agreement_gain() -> Bounded:
    """Agreement of GPT-4 with the majority of workers less that of one worker, in points.

    Taken as two independent samples of as many pairs of answers as were judged: cautious, for the
    pairs are the same.
    """
    counts = []
    for judge in (MACHINE, WORKER):
        pairs = judged(judge, "judgements") / ROUNDS
        counts += [judged(judge, "agreement") / 100 * pairs, pairs]
    return difference(*counts)


def synthetic() -> Bounded:
    """Summaries by workers that a detector took for a machine's, in percent."""
    table = data.table("retraining/worker_summaries").groupby("taken_for")["summaries"].sum()
    return exact(int(table["a machine's"]), int(table.sum()))


def human_over_gpt4(mix: str = "") -> Bounded:
    """Macro-F1 with people's examples less that with GPT-4's, in points: mean over tasks and draws,
    and 95 % of the draws.

    ``mix``: "" for as many examples of each class from both makers, "_own" for as many in all in
    the mix that each has.
    """
    table = data.table("retraining/made_up_examples")
    gain = (table[f"human{mix}"] - table[f"gpt4{mix}"]).astype(float)
    points = gain.groupby(table["draw"]).mean()
    low, high = points.quantile([0.025, 0.975])
    return float(points.mean()), float(low), float(high)


NUMBERS: Numbers = {
    "label-agreement-gain": agreement_gain,
    "gpturk-synthetic": synthetic,
    "human-over-gpt4-examples": human_over_gpt4,
    "human-over-gpt4-own-mix": lambda: human_over_gpt4("_own"),
}
