"""The survey's own two shares, below half the median and below the third decile, and what error they allow.

The Observatoire des inégalités sorts incomes within each type of household. Read with its table, the two shares
give the spread of the respondents' incomes, and so say whether understatement or noise alone can be at work.
"""

from __future__ import annotations

import math

import pandas as pd
from scipy.stats import norm

from microwork import data
from microwork.numbers import Number
from microwork.poverty import lines
from microwork.poverty.inputs import INCOMES, LINES, LOW_LINE, RATES, SURVEY, USUAL_LINE, rate, survey
from microwork.poverty.spread import spread

THIRD = 0.3  # the third decile: by definition three tenths lie below it


def own_points() -> pd.DataFrame:
    """The survey read as the Observatoire sorts incomes, for each type of household with published deciles.

    Columns: household, third (third decile over the type's median), respondents (spread through the survey's two shares),
    type (spread of all French households of the type, third to eighth decile), median (of the respondents, over the type's
    median), below_half (share of all French households of the type under half its median; inferred).
    """
    table = data.table(LINES)
    wide = table[table["period"] == "2015"].pivot(index="household", columns="kind", values="value")
    rows = []
    for household, row in wide.loc[["single", "couple", "couple-2"]].iterrows():
        third = LOW_LINE * row["third-decile"] / row["half-median"]
        own = lines.sigma_between(LOW_LINE, survey("poor"), third, survey("popular"))
        of_type = math.log(row["eighth-decile"] / row["third-decile"]) / float(norm.ppf(0.8) - norm.ppf(THIRD))
        middle = lines.median_of_group(survey("popular"), third, own)
        rows.append((household, third, own, of_type, middle, lines.share_below(LOW_LINE, of_type)))
    return pd.DataFrame(rows, columns=["household", "third", "respondents", "type", "median", "below_half"])


def numbers() -> list[Number]:
    """The numbers of the survey's own two shares."""
    return [*_noise_numbers(), *_own_point_numbers()]


def _noise_numbers() -> list[Number]:
    """Where noise alone would put the third decile: by the spread of France, and by that of each type of household."""
    s, poor = spread(), survey("poor")
    wide = math.log(LOW_LINE) / float(norm.ppf(poor))
    national = s * float(norm.ppf(THIRD)) / math.hypot(s, lines.noise(rate("france-50"), poor, s))
    share = [100 * float(norm.cdf(z)) for z in (national, *(math.log(third) / wide for third in own_points()["third"]))]
    return [
        Number(
            "poverty.popular-if-noise",
            share[0],
            "percent",
            "Respondents in the lowest three tenths, if noise alone made the published share",
            "normal distribution at the third decile after the noise",
            (SURVEY, RATES, INCOMES, LINES),
            min(share),
            max(share),
            "Covers whether the third decile is that of France or of one type of household. Leaves out other error.",
            decimals=0,
        )
    ]


def _own_point_numbers() -> list[Number]:
    own = own_points().set_index("household")
    poor = survey("poor")
    moves = [float(norm.ppf(poor) - norm.ppf(share)) for share in (rate("france-50"), *own["below_half"])]
    popular = [100 * float(norm.cdf(norm.ppf(THIRD) + move)) for move in moves]
    results = {
        "implied-60-own-points": [100 * lines.at_other_line(poor, LOW_LINE, USUAL_LINE, x) for x in own["respondents"]],
        "spread-respondents": list(own["respondents"]),
        "spread-type": list(own["type"]),
        "blend-under-reporting": list(100 * (1 - own["median"])),
        "blend-noise": [math.exp(math.sqrt(row.respondents**2 - row.type**2)) for row in own.itertuples()],
        "own-line-rate": list(100 * own["below_half"]),
    }
    about = {
        "implied-60-own-points": (
            "percent",
            "Respondents below six tenths of the median, read between the survey's own two shares",
            "lognormal through the shares below half the median and below the third decile",
            0,
        ),
        "spread-respondents": (
            "standard deviation of logs",
            "Spread of the respondents' incomes",
            "lognormal through the survey's own two shares",
            2,
        ),
        "spread-type": (
            "standard deviation of logs",
            "Spread of the incomes of French households of one type",
            "logarithm of the eighth decile over the third, by the distance of the normal points",
            2,
        ),
        "blend-under-reporting": (
            "percent",
            "Understatement that, with noise, turns French households into the published shares",
            "one less the respondents' median over that of their type",
            0,
        ),
        "blend-noise": (
            "factor",
            "Noise that, with understatement, turns French households into the published shares",
            "exponential of the excess of the respondents' spread over that of their type",
            1,
        ),
        "own-line-rate": (
            "percent",
            "French households of a type below half of its own median",
            "lognormal with the spread of the type",
            1,
        ),
    }
    couple = list(own.index).index("couple")
    covers = "Covers the three types of household with published deciles. Leaves out sampling error and the mix of households."
    found = [
        Number(
            f"poverty.{name}",
            float(results[name][couple]),
            unit,
            label,
            f"{how}; couples without children",
            (SURVEY, LINES),
            float(min(results[name])),
            float(max(results[name])),
            covers,
            decimals,
        )
        for name, (unit, label, how, decimals) in about.items()
    ]
    found.append(
        Number(
            "poverty.popular-if-shifted",
            popular[0],
            "percent",
            "Respondents in the lowest three tenths, if one factor on every income made the published share",
            "the shift from the national rate to the published share, applied at the third decile",
            (SURVEY, RATES, LINES),
            min(popular),
            max(popular),
            "Covers whether the starting rate is that of France or of one type. Leaves out sampling error.",
            decimals=0,
        )
    )
    return found
