"""The charts of the poverty chapter."""

from __future__ import annotations

import pandas as pd
from tallybook.charts import Drawing, Rule, number, whiskers
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

from microwork.figures import counted, told
from microwork.poverty.incomes import amount

SHARE = "Below the poverty line, percent"
HEADS = {"label": "who", "percent": "percent", "low": "low", "high": "high"}
EUROS = "Euros a month per consumption unit"


def first(ours: Number, said: Number, france: Number) -> Drawing:
    """A hundred microworkers, as many filled as are poor at the usual line by our answer; the
    published share, and the rate of France."""
    name = _("all of France: {share}").format(share=show(france))
    rules = [Rule(france.value, name, "soft"), told(said)]
    return counted([("are poor", ours)], rules, 100, "of a hundred people")


def household(answers: pd.DataFrame) -> Drawing:
    """M. on a line of euros with both poverty lines (``household.answers``)."""
    rules = [
        _euro_rule(amount("line-60"), "usual line: {euros}", "ink"),
        _euro_rule(amount("line-50"), "lower line: {euros}", "soft"),
    ]
    drawn = whiskers(
        *(answers, "label", "euros", "low", "high"),
        domain=(500, 1600),
        title=EUROS,
        decimals=0,
        unit="EUR",
        rules=rules,
    )
    return drawn.tabled({"label": "declared", "euros": EUROS, "low": "low", "high": "high"})


def steps(frame: pd.DataFrame) -> Drawing:
    """From the rate of France to the published share at the usual line (``gap.steps``): a bar for
    each share; columns of ``HEADS``, kind and hue of the mark."""
    looks = {"colours": "hue", "kinds": "kind", "unit": "percent", "decimals": 0}
    drawn = whiskers(frame, *HEADS, bar=True, domain=(0, 30), title=SHARE, **looks)  # type: ignore[arg-type]
    return drawn.tabled(HEADS, frame)


def _euro_rule(euros: float, text: str, hue: str) -> Rule:
    return Rule(euros, _(text).format(euros=number(euros, 0, "EUR")), hue)
