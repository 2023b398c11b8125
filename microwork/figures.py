"""What the drawings of several chapters share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import Drawing, Rule, drawing, labels
from tallybook.charts.drawing import along, axis, fixed, layered, px, width, x_scale
from tallybook.charts.grammar import upright
from tallybook.charts.theme import colour
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

# px of a strip: from its edges to the ends of the axis, and down to the line and the foot.
EDGE, LEVEL, FOOT = 12, 60, 100


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


def strip(
    ours: Number, said: Rule, others: pd.DataFrame, ends: tuple[float, float], title: str
) -> Drawing:
    """Values on one line: our answer as a dot and its range as a bar, a published figure as a
    dashed mark, and others as grey dots.

    ``others``: columns name, value, and text, which stands above a dot (empty for none). ``ends``:
    of the axis, named ``title``.
    """
    told = _("we estimate {value}").format(value=show(ours, "full"))
    answer = pd.DataFrame(
        [("our estimate", ours.value, ours.low, ours.high), ("published", said.value, None, None)],
        columns=["name", "value", "low", "high"],
    )
    table = pd.concat([answer, others.reindex(columns=[*answer])], ignore_index=True)

    def build(narrow: bool) -> alt.LayerChart:
        full, inner = width(narrow), width(narrow) - 2 * EDGE
        scale, base = x_scale(ends, EDGE, EDGE, False), alt.Chart(answer[:1])
        x = alt.X("value:Q", scale=scale, axis=axis(ends, inner, False, "d", title))
        grey: dict[str, Any] = {"color": colour("soft"), "filled": True, "opacity": 1}

        def at(value: float) -> float:
            return EDGE + along(value, *ends, False) * inner

        def inside(value: float, words: str, down: float, hue: str) -> dict[str, Any]:
            room = px(words) / 2
            return text(min(max(at(value), room), full - room), down, words, hue)

        named = others.loc[others["text"] != "", ["value", "text"]].itertuples(index=False)
        bar, dot = ranged(base, 9)
        return layered(
            alt.Chart().mark_rule(color=colour("line")).encode(**fixed(x=0, x2=full, y=LEVEL)),
            alt.Chart(others).mark_point(size=70, **grey).encode(x=x, **fixed(y=LEVEL)),
            *upright([said], [at(float(said.value))], full, scale, 20, LEVEL + 14),
            bar.encode(x=alt.X("low:Q", scale=scale), x2="high:Q", **fixed(y=LEVEL)),
            dot.encode(x=x, **fixed(y=LEVEL)),
            labels([inside(value, name, 8, "soft") for value, name in named], "center"),
            labels([inside(ours.value, told, LEVEL + 24, "found")], "center", bold=True),
            width=full,
            height=FOOT,
        )

    heads = {"name": "who", "value": title, "low": "low", "high": "high"}
    return drawing(build, table).tabled(heads)
