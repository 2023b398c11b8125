"""The claims of the press, as ``data/claims.csv`` has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tallybook.claims import rows
from tallybook.claims.vocabulary import ClaimError
from tallybook.language import N_
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.model.digits import decimals
from tallybook.model.formatting import beside, between, currency, measured, plain

# A figure that was said in words, and is typed as a number to reckon with.
IN_WORDS = N_(("a third", "one in ten", "as much"))


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
    key_phrase: str | None
    language: str | None
    repeats: str | None
    source_key: str
    speaker: str | None = None

    @property
    def lead(self) -> bool:
        """Whether the chapter leads with it."""
        return self.weight == "lead"

    @property
    def quoted(self) -> str:
        """Its words as they were printed, with numbers that no line breaks, as "260 000" and
        "56 %", and a quotation inside it in other marks; empty if they are not known."""
        words = re.sub(r"«\s*(.*?)\s*»", r"“\1”", self.key_phrase or "")
        return re.sub(r"(?<=\d) (?=\d{3}|%)", "\u202f", words)

    @property
    def where(self) -> str:
        """Where it was said: an outlet, whose name stays, or an occasion in our words."""
        return _(self.outlet)

    @property
    def day(self) -> str:
        """The date as a reader would write it: "21 Nov 2021"."""
        return days.in_words(date.fromisoformat(self.date), "d MMM y")

    @property
    def published(self) -> str | None:
        """The published value as a reader would write it: "nearly 15,000", "20 to 60 hours per
        week"."""
        if self.value is None and self.unit is None:
            return None
        if self.value is None or self.qualifier in IN_WORDS:
            few = str(self.qualifier).endswith("a few")
            said = f"{self.qualifier} {self.unit}" if few else self.qualifier
            return said and _(said)
        unit, last = str(self.unit), self.value if self.value_high is None else self.value_high
        text, high = (plain(one, decimals(one)) for one in (self.value, last))
        text = measured(text, unit) if self.value_high is None else between(text, high, unit)
        after = _(unit[4:]) if currency(unit) else beside(unit, last)
        if after and unit != "persons":
            text = _("{amount} {unit}").format(amount=text, unit=after)
        return hedged(text, self.qualifier)

    @property
    def figure(self) -> float:
        """The published value. Raises ``ClaimError`` if there is none."""
        if self.value is None:
            raise ClaimError(
                f"claim {self.claim_id!r}: found no published value; expected one, for the kind"
                " figure in data/judgements.csv"
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


def hedged(figure: str, qualifier: str | None) -> str:
    """A figure with the word that goes with it, if that changes what is said: "nearly 15,000"."""
    said = {
        "about": _("about {figure}"),
        "around": _("about {figure}"),
        "nearly": _("nearly {figure}"),
        "more than": _("more than {figure}"),
        "less than": _("less than {figure}"),
        "at least": _("at least {figure}"),
    }
    return said.get(qualifier or "", "{figure}").format(figure=figure)


Claims = dict[str, Claim]


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
