"""Another survey of the same platform and year: what its three shares allow, and what a mean of 21 EUR would need."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy import stats
from tallybook.data.provenance import step
from tallybook.model.numbers import Number

from microwork.income import bounds
from microwork.income.inputs import assumption, declared, fact, share

COVERS = "not sampling, for the number of respondents is not known, nor that they too are volunteers on one platform"
NEEDED = f"covers everything the other nine tenths can earn within the shares; {COVERS}"


@step
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


def largest_mean(cap: float, over: float | None = None) -> float:
    """Largest mean income that the shares of the rival survey allow if nobody earns over ``cap`` EUR a month.

    ``over``: share of users over the higher level (0 to 1); as published unless given.
    """
    return mean_if_few(0.0, cap, cap, over)


def mean_if_few(few: float, most: float, rare: float | None = None, over: float | None = None) -> float:
    """Largest mean (EUR per month) if a share ``few`` (0 to 1) earns ``most`` and all others ``rare`` at most.

    ``rare``: the level that few reach; ``over``: share over the higher level. Both as published unless given.

    Proof: each group at the upper end of what it may earn; no mean with these shares is larger.
    """
    rare = fact("rival-rare") if rare is None else rare
    over = share("rival-over-ten") if over is None else over
    under = share("rival-under-five")
    lows = fact("rival-level-low"), fact("rival-level-high")
    return bounds.group_mean([under, 1 - under - over, over - few, few], [*lows, rare, most])


def mean_range(few: float | None = None, most: float | None = None, over: float | None = None) -> tuple[float, float, float]:
    """Mean income in the rival survey (EUR per month): under the lognormal, the least, and the largest (see ``mean_if_few``)."""
    few = float(assumption("few-read")["mode"]) / 100 if few is None else few
    most = fact("platform-cap") if most is None else most
    return float(fit().mean()), least_mean(over), mean_if_few(few, most, over=over)


def least_mean(over: float | None = None) -> float:
    """Least mean income that these shares allow (EUR per month); ``over`` as in ``largest_mean``."""
    over = share("rival-over-ten") if over is None else over
    under = share("rival-under-five")
    return bounds.group_mean([under, 1 - under - over, over], [0.0, fact("rival-level-low"), fact("rival-level-high")])


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


def _mean_between(low: float, high: float) -> float:
    """E[X; low < X <= high] under the lognormal: mean times Phi(b - sigma) - Phi(a - sigma), a and b the scores of the ends."""
    sigma, scale = bounds.sigma_of(fit()), float(fit().kwds["scale"])
    scores = [(-np.inf if v == 0 else np.inf if np.isinf(v) else np.log(v / scale) / sigma) for v in (low, high)]
    below = stats.norm.cdf(np.array(scores) - sigma)
    return float(fit().mean() * (below[1] - below[0]))


def top_share_needed() -> tuple[float, ...]:
    """Percent of all income that the best-paid tenth would hold: middle, low and high of what it must average."""
    return tuple(needed * share("rival-over-ten") / fact("mean-income") * 100 for needed in (top_needed_middle(), *top_needed()))


def _over_rare_needed() -> float:
    """Least percent of people above the level that few reach, for the published mean under the cap."""
    others = groups().iloc[:2]
    shares, highs = list(others["share"]), [float(v) for v in others["high"]]
    return bounds.share_over_needed(fact("mean-income"), fact("rival-rare"), fact("platform-cap"), shares, highs) * 100


def _tail_over(level: str) -> float:
    """Percent of people above the amount of a fact, with the Pareto tail."""
    return float(share("rival-over-ten") * tail().sf(fact(level)) * 100)


_NUMBERS = (
    ("rival-mean-lognormal", mean_range, "EUR per month",
     "mean income in another survey of the same platform, under a lognormal", "The lognormal through its two shares.",
     f"covers every distribution with these shares in which few, as many as we assume, pass the level that few reach; {COVERS}"),
    ("published-over-rival", lambda: fact("mean-income") / fit().mean(), "ratio",
     "published mean over the mean of the rival survey", "The published mean divided by the mean of the lognormal.", None, 1),
    ("rival-over-rare-lognormal", lambda: fit().sf(fact("rival-rare")) * 100, "percent",
     "share above the level that few reach, under the lognormal", "The tail of the lognormal.", None, 2),
    ("max-mean-if-cap-50", lambda: largest_mean(fact("rival-rare")), "EUR per month",
     "largest mean if nobody earns more than the level that few reach",
     "Everybody at the upper end of the group, the best-paid tenth at that level."),
    ("top-tenth-needed", lambda: (top_needed_middle(), *top_needed()), "EUR per month",
     "what the best-paid tenth must average for the published mean",
     "The published mean less what the others earn, divided by a tenth.",
     NEEDED),
    ("top-tenth-share", top_share_needed, "percent", "share of all income that the best-paid tenth would hold",
     "A tenth of its mean, divided by the published mean.", NEEDED),
    ("share-over-rare-needed", _over_rare_needed, "percent",
     "least share above the level that few reach, for the published mean under the cap",
     "Everybody else at the most that is allowed, these at the platform's cap.", None, 1),
    ("tail-index", lambda: tail().kwds["b"], "ratio", "index of the Pareto tail that would give the published mean",
     "From the mean that the best-paid tenth must have.", None, 2),
    ("tail-over-rare", lambda: _tail_over("rival-rare"), "percent", "share above the level that few reach, with that tail",
     "A tenth times the tail of the Pareto distribution.", None, 1),
    ("tail-over-cap", lambda: _tail_over("platform-cap"), "percent", "share above the platform's cap, with that tail",
     "A tenth times the tail of the Pareto distribution.", None, 1),
)  # fmt: skip


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared(_NUMBERS)
