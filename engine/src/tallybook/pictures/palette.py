"""The colours of charts. A colour is written as a value of the light palette, and the page swaps
each value for a CSS variable of the same name; so the values below are names first and colours
second, and no two of them may be equal."""

from __future__ import annotations

from collections.abc import Mapping

# All of them have 4.5 : 1 or more on paper, `line` apart, so that a label may have the colour of
# what it names. s1 to s4 tell series apart; they differ in lightness and keep apart for the three
# kinds of colour blindness.
PALETTE: Mapping[str, str] = {
    "found": "#0a6478",
    "claim": "#ab4d1c",
    "ink": "#1d1c1a",
    "soft": "#5c5850",
    "line": "#d9d5c9",
    "paper": "#fbfaf6",
    "s1": "#0b5f73",
    "s2": "#8a6a00",
    "s3": "#8c2f6b",
    "s4": "#3a3f8f",
}
