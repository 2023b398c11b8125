"""Profile: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd
from scipy import stats
from tallybook.model.formatting import plain

from microwork.profile import people, sample, standing, work
from microwork.profile.inputs import asked, assumption, level, share

# The published shares, each with whom in France it is held against.
TRAITS = (
    ("women", "Women", "France, 15 to 64"),
    ("age-25-44", "Aged 25 to 44", "France, 18 to 64"),
    ("above-bac2", "Bachelor or higher", "France, 25 to 64"),
    ("main-job", "With a main job", "France, same ages"),
    ("inactive", "Inactive", "France, same ages"),
)
# Shares that the interview gives rounded, and its fact.
ROUNDED = {name: f"{name}-rounded" for name in ("women", "age-25-44", "above-bac2")}
# Rarer than in France: turned round, so that all gaps read alike.
TURNED = {"main-job": "Without a main job"}


def readiness() -> pd.DataFrame:
    """How many times as ready to answer each group would have to be to make its whole gap to
    France.

    Columns: ``trait`` (with both shares, in percent, as the interview rounds them), ``times``,
    ``low``, ``high`` (the ends of sampling).
    """
    there = france()
    ratios = {
        **{name: sample.odds_ratios(name, there[name]) for name in ROUNDED},
        "main-job": work.readier("main-job", "employed", turned=True),
        "inactive": work.readier("inactive", "inactive"),
    }
    rows = []
    for fact_id, name, _ in TRAITS:
        shares = [share(ROUNDED.get(fact_id, fact_id)), there[fact_id]]
        if fact_id in TURNED:
            name, shares = TURNED[fact_id], [1 - one for one in shares]
        words = "{}: {} %; France {} %".format(name, *(plain(100 * one, 0) for one in shares))
        rows.append((words, *ratios[fact_id]))
    return pd.DataFrame(rows, columns=["trait", "times", "low", "high"])


def france() -> dict[str, float]:
    """What each trait is held against, as a fraction (see ``TRAITS``)."""
    return {
        "women": people.women(*people.WORKING),
        "age-25-44": people.core_share(*people.ADULTS),
        "above-bac2": standing.above_bac2_in_france(*standing.SCHOOLED),
        "main-job": work.expected("employed")[0],
        "inactive": work.expected("inactive")[0],
    }


def selection() -> pd.DataFrame:
    """For the chart with sliders: ``trait``, ``share`` and ``benchmark`` (fractions), ``against``,
    ``z`` (of the level)."""
    z, there = float(stats.norm.ppf((1 + level()) / 2)), france()
    rows = [(name, share(key), there[key], against, z) for key, name, against in TRAITS]
    return pd.DataFrame(rows, columns=["trait", "share", "benchmark", "against", "z"])


def sliders() -> dict[str, float]:
    """Where the sliders of that chart begin and end."""
    return {
        "strongest": assumption("selection-strongest"),
        "fewest": int(assumption("slider-fewest")),
        "most": int(assumption("n-to")),
        "answered": asked("women"),
    }
