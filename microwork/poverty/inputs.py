"""What the poverty chapter reads from its tables, in the units it computes with."""

from __future__ import annotations

from collections.abc import Callable

from tallybook import data
from tallybook.data.provenance import step

from microwork.intervals import Ends, wilson
from microwork.poverty.shapes import Shape, straight

SURVEY, OFFICIAL, LINES, RANKS, MTURK = (
    f"poverty/{name}"
    for name in ("survey", "official", "household-lines", "standards-of-living", "mturk")
)
LOW_LINE, USUAL_LINE = 0.5, 0.6  # of the median standard of living
# Both lines: how ids name them, where they stand (of the median), and the words for them.
BOTH_LINES = (("50", LOW_LINE, "half the median"), ("60", USUAL_LINE, "six tenths of the median"))
TYPES = ("single", "couple")  # the types of household with published deciles


def survey(fact_id: str) -> float:
    """A share of the respondents, as a fraction from 0 to 1."""
    return data.value(SURVEY, fact_id) / 100


def respondents() -> int:
    """About how many persons answered, as published (rounded)."""
    return int(data.fact(SURVEY, "poor")["n"])


def mturk_count(fact_id: str) -> int:
    """A number of workers of Mechanical Turk."""
    return int(data.value(MTURK, fact_id))


def rate(fact_id: str) -> float:
    """An official poverty rate, as a fraction from 0 to 1."""
    return data.value(OFFICIAL, fact_id) / 100


def official_rate(name: str) -> float:
    """The official poverty rate of France in 2016 at a line (50 or 60), as a fraction."""
    return rate(f"france-{name}")


def amount(fact_id: str) -> float:
    """An amount in EUR per month (yearly ones are divided by twelve)."""
    fact = data.fact(OFFICIAL, fact_id)
    return float(fact["value"]) / 12 if fact["unit"] == "EUR per year" else float(fact["value"])


def quantiles() -> dict[float, float]:
    """Standards of living of France in 2015 by rank (a fraction), in EUR per year."""
    table = data.table(RANKS)
    return {
        float(rank) / 100: float(value)
        for rank, value in zip(table["rank"], table["value"], strict=True)
    }


def france() -> Shape:
    """The shape of French incomes: the deciles and quartiles of 2015, the logarithm linear in rank
    between them."""
    return straight(quantiles())


@step
def official() -> Shape:
    """The same with the two official rates of 2016 as further points, so that it has exactly those
    rates at both lines."""
    known = quantiles()
    rates = {official_rate(name): line * known[0.5] for name, line, _ in BOTH_LINES}
    return straight(known | rates)


def with_ends(fact_id: str) -> Ends:
    """A share of the respondents and the ends of its Wilson interval, as fractions."""
    return survey(fact_id), *wilson(survey(fact_id), respondents())


def at_ends(result: Callable[[float], float]) -> Ends:
    """A result of the share published as poor, and its smallest and largest value at the Wilson
    ends of that share."""
    value, *ends = (result(share) for share in with_ends("poor"))
    return value, min(ends), max(ends)
