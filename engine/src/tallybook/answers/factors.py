"""A factor: something that is not known exactly, as a table of 33 quantiles on its scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from tallybook.answers.scales import LEVELS, STEPS, Floats, onto, printed
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number

KINDS = ("data", "transfer", "judged")
EIGHTY, NINETY_FIVE = map(NormalDist().inv_cdf, (0.9, 0.975))


@dataclass(frozen=True)
class Factor:
    """One factor of one or more routes.

    Attributes
    ----------
    id: its name in the formulas.
    label: what it is, in words.
    kind: ``data`` (measured), ``transfer`` (measured elsewhere and carried over) or ``judged``.
    scale: ``log``, ``logit`` or ``linear``.
    quantiles: 33 values on that scale, at ``scales.LEVELS``.
    reason: one line on why this and no other.
    facts: the rows it rests on.
    claimed: whether it rests on what the claimants published.
    hidden: its quantiles without that; ``None`` if nothing is left.
    document: the key of the document that would give it; empty if none is known.
    """

    id: str
    label: str
    kind: str
    scale: str
    quantiles: Floats
    reason: str
    facts: tuple[Fact, ...] = ()
    claimed: bool = False
    hidden: Floats | None = None
    document: str = ""

    def draw(self, levels: Floats) -> Floats:
        """Its values on its scale at some levels of probability: linear between the quantiles."""
        return np.interp(levels, LEVELS, self.quantiles)

    def at(self, level: float) -> float:
        """A quantile as pages print it."""
        return float(printed(self.scale, self.draw(np.asarray(level))))

    def widened(self, times: float) -> Factor:
        """The same with its distance from the median multiplied."""
        middle = self.quantiles[len(STEPS) // 2]
        return replace(self, quantiles=middle + times * (self.quantiles - middle))

    def fixed(self, level: float) -> Factor:
        """The same, known to lie at one of its quantiles."""
        return replace(self, quantiles=np.full(len(STEPS), self.draw(np.asarray(level))))

    def without_claimants(self) -> Factor | None:
        """The same without what the claimants published; ``None`` if nothing is left."""
        if not self.claimed:
            return self
        return None if self.hidden is None else replace(self, quantiles=self.hidden)


def judged(scale: str, low: float, high: float) -> Floats:
    """Quantiles between whose tenth and ninetieth percent lies what somebody judges likely: normal
    on the scale. Raises ``ValueError`` for ends that the scale does not have."""
    if not -np.inf < low <= high < np.inf:
        raise ValueError(f"found {low} to {high}; expected low and then high")
    ends = onto(scale, [low, high])
    return np.asarray(ends.mean() + STEPS * (ends[1] - ends[0]) / (2 * EIGHTY))


def of_number(scale: str, number: Number) -> Floats:
    """Quantiles of a number: its interval holds 95 percent, normal on the scale to either side."""
    if number.low is None or number.high is None:
        return np.full(len(STEPS), float(onto(scale, number.value)))
    low, middle, high = onto(scale, [number.low, number.value, number.high])
    side = np.where(STEPS < 0, middle - low, high - middle)
    return np.asarray(middle + STEPS * side / NINETY_FIVE)
