"""Counts, part 6: full-time equivalents, and the comparison with drivers and riders."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.model.numbers import Number, Registry, number

from microwork.counts.inputs import fact
from microwork.paths import DATA

HOURS = "income/facts"  # one reading of the hours, in both chapters


def fte_by_earnings(people: float, earnings: float, wage: float) -> float:
    """Full-time equivalents that a sum of earnings would pay: people x earnings / wage, all per month."""
    return people * earnings / wage


def fte_by_hours(people: float, hours: float, week: float) -> float:
    """Full-time equivalents of the hours worked: people x hours / week, hours a week."""
    return people * hours / week


def mean_from_median(median: float, long: float, over: float) -> float:
    """Mean of a lognormal with this median and the share ``over`` (0 to 1, below a half) above ``long``, in their unit.

    sigma is log(long / median) over the normal quantile of that share, and the mean median exp(sigma^2 / 2).
    Raises ``ValueError`` unless 0 < median < long and 0 < over < 0.5.
    """
    if not 0 < median < long or not 0 < over < 0.5:
        raise ValueError(
            f"found a median of {median}, and {over} above {long}; expected a tail above the median of less than half"
        )
    sigma = math.log(long / median) / stats.norm.isf(over)
    return float(median * math.exp(sigma**2 / 2))


def least_hours() -> float:
    """Least mean of weekly hours if half work the published hours or more: half of them (Markov)."""
    return data.value(HOURS, "median-hours") * (1 - data.value("income/shares", "under-three-hours") / 100)


def long_hours(part: str = "mode") -> float:
    """Mean weekly hours with the published median and the long weeks, as in the chapter on income; ``part`` of its assumption."""
    over = float(data.row("income/assumptions", "long-hours-share")[part]) / 100
    return mean_from_median(data.value(HOURS, "median-hours"), data.value(HOURS, "long-hours-low"), over)


def fte_routes(folder: Path = DATA) -> pd.DataFrame:
    """Every way to a number of full-time equivalents, and whether it rounds to the one in the press.

    Columns: route, people, fte, fits (within half a unit of the press figure's one digit).
    """
    at = partial(fact, folder=folder)
    press, earnings, week, net = map(at, ("fr-fte-afp", "fr-mean-earnings", "fr-week", "fr-smic-net-month"))
    people = at("fr-registered-2020-rounded")
    rows = [("earnings of all registered over the net minimum wage", people, fte_by_earnings(people, earnings, net))]
    readings = {
        "at the least hours there can be": least_hours(),
        "at three hours each": at("fr-mean-hours"),
        "with a median of three hours and some long weeks": long_hours(),
    }
    for circle, name in (("routine circle", "fr-routine"), ("all registered", "fr-casual")):
        for reading, hours in readings.items():
            rows.append((f"hours of {circle}, {reading}", at(name), fte_by_hours(at(name), hours, week)))
    frame = pd.DataFrame(rows, columns=["route", "people", "fte"])
    half = 10 ** (len(str(int(press))) - 1) / 2
    return frame.assign(fits=(frame["fte"] - press).abs() <= half)


def drivers(folder: Path = DATA) -> float:
    """Ride-hailing drivers and Deliveroo riders in France before 2019, persons (two published figures added)."""
    return fact("fr-vtc-drivers-diplab", folder) + fact("fr-deliveroo-riders", folder)


def by_earnings(people: float) -> float:
    """Full-time equivalents of so many people by their mean earnings, over the net minimum wage."""
    return fte_by_earnings(people, fact("fr-mean-earnings"), fact("fr-smic-net-month"))


def by_hours(people: float) -> float:
    """Full-time equivalents of so many people at three hours each, over the legal week."""
    return fte_by_hours(people, fact("fr-mean-hours"), fact("fr-week"))


def by_long_hours(people: float) -> tuple[float, float, float]:
    """The same with the published median of hours and long weeks: value, and its ends over the assumed share of long weeks."""
    found = {part: fte_by_hours(people, long_hours(part), fact("fr-week")) for part in ("mode", "low", "high")}
    return found["mode"], found["low"], found["high"]


def over_drivers(people: float) -> float:
    """So many people over drivers and riders (ratio)."""
    return people / drivers()


# id of the number, its label, how it was made, the published circle, what is made of it
_FTE = (
    ("fte-earnings-net", "Full-time equivalents by earnings",
     "People registered times mean earnings, over the net monthly minimum wage of 2019.",
     "fr-registered-2020-rounded", by_earnings),
    ("fte-hours-routine", "Full-time equivalents of the routine circle at three hours each",
     "Published routine circle times the weekly hours that one text calls a mean, over the legal week.", "fr-routine", by_hours),
    ("fte-hours-registered", "Full-time equivalents of all registered at three hours each",
     "Published largest circle times the weekly hours that one text calls a mean, over the legal week.", "fr-casual", by_hours),
)  # fmt: skip
_NOT_ALL = "not the form of the spread, nor that hours of volunteers on one platform are lent to everyone."
# id of the number, its label, the published circle, its name in words
_COMPARED = (
    ("routine-vs-drivers", "Routine circle over drivers and riders", "fr-routine", "routine circle"),
    ("very-active-vs-drivers", "Very active circle over drivers and riders", "fr-very-active", "very active circle"),
    ("registered-vs-drivers", "Registered over drivers and riders", "fr-casual", "largest circle"),
)


def numbers(registry: Registry) -> list[Number]:
    """Numbers of this part; ``registry`` holds those of the Monte Carlo, one of which is set against drivers and riders."""

    def working() -> tuple[float, float, float]:
        mc = registry["counts.mc-routine"]
        return over_drivers(mc.value), over_drivers(mc.ends[0]), over_drivers(mc.ends[1])

    def made_of(circle: str, made: Callable[[float], float]) -> Callable[[], float]:
        return lambda: made(fact(circle))

    return [
        *(number(f"counts.{name}", made_of(circle, made), "FTE", label, how, decimals=-1)
          for name, label, how, circle, made in _FTE),
        number("counts.fte-hours-routine-least", lambda: fte_by_hours(fact("fr-routine"), least_hours(), fact("fr-week")),
               "FTE", "Full-time equivalents of the routine circle, at least",
               "Published routine circle times the least mean of hours for that median, over the legal week.", decimals=-1),
        number("counts.fte-hours-routine-median", lambda: by_long_hours(fact("fr-routine")),
               "FTE", "Full-time equivalents of the routine circle, with the published median of hours",
               "Inference: published routine circle times the mean of a lognormal of hours, over the legal week.",
               f"The assumed share of long weeks, as in the chapter on income; {_NOT_ALL}", -1),
        number("counts.fte-hours-registered-median", lambda: by_long_hours(fact("fr-casual")),
               "FTE", "Full-time equivalents of all registered, with the published median of hours",
               "Inference: published largest circle times the mean of a lognormal of hours, over the legal week.",
               f"The assumed share of long weeks, as in the chapter on income; {_NOT_ALL}", -1),
        number("counts.drivers-and-riders", lambda: int(drivers()),
               "persons", "Ride-hailing drivers and Deliveroo riders", "Two published figures added."),
        *(number(f"counts.{name}", made_of(circle, over_drivers), "ratio", label,
                 f"Published {words} over ride-hailing drivers and Deliveroo riders.")
          for name, label, circle, words in _COMPARED),
        number("counts.working-vs-drivers", working, "ratio", "At work monthly over drivers and riders",
               "Inference: median of the draws of people at work monthly, over ride-hailing drivers and Deliveroo riders.",
               "People at work monthly, by the draws; not the drivers and riders, who are counted as active."),
        number("counts.fte-vs-drivers", lambda: _ends(over_drivers, by_long_hours(fact("fr-routine"))),
               "ratio", "Full-time equivalents of the routine circle over drivers and riders",
               "Inference: full-time equivalents with the published median of hours, over drivers and Deliveroo riders.",
               f"The assumed share of long weeks, as in the chapter on income; {_NOT_ALL}", 2),
    ]  # fmt: skip


def _ends(made: Callable[[float], float], found: tuple[float, float, float]) -> tuple[float, float, float]:
    """A value and its ends, each put through ``made``."""
    value, low, high = map(made, found)
    return value, low, high
