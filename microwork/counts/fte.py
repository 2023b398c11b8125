"""Counts, part 6: full-time equivalents, and the comparison with drivers and riders."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork import data
from microwork.counts.inputs import INPUTS
from microwork.numbers import Number, Registry
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

    def fact(name: str) -> float:
        return data.value(INPUTS, name, folder)

    press, earnings, hours, week = (fact(name) for name in ("fr-fte-afp", "fr-mean-earnings", "fr-mean-hours", "fr-week"))
    rows = [
        (
            "earnings of the registered over the net minimum wage",
            fact("fr-registered-2020-rounded"),
            "earnings",
            fact("fr-smic-net-month"),
        ),
        (
            "earnings of the registered over the gross minimum wage",
            fact("fr-registered-2020-rounded"),
            "earnings",
            fact("fr-smic-gross-month"),
        ),
        ("earnings of the routine circle over the net minimum wage", fact("fr-routine"), "earnings", fact("fr-smic-net-month")),
        ("hours of the very active circle", fact("fr-very-active"), "hours", week),
        ("hours of the routine circle", fact("fr-routine"), "hours", week),
        ("hours of all registered", fact("fr-casual"), "hours", week),
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
    return data.value(INPUTS, "fr-vtc-drivers-diplab", folder) + data.value(INPUTS, "fr-deliveroo-riders", folder)


def numbers(registry: Registry) -> list[Number]:
    """Numbers of this part; ``registry`` holds those of the Monte Carlo, whose intervals are passed on."""
    registered, routine, active = (registry[f"counts.mc-{name}"] for name in ("registered", "routine", "very-active"))
    hours, week, wage = (data.value(INPUTS, name) for name in ("fr-mean-hours", "fr-week", "fr-smic-net-month"))
    earnings, people = data.value(INPUTS, "fr-mean-earnings"), data.value(INPUTS, "fr-registered-2020-rounded")
    only_people = (
        "Only the number of people, by the draws; not the {}, measured on volunteers of one platform and carried to all."
    )
    compared, operators = drivers(), data.value(INPUTS, "fr-vtc-operators-2018") + data.value(INPUTS, "fr-deliveroo-riders")

    def passed_on(
        name: str,
        unit: str,
        label: str,
        how: str,
        value: float,
        mc: Number,
        factor: float,
        covers: str,
        decimals: int | None = None,
    ) -> Number:
        return Number(
            f"counts.{name}", float(value), unit, label, how, mc.tables, mc.low * factor, mc.high * factor, covers, decimals
        )

    return [
        passed_on(
            "fte-earnings-net",
            "FTE",
            "Full-time equivalents by earnings",
            "People registered times mean earnings, over the net monthly minimum wage of 2019.",
            fte_by_earnings(people, earnings, wage),
            registered,
            earnings / wage,
            only_people.format("earnings"),
            -1,
        ),
        passed_on(
            "fte-hours-routine",
            "FTE",
            "Full-time equivalents by hours of the routine circle",
            "Published routine circle times weekly hours, over the legal week.",
            fte_by_hours(data.value(INPUTS, "fr-routine"), hours, week),
            routine,
            hours / week,
            only_people.format("hours"),
            -1,
        ),
        passed_on(
            "fte-hours-registered",
            "FTE",
            "Full-time equivalents by hours of all registered",
            "Published largest circle times weekly hours, over the legal week.",
            fte_by_hours(data.value(INPUTS, "fr-casual"), hours, week),
            registered,
            hours / week,
            only_people.format("hours"),
            -1,
        ),
        passed_on(
            "fte-hours-very-active",
            "FTE",
            "Full-time equivalents by hours of the very active circle",
            "Published very active circle times weekly hours, over the legal week.",
            fte_by_hours(data.value(INPUTS, "fr-very-active"), hours, week),
            active,
            hours / week,
            only_people.format("hours"),
            -1,
        ),
        Number(
            "counts.fte-earnings-gross",
            float(fte_by_earnings(people, earnings, data.value(INPUTS, "fr-smic-gross-month"))),
            "FTE",
            "Full-time equivalents by earnings, gross wage",
            "People registered times mean earnings, over the gross monthly minimum wage of 2019.",
            (INPUTS,),
            decimals=-1,
        ),
        Number(
            "counts.fte-routes-fitting",
            int(fte_routes()["fits"].sum()),
            "routes",
            "Routes that round to the figure in the press",
            "Routes within half a unit of the press figure's one digit.",
            (INPUTS,),
            decimals=0,
        ),
        Number(
            "counts.implied-hourly",
            float(earnings / (hours * 52 / 12)),
            "EUR per hour",
            "Pay per hour that earnings and hours imply",
            "Mean monthly earnings over weekly hours times weeks in a month.",
            (INPUTS,),
            decimals=2,
        ),
        Number(
            "counts.drivers-and-riders",
            int(compared),
            "persons",
            "Ride-hailing drivers and Deliveroo riders",
            "Two published figures added.",
            (INPUTS,),
        ),
        passed_on(
            "routine-vs-drivers",
            "ratio",
            "Routine circle over drivers and riders",
            "Published routine circle over ride-hailing drivers and Deliveroo riders.",
            data.value(INPUTS, "fr-routine") / compared,
            routine,
            1 / compared,
            "The routine circle, by the draws; not the drivers and riders, who are counted as active.",
        ),
        passed_on(
            "very-active-vs-drivers",
            "ratio",
            "Very active circle over drivers and riders",
            "Published very active circle over ride-hailing drivers and Deliveroo riders.",
            data.value(INPUTS, "fr-very-active") / compared,
            active,
            1 / compared,
            "The very active circle, by the draws; not the drivers and riders, who are counted as active.",
        ),
        passed_on(
            "registered-vs-drivers",
            "ratio",
            "Registered over drivers and riders",
            "Published largest circle over ride-hailing drivers and Deliveroo riders.",
            data.value(INPUTS, "fr-casual") / compared,
            registered,
            1 / compared,
            "The registered, by the draws; not the drivers and riders, who are counted as active.",
        ),
        Number(
            "counts.fte-vs-drivers",
            float(fte_by_hours(data.value(INPUTS, "fr-routine"), hours, week) / compared),
            "ratio",
            "Full-time equivalents of the routine circle over drivers and riders",
            "Full-time equivalents by hours over ride-hailing drivers and Deliveroo riders.",
            (INPUTS,),
        ),
        Number(
            "counts.routine-vs-operators",
            float(data.value(INPUTS, "fr-routine") / operators),
            "ratio",
            "Routine circle over registered operators and riders",
            "Published routine circle over active ride-hailing operators on the register and Deliveroo riders.",
            (INPUTS,),
        ),
    ]
