"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, named, read, tested, unchecked
from microwork.counts import growth, labour_index, tracker

LABELS, INPUTS, SHARES = "counts/labels", "counts/inputs", "counts/shares"
REGISTERED = (LABELS, "11", "wording")  # what the authors' article of 2020 calls the largest figure


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One verdict for each claim of the chapter that repeats no other."""
    return [
        *_names(claims),
        *_presence(claims, registry),
        *_platforms(claims, registry),
        *_growth(claims, registry),
        *_pandemic(claims, registry),
        *_world(claims, registry),
    ]


def _names(claims: dict[str, Claim]) -> list[Judgement]:
    """The largest figure, under three names that are not the one of the authors' article."""
    reasons = {
        "fr-total-cnrs": "The abstract of the authors’ own article of 2020 says that the figure counts people who are "
        "registered. By the same text, [[counts.rounded-routine]] of them do tasks at least monthly.",
        "fr-casual-cnrs": "The abstract of the authors’ own article of 2020 says that the figure counts everyone registered, "
        "including the regular microworkers. Their critics had already said so.",
        "fr-registered": "The abstract of the authors’ own article of 2020 says that the figure includes the active. Without "
        "those who are there every month, [[counts.registered-not-monthly]] are left.",
    }
    return [named(claims[claim_id], reason, [REGISTERED], figure="figure") for claim_id, reason in reasons.items()]


def _presence(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The two smaller figures, and how all three were made."""
    critics = registry["counts.critics-total"]
    return [
        unchecked(
            claims["fr-weekly-cnrs"],
            "How the figure was made is not in what we could read of the authors’ papers; they call it speculation. One of their "
            "critics finds [[counts.critics-total]] the most plausible figure for everybody who microworks.",
            beside=[critics],
        ),
        unchecked(
            claims["fr-monthly-cnrs"],
            "The abstract of 2020 says that these people do tasks at least monthly. The method that the authors describe finds "
            "people who connect, by bought web-traffic figures. One of their critics finds [[counts.critics-total]] the most "
            "plausible figure for everybody who microworks.",
            beside=[critics],
        ),
        read(
            claims["three-methods"],
            "The critics, too, find three figures in the study, made from registrations and from visits. Nobody said that the "
            "figures are independent.",
            "the opening of the critics’ article",
            same=[(INPUTS, "fr-platforms-with-official-registrations"), (LABELS, "4")],
        ),
    ]


def _platforms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """How many platforms, whose, and which is the largest."""
    return [
        unchecked(
            claims["platforms-fr"],
            "This is the authors’ own count, and no list of the platforms is in what we could read. RTL mentions about "
            "[[counts.platforms-rtl]] platforms and does not say of what kind.",
        ),
        unchecked(
            claims["platforms-fr-french"],
            "This is the authors’ own count, and no list of the platforms or their owners is in what we could read.",
        ),
        read(
            claims["largest-platform"],
            "Wirk declared [[counts.wirk-registered]] accounts. For the other platforms with an official figure, we infer "
            "[[counts.other-platforms-mean]] on average. So Wirk is the largest of them only if each of the others has at least "
            "[[counts.other-platforms-least]] accounts, but no more than Wirk.",
            "the only platform size that we could read",
            about=[("counts/platforms", "Wirk (Foule Factory)"), (INPUTS, "fr-platforms-with-official-registrations")],
        ),
        read(
            claims["mturk-side-job-france"],
            "A long-running survey reached [[counts.mturk-france-2022]] workers with an address in France in 2022. It does not "
            "say whether they had another job.",
            "a survey of the platform’s workers",
            like=[(tracker.YEARS, str(tracker.SAID))],
            beside=[registry["counts.mturk-france-2022"]],
        ),
    ]


def _growth(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in France."""
    share = registry["counts.mturk-france-growth"]
    return [
        tested(
            claims["grown-in-france"], Check.NEIGHBOUR,
            Evidence("mturk-france", Model(share, times=("france_unlike",), wider=("france_range",))),
            "On Mechanical Turk, the share of workers in France changed by a factor of [[counts.mturk-france-growth|interval]]: "
            "up or down, depending on the year from which one counts.",
            above=1,
            differs="This is one platform, an American one, and a share of its workers, from 2015 to 2019.",
        ),
        unchecked(
            claims["growing-france"],
            "Only one platform gave a figure for France that we could read, and it gave that figure only once.",
        ),
    ]  # fmt: skip


def _pandemic(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in the health crisis: of sign-ups, of activity, of the workforce, and what it does to pay."""
    crisis, orders = registry["counts.mturk-crisis-growth"], registry["counts.oli-microtask-year"]
    appen, workers = (SHARES, "appen-activity-march-2020"), [(tracker.YEARS, str(year)) for year in tracker.DURING]
    return [
        read(
            claims["platforms-report-growth"],
            "Appen announced more activity. It is the only company of which we could read this.",
            "the announcement of a company",
            like=[appen],
        ),
        read(
            claims["covid-registrations"],
            "Orders for microtasks changed by [[counts.oli-microtask-year|interval]] over the first year of the crisis. The "
            "minimum number of workers on Mechanical Turk changed by [[counts.mturk-crisis-growth|interval]]. Neither counts "
            "sign-ups, and both ranges reach from about nothing to a large rise.",
            "an index of orders, and a survey of one platform",
            about=[*((labour_index.OLI, month) for month in labour_index.months(labour_index.START, 12)), *workers],
            beside=[orders, crisis],
        ),
        read(
            claims["appen-growth"],
            "The only figure for activity that we found, [[counts.appen-activity-march-2020]], is for March 2020, before the "
            "period in the claim. The claim may come from it, or from a later report.",
            "the company’s own statements",
            about=[appen, (SHARES, "appen-revenue-growth-2021")],
        ),
        unchecked(
            claims["clickworker-2m"],
            "A page that anybody may publish gives this number for 2020, from the company’s own page, which we could not read.",
        ),
        read(
            claims["platform-workforce-surge"],
            "New delivery firms in France rose by [[counts.delivery-growth-2020]] in 2020, and by "
            "[[counts.delivery-growth-2018]] in 2018, before the crisis. On Mechanical Turk a minimum number of workers rose by "
            "[[counts.mturk-crisis-growth|interval]]. The claim does not say how much growth is phenomenal.",
            "national statistics on new firms, and a survey of one platform",
            about=[(growth.DELIVERY, "2018"), (growth.DELIVERY, "2020"), *workers],
            beside=[crisis, *(registry[f"counts.delivery-growth-{year}"] for year in (2018, 2020))],
        ),
        unchecked(
            claims["more-workers-lower-pay"],
            "We know of no public series with the accounts, tasks and pay of one platform side by side.",
        ),
    ]


def _world(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The two figures for the world."""
    oxford = [(INPUTS, name, "population") for name in ("world-ever-worked-kassi-v4", "world-ever-worked-kassi-preprint")]
    return [
        read(
            claims["world-millions-indl"],
            "Mechanical Turk declared [[counts.mturk-registered]] accounts in 2015, and more than [[counts.mturk-available]] of "
            "its workers were found available. The World Bank’s count of all such sites reached us only through the authors "
            "of the French study.",
            "what one platform declared, and a study of it",
            about=[(INPUTS, "mturk-registered"), (INPUTS, "mturk-available")],
        ),
        named(
            claims["world-16m"],
            "The Oxford abstracts give [[counts.world-ever-worked-preprint]] in March 2021 and [[counts.world-ever-worked]] in "
            "October: people who ever got work online, of every kind. The claim lies between the two, so its size is no error. "
            "The texts do not say that these people do tasks of this kind.",
            oxford,
        ),
    ]
