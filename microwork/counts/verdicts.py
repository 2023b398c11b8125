"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

import math

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, named, read, tested, unchecked, wider
from microwork.claims.judge import Name
from microwork.counts import growth, tracker

LABELS, INPUTS, SHARES = "counts/labels", "counts/inputs", "counts/shares"
REGISTERED: Name = (LABELS, "11", "wording")  # what the authors' article of 2020 calls the largest figure


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of the chapter that repeats no other."""
    return [
        *_names(claims),
        *_presence(claims),
        *_platforms(claims, registry),
        *_growth(claims, registry),
        *_pandemic(claims, registry),
        *_world(claims, registry),
    ]


def _names(claims: dict[str, Claim]) -> list[Judgement]:
    """The largest figure, under three names that are not the one of the authors' article."""
    return [
        named(
            claims["fr-total-cnrs"],
            "The authors’ own 2020 article says that the figure counts people who are registered. According to the same texts, "
            "[[counts.registered-not-monthly]] of them do not visit a platform every month.",
            (LABELS, "9", "wording"), REGISTERED, figure="figure",
        ),
        named(
            claims["fr-casual-cnrs"],
            "The authors’ own 2020 article says that the figure counts everyone registered, including the regular microworkers. "
            "Their critics had already said so.",
            (LABELS, "8", "wording"), REGISTERED, figure="figure",
        ),
        named(
            claims["fr-registered"],
            "The authors’ own 2020 article says that the figure includes active microworkers. Without those who visit a "
            "platform every month, [[counts.registered-not-monthly]] are left.",
            (LABELS, "12", "wording"), REGISTERED, figure="figure",
        ),
    ]  # fmt: skip


def _presence(claims: dict[str, Claim]) -> list[Judgement]:
    """The two smaller figures, and how all three were made."""
    figures = [(INPUTS, row) for row in ("fr-very-active", "fr-routine", "fr-casual")]
    methods = [("counts/methods", row) for row in ("registrations", "web traffic", "capture-recapture")]
    return [
        unchecked(
            claims["fr-weekly-cnrs"],
            "The authors themselves call the figure speculative, and how it was made is not in the texts we could read. Their "
            "papers, or a dated log of tasks, would settle it.",
        ),
        unchecked(
            claims["fr-monthly-cnrs"],
            "The authors’ abstract says that these people do tasks at least monthly. The method they describe counts people who "
            "connect, from purchased web-traffic data. Their paper, which we could not read, or traffic figures for each "
            "platform would settle it.",
        ),
        read(
            claims["three-methods"], Verdict.HOLDS,
            "The authors’ papers give three figures and name [[counts.methods]] methods. Their critics describe two of these "
            "methods. Nobody said that the figures are independent.",
            "the authors’ papers and their critics’ article",
            [*figures, *methods, (INPUTS, "fr-platforms-with-official-registrations")],
        ),
    ]  # fmt: skip


def _platforms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """How many platforms, whose, and which is the largest."""
    own = "This is the authors’ own count, and we could not read any list of the platforms’ names."
    return [
        read(
            claims["platforms-fr"], Verdict.NO_EVIDENCE,
            f"{own} RTL mentions about [[counts.platforms-rtl]] platforms but does not say of what kind. A dated list, with the "
            "rule for selecting platforms, would settle it.",
            "a second figure in another report",
            [(INPUTS, "fr-platforms-rtl")],
        ),
        unchecked(claims["platforms-fr-french"], f"{own} A list showing who owns each platform would settle it."),
        read(
            claims["largest-platform"], Verdict.NO_EVIDENCE,
            "Wirk declared [[counts.wirk-registered]] accounts. For the other platforms with an official figure, we infer "
            "[[counts.other-platforms-mean]] on average. So Wirk is the largest of them only if each of the others has at least "
            "[[counts.other-platforms-least]] accounts, but no more than Wirk.",
            "the only platform size that was published",
            [("counts/platforms", "Wirk (Foule Factory)"), (INPUTS, "fr-platforms-with-official-registrations")],
        ),
        read(
            claims["mturk-side-job-france"], Verdict.FITS,
            "A long-running survey reached [[counts.mturk-france-2022]] workers with an address in France in 2022. It does not "
            "say whether they had another job.",
            "a survey of the platform’s workers",
            [("counts/mturk_years", "2022")],
            beside=[registry["counts.mturk-france-2022"]],
        ),
    ]  # fmt: skip


def _growth(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in France."""
    return [
        read(
            claims["grown-in-france"], Verdict.NO_EVIDENCE,
            "One French platform declared [[counts.wirk-registered]] accounts, but a count of accounts can "
            "only grow. On Mechanical Turk, the share of workers in France changed by a factor of "
            "[[counts.mturk-france-growth|interval]]: up or down, depending on the year from which one counts.",
            "accounts that one platform declared",
            [("counts/platforms", "Wirk (Foule Factory)"), ("income/facts", "platform-cap")],
            beside=[registry["counts.mturk-france-growth"]],
        ),
        unchecked(
            claims["growing-france"],
            "Only one platform gave a figure for France that we could read, and it gave that figure only once. Yearly counts of "
            "accounts or workers in France would settle it.",
        ),
    ]  # fmt: skip


def _pandemic(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in the health crisis: of sign-ups, of activity, of the workforce, and what it does to pay."""
    crisis = registry["counts.mturk-crisis-growth"]
    appen = (SHARES, "appen-activity-march-2020")
    return [
        read(
            claims["platforms-report-growth"], Verdict.FITS,
            "Appen announced more activity, and Clickworker announced more accounts. These are only two companies, and only one "
            "of them speaks of activity.",
            "announcements of two companies",
            [appen, ("counts/clickworker", "2022")],
        ),
        _covid(claims["covid-registrations"], registry["counts.covid-registrations-over-demand"]),
        read(
            claims["appen-growth"], Verdict.NO_EVIDENCE,
            "The only figure for activity that we found, [[counts.appen-activity-march-2020]], is for March 2020, before the "
            "period in the claim. The claim may come from it, or from a later report. Monthly figures would settle it.",
            "the company’s own statement of 2020",
            [appen],
        ),
        read(
            claims["clickworker-2m"], Verdict.HOLDS,
            "The company’s list of milestones, as reported by a third party, gives this number for 2020 and twice as many for "
            "2022. It counts all accounts ever opened, active or not.",
            "the company’s own milestones",
            [("counts/clickworker", "2020"), ("counts/clickworker", "2022")],
        ),
        read(
            claims["platform-workforce-surge"], Verdict.NO_EVIDENCE,
            "New delivery firms in France rose by [[counts.delivery-growth-2020]] in 2020, and by "
            "[[counts.delivery-growth-2018]] in 2018, before the crisis. On Mechanical Turk a minimum number of workers rose by "
            "[[counts.mturk-crisis-growth|interval]]. The claim does not say how much growth is phenomenal.",
            "national statistics on new firms, and a survey of one platform",
            [(growth.DELIVERY, "2018"), (growth.DELIVERY, "2020"), *((tracker.YEARS, str(year)) for year in tracker.DURING)],
            beside=[crisis, *(registry[f"counts.delivery-growth-{year}"] for year in (2018, 2020))],
        ),
        unchecked(
            claims["more-workers-lower-pay"],
            "No public series shows the accounts, tasks and pay of one platform side by side. A platform’s monthly records "
            "would settle it.",
        ),
    ]  # fmt: skip


def _covid(claim: Claim, found: Number) -> Judgement:
    return tested(
        claim, Check.NEIGHBOUR, found,
        "New accounts at Clickworker rose [[counts.covid-registrations-over-demand|interval]] times as much as the number of "
        "microtasks offered elsewhere. That range includes values below one.",
        above=1,
        differs="These are accounts at one company worldwide, compared with vacancies on other platforms, not with activity on "
        "the same ones.",
        weak="One company cannot decide the question.",
        flips=[
            # A cut month counts in full, so the verdict changes at a whole number of months.
            Assumption("covid-months", lambda months: growth.registrations_over_demand(count=math.ceil(months))),
            Assumption("covid-series", lambda percent: growth.between_series(percent / 100)),
            Assumption("covid-stray", lambda months: growth.registrations_over_demand(stray=months / 12)),
            wider("covid-range", found),
        ],
    )  # fmt: skip


def _world(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The two figures for the world."""
    oxford = [registry["counts.world-ever-worked"], registry["counts.world-ever-worked-preprint"]]
    return [
        read(
            claims["world-millions-indl"], Verdict.NO_EVIDENCE,
            "Two platforms declared [[counts.mturk-registered]] accounts in 2015 and [[counts.clickworker-2017]] in 2017. For "
            "people at work we found one figure: more than [[counts.mturk-available]], on one of the two. The World Bank’s count "
            "of 2015 reached us only through the authors of the French study.",
            "what two platforms declared, and a study of one",
            [(INPUTS, "mturk-registered"), (INPUTS, "mturk-available"), ("counts/clickworker", "2017")],
        ),
        read(
            claims["world-16m"], Verdict.CONTRADICTED,
            "The Oxford text current at the time gives [[counts.world-ever-worked]], and an earlier one "
            "[[counts.world-ever-worked-preprint]]. Both count freelancers of every kind, not people who do tasks of this kind, "
            "and that decides the verdict. We did not read every version.",
            "two versions of the Oxford text",
            [(INPUTS, "world-ever-worked-kassi-v4"), (INPUTS, "world-ever-worked-kassi-preprint")],
            beside=oxford,
        ),
    ]  # fmt: skip
