"""The numbers that the joint model of pay gives: what each published figure would have to be, and
what an hour brings then."""

from __future__ import annotations

from dataclasses import fields, replace

from tallybook.model.numbers import Number, Row

from microwork.income import bounds
from microwork.income.inputs import NOT_COVERED, declared, fact
from microwork.income.joint import Figures, pay, said, stretch, strictest, widest, without, would_be


def _needed(name: str, end: int = 0) -> float:
    found = would_be(name)
    if found is None:
        raise ValueError(f"found no value of {name} with which the others hold")
    return found[end]


def _most_pay(of: Figures) -> float:
    found = pay(of)
    if found is None:
        raise ValueError("found figures that contradict each other")
    return found[1]


def _hourly() -> tuple[float, float, float]:
    """The most an hour can bring if the mean is the figure that gives; the same for the
    strictest and the widest readings."""
    strict, as_said, wide = (
        _most_pay(replace(of(), mean=None)) for of in (strictest, said, widest)
    )
    return as_said, strict, wide


def _any_hourly() -> float:
    """The most an hour can bring, whichever figure gives."""
    found = [pay(without(field.name)) for field in fields(Figures)]
    return max(one[1] for one in found if one is not None)


def _paid_share() -> float:
    """Largest share of the time on tasks that is paid, percent, if the mean is the figure that
    gives."""
    return (
        bounds.validation_needed(_hourly()[0], fact("smic-gross-2018"), fact("unpaid-ratio")) * 100
    )


_GIVES = "By linear programming: all other published figures as they are."
_NUMBERS: tuple[Row, ...] = (
    (
        "joint-tenth-needed",
        lambda: _needed("over_ten") * 100,
        "percent",
        (
            "share over the higher level of the other survey that the published mean would need, at"
            " least"
        ),
        _GIVES,
        None,
        0,
    ),
    (
        "joint-few-needed",
        lambda: _needed("over_rare") * 100,
        "percent",
        "share over the level that few reach that the published mean would need, at least",
        _GIVES,
        None,
        1,
    ),
    (
        "joint-cap-needed",
        lambda: _needed("cap"),
        "EUR per month",
        "monthly income that somebody must reach for the published mean, at least",
        _GIVES,
        None,
        0,
    ),
    (
        "joint-stretch",
        lambda: stretch(said(), widest()) * 100,
        "percent",
        "part of the way to their widest readings that all words must go for all figures to agree",
        "By linear programming: all words go the same part of their way.",
        None,
        0,
    ),
    (
        "joint-hourly",
        _hourly,
        "EUR per hour",
        "most an hour can bring on average, if the published mean is the figure that gives",
        "By linear programming over incomes and hours: all other published figures as they are.",
        (
            "covers the strictest and the widest readings of the words; not that both surveys"
            f" asked alike, {NOT_COVERED}"
        ),
        2,
    ),
    (
        "joint-hourly-any",
        _any_hourly,
        "EUR per hour",
        "most an hour can bring on average, whichever figure gives",
        "The largest over all figures that can be the wrong one.",
        None,
        2,
    ),
    (
        "joint-paid-share",
        _paid_share,
        "percent",
        (
            "largest share of the time on tasks that can be paid, if the published mean is the"
            " figure that gives"
        ),
        (
            "That pay divided by half the Smic, if tasks, instructions and forums are all the time"
            " there is."
        ),
        None,
        0,
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
