"""Drawings of the chapter on outsourcing.

They take tables and values; nothing is computed here but places.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule
from tallybook.model.formatting import plain
from tallybook.model.numbers import Number

from microwork.figures import texts
from microwork.outsourcing.figures_map import flows

__all__ = ["empires", "first", "flows", "links", "ranked", "visits", "wages"]
# In all figures of the chapter what the press names is in one colour.
ROLE = {"named": "found", "control": "soft", "": "soft"}
CHANCE = ("as chance would give", "times what chance would give (log scale)")
PAY = ("the same pay", "French minimum wage over pay there (log scale)")
TIMES, ENDS = "times chance", {"low": "low", "high": "high"}  # columns of tables for readers
NO_TIE = ("as without the tie", "times as many projects as without the tie (log scale)")


def first(rows: Sequence[tuple[str, str, Number]]) -> Drawing:
    """What French clients buy: (supplier, palette name, number)."""
    table = [("", supplier, hue, number) for supplier, hue, number in rows]
    return _quotients(table, TIMES, domain=(0.2, 100.0))


def links(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Quotients of links, in groups of one client each: (group, supplier, role, number)."""
    table = [(group, supplier, ROLE[role], number) for group, supplier, role, number in rows]
    drawn = _quotients(table, TIMES, group="group")
    heads = {"group": "client country", "supplier": "supplier country", TIMES: TIMES}
    return drawn.tabled(heads | ENDS)


def empires(rows: Sequence[tuple[str, str, str, Number]]) -> Drawing:
    """Factors of former rule in several models: (ruler, model, palette name, number)."""
    drawn = _quotients(rows, "factor", group="group", one=NO_TIE)
    heads = {"group": "former ruler", "supplier": "model", "factor": "times as many projects"}
    return drawn.tabled(heads | ENDS)


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
    """Clients in the order of a factor: columns rank, factor, label (some are empty), colour."""
    drawn = charts.scatter(
        clients,
        "rank",
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
    heads = {"rank": "rank", "client": "client country", "factor": "times as many projects"}
    return drawn.tabled(heads)


def wages(rows: Sequence[tuple[str, str, Number]]) -> Drawing:
    """The Smic over pay elsewhere: (country, whose pay, number)."""
    table = [(country, whose, "found", number) for country, whose, number in rows]
    drawn = _quotients(table, "times pay there", group="group", one=PAY)
    heads = {"group": "country", "supplier": "pay there", "times pay there": "times pay there"}
    return drawn.tabled(heads | ENDS)


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
