"""No formula stands twice: charts compute nothing, and the panel knows each way in which a number
moves."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import tallybook
from tallybook import charts
from tallybook.charts.publish import bundle_of
from tallybook.charts.shown import formula
from tallybook.claims import Model

STATIC = Path(tallybook.__file__).parent / "theme" / "static"
ROWS = alt.Chart(pd.DataFrame({"kg": [1.0, 2.0], "bed": ["north", "south"]}))
MARK = ROWS.mark_point(color=charts.colour("found"))
MOVED = alt.param(name="rate", value=2)
COMPUTES = {
    "the transform": MARK.transform_calculate(half="datum.kg / 2").encode(x="half:Q"),
    "the aggregate mean": MARK.encode(x="mean(kg):Q"),
    "the bin True": MARK.encode(x=alt.X("kg:Q", bin=True)),
    "the expression datum.kg > rate": MARK.add_params(MOVED)
    .transform_filter("datum.kg > rate * 2")
    .encode(x="kg:Q"),
    "the expression rate": MARK.add_params(MOVED).encode(x=alt.value(alt.expr("rate - 1"))),
}


def test_a_chart_that_computes_is_refused():
    for what, chart in COMPUTES.items():
        said = f"found {re.escape(what)}.*Python has computed"
        with pytest.raises(charts.ChartError, match=said):
            bundle_of("demo-computes", chart)


def test_what_compares_or_places_is_no_formula():
    for expression in (
        "width - 22.5",
        "datum.bed === 'a - b * c'",
        "indexof(datum.k, 'x') >= 0 && !isValid(datum.y)",
    ):
        assert not formula(expression), expression


def test_the_panel_has_each_way_in_which_further_assumptions_change_a_number():
    script = (STATIC / "argue.js").read_text(encoding="utf-8")
    [table] = re.findall(r"^const THEN = \{\n(.*?)^\};", script, re.M | re.S)
    names = {field.name for field in fields(Model) if field.type == "tuple[str, ...]"}
    assert set(re.findall(r"^  (\w+): \(", table, re.M)) == names - {"takes", "names"}
