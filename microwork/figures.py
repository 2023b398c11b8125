"""What the drawings of several chapters share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, Rule, drawing, labels
from tallybook.charts.drawing import axis, fixed, in_pixels, layered, lines_of, width, wrap
from tallybook.charts.grammar import upright
from tallybook.charts.theme import LINE, colour
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number


def text(x: float, y: float, words: str, hue: str) -> dict[str, Any]:
    """A text at a place (pixels) in a colour of the palette, for ``tallybook.charts.labels``."""
    return {"x": x, "y": y, "text": words, "colour": hue}


def texts(numbers: Iterable[Number]) -> Callable[[float], str]:
    """Every value and end of an interval as the sentences show it: a range decides the digits of
    its number."""
    return {
        (number.value if part == "value" else getattr(number, part)): show(number, part)
        for number in numbers
        for part in (("value", "low", "high") if number.low is not None else ("value",))
    }.__getitem__


def ranged(base: alt.Chart, wide: float = 7) -> tuple[alt.Chart, alt.Chart]:
    """The bar of a range, ``wide`` pixels, and the dot of an answer, without places yet."""
    hue = colour("found")
    bar = base.mark_rule(color=hue, strokeWidth=wide, opacity=0.45, strokeCap="round")
    return bar, base.mark_point(color=hue, filled=True, size=2.3 * wide**2, opacity=1)


def told(said: Number) -> Rule:
    """A figure of Antonio Casilli's as a dashed line, with his name."""
    return Rule(said.value, _("{count}, said Antonio Casilli").format(count=show(said)))


def counted(
    ours: Sequence[tuple[str, Number]],
    rules: Sequence[Rule],
    most: float,
    title: str = "",
    each: float = 1,
    down: int = 5,
    shape: Callable[[float], str] | None = None,
) -> Drawing:
    """Things that one can count, such as people or coins, as many as ``most``, filled to our
    answers; under them on the same scale each answer as a dot and its range as a bar, and across
    them ``rules``.

    ``ours``: what is counted and the answer, each wider than the one before. A thing stands for
    ``each``; ``down`` of them make a column. ``title``: of the axis. ``shape``: of a thing, by its
    width a path from its upper left corner; a disc unless said.
    """
    rows: list[tuple[str, float, float | None, float | None]]
    rows = [(_(who), n.value, n.low, n.high) for who, n in ours]
    rows += [(rule.text, float(rule.value), None, None) for rule in rules]
    end = max(most, *(n.high or n.value for _who, n in ours)) + each

    def build(narrow: bool) -> alt.LayerChart:
        full = width(narrow)
        # Vega takes what stands out at the ends from the width, so nothing here depends on that.
        room = full - 2 * LINE / 3
        side = room * each * down / end  # px of a thing and the gap to the next
        top = (LINE + 2) * len(rules)
        scale = alt.Scale(domain=[0, end], range=[0, room], nice=False, zero=False)
        foot = top + down * side
        bars, words, beneath = [], [], foot + 12
        for who, n in ours:
            bars.append({"y": beneath, "value": n.value, "low": n.low, "high": n.high})
            near = show(n, "interval").replace(" ", "\u00a0")
            line = _("we estimate: {count} {what} ({range})")
            line = wrap(line.format(count=show(n), what=_(who), range=near), full)
            words.append(text(0, beneath + 8 + LINE / 2, line, "found"))
            beneath += 20 + LINE * lines_of(line)
        level = axis((0, end), full, False, ",d", title) | {"grid": False}
        bar, dot = ranged(alt.Chart(pd.DataFrame(bars)).encode(y=in_pixels()["y"]))
        at = [room * float(rule.value) / end for rule in rules]
        return layered(
            *_shapes(ours, round(most / each), each, down, (top, side), shape or disc),
            *upright(rules, at, full, scale, 0, foot + 4),
            bar.encode(x=alt.X("low:Q", scale=scale, axis=level), x2="high:Q"),
            dot.encode(x=alt.X("value:Q", scale=scale)),
            labels(words, bold=True),
            width=full,
            height=beneath - 8,
        )

    heads = ["what is counted", "value", "low", "high"]
    return drawing(build, pd.DataFrame(rows, columns=heads))


def _shapes(
    ours: Sequence[tuple[str, Number]],
    count: int,
    each: float,
    down: int,
    place: tuple[float, float],
    shape: Callable[[float], str],
) -> list[alt.Chart]:
    """The things of ``counted``, all of one look as one mark. ``place``: px from the top, and of a
    thing with its gap."""
    top, side = place
    base = alt.Chart(pd.DataFrame([{}]))
    found = []
    for level, (start, stop) in enumerate(filled(ours, count, each)):
        hue, shade = ("found", 1 - level / len(ours)) if level < len(ours) else ("line", 1)
        path = "".join(
            f"M{side * (i // down):.1f},{top + side * (i % down):.1f}{shape(side - 2)}"
            for i in range(start, stop)
        )
        look: dict[str, Any] = {"color": colour(hue), "opacity": shade, "filled": True, "size": 4}
        found.append(base.mark_point(shape=path, **look).encode(**fixed(x=0, y=0)))
    return found


def filled(ours: Sequence[tuple[str, Number]], count: int, each: float) -> list[tuple[int, int]]:
    """The first thing and the one after the last that each answer fills beyond the one before it,
    and at the end those that none fills."""
    ends = [0, *(round(n.value / each) for _who, n in ours), count]
    return [*itertools.pairwise(ends)]


def square(wide: float) -> str:
    """A square."""
    return f"h{wide:.1f}v{wide:.1f}h-{wide:.1f}z"


def disc(wide: float, rims: Sequence[float] = (0,)) -> str:
    """A disc. ``rims``: how far inside its edge, as parts of its width, the paper begins, and the
    disc again, and so on."""
    path, before = f"m0,{wide / 2:.2f}", 0.0
    for turn, rim in enumerate(rims):
        half = wide * (0.5 - rim)
        bow = f"a{half:.2f},{half:.2f} 0 1 {(turn + 1) % 2} "
        path += f"m{wide * (rim - before):.2f},0{bow}{2 * half:.2f},0{bow}-{2 * half:.2f},0z"
        before = rim
    return path


def coin(wide: float) -> str:
    """A disc with a thin ring inside its edge."""
    return disc(wide, (0, 0.12, 0.17))
