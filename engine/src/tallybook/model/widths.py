"""How wide a text is drawn, from the advance widths of its letters."""

from __future__ import annotations

import re
from collections.abc import Callable

# Advance widths of Arial and of the fonts made to its measure, in thousandths of the size (Adobe's
# metrics of Helvetica).
_GROUPS = {
    **{0: "\u200b", 222: "'ijl", 278: " !,./:;I[]ft\u202f\u00a0", 333: "-()`r", 355: '"'},
    **{500: "Jckjsvxyz", 584: "+<=>~\u2212", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw"},
    **{778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "\u2014", 1015: "@"},
}
_WIDTHS = {character: size for size, characters in _GROUPS.items() for character in characters}
USUAL = 556  # of the letters and figures that are not listed


def em(text: str) -> float:
    """The width of one line of text, in times its size."""
    return sum(_WIDTHS.get(c, USUAL) for c in text) / 1000


def broken(text: str, fits: Callable[[str], bool]) -> list[str]:
    """A text broken between words into lines that fit; a longer word stays whole."""
    lines: list[str] = []
    for word in re.split(r"[ \n]+", text.strip()):  # a no-break space holds words together
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
