"""What carries a share from one crowd to another: how far crowds of one country differ, how ages
spread within a crowd, and what the people around a crowd are."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.stats import norm, t
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.crowds import NOT_TOLD
from microwork.profile.inputs import CROWDS, ELSEWHERE, PROLIFIC, asked, elsewhere
from microwork.profile.neighbours import INDIA, US, WOMEN, counted

CROWD_WOMEN, SINCE = "profile/crowd_women", "profile/since"
CODES = {US: "USA", INDIA: "IND"}
# Where the ages of a crowd are cut: its rows, the groups below each cut, and the age of the cut.
AGES = (
    (CROWDS, "CrowdFlower", 2016, {("under 18", "18 to 30"): 30.5, ("30 to 45",): 45.5}),
    (CROWDS, "Mechanical Turk", 2015, {("under 18", "18 to 24"): 25, ("25 to 44",): 45}),
    (PROLIFIC, "Prolific", 2022, {("18 to 24",): 25, ("25 to 44",): 45}),
)


def women_by_crowd() -> pd.DataFrame:
    """Women among the workers of one crowd in one country: country, log_odds, error (its standard
    deviation from sampling), half an answer added to either side."""
    table = data.table(CROWD_WOMEN)
    rows = [
        (country, float(share) / 100, int(n))
        for country, share, n in zip(
            table["country"], table["women_percent"], table["respondents"], strict=True
        )
    ]
    for place, code in CODES.items():
        women, everyone = counted(*WOMEN, place)
        rows.append((code, women / everyone, everyone))
    rows.append(("DEU", elsewhere("zew-women"), asked("zew-women", ELSEWHERE)))
    frame = pd.DataFrame(rows, columns=["country", "share", "n"])
    share = (frame["share"] * frame["n"] + 0.5) / (frame["n"] + 1)
    return pd.DataFrame(
        {
            "country": frame["country"],
            "log_odds": np.log(share / (1 - share)),
            "error": 1 / np.sqrt((frame["n"] + 1) * share * (1 - share)),
        }
    )


@step
def within_countries() -> float:
    """Standard deviation, on log odds, of the shares of women in crowds of one country about their
    mean, beyond sampling (DerSimonian and Laird 1986, within groups)."""
    excess = room = 0.0
    for _country, crowds in women_by_crowd().groupby("country"):
        weights = 1 / crowds["error"].to_numpy() ** 2
        values = crowds["log_odds"].to_numpy()
        mean = weights @ values / weights.sum()
        excess += float(weights @ (values - mean) ** 2) - (len(values) - 1)
        room += float(weights.sum() - (weights**2).sum() / weights.sum())
    return float(np.sqrt(max(0.0, excess / room)))


def crowd_gap() -> Ends:
    """Odds in one crowd over those in all crowds of its country: 1, and the ends at 95 %."""
    far = float(np.exp(norm.ppf(0.975) * within_countries()))
    return 1.0, 1 / far, far


def platform_women() -> Ends:
    """Women among people who did any platform work, from the rates of both sexes as printed (one
    decimal), taken as equally many, as fractions."""
    women, men = (data.value(SINCE, f"eu-{sex}-2022") for sex in ("women", "men"))
    half = 0.05
    return intervals.each(lambda off: (women + off) / (women + men), (0.0, -half, half))


@step
def ages_spread() -> Ends:
    """Standard deviation of the logs of ages in one more crowd, from where two cuts fall in three:
    their mean in logs, and the ends by Student's t."""
    logs = np.log([_spread(*one) for one in AGES])
    off = t.ppf(0.975, len(logs) - 1) * logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))
    return intervals.each(lambda by: float(np.exp(logs.mean() + by)), (0.0, -off, off))


def _spread(table: str, platform: str, year: int, cuts: dict[tuple[str, ...], float]) -> float:
    """That of one crowd, as if its ages were lognormal."""
    told = data.rows(table, {"platform": platform, "year": year, "trait": "age"})
    counts = told[~told["group"].isin(NOT_TOLD)].groupby("group")["count"].sum()
    each = [float(counts.reindex(list(groups)).sum()) / float(counts.sum()) for groups in cuts]
    below = norm.ppf(list(itertools.accumulate(each)))
    first, last = cuts.values()
    return float(np.log(last / first) / (below[1] - below[0]))


def graduates_odds() -> Ends:
    """Odds of a degree on Mechanical Turk in the United States over those of its working adults.
    The ends take in sampling and the rounding of both figures."""
    here, there = elsewhere("mturk-graduates"), elsewhere("us-graduates")
    n, half = asked("mturk-graduates", ELSEWHERE), 0.005  # both are printed without decimals
    least = intervals.wilson(here - half, n)[0]
    most = intervals.wilson(here + half, n)[1]
    return (
        intervals.odds_ratio(here, there),
        intervals.odds_ratio(least, there + half),
        intervals.odds_ratio(most, there - half),
    )


NUMBERS: Numbers = {
    "crowd-gap": crowd_gap,
    "platform-work-women": percent(platform_women),
    "ages-spread": ages_spread,
    "graduates-odds-us": graduates_odds,
}
