"""What the poverty chapter reads from its tables, in the units it computes with."""

from __future__ import annotations

from collections.abc import Callable

from tallybook import data
from tallybook.model.numbers import Computed, Number, number

from microwork.intervals import wilson

SURVEY, RATES, INCOMES, LINES = "poverty/survey", "poverty/rates", "poverty/incomes", "poverty/household-lines"
LOW_LINE, USUAL_LINE = 0.5, 0.6  # of the median standard of living
# Both lines: how ids name them, where they stand (of the median), and the words for them.
BOTH_LINES = (("50", LOW_LINE, "half the median"), ("60", USUAL_LINE, "the usual line"))

# What every sampling interval of this chapter covers and leaves out.
SAMPLING = (
    "Covers the luck of the draw (95 %, Wilson), as if the respondents had been drawn at random. Leaves out that they "
    "volunteered, on one platform, and that neither weights nor a response rate were published."
)


def survey(fact_id: str) -> float:
    """A share of the respondents, as a fraction from 0 to 1."""
    return data.value(SURVEY, fact_id) / 100


def respondents() -> int:
    """About how many persons answered, as published (rounded)."""
    return int(data.fact(SURVEY, "poor")["n"])


def rate(fact_id: str) -> float:
    """An official poverty rate, as a fraction from 0 to 1."""
    return data.value(RATES, fact_id) / 100


def amount(fact_id: str) -> float:
    """An amount in EUR per month (yearly ones are divided by twelve), or the Gini index."""
    fact = data.fact(INCOMES, fact_id)
    return float(fact["value"]) / 12 if fact["unit"] == "EUR per year" else float(fact["value"])


def poor_ends() -> tuple[float, float]:
    """Ends of the Wilson interval of the share published as poor, as fractions."""
    return wilson(survey("poor"), respondents())


def percent(
    name: str, compute: Callable[[], Computed], label: str, how: str, covers: str | None = None, decimals: int | None = None
) -> Number:
    """The number ``poverty.`` and ``name`` in percent; ``compute`` gives a fraction, or value, low and high as fractions."""

    def in_percent() -> Computed:
        result = compute()
        if not isinstance(result, tuple):
            return 100 * result
        value, low, high = result
        return 100 * value, 100 * low, 100 * high

    return number(f"poverty.{name}", in_percent, "percent", label, how, covers, decimals)
