"""What charts on two axes share: reference lines, shaded spans, and where a value stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from tallybook.charts.drawing import Rule, Span, from_edge, lines_of, px, wrap
from tallybook.charts.theme import LINE, colour

HEIGHT = {False: 320, True: 280}  # px, broad and narrow


def span_layers(spans: Sequence[Span], scale: alt.Scale, kind: str, top: float, height: float) -> list[alt.Chart]:
    """Shaded stretches of the x axis with their text on top."""
    layers = []
    for span in spans:
        frame = pd.DataFrame({"start": [span.start], "end": [span.end], "text": [span.text]})
        if kind == "T":
            frame = frame.assign(start=pd.to_datetime(frame["start"]), end=pd.to_datetime(frame["end"]))
        base = alt.Chart(frame)
        x = alt.X(f"start:{kind}", scale=scale)
        box = base.mark_rect(color=colour(span.colour), opacity=0.12)
        layers.append(box.encode(x=x, x2="end", y=alt.value(top), y2=alt.value(height)))
        layers.append(
            base.mark_text(align="left", baseline="middle", color=colour(span.colour)).encode(
                x=x, y=alt.value(top - LINE / 2), text="text:N"
            )
        )
    return layers


def rule_layers(
    rules: Sequence[Rule], scale: alt.Scale, y_scale: alt.Scale, kind: str, full: float, right: float,
    vertical: tuple[tuple[float, float], float, float, bool], above: float = 0,
) -> list[alt.Chart]:  # fmt: skip
    """Reference lines on either axis with their text: at the top of an upright line, at the left end of a level one.

    ``full``: width of the drawing; ``right``: pixels at its right that belong to labels; ``vertical``: domain, bottom and
    top in pixels, and whether logarithmic, of the y axis; ``above``: pixels at the top that belong to readouts.
    """
    layers, inner, row = [], full - right - 45, 0
    domain, height, top, log = vertical
    for rule in rules:
        level = rule.axis == "y"
        text = wrap(rule.text, inner - 10) if level else rule.text
        frame, hue = pd.DataFrame({"at": [rule.value], "text": [text]}), colour(rule.colour)
        if kind == "T" and not level:
            frame = frame.assign(at=pd.to_datetime(frame["at"]))
        base, dash = alt.Chart(frame), [4, 3] if rule.colour == "claim" else [1, 0]
        line = base.mark_rule(color=hue, strokeWidth=2, strokeDash=dash)
        style: dict[str, Any] = {"color": hue, "lineBreak": "\n"}
        if level:
            y, count = alt.Y("at:Q", scale=y_scale), lines_of(text)
            over = pixel(float(rule.value), domain, log, height, top) > top + LINE * count
            style |= {
                "align": "left",
                "dx": 4,
                "baseline": "bottom" if over else "top",
                "dy": -LINE * (count - 1) - 4 if over else 5,
            }
            layers.append(line.encode(y=y, x=alt.value(0), x2=from_edge(right)))
            layers.append(base.mark_text(**style).encode(x=alt.value(0), y=y, text="text:N"))
        else:
            x, start = alt.X(f"at:{kind}", scale=scale), above + row * (LINE + 4)
            share = along(rule.value, scale)
            style |= {"align": "left", "dx": 6} if share * inner + px(text) + 8 <= full - 45 else {"align": "right", "dx": -6}
            layers.append(line.encode(x=x, y=alt.value(start + 2), y2=alt.value(height)))
            layers.append(base.mark_text(baseline="middle", **style).encode(x=x, y=alt.value(start + LINE / 2), text="text:N"))
            row += 1
    return layers


def along(value: float | str, scale: alt.Scale) -> float:
    """How far along the x axis a value is, from 0 to 1."""
    stamps = (value, *scale.domain)
    place, low, high = (pd.Timestamp(v).value for v in stamps) if scale.type == "time" else stamps
    return math.log(place / low) / math.log(high / low) if scale.type == "log" else (place - low) / (high - low)


def pixel(value: float, domain: tuple[float, float], log: bool, height: float, top: float) -> float:
    """Where a value stands on the y axis, in pixels from the top."""
    low, high = domain
    share = math.log(value / low) / math.log(high / low) if log else (value - low) / (high - low)
    return height - share * (height - top)
