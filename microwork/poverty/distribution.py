"""Numbers from the distribution of incomes: the other line, and the survey's second share.

The pure functions are in ``shapes``; here they meet the deciles of France.
"""

from __future__ import annotations

from tallybook import data

from microwork.inputs import percent
from microwork.intervals import Ends, hundredfold
from microwork.poverty import noise, shapes
from microwork.poverty.inputs import (
    LINES,
    LOW_LINE,
    TYPES,
    USUAL_LINE,
    at_ends,
    france,
    official,
    survey,
    with_ends,
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
    others = (official(), shapes.lognormal(noise.spread()))
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


def fits_both() -> Ends:
    """The line that gives both published shares (percent of the median)."""
    return hundredfold(shapes.fitting_line_ends(france(), with_ends("poor"), with_ends("popular")))


def fits_types() -> Ends:
    """The same line, if both shares were sorted by type of household: that of couples, and the
    ends of all types (percent of the median)."""
    shape = france()
    found = {
        each: 100 * shape.at(survey("poor")) * third(each) / shape.at(survey("popular"))
        for each in TYPES
    }
    return found["couple"], min(found.values()), max(found.values())


def carried(line: float, other: float) -> Ends:
    """Share below the other line, if the published one was counted at ``line``, as a fraction."""
    return at_ends(lambda share: shapes.carried(france(), share, line, other))


def tenths(line: float) -> Ends:
    """Share in the lowest three tenths, if the published one was counted at ``line``."""
    return at_ends(lambda share: shapes.below_third(france(), share, line))


NUMBERS = {
    "implied-60-if-50": percent(carried, LOW_LINE, USUAL_LINE),
    "implied-50-if-60": percent(carried, USUAL_LINE, LOW_LINE),
    "lowest-three-tenths-if-50": percent(tenths, LOW_LINE),
    "lowest-three-tenths-if-60": percent(tenths, USUAL_LINE),
    "line-that-fits-both": fits_both,
    "line-that-fits-types": fits_types,
    "shapes-largest-move": largest_move,
}
