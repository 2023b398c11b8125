"""How many answered the survey of 2018, and what its error can be: counts that print a share, sampling, self-selection."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from microwork import intervals
from microwork.numbers import Number
from microwork.profile.inputs import (
    ASSUMPTIONS,
    COUNTS,
    SAMPLING,
    SHARES,
    assumption,
    level,
    num,
    percent,
    persons,
    printed_decimals,
    published,
    share,
)

# Shares of all respondents that were printed with at least one decimal. The share with a diploma is left out:
# its base is another one (ages 25 to 64), so it says nothing on the number of all respondents.
FINE = ("money-motive", "women", "age-25-44", "inactive")


def count_that_prints(printed: Decimal, n: int) -> int | None:
    """A whole number of persons out of ``n`` whose percentage prints as ``printed``, or ``None`` if there is none.

    ``printed``: a percentage with the decimals it was printed with (``Decimal("56.1")``). Both customs of rounding a tie
    are allowed, up and to the even digit. The arithmetic is in whole numbers, so nothing is lost to floating point.
    Raises ``ValueError`` if n < 1 or the percentage lies outside 0 to 100.
    The idea: Brown and Heathers, Social Psychological and Personality Science 8 (2017), 363-369 (there for means).
    """
    if n < 1 or not 0 <= printed <= 100:
        raise ValueError(f"found {printed} of n = {n}; wanted a percentage from 0 to 100 and n of at least 1")
    scale = 10 ** max(0, -int(printed.as_tuple().exponent))
    units = int(printed * scale)  # the percentage in units of its last digit
    nearest = units * n // (100 * scale)
    for count in (nearest, nearest + 1):
        twice = 2 * 100 * scale * count - 2 * units * n  # twice the distance to the printed value, times n
        if count <= n and (-n <= twice < n or (twice == n and units % 2 == 0)):
            return count
    return None


def as_printed(fact_id: str) -> Decimal:
    """A published share with the decimals its source prints, as ``Decimal`` (percent)."""
    return Decimal(f"{100 * share(fact_id):.{printed_decimals(fact_id)}f}")


def candidates() -> pd.DataFrame:
    """Numbers of respondents tried, one a row: ``n``, and for each fine share whether some count of n prints it.

    Columns: ``n``, the names in ``FINE`` (bool), ``all`` (bool: every one of them).
    """
    numbers = range(int(assumption("n-from")), int(assumption("n-to")) + 1)
    frame = pd.DataFrame({"n": list(numbers)})
    for fact_id in FINE:
        printed = as_printed(fact_id)
        frame[fact_id] = [count_that_prints(printed, n) is not None for n in numbers]
    frame["all"] = frame[list(FINE)].all(axis=1)
    return frame


def survivors(column: str = "money-motive") -> list[int]:
    """The numbers of respondents that can print a share (or ``all`` the fine ones)."""
    frame = candidates()
    return [int(n) for n in frame.loc[frame[column], "n"]]


def rounded_twice() -> tuple[float, float]:
    """Ends, as fractions, of the share with a diploma above Bac+2 if both its printed forms are correct roundings."""
    ends = []
    for fact_id in ("above-bac2", "above-bac2-rounded"):
        half = 0.5 * 10 ** -printed_decimals(fact_id) / 100
        ends.append((share(fact_id) - half, share(fact_id) + half))
    return max(low for low, _ in ends), min(high for _, high in ends)


def response_rate() -> float:
    """Respondents over registered contributors: at best a rough rate, for nobody published how many were invited."""
    return persons("respondents") / persons("registered")


def smallest_n(value: float, benchmark: float) -> int:
    """The smallest number of respondents at which the interval of ``value`` (fraction) still excludes ``benchmark``.

    Raises ``ValueError`` if they are equal.
    """
    if value == benchmark:
        raise ValueError("found a share equal to its benchmark; no number of respondents tells them apart")
    n = 1
    while (ends := intervals.wilson(value, n, level()))[0] <= benchmark <= ends[1]:
        n += 1
    return n


def numbers() -> list[Number]:
    """Numbers of this topic."""
    tried = candidates()
    fine, joint = survivors(), survivors("all")
    circulating = int(assumption("n-circulating"))
    below = max(n for n in fine if n < persons("respondents"))
    counted = count_that_prints(as_printed("money-motive"), circulating)
    if counted is None:
        raise ValueError("the number of respondents quoted without a source no longer prints the money share; the text says so")
    test = "Every number of respondents in a range is tried: does some whole count print the share as it was printed?"
    no_model = "Covers every possible answer of those who kept silent. Does not cover sampling error, which is small beside it."
    rounding = "Covers rounding only. Does not cover sampling or self-selection."
    both, women, unrounded = (SHARES, ASSUMPTIONS), share("women"), rounded_twice()
    decimals = printed_decimals("money-motive")
    return [
        num("respondents", persons("respondents"), "persons", "respondents, said as nearly", "Published.", (COUNTS,)),
        num("registered", persons("registered"), "persons", "contributors registered on the platform", "Announced.", (COUNTS,)),
        num("other-survey-n", persons("other-survey"), "persons", "persons in another survey there", "Published.", (COUNTS,)),
        percent("response-rate", response_rate(), "respondents per registered contributor", "The one over the other.", (COUNTS,),
                decimals=0),
        num("candidate-n", circulating, "persons", "respondents, as quoted without a source", "To be tried.", (ASSUMPTIONS,)),
        num("n-from", assumption("n-from"), "persons", "smallest number of respondents tried", "Set.", (ASSUMPTIONS,)),
        num("n-to", assumption("n-to"), "persons", "largest number of respondents tried", "Set.", (ASSUMPTIONS,)),
        num("n-tried", len(tried), "integers", "numbers of respondents tried", test, both),
        num("candidate-n-count", len(fine), "integers", "numbers of respondents that can print the money share", test, both),
        num("candidate-n-joint-count", len(joint), "integers", "those that can print all four fine shares", test, both),
        num("candidate-n-lowest", fine[0], "persons", "smallest number that can print the money share", test, both),
        num("candidate-n-highest", fine[-1], "persons", "largest number that can print the money share", test, both),
        num("candidate-n-below", below, "persons", "largest such number below the published one", test, both),
        percent("candidate-n-chance", len(fine) / len(tried), "share of the numbers tried that pass", test, both, decimals=0),
        num("candidate-n-money", counted, "persons", "persons naming money, at the number without a source", test, both),
        percent("money-motive-printed", share("money-motive"), "share who microwork for the money, as printed", "Published.",
                (SHARES,), decimals=decimals),
        published("money-motive", "money-motive", "share who microwork for the money"),
        percent("women-at-candidate-n", women, "women, at the number quoted without a source", "Wilson's interval there.", both,
                intervals.wilson(women, circulating, level()), SAMPLING),
        percent("women-worst-case", women, "women among all registered, nothing assumed", "Manski's bounds.", (SHARES, COUNTS),
                intervals.manski(women, response_rate()), no_model, 0),
        percent("above-bac2-unrounded", sum(unrounded) / 2, "share above Bac+2 that prints both published forms",
                "Where both printed forms are correct roundings; the middle is shown.", (SHARES,), unrounded, rounding, 2),
        num("selection-example", assumption("selection-example"), "ratio", "strength of self-selection taken as an example",
            "Set.", (ASSUMPTIONS,), decimals=0),
    ]  # fmt: skip
