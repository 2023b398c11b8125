"""Profile: what each press claim is held against; the rules give the verdicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, read, reckoned, tested, unchecked
from microwork.profile import homes, neighbours
from microwork.profile.inputs import ELSEWHERE as OTHER_SURVEYS
from microwork.profile.inputs import SHARES, TEXTS, assumption, hundredfold

Claims = dict[str, Claim]
OTHERS = "what people outside the team wrote"
SAME_SURVEY = "other texts on the same survey"


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""
    topics = (_women, _ages, _jobs, _beside_a_job, _degrees, _triple_day, _motives, _margins)
    return [judgement for topic in topics for judgement in topic(claims, registry)]


def _ready(place: str, number: str, base: Callable[[float], tuple[float, float, float]], registry: Registry) -> Evidence:
    """A prediction from other places, as a function of how ready those with the trait were to answer there."""
    name = f"{place}_ready"
    return Evidence(
        f"{place}-places",
        Model(registry[f"profile.{number}"], lambda **by: hundredfold(base(by[name])), takes=(name,)),
    )


def _women(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the share of women, and on those with a family."""
    return [
        tested(
            claims["women-share-cnrs"],
            Check.NEIGHBOUR,
            _ready("women", "women-next-crowd", neighbours.next_crowd, registry),
            "In four crowds elsewhere, women make up [[profile.women-elsewhere|interval]] of workers. From these, anything "
            "from [[profile.women-next-crowd|interval]] is to be expected in one more.",
            differs="These are workers of Mechanical Turk and of two German platforms, in 2015. They are volunteers too.",
            beside=[registry["profile.women-elsewhere"]],
        ),
        unchecked(
            claims["women-foulefactory"],
            "The figure is the survey’s own [[profile.women]], rounded, and covers volunteers on that platform. No survey of "
            "other platforms can test it.",
            beside=[registry["profile.women"]],
        ),
        tested(
            claims["often-family"],
            Check.NEIGHBOUR,
            _ready("family", "family-next-crowd", homes.next_family, registry),
            "“Often” gives no figure, so we read it as “most”. On Mechanical Turk, "
            "[[profile.mturk-women-family-us|interval]] of American women may have a family to look after.",
            above=assumption("half"),
            differs="These are women on Mechanical Turk in 2015, in other countries, by whom they live with. Whether the others "
            "at home are children was not asked.",
            beside=[registry["profile.mturk-women-family-us"]],
        ),
        read(
            claims["evening-after-work"],
            "A German study found that crowd workers often work in the evening or at night. It does not speak of women.",
            "the opening of a text on a study by others, in Germany",
            like=[(TEXTS, "evening")],
        ),
    ]


def _ages(claims: Claims, registry: Registry) -> list[Judgement]:
    """On ages."""
    return [
        tested(
            claims["age-25-44"],
            Check.NEIGHBOUR,
            _ready("age", "age-next-crowd", neighbours.next_country, registry),
            "On Mechanical Turk, this age group makes up [[profile.mturk-age-25-44-us]] of workers in the United States, and "
            "more in other countries.",
            differs="These are workers of Mechanical Turk in 2015, in the United States, India and other countries. They are "
            "volunteers too.",
            beside=[registry["profile.mturk-age-25-44-us"]],
        ),
        read(
            claims["not-necessarily-young"],
            "A French broadcaster says that people who do small tasks online may be as old as seventy-five, and some have other "
            "work. The claim is about side jobs of all kinds.",
            "the opening of a report by others",
            like=[(TEXTS, "ages")],
        ),
    ]


def _jobs(claims: Claims, registry: Registry) -> list[Judgement]:
    """On main jobs, and on who has none."""
    return [
        unchecked(
            claims["main-job"],
            "Rival researchers asked people on the same platform in the same year. By an article on it, and if men are like "
            "women there, [[profile.work-if-alike]] have work. We know the article only in a machine translation, so it carries "
            "no verdict.",
            beside=[registry["profile.work-if-alike"]],
        ),
        unchecked(
            claims["women-main-job"],
            "By a machine translation of an article, rival researchers found that [[profile.all-jobless-women]] of the people "
            "they asked were women without work. How many women they asked is not in what we could read.",
            beside=[registry["profile.all-jobless-women"]],
        ),
        read(
            claims["inactive-third"],
            "Another magazine prints [[profile.inactive]] inactive from the same survey, and that cannot be rounded to a third. "
            "Both figures are second-hand.",
            SAME_SURVEY,
            about=[(SHARES, "inactive"), (SHARES, "inactive-third")],
            beside=[registry["profile.inactive"]],
        ),
    ]


def _beside_a_job(claims: Claims, registry: Registry) -> list[Judgement]:
    """On microwork beside a job: that there is such a thing, and in which trades."""
    return [
        read(
            claims["supplementary-income"],
            "There are such people. A shop assistant said so on French television before the study. How many there are is "
            "another question.",
            OTHERS,
            same=[(TEXTS, "shop-assistant")],
            like=[(TEXTS, "mturk-supplement")],
        ),
        read(
            claims["goes-with-job"],
            "There are such people. A shop assistant said so on French television before the study, and on two German "
            "platforms most are in paid employment or in training. How often the two go together is another question.",
            OTHERS,
            same=[(TEXTS, "shop-assistant")],
            like=[(TEXTS, "zew-beside-job")],
        ),
        unchecked(claims["sectors"], "The only cases of these trades that we could read of are in the interview itself."),
    ]


def _degrees(claims: Claims, registry: Registry) -> list[Judgement]:
    """On degrees."""
    american = "On Mechanical Turk in the United States, [[profile.graduates-mturk]] of workers had a degree, compared with "
    elsewhere = partial(
        read,
        what="surveys by others, elsewhere",
        like=[(OTHER_SURVEYS, "mturk-graduates"), (OTHER_SURVEYS, "us-graduates"), (TEXTS, "zew-educated")],
        unlike=[(TEXTS, "monitor-educated")],
        beside=[registry["profile.graduates-mturk"], registry["profile.graduates-us"]],
    )
    return [
        read(
            claims["education-bac2"],
            "Two magazines give this figure for respondents aged twenty-five to sixty-four. The interview and a letter from the "
            "team name no ages.",
            SAME_SURVEY,
            about=[(TEXTS, "degree-interview"), (TEXTS, "degree-ages")],
        ),
        elsewhere(
            claims["more-educated"],
            f"{american}[[profile.graduates-us]] of working adults. A German survey of all platform work found no lead.",
        ),
        elsewhere(
            claims["often-graduates"],
            f"“Often” gives no figure, so we read it as “more often than others”. {american}[[profile.graduates-us]]. A German "
            "survey of all platform work found no lead.",
        ),
    ]


def _triple_day(claims: Claims, registry: Registry) -> list[Judgement]:
    """On women who add microwork to a job and a household."""
    drift = "Showing a drift takes surveys at two dates, and we could read of one only."
    full = registry["profile.cdi-full-time"]
    return [
        unchecked(
            claims["triple-day-cnrs"],
            f"{drift} Of respondents with an open-ended contract, [[profile.cdi-full-time]] work full time.",
            beside=[full],
        ),
        unchecked(claims["triple-day"], f"{drift} We found no hours by sex."),
        unchecked(
            claims["women-part-time-job"],
            "The team’s own interview says “full-time”, and we found no hours by sex. Of all respondents with an open-ended "
            "contract, [[profile.cdi-part-time]] work part time.",
            beside=[registry["profile.cdi-part-time"]],
        ),
    ]


def _motives(claims: Claims, registry: Registry) -> list[Judgement]:
    """On why people do it."""
    money = registry["profile.money-motive-printed"]
    return [
        read(
            claims["money-motive"],
            "Crowd workers whom other researchers asked mainly want to earn an income. On Mechanical Turk, income led the "
            "reasons, with [[profile.mturk-income-motive]]. In France we know one share only: [[profile.money-motive-printed]] "
            "name money.",
            "surveys by others, elsewhere",
            like=[(TEXTS, "motives-order"), (OTHER_SURVEYS, "mturk-income-motive")],
            beside=[registry["profile.mturk-income-motive"], money],
        ),
        read(
            claims["money-need-motive"],
            "Of the respondents, [[profile.money-motive-printed]] name money. Elsewhere money comes first too, but as extra "
            "earnings. To name money is not to say that one needs it.",
            "the only share that we could read, and a survey by others",
            about=[(SHARES, "money-motive"), (TEXTS, "motives-order")],
            beside=[money],
        ),
        read(
            claims["flexibility-motive"],
            "Researchers in the United States found that crowd work can offer flexibility to people with disabilities; we read "
            "the abstract. We could not read the French study of motives.",
            "a study by others, in the United States",
            like=[(TEXTS, "flexibility")],
        ),
    ]


def _margins(claims: Claims, registry: Registry) -> list[Judgement]:
    """On where people live, on those shut out of jobs, and on how many answered."""
    riders = "These deliver meals through platforms; of microwork we found no such case."
    return [
        read(
            claims["often-urban"],
            "“Often” gives no figure. A German survey found that people with platform work, for most of them a side job, tend to "
            "live in towns.",
            "a survey by others, in Germany",
            like=[(TEXTS, "monitor-urban")],
        ),
        read(
            claims["excluded-undocumented"],
            f"There are such people: French television met riders without papers in Paris. {riders}",
            "a report by others, in France",
            same=[(TEXTS, "rider-undocumented")],
        ),
        read(
            claims["excluded-education"],
            "In a survey of riders in Paris, many have no diploma and many find no other work, but it is not said that the one "
            f"is why. {riders}",
            "texts by others, in France",
            like=[(TEXTS, "riders-no-diploma"), (TEXTS, "riders-no-other-work"), (TEXTS, "rider-advice")],
        ),
        read(
            claims["excluded-disability"],
            "In an American study people with disabilities do crowd work, and in another survey a few do it because they are not "
            "able to do traditional work. We found no case in France.",
            "studies by others, elsewhere",
            like=[(TEXTS, "disability"), (TEXTS, "unable")],
        ),
        reckoned(
            claims["survey-n"],
            registry["profile.candidate-n-below"],
            "One published share has two decimals, and few numbers of respondents can produce it. A round "
            "[[profile.respondents]] cannot. But [[profile.candidate-n-below]] can, and so can some smaller numbers.",
        ),
    ]
