"""Drawings of the chapter on outsourcing. They take tables and values; nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
from tallybook import charts, data
from tallybook.charts import Drawing, Rule, number
from tallybook.charts.drawing import layered
from tallybook.charts.theme import LINE
from tallybook.data.provenance import untraced
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

from microwork.figures import ranged, texts
from microwork.intervals import Ends
from microwork.outsourcing import gravity, links
from microwork.outsourcing.crowd import YEARS

Get = Callable[[str], Number]
# Columns of the first picture, as its table names them, and the answers in it.
HEADS = {"country": "country", "year": "year", "value": "percent of the workers"}
HEADS |= {"low": "low", "high": "high"}
OURS = {"Venezuela": "venezuela", "Madagascar": "madagascar-with-firms"}
# Rows of the picture of who buys: client, supplier, hue, number.
BOUGHT = (
    ("France", "French-speaking Africa", "found", "block-fra-francophone-africa"),
    ("France", "English-speaking Africa", "found", "block-fra-anglophone-africa"),
    ("United Kingdom", "English-speaking Africa", "soft", "block-gbr-anglophone-africa"),
    ("United Kingdom", "French-speaking Africa", "soft", "block-gbr-francophone-africa"),
    ("Spain", "Spanish-speaking America", "soft", "block-esp-hispanophone-america"),
    ("United States", "Spanish-speaking America", "soft", "block-usa-hispanophone-america"),
)
NAMED = 4  # clients at each end of their picture with their name beside the point


def first(get: Get, malagasy: Mapping[int, Ends], height: float | None = None) -> Drawing:
    """Lines of the shares of two countries in the workers of open jobs, what a centre has, and our
    answers of 2020 as dots and bars; percent.

    ``get`` gives a number by its id; ``malagasy``: the share of Madagascar by year, with its ends.
    ``height`` of the field: pixels.
    """
    shares = ((int(year), get(f"outsourcing.open-venezuela-{year}")) for year in YEARS)
    solid = [("Venezuela", year, n.value, n.low, n.high) for year, n in shares]
    solid += [("Madagascar", year, *ends) for year, ends in malagasy.items()]
    ours = [(name, get(f"outsourcing.{one}")) for name, one in OURS.items()]
    answers = [(f"{name}, our answer", 2020, n.value, n.low, n.high) for name, n in ours]
    frame, dots = (pd.DataFrame(rows, columns=[*HEADS]) for rows in (solid, answers))
    least = centre()
    level = _("a centre: {share}").format(share=number(least, 0, "percent"))
    ends = pd.DataFrame({"country": level, "year": [2014, 2022], "value": least})
    last = show(get(f"outsourcing.open-venezuela-{YEARS[-1]}"))
    told = _("{place}: {share}").format(place=_("Venezuela"), share=last)
    drawn = charts.lines(
        pd.concat([frame.replace({"country": {"Venezuela": told}}), ends], ignore_index=True),
        *("year", "value", "country"),
        low="low",
        high="high",
        colours={told: "s2", "Madagascar": "s4", level: "soft"},
        domain=(0, 62),
        x_fmt="d",
        fmt="d",
        title="percent of the workers in open jobs",
        height=height,
    )
    words = [_("we estimate:"), *(f"{_(name)} {show(n)}" for name, n in ours)]
    base = alt.Chart(dots.assign(text=["\n".join(words), ""], end=2022)).encode(x="year:Q")
    bar, dot = ranged(base)
    up: dict[str, Any] = {"dy": 2 - LINE * len(words), "align": "right", "fontWeight": "bold"}
    said = base.mark_text(color=charts.colour("found"), lineBreak="\n", **up)
    said = said.encode(x="end:Q", y="high:Q", text="text:N")
    over = layered(bar.encode(y="low:Q", y2="high:Q"), dot.encode(y="value:Q"), said)
    both: Drawing = drawn + over
    return both.tabled(HEADS, pd.concat([frame, dots], ignore_index=True))


def centre() -> float:
    """The least share of a centre, in percent, as the claim is judged by it."""
    with untraced():  # the words on the claims descend from it, and no number
        return float(data.row("judgements", "ve-nerve-centre")["above"])


def bought(get: Get) -> Drawing:
    """What clients buy from countries that share their language, and from others; over chance."""
    drawn = _whiskers(
        [(*row[:3], get(f"outsourcing.{row[3]}")) for row in BOUGHT],
        log=True,
        rules=[Rule(1.0, "as chance would give", "soft")],
        title="times what chance would give (log scale)",
        fmt="~g",
    )
    heads = {"group": "client country", "row": "supplier countries", "value": "times chance"}
    return drawn.tabled(heads | {"low": "low", "high": "high"})


def _whiskers(rows: Sequence[tuple[str, str, str, Number]], **options: object) -> Drawing:
    """A number with its range in each row: (group, label, palette name, number)."""
    frame = pd.DataFrame(
        [(group, row, hue, n.value, n.low, n.high) for group, row, hue, n in rows],
        columns=["group", "row", "colour", "value", "low", "high"],
    )
    shown = {"group": "group", "colours": "colour", "show": texts(row[3] for row in rows)}
    return charts.whiskers(frame, "row", "value", "low", "high", **shown, **options)  # type: ignore[arg-type]


def ranked() -> Drawing:
    """Clients in the order of the factor by which each buys more where France once ruled."""
    found = gravity.given_france_s()
    names = found["client"].map(_name)
    outer = (found.index < NAMED) | (found["client"] == "FRA")
    clients = pd.DataFrame(
        {
            "rank": found.index + 1,
            "client": names,
            "factor": found["factor"],
            "label": names.where(outer, ""),
            "colour": ["found" if code == "FRA" else "soft" for code in found["client"]],
        }
    )
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


def _name(code: str) -> str:
    """The English name of a country."""
    with untraced():  # no number descends from what a country is called
        return str(links.countries().at[code, "name"])
