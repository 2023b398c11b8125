"""Drawings of the chapter on counts.

They take tables and numbers; nothing is computed here but places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, colour
from tallybook.charts.drawing import (
    drawing,
    fixed,
    from_edge,
    in_pixels,
    labels,
    layered,
    lines_of,
    px,
    width,
    wrap,
)
from tallybook.charts.theme import LINE
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.figures import counted, square, text, texts

Row = dict[str, Any]
# The order in which the names of the largest figure stand in lanes, with a short heading and a
# colour for each: found is the name that fits the method.
LANES = {
    "registered": ("people registered", "found"),
    "registered, hardly active": ("registered, hardly active", "claim"),
    "casual": ("casual workers", "claim"),
    "workers": ("click workers", "claim"),
    "all groups added": ("all groups added", "soft"),
}
AT = in_pixels()


def waffle(ours: Sequence[tuple[str, Number]], said: Sequence[tuple[str, Number]]) -> Drawing:
    """Squares of a thousand people, as many as the largest published figure has, filled to our
    answers, and the published figures as dashed lines.

    ``ours``: what is counted and the answer, each wider than the one before. ``said``: the same for
    what was published, the largest last.
    """
    words = _("{count} {what}")
    rules = [Rule(n.value, words.format(count=show(n), what=_(who))) for who, n in said]
    return counted(ours, rules[::-1], said[-1][1].value, each=1000, down=10, shape=square)


def answers(rows: Sequence[tuple[str, Number, Number | None]], both: Number) -> Drawing:
    """Each answer as a dot and its range on a log axis, the published figure of the same thing as a
    mark, and as a line the figure that is said of two things.

    ``rows``: what is counted, the answer, the figure published or ``None``.
    """
    values = [
        (who, ours.value, ours.low, ours.high, said.value if said else None)
        for who, ours, said in rows
    ]
    return charts.whiskers(
        pd.DataFrame(values, columns=["who", "people", "low", "high", "published"]),
        "who",
        "people",
        "low",
        "high",
        "published",
        log=True,
        said="published {figure}",
        show=texts(number for _who, *pair in rows for number in pair if number),
        rules=[Rule(both.value, _("{count}: weekly, or all").format(count=show(both)))],
        fmt=",.0f",
        title="people in France, log scale",
    )


def names(labelled: pd.DataFrame) -> Drawing:
    """What the largest figure was called: a row per source in order of date, and a lane per name.

    ``labelled``: columns published, outlet, said_by, figure, wording, label (one of ``LANES``).
    """
    whens = [_when(row) for row in labelled.itertuples()]

    def build(narrow: bool) -> alt.LayerChart:
        left = 0 if narrow else max(map(px, whens)) + 16
        step = (width(narrow) - left - 8) / len(LANES)
        middles = {lane: left + (i + 0.5) * step for i, lane in enumerate(LANES)}
        heads = {lane: wrap(head, step - 6) for lane, (head, _) in LANES.items()}
        top = max(map(lines_of, heads.values())) * LINE + 12
        tall = 2 * LINE + 8 if narrow else LINE + 10
        edges = [top + i * tall for i in range(len(labelled))]
        apart = LINE / 2 if narrow else 0  # of the text above its figure
        said, figures = [], []
        for edge, when, row in zip(edges, whens, labelled.itertuples(), strict=True):
            middle, hue = edge + tall / 2, LANES[row.label][1]
            said.append(text(0, middle - apart, when, "ink"))
            figures.append(text(middles[row.label], middle + apart, plain(row.figure, 0), hue))
        lines = alt.Chart(pd.DataFrame({"y": edges})).mark_rule(color=colour("line"))
        headings = [
            labels([text(middles[lane], LINE / 2, heads[lane], hue)], align="center")
            for lane, (_, hue) in LANES.items()
        ]
        layers = (
            lines.encode(y=AT["y"], **fixed(x=0, x2=from_edge(0))),
            *headings,
            labels(said),
            labels(figures, align="center", bold=True),
        )
        return layered(*layers, width=width(narrow), height=top + tall * len(labelled))

    return drawing(build, labelled[["published", "outlet", "said_by", "figure", "wording"]])


def _when(row: Any) -> str:
    """Where and when a figure was published, and by whom it was said if that was the author."""
    said = _("{day}: {outlet}")
    if row.said_by == "Casilli":
        said = _("{day}: {outlet}, Casilli")
    return said.format(day=days.dated(row.published), outlet=_(row.outlet))


def funnel(stages: Sequence[tuple[str, str, Number]]) -> Drawing:
    """Shares of the registered at later stages, as bars from zero.

    ``stages``: where, at which stage, how many percent; those of France are claimed.
    """
    rows = [
        (place, stage, n.value, "claim" if place.startswith("France") else "soft")
        for place, stage, n in stages
    ]
    drawn = charts.bars(
        pd.DataFrame(rows, columns=["place", "stage", "percent", "hue"]),
        "stage",
        "percent",
        group="place",
        colours="hue",
        title="percent of those registered",
        show=texts(n for *_place, n in stages),
        fmt=",.0f",
    )
    return drawn.tabled({one: one for one in ("place", "stage", "percent")})


def tracker(years: pd.DataFrame) -> Drawing:
    """The least number of workers of Mechanical Turk by year, with its numbers before and after the
    largest fall, and what part of the answers said "married" in 2019 and in the last year.

    Columns year, seen, least, married.
    """
    after = years["least"].diff().idxmin()
    said = {
        row.year: _("{count} in {year}").format(count=charts.number(row.least), year=row.year)
        for row in years.loc[after - 1 : after].itertuples()
    }
    said |= {
        row.year: _("{share} say “married”").format(share=charts.number(row.married, 0, "percent"))
        for row in years.itertuples()
        if row.year in (2019, years["year"].max())
    }
    drawn = charts.lines(
        years.assign(series="", text=years["year"].map(said).fillna("")),
        "year",
        "least",
        "series",
        zero=True,
        points=True,
        marked="text",
        x_fmt="d",
        title="workers of Mechanical Turk, at least",
    )
    columns = {"year": "year", "least": "At least", "seen": "Seen"}
    return drawn.tabled(columns | {"married": "percent who say “married”"}, years)
