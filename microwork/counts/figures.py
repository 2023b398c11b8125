"""Drawings of the chapter on counts.

They take tables and values; nothing is computed here but places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, Span, colour
from tallybook.charts.drawing import (
    axis,
    drawing,
    from_edge,
    labels,
    layered,
    lines_of,
    px,
    width,
    wrap,
    x_scale,
)
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain, short, show
from tallybook.model.numbers import Number

# The order in which the names of the largest figure stand in lanes, with a short heading and a
# colour for each: found is the name that fits the method.
LANES = {
    "registered": ("people registered", "found"),
    "registered, hardly active": ("registered, hardly active", "claim"),
    "casual": ("casual workers", "claim"),
    "workers": ("click workers", "claim"),
    "all circles added": ("all circles added", "soft"),
}
CIRCLES = {
    "registered": "Registered",
    "routine": "There monthly",
    "very active": "There weekly",
}  # as readers see them
SAID = {
    "registered": "published",
    "routine": "published presence",
    "very active": "published presence",
}
ENDS = ("value", "low", "high")
MILLION = 1_000_000


def first(rows: Sequence[tuple[str, float | None, str]]) -> Drawing:
    """The published figures as bars from zero.

    ``rows``: what is counted, how many (``None`` where nobody has counted), and a colour of the
    palette.
    """
    frame = pd.DataFrame(rows, columns=["what is counted", "published", "hue"])
    drawn = charts.bars(
        frame, "what is counted", "published", colours="hue", decimals=0, fmt=",.0f", title="people"
    )
    return replace(drawn, table=frame.drop(columns="hue"))


def estimates(rows: Sequence[tuple[str, Number, Number | None]]) -> Drawing:
    """Each circle as the range found and the figure published, on a log axis.

    ``rows``: what the circle is, the number found (with its interval), the number published or
    ``None``.
    """
    frame = pd.DataFrame(
        [
            (name, found.value, found.low, found.high, said.value if said else None)
            for name, found, said in rows
        ],
        columns=["circle", "found", "low", "high", "published"],
    )
    # The digits of the sentences: a range decides how many its number shows.
    texts = {
        found.value if part == "value" else getattr(found, part): show(found, part)
        for _, found, _ in rows
        for part in ENDS
    }
    texts |= {float(said.value): show(said) for _, _, said in rows if said}
    return charts.whiskers(
        frame,
        "circle",
        "found",
        "low",
        "high",
        "published",
        log=True,
        said="published",
        show=texts.__getitem__,
        fmt=",.0f",
        title="persons, log scale",
    )


def names(labelled: pd.DataFrame) -> Drawing:
    """What the largest figure was called: a row per source in order of date, a lane per name.

    ``labelled``: columns published, outlet, said_by, figure, wording, label (one of ``LANES``).
    """
    own = (f", {row.said_by}" if row.said_by == "Casilli" else "" for row in labelled.itertuples())
    whens = [
        f"{row.published}  {row.outlet}{who}"
        for row, who in zip(labelled.itertuples(), own, strict=True)
    ]

    def build(narrow: bool) -> alt.LayerChart:
        left = 0 if narrow else max(map(px, whens)) + 16
        step = (width(narrow) - left - 8) / len(LANES)
        middles = {lane: left + (i + 0.5) * step for i, lane in enumerate(LANES)}
        heads = {lane: wrap(head, step - 6) for lane, (head, _) in LANES.items()}
        top = max(map(lines_of, heads.values())) * LINE + 12
        tall = 2 * LINE + 8 if narrow else LINE + 10
        height = top + tall * len(labelled)
        said, figures, bars = [], [], []
        for i, (when, row) in enumerate(zip(whens, labelled.itertuples(), strict=True)):
            y = top + i * tall + tall / 2
            said.append({"x": 0, "y": y - LINE / 2 if narrow else y, "text": when, "colour": "ink"})
            figures.append(
                {
                    "x": middles[row.label],
                    "y": y + LINE / 2 if narrow else y,
                    "text": plain(row.figure, 0),
                    "colour": LANES[row.label][1],
                }
            )
            bars.append({"y": top + i * tall})
        lines = (
            alt.Chart(pd.DataFrame(bars))
            .mark_rule(color=colour("line"))
            .encode(y=alt.Y("y:Q", scale=None, axis=None), x=alt.value(0), x2=from_edge(0))
        )
        headings = [
            labels(
                [{"x": middles[lane], "y": LINE / 2, "text": heads[lane], "colour": hue}],
                align="center",
            )
            for lane, (_, hue) in LANES.items()
        ]
        layers = (lines, *headings, labels(said), labels(figures, align="center", bold=True))
        return layered(*layers, width=width(narrow), height=height)

    return drawing(build, labelled[["published", "outlet", "said_by", "figure", "wording"]])


def tornado(swings: pd.DataFrame) -> Drawing:
    """Every assumption against every circle it touches, as times the published figure; one row
    where it moves all alike.

    ``swings``: columns circle, factor, low_at, high_at (texts), low_ratio, high_ratio.
    """
    ends = ["factor", "low_at", "high_at", "low_ratio", "high_ratio"]
    circles = (
        swings["circle"]
        .map(CIRCLES)
        .where(~swings.round(3).duplicated(ends, keep=False), "All three")
    )
    frame = (
        swings[ends]
        .assign(row=circles + ": " + swings["factor"])
        .round(3)
        .drop_duplicates(["row", *ends])
    )
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
    names = {
        "row": "assumption",
        "low_at": "from",
        "high_at": "to",
        "low_ratio": "times, from",
        "high_ratio": "times, to",
    }
    return replace(drawn, table=frame.rename(columns=names)[list(names.values())])


def sliders(
    sums: Mapping[str, float],
    published: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float, float]],
) -> Drawing:
    """The three circles under the reader's own assumptions: bars from zero over the outline of what
    was published.

    ``sums``: ``accounts``, ``visits``, ``absent`` (accounts of one average platform times the
    number left out). ``published``: circle -> published figure. ``ranges``: low, start and high of
    ``divisor``, ``active``, ``working``, ``absent`` (the last three in percent).
    """
    accounts = f"({sums['accounts']} + absent / 100 * {sums['absent']})"
    formulas = {
        "registered": f"{accounts} / divisor",
        "routine": f"{sums['visits']} * working / 100 / divisor",
        "very active": f"{accounts} * active / 100 * working / 100 / divisor",
    }
    rows = {
        "registered": "Registered",
        "routine": "At work in a month",
        "very active": "At work in a week",
    }
    chosen = " : ".join(f"datum.key === '{name}' ? {formula}" for name, formula in formulas.items())
    most = (sums["accounts"] + ranges["absent"][2] / 100 * sums["absent"]) / ranges["divisor"][0]
    texts = {
        "divisor": ("Platforms per person", 0.01),
        "active": ("There weekly, % of registered", 0.1),
        "working": ("Of those present, at work, %", 1.0),
        "absent": ("Size of platforms left out, % of mean", 1.0),
    }
    params = [
        charts.slider(name, label, low, high, step, start)
        for name, (label, step) in texts.items()
        for low, start, high in [ranges[name]]
    ]
    tall = 86  # px of a row: two lines of text beside a numeral, then the bar
    frame = pd.DataFrame(
        [
            {
                "key": name,
                "published": published[name],
                "y": i * tall + 56,
                "numeral": i * tall + 26,
            }
            for i, name in enumerate(rows)
        ]
    )

    def build(narrow: bool) -> alt.LayerChart:
        domain, room = (0.0, 1.02 * most), width(narrow) - 16
        scale, upright = x_scale(domain, 8, 8, False), alt.Y("y:Q", scale=None, axis=None)
        base = (
            alt.Chart(frame)
            .transform_calculate(estimate=f"{chosen} : 0")
            .transform_calculate(shown="format(datum.estimate, ',.3~r')")
        )
        x = alt.X("estimate:Q", scale=scale, axis=axis(domain, room, False, ",.0f", "people"))
        bar = base.mark_bar(orient="horizontal", size=14).encode(x=x, y=upright)
        ghost = base.mark_bar(
            orient="horizontal", size=22, fillOpacity=0, stroke=colour("claim"), strokeDash=[4, 3]
        )
        ghost = ghost.encode(x=alt.X("published:Q", scale=scale), y=upright)
        numeral = base.mark_text(
            align="right", baseline="middle", fontSize=30, fontWeight="bold", color=colour("found")
        )
        numeral = numeral.encode(
            x=from_edge(4), y=alt.Y("numeral:Q", scale=None, axis=None), text="shown:N"
        )
        heads = [
            {"x": 0, "y": i * tall + 16, "text": text, "colour": "ink"}
            for i, text in enumerate(rows.values())
        ]
        said = [
            {
                "x": 0,
                "y": i * tall + 16 + LINE + 1,
                "text": f"{words}: {plain(published[name], 0)}",
                "colour": "claim",
            }
            for i, (name, words) in enumerate(SAID.items())
        ]
        return layered(
            bar,
            ghost,
            numeral,
            labels(heads),
            labels(said),
            width=width(narrow),
            height=len(rows) * tall,
        )

    table = pd.DataFrame(
        {"circle": list(rows.values()), "published": [published[name] for name in rows]}
    )
    return drawing(build, table).add_params(*params)


def demand(index: pd.DataFrame, windows: Sequence[tuple[str, str, str]], broken: str) -> Drawing:
    """The two indices of demand by month, with the windows compared and the break marked.

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
        spans=[Span(start, end, text) for start, end, text in windows],
        rules=[Rule(broken, "measurement changes", "soft")],
    )


def tracker(years: pd.DataFrame) -> Drawing:
    """Workers of Mechanical Turk by year: seen by the survey, and the least there were.

    Columns year, seen, least.
    """
    names = {"least": "At least", "seen": "Seen"}
    long = years.melt("year", list(names), "series", "workers").replace({"series": names})
    drawn = charts.lines(
        long,
        "year",
        "workers",
        "series",
        colours={"At least": "found", "Seen": "soft"},
        zero=True,
        points=True,
        x_fmt="d",
        fmt="~s",
        title="workers of Mechanical Turk",
    )
    return replace(drawn, table=years[["year", *names]])


def funnel(stages: pd.DataFrame) -> Drawing:
    """Stage by stage, percent of the registered in each place, as bars from zero; columns place,
    stage, order, persons, percent.

    The first stage of a place is the whole and stands in its heading.
    """
    wholes = stages[stages["order"] == 0].set_index("place")["persons"]
    frame = stages[stages["order"] > 0].copy()
    frame["hue"] = ["claim" if place.startswith("France") else "soft" for place in frame["place"]]
    frame["heading"] = [
        f"{place}, of {plain(wholes[place], 0)} registered" for place in frame["place"]
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
    return replace(drawn, table=stages.drop(columns="order"))


def chain(
    share: Sequence[float],
    working: Sequence[float],
    people: Sequence[float],
    earlier: float,
    said: Sequence[tuple[Number, str]],
) -> Drawing:
    """Accounts in France on one platform, and those at work, beside published figures as upright
    lines.

    ``share``, ``working`` (percent) and ``people`` (persons): value, low and high. ``earlier``: the
    share in France in another job (percent), where its slider ends. ``said``: published figures
    (persons), each with the word for its line. The reader moves share, people and share at work;
    the ends of the second bar keep the least and the most share at work.
    """
    parts = pd.DataFrame([(1, 1, 1), [part / 100 for part in working]], columns=list(ENDS))
    whole = pd.Series([part / 100 * people[0] for part in share], ENDS)
    names = ["Accounts in France", "of these, at work"]
    table = parts.mul(whole, axis="columns").assign(step=names)[["step", *ENDS]]
    frame = pd.DataFrame(
        {
            "step": names,
            "where": "CrowdFlower, around 2014",
            "at_work": [False, True],
            "by_low": parts["low"] * share[1] / share[0],
            "by_high": parts["high"] * share[2] / share[0],
        }
    )
    accounts = f"share / 100 * people * {MILLION}"
    at_work = "(datum.at_work ? working / 100 : 1)"
    drawn = charts.whiskers(
        frame,
        "step",
        "value",
        "low",
        "high",
        group="where",
        log=True,
        domain=(1000, 400_000),
        fmt="~s",
        d3=",.2~r",
        title="people or accounts, log scale",
        rules=[Rule(float(one.value), f"Study: {show(one)} {word}", "claim") for one, word in said],
        live={
            "value": f"{accounts} * {at_work}",
            "low": f"{accounts} * datum.by_low",
            "high": f"{accounts} * datum.by_high",
        },
        params=[
            charts.slider(
                "share",
                "In France, of the workers, %",
                round(share[1], 2),
                round(earlier, 2),
                0.01,
                round(share[0], 2),
            ),
            charts.slider(
                "people",
                "People in the crowd, millions",
                people[1] / MILLION,
                people[2] / MILLION,
                0.1,
                people[0] / MILLION,
            ),
            charts.slider(
                "working",
                "Accounts at work, %",
                round(working[1]),
                round(working[2]),
                1,
                round(working[0]),
            ),
        ],
    )
    return replace(drawn, table=table)
