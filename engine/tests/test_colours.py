"""Colours: those of charts and those of verdicts mean different things, so no reader may take one
for the other."""

from __future__ import annotations

import itertools
import math
import re

from tallybook import project
from tallybook.charts import PALETTE

CSS = (project.ENGINE / "theme/static/report.css").read_text(encoding="utf-8")
CHART = (*(name for name in PALETTE if name not in ("paper", "line")),)
VERDICT = ("ok", "near", "name", "over", "none", "cite")
APART = 20  # CIE76; about 2 can be seen side by side, and these are seen on different screens
# One set of colours in each block of the style sheet that says what paper is.
THEMES = [dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", b)) for b in re.findall(r"{([^{}]*)}", CSS)]
LIGHT, *DARK = [theme for theme in THEMES if {"paper", "ok", "found"} <= set(theme)]


def linear(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of an sRGB colour, in amounts of light."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    r, g, b = linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* under D65."""
    r, g, b = linear(colour)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_the_dark_page_has_one_set_of_colours_however_it_is_asked_for():
    assert len(DARK) == 2 and DARK[0] == DARK[1]


def test_no_colour_of_a_verdict_is_near_one_of_charts_and_all_can_be_read_on_paper():
    for theme in (LIGHT, DARK[0]):
        shades = {name: lab(theme[name]) for name in (*CHART, *VERDICT)}
        pairs = itertools.product(VERDICT, CHART)
        assert [pair for pair in pairs if math.dist(*map(shades.get, pair)) < APART] == []
        below = {name for name in shades if contrast(theme[name], theme["paper"]) < 4.5}
        assert below == set()


def test_drawings_have_the_colours_of_the_light_page():
    assert {name: LIGHT[name] for name in PALETTE} == PALETTE
    assert len(set(PALETTE.values())) == len(PALETTE), "a value is a name: no two may be equal"
