"""Households: consumption units against the Observatoire's lines by type, and the household of M.

Amounts are EUR per month. A standard of living is the income of a household over its consumption
units; the units are those of the modified OECD scale (Hagenaars, de Vos and Zaidi 1994), which Insee uses.
"""

from __future__ import annotations

import pandas as pd

from microwork import data
from microwork.numbers import Number
from microwork.poverty import lines
from microwork.poverty.inputs import INCOMES, LINES, LOW_LINE, RATES, SURVEY, amount, published, rate, survey
from microwork.poverty.points import own_points
from microwork.poverty.spread import spread

# Consumption units: the first adult, each further person of fourteen or more, each younger child.
FIRST, FURTHER, CHILD = 1.0, 0.5, 0.3
OVER_ONE = "line of the type against that of one adult times the consumption units"
OVER = "line of the type against half the official median times the consumption units"
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


def type_lines(period: str) -> pd.DataFrame:
    """The Observatoire's poverty lines of one period: household, name, line, units, over.

    ``over``: percent by which the line exceeds that of one adult times the consumption units, that is, what the
    Observatoire's lines grant this household beyond the official scale.
    """
    table = data.table(LINES)
    rows = table[(table["period"] == period) & (table["kind"] == "half-median")]
    single = float(rows.loc[rows["household"] == "single", "value"].iloc[0])
    frame = pd.DataFrame(
        {
            "household": rows["household"],
            "name": rows["household"].map(NAMES),
            "line": rows["value"],
            "units": [units(int(a), int(c)) for a, c in zip(rows["adults"], rows["children"], strict=True)],
        }
    ).reset_index(drop=True)
    return frame.assign(over=100 * (frame["line"] / (single * frame["units"]) - 1))


def over_official() -> dict[str, float]:
    """The Observatoire's lines of 2015 over half the official median of 2015 times the units, by type of household."""
    frame = type_lines("2015").set_index("household")
    official = LOW_LINE * amount("median-2015") * frame["units"]
    return {household: float(ratio) for household, ratio in (frame["line"] / official).items()}


def rate_in_units(ratio: float) -> float:
    """Share below half the median per consumption unit, if the published share was counted at ``ratio`` times that line.

    Inference: a lognormal with the French spread, all respondents in households of one type.
    """
    return lines.at_other_line(survey("poor"), LOW_LINE * ratio, LOW_LINE, spread())


def case_m() -> pd.DataFrame:
    """Where the household of M. stands, in EUR per month per consumption unit: case, value, colour."""
    both, own = amount("m-wage") + amount("m-partner-wage"), amount("m-wage")
    rows = [
        ("Both wages, child under fourteen", both / units(2, 1), "found"),
        ("Both wages, child of fourteen or more", both / units(3), "found"),
        ("His own wage alone, same household", own / units(2, 1), "s2"),
    ]
    return pd.DataFrame(rows, columns=["case", "value", "colour"])


def numbers() -> list[Number]:
    """The numbers of household types and of the household of M."""
    return [*_type_numbers(), *_case_numbers()]


def _type_numbers() -> list[Number]:
    ratio, tables = over_official(), (SURVEY, INCOMES, LINES)
    carried = "published share, counted at the Observatoire's line, carried to the official line by the lognormal"
    over = "carried share over the official rate at half the median"
    found = []
    for name in ("single", "couple", "couple-2"):
        share, whom = rate_in_units(ratio[name]), NAMES[name].lower()
        label = f"Respondents below half the median per consumption unit, if all were of the type: {whom}"
        same = f"The same over the official rate: {whom}"
        found += [
            Number(f"poverty.rate-in-units-{name}", 100 * share, "percent", label, carried, tables, decimals=0),
            Number(f"poverty.ratio-in-units-{name}", share / rate("france-50"), "ratio", same, over, (*tables, RATES)),
        ]
    above, below = 100 * (ratio["couple"] - 1), 100 * (1 - ratio["single"])
    line = "Observatoire's line for "
    over_scale = type_lines("2013").set_index("household")["over"]
    for name, household in (("lone-parent", "single-parent"), ("couple", "couple"), ("three-children", "couple-3")):
        label = f"Line for {NAMES[household].lower()} above one adult's line times the consumption units, 2013"
        extra = float(over_scale[household])
        found.append(Number(f"poverty.scale-{name}-2013", extra, "percent", label, OVER_ONE, (LINES,), decimals=0))
    return [
        *found,
        Number("poverty.couple-line-over", above, "percent", line + "two adults, above the official one", OVER, (INCOMES, LINES)),
        Number(
            "poverty.single-line-under",
            below,
            "percent",
            line + "one adult, below the official one",
            OVER,
            (INCOMES, LINES),
            decimals=1,
        ),
        _ratio_own_lines(),
        published("line-two-children-2019", LINES, "couple-2-half-median-2019-report", line + "two adults and two children", 0),
        published(
            "line-three-children-2019",
            LINES,
            "couple-3-half-median-2019-report",
            line + "two adults and three children or more",
            0,
        ),
        published("line-lone-parent-2013", LINES, "single-parent-half-median-2013", line + "a lone parent", 0),
        published("line-couple-2013", LINES, "couple-half-median-2013", line + "two adults", 0),
    ]


def _ratio_own_lines() -> Number:
    """The published share over that of all French households of a type, both counted at the type's own line (inferred)."""
    ratios = survey("poor") / own_points().set_index("household")["below_half"]
    label = "Published share over French households of the type, both at its own line"
    how = "published share over the share inferred for couples without children"
    covers = "Covers the three types with published deciles. Leaves out sampling error and the shape of the tail."
    value, low, high = float(ratios["couple"]), float(ratios.min()), float(ratios.max())
    return Number("poverty.ratio-own-lines", value, "ratio", label, how, (SURVEY, LINES), low, high, covers)


def _case_numbers() -> list[Number]:
    income, own, usual = amount("m-wage") + amount("m-partner-wage"), amount("m-wage"), amount("line-60")
    young, older = income / units(2, 1), income / units(3)
    margin = income - usual * units(2, 1)
    of_line = 100 * amount("microwork-mean") / amount("line-50")

    def number(
        name: str, value: float, unit: str, label: str, how: str, low: float | None = None, high: float | None = None
    ) -> Number:
        covers, decimals = (CHILD_AGE if low is not None else None), (1 if unit == "consumption units" else 0)
        return Number(f"poverty.{name}", value, unit, label, how, (INCOMES,), low, high, covers, decimals)

    month, scale = "EUR per month", "modified OECD scale: two adults and a child under fourteen"
    per_unit, share = "both wages over the consumption units, child under fourteen", "per unit over the line of 2016, less one"
    return [
        published("household-m-wage", INCOMES, "m-wage", "Wage of M.", 0),
        published("household-m-partner-wage", INCOMES, "m-partner-wage", "Wage of M.'s partner", 0),
        number("household-m-income", income, month, "Wages of the household of M.", "two published wages, added"),
        number("household-m-units", units(2, 1), "consumption units", "Consumption units of the household of M.", scale),
        number("household-m-per-unit", young, month, "Wages of the household of M. per consumption unit", per_unit, older, young),
        number(
            "household-m-over-60",
            100 * (young / usual - 1),
            "percent",
            "The same above the usual line",
            share,
            100 * (older / usual - 1),
            100 * (young / usual - 1),
        ),
        number(
            "household-m-of-median",
            100 * young / amount("median"),
            "percent of the median",
            "The same in percent of the median",
            "per unit over the median of 2016",
        ),
        number(
            "household-m-margin-60",
            margin,
            month,
            "Debt service that would leave the household of M. at the usual line",
            "both wages less the line times the consumption units",
        ),
        number(
            "household-m-own-wage-per-unit",
            own / units(2, 1),
            month,
            "M.'s own wage alone per consumption unit",
            "one wage over the consumption units of the household",
        ),
        number(
            "household-m-own-wage-under",
            100 * (1 - own / income),
            "percent",
            "What M. would leave out by giving his own wage alone",
            "one less his wage over both wages",
        ),
        published(
            "line-one-child-2013", LINES, "couple-1-half-median-2013", "Observatoire's line for two adults and one child", 0
        ),
        published("microwork-mean", INCOMES, "microwork-mean", "Mean income from microwork", 0),
        Number(
            "poverty.microwork-of-line",
            of_line,
            "percent",
            "Mean income from microwork over the low line",
            "mean over half the median, one consumption unit",
            (INCOMES,),
            decimals=1,
        ),
    ]
