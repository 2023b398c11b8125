"""Press claims and what becomes of them.

A verdict is computed from the published value and our number by the rules below. Only
what no rule can decide (a wrong name, no data at all) is argued, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from babel.dates import format_date
from tallybook import data
from tallybook.model.digits import decimals
from tallybook.model.formatting import LOCALE, plain, split
from tallybook.model.numbers import Number, Registry

from microwork.paths import DATA


class Verdict(StrEnum):
    """The seven verdicts, in the order in which pages list them."""

    REPRODUCED = "reproduced"
    CONSISTENT = "consistent"
    MISLABELLED = "mislabelled"
    OVERSTATED = "overstated"
    UNDERSTATED = "understated"
    NOT_SHOWN = "not shown"
    CITED_ONLY = "cited only"


MEANING = {
    Verdict.REPRODUCED: "Our own computation gives the same figure at the precision that was published.",
    Verdict.CONSISTENT: "The published value lies inside our interval, or the statement holds over all of it.",
    Verdict.MISLABELLED: "The number stands, but it is the number of something else than its name says.",
    Verdict.OVERSTATED: "The published value lies above our interval, or the statement fails over all of it.",
    Verdict.UNDERSTATED: "The published value lies below our interval.",
    Verdict.NOT_SHOWN: "The data there are do not support the statement; they need not refute it.",
    Verdict.CITED_ONLY: "No public input allows a check; we say what would be needed.",
}

# Only these can be argued: all others are a matter of comparing numbers.
ARGUED = (Verdict.MISLABELLED, Verdict.NOT_SHOWN, Verdict.CITED_ONLY)


class ClaimError(Exception):
    """A claim has no verdict, two verdicts, or one that its kind does not allow."""


@dataclass(frozen=True)
class Claim:
    """One statement made in the press, as in ``data/claims.csv``."""

    claim_id: str
    chapter: str
    outlet: str
    date: str
    statement: str
    value: float | None
    value_high: float | None
    unit: str | None
    qualifier: str | None
    source_key: str

    @property
    def day(self) -> str:
        """The date as a reader would write it: "21 Nov 2021"."""
        return format_date(date.fromisoformat(self.date), "d MMM y", locale=LOCALE)

    @property
    def published(self) -> str | None:
        """The published value as a reader would write it: "about 260,000", "20 to 60"."""
        if self.value is None:
            return None
        text = plain(self.value, decimals(self.value))
        if self.value_high is not None:
            text += f" to {plain(self.value_high, decimals(self.value_high))}"
        if self.unit == "percent":
            text += "\u202f%"
        elif self.unit != "persons":
            text += f" {self.unit}"
        words = {
            "about": "about",
            "around": "about",
            "nearly": "nearly",
            "more than": "more than",
            "less than": "less than",
            "at least": "at least",
        }
        lead = words.get(self.qualifier or "")
        return f"{lead} {text}" if lead else text


@dataclass(frozen=True)
class Judgement:
    """A verdict on one claim: ``reason`` is one sentence whose numbers are ``[[id]]`` placeholders."""

    claim_id: str
    verdict: Verdict
    numbers: tuple[str, ...]
    reason: str


class Claims(dict[str, Claim]):
    """Claims by id; one that is asked for and not there is an error in words."""

    def __missing__(self, claim_id: str) -> Claim:
        raise ClaimError(f"data/claims.csv, column claim_id: found no claim {claim_id!r}, but a verdict for it")


def claims(folder: Path = DATA) -> Claims:
    """All press claims by id, in the order of the file."""
    frame = data.table("claims", folder)
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return Claims({row["claim_id"]: Claim(**row) for row in rows})


def step(value: float) -> float:
    """The unit of the last digit that a published value shows: 10,000 for 260,000; 0.1 for 56.1."""
    digits = Decimal(repr(float(value))).normalize()
    return float(Decimal(1).scaleb(int(digits.as_tuple().exponent)))


def published_value(claim: Claim) -> float:
    """The value of a claim. Raises ``ClaimError`` if it has none."""
    if claim.value is None:
        raise ClaimError(f"claim {claim.claim_id!r}: has no published value; use by_test or by_argument")
    return claim.value


def same(claim: Claim, value: float) -> bool:
    """Is ``value`` what was published, at the published precision?

    "More than v" and "at least v" take in [v, v + step); "nearly v" and "less than v" take in
    (v - step, v]; everything else is rounding, [v - step/2, v + step/2].
    """
    published = published_value(claim)
    unit = step(published)
    if claim.qualifier in ("more than", "at least"):
        return published <= value < published + unit
    if claim.qualifier in ("nearly", "less than"):
        return published - unit < value <= published
    return abs(value - published) <= unit / 2 * (1 + 1e-9)


def by_rule(claim: Claim, number: Number, reason: str, *, truly: Number | None = None) -> Judgement:
    """Compare the published value with our number.

    ``number`` measures what the claim names. ``truly``, if given, is what the published figure
    turns out to count: if the figure fits ``truly`` and not ``number``, it is mislabelled.
    Raises ``ClaimError`` if the claim has no value.
    """
    verdict = _compare(claim, number)
    used: tuple[Number, ...] = (number,)
    if truly is not None:
        used += (truly,)
        good = (Verdict.REPRODUCED, Verdict.CONSISTENT)
        if verdict not in good and _compare(claim, truly) in good:
            verdict = Verdict.MISLABELLED
    return _judgement(claim, verdict, reason, *used)


def by_test(claim: Claim, number: Number, reason: str, *, above: float | None = None, below: float | None = None) -> Judgement:
    """A statement without a value, put as "our number is above (below) a threshold".

    Consistent if the whole interval is on the claimed side, overstated if it is all on the
    other, not shown if the threshold lies inside. A number without interval counts as a point.
    """
    low, high = _ends(number)
    if above is not None and below is None:
        holds, fails = low > above, high < above
    elif below is not None and above is None:
        holds, fails = high < below, low > below
    else:
        raise ClaimError(f"claim {claim.claim_id!r}: a test takes either above or below")
    verdict = Verdict.CONSISTENT if holds else Verdict.OVERSTATED if fails else Verdict.NOT_SHOWN
    return _judgement(claim, verdict, reason, number)


def by_argument(claim: Claim, verdict: Verdict, reason: str, *numbers: Number) -> Judgement:
    """A verdict no rule can decide: mislabelled, not shown or cited only, and why."""
    if verdict not in ARGUED:
        raise ClaimError(f"claim {claim.claim_id!r}: {verdict} must follow from a rule; only {', '.join(ARGUED)} can be argued")
    return _judgement(claim, verdict, reason, *numbers)


def settle(
    all_claims: dict[str, Claim], judgements: Iterable[Judgement], chapters: Iterable[str], registry: Registry
) -> dict[str, Judgement]:
    """Judgements by claim id, checked: every claim of these chapters has exactly one.

    Raises ``ClaimError`` for a claim without verdict, with two, or unknown; ``NumberError`` if a
    judgement or its reason uses a number that is not defined.
    """
    settled: dict[str, Judgement] = {}
    for judgement in judgements:
        if judgement.claim_id not in all_claims:
            raise ClaimError(f"data/claims.csv, column claim_id: found no claim {judgement.claim_id!r}, but a verdict for it")
        if judgement.claim_id in settled:
            raise ClaimError(f"claim {judgement.claim_id!r} has two verdicts; wanted one")
        for number_id in [
            *judgement.numbers,
            *(piece[0] for piece in split(judgement.reason) if not isinstance(piece, str)),
        ]:
            registry[number_id]
        settled[judgement.claim_id] = judgement
    chapters = tuple(chapters)
    for row, claim in enumerate(all_claims.values(), start=2):
        if claim.chapter in chapters and claim.claim_id not in settled:
            raise ClaimError(
                f"data/claims.csv, row {row}, column claim_id: found {claim.claim_id!r} without a verdict; "
                f"wanted one from microwork/{claim.chapter}/verdicts.py"
            )
    return {claim_id: settled[claim_id] for claim_id in all_claims if claim_id in settled}


def _judgement(claim: Claim, verdict: Verdict, reason: str, *numbers: Number) -> Judgement:
    return Judgement(claim.claim_id, verdict, tuple(number.id for number in numbers), reason)


def _compare(claim: Claim, number: Number) -> Verdict:
    if claim.value_high is None and same(claim, number.value):
        return Verdict.REPRODUCED
    low, high = _ends(number)
    claimed_low = published_value(claim)
    claimed_high = claim.value_high if claim.value_high is not None else claimed_low
    if claimed_low > high:
        return Verdict.OVERSTATED
    if claimed_high < low:
        return Verdict.UNDERSTATED
    return Verdict.CONSISTENT


def _ends(number: Number) -> tuple[float, float]:
    return (number.value, number.value) if number.low is None or number.high is None else (number.low, number.high)
