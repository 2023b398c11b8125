"""Numbers from the distribution of incomes: the other line, understatement, and the survey's second share.

The pure functions are in ``shapes``; here they meet the deciles of France.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.poverty import fits, shapes, spread
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
    survey_of_incomes,
    with_ends,
)

TENTH = 0.1  # an understatement to try out, not a finding
HOW = "From the deciles of France in 2015, log income linear in rank between them: all incomes times one factor until "


def ways() -> dict[str, shapes.Shape]:
    """The shape of France in each way that was tried, the chapter's own first."""
    return {
        "Straight lines between deciles": france(),
        "The same, through the official rates": official(),
        "Smooth curve through deciles": shapes.smooth(quantiles()),
        "Dagum's curve, fitted to the deciles": fits.fitted(quantiles()),
        "Dagum's curve, fitted to Insee's survey of 2016": fits.fitted(*survey_of_incomes()),
        "Lognormal, from two deciles of 2016": shapes.lognormal(spread.spread()),
    }


def checks() -> pd.DataFrame:
    """The results with each of ``ways``, in percent, a row for each.

    Columns: shape, France below six tenths, respondents carried up and down, understatement needed at each line, share in the
    lowest three tenths by each line, line that fits both shares (percent of the median).
    """
    poor, popular = survey("poor"), survey("popular")
    rows = [
        {
            "shape": name,
            "France": shape.rank(USUAL_LINE),
            "up": shapes.carried(shape, poor, LOW_LINE, USUAL_LINE),
            "down": shapes.carried(shape, poor, USUAL_LINE, LOW_LINE),
            "too low, half": shapes.understatement(shape, poor, LOW_LINE),
            "too low, six tenths": shapes.understatement(shape, poor, USUAL_LINE),
            "three tenths, half": shapes.below_third(shape, poor, LOW_LINE),
            "three tenths, six": shapes.below_third(shape, poor, USUAL_LINE),
            "line for both": shapes.fitting_line(shape, poor, popular),
        }
        for name, shape in ways().items()
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(**{column: 100 * frame[column] for column in frame.columns[1:]})


def largest_move() -> float:
    """How far the results of any other way lie from the chapter's own, at most, in points."""
    results = checks().set_index("shape").drop(columns="France")
    return float((results - results.iloc[0]).abs().to_numpy().max())


def third(household: str) -> float:
    """Third decile of a type of household, over the type's median."""
    return LOW_LINE * data.value(LINES, f"{household}-third-decile-2015") / data.value(LINES, f"{household}-half-median-2015")


def own_points(household: str) -> float:
    """Share below six tenths of the type's median, read between the survey's own two shares; all respondents of the type."""
    points = (LOW_LINE, survey("poor")), (third(household), survey("popular"))
    return shapes.between(USUAL_LINE, points)


def numbers(types: tuple[str, ...]) -> list[Number]:
    """The numbers of the other line, of understatement and of the second share; ``types`` of household."""
    return [*_line_numbers(types), *_measurement_numbers(), *_second_share(types), _moves()]


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
        found.append(number(f"poverty.ratio-{name}-tenth-low", compute, "ratio", label, how, SHIFTED, 1))
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


def _moves() -> Number:
    return number("poverty.shapes-largest-move", largest_move, "percentage points",
                  "Largest change of a result of this section, by the way the shape of France is drawn",
                  "Largest difference from the straight lines, over five other ways and seven results.", decimals=1)  # fmt: skip
