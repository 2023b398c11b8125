"""Settles the verdicts of all chapters: each claim has one, and every number is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tallybook import data
from tallybook.model.formatting import short, split
from tallybook.model.numbers import Registry

from microwork.claims.model import Claim, ClaimError, Flip, Judgement

NOTHING = 1.005  # a factor that prints as one


def settle(
    all_claims: Mapping[str, Claim], judgements: Iterable[Judgement], chapters: Iterable[str], registry: Registry
) -> dict[str, Judgement]:
    """Judgements by claim id: every claim of these chapters has exactly one, which its repeats share.

    Raises ``ClaimError`` for a claim without verdict, with two, or unknown, and for a repeat that is judged by itself;
    ``NumberError`` if a judgement or its reason uses a number that is not defined.
    """
    settled: dict[str, Judgement] = {}
    for judgement in judgements:
        claim = all_claims.get(judgement.claim_id)
        if claim is None:
            raise ClaimError(f"data/claims.csv, column claim_id: found no claim {judgement.claim_id!r}, but a verdict for it")
        if claim.repeats:
            raise ClaimError(
                f"claim {claim.claim_id!r}: found a verdict; expected only that of {claim.repeats!r}, which it repeats"
            )
        if judgement.claim_id in settled:
            raise ClaimError(f"claim {judgement.claim_id!r} has two verdicts; expected one")
        for number_id in (*judgement.found, *judgement.used, *_placeholders(judgement.reason)):
            registry[number_id]
        settled[judgement.claim_id] = replace(judgement, notes=_notes(judgement))
    chapters = tuple(chapters)
    for claim in all_claims.values():
        if claim.chapter in chapters and (claim.repeats or claim.claim_id) not in settled:
            row = list(data.table("claims")["claim_id"]).index(claim.claim_id) + 2
            raise ClaimError(
                f"data/claims.csv, row {row}, column claim_id: found {claim.claim_id!r} without a verdict; "
                f"expected one from microwork/{claim.chapter}/verdicts.py"
            )
    return {name: settled[head] for name, claim in all_claims.items() if (head := claim.repeats or name) in settled}


def _placeholders(reason: str) -> list[str]:
    return [piece[0] for piece in split(reason) if not isinstance(piece, str)]


def _notes(judgement: Judgement) -> tuple[tuple[str, str], ...]:
    """What stands folded under a claim: how it was tested, what the test would have noticed, what would change the verdict."""
    found = []
    if judgement.differs:
        found.append(("How this evidence differs", judgement.differs))
    if judgement.severity:
        found.append(("What the test would have noticed", _noticed(judgement)))
    found += [("What would change the verdict", turned(flip)) for flip in judgement.flips]
    return tuple(found)


def _noticed(judgement: Judgement) -> str:
    assert judgement.severity is not None
    if judgement.said is None and judgement.severity.unit == "times" and judgement.severity.value < NOTHING:
        return "The opposite of the claim, by whatever margin."
    if judgement.said is None:
        return f"The opposite of the claim, by a margin of {judgement.severity.words} or more."
    return f"A figure {judgement.severity.words} too high or too low."


def turned(flip: Flip) -> str:
    """An assumption in a sentence or three: what we take, what is plausible and why, and where the verdict changes."""

    def shown(value: float) -> str:
        text = short(value)
        return f"{text}\u202f%" if flip.unit == "percent" else text if flip.unit == "times" else f"{text} {flip.unit}"

    between = (
        f"we assume {shown(flip.value)}. Anything from {shown(flip.least)} to {shown(flip.most)} is plausible, "
        f"because {flip.reason}"
    )
    if flip.flips_at is None:
        return f"{flip.assumption}: {between}. No value in that range changes the verdict."
    return f"{flip.assumption}: {between}. The verdict changes at {shown(flip.flips_at)}."
