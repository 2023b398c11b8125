"""Press claims, and what a verdict on one holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from babel.dates import format_date

from tallybook.claims import rows
from tallybook.claims.vocabulary import Check, ClaimError, Lacks, Verdict
from tallybook.data.provenance import Fact
from tallybook.model.digits import decimals
from tallybook.model.formatting import LOCALE, plain, short

ACCESS = {"open": "public", "paper": "sold, or in libraries", "asked": "not public"}
BASIS = {  # where the plausible range of an assumption comes from
    "possible": "no other value is possible",
    "data": "the range comes from our data",
    "published": "an end of the range is published",
    "ours": "the range is our choice",
}
IN_WORDS = (
    "a third",
    "one in ten",
    "as much",
)  # a figure that was said in words, and is typed as a number to reckon with


@dataclass(frozen=True)
class Claim:
    """A statement made in the press: a row of ``data/claims.csv``, which describes its columns."""

    claim_id: str
    chapter: str
    weight: str
    outlet: str
    date: str
    said_by: str
    statement: str
    value: float | None
    value_high: float | None
    unit: str | None
    qualifier: str | None
    hedge: str | None
    asserts: str
    place: str
    key_phrase: str | None
    language: str | None
    repeats: str | None
    source_key: str
    family: str | None = None

    @property
    def lead(self) -> bool:
        """Whether the chapter leads with it."""
        return self.weight == "lead"

    @property
    def day(self) -> str:
        """The date as a reader would write it: "21 Nov 2021"."""
        return format_date(date.fromisoformat(self.date), "d MMM y", locale=LOCALE)

    @property
    def published(self) -> str | None:
        """The published value as a reader would write it: "nearly 15,000", "20 to 60 hours per
        week"."""
        if self.value is None and self.unit is None:
            return None
        if self.value is None or self.qualifier in IN_WORDS:
            return (
                f"{self.qualifier} {self.unit}"
                if str(self.qualifier).endswith("a few")
                else self.qualifier
            )
        text = plain(self.value, decimals(self.value))
        if self.value_high is not None:
            text += f" to {plain(self.value_high, decimals(self.value_high))}"
        if self.unit == "percent":
            text += "\u202f%"
        elif self.unit != "persons":
            text += f" {self.unit}"
        words = ("about", "nearly", "more than", "less than", "at least")
        lead = (
            "about"
            if self.qualifier == "around"
            else self.qualifier
            if self.qualifier in words
            else ""
        )
        return f"{lead} {text}" if lead else text

    @property
    def figure(self) -> float:
        """The published value. Raises ``ClaimError`` if there is none."""
        if self.value is None:
            raise ClaimError(
                f"claim {self.claim_id!r}: found no published value; expected one, or a test"
                " against a threshold"
            )
        return self.value

    @property
    def ends(self) -> tuple[float, float]:
        """The published figure, twice, or both ends of a published range.

        Raises ``ClaimError`` if there is none.
        """
        return self.figure, self.figure if self.value_high is None else self.value_high

    @property
    def said(self) -> tuple[float, float]:
        """Least and most that the published figure can mean, in its unit.

        "More than v" and "at least v" take in [v, v + step], "nearly v" and "less than v" [v -
        step, v], a range its two ends, and everything else what rounds to v, [v - step/2, v +
        step/2]. The step is a unit of the last digit that is not 0, but a tenth of v at most:
        "nearly 1,000" is not 1. Raises ``ClaimError`` if there is no figure.
        """
        if self.value_high is not None:
            return self.ends
        value, unit = self.figure, min(step(self.figure), self.figure / 10)
        if self.qualifier in ("more than", "at least"):
            return value, value + unit
        if self.qualifier in ("nearly", "less than"):
            return value - unit, value
        return value - unit / 2, value + unit / 2


@dataclass(frozen=True)
class Severity:
    """The smallest error that a test would have noticed: a factor (``times``), or a distance in
    ``unit``."""

    value: float
    unit: str

    @property
    def words(self) -> str:
        """As it stands on the pages."""
        return f"{short(self.value, 3 if self.value < 1.1 else 2)} {self.unit}".strip()


@dataclass(frozen=True)
class Axis:
    """An assumption as its row has it: what we take, the plausible range, why, and where the range
    comes from (``BASIS``)."""

    name: str
    assumption: str
    unit: str
    value: float
    least: float
    most: float
    reason: str
    basis: str

    def at(self, share: float) -> float:
        """The value at a share of the way from what we take to an end: to the upper one, or the
        lower for a negative share.

        A factor goes that way on logs, so that half and twice are as far.
        """
        end = self.most if share > 0 else self.least
        if self.unit == "times" and end > 0 and self.value > 0:
            return float(self.value * (end / self.value) ** abs(share))
        return self.value + abs(share) * (end - self.value)


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
class Joint:
    """The smallest change of all assumptions at once that turns a verdict.

    size: the share of the way to the end of its range that the one which moves most goes;
        ``values``: where they are then.
    """

    size: float
    values: dict[str, float]


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
        return ACCESS[self.access]


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
    flips: the assumptions of all its tests, each with the values at which the verdict changes;
        ``joint``: all of them at once.
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
    joint: Joint | None = None
    facts: tuple[Fact, ...] = ()
    lacks: Mapping[Lacks, int] = field(default_factory=dict)
    settles: tuple[Settling, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

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


class Claims(dict[str, Claim]):
    """Claims by id; one that is asked for and not there is an error in words."""

    def __missing__(self, claim_id: str) -> Claim:
        raise ClaimError(
            f"data/claims.csv, column claim_id: found no claim {claim_id!r}, but a verdict for it"
        )


def claims(folder: Path | None = None) -> Claims:
    """All press claims by id: those that lead a chapter first, otherwise in the order of the file.

    Raises ``ClaimError`` for one that repeats a claim which is not there, or which is a repeat
    itself.
    """
    names = Claim.__dataclass_fields__
    told = [Claim(**{name: row[name] for name in names}) for row in rows.read("claims", folder)]
    found = Claims({claim.claim_id: claim for claim in told})
    for line, claim in enumerate(found.values(), start=2):
        if claim.repeats and (claim.repeats not in found or found[claim.repeats].repeats):
            raise ClaimError(
                f"data/claims.csv, row {line}, column repeats: found {claim.repeats!r}; expected a"
                " claim that repeats no other"
            )
    return Claims(sorted(found.items(), key=lambda each: each[1].weight != "lead"))


def heads(all_claims: Iterable[Claim]) -> list[Claim]:
    """The claims that repeat no other: one for each group."""
    return [claim for claim in all_claims if not claim.repeats]


def step(value: float) -> float:
    """The unit of the last digit that a published value shows: 10,000 for 260,000; 0.1 for 56.1."""
    digits = Decimal(repr(float(value))).normalize()
    return float(Decimal(1).scaleb(int(digits.as_tuple().exponent)))
