"""The charts of the poverty chapter."""

from __future__ import annotations

import pandas as pd
from tallybook.charts import Drawing, Rule, number, whiskers
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

from microwork.figures import strip
from microwork.poverty.incomes import amount

SHARE = "Below the poverty line, percent"
HEADS = {"label": "who", "percent": "percent", "low": "low", "high": "high"}
EUROS = "Euros a month per consumption unit"


def first(ours: Number, said: Number, france: Number) -> Drawing:
    """Our answer, the published share and the rate of France at the usual line, on one line."""
    name = _("all of France: {share}").format(share=show(france))
    others = pd.DataFrame({"name": ["France, usual line"], "value": france.value, "text": name})
    rule = Rule(said.value, _("press: {share}").format(share=show(said)))
    return strip(ours, rule, others, (0, 30), SHARE)


def _rate(share: float) -> tuple[float, None, None]:
    """A share as percent, without a range."""
    return 100 * share, None, None


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
    """From the rate of France to the published share at the usual line (``gap.steps``): a bar for
    each share; columns of ``HEADS``, kind and hue of the mark."""
    looks = {"colours": "hue", "kinds": "kind", "unit": "percent", "decimals": 0}
    drawn = whiskers(frame, *HEADS, bar=True, domain=(0, 30), title=SHARE, **looks)  # type: ignore[arg-type]
    return drawn.tabled(HEADS, frame)


def _euro_rule(euros: float, text: str, hue: str) -> Rule:
    return Rule(euros, _(text).format(euros=number(euros, 0)), hue)
