"""Charts of one row per thing: whiskers and bars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from tallybook import language
from tallybook.charts import grammar
from tallybook.charts.drawing import (
    Drawing,
    along,
    axis,
    drawing,
    extent,
    hues_of,
    layered,
    number,
    x_scale,
)
from tallybook.charts.grammar import HUE, Rule, values_of
from tallybook.charts.layout import Layout, layout, note_layers, rule_layers, text_layers
from tallybook.language import gettext as _
from tallybook.model.formatting import signs

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
    bar: bool = False,
    colours: str | None = None,
    kinds: str | None = None,
    log: bool = False,
    domain: tuple[float, float] | None = None,
    title: str = "",
    unit: str = "",
    decimals: int | None = None,
    show: Formatter | None = None,
    said: str = "claimed {figure}",
    rules: Sequence[Rule] = (),
    zero: bool = False,
    fmt: str | None = None,
) -> Drawing:
    """A point with its interval in each row, what was claimed as a mark, and both as text at the
    right.

    ``label, value, low, high, claim, group, colours, kinds``: names of columns (``colours`` holds
    palette names, ``kinds`` what the marks are, see ``grammar``). A row without ``value`` shows its
    interval alone; without ``claim``, no mark. ``bar``: a level bar from zero instead of the point.
    ``show`` (or ``decimals`` and ``unit``) makes a number's text; ``said``: what is printed of a
    claim, with a hole for its number. ``rules`` are lines through all rows.
    """
    show = show or (lambda v: number(v, decimals, unit))
    columns = [column for column in (low, high, value, claim) if column]
    held = [*df[columns].to_numpy().ravel(), *values_of(rules, "x")]
    domain = domain or extent(held, log, zero or bar)
    hues = hues_of(df, colours)
    named = grammar.kinds_of(df, hues, kinds)
    rows = df.reset_index(drop=True).assign(_hue=hues, _kind=named)
    crossed = [along(float(rule.value), *domain, log) for rule in rules]
    groups = [str(g) for g in rows[group]] if group else None
    parts = (value, low, high, claim, said, show)
    notes = [_noted(row, *parts) for row in rows.to_dict("records")]

    def build(narrow: bool) -> alt.LayerChart:
        names = [str(name) for name in rows[label]]
        place = layout(names, notes, groups, crossed, narrow)
        placed = rows.assign(_y=place.y, **_strokes(place, bool(claim)))
        base = alt.Chart(placed)
        scale = x_scale(domain, place.left, place.right, log)
        x = alt.X(f"{value}:Q", scale=scale, axis=axis(domain, place.inner, log, fmt, title))
        encoding: dict[str, Any] = {"x": x, "y": ROW, "color": HUE}
        # A line crosses bars, and runs behind points and what they can be.
        lines = rule_layers(rules, scale, place)
        layers = [] if bar else lines
        if low and high:
            span = {"x": alt.X(f"{low}:Q", scale=scale), "x2": alt.X2(f"{high}:Q")}
            layers += [line.encode(**encoding | span) for line in grammar.spans(base, named)]
        marks = grammar.bars(base, named) if bar else grammar.points(base, named)
        layers += [mark.encode(**encoding) for mark in marks] + (lines if bar else [])
        layers += [*_claimed(base, claim, scale), *text_layers(place)]
        layers += note_layers(notes, hues, place)
        return layered(*layers, width=place.full, height=place.height)

    return drawing(build, df)


def bars(df: pd.DataFrame, label: str, value: str, **options: Any) -> Drawing:
    """One level bar from zero in each row; columns and options as in ``whiskers``."""
    return whiskers(df, label, value, bar=True, **options)


def _strokes(place: Layout, claim: bool) -> dict[str, list[float]]:
    """Where the strokes of claims begin and end in each row, if there are any."""
    if not claim:
        return {}
    return {"_top": [y - 11 for y in place.y], "_foot": [y + 11 for y in place.y]}


def _claimed(base: alt.Chart, claim: str | None, scale: alt.Scale) -> list[alt.Chart]:
    """A mark in each row where its claim stands, if there is a column of claims."""
    at = alt.X(f"{claim}:Q", scale=scale)
    return [grammar.strokes(base, "_top", "_foot").encode(x=at)] if claim else []


def _noted(
    row: Mapping[str, Any],
    value: str,
    low: str | None,
    high: str | None,
    claim: str | None,
    said: str,
    show: Formatter,
) -> str:
    """The lines at the right of a row: what was found, and what was claimed, marked by a zero-width
    space; either only if there is any."""
    found = "" if pd.isna(row[value]) else show(row[value])
    if low and high and not pd.isna(row[low]) and not pd.isna(row[high]):
        first = show(row[low]).removesuffix(signs("percent")[1])  # it is printed once
        interval = _("{low} to {high}").format(low=first, high=show(row[high]))
        found = language.said(f"{found} ({interval})" if found else interval)
    if not claim or pd.isna(row[claim]):
        return found
    claimed = language.said("\u200b" + _(said).format(figure=show(row[claim])))
    return f"{found}\n{claimed}" if found else claimed
