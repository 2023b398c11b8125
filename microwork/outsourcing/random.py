"""Outsourcing: the named links against links drawn at random.

A set of named suppliers is compared with sets of the same size drawn from all suppliers of the
same client with an expected count of one project or more. This asks whether the names are special
among all names that could have been given; it does not undo that they were chosen after interviews.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from microwork.outsourcing import links
from microwork.outsourcing.links import Trade

SEED = 20221209  # the day of the interview
DRAWS = 200_000
ENUMERATE = 3_000_000  # up to so many sets all are taken, and nothing is drawn


@dataclass(frozen=True)
class Placebo:
    """Named suppliers against random sets of the same size.

    ``named``: those that could be drawn; ``candidates``: how many suppliers; ``observed``: the
    statistic of the named; ``p``: share of sets at least as high, with ``p_low`` and ``p_high`` (95 %,
    error of the simulation alone; both equal ``p`` if all sets were taken); ``median``, ``low`` and
    ``high``: the middle and the middle 95 % of the sets.
    """

    client: str
    named: tuple[str, ...]
    candidates: int
    observed: float
    p: float
    p_low: float
    p_high: float
    median: float
    low: float
    high: float
    sets: np.ndarray

    @property
    def probability(self) -> float | tuple[float, float, float]:
        """``p``, with its ends where sets were drawn."""
        return (self.p, self.p_low, self.p_high) if self.p_low < self.p_high else self.p


def pooled_quotient(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Sum of observed over sum of expected, for sets in rows: shape (sets, size) to (sets,)."""
    quotients: np.ndarray = observed.sum(axis=1) / expected.sum(axis=1)
    return quotients


def candidates(client: str, among: Trade) -> list[str]:
    """Suppliers other than the client with an expected count of one or more."""
    expected = among.expected.loc[client]
    return [s for s in expected.index[expected >= 1] if s != client]


def speakers(client: str, language: str, continent: str | None = None, among: Trade | None = None) -> list[str]:
    """All suppliers other than the client with that official language, however little they sell; of a continent if asked."""
    among, countries = among or links.trade(), links.countries()
    if continent:
        countries = countries[countries["continent"] == continent]
    spoken = countries["languages"]
    return [s for s in among.counts.columns[among.sold > 0] if s != client and language in spoken.get(s, set())]


def random_sets(pool: int, size: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Sets of ``size`` different positions out of ``pool``, one a row: all of them if they are few, else random ones.

    Drawn with replacement, and sets with a repeat thrown away: what is left is uniform over sets.
    """
    if math.comb(pool, size) <= ENUMERATE:
        positions = itertools.chain.from_iterable(itertools.combinations(range(pool), size))
        return np.fromiter(positions, np.int16, math.comb(pool, size) * size).reshape(-1, size)
    drawn = np.sort(np.random.default_rng(seed).integers(pool, size=(draws, size)), axis=1)
    return drawn[(np.diff(drawn, axis=1) > 0).all(axis=1)]


def placebo(
    client: str,
    named: Sequence[str],
    among: Trade | None = None,
    pool: Sequence[str] | None = None,
) -> Placebo:
    """The named suppliers of a client against random sets (see ``Placebo``) out of ``pool``, or else of its ``candidates``.

    Raises ``ValueError`` if none of the named has an expected count of one project.
    """
    among = among or links.trade()
    pool = list(pool or candidates(client, among))
    kept = tuple(s for s in named if s in pool)
    if not kept:
        raise ValueError(f"{client}: none of {', '.join(named)} has an expected count of one project")
    observed = among.counts.loc[client, pool].to_numpy(float)
    expected = among.expected.loc[client, pool].to_numpy(float)
    at = np.array([[pool.index(s) for s in kept]])
    found = float(pooled_quotient(observed[at], expected[at])[0])
    rows = random_sets(len(pool), len(kept))
    values = pooled_quotient(observed[rows], expected[rows])
    hits = int((values >= found - 1e-12).sum())
    if math.comb(len(pool), len(kept)) <= ENUMERATE:
        p = p_low = p_high = hits / len(values)  # the named set is one of them
    else:
        p = (hits + 1) / (len(values) + 1)
        ends = binomtest(hits, len(values)).proportion_ci(method="exact")
        p_low, p_high = min(float(ends.low), p), max(float(ends.high), p)
    low, median, high = (float(v) for v in np.quantile(values, (0.025, 0.5, 0.975)))
    return Placebo(client, kept, len(pool), found, p, p_low, p_high, median, low, high, values)


# The sets that are tested: those of a client (the first three letters), all of them or those of one claim, and all of a language.
SETS = {
    "fra": None,
    "esp": None,
    "usa": None,
    "gbr": None,
    "esp-hispanophone": None,
    "usa-latin-america": "us-latin-america",
    "usa-philippines": "us-philippines",
    "usa-east-africa-india": "uk-us-east-africa-india",
}


def named_set(key: str) -> tuple[str, tuple[str, ...]]:
    """One of the ``SETS``: client, suppliers."""
    client = key[:3].upper()
    if key == "esp-hispanophone":
        return client, tuple(links.speaking("Spanish", "America"))
    return client, tuple(supplier for _, supplier in links.named_links(client=client, claim_id=SETS[key]))


def named_sets() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The sets that are tested: key -> (client, suppliers). By client first, then those of single claims."""
    return {key: named_set(key) for key in SETS}


def placebos() -> dict[str, Placebo]:
    """Each set of ``named_sets`` against random sets."""
    among = links.trade()
    return {key: placebo(client, suppliers, among=among) for key, (client, suppliers) in named_sets().items()}


def placebo_table(found: dict[str, Placebo]) -> pd.DataFrame:
    """One row per set: client, names, candidates, quotient of the named and of random sets, p."""
    rows = []
    for key, one in found.items():
        rows.append(
            {
                "key": key,
                "client": links.name(one.client),
                "named": ", ".join(links.name(s) for s in one.named),
                "candidates": one.candidates,
                "quotient": one.observed,
                "random, low": one.low,
                "random, median": one.median,
                "random, high": one.high,
                "p": one.p,
            }
        )
    return pd.DataFrame(rows)
