"""The charts of the poverty chapter. Shares are in percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from tallybook.charts import Drawing, Rule, bars, number, slider, whiskers
from tallybook.model.digits import rounded

from microwork.poverty.numbers import relative_risk
from microwork.poverty.tables import BELOW

WILSON_Z = 1.959964  # the normal point of a 95 % interval
STARTS = ("times as often poor as France", "interval from", "interval to")  # before a slider is moved


def first(frame: pd.DataFrame) -> Drawing:
    """The poverty line and who falls under it, at both lines; the columns of ``tables.first``."""
    return bars(
        frame, "who", BELOW, group="line", colours="colour", domain=(0, 25), decimals=0, unit=" %",
        title="Share of people below the line, percent",
    )  # fmt: skip


def mix(frame: pd.DataFrame, published: float) -> Drawing:
    """From the rate their activity leads to expect to the published share; columns who, percent, from, to, colour."""
    return whiskers(
        frame, "who", "percent", "from", "to", colours="colour", zero=True, decimals=0, unit=" %",
        rules=[Rule(published, f"published: {number(published, 0)} %")], title="Share below half the median, percent",
    )  # fmt: skip


def since(frame: pd.DataFrame) -> Drawing:
    """Poverty in France by activity in two years; the columns of ``tables.since``."""
    return bars(
        frame, "year", BELOW, group="who", colours="colour", decimals=1, unit=" %",
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
    cases = {"If counted at half the median": inputs["half"], "If counted at six tenths of the median": inputs["usual"]}
    start = [
        {"line": line, "percent of France below it": 100 * rate} | dict(zip(STARTS, ends, strict=True))
        for line, rate in cases.items()
        for ends in [relative_risk(inputs["share"], inputs["respondents"], rate)]
    ]
    rows = pd.DataFrame({"case": cases.keys(), "france": cases.values()}).assign(colour="found", ratio=0.0, low=0.0, high=0.0)
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
    drawn = whiskers(
        rows, "case", "ratio", "low", "high", colours="colour", live=live, params=knobs,
        domain=(0, 4), d3=".2f", rules=[Rule(1, "as often as France", "soft")], title="Times as often poor as France",
    )  # fmt: skip
    return replace(drawn, table=pd.DataFrame(start))


def _wilson(share: float, z2: float, root: str) -> str:
    """A Vega expression: one end of the Wilson interval of ``share`` for the slider ``answers``."""
    return f"({share} + {z2} / (2 * answers) {root}) / (1 + {z2} / answers)"
