"""Other platforms: women and ages on Mechanical Turk in 2015, women, jobs and motives on German
ones."""

from __future__ import annotations

from functools import partial

from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Number, number, published

from microwork import intervals
from microwork.profile.inputs import ELSEWHERE, MTURK, asked, elsewhere, hundredfold, level, percent
from microwork.profile.sample import with_sampling

COVERS = (
    "Covers the chance of drawing these persons, at 95 % (Wilson), as if they were a random draw. "
    "Does not cover who chose to answer, nor how that platform differs from others."
)
RANGE = (
    "Covers how far these countries differ, from the lowest share to the highest. "
    "Does not cover sampling, nor who chose to answer, nor another country or platform."
)
NEWCOMBE = (
    "Covers the chance of drawing these workers, at 95 % (Newcombe). Does not cover who chose to"
    " answer, nor how much each works: to be seen often is to be there often."
)
FIRST = "Workers counted once, by their first answer."
AGE = FIRST + " The age is the one reached in 2015."
WOMEN = ("sex", ("women",))
CORE = ("age", ("24 or 25", "25 to 44"))  # reach an age from 25 to 44 in 2015
CORE_BEFORE = ("age", ("25 to 44", "44 or 45"))  # are from 25 to 44 before their birthday in 2015
US, INDIA, OTHER = "United States", "India", "elsewhere"
COUNTRIES = (US, INDIA, OTHER)
OFTEN = ("5 or more",)
AGAIN = ("2 to 4", *OFTEN)


def counted(
    trait: str, values: tuple[str, ...], country: str | None = None, answers: tuple[str, ...] = ()
) -> tuple[int, int]:
    """How many workers of Mechanical Turk had a trait in 2015, and of how many.

    ``trait``, ``values``: ``WOMEN``, ``CORE`` or ``CORE_BEFORE``: a column of
    ``profile/mturk-2015``, and what counts in it. ``country``, ``answers``: of these workers only.
    Raises ``DataError`` for a value that no row has.
    """
    place = {} if country is None else {"country": country}
    groups = [{**place, "answers": one} for one in answers] or [place]
    having = [{**group, trait: value} for group in groups for value in values]
    parts = [
        sum(int(data.rows(MTURK, rows)["workers"].sum()) for rows in kind)
        for kind in (having, groups)
    ]
    return parts[0], parts[1]


@step
def mturk(
    trait: str, values: tuple[str, ...], country: str | None = None, answers: tuple[str, ...] = ()
) -> tuple[float, float, float]:
    """Share of the workers of Mechanical Turk with a trait (``counted``), and its interval of
    sampling error, as fractions."""
    having, everyone = counted(trait, values, country, answers)
    return with_sampling(having / everyone, everyone)


@step
def across(*traits: tuple[str, tuple[str, ...]]) -> tuple[float, float, float]:
    """Share of the workers of Mechanical Turk with a trait, and its lowest and highest country, as
    fractions.

    ``traits``: one or more ways to count it; the first gives the value, each gives shares of
    countries.
    """
    shares = [mturk(*trait, country)[0] for trait in traits for country in COUNTRIES]
    return mturk(*traits[0])[0], min(shares), max(shares)


@step
def graduates() -> tuple[float, float, float]:
    """Graduates on Mechanical Turk in the United States over those among its working adults, with
    ends.

    The ends take in sampling and the rounding of both figures.
    """
    there, half, n = (
        elsewhere("us-graduates"),
        0.005,
        asked("mturk-graduates", ELSEWHERE),
    )  # both are printed without decimals
    here = elsewhere("mturk-graduates")
    ends = (with_sampling(here - half, n)[1], with_sampling(here + half, n)[2])
    return here / there, ends[0] / (there + half), ends[1] / (there - half)


def with_sampling_elsewhere(fact_id: str) -> tuple[float, float, float]:
    """A share published for another platform, and its interval of sampling error at the number
    asked, as fractions."""
    return with_sampling(elsewhere(fact_id), asked(fact_id, ELSEWHERE))


@step
def women_odds() -> tuple[float, float, float]:
    """Women for each man among American workers, with the interval of sampling error."""
    value, low, high = (intervals.odds(one) for one in mturk(*WOMEN, US))
    return value, low, high


@step
def often_gap(
    trait: str, values: tuple[str, ...], often: tuple[str, ...]
) -> tuple[float, float, float]:
    """Share with a trait among American workers who answered ``often`` less that among those who
    answered once, as fractions.

    ``trait``, ``values``: as in ``mturk``. ``often``: ``OFTEN`` or ``AGAIN``. The ends are those of
    Newcombe, Statistics in Medicine 17 (1998), 873-890, for independent samples.
    """
    counts = [n for answers in (often, ("1",)) for n in counted(trait, values, US, answers)]
    low, high = confint_proportions_2indep(*counts, method="newcomb", alpha=1 - level())
    return counts[0] / counts[1] - counts[2] / counts[3], float(low), float(high)


def mturk_workers() -> float:
    """How many workers of Mechanical Turk answered."""
    return float(data.rows(MTURK, {})["workers"].sum())


def numbers() -> list[Number]:
    """Numbers of this topic."""
    return [*_mturk(), *_often(), *_german(), *_others()]


def _mturk() -> list[Number]:
    women, core = partial(mturk, *WOMEN), partial(mturk, *CORE)
    return [
        number(
            "profile.mturk-workers",
            mturk_workers,
            "persons",
            "workers of Mechanical Turk who answered in 2015",
            FIRST,
        ),
        percent("mturk-women", women, "women on Mechanical Turk, 2015", FIRST, COVERS, 0),
        percent(
            "mturk-women-us",
            lambda: women(US),
            "women on Mechanical Turk, United States",
            FIRST,
            COVERS,
            0,
        ),
        number(
            "profile.mturk-women-us-odds",
            women_odds,
            "ratio",
            "women for each man on Mechanical Turk, United States",
            "Odds of women. If as many of either sex work there, women were as many times as ready"
            " to answer.",
            COVERS,
            1,
        ),
        percent(
            "mturk-women-india",
            lambda: women(INDIA),
            "women on Mechanical Turk, India",
            FIRST,
            COVERS,
            0,
        ),
        percent(
            "mturk-age-25-44",
            core,
            "aged twenty-five to forty-four on Mechanical Turk",
            AGE,
            COVERS,
            0,
        ),
        percent(
            "mturk-age-25-44-us",
            lambda: core(US),
            "aged twenty-five to forty-four there, United States",
            AGE,
            COVERS,
            0,
        ),
        percent(
            "mturk-age-25-44-countries",
            lambda: across(CORE, CORE_BEFORE),
            "aged twenty-five to forty-four on Mechanical Turk in 2015, and the lowest and highest"
            " country",
            AGE + " The ends also take the age before the birthday.",
            RANGE,
            0,
        ),
    ]


def _often() -> list[Number]:
    women, gap = partial(mturk, *WOMEN), "One share less the other. " + FIRST
    once, often = "workers seen once", "workers seen five times or more"
    again = "workers seen twice or more"
    return [
        percent(
            "mturk-women-once", lambda: women(None, ("1",)), f"women among {once}", FIRST, COVERS, 0
        ),
        percent(
            "mturk-women-frequent",
            lambda: women(None, OFTEN),
            f"women among {often}",
            FIRST,
            COVERS,
            0,
        ),
        number(
            "profile.mturk-women-often-gap",
            lambda: hundredfold(often_gap(*WOMEN, OFTEN)),
            "points",
            f"women among {often} less women among those seen once, United States",
            gap,
            NEWCOMBE,
            0,
        ),
        number(
            "profile.mturk-women-again-gap",
            lambda: hundredfold(often_gap(*WOMEN, AGAIN)),
            "points",
            f"women among {again} less women among those seen once, United States",
            gap,
            NEWCOMBE,
            0,
        ),
    ]


def _german() -> list[Number]:
    printed = "As published; the interval is Wilson's at the number asked."
    return [
        percent(
            "german-women",
            lambda: with_sampling_elsewhere("zew-women"),
            "women on two German platforms, 2015",
            printed,
            COVERS,
            0,
        ),
        percent(
            "german-employees",
            lambda: with_sampling_elsewhere("zew-employees"),
            "with a permanent job besides, two German platforms, 2015",
            printed,
            COVERS,
            0,
        ),
        percent(
            "german-students",
            lambda: with_sampling_elsewhere("zew-students"),
            "at school, in training or studying, two German platforms, 2015",
            printed,
            COVERS,
            0,
        ),
    ]


def _others() -> list[Number]:
    return [
        *(
            published(
                f"profile.{one}",
                ELSEWHERE,
                one,
                f"reasons naming {what}, Mechanical Turk",
                decimals=0,
            )
            for one, what in (("mturk-income-motive", "income"), ("mturk-fun-motive", "fun"))
        ),
        number(
            "profile.graduates-ratio-us",
            graduates,
            "ratio",
            "graduates on Mechanical Turk over those among working adults, United States, 2016",
            "One share over the other.",
            f"Takes in the rounding of both figures. {COVERS}",
            1,
        ),
    ]
