"""Profile: a verdict on each press claim."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook.model.numbers import Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, tested, unchecked, unlike
from microwork.profile import neighbours, people
from microwork.profile.inputs import ELSEWHERE as OTHER_SURVEYS
from microwork.profile.inputs import SHARES, TEXTS, assumption, hundredfold

ELSEWHERE = "These are Mechanical Turk workers in 2015, in the United States, India and other countries. They are volunteers too."
WOMEN = "These are workers of Mechanical Turk and of two German platforms, all in 2015. They are volunteers too."
GRADUATES = "These are volunteers on one American platform, compared with working adults in the United States."
OTHER_LANDS = "These are other people in other countries."
CONTRARY = "A German survey of all platform work found no such lead, so this test is weak."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter that repeats no other. Surveys by the claimants' own team test none of them."""
    topics = (_women, _ages, _jobs, _beside_a_job, _degrees, _triple_day, _motives, _margins)
    return [judgement for topic in topics for judgement in topic(claims, registry)]


def _ready(*traits: tuple[str, tuple[str, ...]]) -> Callable[[float], tuple[float, float, float]]:
    """A share on Mechanical Turk as a function of how much readier those with the trait were to answer."""
    return lambda ready: hundredfold(neighbours.across(*traits, ready=ready))


def _women(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the share of women, and on those with a family."""
    number, family = registry["profile.women-next-crowd"], registry["profile.mturk-women-family"]
    ready = Assumption("women-ready", lambda ready: hundredfold(neighbours.next_crowd(ready)))
    flips = [unlike("women-country", number), ready]
    judge = partial(tested, check=Check.NEIGHBOUR, number=number, differs=WOMEN, weak=OTHER_LANDS, flips=flips)
    return [
        judge(
            claims["women-share-cnrs"],
            reason="On Mechanical Turk, women make up [[profile.mturk-women-us]] of workers in the United States and "
            "[[profile.mturk-women-india]] in India; on two German platforms, [[profile.german-women]]. A count by sex of "
            "everyone who registers in France would settle it.",
        ),
        judge(
            claims["women-foulefactory"],
            reason="The figure is the survey’s own [[profile.women]], rounded, and it covers volunteers on that platform. On "
            "other platforms, women make up [[profile.women-elsewhere|interval]] of workers, depending on the country. "
            "Foule Factory’s own count by sex would settle it.",
        ),
        tested(
            claims["often-family"],
            Check.NEIGHBOUR,
            family,
            "“Often” gives no figure, so we read it as “most”. On Mechanical Turk, [[profile.mturk-women-family-us|interval]] of "
            "American women may have a family to look after. Whether the others at home are children was not asked.",
            above=assumption("half"),
            differs="These are women on Mechanical Turk in 2015, in other countries, by whom they live with.",
            flips=[unlike("family-country", family)],
        ),
        read(
            claims["evening-after-work"],
            Verdict.FITS,
            "A German study found that crowd workers often work in the evening or at night. It does not speak of women. Records "
            "of the time of day at which women and men send in their tasks would settle it.",
            "a study by others, in Germany",
            [(TEXTS, "evening")],
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
    work, both = registry["profile.women-with-work"], registry["profile.with-work"]
    ratio, least = assumption("men-jobless"), assumption("women-least") / 100
    return [
        tested(
            claims["main-job"], Check.NEIGHBOUR, both,
            "Rival researchers asked people on the same platform in the same year. By their count, "
            "[[profile.with-work|interval]] have work. On two German platforms, with more students, "
            "[[profile.german-employees]] have a permanent job. The survey’s own question and answers would settle it.",
            differs="Our number counts people with work, not with a main job. They are volunteers whom other researchers asked "
            "on the same platform.",
            flips=[
                Assumption("men-jobless", lambda men: hundredfold(people.with_work(men, least))),
                Assumption("women-least", lambda women: hundredfold(people.with_work(ratio, women / 100))),
                unlike("job-for-work", both),
            ],
            beside=[registry["profile.german-employees"]],
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
    cases = [(TEXTS, "shop-assistant"), (TEXTS, "extra-income"), (TEXTS, "mturk-supplement")]
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
            "There are such people. A shop assistant said so on French television before the study, and a German survey found "
            "that most microworkers are in paid employment or in training. How often the two go together is another question.",
            "what people outside the team wrote",
            [cases[0], (TEXTS, "zew-beside-job")],
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
        tested, check=Check.NEIGHBOUR, number=ratio, above=1, differs=GRADUATES, weak=CONTRARY, flips=flips,
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
            "[[profile.graduates-us]] of working adults.",
        ),
        judge(
            claims["often-graduates"],
            reason="“Often” gives no figure, so we read it as “more often than others”. On Mechanical Turk in the United "
            "States, [[profile.graduates-mturk]] of workers had a degree, compared with [[profile.graduates-us]].",
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
            "The team’s own interview says “full-time”, and no hours by sex were published. Hours of the women’s main job would "
            "settle it.",
        ),
    ]


def _motives(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On why people do it."""
    lead = registry["profile.money-lead"]
    app = [registry["profile.app-money"], registry["profile.app-curiosity"]]
    return [
        tested(
            claims["money-motive"],
            Check.NEIGHBOUR,
            lead,
            "On a German app, [[profile.app-money]] of users name extra earnings and [[profile.app-curiosity]] curiosity, the "
            "next motive. In France we know one share only: [[profile.money-motive-printed]] name money.",
            above=0,
            differs="These are users of one German app for small tasks in shops. They could name several motives.",
            weak="The firm asked its own users, so the test cannot support a firm verdict.",
            flips=[
                Assumption("motive-asked", lambda n: hundredfold(neighbours.money_lead(n))),
                unlike("motive-country", lead),
            ],
            beside=app,
        ),
        read(
            claims["money-need-motive"],
            Verdict.NO_EVIDENCE,
            "Of the respondents, [[profile.money-motive-printed]] name money. Elsewhere money comes first too, but as extra "
            "earnings. To name money is not to say that one needs it. A question on need would settle it.",
            "the only share that was published, and a survey by others",
            [(SHARES, "money-motive"), (TEXTS, "motives-order")],
            beside=[registry["profile.money-motive-printed"]],
        ),
        read(
            claims["flexibility-motive"],
            Verdict.FITS,
            "On a German app, [[profile.app-flexibility]] of users name flexibility. Researchers in the United States found it "
            "among people with disabilities. A French survey on motives may settle it, but we could read only its abstract.",
            "studies by others, in Germany and the United States",
            [(OTHER_SURVEYS, "app-flexibility"), (TEXTS, "flexibility")],
            beside=[registry["profile.app-flexibility"]],
        ),
    ]


def _margins(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On where people live, on those shut out of jobs, and on how many answered."""
    return [
        read(
            claims["often-urban"],
            Verdict.FITS,
            "“Often” gives no figure. A German survey found that people with platform work, for most of them a side job, tend to "
            "live in towns. The addresses of registered users would settle it for one platform.",
            "a survey by others, in Germany",
            [(TEXTS, "monitor-urban")],
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
        read(
            claims["excluded-disability"],
            Verdict.FITS,
            "In an American study people with disabilities do crowd work, and in another survey a few do it because they are not "
            "able to do traditional work. We found no text from outside the team that describes such a person in France.",
            "studies by others, elsewhere",
            [(TEXTS, "disability"), (TEXTS, "unable")],
        ),
        tested(
            claims["survey-n"], Check.ARITHMETIC, registry["profile.candidate-n-below"],
            "One published share has two decimals, and few numbers of respondents can produce it. A round "
            "[[profile.respondents]] cannot. But [[profile.candidate-n-below]] can, and so can some smaller numbers. No text "
            "gives the exact number.",
            weak="We looked only among numbers that “nearly” can mean.",
        ),
    ]  # fmt: skip
