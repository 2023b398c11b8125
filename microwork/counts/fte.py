"""Counts, part 6: full-time equivalents, and the comparison with drivers and riders."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
from tallybook.model.numbers import Number, Registry, number

from microwork.counts.inputs import fact
from microwork.paths import DATA


def fte_by_earnings(people: float, earnings: float, wage: float) -> float:
    """Full-time equivalents that a sum of earnings would pay: people x earnings / wage, all per month."""
    return people * earnings / wage


def fte_by_hours(people: float, hours: float, week: float) -> float:
    """Full-time equivalents of the hours worked: people x hours / week, hours a week."""
    return people * hours / week


def fte_routes(folder: Path = DATA) -> pd.DataFrame:
    """Every way to a number of full-time equivalents, and whether it rounds to the one in the press.

    Columns: route, people, fte, fits (within half a unit of the press figure's one digit).
    """
    at = partial(fact, folder=folder)
    press, earnings, hours, week = map(at, ("fr-fte-afp", "fr-mean-earnings", "fr-mean-hours", "fr-week"))
    people, net, gross = map(at, ("fr-registered-2020-rounded", "fr-smic-net-month", "fr-smic-gross-month"))
    rows = [
        ("earnings of the registered over the net minimum wage", people, "earnings", net),
        ("earnings of the registered over the gross minimum wage", people, "earnings", gross),
        ("earnings of the routine circle over the net minimum wage", at("fr-routine"), "earnings", net),
        ("hours of the very active circle", at("fr-very-active"), "hours", week),
        ("hours of the routine circle", at("fr-routine"), "hours", week),
        ("hours of all registered", at("fr-casual"), "hours", week),
    ]
    frame = pd.DataFrame(
        [
            (route, people, fte_by_earnings(people, earnings, unit) if kind == "earnings" else fte_by_hours(people, hours, unit))
            for route, people, kind, unit in rows
        ],
        columns=["route", "people", "fte"],
    )
    half = 10 ** (len(str(int(press))) - 1) / 2
    return frame.assign(fits=(frame["fte"] - press).abs() <= half)


def drivers(folder: Path = DATA) -> float:
    """Ride-hailing drivers and Deliveroo riders in France before 2019, persons (two published figures added)."""
    return fact("fr-vtc-drivers-diplab", folder) + fact("fr-deliveroo-riders", folder)


def by_earnings(people: float, wage: str = "fr-smic-net-month") -> float:
    """Full-time equivalents of so many people by their earnings, over a monthly wage of ``counts/inputs``."""
    return fte_by_earnings(people, fact("fr-mean-earnings"), fact(wage))


def by_hours(people: float) -> float:
    """Full-time equivalents of so many people by their hours, over the legal week."""
    return fte_by_hours(people, fact("fr-mean-hours"), fact("fr-week"))


def over_drivers(people: float) -> float:
    """So many people over drivers and riders (ratio)."""
    return people / drivers()


# id of the number, its label, how it was made, the published circle and that of the draws, what is made of them
_FTE = (
    ("fte-earnings-net", "Full-time equivalents by earnings",
     "People registered times mean earnings, over the net monthly minimum wage of 2019.",
     "fr-registered-2020-rounded", "registered", by_earnings),
    ("fte-hours-routine", "Full-time equivalents by hours of the routine circle",
     "Published routine circle times weekly hours, over the legal week.", "fr-routine", "routine", by_hours),
    ("fte-hours-registered", "Full-time equivalents by hours of all registered",
     "Published largest circle times weekly hours, over the legal week.", "fr-casual", "registered", by_hours),
    ("fte-hours-very-active", "Full-time equivalents by hours of the very active circle",
     "Published very active circle times weekly hours, over the legal week.", "fr-very-active", "very-active", by_hours),
)  # fmt: skip
# the published circle and that of the draws, their name in words
_COMPARED = (
    ("fr-routine", "routine", "routine circle"),
    ("fr-very-active", "very-active", "very active circle"),
    ("fr-casual", "registered", "registered"),
)


def numbers(registry: Registry) -> list[Number]:
    """Numbers of this part; ``registry`` holds those of the Monte Carlo, whose intervals are passed on."""

    def passed_on(published: str, drawn: str, made: Callable[[float], float]) -> Callable[[], tuple[float, float, float]]:
        def compute() -> tuple[float, float, float]:
            mc = registry[f"counts.mc-{drawn}"]
            return made(fact(published)), made(mc.ends[0]), made(mc.ends[1])

        return compute

    found = []
    for name, label, how, published, drawn, made in _FTE:
        fixed = "the earnings" if made is by_earnings else "the hours"
        covers = (
            f"Only the number of people, by the draws; not {fixed}, measured on volunteers of one platform and carried to all."
        )
        found.append(number(f"counts.{name}", passed_on(published, drawn, made), "FTE", label, how, covers, -1))
    found += [
        number("counts.fte-earnings-gross", lambda: by_earnings(fact("fr-registered-2020-rounded"), "fr-smic-gross-month"),
               "FTE", "Full-time equivalents by earnings, gross wage",
               "People registered times mean earnings, over the gross monthly minimum wage of 2019.", decimals=-1),
        number("counts.fte-routes-fitting", lambda: int(fte_routes()["fits"].sum()),
               "routes", "Routes that round to the figure in the press",
               "Routes within half a unit of the press figure's one digit.", decimals=0),
        number("counts.implied-hourly", lambda: fact("fr-mean-earnings") / (fact("fr-mean-hours") * 52 / 12),
               "EUR per hour", "Pay per hour that earnings and hours imply",
               "Mean monthly earnings over weekly hours times weeks in a month.", decimals=2),
        number("counts.drivers-and-riders", lambda: int(drivers()),
               "persons", "Ride-hailing drivers and Deliveroo riders", "Two published figures added."),
    ]  # fmt: skip
    for published, drawn, words in _COMPARED:
        circle = "largest circle" if drawn == "registered" else words
        label = f"{words.capitalize()} over drivers and riders"
        how = f"Published {circle} over ride-hailing drivers and Deliveroo riders."
        covers = f"The {words}, by the draws; not the drivers and riders, who are counted as active."
        found.append(number(f"counts.{drawn}-vs-drivers", passed_on(published, drawn, over_drivers), "ratio", label, how, covers))
    return found + [
        number("counts.fte-vs-drivers", lambda: over_drivers(by_hours(fact("fr-routine"))),
               "ratio", "Full-time equivalents of the routine circle over drivers and riders",
               "Full-time equivalents by hours over ride-hailing drivers and Deliveroo riders."),
        number("counts.routine-vs-operators",
               lambda: fact("fr-routine") / (fact("fr-vtc-operators-2018") + fact("fr-deliveroo-riders")),
               "ratio", "Routine circle over registered operators and riders",
               "Published routine circle over active ride-hailing operators on the register and Deliveroo riders."),
    ]  # fmt: skip
