"""Calibration: hide what was measured, predict it with the same function, and count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tallybook.answers.predict import Family, Fit
from tallybook.answers.scales import Floats

ENDS = np.array([0.1, 0.9])
EIGHTY = float(ndtri(0.9))


@dataclass(frozen=True)
class Hidden:
    """A measured value that was hidden from its family.

    Attributes
    ----------
    family, block: where it belongs.
    row: its place in the family.
    value: as measured, on the scale of the family.
    low, high: of the 80 percent, likewise; the sampling error is in them.
    rank: the probability that the prediction gave to a smaller value.
    score, naive: the interval score of the 80 percent (Winkler 1972), and that of the mean of the
        rest with its raw spread.
    """

    family: str
    block: str
    row: int
    value: float
    low: float
    high: float
    rank: float
    score: float
    naive: float

    def within(self, percent: int) -> bool:
        """Whether the value lies in the range of 50, 80 or 95 percent."""
        return abs(self.rank - 0.5) <= percent / 200


@dataclass(frozen=True)
class Coverage:
    """How answers did on what is known; shares in percent, each family counting the same."""

    rows: int
    blocks: int
    families: int
    in50: float
    in80: float
    in95: float
    block80: float
    score_won: int


def hide(fit: Fit, whole_blocks: bool) -> list[Hidden]:
    """Each value of a family as the others predict it, alone or with its whole block."""
    blocks = fit.family.blocks
    places: dict[str, list[int]] = {}
    for place, block in enumerate(blocks):
        places.setdefault(block if whole_blocks else f"{place}", []).append(place)
    found = []
    for at in places.values():
        if len(at) > len(blocks) - 3:
            continue  # a family that is one block says nothing without it
        others = np.delete(fit.values, at)
        mean, raw = float(np.mean(others)), EIGHTY * float(np.std(others, ddof=1))
        for place, prediction in zip(at, fit.hidden(at), strict=True):
            value = float(fit.values[place])
            low, high = prediction.quantiles(ENDS).tolist()
            found.append(
                Hidden(
                    fit.family.name,
                    blocks[place],
                    place,
                    value,
                    low,
                    high,
                    prediction.below(value),
                    score(value, low, high),
                    score(value, mean - raw, mean + raw),
                )
            )
    return found


def score(value: float, low: float, high: float, outside: float = 0.2) -> float:
    """The interval score: the width, and for a value outside what it misses by, times ten at 80
    percent. Smaller is better."""
    return high - low + 2 / outside * (max(0.0, low - value) + max(0.0, value - high))


def cover(families: Iterable[Family]) -> tuple[Coverage, list[Hidden], list[Hidden]]:
    """How often what was hidden falls into its range: the counts, every value hidden by itself,
    and every value hidden with its block."""
    single, whole = [], []
    for family in families:
        fit = Fit(family)
        single += hide(fit, whole_blocks=False)
        whole += hide(fit, whole_blocks=True)
    shares = {level: _evenly(single, level) for level in (50, 80, 95)}
    names = list(dict.fromkeys(one.family for one in single))
    won = sum(
        np.mean([one.score for one in single if one.family == name])
        < np.mean([one.naive for one in single if one.family == name])
        for name in names
    )
    blocks = {(one.family, one.block) for one in whole}
    block80 = _evenly(whole, 80)
    counts = Coverage(
        len(single), len(blocks), len(names), shares[50], shares[80], shares[95], block80, int(won)
    )
    return counts, single, whole


def _evenly(hidden: Sequence[Hidden], percent: int) -> float:
    """The share within a range in percent; each family counts the same, and in it each block."""
    found: dict[str, dict[str, list[bool]]] = {}
    for one in hidden:
        found.setdefault(one.family, {}).setdefault(one.block, []).append(one.within(percent))
    return 100 * float(
        np.mean([np.mean([np.mean(block) for block in of.values()]) for of in found.values()])
    )


def widening(chains: Mapping[str, tuple[float, Floats]]) -> float:
    """What the distance of a chain from its median must be multiplied by, so that four of five
    known truths lie in their range: the 80th percentile of how far each truth lies from the median,
    in half-widths of its range; never below 1. ``chains``: the truth and the draws, on a scale."""
    away = []
    for truth, draws in chains.values():
        low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9])
        away.append((truth - middle) / (high - middle if truth > middle else low - middle))
    return max(1.0, float(np.quantile(np.abs(away), 0.8)))
