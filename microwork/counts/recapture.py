"""Counts, part 3b: how unequally people are met, from a survey of Mechanical Turk, and what that
does to a capture-recapture."""

from __future__ import annotations

import math

import pandas as pd
from scipy import stats
from tallybook import data

from microwork.counts.inputs import fact
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends

SEEN = "counts/mturk_2015"


def times_seen() -> pd.Series:
    """Workers by how many answers they gave to the survey of 2015; index times, values workers."""
    return data.table(SEEN).set_index("times")["workers"]


def lower_bound(seen: pd.Series, occasions: float = math.inf) -> float:
    """Chao's lower bound on how many people there are.

    ``seen``: workers by times seen, shape (counts,). ``occasions``: how often a person could have
    been seen at most. People seen plus (t - 1)/t f1^2 / (2 f2), with f1 seen once and f2 seen
    twice. It holds however unequal the chances to be seen are, and is reached where those never
    seen are as likely to be met as those seen once.
    Source: Chao, Biometrics 43 (1987), 783-791. Raises ``ValueError`` if nobody was seen twice.
    """
    once, twice = seen.get(1, 0), seen.get(2, 0)
    if twice == 0:
        raise ValueError("found nobody who was seen twice; there is no lower bound then")
    return float(seen.sum() + (1 - 1 / occasions) * once**2 / (2 * twice))


def bound_interval(seen: pd.Series, confidence: float = 0.95) -> tuple[float, float]:
    """Ends of the interval round ``lower_bound`` with many occasions: the log of those not seen is
    taken as normal.

    Source: as ``lower_bound``, with its variance f2 (r^4/4 + r^3 + r^2/2), r = f1/f2. It covers who
        happened to be seen.
    """
    bound, twice = lower_bound(seen), seen[2]
    r = seen[1] / twice
    variance = twice * (r**4 / 4 + r**3 + r**2 / 2)
    unseen = bound - seen.sum()
    factor = math.exp(
        stats.norm.ppf((1 + confidence) / 2) * math.sqrt(math.log(1 + variance / unseen**2))
    )
    return float(seen.sum() + unseen / factor), float(seen.sum() + unseen * factor)


def spread(seen: pd.Series, people: float) -> float:
    """Coefficient of variation of the chance to be seen, by moments, if there are ``people`` in
    all.

    ``seen``: workers by times seen. With k the times a person is seen on many occasions t, E[k] = t
    E[p] and E[k(k-1)] = t^2 E[p^2], so 1 + CV^2 = people sum k(k-1) / (sum k)^2. It grows with
    ``people``: at a lower bound of them it is itself one. Raises ``ValueError`` if the answers vary
    less than chance would make them.
    """
    times = seen.index.to_numpy()
    answers, pairs = (times * seen).sum(), (times * (times - 1) * seen).sum()
    squared = people * pairs / answers**2 - 1
    if squared < 0:
        raise ValueError(
            "found answers that vary less than chance; there is no spread to be had from them"
        )
    return math.sqrt(squared)


def catchability_factor(variation: float) -> float:
    """True size over capture-recapture estimate when people differ in how easily they are caught.

    ``variation``: coefficient of variation CV of the chance to be caught, 0 or more. Two samples
    drawn alike give n1 n2 / m with m about N E[p^2], that is N E[p]^2 / E[p^2] = N / (1 + CV^2);
    so the estimate has to be multiplied by 1 + CV^2.
    """
    return 1 + variation**2


def measured_spread() -> float:
    """The least spread of the chance to be seen on Mechanical Turk in 2015 (coefficient of
    variation)."""
    seen = times_seen()
    return spread(seen, lower_bound(seen))


def if_as_unequal() -> float:
    """The very active circle (persons), if it is a capture-recapture estimate and people differ as
    on Mechanical Turk."""
    return fact("fr-very-active") * catchability_factor(measured_spread())


def bound() -> Ends:
    """The lower bound for 2015, and its interval (persons)."""
    seen = times_seen()
    return lower_bound(seen), *bound_interval(seen)


NUMBERS: Numbers = {
    "mturk2015-workers": lambda: int(times_seen().sum()),
    "mturk2015-once": percent(lambda: float(times_seen()[1] / times_seen().sum())),
    "mturk2015-bound": bound,
    "mturk2015-spread": measured_spread,
    "very-active-if-spread": if_as_unequal,
}
