"""The charts of the poverty chapter."""

from __future__ import annotations

import pandas as pd
from tallybook.charts import Drawing, Rule, number, whiskers
from tallybook.language import gettext as _
from tallybook.model.numbers import Number

from microwork.poverty.incomes import amount, official_rate, survey

SHARE = "Below the poverty line, percent"
HEADS = {"label": "who", "percent": "percent", "low": "low", "high": "high"}
EUROS = "Euros a month per consumption unit"


def first(ours: Number) -> Drawing:
    """Our answer (``poverty.below-60``) on one line with the published share and the rates of
    France at both poverty lines, percent."""
    usual, lower, press = official_rate("60"), official_rate("50"), survey("poor")
    rows = [
        ("Our estimate", ours.value, ours.low, ours.high),
        ("The press, line not named", 100 * press, None, None),
        ("France, usual line", 100 * usual, None, None),
        ("France, lower line", 100 * lower, None, None),
    ]
    table = pd.DataFrame(rows, columns=list(HEADS))
    rules = [
        _percent_rule(press, "the press: {percent}", "claim"),
        _percent_rule(usual, "France, usual line: {percent}", "ink"),
        _percent_rule(lower, "France, lower line: {percent}", "soft"),
    ]
    drawn = whiskers(
        table.head(1), *HEADS, domain=(0, 32), title=SHARE, unit=" %", decimals=0, rules=rules
    )
    return drawn.tabled(HEADS, table)


def household(answers: pd.DataFrame) -> Drawing:
    """M. on a line of euros with both poverty lines (``household.answers``)."""
    rules = [
        _euro_rule(amount("line-60"), "usual line: {euros}", "ink"),
        _euro_rule(amount("line-50"), "lower line: {euros}", "soft"),
    ]
    drawn = whiskers(
        answers, "label", "euros", domain=(500, 1600), title=EUROS, decimals=0, rules=rules
    )
    return drawn.tabled({"label": "declared", "euros": "euros a month per unit"})


def steps(frame: pd.DataFrame) -> Drawing:
    """From the rate of France to the published share at the usual line (``gap.steps``)."""
    drawn = whiskers(
        frame,
        *HEADS,
        bar=True,
        colours="hue",
        kinds="kind",
        domain=(0, 30),
        title=SHARE,
        unit=" %",
        decimals=0,
    )
    return drawn.tabled(HEADS)


def _percent_rule(share: float, text: str, hue: str) -> Rule:
    return Rule(100 * share, _(text).format(percent=number(100 * share, 0, " %")), hue)


def _euro_rule(euros: float, text: str, hue: str) -> Rule:
    return Rule(euros, _(text).format(euros=number(euros, 0)), hue)
