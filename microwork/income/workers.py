"""Shares of workers elsewhere, with their intervals: work that was not paid, and pay below a
minimum wage."""

from __future__ import annotations

from collections.abc import Callable

from tallybook import data
from tallybook.model.numbers import Number, Row

from microwork import intervals
from microwork.income.inputs import SHARES, declared


def asked(fact_id: str) -> tuple[float, float, float]:
    """A published share of workers, percent, with the 95 % Wilson interval from how many were
    asked."""
    row = data.row(SHARES, fact_id)
    share, n = float(row["value"]) / 100, int(row["n"])
    low, high = intervals.wilson(round(share * n) / n, n)
    return share * 100, low * 100, high * 100


def _of(fact_id: str) -> Callable[[], tuple[float, float, float]]:
    return lambda: asked(fact_id)


_HOW = "As published; the interval from the number of workers asked."
_NUMBERS: tuple[Row, ...] = (
    (
        "uk-under-minimum",
        _of("uk-under-minimum"),
        "percent",
        "microworkers in the United Kingdom whose pay by the hour is below its minimum wage",
        _HOW,
        (
            "covers sampling at random (Wilson, 95 %); not who volunteered, nor how they worked out"
            " their pay"
        ),
        0,
    ),
    (
        "uk-half-hour-unpaid",
        _of("uk-half-hour-unpaid"),
        "percent",
        (
            "microworkers in the United Kingdom with half an hour or more unpaid for each paid"
            " hour, almost"
        ),
        _HOW,
        (
            "covers sampling at random (Wilson, 95 %); not who volunteered, nor how they counted"
            " unpaid time"
        ),
        0,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
