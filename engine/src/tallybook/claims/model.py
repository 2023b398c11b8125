"""What a verdict on a claim holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tallybook.claims.vocabulary import Check, Lacks, Verdict
from tallybook.data.provenance import Fact
from tallybook.language import N_
from tallybook.language import gettext as _
from tallybook.model.digits import exponent, past
from tallybook.model.formatting import named, short

ACCESS = N_({"open": "public", "paper": "sold, or in libraries", "asked": "not public"})
# Where the plausible range of an assumption comes from.
BASIS = N_(
    {
        "possible": "no other value is possible",
        "data": "the range comes from our data",
        "published": "an end of the range is published",
        "ours": "the range is our choice",
    }
)


@dataclass(frozen=True)
class Severity:
    """The smallest error that a test would have noticed: a factor (``times``), or a distance in
    ``unit``."""

    value: float
    unit: str

    @property
    def words(self) -> str:
        """As it stands on the pages, rounded up: an error as large would have been noticed."""
        near_one = self.unit == "times" and self.value < 2
        digits = 3 if near_one else 2
        amount = short(past(self.value, digits - 1 - exponent(self.value), up=True), digits)
        if not self.unit:
            return amount
        return _("{amount} {unit}").format(amount=amount, unit=named(self.unit, self.value))


def flip_id(name: str) -> str:
    """The id in ``flips.csv`` of an assumption that a Model names."""
    return name.replace("_", "-")


@dataclass(frozen=True)
class Axis:
    """An assumption as its row has it.

    Attributes
    ----------
    value: what we take.
    least, most: the plausible range; ``reason``: why; ``basis``: where it comes from (``BASIS``).
    lowest, highest: what may be tried beyond the plausible range; ``None``: nothing beyond it.
    step: the smallest step that makes sense, such as 1 for a number of countries; ``None``: any.
    """

    name: str
    assumption: str
    unit: str
    value: float
    least: float
    most: float
    reason: str
    basis: str
    lowest: float | None = None
    highest: float | None = None
    step: float | None = None

    @property
    def id(self) -> str:
        """Its id in ``flips.csv``."""
        return flip_id(self.name)

    @property
    def bottom(self) -> float:
        """The least value that may be tried."""
        return self.least if self.lowest is None else self.lowest

    @property
    def top(self) -> float:
        """The largest value that may be tried."""
        return self.most if self.highest is None else self.highest

    def at(self, share: float) -> float:
        """The value at a share of the way from what we take to an end: to the upper one, or the
        lower for a negative share.

        A factor goes that way on logs, so that half and twice are as far.
        """
        end = self.most if share > 0 else self.least
        if self._on_logs(end):
            return self.stepped(self.value * (end / self.value) ** abs(share))
        return self.stepped(self.value + abs(share) * (end - self.value))

    def share(self, value: float) -> float:
        """How far a value lies on the way to the end on its side, from 0 to 1."""
        end = self.most if value > self.value else self.least
        if value == self.value:
            return 0.0
        if self._on_logs(end):
            return math.log(value / self.value) / math.log(end / self.value)
        return (value - self.value) / (end - self.value)

    def stepped(self, value: float) -> float:
        """The nearest value that makes sense."""
        if not self.step:
            return float(value)
        return self.value + round((value - self.value) / self.step) * self.step

    def _on_logs(self, end: float) -> bool:
        return self.unit == "times" and end > 0 and self.value > 0


class Turn(NamedTuple):
    """A value of an assumption at which the verdict changes, and the verdict past it, away from the
    value that we take."""

    at: float
    verdict: Verdict


@dataclass(frozen=True)
class Flip:
    """An assumption behind a verdict, and all its turning points within its range, from the least
    up."""

    axis: Axis
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Tested:
    """One comparison of a claim with a number.

    Attributes
    ----------
    measurement: row of ``measurements.csv`` that the number rests on.
    number: its id; ``range``: its value, low and high.
    kind: ``figure``, ``above`` or ``below``; ``limit``: the threshold, ``None`` for a figure.
    scale: of the number, ``ratio`` or ``difference``.
    verdict: of this comparison alone.
    severity: the smallest error that was sure to be noticed; ``None`` where no range says so.
    witnesses: who stands behind the number, each once.
    figure: least and most of the published figure, if one was compared.
    """

    measurement: str
    number: str
    range: tuple[float, float, float]
    kind: str
    limit: float | None
    scale: str
    verdict: Verdict
    severity: Severity | None
    witnesses: frozenset[str]
    figure: tuple[float, float] | None = None


@dataclass(frozen=True)
class Answer:
    """What a document may say, and the verdict that follows by the rules."""

    answer: str
    says: str
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Settling:
    """A document that would settle a claim: where in it to look, what to look for, and what follows
    from each answer.

    ``found``: the answer that a reader found in it, and the row that says so; ``None`` as long as
    nobody has.
    """

    document_id: str
    document: str
    address: str | None
    held_by: str
    access: str
    place: str
    question: str
    row: str
    answers: tuple[Answer, ...]
    found: tuple[Answer, Fact] | None = None

    @property
    def where(self) -> str:
        """How one gets at it, in a few words."""
        return _(ACCESS[self.access])


@dataclass(frozen=True)
class Judgement:
    """A verdict on one claim.

    Attributes
    ----------
    found: ids of the numbers that were measured and compared, the main one first; only for a
        recount, a neighbour or a bound.
    used: ids of the numbers that any other check rests on, or that the reason mentions.
    read: in words, what was read or compared where no number was measured.
    reason: why, in a sentence or two whose numbers are ``[[id]]`` placeholders.
    differs: how a neighbour differs from what was claimed.
    tests: the comparisons behind it, the main one first.
    flips: the assumptions of all its tests, each with the values at which the verdict changes.
    facts: the rows of texts that the verdict rests on.
    lacks: of the texts that say something like the claim, or like its opposite, how many sources
        lack which thing.
    settles: what would settle it.
    """

    claim_id: str
    check: Check
    verdict: Verdict
    reason: str
    found: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    read: str = ""
    differs: str = ""
    tests: tuple[Tested, ...] = ()
    flips: tuple[Flip, ...] = ()
    facts: tuple[Fact, ...] = ()
    lacks: Mapping[Lacks, int] = field(default_factory=dict)
    settles: tuple[Settling, ...] = ()

    @property
    def fragile(self) -> tuple[int, int] | None:
        """How many of its assumptions turn it within their ranges, and of how many; ``None`` if it
        has none."""
        return (
            (sum(bool(flip.turns) for flip in self.flips), len(self.flips)) if self.flips else None
        )

    @property
    def severity(self) -> Severity | None:
        """The severity of its main test."""
        return self.tests[0].severity if self.tests else None
