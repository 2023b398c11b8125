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
ROUNDED = {
    "women": "women-rounded",
    "age-25-44": "age-25-44-rounded",
    "above-bac2": "above-bac2-rounded",
}
TURNED = {
    "main-job": "Without a main job"
}  # rarer than in France: turned round, so that all gaps read alike


def readiness() -> pd.DataFrame:
    """How many times as ready to answer each group would have to be to make its whole gap to
    France.

    Columns: ``trait`` (with both shares, in percent, as the interview rounds them), ``times``,
    ``low``, ``high`` (the ends of sampling).
    """
    ratios = {
        "women": sample.odds_ratios("women", france()["women"]),
        "age-25-44": sample.odds_ratios("age-25-44", france()["age-25-44"]),
        "above-bac2": sample.odds_ratios("above-bac2", france()["above-bac2"]),
        "main-job": work.readier("main-job", "employed", turned=True),
        "inactive": work.readier("inactive", "inactive"),
    }
    rows = []
    for fact_id, name, _ in TRAITS:
        here, there = share(ROUNDED.get(fact_id, fact_id)), france()[fact_id]
        if fact_id in TURNED:
            name, here, there = TURNED[fact_id], 1 - here, 1 - there
        words = f"{name}: {plain(100 * here, 0)} %; France {plain(100 * there, 0)} %"
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
    """For the chart with sliders:

    ``trait``, ``share``, ``benchmark`` (fractions), ``against``, ``z`` (of the level).
    """
    z = float(stats.norm.ppf((1 + level()) / 2))
    rows = [
        {
            "trait": trait,
            "share": share(fact_id),
            "benchmark": france()[fact_id],
            "against": against,
            "z": z,
        }
        for fact_id, trait, against in TRAITS
    ]
    return pd.DataFrame(rows)


def sliders() -> dict[str, float]:
    """Where the sliders of that chart begin and end:

    ``strongest``, ``fewest``, ``most``, ``answered``.
    """
    return {
        "strongest": assumption("selection-strongest"),
        "fewest": int(assumption("slider-fewest")),
        "most": int(assumption("n-to")),
        "answered": asked("women"),
    }
