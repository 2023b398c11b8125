"""The charts of the poverty chapter. Shares are in percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from tallybook.charts import Drawing, Rule, bars, number, slider, whiskers
from tallybook.model.digits import rounded

WILSON_Z = 1.959964  # the normal point of a 95 % interval


def readings(frame: pd.DataFrame) -> Drawing:
    """What the published share can mean; columns reading, value, low, high, group, colour."""
    return whiskers(
        frame, "reading", "value", "low", "high", group="group", colours="colour", zero=True,
        title="Share of people below the line, percent", decimals=0, unit=" %",
    )  # fmt: skip


def mix(frame: pd.DataFrame, published: float) -> Drawing:
    """From the rate their activity leads to expect to the published share; columns step, value, low, high, colour."""
    return whiskers(
        frame, "step", "value", "low", "high", colours="colour", zero=True, decimals=0, unit=" %",
        rules=[Rule(published, f"published: {number(published, 0)} %")], title="Share below half the median, percent",
    )  # fmt: skip


def since(frame: pd.DataFrame) -> Drawing:
    """Poverty in France by activity in two years; columns who, year, value, colour."""
    return bars(
        frame, "year", "value", group="who", colours="colour", decimals=1, unit=" %",
        title="Share of people below six tenths of the median, percent",
    )  # fmt: skip


def piecewise(points: Sequence[tuple[float, float]], x: str) -> str:
    """A Vega expression: the line through ``points`` (two or more, x rising) at ``x``, its ends carried on."""
    *stretches, last = zip(points, points[1:], strict=False)

    def along(start: tuple[float, float], end: tuple[float, float]) -> str:
        slope = (end[1] - start[1]) / (end[0] - start[0])
        return f"({start[1]!r} + {slope!r} * ({x} - {start[0]!r}))"

    branches = "".join(f"{x} < {end[0]!r} ? {along(start, end)} : " for start, end in stretches)
    return f"({branches}{along(*last)})"


def ratio(inputs: Mapping[str, Any]) -> Drawing:
    """The ratio to France with its sampling interval at both lines, as the reader moves the answers and the understatement."""
    rows = pd.DataFrame(
        [
            {"case": "If counted at half the median", "france": inputs["half"], "colour": "found"},
            {"case": "If counted at six tenths of the median", "france": inputs["usual"], "colour": "found"},
        ]
    ).assign(ratio=0.0, low=0.0, high=0.0)
    share, z2 = inputs["share"], WILSON_Z**2
    points = [(rounded(place), rounded(income)) for place, income in inputs["points"]]
    root = f"{WILSON_Z} * sqrt({share} * (1 - {share}) / answers + {z2} / (4 * answers * answers))"

    ends = {"ratio": str(share), "low": _wilson(share, z2, f"- {root}"), "high": _wilson(share, z2, f"+ {root}")}
    back = [(income, place) for place, income in points]
    live = {}
    for end, shown in ends.items():
        live[f"{end}_shown"] = shown
        live[f"{end}_income"] = piecewise(points, f"datum.{end}_shown") + " + log(1 - under / 100)"
        live[end] = piecewise(back, f"datum.{end}_income") + " / datum.france"
    knobs = [
        slider("answers", "Number of answers", 100, 3000, 50, inputs["respondents"]),
        slider("under", "Incomes declared too low by, percent", 0, 20, 1, 0),
    ]
    return whiskers(
        rows, "case", "ratio", "low", "high", colours="colour", live=live, params=knobs,
        domain=(0, 4), d3=".2f", rules=[Rule(1, "as often as France", "soft")], title="Times as often poor as France",
    )  # fmt: skip


def _wilson(share: float, z2: float, root: str) -> str:
    """A Vega expression: one end of the Wilson interval of ``share`` for the slider ``answers``."""
    return f"({share} + {z2} / (2 * answers) {root}) / (1 + {z2} / answers)"
