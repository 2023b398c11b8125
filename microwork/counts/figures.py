"""Drawings of the chapter on counts.

They take tables and values; nothing is computed here but places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, Span, colour
from tallybook.charts.drawing import (
    drawing,
    fixed,
    from_edge,
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
from tallybook.model.formatting import plain, short
from tallybook.model.numbers import Number

from microwork.figures import text, texts

# The order in which the names of the largest figure stand in lanes, with a short heading and a
# colour for each: found is the name that fits the method.
LANES = {
    "registered": ("people registered", "found"),
    "registered, hardly active": ("registered, hardly active", "claim"),
    "casual": ("casual workers", "claim"),
    "workers": ("click workers", "claim"),
    "all groups added": ("all groups added", "soft"),
}
# The groups as readers see them.
CIRCLES = {"registered": "Registered", "routine": "There monthly", "very active": "There weekly"}


def estimates(rows: Sequence[tuple[str, Number, Number | None]]) -> Drawing:
    """Each circle as the range found and the figure published, on a log axis.

    ``rows``: what the circle is, the number found (with its interval), the number published or
    ``None``.
    """
    values = [
        (name, found.value, found.low, found.high, said.value if said else None)
        for name, found, said in rows
    ]
    frame = pd.DataFrame(values, columns=["circle", "found", "low", "high", "published"])
    return charts.whiskers(
        frame,
        "circle",
        "found",
        "low",
        "high",
        "published",
        log=True,
        said="published {figure}",
        show=texts(number for _, *both in rows for number in both if number),
        fmt=",.0f",
        title="persons, log scale",
    )


def chain(rows: Sequence[tuple[str, str, Number]], said: Sequence[tuple[Number, str]]) -> Drawing:
    """Accounts in France on one platform, and those at work, below what was published of all
    platforms.

    ``rows``: heading, what is counted or assumed, how many. ``said``: published figures (persons),
    each with the word for its row.
    """
    published = "Published, for all platforms"
    claimed = [(published, word, n.value, None, None, "claim") for n, word in said]
    found = [(group, step, n.value, n.low, n.high, "found") for group, step, n in rows]
    columns = ["under", "step", "value", "low", "high", "colour"]
    drawn = charts.whiskers(
        pd.DataFrame([*claimed, *found], columns=columns).astype({"low": float, "high": float}),
        "step",
        "value",
        "low",
        "high",
        group="under",
        colours="colour",
        log=True,
        domain=(500, 1_000_000),
        show=texts([*(n for n, _ in said), *(number for *_, number in rows)]),
        title="people or accounts, log scale",
    )
    heads = {"under": "heading", "step": "what is counted", "value": "people or accounts"}
    return drawn.tabled(heads | {"low": "low", "high": "high"})


def names(labelled: pd.DataFrame) -> Drawing:
    """What the largest figure was called: a row per source in order of date, a lane per name.

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
        across = fixed(x=0, x2=from_edge(0))
        headings = [
            labels([text(middles[lane], LINE / 2, heads[lane], hue)], align="center")
            for lane, (_, hue) in LANES.items()
        ]
        layers = (
            lines.encode(y=alt.Y("y:Q", scale=None, axis=None), **across),
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


def tornado(swings: pd.DataFrame) -> Drawing:
    """Every assumption against every circle it touches, as times the published figure; one row
    where it moves all alike.

    ``swings``: columns circle, factor, at, low_at, high_at, low_ratio, high_ratio, as
    ``sensitivity.swings`` gives them.
    """
    said = {
        column: [
            _(at).format(value=short(value))
            for at, value in zip(swings["at"], swings[column], strict=True)
        ]
        for column in ("low_at", "high_at")
    }
    swings = swings.assign(**said)
    ends = ["factor", "low_at", "high_at", "low_ratio", "high_ratio"]
    alike = swings.round(3).duplicated(ends, keep=False)
    circles = swings["circle"].map(CIRCLES).where(~alike, "All three")
    frame = swings[ends].assign(
        row=[
            _("{circle}: {assumption}").format(circle=_(circle), assumption=_(factor))
            for circle, factor in zip(circles, swings["factor"], strict=True)
        ]
    )
    frame = frame.round(3).drop_duplicates(["row", *ends])
    drawn = charts.tornado(
        frame,
        "row",
        "low_ratio",
        "high_ratio",
        1.0,
        base_text="as published",
        low_text="low_at",
        high_text="high_at",
        domain=(0, 1.04 * frame["high_ratio"].max()),
        title="times the published figure",
        fmt="~g",
        show=lambda ratio: f"\u00d7\u202f{plain(ratio, 2)}",
    )
    table = frame[["row", "low_at", "high_at", "low_ratio", "high_ratio"]]
    columns = ["assumption", "from", "to", "times, from", "times, to"]
    return replace(drawn, table=table.set_axis(columns, axis="columns"))


def demand(index: pd.DataFrame, windows: Sequence[tuple[str, str, str]], broken: str) -> Drawing:
    """The two indices of demand by month, with the windows compared, the start of each and the
    break marked.

    ``index``: columns month, microwork, total. ``windows``: start, end, text. ``broken``: first
    month after the break.
    """
    long = index.melt("month", ["total", "microwork"], "series", "index")
    long["series"] = long["series"].map({"total": "All online work", "microwork": "Microtasks"})
    return charts.lines(
        long,
        "month",
        "index",
        "series",
        colours={"All online work": "soft", "Microtasks": "found"},
        log=True,
        fmt="~g",
        title="index, May 2016 = 100, log scale",
        spans=[Span(start, end, "") for start, end, _ in windows],
        rules=[
            *(Rule(start, said, "soft") for start, _, said in windows),
            Rule(broken, "measurement changes", "soft"),
        ],
    )


def tracker(years: pd.DataFrame) -> Drawing:
    """Workers of Mechanical Turk by year: seen by the survey, and the least there were, with its
    numbers before and after its largest fall.

    Columns year, seen, least.
    """
    names = {"least": "At least", "seen": "Seen"}
    long = years.melt("year", list(names), "series", "workers").replace({"series": names})
    after = years["least"].diff().idxmin()
    turn = (long["series"] == "At least") & long["year"].isin(years["year"].loc[after - 1 : after])
    texts = [
        _("{count} in {year}").format(count=charts.number(row.workers), year=row.year)
        for row in long.itertuples()
    ]
    long["text"] = pd.Series(texts, long.index).where(turn, "")
    drawn = charts.lines(
        long,
        "year",
        "workers",
        "series",
        colours={"At least": "found", "Seen": "soft"},
        bounds=["At least"],
        zero=True,
        points=True,
        marked="text",
        x_fmt="d",
        title="workers of Mechanical Turk",
    )
    return drawn.tabled({"year": "year"} | names, years)


def funnel(stages: pd.DataFrame) -> Drawing:
    """Stage by stage, percent of the registered in each place, as bars from zero; columns place,
    stage, order, persons, percent.

    The first stage of a place is the whole and stands in its heading.
    """
    wholes = stages[stages["order"] == 0].set_index("place")["persons"]
    frame = stages[stages["order"] > 0].copy()
    places = frame["place"]
    frame["hue"] = ["claim" if place.startswith("France") else "soft" for place in places]
    frame["heading"] = [
        _("{place}, of {count} registered").format(place=_(place), count=plain(wholes[place], 0))
        for place in places
    ]
    drawn = charts.bars(
        frame,
        "stage",
        "percent",
        group="heading",
        colours="hue",
        title="percent of the registered",
        show=lambda v: f"{short(v)}\u202f%",
        fmt=",.0f",
    )
    heads = {"place": "crowd", "stage": "stage", "persons": "persons"}
    return drawn.tabled(heads | {"percent": "percent of the registered"}, stages)
