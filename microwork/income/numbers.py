"""Income: every number of the chapter."""

from __future__ import annotations

from tallybook.builder.cache.results import kept
from tallybook.model.numbers import Number

from microwork import since
from microwork.income import (
    crowd_numbers,
    elsewhere,
    hours,
    joint_numbers,
    mturk,
    price,
    readings,
    records,
    rival,
    tasks,
    workers,
)
from microwork.income import wages as income_wages
from microwork.income.inputs import published


@kept
def numbers() -> list[Number]:
    """Every number of the chapter."""
    parts = (
        hours,
        price,
        tasks,
        readings,
        rival,
        joint_numbers,
        elsewhere,
        mturk,
        workers,
        income_wages,
    )
    logged = (crowd_numbers, records)
    return [
        *published(),
        *(number for part in (*parts, *logged) for number in part.numbers()),
        *since.numbers("income"),
    ]
