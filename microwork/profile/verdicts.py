"""Profile: a verdict on each press claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook.model.numbers import Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, named, read, tested, unchecked, unlike
from microwork.profile import neighbours, people
from microwork.profile.inputs import SHARES, TEXTS, assumption

ELSEWHERE = "These are workers of Mechanical Turk in 2015, in the United States, India and other countries, and volunteers too."
GRADUATES = "These are volunteers on one American platform, set against working adults of the United States."
ONE_SURVEY = "One survey of volunteers, in another country, bears no firm verdict."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other.

    The survey of 2018 is the claimants' own, and its data are not public: none of its shares counts as a test. Nor do the
    surveys of Brazil, Madagascar and Egypt, which members of the same team made. What is left is another platform, a rival
    survey of the same one, and what other people wrote.
    """
    topics = (_women, _ages, _jobs, _beside_a_job, _degrees, _triple_day, _motives, _margins)
    return [judgement for topic in topics for judgement in topic(claims, registry)]


def _hundred(of: Callable[[float], tuple[float, float, float]]) -> Callable[[float], tuple[float, float, float]]:
    """The same function in percent."""

    def percent(x: float) -> tuple[float, float, float]:
        value, low, high = of(x)
        return 100 * value, 100 * low, 100 * high

    return percent


def _ready(*traits: tuple[str, tuple[str, ...]]) -> Callable[[float], tuple[float, float, float]]:
    """A share on Mechanical Turk as a function of how much readier those with the trait were to answer."""
    return _hundred(lambda ready: neighbours.across(*traits, ready=ready))


def _women(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the share of women, and on those with a family."""
    number = registry["profile.mturk-women-countries"]
    flips = [unlike("women-country", number), Assumption("women-ready", _ready(neighbours.WOMEN))]
    judge = partial(tested, check=Check.NEIGHBOUR, number=number, differs=ELSEWHERE, flips=flips)
    return [
        judge(
            claims["women-share-cnrs"],
            reason="The survey asked volunteers of one platform, as the interview says. On Mechanical Turk women are "
            "[[profile.mturk-women-us]] in the United States and [[profile.mturk-women-india]] in India. A count by sex of all "
            "who register in France would settle it.",
        ),
        judge(
            claims["women-foulefactory"],
            reason="The figure is the survey’s own [[profile.women]], rounded: volunteers of that platform. On another platform "
            "women are [[profile.mturk-women-india]] to [[profile.mturk-women-us]] by country. The platform’s own count by sex "
            "would settle it.",
        ),
        read(
            claims["often-family"],
            Verdict.NO_EVIDENCE,
            "“Often” names no figure, and no number of children was published. The press tells of a mother of five and one of "
            "six, which shows that there are some, and not how many.",
            "two cases in the press",
            [(TEXTS, "mother-of-five"), (TEXTS, "mother-of-six")],
        ),
        unchecked(
            claims["evening-after-work"],
            "We found no case but the team’s own. Times of day at which women and men send in their tasks would settle it.",
        ),
    ]


def _ages(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On ages."""
    ages = registry["profile.mturk-age-25-44-countries"]
    ready = Assumption("age-ready", _ready(neighbours.CORE, neighbours.CORE_BEFORE))
    return [
        tested(
            claims["age-25-44"], Check.NEIGHBOUR, ages,
            "The survey asked volunteers of one platform, as the interview says. On Mechanical Turk the band holds "
            "[[profile.mturk-age-25-44-us]] in the United States, and more in other countries. Ages of all who register in "
            "France would settle it.",
            differs=ELSEWHERE, flips=[unlike("age-country", ages), ready],
        ),
        tested(
            claims["not-necessarily-young"], Check.NEIGHBOUR, ages,
            "On Mechanical Turk [[profile.mturk-age-25-44-countries|interval]] are twenty-five to forty-four by country: most "
            "are not under twenty-five.",
            above=assumption("half"),
            differs="These are workers of Mechanical Turk in 2015, in other countries, not people with a main activity and small "
            "jobs.",
            weak="These are other people in other countries, so it bears no firm verdict.",
            flips=[unlike("young-country", ages), ready],
        ),
    ]  # fmt: skip


def _jobs(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On main jobs, and on who has none."""
    work, other = registry["profile.women-with-work"], registry["profile.ilo-other-income"]
    return [
        tested(
            claims["main-job"], Check.NEIGHBOUR, other,
            "Of microtask workers across the world, [[profile.ilo-other-income]] do not have their main income from platforms. "
            "The survey’s own question and answers would settle it.",
            differs="It asks for the main income, of workers on five platforms in many countries.",
            weak="A main income can be a partner’s, so it bears no firm verdict.",
            flips=[unlike("jobs-for-incomes", other)],
        ),
        tested(
            claims["women-main-job"], Check.NEIGHBOUR, work,
            "Rival researchers found [[profile.all-jobless-women]] of those they asked to be women without work. Whether most "
            "women have work depends on how many were women, which we could not read.",
            above=assumption("half"),
            differs="It counts women with work, not with a main job, among volunteers whom others asked on the same platform.",
            flips=[
                Assumption("women-least", _hundred(lambda least: people.women_with_work(least / 100))),
                unlike("women-main-job", work),
            ],
        ),
        read(
            claims["inactive-third"],
            Verdict.TOO_HIGH,
            "Another magazine prints [[profile.inactive]] inactive from the same survey, and no rounding makes that a third. "
            "Both are second hand; the report’s own table would settle which is right.",
            "the same survey’s figure in another magazine",
            [(SHARES, "inactive"), (SHARES, "inactive-third")],
            beside=[registry["profile.inactive"]],
        ),
    ]  # fmt: skip


def _beside_a_job(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On microwork beside a job: that there is such a thing, and in which trades."""
    cases = [(TEXTS, "shop-assistant"), (TEXTS, "employees"), (TEXTS, "extra-income")]
    return [
        read(
            claims["supplementary-income"],
            Verdict.HOLDS,
            "There are such people: a shop assistant told French television so before the study, and rivals say it is "
            "extra income for a majority. How many they are is another question.",
            "what other people than the team wrote",
            cases,
        ),
        read(
            claims["goes-with-job"],
            Verdict.HOLDS,
            "There are such people: a shop assistant told French television so before the study, and a radio station names "
            "employees among click workers. How often the two go together is another question.",
            "what other people than the team wrote",
            cases[:2],
        ),
        unchecked(
            claims["sectors"],
            "No share of any sector was published, and we found no such case but in the interview. A table of main jobs by "
            "sector would settle it.",
        ),
    ]


def _degrees(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On degrees."""
    ratio = registry["profile.graduates-ratio-us"]
    flips = [unlike("graduates-country", ratio), Assumption("graduates-ready", neighbours.graduates)]
    judge = partial(
        tested, check=Check.NEIGHBOUR, number=ratio, above=1, differs=GRADUATES, weak=ONE_SURVEY, flips=flips,
        beside=[registry["profile.graduates-mturk"], registry["profile.graduates-us"]],
    )  # fmt: skip
    return [
        named(
            claims["education-bac2"],
            "Other texts give this figure as that of respondents aged twenty-five to sixty-four; the interview leaves the ages "
            "out.",
            (TEXTS, "degree-interview", "population"),
            (TEXTS, "degree-ages", "population"),
        ),
        judge(
            claims["more-educated"],
            reason="On Mechanical Turk in the United States [[profile.graduates-mturk]] had a degree, of working adults "
            "[[profile.graduates-us]]. The survey’s own [[profile.above-bac2]] against [[profile.census-above-bac2-25-64]] is "
            "no independent test.",
        ),
        judge(
            claims["often-graduates"],
            reason="“Often” names no figure. We read it as more often than others: on Mechanical Turk in the United States "
            "[[profile.graduates-mturk]] had a degree, of working adults [[profile.graduates-us]].",
        ),
    ]


def _triple_day(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On women who add microwork to a job and a household."""
    return [
        unchecked(
            claims["triple-day-cnrs"],
            "A drift needs two dates, and there is one survey. Of those with an open-ended contract [[profile.cdi-full-time]] "
            "work full time; no hours by sex were published.",
            beside=[registry["profile.cdi-full-time"]],
        ),
        unchecked(
            claims["triple-day"],
            "A drift needs two dates, and there is one survey. Hours of job, household and microwork of the same women would be "
            "needed, at two times.",
        ),
        unchecked(
            claims["women-part-time-job"],
            "The team’s own interview says full-time, and no hours by sex were published. We infer that at most "
            "[[profile.women-part-time-most]] of the women with an open-ended contract can work part time.",
            beside=[registry["profile.women-part-time-most"]],
        ),
    ]


def _motives(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On why people do it."""
    money = partial(
        read, verdict=Verdict.NO_EVIDENCE, what="the one share that was published", facts=[(SHARES, "money-motive")],
        beside=[registry["profile.money-motive-printed"]],
    )  # fmt: skip
    return [
        money(
            claims["money-motive"],
            reason="[[profile.money-motive-printed]] name money, fewer than half, and it can still be the largest "
            "group. Shares of the other motives would settle it; of another survey that "
            "asked for motives we could read only the abstract.",
        ),
        money(
            claims["money-need-motive"],
            reason="[[profile.money-motive-printed]] name money, fewer than half, and it can still be the largest "
            "group. Shares of the other motives would settle it, and whether money meant need.",
        ),
        read(
            claims["flexibility-motive"],
            Verdict.FITS,
            "Researchers in the United States found that such work can offer job flexibility to people with "
            "disabilities. Of a French survey on motives, which may settle it, we could read only the abstract.",
            "a study of others, in the United States",
            [(TEXTS, "flexibility")],
        ),
    ]


def _margins(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On where people live, on those shut out of jobs, and on how many answered."""
    return [
        unchecked(
            claims["often-urban"],
            "“Often” names no figure, and no count of people with several jobs by place was cited. Addresses of registered "
            "users would settle it for one platform.",
        ),
        unchecked(
            claims["excluded-undocumented"],
            "We found no text from outside the team that tells of such a person in France. A case of which others write would be "
            "enough.",
        ),
        unchecked(
            claims["excluded-education"],
            "We found no text from outside the team that tells of such a person in France. A case of which others write would be "
            "enough.",
        ),
        read(
            claims["excluded-disability"],
            Verdict.FITS,
            "A study in the United States found people with various disabilities among crowd workers. It does not say that they "
            "were shut out of other jobs, nor anything of France.",
            "a study of others, in the United States",
            [(TEXTS, "disability")],
        ),
        tested(
            claims["survey-n"], Check.ARITHMETIC, registry["profile.candidate-n-below"],
            "One share has two decimals, which few numbers can print: [[profile.candidate-n-below]] can, a round "
            "[[profile.respondents]] cannot, and smaller numbers can too. No text gives the exact number.",
        ),
    ]  # fmt: skip
