"""No formula stands twice: charts compute nothing, and scripts compute no number but those of the
panel, whose functions are named here."""

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
# Where the scripts multiply, divide, subtract or take logarithms, and what for. Everything else is
# text.
ARITHMETIC = {
    "argue.js": {
        "distance": "the rules of verdicts",
        **dict.fromkeys(("scaled", "unpack", "interpolated"), "a number from its lattice"),
        **dict.fromkeys(("wider", "THEN"), "what further assumptions make of it"),
        **dict.fromkeys(("turns", "nearest"), "where the verdict changes"),
        "guess": "hours as minutes",
        "parts": "places in a text",
        "set": "the steps of an assumption",
        **dict.fromkeys(("shareOf", "valueAt", "plane", "draw"), "places on the screen"),
    },
    "lists.js": {"arrange": "the order of rows"},
    "report.js": {
        "sentence": "places in a text",
        **dict.fromkeys(("place", "placeNow"), "places on the screen"),
    },
    "search.js": {"excerpt": "places in a text", "search": "the order of what was found"},
}
_APART = re.compile(
    r"/\*.*?\*/|//[^\n]*"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|(?<=[(,=:&|!?])\s?/(?![*/\s])(?:\\.|\[(?:\\.|[^\]])*\]|[^/\\\n\[])+/[a-z]*",
    re.S,
)
_TEMPLATE = re.compile(r"`((?:\\.|[^`\\])*)`")
_NAMED = re.compile(
    r"^(?:(?:async )?function (\w+)|(?:const|let) \W?(\w+)|  (?:async )?(\w+)\([^;]*\) \{)"
)
_FORMULA = re.compile(
    r"[\w\])]\s*(?:\*\*?|/|%|-)=?\s*[\w(\[]|Math\.(?:log|exp|sqrt|cbrt|pow|hypot)"
)


def code(script: str) -> str:
    """A script without comments, patterns and texts; what stands in ${} of a text is code."""
    bare = _APART.sub('""', script)
    return _TEMPLATE.sub(lambda text: ";".join(re.findall(r"\$\{([^}]*)\}", text[1])), bare)


def arithmetic(script: str) -> set[str]:
    """The functions and methods of a script in which numbers are made of numbers."""
    found, here = set(), ""
    for line in code(script).splitlines():
        if named := _NAMED.match(line):
            here = next(filter(None, named.groups()))
        if _FORMULA.search(re.sub(r"\b[\d.]+e-?\d+", "0", line)):
            found.add(here)
    return found


@pytest.mark.parametrize("what", COMPUTES)
def test_a_chart_that_computes_is_refused(what: str):
    with pytest.raises(charts.ChartError, match=f"found {re.escape(what)}.*Python has computed"):
        bundle_of("demo-computes", COMPUTES[what])


@pytest.mark.parametrize(
    "expression",
    [
        "width - 22.5",
        "datum.bed === 'a - b * c'",
        "indexof(datum.k, 'x') >= 0 && !isValid(datum.y)",
    ],
)
def test_what_compares_or_places_is_no_formula(expression: str):
    assert not formula(expression)


def test_a_script_makes_numbers_only_where_it_is_known_to():
    scripts = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}
    assert len(scripts) > 3
    found = {name: made for name, text in scripts.items() if (made := arithmetic(text))}
    assert found == {name: set(known) for name, known in ARITHMETIC.items()}


def test_the_panel_has_each_way_in_which_further_assumptions_change_a_number():
    script = (STATIC / "argue.js").read_text(encoding="utf-8")
    [table] = re.findall(r"^const THEN = \{\n(.*?)^\};", script, re.M | re.S)
    names = {field.name for field in fields(Model) if field.type == "tuple[str, ...]"}
    assert set(re.findall(r"^  (\w+): \(", table, re.M)) == names - {"takes", "names"}


def test_a_formula_in_a_script_is_found():
    script = 'function pay(a) {\n  return `${a.price * a.share} EUR`; // a / b\n}\nconst t = "a*b";'
    assert arithmetic(script) == {"pay"}
