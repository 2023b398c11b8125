"""Women and ages on other platforms: Mechanical Turk in 2015, freelancers in France, and surveys in other countries."""

from __future__ import annotations

from functools import partial

import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import ELSEWHERE, FREELANCERS, MTURK, SHARES, asked, assumption, elsewhere, percent, share
from microwork.profile.sample import with_sampling

COVERS = (
    "Covers the chance of drawing these persons, at 95 % (Wilson), as if they were a random draw. "
    "Does not cover who chose to answer, nor how that platform differs from others."
)
ACROSS = (
    "Covers how far the countries of that platform differ (United States, India, all others) and the chance of drawing these "
    "workers. Does not cover who chose to answer, nor a country that is further off than these."
)
FIRST = "Workers counted once, by their first answer."
AGE = FIRST + " The age is the one reached in 2015."
Ends = tuple[float, float | None, float | None]  # a share, low and high, as fractions
WOMEN = ("sex", ("women",))
CORE = ("age", ("24 or 25", "25 to 44"))  # reach an age from 25 to 44 in 2015
CORE_BEFORE = ("age", ("25 to 44", "44 or 45"))  # are from 25 to 44 before their birthday in 2015
ILO = "microtask-main-income"
US, INDIA = "United States", "India"
COUNTRIES = (US, INDIA, "elsewhere")
# Surveys of microworkers in other countries: fact, place, and whether the source counts men.
PLACES = (("brazil-women", "Brazil", False), ("madagascar-men", "Madagascar", True), ("egypt-men", "Egypt", True))


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


def mturk_workers() -> float:
    """How many workers of Mechanical Turk answered."""
    return float(data.rows(MTURK, {})["workers"].sum())


@step
def freelancers() -> tuple[float, float, float]:
    """Women among the freelancers in France whose gender is given, and the interval of sampling error, as fractions."""
    women, men = (int(data.row(FREELANCERS, sex)["persons"]) for sex in ("women", "men"))
    return with_sampling(women / (women + men), women + men)


def surveys() -> pd.DataFrame:
    """Sources with a share of women among microworkers, most first: ``place``, ``women``, ``low``, ``high`` (percent), ``grade``.

    ``low`` and ``high`` are Wilson's where the number asked is known, and empty where it is not.
    """
    own = data.fact(SHARES, "women")
    found: list[tuple[str, Ends, str]] = [
        (f"France, Foule Factory, {own['period']}", with_sampling(share("women"), asked("women")), own["grade"])
    ]
    for country in (US, INDIA):
        found.append((f"{country}, Mechanical Turk, 2015", mturk(*WOMEN, country), "A"))
    for fact_id, place, counts_men in PLACES:
        fact, value = data.fact(ELSEWHERE, fact_id), elsewhere(fact_id)
        value = 1 - value if counts_men else value
        ends: Ends = (value, None, None) if pd.isna(fact["n"]) else with_sampling(value, int(fact["n"]))
        found.append((f"{place}, {fact['period']}", ends, fact["grade"]))
    rows = [{"place": p, **_hundredfold(shares), "grade": grade} for p, shares, grade in found]
    return pd.DataFrame(rows).sort_values("women", ascending=False, kind="stable").reset_index(drop=True)


def _hundredfold(shares: Ends) -> dict[str, float | None]:
    return {name: None if one is None else 100 * one for name, one in zip(("women", "low", "high"), shares, strict=True)}


def majorities() -> float:
    """In how many of the surveys most are women."""
    return float((surveys()["women"] > assumption("half")).sum())


def numbers() -> list[Number]:
    """Numbers of this topic."""
    women, core = partial(mturk, *WOMEN), partial(mturk, *CORE)
    once, often = "workers seen once", "workers seen five times or more"
    return [
        number("profile.mturk-workers", mturk_workers, "persons", "workers of Mechanical Turk who answered in 2015", FIRST),
        percent("mturk-women", women, "women on Mechanical Turk, 2015", FIRST, COVERS, 1),
        percent("mturk-women-us", lambda: women(US), "women on Mechanical Turk, United States", FIRST, COVERS, 1),
        percent("mturk-women-india", lambda: women(INDIA), "women on Mechanical Turk, India", FIRST, COVERS, 1),
        percent("mturk-age-25-44", core, "aged twenty-five to forty-four on Mechanical Turk", AGE, COVERS, 1),
        percent("mturk-age-25-44-us", lambda: core(US), "aged twenty-five to forty-four there, United States", AGE, COVERS, 1),
        percent("mturk-age-25-44-before", lambda: mturk(*CORE_BEFORE), "the same, by the age before the birthday",
            FIRST + " The age is the one before the birthday of 2015.", COVERS, 1),
        percent("mturk-women-countries", lambda: across(WOMEN), "women on Mechanical Turk in 2015, lowest to highest country",
            FIRST, ACROSS, 1),
        percent("mturk-age-25-44-countries", lambda: across(CORE, CORE_BEFORE),
            "aged twenty-five to forty-four on Mechanical Turk in 2015, lowest to highest country",
            AGE + " The ends also take the age before the birthday.", ACROSS, 1),
        number("profile.graduates-ratio-us", graduates, "ratio",
            "graduates on Mechanical Turk over those among working adults, United States, 2016", "One share over the other.",
            f"Takes in the rounding of both figures. {COVERS}", 2),
        percent("mturk-women-once", lambda: women(None, "1"), f"women among {once}", FIRST, COVERS, 0),
        percent("mturk-women-frequent", lambda: women(None, "5 or more"), f"women among {often}", FIRST, COVERS, 0),
        percent("mturk-women-once-us", lambda: women(US, "1"), f"women among {once}, United States", FIRST, COVERS, 0),
        percent("mturk-women-frequent-us", lambda: women(US, "5 or more"), f"women among {often}, United States", FIRST, COVERS,
            0),
        percent("freelancers-women", freelancers, "women among online freelancers in France, about 2020",
            "Profiles whose gender the source gives.", COVERS, 0),
        published("profile.women-brazil", ELSEWHERE, "brazil-women", "women, survey in Brazil"),
        percent("ilo-other-income", lambda: with_sampling(1 - elsewhere(ILO), asked(ILO, ELSEWHERE)),
            "microtask workers for whom platforms are not the main income, world, 2015 to 2017",
            "Hundred less those for whom they are.", COVERS, 0),
        percent("women-madagascar", lambda: 1 - elsewhere("madagascar-men"), "women, survey in Madagascar",
            "Hundred less the men.", decimals=0),
        percent("women-egypt", lambda: with_sampling(1 - elsewhere("egypt-men"), asked("egypt-men", ELSEWHERE)),
            "women, survey in Egypt", "Hundred less the men.", COVERS, 0),
        number("profile.places", lambda: float(len(surveys())), "items", "surveys with a share of women", "Counted."),
        number("profile.places-majority", majorities, "items", "surveys with a majority of women", "Counted."),
    ]  # fmt: skip
