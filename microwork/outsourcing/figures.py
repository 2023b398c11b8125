"""Drawings of the chapter on outsourcing. They take tables and values; nothing is computed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
from tallybook import charts, data
from tallybook.charts import Drawing, Rule, number
from tallybook.data.provenance import untraced
from tallybook.language import gettext as _
from tallybook.model.formatting import show
from tallybook.model.numbers import Number

from microwork.figures import texts
from microwork.intervals import Ends
from microwork.outsourcing import gravity, links
from microwork.outsourcing.crowd import YEARS

Get = Callable[[str], Number]
# Columns of the picture of years, as its table names them; answers by whom they count.
HEADS = {"country": "country", "year": "year", "value": "percent of the workers"}
HEADS |= {"low": "low", "high": "high"}
OURS = (
    ("On platforms", "Venezuela", "venezuela"),
    ("On platforms", "Madagascar", "madagascar"),
    ("Firms included", "Madagascar", "madagascar-with-firms"),
)
# Rows of the picture of who buys: client, supplier, hue, number.
BOUGHT = (
    ("France", "French-speaking Africa", "found", "block-fra-francophone-africa"),
    ("France", "English-speaking Africa", "found", "block-fra-anglophone-africa"),
    ("United Kingdom", "English-speaking Africa", "soft", "block-gbr-anglophone-africa"),
    ("United Kingdom", "French-speaking Africa", "soft", "block-gbr-francophone-africa"),
    ("Spain", "Spanish-speaking America", "soft", "block-esp-hispanophone-america"),
    ("United States", "Spanish-speaking America", "soft", "block-usa-hispanophone-america"),
)
NAMED = 10  # clients in the picture of what each buys where France once ruled


def first(get: Get) -> Drawing:
    """Our answers on two countries, and what a centre has; percent.

    ``get`` gives a number by its id.
    """
    rows = [(*row[:2], "found", get(f"outsourcing.{row[2]}")) for row in OURS]
    least = _("our rule for a centre: {share}").format(share=number(centre(), 0, "percent"))
    drawn = _whiskers(
        rows,
        domain=(0, 12),
        rules=[Rule(centre(), least, "soft")],
        title="percent of such workers in the world",
        fmt="d",
    )
    heads = {"group": "workers", "row": "country", "value": "percent"}
    return drawn.tabled(heads | {"low": "low", "high": "high"})


def years(get: Get, malagasy: Mapping[int, Ends]) -> Drawing:
    """Lines of the shares of two countries in the workers of open jobs; percent.

    ``malagasy``: the share of Madagascar by year, with its ends.
    """
    shares = ((int(year), get(f"outsourcing.open-venezuela-{year}")) for year in YEARS)
    rows = [("Venezuela", year, n.value, n.low, n.high) for year, n in shares]
    rows += [("Madagascar", year, *ends) for year, ends in malagasy.items()]
    frame = pd.DataFrame(rows, columns=[*HEADS])
    last = show(get(f"outsourcing.open-venezuela-{YEARS[-1]}"))
    said = _("{place}: {share}").format(place=_("Venezuela"), share=last)
    drawn = charts.lines(
        frame.replace({"country": {"Venezuela": said}}),
        *("year", "value", "country"),
        low="low",
        high="high",
        colours={said: "s2", "Madagascar": "s4"},
        domain=(0, 62),
        x_fmt="d",
        fmt="d",
        title="percent of the workers in open jobs",
    )
    return drawn.tabled(HEADS, frame)


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
    """The ten clients that buy most beyond expectation where France once ruled."""
    found = gravity.given_france_s()
    found = found.assign(
        client=found["client"].map(_name),
        hue=["found" if code == "FRA" else "soft" for code in found["client"]],
    )
    drawn = charts.bars(
        found.head(NAMED),
        "client",
        "factor",
        colours="hue",
        decimals=1,
        rules=[Rule(1.0, "as expected", "soft")],
        title="times as many projects as expected",
        fmt="d",
    )
    return drawn.tabled({"client": "client country", "factor": "times as many projects"}, found)


def _name(code: str) -> str:
    """The English name of a country."""
    with untraced():  # no number descends from what a country is called
        return str(links.countries().at[code, "name"])
