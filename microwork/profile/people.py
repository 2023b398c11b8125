"""Women and ages of the respondents, against the census of 2018, other countries and another survey of the platform."""

from __future__ import annotations

import pandas as pd

from microwork import intervals
from microwork.numbers import Number
from microwork.profile.inputs import (
    ASSUMPTIONS,
    ELSEWHERE,
    POPULATION,
    SAMPLING,
    SHARES,
    asked,
    assumption,
    census,
    elsewhere,
    kept,
    level,
    num,
    percent,
    published,
    share,
)
from microwork.profile.sample import smallest_n

CORE = (25, 44)  # the one age band that was published
# Ages the band is held against: the ages of labour statistics, adults before retirement, everyone from 15.
RANGES = {"15-64": (15, 64), "20-64": (20, 64), "15-plus": (15, None)}
KNOWN = "The census is taken as known without error. "
# Surveys of microworkers in other countries: fact, place, period, and whether the source counts men.
PLACES = (
    ("brazil-women", "Brazil", False),
    ("mturk-women", "Mechanical Turk, mostly United States", False),
    ("madagascar-men", "Madagascar", True),
    ("egypt-men", "Egypt", True),
)


def women(low: int, high: int | None) -> float:
    """Women as a fraction of the population of these ages, census of 2018."""
    return census(low, high, "women") / census(low, high)


def core_share(low: int, high: int | None) -> float:
    """People aged 25 to 44 as a fraction of those aged ``low`` to ``high``, census of 2018."""
    return census(*CORE) / census(low, high)


def ends_of_ratio(fact_id: str, benchmark: float) -> tuple[float, float]:
    """Sampling interval of a published share over a benchmark (fraction) that is taken as known."""
    low, high = intervals.wilson(share(fact_id), asked(fact_id), level())
    return low / benchmark, high / benchmark


def ends_of_odds_ratio(fact_id: str, benchmark: float) -> tuple[float, float]:
    """Sampling interval of the odds ratio of a published share against a benchmark that is taken as known."""
    low, high = intervals.wilson(share(fact_id), asked(fact_id), level())
    return intervals.odds_ratio(low, benchmark), intervals.odds_ratio(high, benchmark)


def pyramid() -> pd.DataFrame:
    """The French population aged 15 to 64, and the same drawn in the proportions of the survey.

    Columns: ``age_low``, ``age_high``, ``sex``, ``france`` and ``survey`` (percent of all aged 15 to 64; each adds up to 100).
    The survey gave two margins only, sex and the band 25 to 44. The column ``survey`` is the table with these margins that is
    nearest to the census: within each of the four cells the ages keep the proportions of the census, and sex and
    band are taken as independent. That is an assumption, and the picture says so.
    """
    frame = kept(POPULATION)
    frame = frame[frame["age_low"] < 65].copy()
    frame["france"] = 100 * frame["persons"] / frame["persons"].sum()
    band = frame["age_low"].between(*CORE)
    in_band, female = share("age-25-44"), share("women")
    by_band = band.map({True: in_band, False: 1 - in_band}).astype(float)
    by_sex = frame["sex"].map({"women": female, "men": 1 - female}).astype(float)
    within = frame["persons"] / frame.groupby([band, frame["sex"]])["persons"].transform("sum")
    frame["survey"] = (100 * by_band * by_sex * within).astype(float)
    frame["france"] = frame["france"].astype(float)
    return frame[["age_low", "age_high", "sex", "france", "survey"]].reset_index(drop=True)


def women_elsewhere() -> pd.DataFrame:
    """Women among microworkers by survey, most first: ``place``, ``period``, ``women``, ``low``, ``high`` (percent), ``grade``.

    ``low`` and ``high`` are Wilson's where the number asked is known, and empty where it is not.
    """
    first = kept(SHARES).loc["women"]
    rows = [("France, Foule Factory", first, share("women"))]
    for fact_id, place, counts_men in PLACES:
        fact = kept(ELSEWHERE).loc[fact_id]
        value = elsewhere(fact_id)
        rows.append((place, fact, 1 - value if counts_men else value))
    table = []
    for place, fact, value in rows:
        ends = (None, None) if pd.isna(fact["n"]) else intervals.wilson(value, int(fact["n"]), level())
        low, high = (None if end is None else 100 * end for end in ends)
        table.append(
            {"place": place, "period": fact["period"], "women": 100 * value, "low": low, "high": high, "grade": fact["grade"]}
        )
    return pd.DataFrame(table).sort_values("women", ascending=False, kind="stable").reset_index(drop=True)


def jobless_in_most_active() -> float:
    """Share without work among the women of the most active class of the other survey, as a fraction."""
    return share("class4-jobless-women") / share("class4-women")


def numbers() -> list[Number]:
    """Numbers of this topic."""
    base, near = women(15, 64), women(*CORE)
    z, p = intervals.z_against(share("women"), asked("women"), base)
    z_near, _ = intervals.z_against(share("women"), asked("women"), near)
    circulating = int(assumption("n-circulating"))
    z_small, _ = intervals.z_against(share("women"), circulating, base)
    both = (SHARES, POPULATION)
    strength = assumption("selection-example")
    selected = {f: intervals.selection_bounds(share(f), strength) for f in ("women", "age-25-44")}
    low, high = intervals.wilson(share("women"), asked("women"), level())
    covers_selection = "Covers self-selection up to that strength, either way. Does not cover sampling error."
    places = women_elsewhere()
    egypt, majority = places.set_index("place").loc["Egypt"], assumption("half")
    shown = places.set_index("place")["women"]
    result = [
        published("women", "women", "women among the respondents"),
        num("women-margin", 50 * (high - low), "points", "half the width of the interval of women", "Half of Wilson's interval.",
            (SHARES, ASSUMPTIONS), decimals=0),
        percent("women-benchmark", base, "women in France, ages fifteen to sixty-four", "Census counts.", (POPULATION,)),
        percent("women-benchmark-core", near, "women in France, ages twenty-five to forty-four", "Census counts.", (POPULATION,)),
        num("women-z", z, "standard errors", "distance of the share of women from the census", "Score test.", both),
        num("women-p", p, "probability", "chance of such a distance in a random draw", "Score test, two-sided.", both,
            decimals=4),
        num("women-z-core", z_near, "standard errors", "the same against ages twenty-five to forty-four", "Score test.", both),
        num("women-z-candidate-n", z_small, "standard errors", "the same at the number quoted without a source", "Score test.",
            (SHARES, POPULATION, ASSUMPTIONS)),
        num("women-odds-ratio", intervals.odds_ratio(share("women"), base), "ratio", "odds of women, survey over census",
            "Odds of the published share over odds of the census share.", both, ends_of_odds_ratio("women", base),
            KNOWN + SAMPLING, 2),
        num("women-smallest-n", smallest_n(share("women"), base), "persons", "smallest number at which the gap shows",
            "Smallest number of answers whose interval leaves the census share out.", both),
        percent("women-selection", share("women"), "women on the platform, under the example of self-selection",
                "Odds of the published share times and over the strength.", (SHARES, ASSUMPTIONS), selected["women"],
                covers_selection),
        published("age-25-44", "age-25-44", "respondents aged twenty-five to forty-four"),
        percent("age-selection", share("age-25-44"), "aged twenty-five to forty-four, under the same self-selection",
                "Odds of the published share times and over the strength.", (SHARES, ASSUMPTIONS), selected["age-25-44"],
                covers_selection),
        num("age-25-44-odds-ratio", intervals.odds_ratio(share("age-25-44"), core_share(15, 64)), "ratio",
            "odds of the band, survey over census", "Odds of the published share over odds of the census share.", both,
            ends_of_odds_ratio("age-25-44", core_share(15, 64)), KNOWN + SAMPLING, 2),
    ]  # fmt: skip
    words = {"15-64": "fifteen to sixty-four", "20-64": "twenty to sixty-four", "15-plus": "fifteen and over"}
    for name, ages in RANGES.items():
        there = core_share(*ages)
        ratio_id = "age-25-44-ratio" if name == "15-64" else f"age-25-44-ratio-{name}"
        result += [
            percent(f"age-benchmark-{name}", there, f"aged twenty-five to forty-four among {words[name]}", "Census counts.",
                    (POPULATION,)),
            num(ratio_id, share("age-25-44") / there, "ratio", f"the band, survey over census, ages {words[name]}",
                "Published share over census share.", both, ends_of_ratio("age-25-44", there), KNOWN + SAMPLING, 2),
        ]  # fmt: skip
    expected = (1 - share("main-job")) * share("women")
    result += [
        percent("women-brazil", shown["Brazil"] / 100, "women, survey in Brazil", "Published.", (ELSEWHERE,)),
        percent("women-mturk", shown[PLACES[1][1]] / 100, "women on Mechanical Turk, about", "Published.", (ELSEWHERE,),
                decimals=0),
        percent("women-madagascar", shown["Madagascar"] / 100, "women, survey in Madagascar", "Hundred less the men.",
                (ELSEWHERE,), decimals=0),
        percent("women-egypt", egypt["women"] / 100, "women, survey in Egypt", "Hundred less the men.", (ELSEWHERE,),
                (egypt["low"] / 100, egypt["high"] / 100), SAMPLING, 0),
        num("places", len(places), "items", "surveys with a share of women", "Counted.", (SHARES, ELSEWHERE)),
        num("places-majority", float((places["women"] > majority).sum()), "items", "surveys with a majority of women", "Counted.",
            (SHARES, ELSEWHERE)),
        percent("class4-women", share("class4-women"), "women in the most active class of the other survey", "Published.",
                (SHARES,)),
        percent("class4-jobless-women", share("class4-jobless-women"), "women without work in the most active class",
                "Published.", (SHARES,), decimals=0),
        percent("class4-jobless-share", jobless_in_most_active(), "without work among the women of that class",
                "Women without work over women, in percent of the class.", (SHARES,), decimals=0),
        percent("all-jobless-women", share("all-jobless-women"), "women without work among all asked in the other survey",
                "Published.", (SHARES,), decimals=0),
        percent("expected-jobless-women", expected, "women without a main job, if sex and job are independent",
                "Share without a main job times share of women.", (SHARES,)),
    ]  # fmt: skip
    return result
