"""Where rows, their names and their texts stand, in pixels. Rows are laid out here, not by Vega, so
that a long name gets its own lines above the mark on a narrow drawing and a column to the left of
it on a broad one, and is never cut. ``Room``: where names stand beside points, so that none covers
a point or another name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tallybook.charts.drawing import Align, along, labels, line_px, lines_of, px, width, wrap
from tallybook.charts.field import Field
from tallybook.charts.grammar import HUE, Rule, upright
from tallybook.charts.theme import LINE
from tallybook.pictures.palette import PALETTE

GAP = 14  # px between rows
MARGIN = 8  # px beside the axis of a narrow drawing
CLEAR = 8  # px between a text and a line that it does not cross
NEAR = 60  # px from the left edge, within which names give way to a line
Box = tuple[float, float, float, float]  # px: left, right, top, bottom


@dataclass(frozen=True)
class Layout:
    """Places in pixels: marks (``y``), names and headings (``texts``), texts at the right
    (``side``), and where these end (``end``)."""

    narrow: bool
    left: float
    right: float
    top: float
    height: float
    y: list[float]
    texts: list[dict[str, Any]]
    side: list[float]
    end: float

    @property
    def full(self) -> int:
        return width(self.narrow)

    @property
    def inner(self) -> float:
        """Pixels of the level axis."""
        return self.full - self.left - self.right


def layout(
    names: Sequence[str],
    notes: Sequence[str],
    groups: Sequence[str] | None,
    crossed: Sequence[float],
    narrow: bool,
    above: float = 0,
) -> Layout:
    """Places for rows with these names and with these notes (the text at the right, already in
    lines).

    Broad: name at the left, mark, note at the right. Narrow: name in full width, note at the right
    of its last line or under it, then the mark over the full width. ``crossed``: how far along the
    axis reference lines cross all rows, from 0 to 1; no note stands on one of them. ``above``:
    pixels left free at the top.
    """
    full = width(narrow)
    at = [MARGIN + share * (full - 2 * MARGIN) for share in crossed] if narrow else []
    start, end = _start(at), _end(at, notes, full)
    note_px = max((px(n) for n in notes), default=0)
    left = MARGIN if narrow else min(290, max(px(wrap(n, 270)) for n in names) + 14)
    right = MARGIN if narrow else note_px + 22
    cursor = above + 8 + (LINE + 2) * len(crossed)
    ys, texts, side, group = [], [], [], None
    for i, name in enumerate(names):
        if groups is not None and groups[i] != group:
            group = groups[i]
            heading = wrap(group, full - start - 10)
            cursor += 6 if i else 0
            texts.append(
                {"x": start, "y": cursor + LINE / 2, "text": heading, "colour": "ink", "bold": True}
            )
            cursor += lines_of(heading) * LINE + 8
        note_lines = lines_of(notes[i]) if notes[i].strip() else 0
        text = wrap(name, full - start - 6) if narrow else wrap(name, left - 14)
        count = lines_of(text)
        if narrow:
            texts.append({"x": start, "y": cursor + LINE / 2, "text": text, "colour": "ink"})
            last = start + line_px(text.split("\n")[-1])
            beside = note_lines and last + px(notes[i]) + 8 <= end
            side.append(cursor + (count - 1 if beside else count) * LINE + LINE / 2)
            cursor += (count - 1 + note_lines if beside else count + note_lines) * LINE
            ys.append(cursor + 12)
            cursor += 22 + GAP
        else:
            tall = max(count, note_lines, 1) * LINE
            middle = cursor + tall / 2
            texts.append(
                {"x": 0, "y": middle - (count - 1) * LINE / 2, "text": text, "colour": "ink"}
            )
            side.append(middle - (max(note_lines, 1) - 1) * LINE / 2)
            ys.append(middle)
            cursor += tall + GAP
    return Layout(narrow, left, right, above, cursor, ys, texts, side, end)


def _start(lines: Sequence[float]) -> float:
    """Where names start on a narrow drawing: right of a line that stands near the left edge."""
    near = [line for line in lines if line < NEAR]
    return max(near) + CLEAR if near else 0


def _end(lines: Sequence[float], notes: Sequence[str], full: float) -> float:
    """Where the notes of a narrow drawing end: at the right edge, or left of the first line that
    leaves them room and has none of them on another."""
    widths = [line_px(line) for note in notes for line in note.split("\n") if line.strip()]
    for end in (full - 4, *(line - CLEAR for line in sorted(lines, reverse=True))):
        start = end - max(widths, default=0) - CLEAR / 2
        if start >= 0 and not any(start <= line <= end + CLEAR / 2 for line in lines):
            return end
    return full - 4


def rule_layers(rules: Sequence[Rule], scale: alt.Scale, place: Layout) -> list[alt.Chart]:
    """Upright reference lines, each with its text above the rows, on a line of its own."""
    (low, high), log = scale.domain, scale.type == "log"
    at = [along(float(r.value), low, high, log) * place.inner + place.left for r in rules]
    return upright(rules, at, place.full, scale, place.top + 4, place.height)


def text_layers(place: Layout) -> list[alt.Chart]:
    """The names of rows, and the headings of groups in bold."""
    layers = []
    for bold in (False, True):
        of_one_face = [text for text in place.texts if text.get("bold", False) == bold]
        rows = [{k: v for k, v in text.items() if k != "bold"} for text in of_one_face]
        layers += [labels(rows, bold=bold)] if rows or not bold else []
    return layers


def note_layers(notes: Sequence[str], hues: Sequence[str], place: Layout) -> list[alt.Chart]:
    """The text at the right of each row, in the colour of what was found or of claims."""
    names = {value: name for name, value in PALETTE.items()}
    rows = []
    for note, hue, y in zip(notes, hues, place.side, strict=True):
        for i, line in enumerate(note.split("\n")):
            name = "claim" if line.startswith("\u200b") else names[hue]
            at = {"x": place.end, "y": y + i * LINE}
            if line.strip():
                rows.append(at | {"text": line.lstrip("\u200b"), "colour": name})
    return [labels(rows, align="right")] if rows else []


@dataclass
class Room:
    """A drawing ``full`` pixels wide from ``top`` down, and what is taken of it. Places lose their
    last bits, which differ between processors and would decide where a name finds room."""

    full: float
    top: float = 0
    taken: list[Box] = field(default_factory=list)

    def point(self, x: float, y: float, radius: float = 3) -> None:
        """Take the place of a point."""
        x, y = round(x, 4), round(y, 4)
        self.taken.append((x - radius, x + radius, y - radius, y + radius))

    def name(self, x: float, y: float, text: str, gap: float) -> tuple[Align, float, float] | None:
        """Take the first free place beside a point: the side on which the text starts or ends, and
        pixels to the right and down. Nothing if there is none."""
        x, y, gap, wide = round(x, 4), round(y, 4), round(gap, 4), px(text)
        for align, dx, dy in _beside(gap):
            start = x + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
            box = (start, start + wide, y + dy - LINE / 2, y + dy + LINE / 2)
            inside = box[0] >= 0 and box[1] <= self.full and box[2] >= self.top
            if inside and not any(_meet(box, b) for b in self.taken):
                self.taken.append(box)
                return align, dx, dy
        return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _beside(gap: float) -> Iterator[tuple[Align, float, float]]:
    """Where a name may stand beside a point, the best place first: side, and pixels to the right
    and down."""
    middle = gap + LINE / 2
    yield from (("left", gap, 0), ("right", -gap, 0))
    for way in (-1, 1):
        yield ("center", 0, way * middle)
        for far in (0.8, 2):
            yield from (("left", gap, way * far * LINE), ("right", -gap, way * far * LINE))


def end_labels(
    frame: pd.DataFrame, x: str, y: str, texts: Mapping[str, str], field: Field
) -> alt.Chart:
    """Names of series beside the ends of their lines, pushed apart where they would overlap."""
    last = frame.dropna(subset=[y]).sort_values(x, kind="stable").groupby("_name").last()
    ends, hues = last[y].astype(float), last["_hue"]
    palette = {value: name for name, value in PALETTE.items()}
    order = sorted(texts.items(), key=lambda pair: -ends[pair[0]])
    places = [field.pixel(ends[n]) for n, _ in order]
    tall = [lines_of(t) * LINE for _, t in order]
    for _ in range(3):  # down, then up if the last one left the drawing
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + (tall[i - 1] + tall[i]) / 2)
        over = places[-1] + tall[-1] / 2 - field.height - LINE
        if over > 0:
            places[-1] -= over
            for i in range(len(places) - 2, -1, -1):
                places[i] = min(places[i], places[i + 1] - (tall[i] + tall[i + 1]) / 2)
    rows = [
        {"x": 0, "y": p - (lines_of(t) - 1) * LINE / 2, "text": t, "colour": palette[hues[n]]}
        for (n, t), p in zip(order, places, strict=True)
    ]
    return labels(rows, from_right=field.right - 8)


def names_beside(rows: pd.DataFrame, x: str, y: str, label: str, field: Field) -> list[alt.Chart]:
    """Names beside points, where they cover neither points nor each other if there is room."""
    inner = field.full - field.right - 40
    room, at = Room(inner + field.right, -LINE / 2), field.pixels(rows[x], inner)
    heights = [field.pixel(float(value)) for value in rows[y]]
    points = pd.DataFrame({"x": at, "y": heights})
    lines = points.groupby([*rows["_name"]]) if "_name" in rows else []
    for _, line in lines:
        # A line takes the places between its points as well.
        count = 1 + int((line["x"].max() - line["x"].min()) / 4)
        steps = [line["x"].min() + 4 * i for i in range(count)]
        between = pd.DataFrame({"x": steps, "y": np.interp(steps, line["x"], line["y"])})
        points = pd.concat([points, between])
    for left, top in points.itertuples(index=False):
        room.point(left, top)
    layers = []
    for i, (left, top, text) in enumerate(zip(at, heights, rows[label].fillna(""), strict=True)):
        if str(text).strip():
            align, dx, dy = room.name(left, top, str(text), 8) or ("left", 8, 0)
            mark = alt.Chart(rows.iloc[[i]]).mark_text(align=align, dx=dx, dy=dy, baseline="middle")
            layers.append(
                mark.encode(x=field.x(x), y=field.y(y), text=alt.Text(f"{label}:N"), color=HUE)
            )
    return layers
