"""The circles under a reader's assumptions, and of the steps from accounts to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, colour
from tallybook.charts.drawing import axis, drawing, from_edge, labels, layered, width, x_scale
from tallybook.charts.theme import LINE
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.figures import text

# Under the reader's own assumptions: each circle, and what its published figure is.
SLID = {
    "registered": ("Registered", "published"),
    "routine": ("At work in a month", "published presence"),
    "very active": ("At work in a week", "published presence"),
}
SLIDERS = {
    "divisor": ("Platforms per person", 0.01),
    "active": ("There weekly, % of registered", 0.1),
    "working": ("Of those present, at work, %", 1.0),
    "absent": ("Size of platforms left out, % of mean", 1.0),
}
TALL = 86  # px of a row of theirs: two lines of text beside a numeral, then the bar
MILLION = 1_000_000
ENDS = ("value", "low", "high")


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
    estimate = (
        f"datum.key === 'registered' ? {accounts} / divisor"
        f" : datum.key === 'routine' ? {sums['visits']} * working / 100 / divisor"
        " : datum.key === 'very active' ?"
        f" {accounts} * active / 100 * working / 100 / divisor : 0"
    )
    most = (sums["accounts"] + ranges["absent"][2] / 100 * sums["absent"]) / ranges["divisor"][0]
    frame = pd.DataFrame({"key": [*SLID], "published": [published[name] for name in SLID]})
    frame = frame.assign(y=TALL * frame.index + 56, numeral=TALL * frame.index + 26)
    base = alt.Chart(frame).transform_calculate(estimate=estimate)
    base = base.transform_calculate(shown="format(datum.estimate, ',.3~r')")
    texts = [
        [
            text(0, i * TALL + 16, name, "ink"),
            text(0, i * TALL + 16 + LINE + 1, f"{said}: {plain(published[key], 0)}", "claim"),
        ]
        for i, (key, (name, said)) in enumerate(SLID.items())
    ]
    layers = [*map(labels, zip(*texts, strict=True))]

    def build(narrow: bool) -> alt.LayerChart:
        bars = _over_outlines(base, (0.0, 1.02 * most), width(narrow))
        return layered(*bars, *layers, width=width(narrow), height=len(SLID) * TALL)

    table = pd.DataFrame(
        {"circle": [name for name, _ in SLID.values()], "published": frame["published"]}
    )
    params = [
        charts.slider(name, label, ranges[name][0], ranges[name][2], step, ranges[name][1])
        for name, (label, step) in SLIDERS.items()
    ]
    return drawing(build, table).add_params(*params)


def _over_outlines(base: alt.Chart, domain: tuple[float, float], wide: int) -> list[alt.Chart]:
    """The bars of ``sliders``, the outlines of what was published, and the numerals."""
    scale, upright = x_scale(domain, 8, 8, False), alt.Y("y:Q", scale=None, axis=None)
    x = alt.X("estimate:Q", scale=scale, axis=axis(domain, wide - 16, False, ",.0f", "people"))
    bar = base.mark_bar(orient="horizontal", size=14)
    outline = base.mark_bar(
        orient="horizontal", size=22, fillOpacity=0, stroke=colour("claim"), strokeDash=[4, 3]
    )
    numeral = base.mark_text(
        align="right", baseline="middle", fontSize=30, fontWeight="bold", color=colour("found")
    )
    at = alt.Y("numeral:Q", scale=None, axis=None)
    return [
        bar.encode(x=x, y=upright),
        outline.encode(x=alt.X("published:Q", scale=scale), y=upright),
        numeral.encode(x=from_edge(4), y=at, text="shown:N"),
    ]


def _steps(
    share: Sequence[float], working: Sequence[float], people: Sequence[float]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of ``chain``, with the ends as factors of what the reader moves, and its table."""
    parts = pd.DataFrame([(1, 1, 1), [part / 100 for part in working]], columns=list(ENDS))
    whole = pd.Series([part / 100 * people[0] for part in share], ENDS)
    frame = pd.DataFrame(
        {
            "step": ["Accounts in France", "of these, at work"],
            "where": "CrowdFlower, around 2014",
            "at_work": [False, True],
            "by_low": parts["low"] * share[1] / share[0],
            "by_high": parts["high"] * share[2] / share[0],
        }
    )
    table = parts.mul(whole, axis="columns").assign(step=frame["step"])
    return frame, table[["step", *ENDS]]


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
    frame, table = _steps(share, working, people)
    accounts, at_work = f"share / 100 * people * {MILLION}", "(datum.at_work ? working / 100 : 1)"
    start, least, most = (round(one, 2) for one in (share[0], share[1], earlier))
    crowd, fewest, whole_crowd = (one / MILLION for one in people)
    active, idle, busy = map(round, working)
    sliders = (
        ("share", "In France, of the workers, %", least, most, 0.01, start),
        ("people", "People in the crowd, millions", fewest, whole_crowd, 0.1, crowd),
        ("working", "Accounts at work, %", idle, busy, 1, active),
    )
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
        rules=[Rule(float(one.value), f"{show(one)} {word}", "claim") for one, word in said],
        live={
            "value": f"{accounts} * {at_work}",
            "low": f"{accounts} * datum.by_low",
            "high": f"{accounts} * datum.by_high",
        },
        params=[charts.slider(*one) for one in sliders],
    )
    return replace(drawn, table=table)
