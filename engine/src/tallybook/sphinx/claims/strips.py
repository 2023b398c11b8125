"""Small drawings beside words that say the same: the range of an assumption with the places where
it turns a verdict, and a share as a bar.

Places are percentages of the width and heights are in the size of the letters, so that one drawing
fits every window. The style sheet colours it.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from itertools import pairwise

from tallybook.claims import solidity
from tallybook.claims.model import Flip
from tallybook.language import gettext as _

HIDDEN = 'aria-hidden="true" focusable="false"'
EDGE = 2.0  # percent of the width left free at each end, for half of the dot
NARROW = 270  # pixels of width on the narrowest phone, by which words are kept apart
LETTER, GAP = 6.8, 4  # pixels of a letter, and between a word and its mark
LINES, LINE = 2.6, 1.2  # where the first line of words stands, and the height of each


def track(flip: Flip, verdict: str, kind: Callable[[str], str]) -> str:
    """The range of an assumption as a bar in the colours of its verdicts, what we take as a dot, a
    mark at each place where the verdict turns, and past it the verdict's word.

    ``verdict``: at what we take; ``kind``: the class of a verdict.
    """
    places, verdicts = solidity.stretches(flip, verdict)
    ours = solidity.place(flip.axis, flip.axis.value)
    ends = [0.0, *places, 1.0]
    bars = "".join(
        f'<rect class="{kind(name)}" x="{_x(start)}" y=".35em" width="{_width(end - start)}"'
        ' height=".5em"/>'
        for name, (start, end) in zip(verdicts, pairwise(ends), strict=True)
    )
    marks = "".join(f'<line x1="{_x(at)}" x2="{_x(at)}" y1="0" y2="1.5em"/>' for at in places)
    dot = f'<circle cx="{_x(ours)}" cy=".6em" r=".42em"/>'
    # Past a mark lies the stretch that is farther from what we take.
    past = [
        (at, at < ours, _(verdicts[turn if at < ours else turn + 1]))
        for turn, at in enumerate(places)
    ]
    words, lines = _words(past)
    height = f"{LINES + LINE * (lines - 1):.1f}em" if lines else "1.5em"
    return f'<svg class="track" height="{height}" {HIDDEN}>{bars}{dot}{marks}{words}</svg>'


def bar(share: float) -> str:
    """A share of a whole as a bar."""
    return f'<svg class="share" {HIDDEN}><rect width="{100 * share:.2f}%" height="100%"/></svg>'


def _x(share: float) -> str:
    return f"{EDGE + (100 - 2 * EDGE) * share:.2f}%"


def _width(share: float) -> str:
    return f"{(100 - 2 * EDGE) * share:.2f}%"


def _words(past: list[tuple[float, bool, str]]) -> tuple[str, int]:
    """The words of verdicts beside their marks, and how many lines they take: a word that would lie
    on another one gets a line of its own. ``past``: where the mark is, whether the word stands left
    of it, and the word."""
    written, taken = "", list[list[tuple[float, float]]]()
    for at, left, word in past:
        long, mark = LETTER * len(word), NARROW * at
        start = mark - GAP - long if left else mark + GAP
        inside = min(max(start, 0), NARROW - long)
        here = (inside, inside + long)
        line = next(
            (
                i
                for i, row in enumerate(taken)
                if not any(a < here[1] and here[0] < b for a, b in row)
            ),
            len(taken),
        )
        taken += [[]] if line == len(taken) else []
        taken[line].append(here)
        # A word that does not fit beside its mark ends, or begins, at the end of the bar.
        anchored = left if inside == start else inside > 0
        place = at if inside == start else float(anchored)
        shift = (-GAP if anchored else GAP) if inside == start else 0
        end = ' text-anchor="end"' if anchored else ""
        y = f"{LINES - 0.3 + LINE * line:.1f}em"
        written += f'<text x="{_x(place)}" dx="{shift}" y="{y}"{end}>{escape(word)}</text>'
    return written, len(taken)
