"""Poverty: what the page shows in tables and charts."""

from __future__ import annotations

import math

import pandas as pd
from tallybook import data
from tallybook.model.formatting import plain

from microwork.poverty import households, shapes
from microwork.poverty.inputs import (
    BOTH_LINES,
    USUAL_LINE,
    amount,
    official,
    quantiles,
    rate,
    respondents,
    survey,
)

ERRORS = {"as declared": 0.0, "a tenth too low": 0.1, "a fifth too low": 0.2}  # understatements to try out, not findings
BELOW = "percent below the line"


def grid() -> pd.DataFrame:
    """Times as often poor as France, by the line at which the share was counted and by the error of declared incomes.

    Columns: line, household (missing, or that of which all respondents are, where the line is that of their type), one for
    each of ``ERRORS``, and the understatement (percent) at which there is no gap. A share counted at a line by type is
    carried to the official line.
    """
    readings = [(None, 1.0), *((household, households.over_official(household)) for household in ("couple", "single"))]
    poor, shape = survey("poor"), official()
    rows = []
    for household, over in readings:
        for name, line, where in BOTH_LINES:
            france = rate(f"france-{name}")
            cells = {error: shapes.carried(shape, poor, over, 1 - under) / france for error, under in ERRORS.items()}
            none = 100 * shapes.understatement(shape, poor, line * over)
            rows.append({"line": where, "household": household} | cells | {"no gap if too low by": none})
    return pd.DataFrame(rows)


def grid_in_words() -> pd.DataFrame:
    """``grid`` for readers: the types of household as a range in one row; line, and a text for each of ``ERRORS``."""
    table = grid()
    by_type = table["household"].notna()
    rows = [
        {"line": words.capitalize() + (", by type of household" if typed else "")}
        | {error: " to ".join(plain(ratio, 1) for ratio in sorted(found[error])) for error in ERRORS}
        for (typed, words), found in table.groupby([by_type, "line"], sort=False)
    ]
    return pd.DataFrame(rows)


def first() -> pd.DataFrame:
    """France and the respondents below the line, at both lines: line, who, percent below it, colour."""
    rows = []
    for name, _, where in BOTH_LINES:
        line = f"If the line was {where}, {plain(amount(f'line-{name}'), 0)} EUR a month"
        rows.append({"line": line, "who": "France", BELOW: 100 * rate(f"france-{name}"), "colour": "soft"})
        rows.append({"line": line, "who": "Those who answered", BELOW: 100 * survey("poor"), "colour": "claim"})
    return pd.DataFrame(rows)


def since() -> pd.DataFrame:
    """Below six tenths of the median in France, by activity: who, year of the incomes, percent below the line, colour."""
    rows = []
    for who, then, now in (
        ("Everyone", "france-60", "rate"),
        ("Employees", "employees-60", "employees"),
        ("Self-employed", "self-employed-60", "selfemployed"),
        ("Unemployed", "unemployed-60", "unemployed"),
        ("Inactive, not retired", "inactive-60", "inactive"),
    ):
        rows.append({"who": who, "year": "2016", BELOW: 100 * rate(then), "colour": "soft"})
        later = data.value("poverty/since", f"fr-poverty-{now}-2023")
        rows.append({"who": who, "year": "2023", BELOW: later, "colour": "ink"})
    return pd.DataFrame(rows)


def slider_inputs() -> dict[str, float | list[tuple[float, float]]]:
    """What the page needs to move the ratio: published share, answers, official rates, and the points of the shape of France.

    ``points``: pairs of rank and logarithm of income over the median, rising.
    """
    known, shape = quantiles(), official()
    ranks = sorted({*known, *(rate(f"france-{name}") for name, _, _ in BOTH_LINES)})
    return {
        "share": survey("poor"),
        "respondents": respondents(),
        "half": rate("france-50"),
        "usual": rate("france-60"),
        "points": [(rank, math.log(shape.at(rank))) for rank in ranks if shape.at(rank) < 1 / USUAL_LINE],
    }
