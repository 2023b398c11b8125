"""Numbers from the distribution of incomes: the other line, understatement, noise, and the survey's second share.

The pure functions are in ``shapes``; here they meet the deciles of France.
"""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
from scipy.stats import norm
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.poverty import shapes, spread
from microwork.poverty.inputs import (
    BOTH_LINES,
    LINES,
    LOW_LINE,
    SHIFTED,
    USUAL_LINE,
    amount,
    at_ends,
    france,
    official,
    percent,
    quantiles,
    rate,
    survey,
    with_ends,
)

TENTH = 0.1  # an understatement to try out, not a finding
HOW = "From the deciles of France in 2015, log income linear in rank between them: all incomes times one factor until "


def checks() -> pd.DataFrame:
    """The results with each of four shapes of incomes, in percent, a row for each shape.

    Columns: shape, France below six tenths, respondents carried up and down, understatement needed at each line, line that
    fits both shares (percent of the median).
    """
    joined = {
        "Straight lines between deciles": france(),
        "The same, through the official rates": official(),
        "Smooth curve through deciles": shapes.smooth(quantiles()),
        "Lognormal": shapes.lognormal(spread.spread()),
    }
    poor, popular = survey("poor"), survey("popular")
    rows = [
        {
            "shape": name,
            "France, six tenths": shape.rank(USUAL_LINE),
            "up": shapes.carried(shape, poor, LOW_LINE, USUAL_LINE),
            "down": shapes.carried(shape, poor, USUAL_LINE, LOW_LINE),
            "too low, half": shapes.understatement(shape, poor, LOW_LINE),
            "too low, six tenths": shapes.understatement(shape, poor, USUAL_LINE),
            "line for both": shapes.fitting_line(shape, poor, popular),
        }
        for name, shape in joined.items()
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(**{column: 100 * frame[column] for column in frame.columns[1:]})


def third(household: str) -> float:
    """Third decile of a type of household, over the type's median."""
    return LOW_LINE * data.value(LINES, f"{household}-third-decile-2015") / data.value(LINES, f"{household}-half-median-2015")


def own_points(household: str) -> float:
    """Share below six tenths of the type's median, read between the survey's own two shares; all respondents of the type."""
    points = (LOW_LINE, survey("poor")), (third(household), survey("popular"))
    return shapes.between(USUAL_LINE, points)


def numbers(types: tuple[str, ...]) -> list[Number]:
    """The numbers of the other line, of understatement, of the second share and of noise; ``types`` of household."""
    return [*_line_numbers(types), *_measurement_numbers(), *_second_share(types), *_noise_numbers()]


def _line_numbers(types: tuple[str, ...]) -> list[Number]:
    def own() -> tuple[float, float, float]:
        found = {household: own_points(household) for household in types}
        return found["couple"], min(found.values()), max(found.values())

    def to(line: float, other: float) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.carried(france(), share, line, other))

    def median() -> tuple[float, float, float]:
        return at_ends(lambda share: amount("median") * LOW_LINE / france().at(share))

    label = "Respondents below {}, if the published share was counted at {}"
    half, usual = BOTH_LINES[0][2], BOTH_LINES[1][2]
    until = HOW + "the published share is below the line it was counted at."
    return [
        percent("implied-60-if-50", lambda: to(LOW_LINE, USUAL_LINE), label.format(usual, half), until, SHIFTED, 0),
        percent("implied-50-if-60", lambda: to(USUAL_LINE, LOW_LINE), label.format(half, usual), until, SHIFTED, 0),
        percent("implied-60-own-points", own, "Respondents below six tenths, read between the survey's own two shares",
                "Share linear in log income from half the median to the third decile of a type of household; couples.",
                "Covers the three types of household with published deciles. Leaves out sampling error and the mix of types.", 0),
        number("poverty.line-for-22", lambda: 100 * france().at(survey("poor")), "percent of the median",
               "Line at which France itself would show the published share",
               "Deciles of France in 2015, log income linear in rank between them.", decimals=0),
        number("poverty.implied-median-50", median, "EUR per month",
               "Median standard of living of respondents, if counted at half the median", until + " Times the median of 2016.",
               SHIFTED, -1),
        percent("deciles-rate-60", lambda: france().rank(USUAL_LINE), "France below six tenths of the median, by the deciles",
                "Log income linear in rank between the first and the second decile of 2015.", decimals=1),
    ]  # fmt: skip


def _measurement_numbers() -> list[Number]:
    def under(line: float) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.understatement(france(), share, line))

    def tenth_low(row: str) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.corrected(official(), share, TENTH) / rate(row))

    found = []
    for name, line, where in BOTH_LINES:
        alone = f"Understatement of all incomes that alone would give the published share at {where}"
        found.append(percent(f"under-reporting-{name}", partial(under, line), alone, HOW + "France shows the published share.",
                             SHIFTED, 0))  # fmt: skip
        label = f"Times as often poor as France, if counted at {where} and all incomes were declared a tenth too low"
        compute = partial(tenth_low, f"france-{name}")
        how = "Deciles of 2015 and official rates of 2016; corrected share below the line divided by the official rate."
        found.append(number(f"poverty.ratio-{name}-tenth-low", compute, "ratio", label, how, SHIFTED))
    return found


def _second_share(types: tuple[str, ...]) -> list[Number]:
    def tenths(line: float) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.below_third(france(), share, line))

    def types_of() -> tuple[float, float, float]:
        shape = france()
        found = {each: 100 * shape.at(survey("poor")) * third(each) / shape.at(survey("popular")) for each in types}
        return found["couple"], min(found.values()), max(found.values())

    def both() -> tuple[float, float, float]:
        value, low, high = shapes.fitting_line_ends(france(), with_ends("poor"), with_ends("popular"))
        return 100 * value, 100 * low, 100 * high

    return [
        *(percent(f"lowest-three-tenths-if-{name}", partial(tenths, line),
                  f"Respondents in the lowest three tenths, if one factor made the published share at {where}",
                  HOW + "the published share is below the line; then the share below the third decile.", SHIFTED, 0)
          for name, line, where in BOTH_LINES),
        number("poverty.line-that-fits-both", both, "percent of the median",
               "Line at which one factor on all incomes gives both published shares",
               HOW + "the published shares lie below the line and below the third decile.",
               "Covers sampling error of both shares (95 %, from their Wilson ends, as shares of one sample). Leaves out what "
               "intervals of one share leave out, and that the second share was sorted by type of household.", 0),
        number("poverty.line-that-fits-types", types_of, "percent of the median",
               "The same line, if both shares were sorted by type of household",
               HOW + "the published shares lie below the line and below the third decile of the type; couples.",
               "Covers the three types of household with published deciles. Leaves out sampling error.", 0),
    ]  # fmt: skip


def _noise_numbers() -> list[Number]:
    covers = "Covers which official figure the spread is taken from. Leaves out other shapes than the lognormal."

    def factor(row: str) -> float:
        return math.exp(spread.noise(rate(row), survey("poor"), spread.spread()))

    def popular() -> float:
        sigma, third = spread.spread(), float(norm.ppf(shapes.THIRD))
        wide = math.hypot(sigma, spread.noise(rate("france-50"), survey("poor"), sigma))
        return float(norm.cdf(sigma * third / wide))

    return [
        number("poverty.lognormal-sigma", lambda: (spread.spread(), min(spread.spreads()), max(spread.spreads())),
               "standard deviation of logs", "Spread of French standards of living",
               "Logarithm of the ninth decile over the first, by twice the normal 90 % point.", covers, 2),
        *(number(f"poverty.noise-{name}", partial(factor, f"france-{name}"), "factor",
                 f"Factor of random error, up or down, that alone would give the published share at {where}",
                 "Lognormal; exponential of the deviation of error in logs, median unchanged; two in three answers stay within.",
                 decimals=1) for name, _, where in BOTH_LINES),
        percent("popular-if-noise", popular, "Respondents in the lowest three tenths, if noise alone made the published share",
                "Lognormal with the spread of the deciles; share below the third decile after the noise.", decimals=0),
    ]  # fmt: skip
