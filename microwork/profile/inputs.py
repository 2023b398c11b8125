"""What the chapter ``profile`` reads from its tables."""

from __future__ import annotations

from tallybook import data
from tallybook.data.provenance import step

from microwork.intervals import Ends

SHARES, FACTS, POPULATION = "profile/shares", "profile/facts", "profile/population"
ELSEWHERE, ASSUMPTIONS = "profile/elsewhere", "profile/assumptions"
CENSUS, MTURK, MTURK_HOMES = (
    "profile/census-2018",
    "profile/mturk-2015",
    "profile/mturk-women-homes",
)
CROWDS, PROLIFIC = "profile/crowds", "profile/prolific"
HOURS, HOMES = "profile/hours-sample", "profile/homes-sample"

OLDEST = 100  # first age of the last group of the census, the only one without an upper end


def share(fact_id: str) -> float:
    """A published share of a survey on the platform, as a fraction."""
    return data.value(SHARES, fact_id) / 100


def asked(fact_id: str, table: str = SHARES) -> int:
    """How many persons a share was measured on, as far as the texts say."""
    return int(data.fact(table, fact_id)["n"])


def printed_decimals(fact_id: str) -> int:
    """How many decimals the source prints."""
    return int(data.fact(SHARES, fact_id)["printed_decimals"])


def rounded(fact_id: str) -> Ends:
    """A published share, and the least and the most that print so, as fractions."""
    value, half = share(fact_id), 0.5 * 10 ** -printed_decimals(fact_id) / 100
    return value, value - half, value + half


def persons(fact_id: str) -> float:
    """A published number of persons."""
    return data.value(FACTS, fact_id)


def benchmark(fact_id: str) -> float:
    """A national share as a fraction."""
    return data.value(FACTS, fact_id) / 100


def elsewhere(fact_id: str) -> float:
    """A share in a survey of microworkers elsewhere, as a fraction."""
    return data.value(ELSEWHERE, fact_id) / 100


def assumption(assumption_id: str) -> float:
    """A value that we set."""
    return data.value(ASSUMPTIONS, assumption_id)


def level() -> float:
    """Level of the intervals, as a fraction."""
    return assumption("level") / 100


@step
def census(low: int, high: int | None = None, sex: str | None = None) -> float:
    """Persons aged ``low`` to ``high`` (last age included; ``None``: no upper end), both sexes
    unless one is named.

    Raises ``ValueError`` if the ages do not fall on the ends of five-year groups.
    """
    if low not in range(15, OLDEST + 1, 5) or (
        high is not None and high not in range(19, OLDEST, 5)
    ):
        raise ValueError(f"found ages {low} to {high}; expected ends of five-year groups from 15")
    groups = range(low, (OLDEST if high is None else high) + 1, 5)
    return float(
        sum(
            data.row(POPULATION, one, age)["persons"]
            for one in ([sex] if sex else ["men", "women"])
            for age in groups
        )
    )


@step
def stated(low: int, high: int, **wanted: str) -> float:
    """Persons aged ``low`` to ``high`` in the census of 2018, as they state their sex, activity and
    diploma.

    ``wanted``: values of the columns ``sex``, ``activity`` and ``above_bac2``; a column that is not
    named is summed over. Raises ``ValueError`` if the ages do not fall on the ends of the groups of
    ``profile/census-2018``.
    """
    starts, ends = (15, 18, 25, 35, 45, 55), (17, 24, 34, 44, 54, 64)
    if low not in starts or high not in ends or high < low:
        raise ValueError(
            f"found ages {low} to {high}; expected first ages of {starts} and last ages of {ends}"
        )
    groups = (first for first in starts if low <= first <= high)
    return float(
        sum(data.rows(CENSUS, {"age_low": first, **wanted})["persons"].sum() for first in groups)
    )
