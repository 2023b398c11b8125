"""Another survey of the same platform and year: what its three shares allow, and what a mean of 21 EUR would need."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pandas as pd
from scipy import stats

from microwork.income import bounds
from microwork.income.inputs import FACTS, SHARES, fact, maker, share
from microwork.numbers import Number

COVERS = "not sampling, for the number of respondents is not known, nor that they too are volunteers on one platform"


@functools.cache
def fit() -> stats.rv_continuous:
    """Lognormal of monthly income through the two published shares of the rival survey (EUR per month)."""
    low, high = fact("rival-level-low"), fact("rival-level-high")
    return bounds.lognormal(low, share("rival-under-five"), high, 1 - share("rival-over-ten"))


def groups() -> pd.DataFrame:
    """The three groups that the survey names.

    Columns: group, share (0 to 1), low and high (EUR per month; no upper end: missing), mean (under the lognormal).
    """
    low, high = fact("rival-level-low"), fact("rival-level-high")
    under, over = share("rival-under-five"), share("rival-over-ten")
    shares = [under, 1 - under - over, over]
    cuts = [0.0, low, high, np.inf]
    means = [_mean_between(a, b) / s for (a, b), s in zip(itertools.pairwise(cuts), shares, strict=True)]
    return pd.DataFrame(
        {
            "group": ["two thirds", "the next", "the best-paid tenth"],
            "share": shares,
            "low": cuts[:3],
            "high": [low, high, None],
            "mean": means,
        }
    )


def top_needed() -> tuple[float, float]:
    """What the best-paid tenth must average for the published mean income: (low, high), EUR per month."""
    frame = groups()
    others = frame.iloc[:2]
    return bounds.top_needed(fact("mean-income"), list(others["share"]), list(others["low"]), [float(v) for v in others["high"]])


def top_needed_middle() -> float:
    """The same if the others earn what the lognormal gives them."""
    others = groups().iloc[:2]
    means = list(others["mean"])
    return bounds.top_needed(fact("mean-income"), list(others["share"]), means, means)[0]


def largest_mean(cap: float) -> float:
    """Largest mean income that the shares of the rival survey allow if nobody earns over ``cap`` EUR a month."""
    frame = groups()
    return bounds.group_mean(list(frame["share"]), [*(float(v) for v in frame["high"][:2]), cap])


def least_mean() -> float:
    """Least mean income that these shares allow."""
    frame = groups()
    return bounds.group_mean(list(frame["share"]), list(frame["low"]))


def tail() -> stats.rv_continuous:
    """The Pareto tail above the highest level that would give the published mean."""
    return bounds.pareto_tail(fact("rival-level-high"), top_needed_middle())


def exceedance(points: int = 120) -> pd.DataFrame:
    """Share of people (0 to 1) who earn more than a monthly income, by the lognormal and with the Pareto tail instead.

    Columns: income (EUR per month, from 0.5 to 1,000), rival, with_tail. Both are the same up to the highest level.
    """
    income = np.geomspace(0.5, 1000, points)
    rival = fit().sf(income)
    level, over = fact("rival-level-high"), share("rival-over-ten")
    heavy = np.where(income < level, rival, over * tail().sf(income))
    return pd.DataFrame({"income": income, "rival": rival, "with_tail": heavy})


def chart_inputs() -> dict[str, float]:
    """What the chart of the tail takes: level, over (share above it), below (EUR that others bring to the mean) and marks."""
    others = groups().iloc[:2]
    return {
        "level": fact("rival-level-high"),
        "over": share("rival-over-ten"),
        "below": float((others["share"] * others["mean"]).sum()),
        "mean": fact("mean-income"),
        "rare": fact("rival-rare"),
        "cap": fact("platform-cap"),
    }


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    n = maker((FACTS, SHARES))
    low, high = top_needed()
    mean, over, rare, cap = fact("mean-income"), share("rival-over-ten"), fact("rival-rare"), fact("platform-cap")
    frame = groups()
    others = frame.iloc[:2]
    needed = bounds.share_over_needed(mean, rare, cap, list(others["share"]), [float(v) for v in others["high"]])
    heavy = tail()

    return [
        n("rival-sigma", bounds.sigma_of(fit()), "ratio", "sigma of a lognormal of incomes in the rival survey",
          "from its two shares"),
        n("rival-median-lognormal", fit().median(), "EUR per month", "median income in the rival survey under a lognormal",
          "lognormal through its two shares"),
        n("rival-mean-lognormal", fit().mean(), "EUR per month", "mean income in the rival survey under a lognormal",
          "lognormal through its two shares", low=least_mean(), high=largest_mean(rare),
          covers="covers every distribution with these shares in which nobody is above the level that few reach; " + COVERS),
        n("published-over-rival", mean / float(fit().mean()), "ratio", "published mean over the mean of the rival survey",
          "published mean over the lognormal's mean", decimals=1),
        n("rival-top-tenth-lognormal", frame["mean"].iloc[2], "EUR per month",
          "mean of the best-paid tenth in the rival survey under a lognormal",
          "mean of the lognormal above the level that one in ten exceeds"),
        n("rival-over-rare-lognormal", fit().sf(rare) * 100, "percent",
          "share above the level that few reach, under the lognormal", "tail of the lognormal", decimals=2),
        n("rival-min-mean", least_mean(), "EUR per month", "least mean income that the shares allow",
          "everybody at the lower end of the group"),
        n("max-mean-if-cap-50", largest_mean(rare), "EUR per month",
          "largest mean if nobody earns more than the level that few reach",
          "everybody at the upper end of the group, the best-paid tenth at that level"),
        n("max-mean-if-platform-cap", largest_mean(cap), "EUR per month",
          "largest mean if the best-paid tenth all reach the platform's cap",
          "everybody at the upper end of the group, the best-paid tenth at the cap"),
        n("top-tenth-needed", top_needed_middle(), "EUR per month",
          "what the best-paid tenth must average for the published mean",
          "published mean less what the others earn, over a tenth", low=low, high=high,
          covers="covers everything the other nine tenths can earn within the shares; " + COVERS),
        n("top-tenth-share", top_needed_middle() * over / mean * 100, "percent",
          "share of all income that the best-paid tenth would hold", "a tenth of its mean over the published mean",
          low=low * over / mean * 100, high=high * over / mean * 100,
          covers="covers everything the other nine tenths can earn within the shares; " + COVERS),
        n("share-over-rare-needed", needed * 100, "percent",
          "least share above the level that few reach, for the published mean under the cap",
          "everybody else at the most allowed, these at the platform's cap", decimals=1),
        n("tail-index", float(heavy.kwds["b"]), "ratio", "index of the Pareto tail that would give the published mean",
          "from the mean that the best-paid tenth must have", decimals=2),
        n("tail-over-rare", over * heavy.sf(rare) * 100, "percent", "share above the level that few reach, with that tail",
          "a tenth times the tail of the Pareto", decimals=1),
        n("tail-over-cap", over * heavy.sf(cap) * 100, "percent", "share above the platform's cap, with that tail",
          "a tenth times the tail of the Pareto", decimals=1),
    ]  # fmt: skip


def _mean_between(low: float, high: float) -> float:
    """E[X; low < X <= high] under the lognormal: mean times Phi(b - sigma) - Phi(a - sigma), a and b the scores of the ends."""
    sigma, scale = bounds.sigma_of(fit()), float(fit().kwds["scale"])
    scores = [(-np.inf if v == 0 else np.inf if np.isinf(v) else np.log(v / scale) / sigma) for v in (low, high)]
    below = stats.norm.cdf(np.array(scores) - sigma)
    return float(fit().mean() * (below[1] - below[0]))
