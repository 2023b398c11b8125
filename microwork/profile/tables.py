"""Profile: what the page shows in tables and charts."""

from __future__ import annotations

import pandas as pd

from microwork.profile import people, sample, standing, work
from microwork.profile.inputs import share

# The published shares, as the picture calls them. Those with a main job are rarer than in France:
# they are turned round, so that all gaps read alike.
TRAITS = {
    "women": "Women",
    "age-25-44": "Aged 25 to 44",
    "above-bac2": "Bachelor or higher",
    "main-job": "Without a main job",
    "inactive": "Inactive",
}
TURNED = ("main-job",)
SAME_AGES = ("main-job", "inactive")  # held against adults of the ages and sexes of those asked
# Shares that the interview gives rounded, and its fact.
ROUNDED = {name: f"{name}-rounded" for name in ("women", "age-25-44", "above-bac2")}


def readiness() -> pd.DataFrame:
    """How many times as ready to answer each group would have to be to make its whole gap to
    France.

    Columns: ``trait``, ``here``, ``there`` (both shares, in percent, as the interview rounds them),
    ``times``, ``low``, ``high`` (the ends of sampling), ``same_ages`` (whether ``there`` is of
    adults of the same ages).
    """
    there = france()
    ratios = {
        **{name: sample.odds_ratios(name, there[name]) for name in ROUNDED},
        "main-job": work.readier("main-job", "employed", turned=True),
        "inactive": work.readier("inactive", "inactive"),
    }
    rows = []
    for fact_id, name in TRAITS.items():
        shares = [share(ROUNDED.get(fact_id, fact_id)), there[fact_id]]
        if fact_id in TURNED:
            shares = [1 - one for one in shares]
        percents = (100 * one for one in shares)
        rows.append((name, *percents, *ratios[fact_id], fact_id in SAME_AGES))
    names = ["trait", "here", "there", "times", "low", "high", "same_ages"]
    return pd.DataFrame(rows, columns=names)


def france() -> dict[str, float]:
    """What each trait is held against, as a fraction (see ``TRAITS``)."""
    return {
        "women": people.women(*people.WORKING),
        "age-25-44": people.core_share(*people.ADULTS),
        "above-bac2": standing.above_bac2_in_france(*standing.SCHOOLED),
        "main-job": work.expected("employed")[0],
        "inactive": work.expected("inactive")[0],
    }
