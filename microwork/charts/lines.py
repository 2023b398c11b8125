"""Lines and areas, named where they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from microwork.charts.drawing import (
    ChartError,
    Drawing,
    Rule,
    Span,
    axis,
    drawing,
    extent,
    head,
    labels,
    layered,
    lines_of,
    px,
    readout,
    tips,
    values_of,
    width,
    wrap,
)
from microwork.charts.marks import HEIGHT, pixel, rule_layers, span_layers
from microwork.charts.theme import LINE, PALETTE, SERIES, colour


def lines(
    df: pd.DataFrame,
    x: str,
    y: str,
    series: str | None = None,
    *,
    low: str | None = None,
    high: str | None = None,
    colours: Mapping[str, str] | None = None,
    rules: Sequence[Rule] = (),
    spans: Sequence[Span] = (),
    domain: tuple[float, float] | None = None,
    x_domain: tuple[float, float] | None = None,
    log: bool = False,
    x_log: bool = False,
    zero: bool = False,
    points: bool = False,
    step: bool = False,
    fill: bool = False,
    title: str = "",
    x_title: str = "",
    fmt: str | None = None,
    x_fmt: str | None = None,
    live: Mapping[str, str] | None = None,
    params: Sequence[alt.Parameter] = (),
    readouts: Sequence[str] = (),
) -> Drawing:
    """One line per series, named where it ends; a band from ``low`` to ``high`` if these columns are given.

    ``x``: a column of numbers or of dates. ``colours``: series -> palette name (default: s1 to s4 in order of appearance).
    ``rules``: reference lines on either axis; ``spans``: shaded stretches of the x axis. ``points`` marks every value,
    ``step`` holds a value until the next, ``fill`` shades down to the axis. ``live``: columns computed in the page, name ->
    Vega expression, which needs ``domain``; ``params`` are its sliders,
    ``readouts`` lines of text above (see ``readout``). Raises ``ChartError`` with more than four series and no colours.
    """
    frame, names, hues = _series(df, series, colours)
    time = pd.api.types.is_datetime64_any_dtype(frame[x])
    if live and domain is None:
        raise ValueError("lines: live columns need a domain, for the axis must not move under the reader's hand")
    held = [c for c in (y, low, high) if c and not (live and c in live)]
    domain = domain or extent([*frame[held].to_numpy().ravel(), *values_of(rules, "y")], log, zero or fill)
    place = _ends(frame, x, y, names) if not (live and y in live) else None
    floor = 0 if not log and domain[0] <= 0 else domain[0]

    def build(narrow: bool) -> alt.LayerChart:
        height, texts = HEIGHT[narrow], [wrap(n, 104 if narrow else 170) for n in names]
        above = head(readouts)
        height += above
        top = above + (LINE + 4) * max(sum(1 for r in rules if r.axis == "x"), 1 if spans else 0)
        right = max((px(t) for t in texts), default=0) + 10 if series else 8
        y_scale = alt.Scale(type="log" if log else "linear", domain=list(domain), range=[height, top], nice=False, zero=False)
        y_axis = axis(domain, height - top, log, fmt, title, each=45)
        y_axis.titleX, y_axis.titleY, y_axis.titleAnchor = 0, top - 22, None
        ends = x_domain or ((frame[x].min(), frame[x].max()) if time else extent(frame[x], x_log, pad=0))
        x_axis = (
            axis(ends, width(narrow) - right, x_log, x_fmt, x_title)
            if not time
            else alt.Axis(format=x_fmt or "%Y", tickCount=4 if narrow else 7, title=x_title)
        )
        x_axis.grid = False
        span: list[float | dict[str, str]] = [0, {"expr": f"width - {round(right, 1)}"}]
        shown = [pd.Timestamp(e).isoformat() for e in ends] if time else list(ends)
        zero_free: dict[str, Any] = {} if time else {"zero": False}
        scale = alt.Scale(
            type="time" if time else "log" if x_log else "linear", domain=shown, range=span, nice=False, **zero_free
        )
        kind = "T" if time else "Q"
        px_x = alt.X(f"{x}:{kind}", scale=scale, axis=x_axis)
        px_y = alt.Y(f"{y}:Q", scale=y_scale, axis=y_axis)
        hue = alt.Color("_hue:N", scale=None)
        base = alt.Chart(frame.assign(_hue=frame["_name"].map(hues)))
        if live:
            base = base.transform_calculate(**live)
        shape: dict[str, Any] = {"interpolate": "step-after"} if step else {}
        layers = span_layers(spans, scale, kind, top, height) + readout(readouts, -32 if title else 0)
        if low and high:
            layers.append(
                base.mark_area(opacity=0.18, **shape).encode(
                    x=px_x, y=alt.Y(f"{low}:Q", scale=y_scale), y2=f"{high}:Q", color=hue, detail="_name:N"
                )
            )
        if fill:
            layers.append(
                base.mark_area(opacity=0.18, **shape).encode(x=px_x, y=px_y, y2=alt.datum(floor), color=hue, detail="_name:N")
            )
        layers.append(base.mark_line(**shape).encode(x=px_x, y=px_y, color=hue, detail="_name:N"))
        # Without points there are unseen ones, to be pointed at; the still picture leaves them out.
        tip = tips(frame, series, x, y, low, high, live=live or ())
        mark = base.mark_point(filled=True, size=50 if points else 150, opacity=1 if points else 0)
        layers.append(mark.encode(x=px_x, y=px_y, color=hue, tooltip=tip))
        layers += rule_layers(rules, scale, y_scale, kind, width(narrow), right, (domain, height, top, log), above)
        if series and place is not None:
            layers.append(_end_labels(place, texts, names, hues, domain, log, height, top, right))
        elif series:
            last = base.transform_filter("datum._last").mark_text(align="left", dx=7, baseline="middle")
            layers.append(last.encode(x=px_x, y=px_y, text="_name:N", color=hue))
        return layered(*layers, width=width(narrow), height=height)

    drawn = drawing(build, df)
    return drawn.add_params(*params) if params else drawn


def area(df: pd.DataFrame, x: str, y: str, series: str | None = None, **options: Any) -> Drawing:
    """A density or another curve, filled down to zero: ``lines`` with ``fill=True``."""
    return lines(df, x, y, series, fill=True, **options)


def _series(
    df: pd.DataFrame, series: str | None, colours: Mapping[str, str] | None
) -> tuple[pd.DataFrame, list[str], dict[str, str]]:
    """The frame with a column of series names, the names in order of appearance, and their colours."""
    frame = df.assign(_name=df[series].astype(str) if series else "")
    names = list(dict.fromkeys(frame["_name"]))
    if colours is None:
        if len(names) > len(SERIES):
            raise ChartError(f"found {len(names)} series; wanted at most {len(SERIES)}, or colours= for each")
        palette = ("found",) if not series else SERIES
        colours = dict(zip(names, palette, strict=False))
    missing = [n for n in names if n not in colours]
    if missing:
        raise ChartError(f"no colour for the series {missing[0]!r}; wanted one for each of: {', '.join(names)}")
    last = ~frame.iloc[::-1].duplicated("_name").iloc[::-1]
    return frame.assign(_last=last), names, {n: colour(colours[n]) for n in names}


def _ends(frame: pd.DataFrame, x: str, y: str, names: Sequence[str]) -> dict[str, float]:
    """The last value of each series."""
    rows = frame.dropna(subset=[y]).sort_values(x, kind="stable")
    return {n: float(rows.loc[rows["_name"] == n, y].iloc[-1]) for n in names}


def _end_labels(
    ends: Mapping[str, float], texts: Sequence[str], names: Sequence[str], hues: Mapping[str, str],
    domain: tuple[float, float], log: bool, height: float, top: float, right: float,
) -> alt.Chart:  # fmt: skip
    """Names of series beside the ends of their lines, pushed apart where they would overlap."""
    palette = {value: name for name, value in PALETTE.items()}
    order = sorted(zip(names, texts, strict=True), key=lambda pair: -ends[pair[0]])
    places = [pixel(ends[n], domain, log, height, top) for n, _ in order]
    tall = [lines_of(t) * LINE for _, t in order]
    for _ in range(3):  # down, then up if the last one left the drawing
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + (tall[i - 1] + tall[i]) / 2)
        over = places[-1] + tall[-1] / 2 - height - LINE
        if over > 0:
            places[-1] -= over
            for i in range(len(places) - 2, -1, -1):
                places[i] = min(places[i], places[i + 1] - (tall[i] + tall[i + 1]) / 2)
    rows = [
        {"x": 0, "y": p - (lines_of(t) - 1) * LINE / 2, "text": t, "colour": palette[hues[n]]}
        for (n, t), p in zip(order, places, strict=True)
    ]
    return labels(rows, from_right=right - 8)
