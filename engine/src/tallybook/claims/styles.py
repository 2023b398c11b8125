"""How verdicts look: a colour and a shape."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tallybook.claims.vocabulary import MEANING, Verdict


@dataclass(frozen=True)
class VerdictStyle:
    """How a verdict looks in a page.

    Attributes
    ----------
    kind: class of its colour in the style sheet: ``ok``, ``near``, ``name``, ``over``, ``none`` or
        ``cited``.
    shape: path of its shape in a square of 16, stroked; a shape tells verdicts of one colour apart.
    meaning: what the verdict means, in a sentence or two, for the card that opens on its word.
    """

    kind: str
    shape: str
    meaning: str = ""


_STYLES = {
    Verdict.HOLDS: VerdictStyle("ok", "M2 9l4 4 8-10"),
    Verdict.DOCUMENTED: VerdictStyle("ok", "M4 2h6l3 3v9H4zM6 8h5M6 11h5"),
    Verdict.NOT_CONTRADICTED: VerdictStyle("near", "M2 10c3-6 5-6 6-3s3 3 6-3"),
    Verdict.DOUBTFUL: VerdictStyle("over", "M2 6c3 4 5 4 6 1s3-3 6 3"),
    Verdict.TOO_HIGH: VerdictStyle("over", "M8 14V3M3 8l5-5 5 5"),
    Verdict.TOO_LOW: VerdictStyle("over", "M8 2v11M3 8l5 5 5-5"),
    Verdict.CONTRADICTED: VerdictStyle("over", "M3 3l10 10M13 3L3 13"),
    Verdict.SOMETHING_ELSE: VerdictStyle("name", "M3 15V2h9l-2 3 2 3H3"),
    Verdict.UNDECIDED: VerdictStyle("none", "M2 5h12M2 11h12"),
    Verdict.NOTHING_PUBLIC: VerdictStyle("cited", "M3 4h10M3 8h10M3 12h6"),
    Verdict.NOT_READ: VerdictStyle("cited", "M2 4q3-2 6 0q3-2 6 0v9q-3-2-6 0q-3-2-6 0zM8 4v9"),
}
STYLES = {
    str(verdict): replace(style, meaning=MEANING[verdict]) for verdict, style in _STYLES.items()
}
