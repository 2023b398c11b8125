"""Outsourcing: the numbers on data work on the freelance platform, and on the places of Mechanical
Turk's workers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tallybook.model.numbers import Number, number

from microwork.outsourcing import data_work

NEAREST = (
    "From data entry alone to data entry, typing and statistical assistance. Not: annotation, which"
    " no occupation names and others may hold, or other platforms."
)
LOCATED = (
    "Chance in which workers answered the survey (exact binomial, 95 %). Not: who hides a place or"
    " never answers."
)


def data_work_numbers() -> Iterator[Number]:
    """Share of data entry, then the share of Mechanical Turk's workers outside the United States."""
    label, how = (
        "Share of data entry in the projects of the platform, 2014 and 2015",
        "Projects divided by projects.",
    )
    yield number("outsourcing.data-entry-share", data_work.share, "percent", label, how, NEAREST)
    for year in (2018, 2026):
        label = f"Workers of Mechanical Turk located outside the United States, {year}"
        how = "Workers divided by all located workers who answered a survey in the year."
        yield number(
            f"outsourcing.mturk-abroad-{year}",
            partial(data_work.abroad, year),
            "percent",
            label,
            how,
            LOCATED,
        )
