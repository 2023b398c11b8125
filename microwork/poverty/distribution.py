"""Numbers from the distribution of incomes: the other line, and the survey's second share.

The pure functions are in ``shapes``; here they meet the deciles of France.
"""

from __future__ import annotations

from functools import partial

from tallybook import data
from tallybook.model.numbers import Number, number

from microwork.poverty import shapes, spread
from microwork.poverty.inputs import (
    BOTH_LINES,
    LINES,
    LOW_LINE,
    SHIFTED,
    USUAL_LINE,
    at_ends,
    france,
    official,
    percent,
    survey,
    with_ends,
)

HOW = (
    "From the deciles of France in 2015, log income linear in rank between them: all incomes times"
    " one factor until "
)


def results(shape: shapes.Shape) -> list[float]:
    """What the chapter says of the published shares with one shape of French incomes, as fractions.

    Carried up and down between the lines, understatement needed at each, share in the lowest three
    tenths by each, and the line that fits both shares.
    """
    poor, popular, lines = survey("poor"), survey("popular"), (LOW_LINE, USUAL_LINE)
    return [
        shapes.carried(shape, poor, *lines),
        shapes.carried(shape, poor, *reversed(lines)),
        *(shapes.understatement(shape, poor, line) for line in lines),
        *(shapes.below_third(shape, poor, line) for line in lines),
        shapes.fitting_line(shape, poor, popular),
    ]


def largest_move() -> float:
    """How far results by the official rates as further points, or by a lognormal, lie from the
    chapter's own (points)."""
    own = results(france())
    others = (official(), shapes.lognormal(spread.spread()))
    return 100 * max(
        abs(a - b) for shape in others for a, b in zip(results(shape), own, strict=True)
    )


def third(household: str) -> float:
    """Third decile of a type of household, over the type's median."""
    return (
        LOW_LINE
        * data.value(LINES, f"{household}-third-decile-2015")
        / data.value(LINES, f"{household}-half-median-2015")
    )


def numbers(types: tuple[str, ...]) -> list[Number]:
    """The numbers of the other line and of the second share; ``types`` of household."""

    def carried(line: float, other: float) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.carried(france(), share, line, other))

    def tenths(line: float) -> tuple[float, float, float]:
        return at_ends(lambda share: shapes.below_third(france(), share, line))

    def both() -> tuple[float, float, float]:
        value, low, high = shapes.fitting_line_ends(
            france(), with_ends("poor"), with_ends("popular")
        )
        return 100 * value, 100 * low, 100 * high

    def by_type() -> tuple[float, float, float]:
        shape = france()
        found = {
            each: 100 * shape.at(survey("poor")) * third(each) / shape.at(survey("popular"))
            for each in types
        }
        return found["couple"], min(found.values()), max(found.values())

    label = "Respondents below {}, if the published share was counted at {}"
    half, usual = BOTH_LINES[0][2], BOTH_LINES[1][2]
    until = HOW + "the published share is below the line it was counted at."
    return [
        percent(
            "implied-60-if-50",
            partial(carried, LOW_LINE, USUAL_LINE),
            label.format(usual, half),
            until,
            SHIFTED,
            0,
        ),
        percent(
            "implied-50-if-60",
            partial(carried, USUAL_LINE, LOW_LINE),
            label.format(half, usual),
            until,
            SHIFTED,
            0,
        ),
        *(
            percent(
                f"lowest-three-tenths-if-{name}",
                partial(tenths, line),
                "Respondents in the lowest three tenths, if one factor made the published share at"
                f" {where}",
                HOW
                + "the published share is below the line; then the share below the third decile.",
                SHIFTED,
                0,
            )
            for name, line, where in BOTH_LINES
        ),
        number(
            "poverty.line-that-fits-both",
            both,
            "percent of the median",
            "Line at which one factor on all incomes gives both published shares",
            HOW + "the published shares lie below the line and below the third decile.",
            "Covers sampling error of both shares (95 %, from their Wilson ends, as shares of one"
            " sample). Leaves out what intervals of one share leave out, and that the second share"
            " was sorted by type of household.",
            0,
        ),
        number(
            "poverty.line-that-fits-types",
            by_type,
            "percent of the median",
            "The same line, if both shares were sorted by type of household",
            HOW + "the published shares lie below the line and below the third decile of the type;"
            " couples.",
            "Covers couples and people alone. Leaves out sampling error.",
            0,
        ),
        number(
            "poverty.shapes-largest-move",
            largest_move,
            "percentage points",
            "Largest change of a result, by the way the incomes of France are drawn",
            "Largest difference from the straight lines, over two other ways and seven results.",
            decimals=1,
        ),
    ]
