"""Drawings of the chapter on the profile of the respondents. They take tables and values; nothing
is computed here but places."""

from __future__ import annotations

import pandas as pd
from tallybook import charts
from tallybook.charts import Drawing, Rule
from tallybook.language import gettext as _
from tallybook.model.formatting import plain


def readiness(frame: pd.DataFrame) -> Drawing:
    """How many times as ready to answer each group would have to be to make its gap to France
    (``tables.readiness``)."""
    words = {
        False: "{trait}: {here} %; France {there} %",
        True: "{trait}: {here} %; France, same ages {there} %",
    }
    traits = [
        _(words[row.same_ages]).format(
            trait=_(row.trait), here=plain(row.here, 0), there=plain(row.there, 0)
        )
        for row in frame.itertuples()
    ]
    return charts.whiskers(
        frame.drop(columns=["here", "there", "same_ages"]).assign(trait=traits),
        "trait",
        "times",
        "low",
        "high",
        domain=(0.9, 3.1),
        title="times as ready to answer",
        decimals=1,
        rules=[Rule(1, "as ready as others", "soft")],
        fmt=".1f",
    )


def women(frame: pd.DataFrame, half: float, said: float) -> Drawing:
    """Women among microworkers by platform, against what was said of France (columns ``place``,
    ``women``, ``low``, ``high``).

    ``half``, ``said``: percent. The first row is the survey behind what was said, the last what the
    others let one expect.
    """
    looks = (("found", "soft"), ("measured", "unknown"))
    hues, kinds = ([others] * (len(frame) - 1) + [last] for others, last in looks)
    drawn = charts.whiskers(
        frame.assign(hue=hues, kind=kinds),
        "place",
        "women",
        "low",
        "high",
        colours="hue",
        kinds="kind",
        domain=(0, 100),
        title="women, percent",
        show=lambda value: f"{plain(value, 0)} %",
        fmt=".0f",
        rules=[
            Rule(said, _("said of France: {percent} %").format(percent=plain(said, 0))),
            Rule(half, "half", "soft"),
        ],
    )
    return drawn.tabled({"place": "crowd", "women": "women, percent", "low": "low", "high": "high"})
