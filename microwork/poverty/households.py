"""Households: consumption units against the Observatoire's lines by type, and the household of M.

Amounts are EUR per month. A standard of living is the income of a household over its consumption
units; the units are those of the modified OECD scale (Hagenaars, de Vos and Zaidi 1994), which
Insee uses.
"""

from __future__ import annotations

from functools import partial

from tallybook import data

from microwork.inputs import percent
from microwork.intervals import Ends
from microwork.poverty import shapes
from microwork.poverty.inputs import LINES, LOW_LINE, OFFICIAL, amount, at_ends, official, rate

# Consumption units: the first adult, each further person of fourteen or more, each younger child.
FIRST, FURTHER, CHILD = 1.0, 0.5, 0.3
WAGES = ("m-wage", "m-partner-wage")  # of the two adults of the household of M.


def units(adults: int, children: int = 0) -> float:
    """Consumption units of a household; ``adults`` are persons of fourteen or more."""
    return FIRST + FURTHER * (adults - 1) + CHILD * children


def over_official(household: str) -> float:
    """The Observatoire's line of 2015 for one of ``TYPES``, over half the official median of 2015
    times the units.

    As both are halves of a median, it is also the type's median over the official one, per
    consumption unit.
    """
    row = data.fact(LINES, f"{household}-half-median-2015")
    scale = units(int(row["adults"]), int(row["children"]))
    return float(row["value"]) / (LOW_LINE * amount("median-2015") * scale)


def in_units(household: str, share: float) -> float:
    """Share below the official line, if ``share`` was counted below the same part of the median of
    one type of household.

    Inference: incomes of the shape of France, all respondents in households of that type.
    """
    return shapes.carried(official(), share, over_official(household), 1.0)


def ratio(household: str, row: str) -> Ends:
    """Published share in these units, over an official rate."""
    return at_ends(lambda share: in_units(household, share) / rate(row))


def wages() -> float:
    """Wages of the household of M., in EUR per month."""
    return sum(map(amount, WAGES))


def units_of_m(young: bool = True) -> float:
    """Consumption units of the household of M.: the adults are those whose wages are published; the
    child is under fourteen, or older, which counts as an adult."""
    adults = len([data.fact(OFFICIAL, wage) for wage in WAGES])
    return units(adults, 1) if young else units(adults + 1)


def per_unit() -> Ends:
    """Wages over the units; as the low end, with an older child."""
    young, older = wages() / units_of_m(), wages() / units_of_m(young=False)
    return young, older, young


def own_wage_under() -> float:
    """What M. would leave out by giving his own wage for his household’s income (a fraction)."""
    return 1 - amount("m-wage") / wages()


NUMBERS = {
    "ratio-in-units-single": partial(ratio, "single", "france-50"),
    "ratio-in-units-60-single": partial(ratio, "single", "france-60"),
    "ratio-in-units-couple": partial(ratio, "couple", "france-50"),
    "ratio-in-units-60-couple": partial(ratio, "couple", "france-60"),
    "couple-line-over": percent(lambda: over_official("couple") - 1),
    "single-line-under": percent(lambda: 1 - over_official("single")),
    "household-m-per-unit": per_unit,
    "household-m-own-wage-per-unit": lambda: amount("m-wage") / units_of_m(),
    "household-m-own-wage-under": percent(own_wage_under),
}
