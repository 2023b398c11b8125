"""How many answered the survey of 2018, and what its error can be: counts that print a share,
sampling, self-selection."""

from __future__ import annotations

from decimal import Decimal

from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, scaled
from microwork.profile.inputs import asked, assumption, level, persons, printed_decimals, share

FINE = "money-motive"  # the one share that was printed with two decimals


def count_that_prints(printed: Decimal, n: int) -> int | None:
    """A whole number of persons out of ``n`` whose percentage prints as ``printed``, or ``None`` if
    there is none.

    ``printed``: a percentage with the decimals it was printed with (``Decimal("56.1")``). Both
    customs of rounding a tie are allowed, up and to the even digit. The arithmetic is in whole
    numbers, so nothing is lost to floating point. The idea: Brown and Heathers, Social
    Psychological and Personality Science 8 (2017), 363-369 (there for means).
    """
    scale: int = 10 ** max(0, -int(printed.as_tuple().exponent))
    units = int(printed * scale)  # the percentage in units of its last digit
    nearest = units * n // (100 * scale)
    for count in (nearest, nearest + 1):
        # Twice the distance to the printed value, times n.
        twice = 2 * 100 * scale * count - 2 * units * n
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


def with_sampling(value: float, n: int) -> Ends:
    """A share measured on ``n`` persons, and its interval of sampling error (Wilson's), as
    fractions."""
    return value, *intervals.wilson(value, n, level())


def sampled(fact_id: str) -> Ends:
    """A published share of the survey and its interval of sampling error at the number asked, as
    fractions."""
    return with_sampling(share(fact_id), asked(fact_id))


def ratios(fact_id: str, benchmark: float) -> Ends:
    """``sampled`` over a benchmark (fraction) that is taken as known."""
    return scaled(sampled(fact_id), 1 / benchmark)


def odds_ratios(fact_id: str, benchmark: float) -> Ends:
    """Odds ratios of ``sampled`` against a benchmark (fraction) that is taken as known."""
    return intervals.each(lambda part: intervals.odds_ratio(part, benchmark), sampled(fact_id))


def selected(fact_id: str) -> Ends:
    """A published share, and its ends under the example of self-selection, as fractions."""
    return share(fact_id), *intervals.selection_bounds(
        share(fact_id), assumption("selection-example")
    )


def worst_case(fact_id: str) -> Ends:
    """A published share, and what it can be among all who registered (Manski), as fractions."""
    return share(fact_id), *intervals.manski(share(fact_id), response_rate())


def window() -> Ends:
    """``largest_below``, and the smallest and the largest number that can print that share."""
    return largest_below(), survivors()[0], survivors()[-1]


NUMBERS: Numbers = {
    "response-rate": percent(response_rate),
    "candidate-n-count": lambda: float(len(survivors())),
    "candidate-n-below": window,
    "money-motive": percent(sampled, "money-motive"),
    "women-worst-case": percent(worst_case, "women"),
}
