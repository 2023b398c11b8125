"""The word on a claim, from the chance that it is right.

A figure is *about right* if the truth lies within a factor of 1.5 of it; of a share, within a
factor of 1.5 in the odds. A statement is right if a quantity lies beyond the smallest effect that
matters, which its row declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from tallybook.answers.answer import Estimate
from tallybook.answers.factors import Factor, judged, of_number
from tallybook.answers.pool import points
from tallybook.answers.scales import Floats, onto
from tallybook.claims.vocabulary import Verdict
from tallybook.data.provenance import Fact
from tallybook.model.numbers import Number

TOLERANCE = 1.5  # times; of a share, in the odds
VERY, LIKELY, UNLIKELY, HARDLY = 90, 66, 34, 10  # chances in a hundred
Said = tuple[Verdict, int | None]  # a word, and the chance that it rests on


@dataclass(frozen=True)
class Chances:
    """Of a figure, in a hundred: that it is too high, about right and too low; ``best``: that the
    best possible figure is about right; ``inside``: whether it lies in the range of one in two."""

    too_high: int
    about_right: int
    too_low: int
    best: int
    inside: bool

    @property
    def verdict(self) -> Said:
        """The word, and the chance that it rests on. A figure within our range of one in two is
        never likely too high or too low, however wide that range is."""
        options = [(self.about_right, Verdict.RIGHT_VERY, Verdict.RIGHT)]
        if not self.inside:
            options += [
                (self.too_high, Verdict.HIGH_VERY, Verdict.HIGH),
                (self.too_low, Verdict.LOW_VERY, Verdict.LOW),
            ]
        for chance, very, likely in options:
            if chance >= LIKELY:
                return (very if chance >= VERY else likely), chance
        together = [
            (self.about_right + self.too_high, Verdict.NOT_LOW),
            (self.about_right + self.too_low, Verdict.NOT_HIGH),
        ]
        chance, word = max(together)
        return (word, chance) if chance >= VERY else (Verdict.OPEN, None)


class Reading(NamedTuple):
    """Another meaning that the words may have: what is said by it, what is read, and the chances of
    a figure."""

    said: Said
    reading: str
    chances: Chances | None


@dataclass(frozen=True)
class Judgement:
    """What the report says of a claim.

    Attributes
    ----------
    claim_id: the claim, and of those that repeat it the first.
    kind: ``figure``, ``statement``, ``existence``, ``arithmetic`` or ``none``.
    verdict: the word.
    chance: in a hundred, that the word rests on; of a statement, that it is right; ``None`` if the
        word needs none.
    chances: of a figure.
    hidden: the word and the chance with the claimants' rows hidden; ``None`` if they gave nothing.
    bare: the same without the judged factor that carries what was measured; ``None`` without one,
        or if it also turns one unit or population into another.
    doubled: the same with every judged range twice as wide; ``None`` if nothing is judged.
    others: by the id of its answer, each other reading of the words.
    found: the number or answer that it rests on, if it rests on one.
    counts, instead_of: what the figure counts, and what the words say; empty if they agree.
    witnesses: who reports the same, others than the claimants.
    lacks: why there is no estimate: a key of ``vocabulary.LACKS``; ``gives``: what would give one;
        ``document``: the key of the document that would.
    reason: why, with a ``[[id]]`` for each number.
    facts: rows that it rests on beside those of what was found.
    """

    claim_id: str
    kind: str
    verdict: Verdict
    reason: str
    chance: int | None = None
    chances: Chances | None = None
    hidden: Said | None = None
    bare: Said | None = None
    doubled: Said | None = None
    others: Mapping[str, Reading] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    counts: str = ""
    instead_of: str = ""
    witnesses: tuple[str, ...] = ()
    lacks: str = ""
    gives: str = ""
    document: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether another word would be right if every judged range were twice as wide."""
        return self.doubled is not None and self.doubled[0] != self.verdict

    def by(self, answer: str) -> Judgement:
        """The same by another answer that the words may mean, if it is one of those."""
        if answer not in self.others:
            return self
        (verdict, chance), _reading, chances = self.others[answer]
        return replace(self, verdict=verdict, chance=chance, chances=chances, counts="", others={})


@dataclass(frozen=True)
class Quantity:
    """What a claim is held against, as draws on its scale; ``middle``: the ends of the range of one
    in two."""

    scale: str
    draws: Floats

    @property
    def middle(self) -> tuple[float, float]:
        low, high = np.quantile(self.draws, [0.25, 0.75])
        return float(low), float(high)


def quantity(
    known: Estimate | Number,
    scale: str,
    transfer: tuple[float, float] | None = None,
    times: float = 1,
) -> Quantity:
    """An answer or a number with its doubt. ``transfer``: the judged factor, by the ends of its 80
    percent, from what was measured to what was said; of a share, in the odds; added on the scale
    ``linear``. ``times``: how many times as wide it is to be."""
    levels = points(2)
    if isinstance(known, Estimate):
        quantiles = np.asarray(known.quantiles)
    else:
        quantiles = of_number(scale, known)
    draws = Factor("", "", "data", scale, quantiles, "").draw(levels[0])
    if transfer:
        moved = judged("linear" if scale == "linear" else "log", *transfer)
        draws = draws + Factor("", "", "judged", "log", moved, "").widened(times).draw(levels[1])
    return Quantity(scale, draws)


def of_figure(found: Quantity, low: float, high: float) -> Chances:
    """The chances of a figure, or of a published range."""
    ends, wide = onto(found.scale, [low, high]), np.log(TOLERANCE)
    draws = np.sort(found.draws)
    too_high = np.mean(draws < ends[0] - wide)
    too_low = np.mean(draws > ends[1] + wide)
    reach = np.searchsorted(draws, draws + 2 * wide + ends[1] - ends[0], side="right")
    best = np.max(reach - np.arange(len(draws))) / len(draws)
    bottom, top = found.middle
    high, low, most = map(_hundred, (too_high, too_low, best))
    inside = bool(ends[1] >= bottom and ends[0] <= top)
    return Chances(high, 100 - high - low, low, most, inside)


def of_statement(found: Quantity, above: float | None, below: float | None) -> int:
    """The chance in a hundred that a quantity lies above or below what matters, or between."""
    right = np.ones(len(found.draws), dtype=bool)
    if above is not None:
        right &= found.draws > onto(found.scale, above)
    if below is not None:
        right &= found.draws < onto(found.scale, below)
    return _hundred(float(np.mean(right)))


def word(chance: int) -> Verdict:
    """The word of a statement by its chance in a hundred."""
    if chance >= VERY:
        return Verdict.VERY_LIKELY
    if chance >= LIKELY:
        return Verdict.LIKELY
    if chance > UNLIKELY:
        return Verdict.EVEN
    return Verdict.UNLIKELY if chance > HARDLY else Verdict.VERY_UNLIKELY


def _hundred(share: float) -> int:
    return round(100 * float(share))
