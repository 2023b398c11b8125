"""Profile: a verdict on each press claim."""

from __future__ import annotations

from tallybook.model.numbers import Number, Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of this chapter.

    The survey's data are not public, so no share can be counted again. A figure that agrees with the survey's own is
    circular, and its reason says so; a share of the respondents that was given out as one of microworkers is mislabelled.
    """
    groups = (_women, _age_and_work, _education, _unpublished)
    return [judgement for group in groups for judgement in group(claims, registry)]


def _mislabelled(claim: Claim, number: Number, reason: str) -> Judgement:
    return by_argument(claim, Verdict.MISLABELLED, reason, number)


def _women(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On the share of women."""
    return [
        _mislabelled(
            claims["women-share"],
            registry["profile.women"],
            "[[profile.women]] is the share among those who chose to answer on one platform; "
            "among microworkers in France it was never measured.",
        ),
        _mislabelled(
            claims["women-share-cnrs"],
            registry["profile.women"],
            "This is the [[profile.women]] of those who chose to answer on one platform, rounded, "
            "and not a share of microworkers in France.",
        ),
        by_rule(
            claims["women-foulefactory"],
            registry["profile.women"],
            "It is the survey’s own [[profile.women]], rounded, so the match is circular; a platform with as many women "
            "as France would give it too if they were [[profile.women-odds-ratio]] times as ready to answer.",
        ),
    ]


def _age_and_work(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On ages, and on jobs beside microwork."""
    return [
        _mislabelled(
            claims["age-25-44"],
            registry["profile.age-25-44"],
            "[[profile.age-25-44]] is the share among those who chose to answer on one platform, "
            "[[profile.age-25-44-ratio]] times that of France; other microworkers were not asked.",
        ),
        _mislabelled(
            claims["main-job"],
            registry["profile.main-job"],
            "[[profile.main-job]] of those who chose to answer on one platform have a main job; "
            "other microworkers were not asked.",
        ),
        by_rule(
            claims["inactive-third"],
            registry["profile.inactive"],
            "The same survey has [[profile.inactive|full]] inactive; a third is nearer to the [[profile.no-main-job]] "
            "without a main job, who take in the unemployed.",
        ),
    ]


def _education(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On degrees."""
    return [
        _mislabelled(
            claims["education-bac2"],
            registry["profile.above-bac2"],
            "It is the [[profile.above-bac2]] of the respondents aged twenty-five to sixty-four on one platform, "
            "not a share of all microworkers.",
        ),
        by_test(
            claims["more-educated"],
            registry["profile.education-ratio"],
            "Respondents are above Bac+2 [[profile.education-ratio|full]] times as often as the most educated decade of France; "
            "graduates [[profile.education-odds-ratio]] times as ready to answer would undo it.",
            above=1,
        ),
        by_test(
            claims["often-graduates"],
            registry["profile.education-ratio"],
            "[[profile.above-bac2]] of the respondents are above Bac+2, against [[profile.education-benchmark]] "
            "in the most educated decade of France; the surveys abroad agree.",
            above=1,
        ),
    ]


def _unpublished(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """On what no published figure can settle."""
    return [
        by_argument(
            claims["survey-n"],
            Verdict.CITED_ONLY,
            "Only the survey’s file would tell: if all answered it, one share printed with two decimals leaves "
            "[[profile.candidate-n-count]] numbers from [[profile.candidate-n-lowest]] to [[profile.candidate-n-highest]], "
            "and [[profile.respondents]] is not one of them.",
        ),
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
            Verdict.CITED_ONLY,
            "[[profile.money-motive-printed]] name money, fewer than half; the list of motives with their shares "
            "would tell if it comes first.",
            registry["profile.money-motive"],
        ),
    ]
