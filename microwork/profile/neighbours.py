"""Other platforms: women and ages on Mechanical Turk in 2015, women, jobs and motives on German ones, freelancers in France."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import (
    ASSUMPTIONS,
    ELSEWHERE,
    FREELANCERS,
    MTURK,
    SHARES,
    asked,
    assumption,
    elsewhere,
    hundredfold,
    level,
    percent,
    share,
)
from microwork.profile.people import overlap
from microwork.profile.sample import with_sampling

COVERS = (
    "Covers the chance of drawing these persons, at 95 % (Wilson), as if they were a random draw. "
    "Does not cover who chose to answer, nor how that platform differs from others."
)
ACROSS = (
    "Covers how far the countries differ (on Mechanical Turk the United States, India and all others) and the chance of drawing "
    "these workers. Does not cover who chose to answer, nor a country that is further off than these."
)
NEWCOMBE = (
    "Covers the chance of drawing these workers, at 95 % (Newcombe). Does not cover who chose to answer, nor how much each "
    "works: to be seen often is to be there often."
)
FIRST = "Workers counted once, by their first answer."
AGE = FIRST + " The age is the one reached in 2015."
WOMEN = ("sex", ("women",))
CORE = ("age", ("24 or 25", "25 to 44"))  # reach an age from 25 to 44 in 2015
CORE_BEFORE = ("age", ("25 to 44", "44 or 45"))  # are from 25 to 44 before their birthday in 2015
US, INDIA = "United States", "India"
COUNTRIES = (US, INDIA, "elsewhere")
OFTEN = ("5 or more",)
AGAIN = ("2 to 4", *OFTEN)
MOTIVES = ("app-money", "app-curiosity")  # the motive named most on a German app, and the next


@step
def mturk(
    trait: str, values: tuple[str, ...], country: str | None = None, answers: str | None = None
) -> tuple[float, float, float]:
    """Share of the workers of Mechanical Turk with a trait in 2015, and its interval of sampling error, as fractions.

    ``trait``, ``values``: ``WOMEN``, ``CORE`` or ``CORE_BEFORE``: a column of ``profile/mturk-2015``, and what counts in it.
    ``country``, ``answers``: of these workers only. Raises ``DataError`` for a value that no row has.
    """
    chosen = {"country": country, "answers": answers}
    wanted = {column: one for column, one in chosen.items() if one is not None}
    everyone = int(data.rows(MTURK, wanted)["workers"].sum())
    having = sum(int(data.rows(MTURK, {**wanted, trait: value})["workers"].sum()) for value in values)
    return with_sampling(having / everyone, everyone)


@step
def across(*traits: tuple[str, tuple[str, ...]], ready: float = 1) -> tuple[float, float, float]:
    """Share of the workers of Mechanical Turk with a trait, from the lowest to the highest of its countries, as fractions.

    ``traits``: one or more ways to count it; the first gives the value, each gives ends, with their sampling error.
    ``ready``: how many times as ready to answer those with the trait were; this self-selection is undone.
    """
    ends = [end for trait in traits for country in COUNTRIES for end in mturk(*trait, country)[1:]]
    value, low, high = (intervals.undo_selection(one, ready) for one in (mturk(*traits[0])[0], min(ends), max(ends)))
    return value, low, high


@step
def graduates(ready: float = 1) -> tuple[float, float, float]:
    """Graduates on Mechanical Turk in the United States over those among its working adults, with ends.

    The ends take in sampling and the rounding of both figures. ``ready``: how many times as ready to answer graduates were.
    """
    there, half, n = elsewhere("us-graduates"), 0.005, asked("mturk-graduates", ELSEWHERE)  # both are printed without decimals
    here = elsewhere("mturk-graduates")
    ends = (with_sampling(here - half, n)[1], with_sampling(here + half, n)[2])
    value, low, high = (intervals.undo_selection(one, ready) for one in (here, *ends))
    return value / there, low / (there + half), high / (there - half)


@step
def women_elsewhere(ready: float = 1) -> tuple[float, float, float]:
    """Women on Mechanical Turk, from the lowest to the highest of its countries and of the German platforms, as fractions.

    ``ready``: how many times as ready to answer women were; this self-selection is undone.
    """
    value, low, high = across(WOMEN, ready=ready)
    german = [intervals.undo_selection(end, ready) for end in with_sampling_elsewhere("zew-women")[1:]]
    return value, min(low, german[0]), max(high, german[1])


def with_sampling_elsewhere(fact_id: str) -> tuple[float, float, float]:
    """A share published for another platform, and its interval of sampling error at the number asked, as fractions."""
    return with_sampling(elsewhere(fact_id), asked(fact_id, ELSEWHERE))


@step
def women_odds() -> tuple[float, float, float]:
    """Women for each man among American workers, with the interval of sampling error."""
    value, low, high = (intervals.odds(one) for one in mturk(*WOMEN, US))
    return value, low, high


@step
def often_gap(trait: str, values: tuple[str, ...], often: tuple[str, ...]) -> tuple[float, float, float]:
    """Share with a trait among American workers who answered ``often`` less that among those who answered once, as fractions.

    ``trait``, ``values``: as in ``mturk``. ``often``: ``OFTEN`` or ``AGAIN``. The ends are those of Newcombe, Statistics in
    Medicine 17 (1998), 873-890, for independent samples.
    """
    counts = []
    for answers in (often, ("1",)):
        groups = [{"country": US, "answers": one} for one in answers]
        having = [{**group, trait: one} for group in groups for one in values]
        counts += [sum(int(data.rows(MTURK, wanted)["workers"].sum()) for wanted in rows) for rows in (having, groups)]
    low, high = confint_proportions_2indep(*counts, method="newcomb", alpha=1 - level())
    return counts[0] / counts[1] - counts[2] / counts[3], float(low), float(high)


@step
def money_lead(n: float) -> tuple[float, float, float]:
    """By how much money leads the next motive on a German app, as fractions, if ``n`` persons were asked.

    The ends take in rounding and the largest sampling error that two shares of the same persons can have in their difference,
    which is that of the smallest overlap (Fréchet's bound; normal approximation). Raises ``ValueError`` if ``n`` is below 1.
    """
    if n < 1:
        raise ValueError(f"found {n} persons asked; expected at least 1")
    first, second = (elsewhere(one) for one in MOTIVES)
    lead = first - second
    variance = first + second - 2 * overlap(first, second)[1] - lead**2
    error = float(stats.norm.ppf((1 + level()) / 2)) * np.sqrt(variance / n) + 0.01  # both are printed without decimals
    return lead, lead - error, lead + error


def mturk_workers() -> float:
    """How many workers of Mechanical Turk answered."""
    return float(data.rows(MTURK, {})["workers"].sum())


@step
def freelancers() -> tuple[float, float, float]:
    """Women among the freelancers in France whose gender is given, and the interval of sampling error, as fractions."""
    women, men = (int(data.row(FREELANCERS, sex)["persons"]) for sex in ("women", "men"))
    return with_sampling(women / (women + men), women + men)


def surveys() -> pd.DataFrame:
    """Sources with a share of women among microworkers, most first: ``place``, ``women``, ``low``, ``high`` (percent).

    The survey of the claimants and those of people who have nothing to do with it. ``low`` and ``high`` are Wilson's.
    """
    found = {f"France, Foule Factory, {data.fact(SHARES, 'women')['period']}": with_sampling(share("women"), asked("women"))}
    found |= {f"{country}, Mechanical Turk, 2015": mturk(*WOMEN, country) for country in (US, INDIA)}
    found[f"Germany, two platforms, {data.fact(ELSEWHERE, 'zew-women')['period']}"] = with_sampling_elsewhere("zew-women")
    rows = [(place, *hundredfold(ends)) for place, ends in found.items()]
    frame = pd.DataFrame(rows, columns=["place", "women", "low", "high"])
    return frame.sort_values("women", ascending=False, kind="stable").reset_index(drop=True)


def majorities() -> float:
    """In how many of the surveys most are women."""
    return float((surveys()["women"] > assumption("half")).sum())


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [*_mturk(), *_often(), *_german(), *_others()]


def _mturk() -> list[Number]:
    women, core = partial(mturk, *WOMEN), partial(mturk, *CORE)
    return [
        number("profile.mturk-workers", mturk_workers, "persons", "workers of Mechanical Turk who answered in 2015", FIRST),
        percent("mturk-women", women, "women on Mechanical Turk, 2015", FIRST, COVERS, 0),
        percent("mturk-women-us", lambda: women(US), "women on Mechanical Turk, United States", FIRST, COVERS, 0),
        number("profile.mturk-women-us-odds", women_odds, "ratio", "women for each man on Mechanical Turk, United States",
            "Odds of women. If as many of either sex work there, women were as many times as ready to answer.", COVERS, 1),
        percent("mturk-women-india", lambda: women(INDIA), "women on Mechanical Turk, India", FIRST, COVERS, 0),
        percent("women-elsewhere", women_elsewhere, "women on Mechanical Turk and two German platforms, lowest to highest",
            "The value is that of Mechanical Turk. " + FIRST, ACROSS, 0),
        percent("mturk-age-25-44", core, "aged twenty-five to forty-four on Mechanical Turk", AGE, COVERS, 0),
        percent("mturk-age-25-44-us", lambda: core(US), "aged twenty-five to forty-four there, United States", AGE, COVERS, 0),
        percent("mturk-age-25-44-before", lambda: mturk(*CORE_BEFORE), "the same, by the age before the birthday",
            FIRST + " The age is the one before the birthday of 2015.", COVERS, 0),
        percent("mturk-age-25-44-countries", lambda: across(CORE, CORE_BEFORE),
            "aged twenty-five to forty-four on Mechanical Turk in 2015, lowest to highest country",
            AGE + " The ends also take the age before the birthday.", ACROSS, 0),
    ]  # fmt: skip


def _often() -> list[Number]:
    women, gap = partial(mturk, *WOMEN), "One share less the other. " + FIRST
    once, often = "workers seen once", "workers seen five times or more"
    again = "workers seen twice or more"
    return [
        percent("mturk-women-once", lambda: women(None, "1"), f"women among {once}", FIRST, COVERS, 0),
        percent("mturk-women-frequent", lambda: women(None, *OFTEN), f"women among {often}", FIRST, COVERS, 0),
        number("profile.mturk-women-often-gap", lambda: hundredfold(often_gap(*WOMEN, OFTEN)), "points",
            f"women among {often} less women among those seen once, United States", gap, NEWCOMBE, 0),
        number("profile.mturk-women-again-gap", lambda: hundredfold(often_gap(*WOMEN, AGAIN)), "points",
            f"women among {again} less women among those seen once, United States", gap, NEWCOMBE, 0),
        number("profile.mturk-age-again-gap", lambda: hundredfold(often_gap(*CORE, AGAIN)), "points",
            f"ages twenty-five to forty-four among {again} less the same among those seen once, United States", gap, NEWCOMBE, 0),
    ]  # fmt: skip


def _german() -> list[Number]:
    printed = "As published; the interval is Wilson's at the number asked."
    return [
        percent("german-women", lambda: with_sampling_elsewhere("zew-women"), "women on two German platforms, 2015", printed,
            COVERS, 0),
        percent("german-employees", lambda: with_sampling_elsewhere("zew-employees"),
            "with a permanent job besides, two German platforms, 2015", printed, COVERS, 0),
        percent("german-students", lambda: with_sampling_elsewhere("zew-students"),
            "at school, in training or studying, two German platforms, 2015", printed, COVERS, 0),
        *(
            published(f"profile.{one}", ELSEWHERE, one, f"{words}, a German app, 2016", decimals=0)
            for one, words in (
                ("app-employees", "employees among registered users"),
                ("app-money", "users who name extra earnings"),
                ("app-curiosity", "users who name curiosity"),
                ("app-flexibility", "users who name flexibility"),
            )
        ),
        published("profile.motive-asked", ASSUMPTIONS, "motive-asked", "users whom the firm asked, as we assume", "Set.", 0),
        number("profile.money-lead", lambda: hundredfold(money_lead(assumption("motive-asked"))), "points",
            "lead of extra earnings over the next motive, a German app, 2016", "One published share less the other.",
            "Covers rounding and the chance of drawing these persons, at 95 %, if as many were asked as is assumed. "
            "Does not cover who chose to answer.", 0),
    ]  # fmt: skip


def _others() -> list[Number]:
    return [
        *(
            published(f"profile.{one}", ELSEWHERE, one, f"reasons naming {what}, Mechanical Turk", decimals=0)
            for one, what in (("mturk-income-motive", "income"), ("mturk-fun-motive", "fun"))
        ),
        number("profile.graduates-ratio-us", graduates, "ratio",
            "graduates on Mechanical Turk over those among working adults, United States, 2016", "One share over the other.",
            f"Takes in the rounding of both figures. {COVERS}", 1),
        percent("freelancers-women", freelancers, "women among online freelancers in France, about 2020",
            "Profiles whose gender the source gives.", COVERS, 0),
        number("profile.places", lambda: float(len(surveys())), "items", "surveys with a share of women", "Counted."),
        number("profile.places-majority", majorities, "items", "surveys with a majority of women", "Counted."),
    ]  # fmt: skip
