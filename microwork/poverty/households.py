"""Households: consumption units against the Observatoire's lines by type, and the household of M.

Amounts are EUR per month. A standard of living is the income of a household over its consumption
units; the units are those of the modified OECD scale (Hagenaars, de Vos and Zaidi 1994), which
Insee uses.
"""

from __future__ import annotations

from functools import partial

from tallybook import data
from tallybook.model.numbers import Number, number, published

from microwork.poverty import shapes
from microwork.poverty.inputs import (
    BOTH_LINES,
    INCOMES,
    LINES,
    LOW_LINE,
    SHIFTED,
    amount,
    at_ends,
    official,
    percent,
    rate,
)

TYPES = ("single", "couple")  # the types of household with published deciles
# Consumption units: the first adult, each further person of fourteen or more, each younger child.
FIRST, FURTHER, CHILD = 1.0, 0.5, 0.3
WAGES = ("m-wage", "m-partner-wage")  # of the two adults of the household of M.
OVER = "Line of the type against half the official median times the consumption units."
CHILD_AGE = (
    "Covers the age of the child: under fourteen, or older. Leaves out income tax, benefits and"
    " debts, which were not published."
)
NAMES = {"single": "people alone", "couple": "couples"}


def units(adults: int, children: int = 0) -> float:
    """Consumption units of a household; ``adults`` are persons of fourteen or more.

    Wants at least one adult.
    """
    if adults < 1 or children < 0:
        raise ValueError(
            f"found {adults} adults and {children} children; expected at least one adult and no"
            " negative count"
        )
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


def numbers() -> list[Number]:
    """The numbers of household types and of the household of M."""
    return [*_type_numbers(), *_case_numbers()]


def _type_numbers() -> list[Number]:
    line = "Observatoire's line for "

    def ratio(household: str, row: str) -> tuple[float, float, float]:
        return at_ends(lambda share: in_units(household, share) / rate(row))

    found = []
    for household in TYPES:
        for name, _, where in BOTH_LINES:
            label = (
                f"Times as often poor as France, if counted at {where} of their type and all were"
                f" {NAMES[household]}"
            )
            key = f"poverty.ratio-in-units-{'' if name == '50' else '60-'}{household}"
            how = (
                "Published share, carried from the line of the type to the official one, over the"
                " rate of France."
            )
            found.append(
                number(
                    key,
                    partial(ratio, household, f"france-{name}"),
                    "ratio",
                    label,
                    how,
                    SHIFTED,
                    1,
                )
            )
    return [
        *found,
        percent(
            "couple-line-over",
            lambda: over_official("couple") - 1,
            line + "two adults, above the official one",
            OVER,
            decimals=0,
        ),
        percent(
            "single-line-under",
            lambda: 1 - over_official("single"),
            line + "one adult, below the official one",
            OVER,
            decimals=0,
        ),
    ]


def _wages() -> float:
    """Wages of the household of M., in EUR per month."""
    return sum(amount(wage) for wage in WAGES)


def _units(young: bool = True) -> float:
    """Consumption units of the household of M.: the adults are those whose wages are published; the
    child is under fourteen, or older, which counts as an adult."""
    adults = len([data.fact(INCOMES, wage) for wage in WAGES])
    return units(adults, 1) if young else units(adults + 1)


def own_wage_under() -> float:
    """What M. would leave out by giving his own wage for the income of his household (a fraction)."""
    return 1 - amount("m-wage") / _wages()


def _case_numbers() -> list[Number]:
    def per_unit() -> tuple[float, float, float]:
        young, older = _wages() / _units(), _wages() / _units(young=False)
        return young, older, young

    month = "EUR per month"
    return [
        published("poverty.household-m-wage", INCOMES, "m-wage", "Wage of M.", decimals=0),
        published(
            "poverty.household-m-partner-wage",
            INCOMES,
            "m-partner-wage",
            "Wage of M.'s partner",
            decimals=0,
        ),
        number(
            "poverty.household-m-per-unit",
            per_unit,
            month,
            "Wages of the household of M. per consumption unit",
            "Both wages over the consumption units, child under fourteen.",
            CHILD_AGE,
            0,
        ),
        number(
            "poverty.household-m-own-wage-per-unit",
            lambda: amount("m-wage") / _units(),
            month,
            "M.'s own wage alone per consumption unit",
            "One wage over the consumption units of the household.",
            None,
            0,
        ),
        percent(
            "household-m-own-wage-under",
            own_wage_under,
            "What M. would leave out by giving his own wage alone",
            "One less his wage over both wages.",
            None,
            0,
        ),
    ]
