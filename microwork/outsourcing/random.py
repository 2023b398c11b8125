"""Outsourcing: the named links against links drawn at random.

A set of named suppliers is compared with sets of the same size drawn from all suppliers of the
same client with an expected count of one project or more. This asks whether the names are special
among all names that could have been given; it does not undo that they were chosen after interviews.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from scipy.stats import binomtest
from tallybook.model.numbers import Computed

from microwork.outsourcing import links
from microwork.outsourcing.links import Trade

SEED = 20221209  # the day of the interview
DRAWS = 200_000
ENUMERATE = 3_000_000  # up to so many sets all are taken, and nothing is drawn


def random_sets(pool: int, size: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Sets of ``size`` different positions out of ``pool``, one a row: all of them if they are few,
    else random ones.

    Drawn with replacement, and sets with a repeat thrown away: what is left is uniform over sets.
    """
    if math.comb(pool, size) <= ENUMERATE:
        positions = itertools.chain.from_iterable(itertools.combinations(range(pool), size))
        return np.fromiter(positions, np.int16, math.comb(pool, size) * size).reshape(-1, size)
    drawn = np.sort(np.random.default_rng(seed).integers(pool, size=(draws, size)), axis=1)
    return drawn[(np.diff(drawn, axis=1) > 0).all(axis=1)]


def as_high(client: str, named: Sequence[str], among: Trade | None = None) -> Computed:
    """Share of random sets of suppliers whose quotient, all added up, is at least that of the named
    ones, among the suppliers other than the client with an expected count of one or more.

    Named suppliers that cannot be drawn are left out. With its ends (95 %, error of the simulation
    alone) where sets were drawn; where all sets were taken, the share alone.

    Raises ``ValueError`` if none of the named has an expected count of one project.
    """
    among = among or links.trade()
    expected = among.expected.loc[client]
    pool = [one for one in expected.index[expected >= 1] if one != client]
    at = [pool.index(s) for s in named if s in pool]
    if not at:
        raise ValueError(
            f"{client}: none of {', '.join(named)} has an expected count of one project"
        )
    observed = among.counts.loc[client, pool].to_numpy(float)
    by_chance = expected[pool].to_numpy(float)
    rows = random_sets(len(pool), len(at))
    values = observed[rows].sum(axis=1) / by_chance[rows].sum(axis=1)
    hits = int((values >= observed[at].sum() / by_chance[at].sum() - 1e-12).sum())
    if math.comb(len(pool), len(at)) <= ENUMERATE:
        return hits / len(values)  # the named set is one of them
    p = (hits + 1) / (len(values) + 1)
    ends = binomtest(hits, len(values)).proportion_ci(method="exact")
    return p, min(float(ends.low), p), max(float(ends.high), p)


def as_high_as_named(client: str) -> Computed:
    """The same for all suppliers that the press names for a client."""
    return as_high(client, [supplier for _, supplier in links.named_links(client=client)])
