"""Drawings of the chapter on outsourcing.

They take tables and values; nothing is computed here but places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import altair as alt
import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule, colour
from tallybook.charts.drawing import axis, drawing, from_edge, layered, width, x_scale
from tallybook.charts.layout import Layout, layout, text_layers
from tallybook.model.formatting import plain, show
from tallybook.model.numbers import Number

from microwork.outsourcing.figures_map import flows

__all__ = ["empires", "first", "flows", "links", "ranked", "visits", "wages"]
# In all figures of the chapter what the press names is in one colour.
ROLE = {"named": "found", "control": "soft", "": "soft"}
CHANCE = ("as chance would give", "times what chance would give (log scale)")
NO_TIE = ("as without the tie", "times as many projects as without the tie (log scale)")


def texts(numbers: Iterable[Number]) -> Callable[[float], str]:
    """Every value and end of an interval as the sentences show it: a range decides the digits of
    its number."""
    return {
        (number.value if part == "value" else getattr(number, part)): show(number, part)
        for number in numbers
        for part in (("value", "low", "high") if number.low is not None else ("value",))
    }.__getitem__


def first(rows: Sequence[tuple[str, str, Number]]) -> Drawing:
    """What French clients buy: (supplier, palette name, number)."""
    table = [("", supplier, hue, number) for supplier, hue, number in rows]
    return _quotients(table, "times chance", domain=(0.2, 100.0))


def links(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Quotients of links, in groups of one client each: (group, supplier, role, number)."""
    table = [(group, supplier, ROLE[role], number) for group, supplier, role, number in rows]
    return _quotients(table, "quotient", group="group")


def empires(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Factors of former rule in several models: (ruler, model, palette name, number)."""
    return _quotients(rows, "factor", group="group", one=NO_TIE)


def _quotients(
    rows: Sequence[tuple[str, str, str, Number]],
    value: str,
    group: str | None = None,
    domain: tuple[float, float] | None = None,
    one: tuple[str, str] = CHANCE,
) -> Drawing:
    """Quotients beside one: (group, supplier, palette name, number); ``value``: what the numbers
    are called in the table; ``one``: what one means, and the title of the axis."""
    frame = pd.DataFrame(
        [(of, supplier, hue, n.value, n.low, n.high) for of, supplier, hue, n in rows],
        columns=["group", "supplier", "colour", value, "low", "high"],
    )
    return charts.whiskers(
        frame if group else frame.drop(columns="group"),
        "supplier",
        value,
        "low",
        "high",
        group=group,
        colours="colour",
        log=True,
        domain=domain,
        rules=[Rule(1.0, one[0], "soft")],
        show=texts(n for *_, n in rows),
        title=one[1],
        fmt="~g",
    )


def ranked(clients: pd.DataFrame) -> Drawing:
    """Clients in the order of a factor: columns place, factor, label (some are empty), colour."""
    return charts.scatter(
        clients,
        "place",
        "factor",
        "label",
        colours="colour",
        log=True,
        fmt="~g",
        x_fmt="d",
        rules=[Rule(1.0, "no difference", "soft", axis="y")],
        title="times as many projects (log scale)",
        x_title="client countries, the largest factor first",
    )


def wages(panel: pd.DataFrame, rates: Mapping[str, float], ppp: float) -> Drawing:
    """The Smic over pay elsewhere, with the exchange rate, the kind of dollar and the hours of
    platform work to choose.

    ``panel``: columns label, country, smic, low, high (USD a month), ves (bolivars a month), hours
    (1: hours are not known). ``rates``: name -> bolivars per dollar. ``ppp``: what a ratio for
    Madagascar is multiplied by in purchasing power.
    """
    names = list(rates)
    params = [
        alt.param(name=name, value=options[0], bind=alt.binding_select(options=options, name=said))
        for name, options, said in (
            ("rate", names, "Bolivars into dollars"),
            ("dollars", ["market rates", "purchasing power"], "Compare at"),
        )
    ]
    hours = charts.slider("hours", "Hours a week of platform work, Venezuela", 10, 60, 1, 35)
    ends, text = _ratios(rates, ppp)

    def build(narrow: bool) -> alt.LayerChart:
        rows = list(panel["label"])
        place = layout(rows, ["no usable price index"] * len(rows), None, [], narrow)
        base = (
            alt.Chart(panel.assign(_y=place.y, _side=place.side))
            .transform_calculate(**ends)
            .transform_calculate(middle="sqrt(datum.least * datum.most)", text=text)
        )
        layers = _on_logs(base, (3.0, 250.0), place, narrow)
        return layered(*layers, width=width(narrow), height=place.height)

    return drawing(build, panel).add_params(*params, hours)


def _on_logs(
    base: alt.Chart, domain: tuple[float, float], place: Layout, narrow: bool
) -> list[alt.Chart]:
    """Bars from ``least`` to ``most`` with a dot in their ``middle``, and their ``text`` beside."""
    scale = x_scale(domain, place.left, place.right, True)
    room = width(narrow) - place.left - place.right
    x = axis(domain, room, True, "~g", "French minimum wage over pay there (log scale)")
    y, hue = alt.Y("_y:Q", scale=None, axis=None), colour("found")
    drawn = base.transform_filter("isFinite(datum.least)")
    bar = drawn.mark_rule(strokeWidth=5, strokeCap="round", opacity=0.45, color=hue)
    dot = drawn.mark_point(filled=True, size=95, opacity=1, color=hue)
    note = base.mark_text(align="right", baseline="middle", color=hue)
    return [
        bar.encode(x=alt.X("least:Q", scale=scale, axis=x), x2="most:Q", y=y),
        dot.encode(x=alt.X("middle:Q", scale=scale), y=y),
        *text_layers(place),
        note.encode(x=from_edge(4), y=alt.Y("_side:Q", scale=None, axis=None), text="text:N"),
    ]


def _ratios(rates: Mapping[str, float], ppp: float) -> tuple[dict[str, str], str]:
    """Vega expressions of the chart of wages: the least and the most of the Smic over pay, and what
    is written beside them."""
    picked = " : ".join(f"rate === '{name}' ? {value}" for name, value in rates.items())
    pay = f"isValid(datum.ves) ? datum.ves / ({picked} : {next(iter(rates.values()))}) : datum"
    factor = (
        f"(dollars === 'purchasing power' ? (datum.country === 'Madagascar' ? {ppp} : NaN) : 1) *"
        " (datum.hours ? hours / 35 : 1)"
    )
    ends = {
        new: f"datum.smic / ({pay}.{old}) * {factor}"
        for new, old in (("least", "high"), ("most", "low"))
    }
    least, most = (f"format(datum.{end}, datum.{end} < 20 ? '.1f' : '.0f')" for end in ends)
    spread = f"{least} === {most} ? {least} : {least} + ' to ' + {most}"
    return ends, f"isFinite(datum.least) ? ({spread}) : 'no usable price index'"


def visits(frame: pd.DataFrame) -> Drawing:
    """Visits to pages for workers, in millions; columns country, visits (millions), colour,
    kind."""
    return charts.bars(
        frame,
        "country",
        "visits (millions)",
        colours="colour",
        kinds="kind",
        show=lambda visits: plain(visits, 0),
        title="million visits, 2017 to 2022",
    )
