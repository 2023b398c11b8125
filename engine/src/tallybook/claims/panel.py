"""The words of the panel in which a reader argues with a verdict.

Where ``data/<chapter>/arguments.csv`` has a row for a claim, its sentences stand there; for any
other claim they are made from the kind of its tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallybook import data
from tallybook.claims import rows
from tallybook.claims.argument import Argument, Case
from tallybook.claims.claim import Claim
from tallybook.claims.model import Axis
from tallybook.claims.rules import Computed
from tallybook.claims.settle import shown
from tallybook.claims.vocabulary import ClaimError
from tallybook.language import N_, capital, said
from tallybook.language import gettext as _
from tallybook.model.formatting import short, suffix

RANGE = N_("{value} ({low} to {high})")
DIGITS = 3  # of a number that moves
EXACT = 6  # digits of a threshold, which is no measurement
SENTENCES = N_(
    {
        "above": "{label}: {found}. The claim needs more than {limit}.",
        "below": "{label}: {found}. The claim needs less than {limit}.",
        "figure": "{label}: {found}. The claim says {figure}.",
    }
)

ARGUE = N_("Argue with this verdict")
# Why a test gives what verdict.
BECAUSE = N_(
    {
        "figure": {
            "holds": "All that is found lies close to the published figure.",
            "too high": "The figure lies above all that is found.",
            "too low": "The figure lies below all that is found.",
            "doubtful": "The figure lies outside all that is found.",
            "not contradicted": "The figure lies in the range that is found.",
            "undecided": "The range is so wide that it would hold nearly any figure.",
        },
        "limit": {
            "holds": "The whole range lies on the claim’s side.",
            "not contradicted": "The whole range lies on the claim’s side.",
            "contradicted": "The whole range lies on the other side.",
            "doubtful": "The whole range lies on the other side.",
            "undecided": "The range reaches over the threshold.",
        },
    }
)
# What the panel itself says: whole sentences, in which names in braces stand for what moves.
UI: dict[str, Any] = N_(
    {
        "panel": ARGUE,
        "ranges": "Why these ranges",
        "guess": "Guess first.",
        "see": "See",
        "answer": "With our other assumptions it takes {known}.",
        "guessed": "You said {guess}. With our other assumptions it takes {known}.",
        "minutes": "{value} ({minutes} minutes)",
        "implausible": "{value} (beyond what is plausible)",
        "settings": "Named settings",
        "reset": "Back to ours",
        "copy_link": "Copy a link to this setting",
        "copy_sentence": "Copy it as a sentence",
        "picture": "Save the picture",
        "across": "Left to right: ",
        "up": "Bottom to top: ",
        "plane": "What follows from “{across}” and “{up}”. With your setting, {mine}: {outcome}",
        "marks": "Dot: ours. Rings: named settings. Cross: yours. Hatched: not plausible.",
        "slider_marks": "On the sliders, the dot is our value, blue is plausible, and a red line is"
        " where the outcome turns.",
        "ours": "We take {ours}.",
        "plausible": "Plausible: {low} to {high}.",
        "beyond": "Plausible: {low} to {high}. Your value lies beyond that.",
        "turn": "From {at} up, the verdict is “{outcome}”.",
        "turn_stays": "From {at} up: {outcome}",
        "alone": "This test alone: {yours}.",
        "alone_moved": "This test alone: {yours}. With our setting: {ours}.",
        "with_yours": "With your setting:",
        "with_ours": "With our setting:",
        "verdict_ours": "Our verdict: {ours}.",
        "verdicts_both": "Your verdict: {yours}. Our verdict: {ours}.",
        "stays": "Your setting changes what follows, but not our verdict.",
        "linked": "This setting came with the link.",
        "nonsense": "The link sets “{label}” ({id}) to “{got}”, which is no number from {low} to"
        " {high}, so you see our setting.",
        "unknown": "The link sets “{id}”, which is no assumption here, so you see our setting. It"
        " can set: {known}.",
        "setting": "“{label}” to {value}",
        "setting_beyond": "“{label}” to {value}, which is beyond what the report finds plausible"
        " ({low} to {high})",
        "quote": "“{claim}” If one sets {setting}, the verdict on this claim is “{yours}”. {found}"
        " With its own setting, the report’s verdict is “{ours}”. {source}, {address}.",
        "quote_ours": "“{claim}” {found} The report’s verdict on this claim is “{ours}”."
        " {source}, {address}.",
        "quote_stays": "“{claim}” If one sets {setting}, this is the result. {found} This is the"
        " report’s own result. {found_ours} Its verdict on this claim is “{ours}”."
        " {source}, {address}.",
        "source": "Source: {author}, “{report}”, version {version}",
        "weak": "The test is too weak for a firm verdict.",
        "agree": "The tests agree.",
        "mixed": "The tests and texts do not all agree.",
        "because": BECAUSE,
    }
)


@dataclass(frozen=True)
class Words:
    """What the panel of a claim says besides its numbers: a row of ``arguments.csv``, which
    describes its columns."""

    sentence: str
    condition: str | None = None
    above: str | None = None
    below: str | None = None
    between: str | None = None
    question: str | None = None
    asked: str | None = None
    across: str | None = None
    up: str | None = None
    lesson: str | None = None


@dataclass(frozen=True)
class Preset:
    """A setting with a name: who argues it and where, and the assumptions that it moves."""

    name: str
    who: str
    values: dict[str, float]


def words(claim: Claim) -> Words | None:
    """The claim's own words, if it has any."""
    for row in _rows(claim, "arguments"):
        if row["claim_id"] == claim.claim_id:
            return Words(**{name: row[name] for name in Words.__dataclass_fields__})
    return None


def presets(claim: Claim, argument: Argument) -> list[Preset]:
    """The settings with a name, in the order of their table. Raises ``ClaimError`` for one that
    moves what may not be moved."""
    known = {axis.id: axis for axis in argument.axes}
    found: dict[str, Preset] = {}
    for line, row in enumerate(_rows(claim, "presets"), start=2):
        if row["claim_id"] != claim.claim_id:
            continue
        place = f"data/{claim.chapter}/presets.csv, row {line}"
        axis = known.get(row["flip_id"])
        if axis is None:
            expected = f"one of {', '.join(known)}"
            raise ClaimError(f"{place}, column flip_id", repr(row["flip_id"]), expected)
        made = found.setdefault(row["preset"], Preset(row["preset"], row["who"] or "", {}))
        made.values[axis.id] = axis.allowed(row["value"], f"{place}, column value")
    return list(found.values())


def _rows(claim: Claim, kind: str) -> list[dict[str, Any]]:
    name = f"{claim.chapter}/{kind}"
    return rows.read(name) if name in data.names() else []


def template(claim: Claim, case: Case) -> str:
    """The sentence of a case, in which only what moves is still in braces."""
    if own := words(claim):
        return _(own.sentence)
    number = case.model.number
    found = RANGE if number.low is not None else "{value}"
    figure = claim.published or ""
    label = capital(_(number.label))
    made = _(SENTENCES[case.rule.kind]).replace("{label}", label)
    return said(made.replace("{found}", _(found)).replace("{figure}", figure))


def filled(
    text: str, case: Case, found: Computed, assumed: Mapping[str, float], axes: tuple[Axis, ...]
) -> str:
    """A sentence for a setting; ``assumed``: values by the name of the assumption."""
    unit = suffix(case.model.number.unit)
    limit = assumed.get(case.model.limit or "", case.rule.limit or 0.0)
    for name, value in zip(("value", "low", "high"), found, strict=True):
        text = text.replace("{" + name + "}", short(value, DIGITS) + unit)
    text = text.replace("{limit}", short(limit, EXACT) + unit)
    for axis in axes:
        text = text.replace("{" + axis.id + "}", shown(assumed[axis.name], axis.unit))
    return text
