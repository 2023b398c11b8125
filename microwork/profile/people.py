"""Women and ages of the respondents, against the census of 2018, other countries and another survey of the platform."""

from __future__ import annotations

from functools import partial

import pandas as pd
from tallybook import data
from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import (
    ELSEWHERE,
    POPULATION,
    SAMPLING,
    SELECTION,
    SHARES,
    asked,
    assumption,
    census,
    elsewhere,
    percent,
    share,
)
from microwork.profile.sample import (
    AS_PUBLISHED,
    SELECTED,
    circulating,
    odds_ratios,
    ratios,
    sampled,
    selected,
    smallest_n,
    with_sampling,
)

CORE = (25, 44)  # the one age band that was published
WORKING = (15, 64)  # the ages of labour statistics
# Ages the band is held against (labour statistics, adults before retirement, everyone from 15): name in the id of the
# benchmark, ending of the id of the ratio, ages, words.
RANGES = (
    ("15-64", "", WORKING, "fifteen to sixty-four"),
    ("20-64", "-20-64", (20, 64), "twenty to sixty-four"),
    ("15-plus", "-15-plus", (15, None), "fifteen and over"),
)
KNOWN = "The census is taken as known without error. "
ODDS = "Odds of the published share over odds of the census share."
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


def women_against_census(ages: tuple[int, int] = WORKING, n: int | None = None) -> tuple[float, float]:
    """z and two-sided p of the published share of women on ``n`` persons (those asked) against the census at these ages."""
    return intervals.z_against(share("women"), n or asked("women"), women(*ages))


def pyramid() -> pd.DataFrame:
    """The French population aged 15 to 64, and the same drawn in the proportions of the survey.

    Columns: ``age_low``, ``age_high``, ``sex``, ``france`` and ``survey`` (percent of all aged 15 to 64; each adds up to 100).
    The survey gave two margins only, sex and the band 25 to 44. The column ``survey`` is the table with these margins that is
    nearest to the census: within each of the four cells the ages keep the proportions of the census, and sex and
    band are taken as independent. That is an assumption, and the picture says so.
    """
    frame = data.table(POPULATION)
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


def surveys() -> list[tuple[str, pd.Series, float]]:
    """Surveys with a share of women: place, row, women as a fraction. That of the platform first."""
    found = [("France, Foule Factory", data.fact(SHARES, "women"), share("women"))]
    for fact_id, place, counts_men in PLACES:
        value = elsewhere(fact_id)
        found.append((place, data.fact(ELSEWHERE, fact_id), 1 - value if counts_men else value))
    return found


def women_elsewhere() -> pd.DataFrame:
    """Women among microworkers by survey, most first: ``place``, ``period``, ``women``, ``low``, ``high`` (percent), ``grade``.

    ``low`` and ``high`` are Wilson's where the number asked is known, and empty where it is not.
    """
    table = []
    for place, fact, value in surveys():
        _, *ends = (value, None, None) if pd.isna(fact["n"]) else with_sampling(value, int(fact["n"]))
        low, high = (None if end is None else 100 * end for end in ends)
        table.append(
            {"place": place, "period": fact["period"], "women": 100 * value, "low": low, "high": high, "grade": fact["grade"]}
        )
    return pd.DataFrame(table).sort_values("women", ascending=False, kind="stable").reset_index(drop=True)


def majorities() -> float:
    """In how many surveys most are women."""
    half = assumption("half") / 100
    return float(sum(value > half for *_, value in surveys()))


def jobless_in_most_active() -> float:
    """Share without work among the women of the most active class of the other survey, as a fraction."""
    return share("class4-jobless-women") / share("class4-women")


def margin() -> float:
    """Half the width of the sampling interval of women, in points."""
    _, low, high = sampled("women")
    return 50 * (high - low)


def numbers() -> list[Number]:
    """Numbers of this topic."""
    band = "age-25-44"
    result = [
        percent("women", lambda: sampled("women"), "women among the respondents", AS_PUBLISHED, SAMPLING, 1),
        number("profile.women-margin", margin, "points", "half the width of the interval of women", "Half of Wilson's interval.",
            decimals=0),
        percent("women-benchmark", lambda: women(*WORKING), "women in France, ages fifteen to sixty-four", "Census counts."),
        percent("women-benchmark-core", lambda: women(*CORE), "women in France, ages twenty-five to forty-four",
            "Census counts."),
        number("profile.women-z", lambda: women_against_census()[0], "standard errors",
            "distance of the share of women from the census", "Score test."),
        number("profile.women-p", lambda: women_against_census()[1], "probability", "chance of such a distance in a random draw",
            "Score test, two-sided.", decimals=4),
        number("profile.women-z-core", lambda: women_against_census(CORE)[0], "standard errors",
            "the same against ages twenty-five to forty-four", "Score test."),
        number("profile.women-z-candidate-n", lambda: women_against_census(n=circulating())[0], "standard errors",
            "the same at the number quoted without a source", "Score test."),
        number("profile.women-odds-ratio", lambda: odds_ratios("women", women(*WORKING)), "ratio",
            "odds of women, survey over census", ODDS, KNOWN + SAMPLING, 2),
        number("profile.women-smallest-n", lambda: float(smallest_n(share("women"), women(*WORKING))), "persons",
            "smallest number at which the gap shows", "Smallest number of answers whose interval leaves the census share out."),
        percent("women-selection", lambda: selected("women"), "women on the platform, under the example of self-selection",
            SELECTED, SELECTION),
        percent(band, lambda: sampled(band), "respondents aged twenty-five to forty-four", AS_PUBLISHED, SAMPLING, 1),
        percent("age-selection", lambda: selected(band), "aged twenty-five to forty-four, under the same self-selection",
            SELECTED, SELECTION),
        number("profile.age-25-44-odds-ratio", lambda: odds_ratios(band, core_share(*WORKING)), "ratio",
            "odds of the band, survey over census", ODDS, KNOWN + SAMPLING, 2),
    ]  # fmt: skip
    for name, ending, ages, words in RANGES:
        result += [
            percent(f"age-benchmark-{name}", partial(core_share, *ages),
                f"aged twenty-five to forty-four among {words}", "Census counts."),
            number(f"profile.age-25-44-ratio{ending}", partial(lambda ages: ratios(band, core_share(*ages)), ages), "ratio",
                f"the band, survey over census, ages {words}", "Published share over census share.", KNOWN + SAMPLING, 2),
        ]  # fmt: skip
    return result + [
        published("profile.women-brazil", ELSEWHERE, "brazil-women", "women, survey in Brazil"),
        published("profile.women-mturk", ELSEWHERE, "mturk-women", "women on Mechanical Turk, about", decimals=0),
        percent("women-madagascar", lambda: 1 - elsewhere("madagascar-men"), "women, survey in Madagascar",
            "Hundred less the men.", decimals=0),
        percent("women-egypt", lambda: with_sampling(1 - elsewhere("egypt-men"), asked("egypt-men", ELSEWHERE)),
            "women, survey in Egypt", "Hundred less the men.", SAMPLING, 0),
        number("profile.places", lambda: float(len(surveys())), "items", "surveys with a share of women", "Counted."),
        number("profile.places-majority", majorities, "items", "surveys with a majority of women", "Counted."),
        published("profile.class4-women", SHARES, "class4-women", "women in the most active class of the other survey"),
        published("profile.class4-jobless-women", SHARES, "class4-jobless-women", "women without work in the most active class",
            decimals=0),
        percent("class4-jobless-share", jobless_in_most_active, "without work among the women of that class",
            "Women without work over women, in percent of the class.", decimals=0),
        published("profile.all-jobless-women", SHARES, "all-jobless-women",
            "women without work among all asked in the other survey", decimals=0),
        percent("expected-jobless-women", lambda: (1 - share("main-job")) * share("women"),
            "women without a main job, if sex and job are independent", "Share without a main job times share of women."),
    ]  # fmt: skip
