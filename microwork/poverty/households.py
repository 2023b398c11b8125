"""Households: consumption units against the Observatoire's lines by type, and the household of M.

Amounts are EUR per month. A standard of living is the income of a household over its consumption
units; the units are those of the modified OECD scale (Hagenaars, de Vos and Zaidi 1994), which Insee uses.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number, published

from microwork.poverty import lines
from microwork.poverty.inputs import INCOMES, LINES, LOW_LINE, amount, percent, rate, survey
from microwork.poverty.points import TYPES, below_half, over_types
from microwork.poverty.spread import spread

# Consumption units: the first adult, each further person of fourteen or more, each younger child.
FIRST, FURTHER, CHILD = 1.0, 0.5, 0.3
WAGES = ("m-wage", "m-partner-wage")  # of the two adults of the household of M.
OVER_ONE = "The line of the type against that of one adult times the consumption units."
OVER = "The line of the type against half the official median times the consumption units."
CHILD_AGE = (
    "Covers the age of the child: under fourteen, or older. Leaves out income tax, benefits and debts, which were not published."
)
NAMES = {
    "single": "One adult",
    "single-parent": "One adult, one child",
    "couple": "Two adults",
    "couple-1": "Two adults, one child",
    "couple-2": "Two adults, two children",
    "couple-3": "Two adults, three children",
}


def units(adults: int, children: int = 0) -> float:
    """Consumption units of a household; ``adults`` are persons of fourteen or more. Wants at least one adult."""
    if adults < 1 or children < 0:
        raise ValueError(f"found {adults} adults and {children} children; wanted at least one adult and no negative count")
    return FIRST + FURTHER * (adults - 1) + CHILD * children


def type_line(household: str, period: str) -> tuple[float, float]:
    """The Observatoire's poverty line for a type of household (EUR per month), and the consumption units of the type."""
    row = data.fact(LINES, f"{household}-half-median-{period}")
    return float(row["value"]), units(int(row["adults"]), int(row["children"]))


def over_single(household: str, period: str) -> float:
    """By what fraction a type's line exceeds that of one adult times the consumption units.

    That is, what the Observatoire's lines grant this household beyond the official scale.
    """
    (line, scale), (single, _) = type_line(household, period), type_line("single", period)
    return line / (single * scale) - 1


def type_lines(period: str) -> pd.DataFrame:
    """The Observatoire's poverty lines of 2013 or 2015: household, name, line, units, over (``over_single`` in percent)."""
    households = TYPES if period == "2015" else NAMES
    rows = [(each, NAMES[each], *type_line(each, period), 100 * over_single(each, period)) for each in households]
    return pd.DataFrame(rows, columns=["household", "name", "line", "units", "over"])


def over_official(household: str) -> float:
    """The Observatoire's line of 2015 for one of ``TYPES``, over half the official median of 2015 times the units."""
    line, scale = type_line(household, "2015")
    return line / (LOW_LINE * amount("median-2015") * scale)


def rate_in_units(household: str) -> float:
    """Share below half the median per consumption unit, if the published share was counted at the line of one type.

    Inference: a lognormal with the French spread, all respondents in households of that type.
    """
    return lines.at_other_line(survey("poor"), LOW_LINE * over_official(household), LOW_LINE, spread())


def case_m() -> pd.DataFrame:
    """Where the household of M. stands, in EUR per month per consumption unit: case, value, colour."""
    rows = [
        ("Both wages, child under fourteen", _wages() / _units(), "found"),
        ("Both wages, child of fourteen or more", _wages() / _units(young=False), "found"),
        ("His own wage alone, same household", amount("m-wage") / _units(), "s2"),
    ]
    return pd.DataFrame(rows, columns=["case", "value", "colour"])


def _wages() -> float:
    """Wages of the household of M., in EUR per month."""
    return sum(amount(wage) for wage in WAGES)


def _units(young: bool = True) -> float:
    """Consumption units of the household of M.: the adults are those whose wages are published; the child is under fourteen,
    or older, which counts as an adult."""
    adults = len([data.fact(INCOMES, wage) for wage in WAGES])
    return units(adults, 1) if young else units(adults + 1)


def numbers() -> list[Number]:
    """The numbers of household types and of the household of M."""
    return [*_type_numbers(), *_case_numbers()]


def _type_numbers() -> list[Number]:
    carried = "The published share, if counted at the Observatoire's line, carried to the official line by the lognormal."
    over_rate, line = "The carried share divided by the official rate at half the median.", "Observatoire's line for "
    own = "Covers the three types with published deciles. Leaves out sampling error and the shape of the tail."
    scales = (("lone-parent", "single-parent"), ("couple", "couple"), ("three-children", "couple-3"))
    said = (
        ("line-two-children-2019", "couple-2-half-median-2019-report", "two adults and two children"),
        ("line-three-children-2019", "couple-3-half-median-2019-report", "two adults and three children or more"),
        ("line-lone-parent-2013", "single-parent-half-median-2013", "a lone parent"),
        ("line-couple-2013", "couple-half-median-2013", "two adults"),
    )
    found = []
    for name in TYPES:
        share, over = partial(rate_in_units, name), lambda name=name: rate_in_units(name) / rate("france-50")
        whom = f": {NAMES[name].lower()}"
        label = "Respondents below half the median per consumption unit, if all were of the type" + whom
        same = "The same over the official rate" + whom
        found.append(percent(f"rate-in-units-{name}", share, label, carried, decimals=0))
        found.append(number(f"poverty.ratio-in-units-{name}", over, "ratio", same, over_rate))
    for name, household in scales:
        label = f"Line for {NAMES[household].lower()} above one adult's line times the consumption units, 2013"
        found.append(percent(f"scale-{name}-2013", partial(over_single, household, "2013"), label, OVER_ONE, decimals=0))
    return [
        *found,
        percent("couple-line-over", lambda: over_official("couple") - 1, line + "two adults, above the official one", OVER),
        percent("single-line-under", lambda: 1 - over_official("single"), line + "one adult, below the official one", OVER,
                decimals=1),
        number("poverty.ratio-own-lines", lambda: over_types(lambda household: survey("poor") / below_half(household)), "ratio",
               "Published share over French households of the type, both at its own line",
               "The published share divided by the share inferred for couples without children.", own),
        *(published(f"poverty.{name}", LINES, row, line + whom, decimals=0) for name, row, whom in said),
    ]  # fmt: skip


def _case_numbers() -> list[Number]:
    def per_unit() -> tuple[float, float, float]:
        young, older = _wages() / _units(), _wages() / _units(young=False)
        return young, older, young

    def over_usual() -> tuple[float, float, float]:
        value, low, high = (each / amount("line-60") - 1 for each in per_unit())
        return value, low, high

    month, one_child = "EUR per month", "Observatoire's line for two adults and one child"
    return [
        published("poverty.household-m-wage", INCOMES, "m-wage", "Wage of M.", decimals=0),
        published("poverty.household-m-partner-wage", INCOMES, "m-partner-wage", "Wage of M.'s partner", decimals=0),
        number("poverty.household-m-income", _wages, month, "Wages of the household of M.",
               "The two published wages, added.", None, 0),
        number("poverty.household-m-units", _units, "consumption units", "Consumption units of the household of M.",
               "By the modified OECD scale: two adults and a child under fourteen.", None, 1),
        number("poverty.household-m-per-unit", per_unit, month, "Wages of the household of M. per consumption unit",
               "Both wages divided by the consumption units, with the child under fourteen.", CHILD_AGE, 0),
        percent("household-m-over-60", over_usual, "The same above the usual line",
                "The wages per unit divided by the line of 2016, less one.",
                CHILD_AGE, 0),
        number("poverty.household-m-of-median", lambda: 100 * per_unit()[0] / amount("median"), "percent of the median",
               "The same in percent of the median", "The wages per unit divided by the median of 2016.", None, 0),
        number("poverty.household-m-margin-60", lambda: _wages() - amount("line-60") * _units(), month,
               "Debt service that would leave the household of M. at the usual line",
               "Both wages less the product of the line and the consumption units.", None, 0),
        number("poverty.household-m-own-wage-per-unit", lambda: amount("m-wage") / _units(), month,
               "M.'s own wage alone per consumption unit",
               "One wage divided by the consumption units of the household.", None, 0),
        percent("household-m-own-wage-under", lambda: 1 - amount("m-wage") / _wages(),
                "What M. would leave out by giving his own wage alone",
                "One less the quotient of his wage and both wages.", None, 0),
        published("poverty.line-one-child-2013", LINES, "couple-1-half-median-2013", one_child, decimals=0),
        published("poverty.microwork-mean", INCOMES, "microwork-mean", "Mean income from microwork", decimals=0),
        percent("microwork-of-line", lambda: amount("microwork-mean") / amount("line-50"),
                "Mean income from microwork over the low line",
                "The mean divided by half the median, for one consumption unit.", None, 1),
    ]  # fmt: skip
