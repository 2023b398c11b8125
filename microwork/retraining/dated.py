"""Retraining: one service at two dates, on questions whose answer has no date: which of a thousand numbers are prime.

Two versions of GPT-4 and of GPT-3.5 were asked the same (Chen, Zaharia and Zou 2023). Half of the numbers are prime, so that a
service that always says the same has half of them right. An answer without the label that was asked for is counted as wrong.
"""

from __future__ import annotations

from functools import partial

from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.intervals import wilson
from microwork.retraining.inputs import define

TABLE = "retraining/dated_service"
KINDS = ("composite", "prime")
MONTHS = {"march": "2023-03", "june": "2023-06"}
SERVICES = {"gpt4": "GPT-4", "gpt35": "GPT-3.5"}
COVERS = "Drawing other numbers of the same kind (Wilson). Not other tasks or other versions."

Triple = tuple[float, float, float]


@step
def answers(service: str, version: str) -> dict[str, dict[str, int]]:
    """Answers by kind of number, then by what they are: right, wrong, without_label.

    Raises ``DataError`` if there is no such version (``version`` as "2023-03").
    """
    parts = ("right", "wrong", "without_label")
    rows = {kind: data.row(TABLE, service, version, kind) for kind in KINDS}
    return {kind: {part: int(row[part]) for part in parts} for kind, row in rows.items()}


def asked(service: str, version: str) -> int:
    """How many numbers a version was asked about."""
    return sum(sum(parts.values()) for parts in answers(service, version).values())


def _percent(count: int, n: int) -> Triple:
    low, high = wilson(count / n, n)
    return 100 * count / n, 100 * low, 100 * high


def right(service: str, version: str) -> Triple:
    """Numbers told right over all that were asked, in percent, with Wilson's interval."""
    return _percent(sum(parts["right"] for parts in answers(service, version).values()), asked(service, version))


def says_no(service: str, version: str) -> Triple:
    """Answers with the label "No" over all that were asked, in percent, with Wilson's interval."""
    found = answers(service, version)
    return _percent(found["composite"]["right"] + found["prime"]["wrong"], asked(service, version))


def numbers() -> list[Number]:
    """The numbers on one service at two dates."""
    found = []
    for name, service in SERVICES.items():
        for month, version in MONTHS.items():
            when = f"{service} of {month.title()} 2023"
            how = f"Right labels over numbers asked, n = {asked(service, version)}; an answer without a label is wrong."
            label = f"Numbers judged correctly, prime or not, by {when}"
            found.append(define(f"llmdrift-{name}-{month}", partial(right, service, version), "percent", label, how, COVERS, 0))
    for month, version in MONTHS.items():
        label = f"Answers “No” to whether a number is prime, GPT-4 of {month.title()} 2023"
        how = f"Labels “No” over numbers asked, n = {asked('GPT-4', version)}; half of the numbers are prime."
        found.append(define(f"llmdrift-gpt4-{month}-no", partial(says_no, "GPT-4", version), "percent", label, how, COVERS, 0))
    return found
