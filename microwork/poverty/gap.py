"""What would close the gap between the respondents and France: the line, errors in incomes, and
jobs.

A ``share`` of the respondents was published as poor. If every income was declared too low by the
fraction ``under``, fewer of them were poor (``shapes.corrected``). People with such jobs have a
rate of their own to compare with, the ``expected`` one. There is no gap where the corrected share
over that rate is one. All shares and rates are fractions from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from tallybook.model.numbers import Number, number

from microwork.poverty import mix, shapes
from microwork.poverty.inputs import (
    BOTH_LINES,
    SHIFTED,
    at_ends,
    official,
    official_rate,
    percent,
    survey,
    with_ends,
)

TENTH = 0.1  # an understatement to try out, not a finding
STEPS = 40  # of each contour
# Columns of the contour.
UNDER = "Incomes declared too low by, percent"
FACTOR = "Poverty expected by job, France = 1"
Ends = tuple[float, float, float]


def ratio(share: float, expected: float, under: float) -> float:
    """Corrected share of poor respondents over the rate expected of such people."""
    return shapes.corrected(official(), share, under) / expected


def closing(share: float, expected: float) -> float:
    """The understatement at which ``ratio`` is one; negative if fewer are shown than expected.

    at(share) x (1 - under) = at(expected), with the incomes of France at these ranks.
    """
    shape = official()
    return 1 - shape.at(expected) / shape.at(share)


def factor(name: str) -> float:
    """How often people with the respondents' jobs are poor at a line, over the rate of France."""
    return mix.expected(name) / official_rate(name)


def contour(name: str) -> pd.DataFrame:
    """Where ``ratio`` is one at a line (``name``: 50 or 60): columns ``UNDER``, ``FACTOR``, low and
    high.

    The factor of jobs that closes the gap is the ratio to France that remains at an understatement.
    ``low`` and ``high`` hold sampling error, not below one. Without a factor where France itself
    would show fewer poor people than that.
    """
    france, (share, low, high) = official_rate(name), with_ends("poor")
    ends = [closing(each, france) for each in (share, high)]
    unders = sorted({*np.linspace(0, ends[1], STEPS + 1), ends[0]})
    rows = []
    for under in unders:
        found, least, most = (max(1.0, ratio(each, france, under)) for each in (share, low, high))
        rows.append(
            {
                UNDER: 100 * under,
                FACTOR: found if under <= ends[0] else None,
                "low": least,
                "high": most,
            }
        )
    return pd.DataFrame(rows)


def contours() -> dict[str, pd.DataFrame]:
    """``contour`` at both lines, by short words for the line."""
    return {"at half the median": contour("50"), "at six tenths": contour("60")}


def closings() -> pd.DataFrame:
    """The map as a table: line, compared with whom, percent too low, and the ends of its interval."""
    columns = ("no gap if too low by, percent", "from", "to")
    return pd.DataFrame(
        {"line": where.capitalize(), "compared with": whom}
        | {
            column: 100 * value
            for column, value in zip(columns, _closing(expected, name), strict=True)
        }
        for name, _, where in BOTH_LINES
        for whom, expected in (("France", official_rate), ("People with such jobs", mix.expected))
    )


def numbers() -> list[Number]:
    """The numbers of the map: what closes the gap alone, and what remains where both are tried."""
    by_rank = "Incomes of France by rank, from the deciles of 2015 and the official rates of 2016: "
    closes = (
        by_rank
        + "one less the income at the rank of the expected rate, over that at the rank of the"
        " published share."
    )
    remains = by_rank + "share below the line once incomes are put right, over the expected rate."
    found = []
    for name, _, where in BOTH_LINES:
        for key, expected, whom, covers in (
            ("", official_rate, "France", SHIFTED),
            (
                "-jobs",
                mix.expected,
                "people with such jobs",
                SHIFTED + " The expected rate is taken as known.",
            ),
        ):
            under = (
                f"Understatement of all incomes that leaves no gap to {whom}, if counted at {where}"
            )
            tenth = (
                f"Times as often poor as {whom}, if counted at {where} and all incomes were"
                " declared a tenth too low"
            )
            found += [
                percent(
                    f"under-reporting-{name}{key}",
                    partial(_closing, expected, name),
                    under,
                    closes,
                    covers,
                    0,
                ),
                number(
                    f"poverty.ratio-{name}{key}-tenth-low",
                    partial(_tenth_low, expected, name),
                    "ratio",
                    tenth,
                    remains,
                    covers,
                    1,
                ),
            ]
        such = f"Times as often poor as France that people with such jobs are, at {where}"
        found.append(
            number(
                f"poverty.jobs-factor-{name}",
                partial(factor, name),
                "ratio",
                such,
                "Rate expected from their activity over the official rate.",
                decimals=1,
            )
        )
    return found


def _closing(expected: Callable[[str], float], name: str) -> Ends:
    return at_ends(lambda share: closing(share, expected(name)))


def _tenth_low(expected: Callable[[str], float], name: str) -> Ends:
    return at_ends(lambda share: ratio(share, expected(name), TENTH))


def marks() -> pd.DataFrame:
    """Points on the contours for the jobs of the respondents: columns ``UNDER``, ``FACTOR`` and
    text."""
    rates = [(name, mix.expected(name), "with their jobs") for name, _, _ in BOTH_LINES]
    rates.append((BOTH_LINES[0][0], mix.worst(), "with the worst official rates"))
    return pd.DataFrame(
        {
            UNDER: 100 * closing(survey("poor"), expected),
            FACTOR: expected / official_rate(name),
            "text": text,
        }
        for name, expected, text in rates
    )
