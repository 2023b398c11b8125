"""Other platforms: women and ages on Mechanical Turk in 2015, women, jobs and motives on German
ones."""

from __future__ import annotations

from statsmodels.stats.proportion import confint_proportions_2indep
from tallybook import data
from tallybook.data.provenance import step

from microwork import intervals
from microwork.inputs import Numbers, percent
from microwork.intervals import Ends
from microwork.profile.inputs import ELSEWHERE, MTURK, asked, elsewhere, level
from microwork.profile.sample import with_sampling

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
) -> Ends:
    """Share of the workers of Mechanical Turk with a trait (``counted``), and its interval of
    sampling error, as fractions."""
    having, everyone = counted(trait, values, country, answers)
    return with_sampling(having / everyone, everyone)


@step
def across(*traits: tuple[str, tuple[str, ...]]) -> Ends:
    """Share of the workers of Mechanical Turk with a trait, and its lowest and highest country, as
    fractions.

    ``traits``: one or more ways to count it; the first gives the value, each gives shares of
    countries.
    """
    shares = [mturk(*trait, country)[0] for trait in traits for country in COUNTRIES]
    return mturk(*traits[0])[0], min(shares), max(shares)


@step
def graduates() -> Ends:
    """Graduates on Mechanical Turk in the United States over those among its working adults, with
    ends.

    The ends take in sampling and the rounding of both figures.
    """
    here, there = elsewhere("mturk-graduates"), elsewhere("us-graduates")
    n, half = asked("mturk-graduates", ELSEWHERE), 0.005  # both are printed without decimals
    low, high = with_sampling(here - half, n)[1], with_sampling(here + half, n)[2]
    return here / there, low / (there + half), high / (there - half)


def sampled_elsewhere(fact_id: str) -> Ends:
    """A share published for another platform, and its interval of sampling error at the number
    asked, as fractions."""
    return with_sampling(elsewhere(fact_id), asked(fact_id, ELSEWHERE))


@step
def women_odds() -> Ends:
    """Women for each man among American workers, with the interval of sampling error."""
    return intervals.each(intervals.odds, mturk(*WOMEN, US))


@step
def often_gap(trait: str, values: tuple[str, ...], often: tuple[str, ...]) -> Ends:
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


NUMBERS: Numbers = {
    "mturk-workers": mturk_workers,
    "mturk-women": percent(mturk, *WOMEN),
    "mturk-women-us": percent(mturk, *WOMEN, US),
    "mturk-women-us-odds": women_odds,
    "mturk-women-india": percent(mturk, *WOMEN, INDIA),
    "mturk-age-25-44": percent(mturk, *CORE),
    "mturk-age-25-44-us": percent(mturk, *CORE, US),
    "mturk-age-25-44-countries": percent(across, CORE, CORE_BEFORE),
    "mturk-women-once": percent(mturk, *WOMEN, None, ("1",)),
    "mturk-women-frequent": percent(mturk, *WOMEN, None, OFTEN),
    "mturk-women-often-gap": percent(often_gap, *WOMEN, OFTEN),
    "mturk-women-again-gap": percent(often_gap, *WOMEN, AGAIN),
    "german-women": percent(sampled_elsewhere, "zew-women"),
    "german-employees": percent(sampled_elsewhere, "zew-employees"),
    "german-students": percent(sampled_elsewhere, "zew-students"),
    "mturk-income-over-fun": lambda: (
        elsewhere("mturk-income-motive") / elsewhere("mturk-fun-motive")
    ),
    "graduates-ratio-us": graduates,
}
