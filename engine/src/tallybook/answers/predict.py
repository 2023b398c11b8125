"""What was measured in other crowds, places and years says something about the one that was not,
with an error that is itself measured.

A family holds measurements of one kind. Each is the truth of its place with a sampling error, and
the truth is a mean, plus what its groups add (its platform, its country, its source), plus what is
its own. How much each of these varies is not known: it runs over a small grid, and each point of
the grid counts by how well it fits the family and by a half-Cauchy prior, so that few groups give
long tails by themselves (Gelman 2006, Bayesian Analysis 1, 515-534). What is hidden is left out of
the fit as well as of the prediction, in closed form (Rasmussen and Williams 2006, section 5.4.2).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tallybook.answers import special
from tallybook.answers.scales import LEVELS, Floats, onto
from tallybook.errors import TallybookError

if TYPE_CHECKING:  # slow to import
    import pandas as pd

# The standard deviations that are tried, in standard deviations of the family's values.
TRIED = np.array([0.05, 0.15, 0.3, 0.55, 0.9, 1.4, 2.2])
VAGUE = 10.0  # standard deviation of the prior of the mean, likewise
LEAST = 2  # rows of a family
BISECTIONS, REACH = 40, 8  # REACH: standard deviations to either side in which they search


@dataclass(frozen=True)
class Family:
    """Measurements of one kind.

    Attributes
    ----------
    name: what factors call it.
    scale: ``log``, ``logit`` or ``linear``.
    rows: one row a measurement: ``value`` (as printed; shares in percent), ``n`` (answers, of a
        share) or ``low`` and ``high`` (95 percent) or neither (the sampling error is then part of
        what is its own), ``source_key``, ``block`` (source and platform), and the groups.
    groups: columns whose values share something; two at most.
    block: columns that make a block, which is hidden as a whole.
    """

    name: str
    scale: str
    rows: pd.DataFrame = field(repr=False)
    groups: tuple[str, ...]
    block: tuple[str, ...] = ("source_key", "platform")

    def __post_init__(self) -> None:
        needed = {"value", "source_key", *self.groups, *self.block}
        if missing := needed - set(self.rows.columns):
            raise TallybookError(
                f"family {self.name}", f"no column {min(missing)}", ", ".join(sorted(needed))
            )
        if len(self.rows) < LEAST:
            raise TallybookError(f"family {self.name}", f"{len(self.rows)} rows", "two or more")

    @cached_property
    def values(self) -> Floats:
        """On the scale. A share of n answers gets half an answer more on either side, as its log
        odds want near nought."""
        shown = self.rows["value"].to_numpy(float)
        if self.scale == "logit" and "n" in self.rows:
            n = self.rows["n"].to_numpy(float)
            counted = np.isfinite(n)
            shown = np.where(counted, 100 * (shown / 100 * n + 0.5) / (n + 1), shown)
        return onto(self.scale, shown)

    @cached_property
    def errors(self) -> Floats:
        """Standard deviations of the sampling errors, on the scale; 0 where none is known."""
        found: Floats = np.zeros(len(self.rows))
        if {"low", "high"} <= set(self.rows.columns):
            ends = self.rows[["low", "high"]].to_numpy(float)
            there = np.isfinite(ends).all(axis=1)
            low, high = (onto(self.scale, ends[there, side]) for side in (0, 1))
            found[there] = (high - low) / (2 * 1.96)
        if self.scale == "logit" and "n" in self.rows:
            n = self.rows["n"].to_numpy(float)
            there = np.isfinite(n) & (found == 0)
            share = 1 / (1 + np.exp(-self.values[there]))
            found[there] = 1 / np.sqrt((n[there] + 1) * share * (1 - share))
        return np.asarray(found)

    @cached_property
    def blocks(self) -> list[str]:
        """The name of each row's block."""
        columns = (self.rows[column].astype(str) for column in self.block)
        return ["/".join(parts) for parts in zip(*columns, strict=True)]

    def without(self, hidden: Sequence[bool]) -> Family:
        """The family without some rows."""
        kept = self.rows[~np.asarray(hidden, dtype=bool)].reset_index(drop=True)
        return Family(self.name, self.scale, kept, self.groups, self.block)


@dataclass(frozen=True)
class Prediction:
    """A mixture of normals on the scale of a family."""

    weights: Floats
    means: Floats
    deviations: Floats

    def below(self, value: float) -> float:
        """The probability of a value that is smaller."""
        return float(self.weights @ special.ndtr((value - self.means) / self.deviations))

    def quantiles(self, levels: Floats = LEVELS) -> Floats:
        """Values at some levels of probability, by bisection, which is the same everywhere."""
        reach = 12 * self.deviations
        low = np.full(len(levels), float(np.min(self.means - reach)))
        high = np.full(len(levels), float(np.max(self.means + reach)))
        for _step in range(BISECTIONS):
            middle = (low + high) / 2
            under = special.ndtr((middle[:, None] - self.means) / self.deviations) @ self.weights
            low, high = (
                np.where(under < levels, middle, low),
                np.where(under < levels, high, middle),
            )
        return np.asarray((low + high) / 2)


class Fit:
    """A family with the inverse covariance of its values at each point of the grid."""

    def __init__(self, family: Family) -> None:
        self.family, self.values = family, family.values
        self.centre = float(np.mean(self.values))
        self.away = self.values - self.centre
        unit = float(np.std(self.values, ddof=1)) or 1.0
        alone = np.eye(len(self.values))  # a row without a group is still like itself
        names = (_names(family.rows[group]) for group in family.groups)
        same = (_same(one, one) for one in names)
        parts = np.array([*(np.maximum(part, alone) for part in same), alone])
        self.variances = np.array([*itertools.product((unit * TRIED) ** 2, repeat=len(parts))])
        # The step of the grid belongs to the prior: it is not even.
        width = np.gradient(TRIED) / (1 + TRIED**2)
        priors = np.array([*itertools.product(np.log(width), repeat=len(parts))]).sum(axis=1)
        self.vague = (VAGUE * unit) ** 2
        fixed = self.vague + np.diag(family.errors**2)
        self.inverses = np.empty((len(self.variances), *fixed.shape))
        self.logs = np.empty(len(self.variances))
        for place, variances in enumerate(self.variances):
            covariance = fixed + np.tensordot(variances, parts, 1)
            inverse = np.linalg.inv(covariance)
            self.inverses[place] = inverse
            size = np.linalg.slogdet(covariance)[1] / 2
            self.logs[place] = priors[place] - size - self.away @ inverse @ self.away / 2
        self.pulls = self.inverses @ self.away

    def new(self, where: Mapping[str, Any]) -> Prediction:
        """The truth at a new place, such as ``{"platform": "Foule Factory", "place": "FRA"}``; a
        group that the family does not have is one more of its kind."""
        rows = self.family.rows
        alike = [_same(_names(rows[one]), [where.get(one)]) for one in self.family.groups]
        columns = np.array([*(part[:, 0] for part in alike), np.zeros(len(rows))])
        to_rows = self.vague + self.variances @ columns
        towards = np.einsum("gij,gj->gi", self.inverses, to_rows)
        own = self.vague + self.variances.sum(axis=1)
        left = own - np.einsum("gi,gi->g", towards, to_rows)
        return Prediction(_weights(self.logs), self.centre + towards @ self.away, np.sqrt(left))

    def hidden(self, rows: Sequence[int]) -> list[Prediction]:
        """What the rest of the family says of some of its rows: each as it was measured, with its
        sampling error."""
        at = np.asarray(rows)
        inside = self.inverses[:, at[:, None], at]
        among = np.linalg.inv(inside)
        # What was measured less what was expected.
        missed = np.einsum("gij,gj->gi", among, self.pulls[:, at])
        size = np.linalg.slogdet(inside)[1] / 2
        fits = self.logs - size + np.einsum("gi,gij,gj->g", missed, inside, missed) / 2
        weights = _weights(fits)
        spread = np.sqrt(np.einsum("gii->gi", among))
        each = zip((self.values[at] - missed).T, spread.T, strict=True)
        return [Prediction(weights, mean, deviation) for mean, deviation in each]


def predict(family: Family, new: Mapping[str, Any], hide: Sequence[bool] | None = None) -> Floats:
    """The 33 quantiles, on the family's scale, of what would be measured without sampling error at
    a new place; ``hide``: for each row whether it is left out."""
    return Fit(family if hide is None else family.without(hide)).new(new).quantiles()


def _names(column: pd.Series) -> list[Any]:
    """The names of groups, None where there is none."""
    return list(column.to_numpy(object, na_value=None))


def _same(rows: Sequence[Any], others: Sequence[Any]) -> Floats:
    """1 where two are of the same group, else 0; what has no group is like no other."""
    return np.array([[float(one is not None and one == two) for two in others] for one in rows])


def _weights(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())
