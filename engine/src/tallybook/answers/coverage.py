"""Calibration: hide what was measured, predict it with the same function, and count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtri

from tallybook.answers.factors import EIGHTY, Factor
from tallybook.answers.pool import Question, Route, pool
from tallybook.answers.predict import Family, Fit
from tallybook.answers.scales import Floats, onto
from tallybook.data.provenance import Fact
from tallybook.language import N_
from tallybook.model.numbers import Number

EACH = N_("Each measured value was hidden in turn and predicted from all others of its family.")
WHOLE = N_("All values of one source on one platform were hidden at once and predicted.")
CHAINS = N_("Formulas over predicted factors, with the known answer hidden from all of them.")
# For each number of a calibration its unit, its label, and how it was made.
WORDS = {
    "rows": ("values", N_("Measured values that were hidden"), EACH),
    "families": ("families", N_("Kinds of measurement"), EACH),
    "in50": ("percent", N_("Hidden values within the range of one in two"), EACH),
    "in80": ("percent", N_("Hidden values within the range of four in five"), EACH),
    "in95": ("percent", N_("Hidden values within the range of nineteen in twenty"), EACH),
    "score_won": ("families", N_("Kinds in which the ranges beat the plain mean"), EACH),
    "blocks": ("blocks", N_("Blocks that were hidden as a whole"), WHOLE),
    "block80": ("percent", N_("Of blocks hidden as a whole, values within four in five"), WHOLE),
    "chains": ("chains", N_("Chains of factors whose answer is known"), CHAINS),
    "chains80": ("percent", N_("Chains whose answer lay within four in five"), CHAINS),
    "inflation": ("ratio", N_("What the chains ask all ranges to be widened by"), CHAINS),
}
ENDS = np.array([0.1, 0.9])


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
    away: how far the value lies from the middle, in half-widths of the 80 percent.
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

    @property
    def away(self) -> float:
        return float(ndtri(self.rank)) / EIGHTY

    def within(self, percent: int) -> bool:
        """Whether the value lies in the range of 50, 80 or 95 percent."""
        return abs(self.rank - 0.5) <= percent / 200


@dataclass(frozen=True)
class Chain:
    """A route to something known, with the truth hidden from all its factors.

    Attributes
    ----------
    question: what is asked; only its scale counts.
    route: the formula.
    factors: those that the formula names.
    truth: the known answer, as printed.
    """

    question: Question
    route: Route
    factors: Mapping[str, Factor]
    truth: float

    @cached_property
    def known(self) -> tuple[float, Floats]:
        """The truth and the draws, on the scale."""
        draws = pool(self.question, [self.route], self.factors).draws[0]
        return float(onto(self.question.scale, self.truth)), draws


@dataclass(frozen=True)
class Tested:
    """A chain as it came out: how far the truth lies from the median, in half-widths of the 80
    percent on its side, below it if negative; and the widening that the other chains ask for."""

    chain: Question
    away: float
    widening: float

    @property
    def inside(self) -> bool:
        """Whether the truth lies in the range as the others widen it."""
        return abs(self.away) <= self.widening


@dataclass(frozen=True)
class Calibration:
    """How answers did on what is known; shares in percent, each family counting the same.

    Attributes
    ----------
    rows, blocks, families: what was hidden.
    in50, in80, in95: hidden values, each by itself, that fell into the range.
    block80: those hidden with their whole block that fell into the 80 percent.
    score_won: families in which the ranges beat the plain mean with its raw spread.
    chains, chains80: how many, and how many of them fell into the 80 percent that the other chains
        widened.
    inflation: the widening that all chains ask for.
    single, whole, tested: what this was counted from; ``tables``: the tables behind it.
    """

    rows: int
    blocks: int
    families: int
    in50: float
    in80: float
    in95: float
    block80: float
    score_won: int
    chains: int
    chains80: float
    inflation: float
    single: tuple[Hidden, ...]
    whole: tuple[Hidden, ...]
    tested: tuple[Tested, ...]
    tables: tuple[str, ...]

    def numbers(self) -> list[Number]:
        """What a page says of it, as numbers of the report."""
        return [
            Number(
                f"calibration.{name.replace('_', '-')}",
                float(getattr(self, name)),
                unit,
                label,
                how,
                self.tables,
                decimals=1 if unit == "ratio" else 0,
                facts=tuple(Fact(table) for table in self.tables),
            )
            for name, (unit, label, how) in WORDS.items()
        ]


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


def calibrate(
    families: Iterable[Family], chains: Sequence[Chain], tables: Sequence[str] = ()
) -> Calibration:
    """How often what is known falls into its range."""
    single: list[Hidden] = []
    whole: list[Hidden] = []
    for family in families:
        fit = Fit(family)
        single += hide(fit, whole_blocks=False)
        whole += hide(fit, whole_blocks=True)
    names = list(dict.fromkeys(one.family for one in single))
    of_family = {name: [one for one in single if one.family == name] for name in names}
    won = sum(
        np.mean([one.score for one in of]) < np.mean([one.naive for one in of])
        for of in of_family.values()
    )
    tried = leave_out(chains)
    return Calibration(
        len(single),
        len({(one.family, one.block) for one in whole}),
        len(names),
        _evenly(single, 50),
        _evenly(single, 80),
        _evenly(single, 95),
        _evenly(whole, 80),
        int(won),
        len(tried),
        100 * float(np.mean([one.inside for one in tried])) if tried else 0.0,
        widening(one.away for one in tried),
        tuple(single),
        tuple(whole),
        tuple(tried),
        tuple(tables),
    )


def _evenly(hidden: Sequence[Hidden], percent: int) -> float:
    """The share within a range in percent; each family counts the same, and in it each block."""
    found: dict[str, dict[str, list[bool]]] = {}
    for one in hidden:
        found.setdefault(one.family, {}).setdefault(one.block, []).append(one.within(percent))
    return 100 * float(
        np.mean([np.mean([np.mean(block) for block in of.values()]) for of in found.values()])
    )


def leave_out(chains: Sequence[Chain]) -> list[Tested]:
    """Each chain with the widening that the others ask for."""
    off = [away(*one.known) for one in chains]
    return [
        Tested(one.question, off[place], widening([*off[:place], *off[place + 1 :]]))
        for place, one in enumerate(chains)
    ]


def away(truth: float, draws: Floats) -> float:
    """How far a truth lies from the median, in half-widths of the 80 percent on its side."""
    low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9])
    side = high - middle if truth > middle else middle - low
    return float((truth - middle) / side)


def widening(off: Iterable[float]) -> float:
    """What the distance of a chain from its median must be multiplied by, so that four of five
    known truths lie in their range: the 80th percentile of how far they are ``away``; never below
    1."""
    sizes = np.abs([*off])
    return max(1.0, float(np.quantile(sizes, 0.8))) if len(sizes) else 1.0
