"""Settles the verdicts of all chapters: each claim has one, and every number is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tallybook import data
from tallybook.claims import measurements, settling
from tallybook.claims.claim import Claim
from tallybook.claims.model import BASIS, Flip, Joint, Judgement, Tested
from tallybook.claims.vocabulary import ASKED, ClaimError, Lacks
from tallybook.model.formatting import short, split
from tallybook.model.numbers import Registry


def settle(
    all_claims: Mapping[str, Claim],
    judgements: Iterable[Judgement],
    chapters: Iterable[str],
    registry: Registry,
) -> dict[str, Judgement]:
    """Judgements by claim id: every claim of these chapters has exactly one, which its repeats
    share.

    Raises ``ClaimError`` for a claim without verdict, with two, or unknown, and for a repeat that
    is judged by itself; ``NumberError`` if a judgement or its reason uses a number that is not
    defined.
    """
    settled: dict[str, Judgement] = {}
    for judgement in judgements:
        claim = all_claims.get(judgement.claim_id)
        if claim is None:
            raise ClaimError(
                f"data/claims.csv, column claim_id: found no claim {judgement.claim_id!r}, but a"
                " verdict for it"
            )
        if claim.repeats:
            raise ClaimError(
                f"claim {claim.claim_id!r}: found a verdict; expected only that of"
                f" {claim.repeats!r}, which it repeats"
            )
        if judgement.claim_id in settled:
            raise ClaimError(f"claim {judgement.claim_id!r} has two verdicts; expected one")
        for number_id in (*judgement.found, *judgement.used, *_placeholders(judgement.reason)):
            registry[number_id]
        measurements.refuse_choice(claim, judgement)
        settled[judgement.claim_id] = judgement
    chapters = tuple(chapters)
    for claim in all_claims.values():
        if claim.chapter in chapters and (claim.repeats or claim.claim_id) not in settled:
            row = list(data.table("claims")["claim_id"]).index(claim.claim_id) + 2
            raise ClaimError(
                f"data/claims.csv, row {row}, column claim_id: found {claim.claim_id!r} without a"
                f" verdict; expected one from judgements() of the chapter {claim.chapter}"
            )
    settled = settling.with_entries(settled, all_claims, chapters)
    settled = {
        name: replace(one, notes=_notes(all_claims[name], one)) for name, one in settled.items()
    }
    return {
        name: settled[head]
        for name, claim in all_claims.items()
        if (head := claim.repeats or name) in settled
    }


def _placeholders(reason: str) -> list[str]:
    return [piece[0] for piece in split(reason) if not isinstance(piece, str)]


def _notes(claim: Claim, judgement: Judgement) -> tuple[tuple[str, str], ...]:
    """What stands folded under a claim: what was asked, how it was tested, what would turn the
    verdict or settle the claim."""
    found = [("What evidence has to show", asked(claim))]
    if judgement.differs:
        found.append(("How this evidence differs", judgement.differs))
    if judgement.lacks:
        found.append(("What the texts lack", lacking(judgement.lacks)))
    found += [
        ("What the test would have noticed", noticed(test))
        for test in judgement.tests
        if test.severity
    ]
    if judgement.settles:
        found.append(
            ("What would settle it", "; ".join(one.document for one in judgement.settles) + ".")
        )
    return tuple(found)


def asked(claim: Claim) -> str:
    """What evidence on a claim has to show, and where: "One case is enough.

    It has to be of France.".
    """
    words = ASKED[claim.asserts]
    where = (
        "Evidence from any place counts."
        if claim.place == "none"
        else f"It has to be of {claim.place}."
    )
    return f"{words[0].upper()}{words[1:]}. {where}"


def lacking(lacks: Mapping[Lacks, int]) -> str:
    """What texts that say something like a claim do not say, and in how many sources: "The place (2
    sources)."."""
    parts = [
        f"{thing} ({'one source' if count == 1 else f'{count} sources'})"
        for thing, count in lacks.items()
    ]
    return f"{parts[0][0].upper()}{'; '.join(parts)[1:]}."


def noticed(test: Tested) -> str:
    """The severity of a test in a sentence."""
    assert test.severity is not None
    if test.kind == "figure":
        return _figure(test)
    return f"The opposite of the claim, by a margin of {test.severity.words} or more."


def _figure(test: Tested) -> str:
    """The severity of a test of a figure: either way, or the one way in which a share can be off by
    so much."""
    assert test.severity is not None and test.figure is not None
    size, low, high = test.severity, *test.figure
    ways = [
        way
        for way, fits in (("high", high - size.value >= 0), ("low", low + size.value <= 100))
        if fits
    ]
    if size.unit != "points":
        ways = ["high", "low"]
    return (
        f"A figure {size.words} too {' or too '.join(ways)}."
        if ways
        else "No figure: its range is as wide as the scale."
    )


BARE = ("times", "share", "ratio")  # units that a value says by itself


def after(unit: str) -> str:
    """What is printed after a value of an assumption."""
    return "\u202f%" if unit == "percent" else "" if unit in BARE else f" {unit}"


def shown(value: float, unit: str, beside: float | None = None) -> str:
    """A value of an assumption as a reader would write it, with digits enough to tell it from the
    one ``beside`` it."""
    digits = next(
        (
            digits
            for digits in range(4, 7)
            if beside is None or short(value, digits) != short(beside, digits)
        ),
        6,
    )
    return short(value, digits) + after(unit)


def turned(flip: Flip) -> str:
    """An assumption in a sentence or three: what we take, what is plausible and why, and where the
    verdict changes."""
    one = flip.axis
    between = (
        f"{one.assumption}: we assume {shown(one.value, one.unit)}. Anything from"
        f" {shown(one.least, one.unit)} to {shown(one.most, one.unit)} is plausible, because"
        f" {one.reason} ({BASIS[one.basis]})."
    )
    if not flip.turns:
        return f"{between} No value in that range changes the verdict."
    points = (f"{shown(at, one.unit, one.value)} to “{verdict}”" for at, verdict in flip.turns)
    return f"{between} The verdict changes at {' and at '.join(points)}."


def part(joint: Joint) -> str:
    """How much of the way to the ends of the ranges turns a verdict: "17 %"."""
    percent = 100 * joint.size
    return f"{short(percent, 2 if percent >= 1 else 1)}\u202f%"


def together(joint: Joint) -> str:
    """The smallest joint change of the assumptions of a verdict, in a sentence."""
    return (
        f"If all assumptions move at once, {part(joint)} of the way to the ends of their ranges is"
        " enough to change the verdict."
    )
