"""Settles the verdicts of all chapters: each claim has one, and every number is there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tallybook import data
from tallybook.claims import measurements, settling
from tallybook.claims.assumptions import FINE, SCAN
from tallybook.claims.claim import Claim
from tallybook.claims.model import BASIS, Axis, Flip, Judgement, Tested
from tallybook.claims.vocabulary import ASKED, ClaimError, Lacks
from tallybook.language import capital, ended, labelled, listed, ngettext, semicolon
from tallybook.language import gettext as _
from tallybook.model.digits import exponent, past
from tallybook.model.formatting import named, short, split
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
    return {
        name: settled[head]
        for name, claim in all_claims.items()
        if (head := claim.repeats or name) in settled
    }


def _placeholders(reason: str) -> list[str]:
    return [piece[0] for piece in split(reason) if not isinstance(piece, str)]


def notes(claim: Claim, judgement: Judgement) -> list[tuple[str, str]]:
    """What stands folded under a claim: what was asked, how it was tested, what would turn the
    verdict or settle the claim."""
    found = [(_("What evidence has to show"), asked(claim))]
    if judgement.differs:
        found.append((_("How this evidence differs"), judgement.differs))
    if judgement.lacks:
        found.append((_("What the texts lack"), lacking(judgement.lacks)))
    sure = [test for test in judgement.tests if test.severity]
    for test in sure:
        said = noticed(test)
        if len(sure) > 1:
            said = labelled(measurements.named(measurements.known(test.measurement)), said)
        found.append((_("What the test would have noticed"), said))
    if judgement.settles:
        documents = semicolon().join(one.document for one in judgement.settles)
        found.append((_("What would settle it"), ended(documents)))
    return found


def asked(claim: Claim) -> str:
    """What evidence on a claim has to show, and where: "One case is enough.

    It has to be of France.".
    """
    where = _("Evidence from any place counts.")
    if claim.place != "none":
        where = _("It has to be of {place}.").format(place=_(claim.place))
    return f"{_(ASKED[claim.asserts])} {where}"


def lacking(lacks: Mapping[Lacks, int]) -> str:
    """What texts that say something like a claim do not say, and in how many sources: "The place (2
    sources)."."""
    parts = [
        ngettext("{thing} (one source)", "{thing} ({count} sources)", count).format(
            thing=_(str(thing)), count=count
        )
        for thing, count in lacks.items()
    ]
    return f"{capital(semicolon().join(parts))}."


def noticed(test: Tested) -> str:
    """The severity of a test in a sentence."""
    assert test.severity is not None
    if test.kind == "figure":
        return _figure(test)
    said = _("The opposite of the claim, by a margin of {size} or more.")
    return said.format(size=test.severity.words)


def _figure(test: Tested) -> str:
    """The severity of a test of a figure: either way, or the one way in which a share can be off by
    so much."""
    assert test.severity is not None and test.figure is not None
    size, low, high = test.severity, *test.figure
    share = size.unit == "points"
    said = {
        (True, True): _("A figure {size} too high or too low."),
        (True, False): _("A figure {size} too high."),
        (False, True): _("A figure {size} too low."),
        (False, False): _("No figure: its range is as wide as the scale."),
    }
    fits = (not share or high - size.value >= 0, not share or low + size.value <= 100)
    return said[fits].format(size=size.words)


NEAR = FINE / SCAN  # share of the way within which a turn is known
BARE = ("times", "share", "ratio")  # units that a value says by itself


def after(unit: str, value: float) -> str:
    """What is printed after a value of an assumption."""
    return "\u202f%" if unit == "percent" else "" if unit in BARE else f" {named(unit, value)}"


def shown(value: float, unit: str) -> str:
    """A value of an assumption as a reader would write it."""
    return short(value, 4) + after(unit, value)


def span(axis: Axis) -> tuple[str, str]:
    """The least and the most plausible value of an assumption, with its unit once, at the end."""
    return shown(axis.least, BARE[0]), shown(axis.most, axis.unit)


def turning_point(axis: Axis, at: float) -> str:
    """Where a verdict turns: two digits of how far that is from what we take, or of the value
    itself. It is rounded away from what we take, so that the verdict has turned there."""
    share = axis.share(at)
    found = axis.at(math.copysign(max(0.0, share - NEAR), at - axis.value))  # no later than there
    places = 1 - min(exponent(one) for one in (at, at - axis.value) if one)
    point = past(found, places, up=at > axis.value)
    return short(point, 6) + after(axis.unit, point)


def turned(flip: Flip) -> str:
    """An assumption in a sentence or three: what we take, what is plausible and why, and where the
    verdict changes."""
    one = flip.axis
    least, most = span(one)
    between = _(
        "{assumption}: we assume {value}. Anything from {least} to {most} is plausible, because"
        " {reason} ({basis})."
    ).format(
        assumption=one.assumption,
        value=shown(one.value, one.unit),
        least=least,
        most=most,
        reason=one.reason,
        basis=_(BASIS[one.basis]),
    )
    if not flip.turns:
        return f"{between} {_('No value in that range changes the verdict.')}"
    changes = _("The verdict changes {where}.").format(where=where_turned(flip))
    return f"{between} {changes}"


def where_turned(flip: Flip) -> str:
    """The values at which a verdict changes, each with the verdict past it: "at 2 to “holds” and at
    3 to “doubtful”"."""
    one = flip.axis
    points = [
        _("at {value} to “{verdict}”").format(value=turning_point(one, at), verdict=_(str(verdict)))
        for at, verdict in flip.turns
    ]
    return listed(points)
