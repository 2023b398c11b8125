"""What the chapter ``profile`` reads from its tables."""

from __future__ import annotations

from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.intervals import Ends

SHARES, FACTS, SINCE = "profile/shares", "profile/facts", "profile/since"
POPULATION, CENSUS, HOURS = "profile/population", "profile/census-2018", "profile/hours-sample"
CROWDS, PROLIFIC, COUNTRIES = "profile/crowds", "profile/prolific", "profile/crowd_women"
MTURK, MTURK_HOMES = "profile/mturk-2015", "profile/mturk-women-homes"


def share(fact_id: str) -> float:
    """A published share, as a fraction."""
    return data.value(SHARES, fact_id) / 100


def asked(fact_id: str) -> int:
    """How many persons a share was measured on, as far as the texts say."""
    return int(data.fact(SHARES, fact_id)["n"])


def with_sampling(value: float, n: int) -> Ends:
    """A share measured on ``n`` persons, and its interval of sampling error (Wilson's, 95%), as
    fractions."""
    return value, *intervals.wilson(value, n)


def sampled(fact_id: str) -> Ends:
    """A published share and its interval of sampling error at the number asked, as fractions."""
    return with_sampling(share(fact_id), asked(fact_id))


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
