"""How many answered the survey of 2018, and what its error can be: counts that print a share,
sampling, self-selection."""

from __future__ import annotations

from decimal import Decimal

from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import (
    ASSUMPTIONS,
    COUNTS,
    SAMPLING,
    SHARES,
    asked,
    assumption,
    level,
    percent,
    persons,
    printed_decimals,
    share,
)

FINE = "money-motive"  # the one share that was printed with two decimals
AS_PUBLISHED = (
    "As published; the interval is Wilson's at the number asked, as far as the texts give it."
)
SELECTED = "Odds of the published share times and over the strength."
TRIED = (
    "Every number of respondents in a range is tried, to see if some whole count prints the share"
    " as it was printed."
)
NO_MODEL = (
    "Covers every possible answer of those who kept silent. Does not cover sampling error, which is"
    " small beside it."
)


def count_that_prints(printed: Decimal, n: int) -> int | None:
    """A whole number of persons out of ``n`` whose percentage prints as ``printed``, or ``None`` if
    there is none.

    ``printed``: a percentage with the decimals it was printed with (``Decimal("56.1")``). Both
    customs of rounding a tie are allowed, up and to the even digit. The arithmetic is in whole
    numbers, so nothing is lost to floating point. Raises ``ValueError`` if n < 1 or the percentage
    lies outside 0 to 100. The idea: Brown and Heathers, Social Psychological and Personality
    Science 8 (2017), 363-369 (there for means).
    """
    if n < 1 or not 0 <= printed <= 100:
        raise ValueError(
            f"found {printed} of n = {n}; expected a percentage from 0 to 100 and n of at least 1"
        )
    scale: int = 10 ** max(0, -int(printed.as_tuple().exponent))
    units = int(printed * scale)  # the percentage in units of its last digit
    nearest = units * n // (100 * scale)
    for count in (nearest, nearest + 1):
        twice = (
            2 * 100 * scale * count - 2 * units * n
        )  # twice the distance to the printed value, times n
        if count <= n and (-n <= twice < n or (twice == n and units % 2 == 0)):
            return count
    return None


def as_printed(fact_id: str) -> Decimal:
    """A published share with the decimals its source prints, as ``Decimal`` (percent)."""
    return Decimal(f"{100 * share(fact_id):.{printed_decimals(fact_id)}f}")


def tried() -> range:
    """The numbers of respondents that are tried."""
    return range(int(assumption("n-from")), int(assumption("n-to")) + 1)


@step
def survivors() -> tuple[int, ...]:
    """The numbers of respondents that can print the share naming money."""
    return tuple(n for n in tried() if count_that_prints(as_printed(FINE), n) is not None)


def largest_below() -> float:
    """The largest number below the published one that can print the share naming money."""
    said = persons("respondents")
    return float(max(n for n in survivors() if n < said))


def response_rate() -> float:
    """Respondents over registered contributors: at best a rough rate, for nobody published how many
    were invited."""
    return persons("respondents") / persons("registered")


def with_sampling(value: float, n: int) -> tuple[float, float, float]:
    """A share measured on ``n`` persons, and its interval of sampling error (Wilson's), as
    fractions."""
    return value, *intervals.wilson(value, n, level())


def sampled(fact_id: str) -> tuple[float, float, float]:
    """A published share of the survey and its interval of sampling error at the number asked, as
    fractions."""
    return with_sampling(share(fact_id), asked(fact_id))


def ratios(fact_id: str, benchmark: float) -> tuple[float, float, float]:
    """``sampled`` over a benchmark (fraction) that is taken as known."""
    value, low, high = sampled(fact_id)
    return value / benchmark, low / benchmark, high / benchmark


def odds_ratios(fact_id: str, benchmark: float) -> tuple[float, float, float]:
    """Odds ratios of ``sampled`` against a benchmark (fraction) that is taken as known."""
    value, low, high = (intervals.odds_ratio(part, benchmark) for part in sampled(fact_id))
    return value, low, high


def selected(fact_id: str) -> tuple[float, float, float]:
    """A published share, and its ends under the example of self-selection, as fractions."""
    return share(fact_id), *intervals.selection_bounds(
        share(fact_id), assumption("selection-example")
    )


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [
        published(
            "profile.respondents",
            COUNTS,
            "respondents",
            "respondents, given as “nearly” this number",
        ),
        published(
            "profile.registered",
            COUNTS,
            "registered",
            "contributors registered on the platform",
            "Announced.",
        ),
        percent(
            "response-rate",
            response_rate,
            "respondents per registered contributor",
            "The one over the other.",
            decimals=0,
        ),
        published(
            "profile.often",
            ASSUMPTIONS,
            "often",
            "least share that we read “often” as",
            "Set.",
            decimals=0,
        ),
        published(
            "profile.n-from", ASSUMPTIONS, "n-from", "smallest number of respondents tried", "Set."
        ),
        published(
            "profile.n-to", ASSUMPTIONS, "n-to", "largest number of respondents tried", "Set."
        ),
        number(
            "profile.candidate-n-count",
            lambda: float(len(survivors())),
            "integers",
            "numbers of respondents that can produce the share naming money",
            TRIED,
        ),
        number(
            "profile.candidate-n-below",
            lambda: (largest_below(), survivors()[0], survivors()[-1]),
            "persons",
            "largest number below the published one that can produce the share naming money",
            TRIED,
            "Covers all numbers in that range that can produce the share. Does not cover smaller"
            " numbers, some of which can too.",
            0,
        ),
        published(
            "profile.money-motive-printed",
            SHARES,
            "money-motive",
            "share who microwork for the money, as printed",
            decimals=2,
        ),
        percent(
            "money-motive",
            lambda: sampled("money-motive"),
            "share who microwork for the money",
            AS_PUBLISHED,
            SAMPLING,
            1,
        ),
        percent(
            "women-worst-case",
            lambda: (share("women"), *intervals.manski(share("women"), response_rate())),
            "women among all registered, nothing assumed",
            "Manski's bounds.",
            NO_MODEL,
            0,
        ),
        published(
            "profile.selection-example",
            ASSUMPTIONS,
            "selection-example",
            "strength of self-selection taken as an example",
            "Set.",
            0,
        ),
    ]
