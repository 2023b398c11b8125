"""Profile: what each press claim is held against; the rules give the verdicts."""

from __future__ import annotations

from tallybook.claims import (
    Check,
    Claim,
    Evidence,
    Judgement,
    Lacks,
    Model,
    named,
    read,
    reckoned,
    tested,
    unchecked,
)
from tallybook.claims.rules import Computed
from tallybook.model.numbers import Registry

from microwork.profile import crowds, inputs
from microwork.profile.inputs import ELSEWHERE as OTHER_SURVEYS
from microwork.profile.inputs import SHARES, TEXTS, hundredfold

Claims = dict[str, Claim]
OTHER_PLATFORMS = (
    "These are workers of Mechanical Turk, CrowdFlower, Prolific and two German platforms. They are"
    " volunteers too."
)
OTHERS = "what people outside the team wrote"


def judgements(claims: Claims, registry: Registry) -> list[Judgement]:
    """One judgement for each claim of this chapter that repeats no other."""
    topics = (_women, _ages, _jobs, _beside_a_job, _degrees, _triple_day, _motives, _margins)
    return [judgement for topic in topics for judgement in topic(claims, registry)]


def _women(claims: Claims, registry: Registry) -> list[Judgement]:
    """On the share of women, and on those with a family."""
    family = [registry[f"profile.{name}"] for name in ("mturk-women-family-us", "often")]

    def next_crowd(women_ready: float) -> Computed:
        return hundredfold(crowds.next_crowd(women_ready))

    one_more = Model(registry["profile.women-next-crowd"], next_crowd, takes=("women_ready",))
    return [
        tested(
            claims["women-share-cnrs"],
            Check.NEIGHBOUR,
            Evidence("women-places", one_more),
            "Users of one platform were asked, but the team’s texts that we have say it of France,"
            " so we test that. Women are [[profile.women-elsewhere|interval]] in [[profile.places]]"
            " crowds elsewhere, which lets one expect [[profile.women-next-crowd|interval]] in one"
            " more.",
            differs=OTHER_PLATFORMS,
            beside=[registry[f"profile.{name}"] for name in ("women-elsewhere", "places", "women")],
        ),
        tested(
            claims["first-a-woman"],
            Check.NEIGHBOUR,
            Evidence("women-places", one_more),
            "The survey behind it is of France. Most are women in [[profile.places-majority]] of "
            "[[profile.places]] crowds that others counted elsewhere, which lets one expect "
            "[[profile.women-next-crowd|interval]] in one more.",
            above=inputs.assumption("half"),
            differs=OTHER_PLATFORMS,
            beside=[registry[f"profile.{name}"] for name in ("places-majority", "places")],
        ),
        unchecked(
            claims["women-foulefactory"],
            "The figure is the survey’s own [[profile.women]], rounded, and covers volunteers on"
            " that platform. No survey of other platforms can test it.",
            beside=[registry["profile.women"]],
        ),
        unchecked(
            claims["often-family"],
            "We read “often” as at least [[profile.often]]. Of American women on Mechanical Turk in"
            " 2015, [[profile.mturk-women-family-us|interval]] may have a family, judging by the"
            " size of their households. One platform tests no other.",
            beside=family,
        ),
        read(
            claims["evening-after-work"],
            "A German study found that crowd workers often work in the evening or at night. It"
            " covers platforms of all kinds, and speaks neither of women nor of a job before. So"
            " too much is missing for it to count.",
            "the opening of a text on a study by others, in Germany",
            far=[(TEXTS, "evening")],
        ),
    ]


def _ages(claims: Claims, registry: Registry) -> list[Judgement]:
    """On ages."""
    return [
        unchecked(
            claims["age-25-44"],
            "This age group makes up [[profile.mturk-age-25-44]] of workers on Mechanical Turk in"
            " 2015, and [[profile.prolific-age-25-44]] of participants on Prolific in 2022. Other"
            " surveys have other bands of age, and two platforms test no third.",
            beside=[registry["profile.mturk-age-25-44"], registry["profile.prolific-age-25-44"]],
        ),
        read(
            claims["not-necessarily-young"],
            "The interview is about platform work in general. A French broadcaster says that people"
            " who do small tasks online may be as old as seventy-five, and that some are employees."
            " It does not say that the older ones have other work.",
            "the opening of a report by others",
            like={Lacks.PEOPLE: [(TEXTS, "ages")]},
        ),
    ]


def _jobs(claims: Claims, registry: Registry) -> list[Judgement]:
    """On main jobs, and on who has none."""
    return [
        unchecked(
            claims["main-job"],
            "Rival researchers asked people on the same platform in the same year. We know an"
            " article on it only in a machine translation, which carries no verdict. Their own text"
            " is public, and we could not read it.",
        ),
        unchecked(
            claims["women-main-job"],
            "We read “often” as at least [[profile.often]]. Rival researchers asked about work, but"
            " we know an article on it only in a machine translation, which carries no verdict.",
            beside=[registry["profile.often"]],
        ),
        unchecked(
            claims["inactive-third"],
            "Another magazine prints [[profile.inactive|full]] inactive from the same survey, less"
            " than a third even with sampling error. Both report the team’s own figures,"
            " second-hand, so neither tests the other.",
            beside=[registry["profile.inactive"]],
        ),
    ]


def _beside_a_job(claims: Claims, registry: Registry) -> list[Judgement]:
    """On microwork beside a job: that there is such a thing, and in which trades."""
    return [
        read(
            claims["supplementary-income"],
            "In 2017 a shop assistant told French television so of himself. On Mechanical Turk in"
            " 2010, most American workers used it as extra income. For microworkers in France with"
            " a main job we found no count.",
            OTHERS,
            like={Lacks.EXTENT: [(TEXTS, "shop-assistant")]},
            far=[(TEXTS, "mturk-supplement")],
        ),
        read(
            claims["goes-with-job"],
            "In 2017 a shop assistant told French television that he does both. On two German "
            "platforms, most have paid work, train or study. That is another country and shows no "
            "majority with a job, so it does not count. How often both go together in France we "
            "did not find.",
            OTHERS,
            like={Lacks.EXTENT: [(TEXTS, "shop-assistant")]},
            far=[(TEXTS, "zew-beside-job")],
        ),
        unchecked(
            claims["sectors"],
            "The only cases of these trades that we could read of are in the interview itself.",
        ),
    ]


def _degrees(claims: Claims, registry: Registry) -> list[Judgement]:
    """On degrees."""
    american = (
        "[[profile.graduates-mturk]] of American workers on Mechanical Turk had a degree, compared"
        " with "
    )
    graduates, adults = registry["profile.graduates-mturk"], registry["profile.graduates-us"]
    return [
        named(
            claims["education-bac2"],
            [(TEXTS, "degree-ages", "population"), (SHARES, "bac2-magazine", "population")],
            "Two texts on the same survey tie the figure, [[profile.above-bac2]], to respondents"
            " aged twenty-five to sixty-four. The interview says it of microworkers. One of the"
            " two, a magazine, also has “Bac+2” where the others have more than that.",
        ),
        read(
            claims["more-educated"],
            f"In 2016, {american}[[profile.graduates-us]] of working adults. Workers of two German"
            " platforms are highly educated, but younger, and many study. A German survey found no"
            " lead, but it is of platform work of every kind.",
            "surveys by others, elsewhere",
            like={
                Lacks.PLACE: [(OTHER_SURVEYS, "mturk-graduates"), (OTHER_SURVEYS, "us-graduates")]
            },
            far=[(TEXTS, "zew-educated"), (TEXTS, "monitor-educated")],
            beside=[graduates, adults],
        ),
        read(
            claims["often-graduates"],
            "We read “often” as at least [[profile.often]]. In 2016, [[profile.graduates-mturk]] "
            "of American workers on Mechanical Turk and [[profile.crowd-degree]] of workers of "
            "one job on CrowdFlower had a degree. Neither is of France. A German figure takes in "
            "people who study for a degree, so it does not count.",
            "surveys by others, elsewhere",
            like={
                Lacks.PLACE: [
                    (OTHER_SURVEYS, "mturk-graduates"),
                    *(
                        (inputs.CROWDS, f"CrowdFlower/2016/person/schooling/{degree}")
                        for degree in crowds.DEGREES
                    ),
                ]
            },
            far=[(TEXTS, "zew-educated")],
            beside=[registry["profile.often"], graduates, registry["profile.crowd-degree"]],
        ),
    ]


def _triple_day(claims: Claims, registry: Registry) -> list[Judgement]:
    """On women who add microwork to a job and a household."""
    drift = "Showing a drift takes surveys at two dates, and we could read of one only."
    full = registry["profile.cdi-full-time"]
    return [
        unchecked(
            claims["triple-day-cnrs"],
            f"{drift} Of respondents with an open-ended contract, [[profile.cdi-full-time]] work"
            " full time.",
            beside=[full],
        ),
        unchecked(claims["triple-day"], f"{drift} We found no hours by sex."),
        unchecked(
            claims["women-part-time-job"],
            "The team’s own interview says “full-time”, and we found no hours by sex. Of all"
            " respondents with an open-ended contract, [[profile.cdi-part-time]] work part time.",
            beside=[registry["profile.cdi-part-time"]],
        ),
    ]


def _motives(claims: Claims, registry: Registry) -> list[Judgement]:
    """On why people do it."""
    money = registry["profile.money-motive-printed"]
    elsewhere = [registry["profile.mturk-income-motive"], registry["profile.mturk-fun-motive"]]
    motives = [(TEXTS, "motives-order"), (OTHER_SURVEYS, "mturk-income-motive")]
    fun, own = (OTHER_SURVEYS, "mturk-fun-motive"), (SHARES, "money-motive")
    return [
        read(
            claims["money-motive"],
            "Crowd workers whom other researchers asked mainly want to earn an income. Of the"
            " reasons given on Mechanical Turk in 2008, [[profile.mturk-income-motive]] name income"
            " and [[profile.mturk-fun-motive]] fun. In the French survey,"
            " [[profile.money-motive-printed]] name money.",
            "surveys by others, elsewhere",
            like={Lacks.PLACE: motives},
            about=[fun, own],
            beside=[*elsewhere, money],
        ),
        read(
            claims["money-need-motive"],
            "Elsewhere income comes first too, with [[profile.mturk-income-motive]] of the reasons"
            " given on Mechanical Turk in 2008 and [[profile.mturk-fun-motive]] for fun. In the"
            " French survey, [[profile.money-motive-printed]] name money. To name money is not to"
            " say that one needs it, and those surveys are of other places.",
            "surveys by others, elsewhere",
            about=[own],
            far=[*motives, fun],
            beside=[*elsewhere, money],
        ),
        read(
            claims["flexibility-motive"],
            "Researchers in the United States found that crowd work can offer flexibility to people"
            " with disabilities; we read the abstract. That is not France, and nobody there named"
            " it as a motive, so it does not count. We could not read the French study of motives.",
            "a study by others, in the United States",
            far=[(TEXTS, "flexibility")],
        ),
    ]


def _margins(claims: Claims, registry: Registry) -> list[Judgement]:
    """On where people live, on those shut out of jobs, and on how many answered."""
    riders = "The interview is about platform work in general, so riders count."
    return [
        read(
            claims["often-urban"],
            "A German survey of 2019 found that people with platform work tend to live in towns. "
            "The interview is about platform work in general and names no place, so it counts. "
            "The survey does not single out those with another main activity, though for most it "
            "is a side job.",
            "a survey by others, in Germany",
            like={Lacks.PEOPLE: [(TEXTS, "monitor-urban")]},
        ),
        read(
            claims["excluded-undocumented"],
            "In 2022, French television met a rider whose claim to asylum was refused, but it does"
            f" not say that this is what shuts him out of other work. {riders}",
            "a report by others, in France",
            like={Lacks.REASON: [(TEXTS, "rider-undocumented")]},
        ),
        read(
            claims["excluded-education"],
            "In a survey of riders in Paris in 2021, many have no diploma and many find no other"
            " work, but it does not say that the one is why. A rider recommends the work to people"
            f" without a diploma. {riders}",
            "texts by others, in France",
            like={Lacks.REASON: [(TEXTS, "riders-no-diploma"), (TEXTS, "rider-advice")]},
            about=[(TEXTS, "riders-no-other-work")],
        ),
        read(
            claims["excluded-disability"],
            "In an American study people with disabilities do crowd work; it does not say that "
            "being shut out is why. In another survey a few do it because they cannot do "
            "traditional work; it does not say that they have a disability. The claim names no "
            "place, so both count.",
            "studies by others",
            like={Lacks.REASON: [(TEXTS, "disability")], Lacks.PEOPLE: [(TEXTS, "unable")]},
        ),
        reckoned(
            claims["survey-n"],
            registry["profile.candidate-n-below"],
            "One published share has two decimals. If everybody answered that question and the"
            " share is printed right, a round [[profile.respondents]] cannot produce it. But"
            " [[profile.candidate-n-below]] can. So can many others: from [[profile.n-from]] to"
            " [[profile.n-to]], [[profile.candidate-n-count]] can in all.",
            beside=[
                registry[f"profile.{name}"]
                for name in ("respondents", "n-from", "n-to", "candidate-n-count")
            ],
        ),
    ]
