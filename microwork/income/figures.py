"""The charts of the chapter on income: pay per hour, two bounds, the price rule, the mean and its tail, pay elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd
from tallybook.charts import PALETTE, Drawing, Rule, bars, lines, number, slider, whiskers

EUR = "\u202fEUR"


def first(frame: pd.DataFrame) -> Drawing:
    """An hour's pay beside the minimum wage; columns case, pay (EUR per hour), colour."""
    return bars(frame, "case", "pay", colours="colour", domain=(0, 10), decimals=2, unit=EUR, title="EUR per hour, 2018")


def means(frame: pd.DataFrame) -> Drawing:
    """Mean monthly income as another survey allows it and as published; columns survey, mean, low, high, claim (EUR)."""
    return whiskers(
        frame, "survey", "mean", "low", "high", "claim", domain=(0, 25), decimals=0, said="as published:",
        title="EUR per month, 2018",
    )  # fmt: skip


def hourly(frame: pd.DataFrame, gross: float, net: float) -> Drawing:
    """Pay per hour by what is assumed; columns case, pay, low, high, claim, colour (EUR per hour)."""
    rules = [
        Rule(net, f"minimum wage, net: {number(net, 2)}{EUR}", "soft"),
        Rule(gross, f"gross: {number(gross, 2)}{EUR}", "soft"),
    ]
    return whiskers(
        frame, "case", "pay", "low", "high", "claim", colours="colour", rules=rules, said="as said:",
        domain=(0, 10.6), decimals=2, title="EUR per hour, 2018",
    )  # fmt: skip


def price_rule(price: float, bound: float, steps: int = 61) -> Drawing:
    """What an hour of all time brings as unpaid time grows, for a validated share that the reader sets.

    ``price``: EUR per validated hour on tasks; ``bound``: the most that income and hours allow (EUR per hour).
    """
    frame = pd.DataFrame({"unpaid_hours": [3 * i / (steps - 1) for i in range(steps)]})
    pay = "{price} * validated / 100 / (1 + {unpaid})"
    base = lines(
        frame, "unpaid_hours", "pay", live={"pay": pay.format(price=price, unpaid="datum.unpaid_hours")}, domain=(0, 10.6),
        rules=[
            Rule(price, f"minimum wage, gross: {number(price, 2)}{EUR}", "claim", axis="y"),
            Rule(bound, f"ceiling: {number(bound, 2)}{EUR}", "ink", axis="y"),
        ],
        title="EUR per hour of all time", x_title="Unpaid hours per hour on tasks",
        readouts=[
            "'At ' + format(unpaid, '.2f') + ' unpaid hours, ' + validated + ' % validated:'",
            f"format({pay.format(price=price, unpaid='unpaid')}, '.2f') + ' EUR an hour, '"
            f" + format({pay.format(price=1, unpaid='unpaid')} * 100, '.0f') + ' % of the price'",
            "''",  # room for the title of the axis
        ],
        params=[
            slider("validated", "Share of the work that is validated, percent", 5, 100, 1, 100),
            slider("unpaid", "Unpaid hours per hour on tasks", 0, 3, 0.05, 1),
        ],
    )  # fmt: skip
    here = alt.Chart(pd.DataFrame({"zero": [0]})).transform_calculate(at="unpaid", pay=pay.format(price=price, unpaid="unpaid"))
    dot = here.mark_point(filled=True, size=130, opacity=1, color=PALETTE["found"]).encode(x=alt.X("at:Q"), y=alt.Y("pay:Q"))
    drawn = base + dot
    table = pd.DataFrame([{"unpaid_hours": u, **{f"pay at {v} % validated": price * v / 100 / (1 + u) for v in (100, 75, 50, 25)}}
                          for u in (0, 0.25, 0.5, 1, 1.5, 2, 3)])  # fmt: skip
    return Drawing(drawn.broad, drawn.narrow, table)


def readings(frame: pd.DataFrame) -> Drawing:
    """Two bounds by how a word is read.

    Columns: series, reading (percent of the word), value, low, high (percent of a threshold).
    """
    named = dict(zip(dict.fromkeys(frame["series"]), ("found", "s2"), strict=True))
    return lines(
        frame, "reading", "value", "series", low="low", high="high", colours=named, domain=(0, 110),
        rules=[Rule(100, "the minimum wage; the platform’s cap", "claim", axis="y")],
        title="% of the minimum wage, or of the cap", x_title="The word, as percent of what it says",
    )  # fmt: skip


def later(frame: pd.DataFrame, ceiling: float) -> Drawing:
    """Pay known since 2022; columns label, value, low, high (USD per hour of its year), colour.

    ``ceiling``: the most there can be in France in 2018, in the same unit.
    """
    return whiskers(
        frame, "label", "value", "low", "high", colours="colour", domain=(0, 16), decimals=2,
        rules=[Rule(ceiling, f"France, 2018, at most: {number(ceiling, 2)} USD", "soft")],
        title="USD per hour",
    )  # fmt: skip


def tail(frame: pd.DataFrame, marks: pd.DataFrame, given: Mapping[str, float]) -> Drawing:
    """How many earn more than an amount: the rival survey's lognormal, and the tail that a mean set by the reader needs.

    ``frame``: income (EUR per month), rival and with_tail (share of people above it, 0 to 1). ``marks``: income, share: what
    the survey published. ``given``: level, over (share above it), below (EUR per head that the others bring to the mean),
    mean, rare, cap.
    """
    names = ("other survey", "the tail needed")
    part = {"rival": names[0], "with_tail": names[1]}
    rows = frame.melt("income", list(part), var_name="series", value_name="start").assign(start=lambda f: f["start"] * 100)
    rows = rows.assign(series=rows["series"].map(part))
    rows = rows[(rows["start"] >= 0.01) & ((rows["series"] == names[0]) | (rows["income"] >= given["level"] * 0.99))]
    needed = f"((mean - {given['below']}) / {given['over']})"
    index = f"({needed} / ({needed} - {given['level']}))"
    share = f"100 * {given['over']} * pow({{x}} / {given['level']}, -{index})"
    live = {"percent": f"datum.series === '{names[0]}' ? datum.start : {share.format(x='datum.income')}"}
    base = lines(
        rows, "income", "percent", "series", colours=dict(zip(names, ("found", "claim"), strict=True)), live=live,
        domain=(0.01, 100), log=True, x_log=True, x_domain=(0.5, 1000),
        rules=[Rule(given["rare"], "few reach this", "soft"), Rule(given["cap"], "the platform's cap", "ink")],
        title="% who earn more", x_title="EUR per month",
        readouts=[
            f"'Mean ' + format(mean, '.1f') + ' EUR: best-paid tenth ' + format({needed}, '.0f') + ' EUR,'",
            f"format({share.format(x=given['rare'])}, '.1f') + ' % earn over {number(given['rare'], 0)} EUR, '"
            f" + format({share.format(x=given['cap'])}, '.2f') + ' % over {number(given['cap'], 0)}'",
        ],
        params=[slider("mean", "Mean income, EUR per month", 5, 30, 0.5, given["mean"])],
    )  # fmt: skip
    dots = alt.Chart(marks.assign(percent=marks["share"] * 100))
    dots = dots.mark_point(filled=True, size=110, opacity=1, color=PALETTE["found"])
    drawn = base + dots.encode(x=alt.X("income:Q"), y=alt.Y("percent:Q"))
    table = frame.iloc[:: max(1, len(frame) // 30)].rename(columns={"rival": names[0], "with_tail": names[1]})
    return Drawing(drawn.broad, drawn.narrow, table)


def elsewhere(frame: pd.DataFrame, gross: float) -> Drawing:
    """Hourly pay in euros of 2018; columns group, label, value, low, high, colour."""
    return whiskers(
        frame, "label", "value", "low", "high", group="group", colours="colour", domain=(0, 12), decimals=2,
        rules=[Rule(gross, f"French minimum wage: {number(gross, 2)}{EUR}", "soft")], title="EUR of 2018 per hour",
    )  # fmt: skip
