"""What all builders share: a chart drawn twice, axes, text."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, cast

import altair as alt
import pandas as pd

from tallybook import language
from tallybook.charts.theme import BROAD, NARROW, SIZE, colour
from tallybook.errors import TallybookError
from tallybook.language import gettext
from tallybook.model.digits import exponent, rounded
from tallybook.model.formatting import measured, plain
from tallybook.model.widths import broken, em

Plot: TypeAlias = alt.Chart | alt.LayerChart
Align = Literal["left", "center", "right"]


class ChartError(TallybookError):
    """A chart cannot be drawn or published as asked."""


@dataclass(frozen=True)
class Drawing:
    """One chart drawn for two widths, and the table behind it. ``drawing + layer`` lays an Altair
    chart (or another Drawing) over both."""

    broad: Plot
    narrow: Plot
    table: pd.DataFrame | None = None

    def tabled(self, names: Mapping[str, str], table: pd.DataFrame | None = None) -> Drawing:
        """The same chart with a table for readers, its own or another: the columns of ``names``,
        under the names that it gives."""
        held = self.table if table is None else table
        if held is None:
            raise ChartError("found no table behind the chart; expected one to name its columns")
        return replace(self, table=held[list(names)].rename(columns=dict(names)))

    def __add__(self, other: Drawing | Plot) -> Drawing:
        over = other if isinstance(other, Drawing) else Drawing(other, other)
        # Only of charts with facets, of which we have none, it is something else than a plot.
        broad = cast(Plot, self.broad + over.broad)
        return replace(self, broad=broad, narrow=cast(Plot, self.narrow + over.narrow))


def layered(*layers: Plot, **size: float) -> alt.LayerChart:
    """Charts laid over each other. ``size``: to set it later would copy all layers."""
    # It is something else only of layers with facets; ours have none.
    return cast(alt.LayerChart, alt.layer(*layers, **size))


def drawing(build: Callable[[bool], Plot], table: pd.DataFrame | None = None) -> Drawing:
    """A Drawing from one function of ``narrow``: False for the broad drawing."""
    return Drawing(build(False), build(True), table)


def number(value: float | None, decimals: int | None = None, unit: str = "") -> str:
    """A number as a label: three significant digits, or ``decimals``; with the sign of its unit."""
    if value is None or not math.isfinite(value):
        return ""
    if decimals is None:
        decimals = 0 if value == 0 else min(6, 2 - exponent(value))
    return language.said(measured(plain(value, decimals), unit))


def px(text: str) -> float:
    """The width of a text's longest line in pixels, with room for a font wider than Arial."""
    # What has a line break has been broken into lines, and was looked up before.
    return line_px(text if "\n" in text else gettext(str(text)))


def line_px(text: str) -> float:
    """The same for lines of a text that has been looked up."""
    return 1.14 * SIZE * max(map(em, text.split("\n")))


def wrap(text: str, room: float) -> str:
    """Text broken between words into lines of ``room`` pixels; a longer word stays whole."""
    return "\n".join(broken(gettext(str(text)), lambda line: line_px(line) <= room))


def lines_of(text: str) -> int:
    """How many lines a wrapped text has."""
    return text.count("\n") + 1


def width(narrow: bool) -> int:
    """The width of a drawing in pixels."""
    return NARROW if narrow else BROAD


def extent(
    values: Iterable[float], log: bool = False, zero: bool = False, pad: float = 0.04
) -> tuple[float, float]:
    """Ends of an axis that holds all finite values, with a little room; from zero if asked. Raises
    ``ChartError`` if there is no finite value, or one that a log axis cannot show."""
    finite = [rounded(float(v)) for v in values if not pd.isna(v) and math.isfinite(v)]
    if not finite:
        raise ChartError("found no finite value to draw")
    low, high = min(finite), max(finite)
    if log:
        if low <= 0:
            raise ChartError(f"found {low} on a logarithmic axis; expected values above zero")
        factor = (high / low) ** pad if high > low else 2.0
        return low / factor, high * factor
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * pad if high > low else abs(high) or 1.0
    top = high if zero and low < high == 0 else high + room
    return (low if zero and low == 0 else low - room), top


def ticks(domain: tuple[float, float], most: int, log: bool = False) -> list[float]:
    """Round values for the ticks of an axis, at most ``most`` (2 or more): every one of them gets
    its label. Linear: multiples of 1, 2 or 5 times a power of ten. Log: powers of ten, with 2 and 5
    times them where there is room."""
    low, high = domain
    if log:
        powers = range(exponent(low), exponent(high) + 2)
        fine = [m * 10.0**p for p in powers for m in (1, 2, 5) if low <= m * 10.0**p <= high]
        tens = [10.0**p for p in powers if low <= 10.0**p <= high]
        if len(fine) > most and tens:
            return tens[:: math.ceil(len(tens) / most)]
        if 2 <= len(fine) <= most:
            return fine
        # So short a stretch that it is all but linear.
    power = exponent((high - low) / most)
    for step in (m * 10.0**p for p in (power, power + 1) for m in (1, 2, 5)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
    return [rounded(i * step) for i in range(first, last + 1)]


def along(value: float, low: float, high: float, log: bool) -> float:
    """How far along an axis a value is, from 0 to 1."""
    return math.log(value / low) / math.log(high / low) if log else (value - low) / (high - low)


def x_range(left: float, right: float) -> list[float | dict[str, str]]:
    """A range that leaves ``left`` and ``right`` pixels of the drawing free for text."""
    return [left, {"expr": f"width - {round(right, 1)}"}]


def x_scale(domain: tuple[float, float], left: float, right: float, log: bool) -> alt.Scale:
    """A scale on such a range."""
    kind: Literal["log", "linear"] = "log" if log else "linear"
    span = x_range(left, right)
    return alt.Scale(type=kind, domain=list(domain), range=span, nice=False, zero=False)


def axis(
    domain: tuple[float, float],
    room: float,
    log: bool,
    fmt: str | None,
    title: str,
    each: float | None = None,
) -> dict[str, Any]:
    """An axis with as many ticks as ``room`` pixels hold without crowding; ``fmt`` is a d3 format
    such as ``,.0f``. ``each``: pixels that one tick needs; by default those of the longest label
    (for a level axis)."""
    longest = max(px(f"{end:,.0f}" if abs(end) >= 1000 else f"{end:.3g}") for end in domain)
    each = each or 22 + longest
    most = int(min(6, max(2, room / each)))
    # Vega would leave out labels, or draw lines without one; the ticks are chosen here, and it is
    # told to take them all.
    values = ticks(domain, most, log)
    lines = wrap(title, max(room, 240)).split("\n")  # Vega takes a list of lines
    # As a dict: each step of a chart copies all eighty properties that an ``alt.Axis`` can have.
    return {
        "title": lines if len(lines) > 1 else title,
        "format": fmt or (",~f" if log else ",~r"),
        "values": values,
        "tickCount": len(values),
        "labelOverlap": False,
    }


def fixed(**values: Any) -> dict[str, Any]:
    """Channels that have one value for all marks, such as ``y=12``. They have their class from
    here: for ``alt.value`` Altair looks through all classes that it has."""
    return {
        channel: getattr(alt, f"{channel.capitalize()}Value")(value)
        for channel, value in values.items()
    }


def from_edge(pixels: float) -> Any:
    """A place that many pixels from the right edge, wherever Vega puts that edge."""
    return alt.expr(f"width - {round(pixels, 1)}")


def labels(
    rows: Sequence[Mapping[str, Any]],
    align: Align = "left",
    bold: bool = False,
    from_right: float | None = None,
) -> alt.Chart:
    """Text at pixel places: rows of ``x``, ``y`` (pixels), ``text`` (may hold line breaks) and
    ``colour`` (palette name). ``from_right``: all texts stand that many pixels from the right edge
    instead of at ``x``."""
    # A hundredth of a pixel is fine enough, and does not hang on the last digits of a computation.
    placed = (
        {key: round(value, 2) if key in ("x", "y") else value for key, value in row.items()}
        | {"colour": colour(row["colour"])}
        for row in rows
    )
    # No table: most have one row. A tuple, for Altair copies all lists of a chart with each step.
    data = alt.InlineData(values=tuple(placed))
    mark: dict[str, Any] = {"fontWeight": "bold"} if bold else {}
    chart = alt.Chart(data).mark_text(align=align, baseline="middle", lineBreak="\n", **mark)
    at = in_pixels() | (fixed(x=from_edge(from_right)) if from_right is not None else {})
    hue = alt.Color("colour:N", scale=None)
    # Each channel by its class: for a bare name Altair looks through all classes that it has.
    drawn: alt.Chart = chart.encode(**at, text=alt.Text("text:N"), color=hue)
    return drawn


def in_pixels(x: str = "x", y: str = "y") -> dict[str, Any]:
    """Channels at places that two columns give in pixels."""
    return {
        "x": alt.X(f"{x}:Q", scale=None, axis=None),
        "y": alt.Y(f"{y}:Q", scale=None, axis=None),
    }


def hues_of(rows: pd.DataFrame, column: str | None = None) -> list[str]:
    """The colour of each row: as a column names it, or else that of what was found."""
    names = rows[column] if column else ["found"] * len(rows)
    return [colour(str(name)) for name in names]
