"""Profile: a verdict on each press claim."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test
from microwork.profile.inputs import assumption


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    The survey's data are not public, so no share can be counted again, and a figure that agrees with the survey's own has
    not been checked by that: no number of ours stands beside it. A share is mislabelled only where two texts give one figure
    two names; where a single text gives it, with the survey named beside it, it is cited only. A comparison with France is
    tested against the census.
    """
    tested = (group(claims, registry) for group in (_age_and_work, _education, _survey))
    return [*_women(claims), *(judgement for group in tested for judgement in group), *_unpublished(claims)]


def _women(claims: dict[str, Claim]) -> list[Judgement]:
    """On the share of women."""
    return [
        by_argument(
            claims["women-share"],
            Verdict.MISLABELLED,
            "The team gives [[profile.women]] as the share among click workers in France, AFP the same figure, rounded, as that "
            "of one platform; only volunteers there were asked.",
        ),
        by_argument(
            claims["women-share-cnrs"],
            Verdict.MISLABELLED,
            "It is the [[profile.women]] of the volunteers on one platform, which AFP gives as that platform’s share; the "
            "interview itself names the platform and the number asked.",
        ),
        by_argument(
            claims["women-foulefactory"],
            Verdict.CITED_ONLY,
            "It is the survey’s own [[profile.women]], rounded, so the match is circular; a count of the platform’s workers by "
            "sex would tell.",
        ),
    ]


def _age_and_work(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On ages, and on jobs beside microwork."""
    return [
        by_argument(
            claims["age-25-44"],
            Verdict.CITED_ONLY,
            "The interview says who was asked, and nothing public counts microworkers in France by age; the respondents’ share "
            "is [[profile.age-25-44-ratio-18-64]] times that of French adults up to sixty-four.",
        ),
        by_argument(
            claims["main-job"],
            Verdict.CITED_ONLY,
            "The interview says who was asked, and nothing public counts main jobs among other microworkers; the question and "
            "its answers would be needed as well.",
        ),
        by_rule(
            claims["inactive-third"],
            registry["profile.inactive-printed"],
            "The same survey was printed with [[profile.inactive]] inactive, which no rounding turns into a third: below "
            "[[profile.third-from]] a quarter is nearer.",
        ),
    ]


def _education(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On degrees."""
    ratio = registry["profile.education-ratio-25-64"]
    return [
        by_argument(
            claims["education-bac2"],
            Verdict.MISLABELLED,
            "Two other texts give the [[profile.above-bac2]] as that of respondents aged twenty-five to sixty-four, not of all.",
        ),
        by_test(
            claims["more-educated"],
            ratio,
            "Respondents are above Bac+2 [[profile.education-ratio-25-64|full]] times as often as France at the same ages; "
            "graduates [[profile.education-odds-ratio-25-64]] times as ready to answer would undo it.",
            above=1,
        ),
        by_test(
            claims["often-graduates"],
            ratio,
            "“Often” names no figure; read as more often than France, the respondents of 2018 bear it out: "
            "[[profile.above-bac2]] against [[profile.census-above-bac2-25-64]].",
            above=1,
        ),
    ]


def _survey(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the number who answered."""
    return [
        by_test(
            claims["survey-n"],
            registry["profile.candidate-n-below"],
            "A weak test: of the numbers just below [[profile.respondents]], some, such as [[profile.candidate-n-below]], can "
            "print the share with two decimals; smaller ones can too.",
            above=assumption("nearly-from"),
        ),
    ]


def _unpublished(claims: dict[str, Claim]) -> list[Judgement]:
    """On what no published figure can settle."""
    return [
        by_argument(
            claims["sectors"],
            Verdict.CITED_ONLY,
            "No share of any sector was published; a table of main jobs by sector would settle it.",
        ),
        by_argument(
            claims["triple-day"],
            Verdict.NOT_SHOWN,
            "The team’s own interview says full-time, and no hours by sex were published; by our inference at most "
            "[[profile.women-part-time-most]] of the women with an open-ended contract can work part time.",
        ),
        by_argument(
            claims["money-motive"],
            Verdict.NOT_SHOWN,
            "[[profile.money-motive-printed]] name money, fewer than half; that can be the largest group, but the other "
            "motives were not published.",
        ),
    ]
