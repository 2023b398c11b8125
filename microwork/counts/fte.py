"""Counts, part 6: full-time equivalents, and the comparison with drivers and riders."""

from __future__ import annotations

from collections.abc import Callable

from tallybook.model.numbers import Number, number

from microwork.counts.inputs import fact


def fte_by_earnings(people: float, earnings: float, wage: float) -> float:
    """Full-time equivalents that a sum of earnings would pay: people x earnings / wage, all per
    month."""
    return people * earnings / wage


def fte_by_hours(people: float, hours: float, week: float) -> float:
    """Full-time equivalents of the hours worked: people x hours / week, hours a week."""
    return people * hours / week


def drivers() -> float:
    """Ride-hailing drivers and Deliveroo riders in France before 2019, persons (two published
    figures added)."""
    return fact("fr-vtc-drivers-diplab") + fact("fr-deliveroo-riders")


def by_earnings(people: float) -> float:
    """Full-time equivalents of so many people by their mean earnings, over the net minimum wage."""
    return fte_by_earnings(people, fact("fr-mean-earnings"), fact("fr-smic-net-month"))


def by_hours(people: float) -> float:
    """Full-time equivalents of so many people at three hours each, over the legal week."""
    return fte_by_hours(people, fact("fr-mean-hours"), fact("fr-week"))


def over_drivers(people: float) -> float:
    """So many people over drivers and riders (ratio)."""
    return people / drivers()


# id of the number, its label, how it was made, the published circle, what is made of it
_FTE = (
    (
        "fte-earnings-net",
        "Full-time equivalents by earnings",
        "People registered times mean earnings, over the net monthly minimum wage of 2019.",
        "fr-registered-2020-rounded",
        by_earnings,
    ),
    (
        "fte-hours-routine",
        "Full-time equivalents of the routine circle at three hours each",
        (
            "Published routine circle times the weekly hours that one text calls a mean, over the"
            " legal week."
        ),
        "fr-routine",
        by_hours,
    ),
    (
        "fte-hours-registered",
        "Full-time equivalents of all registered at three hours each",
        (
            "Published largest circle times the weekly hours that one text calls a mean, over the"
            " legal week."
        ),
        "fr-casual",
        by_hours,
    ),
)
# id of the number, its label, the published circle, its name in words
_COMPARED = (
    (
        "routine-vs-drivers",
        "Routine circle over drivers and riders",
        "fr-routine",
        "routine circle",
    ),
    (
        "very-active-vs-drivers",
        "Very active circle over drivers and riders",
        "fr-very-active",
        "very active circle",
    ),
)


def numbers() -> list[Number]:
    """Full-time equivalents of the published circles, and two circles over drivers and riders."""

    def made_of(circle: str, made: Callable[[float], float]) -> Callable[[], float]:
        return lambda: made(fact(circle))

    return [
        *(
            number(f"counts.{name}", made_of(circle, made), "FTE", label, how, decimals=-1)
            for name, label, how, circle, made in _FTE
        ),
        *(
            number(
                f"counts.{name}",
                made_of(circle, over_drivers),
                "ratio",
                label,
                f"Published {words} over ride-hailing drivers and Deliveroo riders.",
            )
            for name, label, circle, words in _COMPARED
        ),
    ]
