"""What the engine asks of a report: a ``tallybook.report.Provider``, and what that is made of."""

from __future__ import annotations

from dataclasses import dataclass

from tallybook.errors import TallybookError

Table = tuple[str, list[str], list[list[str]]]  # a caption, the headings, the rows


class ContractError(TallybookError):
    """A module is not what the extension asks of a report."""


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
