"""How often answers are right about what is known, and the picture of it."""

from __future__ import annotations

import altair as alt
import pandas as pd
from tallybook import data
from tallybook.answers import Calibration, calibrate
from tallybook.answers.tables import Families
from tallybook.builder.cache.results import kept
from tallybook.charts import Drawing, Rule, drawing
from tallybook.charts.drawing import axis, hues_of, layered, x_scale
from tallybook.charts.grammar import HUE
from tallybook.charts.layout import layout, note_layers, rule_layers, text_layers
from tallybook.charts.rows import ROW
from tallybook.claims import standing
from tallybook.claims.tables import Table
from tallybook.data.provenance import Fact, traced, untraced
from tallybook.language import gettext as _
from tallybook.model.formatting import plain

from microwork import families
from microwork.chains import chains
from microwork.counts import abroad
from microwork.income import workers

FAMILIES: Families = {**families.FAMILIES, **abroad.FAMILIES, **workers.FAMILIES}

REACH = 3.0  # half-widths; what lies farther stands at the edge


def every_family() -> Families:
    return FAMILIES


@kept
def found() -> Calibration:
    """The calibration of this report, from all its families and chains."""
    made, read = traced(lambda: {name: make() for name, make in FAMILIES.items()})
    tables = sorted({one.table for one in read if isinstance(one, Fact)})
    return calibrate(made.values(), chains(made), tables, lambda key: standing.table()[key].witness)


def table() -> pd.DataFrame:
    """Every value that was hidden with its block, and every chain: label (of the family), away
    (half-widths from the middle) and inside."""
    with untraced():
        words = {row["family"]: row["label"] for row in data.records("families")}
    made = found()
    hidden = [(words[one.family], one.away, one.within(80)) for one in made.whole]
    linked = [("Whole calculations", one.away, one.inside) for one in made.tested]
    return pd.DataFrame([*hidden, *linked], columns=["label", "away", "inside"])


def dots(frame: pd.DataFrame) -> Drawing:
    """Each hidden value as a dot in the row of its family (``table``), between the ends of its
    range or beyond them."""
    counts = frame.groupby("label", sort=False)["inside"].agg(["sum", "count"])
    names = [str(name) for name in counts.index]
    notes = [
        _("{inside} of {all}").format(inside=plain(inside, 0), all=plain(count, 0))
        for inside, count in counts.itertuples(index=False)
    ]
    rules = [Rule(-1, "low end", "soft"), Rule(1, "high end", "soft")]
    looks = frame["inside"].map({True: "found", False: "claim"})
    shown = frame.assign(away=frame["away"].clip(-REACH, REACH), look=looks)
    shown["_hue"] = hues_of(shown, "look")

    def build(narrow: bool) -> alt.LayerChart:
        place = layout(names, notes, None, [1 / 3, 2 / 3], narrow)
        at = dict(zip(names, place.y, strict=True))
        scale = x_scale((-REACH, REACH), place.left, place.right, False)
        title = _("distance from the middle of the range; its ends are at 1")
        along = axis((-REACH, REACH), place.inner, False, ".0f", title)
        x = alt.X("away:Q", scale=scale, axis=along)
        base = alt.Chart(shown.assign(_y=shown["label"].map(at)))
        marks = base.mark_tick(size=14, thickness=1.5, opacity=0.7)
        layers = [*rule_layers(rules, scale, place), marks.encode(x=x, y=ROW, color=HUE)]
        layers += [*text_layers(place), *note_layers(notes, hues_of(counts), place)]
        return layered(*layers, width=place.full, height=place.height)

    columns = {"label": "what was measured", "inside": "within its range", "count": "hidden"}
    table = counts.reset_index().rename(columns={"sum": "inside"})
    return drawing(build, frame).tabled(columns, table)


def measured(_report: object) -> Table:
    """What was measured elsewhere, and which rows were taken."""
    with untraced():
        body = [[_(row["label"]), _(row["rows"])] for row in data.records("families")]
    return _("What was measured elsewhere"), [_("What"), _("Which measurements")], body


def links(_report: object) -> Table:
    """Each chain: what was known, how it was predicted, and where it lay."""
    places = {True: _("in its range"), False: _("outside its range")}
    with untraced():
        reasons = {row["chain_id"]: row["reason"] for row in data.records("chains")}
    body = [
        [_(one.chain.question), _(reasons[one.chain.id]), places[one.inside]]
        for one in found().tested
    ]
    heads = [_("What is known"), _("Predicted from"), _("Where it lay")]
    return _("Whole calculations whose result is known"), heads, body
