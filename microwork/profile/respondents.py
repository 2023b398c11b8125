"""The respondents of the survey of 2018 on one French platform, against people in France."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.inputs import (
    FACTS,
    HOURS,
    POPULATION,
    SHARES,
    asked,
    sampled,
    share,
    stated,
    with_sampling,
)

Ages = tuple[int, int]
CORE: Ages = (25, 44)  # the one age band that was published
ADULTS: Ages = (18, 64)
SCHOOLED: Ages = (25, 64)  # the ages that the published share of degrees is of
OTHERS: tuple[Ages, ...] = ((18, 24), (45, 54), (55, 64))  # the respondents of no published age
WORKING = range(15, 65, 5)  # first ages of the groups of five years of labour statistics
STATES = ("employed", "unemployed", "inactive")
FINE = "money-motive"  # the one share that was printed with two decimals

# France


def women() -> float:
    """Women as a fraction of people aged 15 to 64, census of 2018."""
    of_both = {
        sex: sum(data.row(POPULATION, sex, age)["persons"] for age in WORKING)
        for sex in ("women", "men")
    }
    return float(of_both["women"] / sum(of_both.values()))


def core_share() -> float:
    """People aged 25 to 44 as a fraction of adults up to 64, census of 2018."""
    return stated(*CORE) / stated(*ADULTS)


def above_bac2(low: int, high: int) -> float:
    """Share above Bac+2 of these ages in the census of 2018, as a fraction."""
    return stated(low, high, above_bac2="yes") / stated(low, high)


def in_work() -> float:
    """Share in work at ages 15 to 64, Labour Force Survey of 2018, as a fraction."""
    found = {state: data.value(FACTS, state) for state in STATES}
    return found["employed"] / sum(found.values())


def part_time_women() -> Ends:
    """Part time among employed women in a sample of the Labour Force Survey, weighted, as
    fractions.

    The interval is Wilson's at the effective number of persons, rounded down (Kish, Survey
    Sampling, 1965).
    """
    group = data.rows(HOURS, {"sex": "women"}).set_index("hours")
    total = float(group["weight"].sum())
    effective = int(total**2 / float(group["weight_squared"].sum()))
    return with_sampling(float(group.loc["part time", "weight"]) / total, effective)


# Main jobs, at the ages of the respondents


def employed_rate(ages: Ages, sex: str) -> float:
    """Share of an age group and sex that states a job in the census, as a fraction."""
    return stated(*ages, sex=sex, activity="employed") / stated(*ages, sex=sex)


def same_ages(weights: Mapping[Ages, float]) -> float:
    """The share with a job among people of the respondents' ages and sexes (direct
    standardisation), as a fraction.

    The published share aged 25 to 44 gets the rate of that band; the others get the rates of their
    groups, mixed with ``weights`` (group -> fraction of the others; they add up to 1). Sex and age
    are taken as independent.
    """
    core, result = share("age-25-44"), 0.0
    for sex, part in (("women", share("women")), ("men", 1 - share("women"))):
        rest = sum(weight * employed_rate(ages, sex) for ages, weight in weights.items())
        result += part * (core * employed_rate(CORE, sex) + (1 - core) * rest)
    return result


@step
def expected() -> Ends:
    """``same_ages`` with the others spread as in the census, then its smallest and largest value
    over every spread, as fractions."""
    counts = {ages: stated(*ages) for ages in OTHERS}
    everyone = sum(counts.values())
    spread = {ages: count / everyone for ages, count in counts.items()}
    ends = [same_ages({ages: 1.0}) for ages in OTHERS]
    return same_ages(spread), min(ends), max(ends)


# The survey against France


def odds_ratios(fact_id: str, benchmark: float) -> Ends:
    """Odds of a published share, with its sampling, over those of a benchmark (fraction) that is
    taken as known: how many times as ready to answer the group must be to make the gap."""
    return intervals.each(lambda part: intervals.odds_ratio(part, benchmark), sampled(fact_id))


def without_main_job() -> Ends:
    """Odds of no main job, with its sampling, over those of no job at the same ages and sexes."""
    job = expected()[0]
    value, low, high = (intervals.odds_ratio(job, part) for part in sampled("main-job"))
    return value, high, low


def slope() -> pd.DataFrame:
    """What was published of the respondents, as the interview rounds it, beside people in France,
    in percent: columns trait, france and survey."""
    rows = [
        ("Women", women(), share("women-rounded")),
        ("Aged 25 to 44", core_share(), share("age-25-44-rounded")),
        ("With a degree above Bac+2", above_bac2(*SCHOOLED), share("above-bac2-rounded")),
        ("Without a main job", 1 - expected()[0], 1 - share("main-job")),
    ]
    table = pd.DataFrame(rows, columns=["trait", "france", "survey"])
    return table.assign(france=100 * table["france"], survey=100 * table["survey"])


# How many answered


def count_that_prints(printed: Decimal, n: int) -> int | None:
    """A whole number of persons out of ``n`` whose percentage prints as ``printed``, or ``None`` if
    there is none.

    ``printed``: a percentage with the decimals it was printed with (``Decimal("56.1")``). Both
    customs of rounding a tie are allowed, up and to the even digit. The arithmetic is in whole
    numbers, so nothing is lost to floating point. The idea: Brown and Heathers, Social
    Psychological and Personality Science 8 (2017), 363-369 (there for means).
    """
    scale: int = 10 ** max(0, -int(printed.as_tuple().exponent))
    units = int(printed * scale)  # the percentage in units of its last digit
    nearest = units * n // (100 * scale)
    for count in (nearest, nearest + 1):
        # Twice the distance to the printed value, times n.
        twice = 2 * 100 * scale * count - 2 * units * n
        if count <= n and (-n <= twice < n or (twice == n and units % 2 == 0)):
            return count
    return None


@step
def numbers_that_print() -> Ends:
    """Of the numbers of respondents that can print the share naming money: the largest below the
    published one, the smallest and the largest."""
    row = data.fact(SHARES, FINE)
    printed = Decimal(f"{row['value']:.{int(row['printed_decimals'])}f}")
    first, last = (int(data.value(FACTS, end)) for end in ("n-from", "n-to"))
    found = [n for n in range(first, last + 1) if count_that_prints(printed, n) is not None]
    said = data.value(FACTS, "respondents")
    return float(max(n for n in found if n < said)), found[0], found[-1]


def response_rate() -> float:
    """Respondents over registered contributors: at best a rough rate, for nobody published how many
    were invited."""
    return data.value(FACTS, "respondents") / data.value(FACTS, "registered")


def jobless_in_most_active() -> float:
    """Share without work among the women of the most active class of the other survey, as a
    fraction."""
    return share("class4-jobless-women") / share("class4-women")


NUMBERS: Numbers = {
    "response-rate": percent(response_rate),
    "candidate-n-below": numbers_that_print,
    "survey-women": percent(sampled, "women"),
    "women-benchmark": percent(women),
    "women-odds-ratio": lambda: odds_ratios("women", women()),
    "survey-age-25-44": percent(sampled, "age-25-44"),
    "census-25-44-of-18-64": percent(core_share),
    "age-25-44-odds-ratio-18-64": lambda: odds_ratios("age-25-44", core_share()),
    "class4-jobless-share": percent(jobless_in_most_active),
    "main-job": percent(sampled, "main-job"),
    "inactive": percent(sampled, "inactive"),
    "survey-no-main-job": percent(lambda: with_sampling(1 - share("main-job"), asked("main-job"))),
    "employed-benchmark": percent(in_work),
    "census-employed-expected-adults": percent(expected),
    "no-main-job-odds-ratio": without_main_job,
    "part-time-women": percent(part_time_women),
    "above-bac2": percent(sampled, "above-bac2"),
    "census-above-bac2-25-64": percent(above_bac2, *SCHOOLED),
    "census-above-bac2-25-44": percent(above_bac2, *CORE),
    "education-odds-ratio-25-44": lambda: odds_ratios("above-bac2", above_bac2(*CORE)),
}
