"""Colours: one set in the light and one in the dark, and all of them can be read."""

from __future__ import annotations

import re

from tallybook import project
from tallybook.charts import PALETTE

CSS = (project.ENGINE / "theme/static/report.css").read_text(encoding="utf-8")
CHART = (*(name for name in PALETTE if name not in ("paper", "line")),)
VERDICT = ("ok", "near", "name", "over", "none", "cite")
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


def test_the_dark_page_has_one_set_of_colours_however_it_is_asked_for():
    assert len(DARK) == 2 and DARK[0] == DARK[1]


def test_all_colours_can_be_read_on_paper():
    faint = [
        (name, theme["paper"])
        for theme in (LIGHT, DARK[0])
        for name in (*CHART, *VERDICT)
        if contrast(theme[name], theme["paper"]) < 4.5
    ]
    assert faint == []


def test_drawings_have_the_colours_of_the_light_page():
    assert {name: LIGHT[name] for name in PALETTE} == PALETTE
    assert len(set(PALETTE.values())) == len(PALETTE), "a value is a name: no two may be equal"
