"""The words for claims, what each means, and how it looks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tallybook.errors import TallybookError
from tallybook.language import N_, ngettext
from tallybook.language import gettext as _


class Verdict(StrEnum):
    """In the order in which pages list them: of a figure, of a statement, of all else."""

    RIGHT_VERY = N_("very likely about right")
    RIGHT = N_("likely about right")
    HIGH_VERY = N_("very likely too high")
    HIGH = N_("likely too high")
    NOT_LOW = N_("about right or too high")
    LOW_VERY = N_("very likely too low")
    LOW = N_("likely too low")
    NOT_HIGH = N_("about right or too low")
    OPEN = N_("cannot tell")
    VERY_LIKELY = N_("very likely")
    LIKELY = N_("likely")
    EVEN = N_("could go either way")
    UNLIKELY = N_("unlikely")
    VERY_UNLIKELY = N_("very unlikely")
    REPORTED = N_("reported by others")
    TRUE = N_("true by arithmetic")
    FALSE = N_("false by arithmetic")
    NONE = N_("no estimate")


class Look(NamedTuple):
    """How a word looks in a page, and what it means.

    ``kind``: class of its colour in the style sheet; ``shape``: path of its shape in a square of
    16, stroked, which tells words of one colour apart; ``meaning``: for the card on the word.
    """

    kind: str
    shape: str
    meaning: str


_TICK, _UP, _DOWN = "M2 9l4 4 8-10", "M8 14V3M3 8l5-5 5 5", "M8 2v11M3 8l5 5 5-5"
_WAVE, _LINES, _CROSS = "M2 10c3-6 5-6 6-3s3 3 6-3", "M2 5h12M2 11h12", "M3 3l10 10M13 3L3 13"
_PAGE, _FEW = "M4 2h6l3 3v9H4zM6 8h5M6 11h5", "M3 4h10M3 8h10M3 12h6"

_DRAWN = {
    Verdict.RIGHT_VERY: ("ok", _TICK),
    Verdict.RIGHT: ("ok", _WAVE),
    Verdict.HIGH_VERY: ("over", _UP),
    Verdict.HIGH: ("over", _UP),
    Verdict.NOT_LOW: ("none", _UP),
    Verdict.LOW_VERY: ("over", _DOWN),
    Verdict.LOW: ("over", _DOWN),
    Verdict.NOT_HIGH: ("none", _DOWN),
    Verdict.OPEN: ("none", _LINES),
    Verdict.VERY_LIKELY: ("ok", _TICK),
    Verdict.LIKELY: ("ok", _WAVE),
    Verdict.EVEN: ("none", _LINES),
    Verdict.UNLIKELY: ("over", _WAVE),
    Verdict.VERY_UNLIKELY: ("over", _CROSS),
    Verdict.REPORTED: ("near", _PAGE),
    Verdict.TRUE: ("ok", _TICK),
    Verdict.FALSE: ("over", _CROSS),
    Verdict.NONE: ("cited", _FEW),
}
MEANING = N_(
    {
        Verdict.RIGHT_VERY: "Nine chances in ten or more that the truth is within a factor of 1.5.",
        Verdict.RIGHT: "Two chances in three or more that the truth is within a factor of 1.5.",
        Verdict.HIGH_VERY: "Nine chances in ten or more that the figure is too high.",
        Verdict.HIGH: "Two chances in three or more that the figure is too high.",
        Verdict.NOT_LOW: "Nine chances in ten or more that it is about right or too high.",
        Verdict.LOW_VERY: "Nine chances in ten or more that the figure is too low.",
        Verdict.LOW: "Two chances in three or more that the figure is too low.",
        Verdict.NOT_HIGH: "Nine chances in ten or more that it is about right or too low.",
        Verdict.OPEN: "No direction is likely enough for a word. The chances stand beside it.",
        Verdict.VERY_LIKELY: "Nine chances in ten or more that the claim is right.",
        Verdict.LIKELY: "Two chances in three or more that the claim is right.",
        Verdict.EVEN: "Between one and two chances in three: it could go either way.",
        Verdict.UNLIKELY: "One chance in three or less that the claim is right.",
        Verdict.VERY_UNLIKELY: "One chance in ten or less that the claim is right.",
        Verdict.REPORTED: "Others than those who say it report the same. How often, no text tells.",
        Verdict.TRUE: "It follows from other figures of the same source.",
        Verdict.FALSE: "Other figures of the same source exclude it.",
        Verdict.NONE: "We have too little evidence to give a number.",
    }
)
LOOKS = {str(one): Look(*_DRAWN[one], MEANING[one]) for one in Verdict}

# Words of a figure that leave more than one of three open: one chance would mislead.
BETWEEN = (Verdict.NOT_LOW, Verdict.NOT_HIGH, Verdict.OPEN)

# The words in few groups, for a picture of all claims.
GROUPS = N_(
    {
        "Right, or likely right": (
            *(Verdict.RIGHT_VERY, Verdict.RIGHT, Verdict.VERY_LIKELY, Verdict.LIKELY, Verdict.TRUE),
        ),
        "It could go either way": (Verdict.NOT_LOW, Verdict.NOT_HIGH, Verdict.OPEN, Verdict.EVEN),
        "Unlikely, or likely too high or low": (
            *(Verdict.HIGH_VERY, Verdict.HIGH, Verdict.LOW_VERY, Verdict.LOW),
            *(Verdict.UNLIKELY, Verdict.VERY_UNLIKELY, Verdict.FALSE),
        ),
        "Others report the same": (Verdict.REPORTED,),
        "No estimate": (Verdict.NONE,),
    }
)

# Why there is no estimate.
LACKS = N_(
    {
        "unmeasured": "Nobody has published a measurement of it.",
        "withheld": "Only the speaker or a firm has the data.",
        "vague": "Its words name nothing that can be measured.",
        "cause": "No data part this cause from others.",
        "future": "It is about a time that nobody can see yet.",
        "one witness": "Nobody else reports it.",
        "too far": "What was measured is too unlike what was said.",
    }
)


def in_hundred(chances: int) -> str:
    """Chances as a reader has them: none is certain."""
    if chances >= 100:
        return _("over 99 in 100")
    if not chances:
        return _("under 1 in 100")
    return ngettext("{count} in 100", "{count} in 100", chances).format(count=chances)


class ClaimError(TallybookError):
    """A claim cannot be judged as its tables say."""
