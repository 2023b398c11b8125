"""Charts of one row per thing: whiskers, bars, tornado, and steps on a log axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from tallybook.charts.drawing import (
    Drawing,
    Rule,
    axis,
    drawing,
    extent,
    from_edge,
    head,
    layered,
    number,
    readout,
    still,
    tips,
    values_of,
    width,
    x_scale,
)
from tallybook.charts.layout import layout, note_layers, rule_layers, text_layers
from tallybook.charts.marks import HUE
from tallybook.charts.theme import PALETTE, colour

ROW = alt.Y("_y:Q", scale=None, axis=None)  # where the layout has put a row
Formatter = Callable[[float], str]


def whiskers(
    df: pd.DataFrame,
    label: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    claim: str | None = None,
    group: str | None = None,
    *,
    colours: str | None = None,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    title: str = "",
    unit: str = "",
    decimals: int | None = None,
    show: Formatter | None = None,
    said: str = "claimed",
    rules: Sequence[Rule] = (),
    zero: bool = False,
    fmt: str | None = None,
    live: Mapping[str, str] | None = None,
    d3: str = ",.3~r",
    params: Sequence[alt.Parameter] = (),
    readouts: Sequence[str] = (),
) -> Drawing:
    """A point with its interval in each row, what was claimed as a mark, and both as text at the
    right.

    ``label, value, low, high, claim, group, colours``: names of columns (``colours`` holds palette
    names). A row without ``value`` shows its interval alone; without ``claim``, no mark. ``show``
    (or ``decimals`` and ``unit``) makes a number's text. ``rules`` are lines through all rows.
    ``live``: columns computed in the page, name -> Vega expression (``datum.other / slider``), then
    ``d3`` formats the text and ``domain`` must be given; ``params`` are its sliders (see
    ``slider``), ``readouts`` lines of text above (see ``readout``).
    """
    show = show or (lambda v: number(v, decimals, unit))
    columns = [c for c in still(live, domain, low, high, value, claim) if c in df.columns]
    domain = domain or extent([*df[columns].to_numpy().ravel(), *values_of(rules, "x")], log, zero)
    rows, hues = df.reset_index(drop=True), _hues(df, colours)
    groups = [str(g) for g in rows[group]] if group else None
    notes = [
        _note(row, value, low, high, claim, show, said, bool(live))
        for row in rows.to_dict("records")
    ]

    def build(narrow: bool) -> alt.LayerChart:
        place = layout([str(n) for n in rows[label]], notes, groups, rules, narrow, head(readouts))
        base = alt.Chart(rows.assign(_y=place.y, _side=place.side, _hue=hues)).transform_calculate(
            **live or {}
        )
        scale = x_scale(domain, place.left, place.right, log)
        x = alt.X(
            f"{value}:Q",
            scale=scale,
            axis=axis(domain, width(narrow) - place.left - place.right, log, fmt, title),
        )
        tip = tips(
            rows, label, value, low, high, claim, d3=d3 if live else ",.5~r", live=live or ()
        )
        layers = rule_layers(rules, scale, place, narrow)
        if low and high:
            line = base.mark_rule(strokeWidth=5, strokeCap="round", opacity=0.45)
            reach = line.encode(
                x=alt.X(f"{low}:Q", scale=scale), x2=f"{high}:Q", y=ROW, color=HUE, tooltip=tip
            )
            layers.append(reach)
        layers.append(
            base.mark_point(filled=True, size=95, opacity=1).encode(
                x=x, y=ROW, color=HUE, tooltip=tip
            )
        )
        layers += [*_claimed(base, claim, scale), *text_layers(place), *readout(readouts)]
        layers += (
            [_live_note(base, value, low, high, d3, unit)]
            if live
            else note_layers(notes, hues, place, narrow)
        )
        return layered(*layers, width=width(narrow), height=place.height)

    return drawing(build, df).add_params(*params)


def bars(
    df: pd.DataFrame,
    label: str,
    value: str,
    *,
    group: str | None = None,
    claim: str | None = None,
    colours: str | None = None,
    domain: tuple[float, float] | None = None,
    title: str = "",
    unit: str = "",
    decimals: int | None = None,
    show: Formatter | None = None,
    said: str = "claimed",
    rules: Sequence[Rule] = (),
    fmt: str | None = None,
) -> Drawing:
    """One level bar from zero in each row, its value as text at the right; columns as in
    ``whiskers``."""
    show = show or (lambda v: number(v, decimals, unit))
    columns = [c for c in (value, claim) if c]
    domain = domain or extent([*df[columns].to_numpy().ravel(), *values_of(rules, "x")], zero=True)
    rows, hues = df.reset_index(drop=True), _hues(df, colours)
    groups = [str(g) for g in rows[group]] if group else None
    notes = [
        _note(row, value, None, None, claim, show, said, False) for row in rows.to_dict("records")
    ]

    def build(narrow: bool) -> alt.LayerChart:
        place = layout([str(n) for n in rows[label]], notes, groups, rules, narrow)
        base = alt.Chart(rows.assign(_y=place.y, _hue=hues))
        scale = x_scale(domain, place.left, place.right, False)
        bar = base.mark_bar(orient="horizontal", size=12).encode(
            x=alt.X(
                f"{value}:Q",
                scale=scale,
                axis=axis(domain, width(narrow) - place.left - place.right, False, fmt, title),
            ),
            y=ROW,
            color=HUE,
            tooltip=tips(rows, label, value, claim),
        )
        layers = [bar, *rule_layers(rules, scale, place, narrow), *_claimed(base, claim, scale)]
        layers += text_layers(place) + note_layers(notes, hues, place, narrow)
        return layered(*layers, width=width(narrow), height=place.height)

    return drawing(build, df)


def steps(
    df: pd.DataFrame,
    label: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    **options: Any,
) -> Drawing:
    """A funnel: rows from the widest circle to the narrowest on a log axis (``whiskers`` with
    ``log=True``)."""
    return whiskers(df, label, value, low, high, log=True, **options)


def tornado(
    df: pd.DataFrame,
    label: str,
    low: str,
    high: str,
    base: float,
    *,
    base_text: str = "base case",
    low_text: str | None = None,
    high_text: str | None = None,
    claim: Rule | None = None,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    title: str = "",
    unit: str = "",
    decimals: int | None = None,
    show: Formatter | None = None,
    fmt: str | None = None,
) -> Drawing:
    """What each assumption does to one result: a bar from ``low`` to ``high`` through ``base``, the
    widest first.

    ``low``, ``high``: columns with the result at the two ends of the assumption; ``low_text``,
    ``high_text``: columns that say what those ends are (such as "1.00"). ``base`` is the result
    with nothing changed.
    """
    show = show or (lambda v: number(v, decimals, unit))
    spread = (df[high] / df[low] if log else df[high] - df[low]).abs()
    rows = df.loc[spread.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
    rules = [Rule(base, base_text, "soft"), *([claim] if claim else [])]
    domain = domain or extent([*rows[low], *rows[high], *(float(r.value) for r in rules)], log)

    def ends(row: Mapping[str, Any]) -> str:
        pairs = [
            (row[end], row.get(text) if text else None)
            for end, text in ((low, low_text), (high, high_text))
        ]
        return "\n".join(f"{show(v)}" + (f" at {t}" if t else "") for v, t in pairs)

    notes = [ends(row) for row in rows.to_dict("records")]

    def build(narrow: bool) -> alt.LayerChart:
        shown = [n.replace("\n", " to ") if not (low_text or high_text) else n for n in notes]
        place = layout([str(n) for n in rows[label]], shown, None, rules, narrow)
        data = alt.Chart(rows.assign(_y=place.y, _base=base))
        scale = x_scale(domain, place.left, place.right, log)
        x = alt.X(
            "_base:Q",
            scale=scale,
            axis=axis(domain, width(narrow) - place.left - place.right, log, fmt, title),
        )
        tip = tips(rows, label, low, low_text, high, high_text)
        bar: dict[str, Any] = {"strokeWidth": 14, "color": PALETTE["found"]}
        layers = [
            data.mark_rule(**bar, opacity=0.45).encode(x=x, x2=f"{low}:Q", y=ROW, tooltip=tip),
            data.mark_rule(**bar, opacity=0.85).encode(x=x, x2=f"{high}:Q", y=ROW, tooltip=tip),
            *rule_layers(rules, scale, place, narrow),
            *text_layers(place),
            *note_layers(shown, [PALETTE["found"]] * len(rows), place, narrow),
        ]
        return layered(*layers, width=width(narrow), height=place.height)

    return drawing(build, df)


def _hues(rows: pd.DataFrame, colours: str | None) -> list[str]:
    """The colour of each row: as the column ``colours`` names it, or else that of what was found."""
    return (
        [colour(str(name)) for name in rows[colours]] if colours else [PALETTE["found"]] * len(rows)
    )


def _claimed(base: alt.Chart, claim: str | None, scale: alt.Scale) -> list[alt.Chart]:
    """A mark in each row where its claim stands, if there is a column of claims."""
    mark = base.mark_tick(
        orient="vertical", thickness=3, size=22, color=PALETTE["claim"], opacity=1
    )
    return [mark.encode(x=alt.X(f"{claim}:Q", scale=scale), y=ROW)] if claim else []


def _note(
    row: Mapping[str, Any],
    value: str,
    low: str | None,
    high: str | None,
    claim: str | None,
    show: Formatter,
    said: str,
    live: bool,
) -> str:
    """What stands at the right of a row; the line of the claim is marked by a zero-width space."""
    lines = []
    if live:
        lines.append(
            "000,000 (000,000 to 000,000)" if low and high else "000,000"
        )  # room for what the page will write
    else:
        found = "" if pd.isna(row[value]) else show(row[value])
        if low and high and not pd.isna(row[low]) and not pd.isna(row[high]):
            interval = f"{show(row[low])} to {show(row[high])}"
            found = f"{found} ({interval})" if found else interval
        if found:
            lines.append(found)
    if claim and not pd.isna(row[claim]):
        lines.append(f"\u200b{said} {show(row[claim])}".replace("  ", " "))
    return "\n".join(lines)


def _live_note(
    base: alt.Chart, value: str, low: str | None, high: str | None, d3: str, unit: str
) -> alt.Chart:
    """The text at the right of each row, written by Vega as the sliders move."""
    text = f"format(datum['{value}'], '{d3}') + '{unit}'"
    if low and high:
        text += (
            f" + ' (' + format(datum['{low}'], '{d3}') + ' to ' + format(datum['{high}'], '{d3}') +"
            f" '{unit})'"
        )
    mark = base.transform_calculate(_text=text).mark_text(align="right", baseline="middle")
    note: alt.Chart = mark.encode(
        x=from_edge(0), y=alt.Y("_side:Q", scale=None, axis=None), text="_text:N", color=HUE
    )
    return note
