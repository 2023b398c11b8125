"""Counts, part 6: full-time equivalents, and the comparison with drivers and riders."""

from __future__ import annotations

from microwork.counts.inputs import fact


def fte_by_earnings(people: float, earnings: float, wage: float) -> float:
    """Full-time equivalents that a sum of earnings would pay: people x earnings / wage, all per
    month."""
    return people * earnings / wage


def fte_by_hours(people: float, hours: float, week: float) -> float:
    """Full-time equivalents of the hours worked: people x hours / week, hours a week."""
    return people * hours / week


def by_earnings(circle: str) -> float:
    """Full-time equivalents of a circle by mean earnings, over the net minimum wage."""
    return fte_by_earnings(fact(circle), fact("fr-mean-earnings"), fact("fr-smic-net-month"))


def by_hours(circle: str) -> float:
    """Full-time equivalents of a circle at three hours each, over the legal week."""
    return fte_by_hours(fact(circle), fact("fr-mean-hours"), fact("fr-week"))


def over_drivers(circle: str) -> float:
    """A circle over ride-hailing drivers and Deliveroo riders in France before 2019 (ratio)."""
    return fact(circle) / (fact("fr-vtc-drivers-diplab") + fact("fr-deliveroo-riders"))


NUMBERS = {
    "fte-earnings-net": lambda: by_earnings("fr-registered-2020-rounded"),
    "fte-hours-routine": lambda: by_hours("fr-routine"),
    "fte-hours-registered": lambda: by_hours("fr-casual"),
    "routine-vs-drivers": lambda: over_drivers("fr-routine"),
    "very-active-vs-drivers": lambda: over_drivers("fr-very-active"),
}
