"""What the chapter ``profile`` reads from its tables, and the sentences its intervals share."""

from __future__ import annotations

import functools
import hashlib

import pandas as pd

from microwork import data, intervals
from microwork.numbers import Number
from microwork.paths import DATA

SHARES = "profile/shares"
COUNTS = "profile/counts"
POPULATION = "profile/population"
LABOUR_FORCE = "profile/labour-force"
BENCHMARKS = "profile/benchmarks"
ELSEWHERE = "profile/elsewhere"
ASSUMPTIONS = "profile/assumptions"

SAMPLING = (
    "Covers the chance of drawing these persons, at 95 % (Wilson), as if they were a random draw. "
    "Does not cover who chose to answer: volunteers of one platform, with no weights and no response rate published."
)


def kept(name: str) -> pd.DataFrame:
    """A table by its key, read and checked once for the same bytes: the sums of this chapter ask for it some thousand times.

    Not to be changed by the caller. Raises ``DataError`` as ``data.table`` does.
    """
    return _kept(name, hashlib.sha256((DATA / f"{name}.csv").read_bytes()).hexdigest())


@functools.lru_cache(maxsize=32)
def _kept(name: str, _stamp: str) -> pd.DataFrame:
    frame = data.table(name)
    return frame.set_index(frame.columns[0]) if frame.columns[0].endswith("_id") else frame


def share(fact_id: str) -> float:
    """A published share of a survey on the platform, as a fraction."""
    return float(kept(SHARES).at[fact_id, "value"]) / 100


def asked(fact_id: str) -> int:
    """How many persons a share was measured on, as far as the texts say."""
    return int(kept(SHARES).at[fact_id, "n"])


def printed_decimals(fact_id: str) -> int:
    """How many decimals the source prints."""
    return int(kept(SHARES).at[fact_id, "printed_decimals"])


def persons(fact_id: str) -> float:
    """A published number of persons."""
    return float(kept(COUNTS).at[fact_id, "value"])


def benchmark(fact_id: str) -> float:
    """A national share as a fraction."""
    return float(kept(BENCHMARKS).at[fact_id, "value"]) / 100


def elsewhere(fact_id: str) -> float:
    """A share in a survey of microworkers of another country, as a fraction."""
    return float(kept(ELSEWHERE).at[fact_id, "value"]) / 100


def assumption(assumption_id: str) -> float:
    """A value that we set."""
    return float(kept(ASSUMPTIONS).at[assumption_id, "value"])


def level() -> float:
    """Level of the intervals, as a fraction."""
    return assumption("level") / 100


def census(low: int, high: int | None = None, sex: str | None = None) -> float:
    """Persons aged ``low`` to ``high`` (last age included; ``None``: no upper end), both sexes unless one is named.

    Raises ``ValueError`` if the ages do not fall on the ends of five-year groups.
    """
    frame = kept(POPULATION)
    if low not in set(frame["age_low"]) or (high is not None and high not in set(frame["age_high"].dropna())):
        raise ValueError(f"found ages {low} to {high}; wanted ends of five-year groups from 15")
    rows = frame["age_low"] >= low
    if high is not None:
        rows &= frame["age_high"].fillna(10**3) <= high
    if sex is not None:
        rows &= frame["sex"] == sex
    return float(frame.loc[rows, "persons"].sum())


def num(
    number_id: str, value: float, unit: str, label: str, how: str, tables: tuple[str, ...],
    ends: tuple[float, float] | None = None, covers: str | None = None, decimals: int | None = None,
) -> Number:  # fmt: skip
    """A Number of this chapter; ``ends`` is its interval, in ``unit``."""
    low, high = (float(ends[0]), float(ends[1])) if ends else (None, None)
    return Number(f"profile.{number_id}", float(value), unit, label, how, tables, low, high, covers, decimals)


def percent(
    number_id: str, value: float, label: str, how: str, tables: tuple[str, ...],
    ends: tuple[float, float] | None = None, covers: str | None = None, decimals: int | None = None,
) -> Number:  # fmt: skip
    """A Number in percent, from fractions."""
    low_high = (100 * ends[0], 100 * ends[1]) if ends else None
    return num(number_id, 100 * value, "percent", label, how, tables, low_high, covers, decimals)


def published(number_id: str, fact_id: str, label: str) -> Number:
    """A published share of the survey, with the interval of its sampling error at the number asked."""
    # No more decimals than the source printed, and one at most: the interval is a few points wide.
    decimals = min(1, printed_decimals(fact_id))
    how = "As published; the interval is Wilson's at the number asked, as far as the texts give it."
    ends = intervals.wilson(share(fact_id), asked(fact_id), level())
    return percent(number_id, share(fact_id), label, how, (SHARES, ASSUMPTIONS), ends, SAMPLING, decimals)
