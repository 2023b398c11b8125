"""The charts of the chapter on income: what an hour brings, and people as dots."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd
from tallybook import language
from tallybook.charts import Drawing, Rule, drawing, number, whiskers
from tallybook.charts.drawing import in_pixels, labels, layered, width
from tallybook.charts.theme import LINE, colour
from tallybook.language import gettext as _
from tallybook.model.numbers import Number

from microwork.figures import coin, counted, text, told
from microwork.income import crowd
from microwork.income.inputs import fact, surveys
from microwork.income.workers import TURK, declared_pay

MOST = 10.6  # EUR per hour, on the axis of an hour
DOT = 22  # px from one dot to the next, where there is room
NONE = (None, None)  # no range
Row = tuple[str, str, str, float, float | None, float | None]  # as in ``hours``


def hours(*answers: Number) -> pd.DataFrame:
    """What an hour brings: group, label, value, low, high (EUR of 2018 per hour), colour.

    ``answers``: of the worker in the middle, and on average. Then the open jobs, and what surveys
    and logs elsewhere find, the most first.
    """
    ours = _("Our estimate for France"), "found"
    jobs = _("Seven jobs of 2015, open to the world"), "soft"
    there = _("Surveys and logs elsewhere"), "soft"
    called = (_("the worker in the middle"), _("on average over all hours"))
    rows: list[Row] = [
        (*ours, name, one.value, one.low, one.high)
        for name, one in zip(called, answers, strict=True)
    ]
    rows += [
        (*jobs, _("workers who stayed"), *crowd.hourly_euros()),
        (*jobs, _("with those who were removed"), *crowd.hourly_euros(1.0)),
    ]
    found: list[Row] = [(*there, _("Mechanical Turk, as declared"), *declared_pay())]
    found += [
        (*there, _called(place, measure), euros, *NONE)
        for place, measure, euros in surveys().itertuples(index=False)
    ]
    rows += sorted(found, key=lambda row: -row[3])
    columns = ["group", "colour", "label", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns).astype({"low": float, "high": float})


def _called(place: str, measure: str) -> str:
    """What a row of surveys elsewhere is called: a mean unless it says median."""
    said = _(place)
    if place == "World":
        said = _("Five platforms together")
    elif not place.startswith(TURK):
        said = _("Five platforms, {place}").format(place=said)
    return said if measure == "mean" else _("{place}, median").format(place=said)


def hour(*answers: Number) -> Drawing:
    """What an hour brings (``hours``) beside the gross minimum wage of France."""
    frame = hours(*answers)
    wage = fact("smic-gross-2018")
    said = _("French minimum wage: {wage}").format(wage=number(wage, 2, "EUR"))
    title = "EUR of 2018 per hour"
    drawn = whiskers(
        frame,
        "label",
        "value",
        "low",
        "high",
        group="group",
        colours="colour",
        domain=(0, MOST),
        show=lambda value: number(value, 2, "EUR"),
        rules=[Rule(wage, said, "ink")],
        title=title,
    )
    heads = {"group": "who", "label": "which pay", "value": title, "low": "low", "high": "high"}
    return drawn.tabled(heads)


def coins(ours: Number, said: Number) -> Drawing:
    """What a month brings by our answer, in columns of five coins of a euro that hold its range."""
    most = 5 * math.ceil((ours.high or ours.value) / 5)
    return counted([("a month", ours)], [told(said)], most, "euros of 2018 a month", shape=coin)


def removed() -> list[tuple[int, str, str]]:
    """Of a hundred people who began the open jobs, those who got nothing, were removed with some
    pay, and stayed: how many, in words, and a colour."""
    nothing, gone = round(crowd.nothing()[0]), round(crowd.removed()[0])
    return [
        (nothing, _("{count} or more got nothing"), "s3"),
        (gone - nothing, _("{count} more were removed, perhaps with some pay"), "s2"),
        (100 - gone, _("{count} stayed"), "found"),
    ]


def hundred() -> Drawing:
    """The people who began the open jobs as dots, each group under its name, which has a hole for
    how many they are."""
    groups, row = removed(), 20
    rows = [(language.said(said.format(count=count)), count) for count, said, _hue in groups]

    def build(narrow: bool) -> alt.LayerChart:
        step = min(DOT, width(narrow) / row)
        dots, texts, y = [], [], LINE / 2
        for count, said, hue in groups:
            texts.append(text(0, y, language.said(said.format(count=count)), hue))
            y += LINE / 2 + step * 0.7
            dots += [
                {"x": step * (i % row + 0.5), "y": y + step * (i // row), "hue": colour(hue)}
                for i in range(count)
            ]
            y += step * ((count - 1) // row + 1) + LINE * 0.7
        mark = alt.Chart(pd.DataFrame(dots)).mark_point(
            filled=True, opacity=1, size=(step * 0.7) ** 2
        )
        drawn = mark.encode(**in_pixels(), color=alt.Color("hue:N", scale=None))
        return layered(drawn, labels(texts, bold=True), width=width(narrow), height=y)

    return drawing(build, pd.DataFrame(rows, columns=["who", "people"]))
