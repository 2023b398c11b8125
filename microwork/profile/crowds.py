"""Who works on other platforms: women, ages and degrees, and how far crowds differ."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.stats import norm, t
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends, hundredfold
from microwork.profile.inputs import (
    COUNTRIES,
    CROWDS,
    MTURK,
    MTURK_HOMES,
    PROLIFIC,
    SINCE,
    asked,
    sampled,
    share,
    with_sampling,
)

Groups = tuple[str, ...]
WOMEN: tuple[str, Groups] = ("sex", ("women",))
# Ages reached in 2015.
CORE: tuple[str, Groups] = ("age", ("24 or 25", "25 to 44"))
US, INDIA = "United States", "India"
ONCE, OFTEN = "1", "5 or more"  # answers of one worker
NOT_TOLD, LINEUPS = "not known", "logarithmic-lineups"
# Groups of women, as couple or not and persons at home: those who most likely have a family to look
# after, those with as many at home, and those who may.
LIKELY = (("yes", "3 or more"),)
THREE = (*LIKELY, ("no", "3 or more"))
POSSIBLE = (*THREE, ("no", "2"))
# Where ages are cut: the groups below each cut, and the age of the cut.
BANDS = {("under 18", "18 to 30"): 30.5, ("30 to 45",): 45.5}
YEARS = {("under 18", "18 to 24"): 25.0, ("25 to 44",): 45.0}


# Shares that were counted


def told(rows: pd.DataFrame, column: str) -> pd.Series:
    """How many are in each group, by group, without those who told nothing."""
    return rows[rows["group"] != NOT_TOLD].groupby("group")[column].sum()


def found_in(counts: pd.Series, groups: Groups) -> Ends:
    """Share of the workers of a crowd (``told``) who are in these groups, with its sampling, as
    fractions."""
    everyone = int(counts.sum())
    return with_sampling(float(counts.reindex(list(groups)).sum()) / everyone, everyone)


def on_crowdflower(trait: str, groups: Groups) -> Ends:
    """Share of the workers of CrowdFlower in 2016 with a trait, as in ``found_in``."""
    rows = data.rows(CROWDS, {"platform": "CrowdFlower", "trait": trait})
    return found_in(told(rows, "count"), groups)


def on_prolific(trait: str, groups: Groups) -> Ends:
    """Share of the participants of the large study on Prolific with a trait, as in ``found_in``."""
    rows = data.rows(PROLIFIC, {"study": LINEUPS, "trait": trait})
    return found_in(told(rows, "persons"), groups)


def counted(trait: str, groups: Groups, **place: str) -> tuple[int, int]:
    """How many workers of Mechanical Turk had a trait in 2015, and of how many.

    ``trait``, ``groups``: a column of ``profile/mturk-2015``, and what counts in it; ``place``: of
    workers of this ``country``, or with so many ``answers``, only. Raises ``DataError`` for a value
    that no row has.
    """
    having = sum(int(data.rows(MTURK, {**place, trait: one})["workers"].sum()) for one in groups)
    return having, int(data.rows(MTURK, place)["workers"].sum())


@step
def mturk(trait: str, groups: Groups, country: str | None = None) -> Ends:
    """The share of ``counted``, and its interval of sampling error, as fractions."""
    having, everyone = counted(trait, groups, **({"country": country} if country else {}))
    return with_sampling(having / everyone, everyone)


@step
def often_gap() -> Ends:
    """Women among American workers who answered five times or more, less those among workers who
    answered once, as fractions. The ends are those of Newcombe, Statistics in Medicine 17 (1998),
    873-890, for independent samples."""
    counts = [n for answers in (OFTEN, ONCE) for n in counted(*WOMEN, country=US, answers=answers)]
    low, high = confint_proportions_2indep(*counts, method="newcomb")
    return counts[0] / counts[1] - counts[2] / counts[3], float(low), float(high)


def with_family(groups: tuple[tuple[str, str], ...]) -> Ends:
    """Share of the American women on Mechanical Turk in these groups (couple, persons at home), and
    its interval of sampling error, as fractions."""
    everyone = int(data.rows(MTURK_HOMES, {"country": US})["workers"].sum())
    rows = (
        data.rows(MTURK_HOMES, {"country": US, "couple": couple, "at_home": home})
        for couple, home in groups
    )
    return with_sampling(sum(int(row["workers"].sum()) for row in rows) / everyone, everyone)


@step
def family() -> Ends:
    """American women on Mechanical Turk with a family: at least two others at home, and the least
    and the most it can be with sampling error, as fractions."""
    return with_family(THREE)[0], with_family(LIKELY)[1], with_family(POSSIBLE)[2]


def strip() -> pd.DataFrame:
    """Women among the workers of other platforms, most women first: columns ``place``, ``women``,
    ``low`` and ``high`` (percent; the ends of sampling, none where it is not known)."""
    french = data.row(COUNTRIES, "CrowdFlower", "S1-S15", "FRA")
    found = {
        "Mechanical Turk, United States, 2015": mturk(*WOMEN, US),
        "Mechanical Turk, India, 2015": mturk(*WOMEN, INDIA),
        "CrowdFlower, all countries, 2016": on_crowdflower(*WOMEN),
        "CrowdFlower, France, 2014 to 2019": with_sampling(
            float(french["women_percent"]) / 100, int(french["respondents"])
        ),
        "Prolific, 2022": on_prolific(*WOMEN),
        "Two German platforms, 2015": sampled("zew-women"),
    }
    alone = {
        "Brazil, 2023": data.value(SINCE, "br-women-2023"),
        "Toloka, all countries, 2022": data.value(SINCE, "toloka-women-2022"),
        "Egypt, 2025": 100 - data.value(SINCE, "eg-men-2025"),
    }
    rows = [(place, *hundredfold(ends)) for place, ends in found.items()]
    rows += [(place, value, np.nan, np.nan) for place, value in alone.items()]
    table = pd.DataFrame(rows, columns=["place", "women", "low", "high"])
    return table.sort_values("women", ascending=False, ignore_index=True)


# What goes from one crowd to another


def women_by_crowd() -> pd.DataFrame:
    """Women among the workers of one crowd in one country: country, log_odds, error (its standard
    deviation from sampling), half an answer added to either side."""
    table = data.table(COUNTRIES)
    rows = [
        (country, float(percentage) / 100, int(n))
        for country, percentage, n in zip(
            table["country"], table["women_percent"], table["respondents"], strict=True
        )
    ]
    for place, code in ((US, "USA"), (INDIA, "IND")):
        having, everyone = counted(*WOMEN, country=place)
        rows.append((code, having / everyone, everyone))
    rows.append(("DEU", share("zew-women"), asked("zew-women")))
    frame = pd.DataFrame(rows, columns=["country", "share", "n"])
    part = (frame["share"] * frame["n"] + 0.5) / (frame["n"] + 1)
    return pd.DataFrame(
        {
            "country": frame["country"],
            "log_odds": np.log(part / (1 - part)),
            "error": 1 / np.sqrt((frame["n"] + 1) * part * (1 - part)),
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
    """Odds in one crowd over those in all crowds of its country: 1, and the ends at 95%."""
    far = float(np.exp(norm.ppf(0.975) * within_countries()))
    return 1.0, 1 / far, far


def platform_women() -> Ends:
    """Women among people who did any platform work, from the rates of both sexes as printed (one
    decimal), taken as equally many, as fractions."""
    women, men = (data.value(SINCE, f"eu-{sex}-2022") for sex in ("women", "men"))
    return intervals.each(lambda off: (women + off) / (women + men), (0.0, -0.05, 0.05))


@step
def ages_spread() -> Ends:
    """Standard deviation of the logs of ages in one more crowd, from where two cuts fall in three:
    their mean in logs, and the ends by Student's t."""
    age = {"trait": "age"}
    turk = {"platform": "Mechanical Turk", "year": 2015}
    crowds = (
        (told(data.rows(CROWDS, age | {"platform": "CrowdFlower"}), "count"), BANDS),
        (told(data.rows(CROWDS, age | turk), "count"), YEARS),
        (told(data.rows(PROLIFIC, age | {"study": LINEUPS}), "persons"), YEARS),
    )
    logs = np.log([_spread(*one) for one in crowds])
    off = t.ppf(0.975, len(logs) - 1) * logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))
    return intervals.each(lambda by: float(np.exp(logs.mean() + by)), (0.0, -off, off))


def _spread(counts: pd.Series, cuts: dict[Groups, float]) -> float:
    """That of one crowd, as if its ages were lognormal. ``counts``: people by group of ages."""
    each = [float(counts.reindex(list(groups)).sum()) / float(counts.sum()) for groups in cuts]
    below = norm.ppf(list(itertools.accumulate(each)))
    first, last = cuts.values()
    return float(np.log(last / first) / (below[1] - below[0]))


def graduates_odds() -> Ends:
    """Odds of a degree on Mechanical Turk in the United States over those of its working adults.
    The ends take in sampling and the rounding of both figures."""
    here, there = share("mturk-graduates"), share("us-graduates")
    n, half = asked("mturk-graduates"), 0.005  # both are printed without decimals
    low, high = intervals.wilson(here - half, n)[0], intervals.wilson(here + half, n)[1]
    return (
        intervals.odds_ratio(here, there),
        intervals.odds_ratio(low, there + half),
        intervals.odds_ratio(high, there - half),
    )


NUMBERS: Numbers = {
    "mturk-women": percent(mturk, *WOMEN),
    "mturk-age-25-44": percent(mturk, *CORE),
    "mturk-women-often-gap": percent(often_gap),
    "mturk-women-family-us": percent(family),
    "mturk-income-over-fun": lambda: share("mturk-income-motive") / share("mturk-fun-motive"),
    "crowd-under-30": percent(on_crowdflower, "age", ("under 18", "18 to 30")),
    "prolific-age-25-44": percent(on_prolific, "age", ("25 to 44",)),
    "graduates-mturk": percent(sampled, "mturk-graduates"),
    "crowd-gap": crowd_gap,
    "platform-work-women": percent(platform_women),
    "ages-spread": ages_spread,
    "graduates-odds-us": graduates_odds,
}
