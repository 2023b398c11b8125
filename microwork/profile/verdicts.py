"""Profile: a verdict on each press claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook.model.numbers import Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, tested, unchecked, unlike
from microwork.profile import neighbours, people
from microwork.profile.inputs import SHARES, TEXTS, assumption, hundredfold

ELSEWHERE = "These are Mechanical Turk workers in 2015, in the United States, India and other countries. They are volunteers too."
GRADUATES = "These are volunteers on one American platform, compared with working adults in the United States."
OTHER_LANDS = "These are other people in other countries."
ONE_SURVEY = "One survey of volunteers in another country cannot support a firm verdict."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other.

    The survey of 2018 is the claimants' own, and its data are not public: none of its shares counts as a test. Nor do the
    surveys of Brazil, Madagascar and Egypt, which members of the same team made. What is left is another platform, a rival
    survey of the same one, and what other people wrote.
    """
    topics = (_women, _ages, _jobs, _beside_a_job, _degrees, _triple_day, _motives, _margins)
    return [judgement for topic in topics for judgement in topic(claims, registry)]


def _ready(*traits: tuple[str, tuple[str, ...]]) -> Callable[[float], tuple[float, float, float]]:
    """A share on Mechanical Turk as a function of how much readier those with the trait were to answer."""
    return lambda ready: hundredfold(neighbours.across(*traits, ready=ready))


def _women(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the share of women, and on those with a family."""
    number = registry["profile.mturk-women-countries"]
    flips = [unlike("women-country", number), Assumption("women-ready", _ready(neighbours.WOMEN))]
    judge = partial(tested, check=Check.NEIGHBOUR, number=number, differs=ELSEWHERE, weak=OTHER_LANDS, flips=flips)
    return [
        judge(
            claims["women-share-cnrs"],
            reason="The survey asked volunteers on one platform. On Mechanical Turk, women make up "
            "[[profile.mturk-women-us]] of workers in the United States and [[profile.mturk-women-india]] in India. A count by "
            "sex of everyone who registers in France would settle it.",
        ),
        judge(
            claims["women-foulefactory"],
            reason="The figure is the survey’s own [[profile.women]], rounded, and it covers volunteers on that platform. On "
            "another platform, women make up [[profile.mturk-women-countries|interval]] of workers, depending on the country. "
            "Foule Factory’s own count by sex would settle it.",
        ),
        read(
            claims["often-family"],
            Verdict.NO_EVIDENCE,
            "“Often” gives no figure, and nothing was published on numbers of children. The press tells of a mother of five and "
            "a mother of six. That shows that there are such women, but not how many.",
            "two cases in the press",
            [(TEXTS, "mother-of-five"), (TEXTS, "mother-of-six")],
        ),
        unchecked(
            claims["evening-after-work"],
            "The only cases we found are the team’s own. Records of the time of day at which women and men send in their tasks "
            "would settle it.",
        ),
    ]


def _ages(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On ages."""
    ages = registry["profile.mturk-age-25-44-countries"]
    ready = Assumption("age-ready", _ready(neighbours.CORE, neighbours.CORE_BEFORE))
    return [
        tested(
            claims["age-25-44"], Check.NEIGHBOUR, ages,
            "The survey asked volunteers on one platform. On Mechanical Turk, this age group makes up "
            "[[profile.mturk-age-25-44-us]] of workers in the United States, and more in other countries. The ages of everyone "
            "who registers in France would settle it.",
            differs=ELSEWHERE, weak=OTHER_LANDS, flips=[unlike("age-country", ages), ready],
        ),
        tested(
            claims["not-necessarily-young"], Check.NEIGHBOUR, ages,
            "On Mechanical Turk, [[profile.mturk-age-25-44-countries|interval]] of workers are aged twenty-five to forty-four, "
            "depending on the country. So most are not under twenty-five.",
            above=assumption("half"),
            differs="These are Mechanical Turk workers in 2015, in other countries, not people who combine a main activity with "
            "small jobs.",
            weak=OTHER_LANDS,
            flips=[unlike("young-country", ages), ready],
        ),
    ]  # fmt: skip


def _jobs(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On main jobs, and on who has none."""
    work, other = registry["profile.women-with-work"], registry["profile.ilo-other-income"]
    return [
        tested(
            claims["main-job"], Check.NEIGHBOUR, other,
            "Of microtask workers worldwide, [[profile.ilo-other-income]] do not get their main income from platforms. The "
            "survey’s own question and answers would settle it.",
            differs="That survey asked workers on five platforms in many countries about their main income, not about a main "
            "job.",
            weak="A main income can be a partner’s, so the test cannot support a firm verdict.",
            flips=[unlike("jobs-for-incomes", other)],
        ),
        tested(
            claims["women-main-job"], Check.NEIGHBOUR, work,
            "Rival researchers found that [[profile.all-jobless-women]] of the people they asked were women without work. "
            "Whether most of the women have work depends on how many women they asked, and that number is not in the texts we "
            "could read.",
            above=assumption("half"),
            differs="Our number counts women with work, not women with a main job. They are volunteers whom other researchers "
            "asked on the same platform.",
            flips=[
                Assumption("women-least", lambda least: hundredfold(people.women_with_work(least / 100))),
                unlike("women-main-job", work),
            ],
        ),
        read(
            claims["inactive-third"],
            Verdict.DOUBTFUL,
            "Another magazine prints [[profile.inactive]] inactive from the same survey, and that cannot be rounded to a third. "
            "Both figures are second-hand. The report’s own table would settle which is right.",
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
            "There are such people. A shop assistant said so on French television before the study, and rival researchers say "
            "that microwork is extra income for a majority. How many such people there are is another question.",
            "what people outside the team wrote",
            cases,
        ),
        read(
            claims["goes-with-job"],
            Verdict.FITS,
            "There are such people. A shop assistant said so on French television before the study, and a radio station "
            "mentions employees among click workers. How often the two go together is another question.",
            "what people outside the team wrote",
            cases[:2],
        ),
        unchecked(
            claims["sectors"],
            "No share was published for any sector, and the only such cases we found are in the interview. A table of main jobs "
            "by sector would settle it.",
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
        read(
            claims["education-bac2"],
            Verdict.NO_EVIDENCE,
            "Two magazines give this figure for respondents aged twenty-five to sixty-four. The interview and a letter from the "
            "team name no ages. The survey’s own table would settle it.",
            "other texts on the same survey",
            [(TEXTS, "degree-interview"), (TEXTS, "degree-ages")],
        ),
        judge(
            claims["more-educated"],
            reason="On Mechanical Turk in the United States, [[profile.graduates-mturk]] of workers had a degree, compared with "
            "[[profile.graduates-us]] of working adults. The survey’s own comparison, [[profile.above-bac2]] with "
            "[[profile.census-above-bac2-25-64]], is not an independent test.",
        ),
        judge(
            claims["often-graduates"],
            reason="“Often” gives no figure, so we read it as “more often than others”. On Mechanical Turk in the United "
            "States, [[profile.graduates-mturk]] of workers had a degree, compared with [[profile.graduates-us]] of working "
            "adults.",
        ),
    ]


def _triple_day(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On women who add microwork to a job and a household."""
    return [
        unchecked(
            claims["triple-day-cnrs"],
            "Showing a drift takes surveys at two dates, and there is only one survey. Of respondents with an open-ended "
            "contract, [[profile.cdi-full-time]] work full time. No hours by sex were published.",
            beside=[registry["profile.cdi-full-time"]],
        ),
        unchecked(
            claims["triple-day"],
            "Showing a drift takes surveys at two dates, and there is only one survey. The same women’s hours of paid work, "
            "housework and microwork at two dates would settle it.",
        ),
        unchecked(
            claims["women-part-time-job"],
            "The team’s own interview says “full-time”, and no hours by sex were published. We infer that at most "
            "[[profile.women-part-time-most]] of the women with an open-ended contract can be working part time.",
            beside=[registry["profile.women-part-time-most"]],
        ),
    ]


def _motives(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On why people do it."""
    money = partial(
        read, verdict=Verdict.NO_EVIDENCE, what="the only share that was published", facts=[(SHARES, "money-motive")],
        beside=[registry["profile.money-motive-printed"]],
    )  # fmt: skip
    return [
        money(
            claims["money-motive"],
            reason="Of the respondents, [[profile.money-motive-printed]] name money. That is fewer than half, but it can still "
            "be the largest group. The shares of the other motives would settle it. Another survey asked about motives, but we "
            "could read only its abstract.",
        ),
        money(
            claims["money-need-motive"],
            reason="Of the respondents, [[profile.money-motive-printed]] name money. That is fewer than half, but it can still "
            "be the largest group. The shares of the other motives would settle it, if we also knew whether “money” meant need.",
        ),
        read(
            claims["flexibility-motive"],
            Verdict.FITS,
            "Researchers in the United States found that such work can offer job flexibility to people with disabilities. A "
            "French survey on motives may settle it, but we could read only its abstract.",
            "a study by others, in the United States",
            [(TEXTS, "flexibility")],
        ),
    ]


def _margins(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On where people live, on those shut out of jobs, and on how many answered."""
    return [
        unchecked(
            claims["often-urban"],
            "“Often” gives no figure, and no count of people with several jobs by place of residence was cited. The addresses "
            "of registered users would settle it for one platform.",
        ),
        unchecked(
            claims["excluded-undocumented"],
            "We found no text from outside the team that describes such a person in France. One case described by others would "
            "be enough.",
        ),
        unchecked(
            claims["excluded-education"],
            "We found no text from outside the team that describes such a person in France. One case described by others would "
            "be enough.",
        ),
        unchecked(
            claims["excluded-disability"],
            "A study in the United States found people with disabilities among crowd workers. We found no text from outside the "
            "team that describes one shut out of other jobs in France. One such case would be enough.",
        ),
        tested(
            claims["survey-n"], Check.ARITHMETIC, registry["profile.candidate-n-below"],
            "One published share has two decimals, and few numbers of respondents can produce it. A round "
            "[[profile.respondents]] cannot. But [[profile.candidate-n-below]] can, and so can some smaller numbers. No text "
            "gives the exact number.",
            weak="We looked only among numbers that “nearly” can mean.",
        ),
    ]  # fmt: skip
