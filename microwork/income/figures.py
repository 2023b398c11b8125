"""The charts of the chapter on income: pay per hour, the price rule, what all figures allow, pay
elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, Span, lines, number, whiskers
from tallybook.charts.drawing import layered
from tallybook.language import gettext as _
from tallybook.model.days import in_words
from tallybook.model.digits import rounded
from tallybook.model.formatting import suffix

from microwork.income.tables import MOST_EUROS


def euro(amount: float, decimals: int) -> str:
    """An amount in euros."""
    return number(amount, decimals, suffix("EUR"))


def first(
    line: pd.DataFrame, published: pd.DataFrame, wage: float, other: float, half: float
) -> Drawing:
    """The plane of mean incomes and mean hours: where an hour brings the minimum wage, and where
    the published figures stand.

    ``line``: columns hours, euros; ``published``: one row of hours, euros, pay (EUR per hour).
    ``wage``: EUR per hour; ``other``: the monthly income that most stay under in another survey;
    ``half``: the hours a week that half of those asked reach.
    """
    least, euros, pay = (float(published[name].iloc[0]) for name in ("hours", "euros", "pay"))
    drawn = lines(
        line,
        "hours",
        "euros",
        colours={"": "soft"},
        spans=[Span(0, least, f"too few hours, if half work {number(half, 0)} or more")],
        rules=[Rule(other, "", "s2", "y")],
        domain=(0, MOST_EUROS),
        x_domain=(0, 6),
        title="Mean income, EUR a month",
        x_title="Mean hours of work a week",
    )
    texts = _texts(least, euros, pay, wage, other)
    at = {"x": alt.X("hours:Q"), "y": alt.Y("euros:Q")}
    ring = alt.Chart(published).mark_point(
        filled=False, size=110, opacity=1, strokeWidth=3, color=PALETTE["found"]
    )
    named = [
        alt.Chart(pd.DataFrame([row], columns=["hours", "euros", "text", "hue"]))
        .mark_text(align="left", baseline="middle", lineBreak="|", color=PALETTE[row[3]])
        .encode(**at, text=alt.Text("text:N"))
        for row in texts
    ]
    both = drawn + layered(ring.encode(**at), *named)
    return Drawing(both.broad, both.narrow, pd.concat([line, published]))


def _texts(
    least: float, euros: float, pay: float, wage: float, other: float
) -> list[tuple[float, float, str, str]]:
    """The texts of the plane: hours, euros, words, and a colour of the palette."""
    return [
        (
            2.0,
            70,
            _("here an hour brings the|minimum wage, {wage}").format(wage=euro(wage, 2)),
            "soft",
        ),
        (
            least + 0.15,
            euros,
            _("as published: {income},|{pay} an hour or less").format(
                income=euro(euros, 0), pay=euro(pay, 2)
            ),
            "ink",
        ),
        (
            1.7,
            other + 3.5,
            _("other survey: two thirds under {income}").format(income=euro(other, 0)),
            "s2",
        ),
    ]


def hourly(frame: pd.DataFrame, gross: float, net: float) -> Drawing:
    """Pay by what is assumed; columns case, pay, low, high, claim (EUR per hour), colour, kind."""
    rules = [
        Rule(net, _("minimum wage, net: {wage}").format(wage=euro(net, 2)), "soft"),
        Rule(gross, _("gross: {wage}").format(wage=euro(gross, 2)), "soft"),
    ]
    return whiskers(
        frame,
        "case",
        "pay",
        "low",
        "high",
        "claim",
        colours="colour",
        kinds="kind",
        rules=rules,
        said="as said: {figure}",
        domain=(0, 10.6),
        decimals=2,
        title="EUR per hour, 2018",
    )


def price_rule(frame: pd.DataFrame, price: float, bound: float) -> Drawing:
    """What an hour of all time brings as unpaid time grows; columns unpaid_hours, validated
    (percent of the work), pay (EUR per hour).

    ``price``: EUR per validated hour on tasks; ``bound``: the most that income and hours allow (EUR
    per hour).
    """
    said = [
        _("all validated") if percent == 100 else _("{percent} % validated").format(percent=percent)
        for percent in frame["validated"]
    ]
    frame = frame.assign(validated=said)
    names = dict.fromkeys(said)
    drawn = lines(
        frame,
        "unpaid_hours",
        "pay",
        "validated",
        colours=dict.fromkeys(names, "found"),
        domain=(0, 10.6),
        rules=[
            Rule(price, _("minimum wage: {wage}").format(wage=euro(price, 2)), "soft", axis="y"),
            Rule(bound, _("ceiling: {pay}").format(pay=euro(bound, 2)), "ink", "y", bound=True),
        ],
        title="EUR per hour of all time",
        x_title="Unpaid hours per hour on tasks",
    )
    table = frame.pivot(index="unpaid_hours", columns="validated", values="pay")[list(names)]
    return replace(drawn, table=table.reset_index())


def region(frame: pd.DataFrame, mean: float, ceiling: float) -> Drawing:
    """The most that an hour can bring by the mean income; columns series, mean (EUR per month), pay
    (EUR per hour).

    ``mean``: as published; ``ceiling``: the most by the first survey alone. Each line says where it
    ends.
    """
    # The last bits of a solution differ from run to run, and would decide how an end is rounded.
    ends = frame.groupby("series")["mean"].transform("max").map(rounded)
    said = [
        _("{reading}: up to {income}").format(reading=_(reading), income=euro(end, 1))
        for reading, end in zip(frame["series"], ends, strict=True)
    ]
    shown = frame.assign(series=said)
    named = dict(zip(dict.fromkeys(shown["series"]), ("found", "s2"), strict=True))
    drawn = lines(
        shown,
        "mean",
        "pay",
        "series",
        colours=named,
        bounds=named,
        domain=(0, 4),
        x_domain=(0, 25),
        rules=[
            Rule(mean, _("as published: {income}").format(income=euro(mean, 0)), "claim"),
            Rule(
                ceiling,
                _("first survey alone: {pay}").format(pay=euro(ceiling, 2)),
                "soft",
                "y",
                True,
            ),
        ],
        title="EUR per hour, at most",
        x_title="Mean income, EUR per month",
    )
    return replace(drawn, table=frame)


def crowd(frame: pd.DataFrame, gross: float) -> Drawing:
    """Pay per hour in each open job by three readings; columns date, cents (for a judgment), value,
    low, high (EUR of 2018 per hour), colour.

    ``gross``: the gross minimum wage of France in 2018.
    """
    labels = [
        _("{day}, {count} cents an answer").format(
            day=in_words(row.date, "d MMMM"), count=row.cents
        )
        for row in frame.itertuples()
    ]
    frame = frame.drop(columns=["date", "cents"])
    frame.insert(0, "label", labels)
    return _ranges(frame, 10.6, _french(gross), "EUR of 2018 per hour on pages")


def later(frame: pd.DataFrame, ceiling: float) -> Drawing:
    """Pay known since 2022; columns place, quantity, year, value, low, high (USD per hour of its
    year), colour.

    ``ceiling``: the most there can be in France in 2018, in the same unit.
    """
    labels = [
        _("{place}: {quantity} ({year})").format(
            place=_(row.place), quantity=_(row.quantity), year=row.year
        )
        for row in frame.itertuples()
    ]
    frame = frame.drop(columns=["place", "quantity", "year"])
    frame.insert(0, "label", labels)
    said = _("France, 2018, at most: {pay} USD").format(pay=number(ceiling, 2))
    rule = Rule(ceiling, said, "soft", bound=True)
    return _ranges(frame, 16, rule, "USD per hour")


def elsewhere(frame: pd.DataFrame, gross: float) -> Drawing:
    """Hourly pay in euros of 2018; columns group, place, measure, years, value, low, high, colour,
    kind."""
    labels = [_called(row) for row in frame.itertuples()]
    frame = frame.drop(columns=["place", "measure", "years"])
    frame.insert(1, "label", labels)
    named = {"group": "group", "kinds": "kind"}
    return _ranges(frame, 12, _french(gross), "EUR of 2018 per hour", **named)


def _called(row: Any) -> str:
    """A row by its place, and what was published of it and of when."""
    if not row.measure:
        return _(row.place)
    first, _to, last = row.years.partition(" to ")
    years = _("{low} to {high}").format(low=first, high=last) if last else first
    return _("{place}, {measure} ({years})").format(
        place=_(row.place), measure=_(row.measure), years=years
    )


def _french(gross: float) -> Rule:
    return Rule(gross, _("French minimum wage: {wage}").format(wage=euro(gross, 2)), "soft")


def _ranges(
    frame: pd.DataFrame,
    most: float,
    rule: Rule,
    title: str,
    group: str | None = None,
    kinds: str | None = None,
) -> Drawing:
    """Pay with its range, a row each, on an axis from zero to ``most``."""
    drawn = whiskers(
        frame,
        "label",
        "value",
        "low",
        "high",
        group=group,
        kinds=kinds,
        colours="colour",
        domain=(0, most),
        decimals=2,
        rules=[rule],
        title=title,
    )
    heads = {"group": "platform"} if group else {}
    heads |= {"label": "which pay", "value": title, "low": "low", "high": "high"}
    return drawn.tabled(heads)
