"""Counts, part 8: a verdict for each press claim of the chapter."""

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
    tested,
    unchecked,
)
from tallybook.model.numbers import Registry

from microwork.counts import crowd, growth, labour_index, tracker

LABELS, INPUTS, SHARES = "counts/labels", "counts/inputs", "counts/shares"
# The rows that name the largest figure: the authors’ article of 2020, and their critics.
REGISTERED = [(LABELS, "11", "wording"), (LABELS, "4", "wording")]
CRITICS = (INPUTS, "fr-critics-total")
# What a firm and its founder say of its crowd.
CROWD = [(INPUTS, crowd.DECLARED), (INPUTS, crowd.FOUNDER)]
# What the French accounts on its platform are reckoned from. They are not all platforms, so they
# decide no count of all.
ONE_PLATFORM = [(INPUTS, crowd.DECLARED), (crowd.PLACES, f"{crowd.OPEN}/{crowd.FRANCE}")]


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
        "fr-total-cnrs": (
            "The abstract of the authors’ own article of 2020 says that the figure counts people"
            " who are registered, and so do their critics. The claim is about people who do such"
            " tasks."
        ),
        "fr-casual-cnrs": (
            "The abstract of the authors’ own article of 2020 says that the figure counts everyone"
            " registered, including the regular microworkers. In March 2019 their critics wrote"
            " that [[counts.published-registered]] people are registered."
        ),
        "fr-registered": (
            "The abstract of the authors’ own article of 2020 says that the figure includes the"
            " regular microworkers; in 2019 its critics wrote that [[counts.published-registered]]"
            " people are registered. The claim makes all of them hardly active. The mismatch is"
            " small here, because the claim does say registered."
        ),
    }
    return [
        named(claims[claim_id], REGISTERED, reason, figure="figure")
        for claim_id, reason in reasons.items()
    ]


def _presence(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The two smaller figures, and how all three were made."""
    critics, at_work = registry["counts.critics-total"], registry["counts.crowd-french-at-work"]
    beside = (
        "From [[counts.crowd-french-workers]] workers in open jobs and a share on Mechanical Turk"
        " we infer [[counts.crowd-french-at-work|interval]] at work in France on CrowdFlower around"
        " 2014, which decides nothing."
    )
    return [
        read(
            claims["fr-weekly-cnrs"],
            "The public employment agency reports that one of the critics finds"
            " [[counts.critics-total]], nearly the figure of the claim, the most plausible for"
            " everybody who microworks. How many of them log on every week, and how she supports"
            f" it, is not in what we could read. {beside}",
            "a report on what one of the critics says, and open data on one platform",
            about=[CRITICS, *ONE_PLATFORM],
            beside=[critics, at_work],
        ),
        read(
            claims["fr-monthly-cnrs"],
            "The public employment agency reports that one of the critics finds"
            " [[counts.critics-total]], the smallest figure of the study, the most plausible for"
            " everybody who microworks: occasional, regular and very active. That is far below the"
            f" claim. How she supports it is not in what we could read. {beside}",
            "a report on what one of the critics says, and open data on one platform",
            unlike={Lacks.EXTENT: [CRITICS]},
            about=ONE_PLATFORM,
            beside=[critics, at_work],
        ),
        read(
            claims["three-methods"],
            "The critics, too, report three figures from the study. They say that"
            " [[counts.platforms-official]] platforms’ official figures were used, and the title of"
            " a section names visits as well as registrations.",
            "the opening of the critics’ article",
            same=[
                (INPUTS, "fr-critics-estimates"),
                (INPUTS, "fr-platforms-with-official-registrations"),
            ],
            beside=[registry["counts.platforms-official"]],
        ),
    ]


def _platforms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """How many platforms, whose, and which is the largest."""
    return [
        unchecked(
            claims["platforms-fr"],
            "This is the authors’ own count, and no list of the platforms is in what we could read."
            " RTL speaks of about [[counts.platforms-rtl]] platforms, but it sums up the same"
            " study, so its figure cannot test the claim.",
            beside=[registry["counts.platforms-rtl"]],
        ),
        unchecked(
            claims["platforms-fr-french"],
            "This is the authors’ own count, and no list of the platforms or their owners is in"
            " what we could read.",
        ),
        unchecked(
            claims["largest-platform"],
            "The only size of a platform in France that we could read, [[counts.wirk-registered]]"
            " accounts of Wirk, comes from texts on the authors’ own study. We read no other size"
            " to set beside it.",
            beside=[registry["counts.wirk-registered"]],
        ),
        read(
            claims["mturk-side-job-france"],
            "A long-running survey of the platform reached [[counts.mturk-france-2022]] workers in"
            " France in 2022, by the address of their internet connection. It does not say whether"
            " they had another job.",
            "a survey of the platform’s workers",
            like={Lacks.PEOPLE: [(tracker.YEARS, str(tracker.SAID))]},
            beside=[registry["counts.mturk-france-2022"]],
        ),
    ]


def _growth(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in France."""
    share = registry["counts.mturk-france-growth"]
    return [
        tested(
            claims["grown-in-france"],
            Check.NEIGHBOUR,
            Evidence(
                "mturk-france", Model(share, times=("france_unlike",), wider=("france_range",))
            ),
            "On Mechanical Turk, the share of workers in France changed by a factor of"
            " [[counts.mturk-france-growth|full]] from the years before 2018 to 2018 and 2019. The"
            " range holds the choice of the first year, from 2015 to 2017, and chance, but not"
            " wrong addresses.",
            above=1,
            differs=(
                "This is one platform, an American one, and a share of its workers, from 2015 to"
                " 2019."
            ),
        ),
        unchecked(
            claims["growing-france"],
            "In what we could read, no platform other than Mechanical Turk gives its workers in"
            " France for two dates.",
        ),
    ]


def _pandemic(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in the health crisis: of sign-ups, of activity, of the workforce, and what it does to
    pay."""
    crisis, orders = registry["counts.mturk-crisis-growth"], registry["counts.oli-microtask-year"]
    appen, activity = (
        (SHARES, "appen-activity-march-2020"),
        registry["counts.appen-activity-march-2020"],
    )
    workers = [(tracker.YEARS, str(year)) for year in (*tracker.BEFORE, *tracker.DURING)]
    months = labour_index.months(labour_index.START, 2 * labour_index.YEAR, labour_index.YEAR)
    return [
        read(
            claims["platforms-report-growth"],
            "Appen announced that its contributors’ activity in March 2020 lay "
            "[[counts.appen-activity-march-2020]] above the year before. The claim says several "
            "platforms, so one case of it takes two of them. Appen is the only one of which we "
            "could read this.",
            "the announcement of a company",
            like={Lacks.EXTENT: [appen]},
            beside=[activity],
        ),
        read(
            claims["covid-registrations"],
            "Orders for microtasks from March 2020 to February 2021 changed by"
            " [[counts.oli-microtask-year|full]] on the twelve months before. On Mechanical Turk,"
            " the mean of a lower bound on workers was [[counts.mturk-crisis-growth|full]] higher"
            " in 2020 and 2021 than from 2016 to 2018. The range is that of single pairs of years:"
            " in 2021 it was only [[counts.mturk-crisis-growth|low]] above 2016. Neither counts"
            " sign-ups.",
            "an index of orders, and a survey of one platform",
            about=[*((labour_index.OLI, month) for month in months), *workers],
            beside=[orders, crisis],
        ),
        read(
            claims["appen-growth"],
            "Appen put its contributors’ activity in March 2020 at"
            " [[counts.appen-activity-march-2020]] above the year before. That is one month, just"
            " before the period of the claim. Its revenue, another quantity, rose by"
            " [[counts.appen-revenue-growth-2021]] in 2021, which was published after the claim.",
            "the company’s own statements",
            like={Lacks.TIME: [appen]},
            about=[(SHARES, "appen-revenue-growth-2021")],
            beside=[activity, registry["counts.appen-revenue-growth-2021"]],
        ),
        unchecked(
            claims["clickworker-2m"],
            "The company’s own page, which we could not read, probably says. A page on HubPages"
            " gives this number for 2020 and names that page. It does not count as evidence (grade"
            " C), because anybody may publish there.",
        ),
        read(
            claims["platform-workforce-surge"],
            "Newly registered delivery firms in France rose by [[counts.delivery-growth-2020]] in"
            " 2020 (home delivery) and by [[counts.delivery-growth-2018]] in 2018 (courier and"
            " delivery services): the two years are not of one kind. On Mechanical Turk, the mean"
            " of a lower bound on workers was [[counts.mturk-crisis-growth|full]] higher in 2020"
            " and 2021 than from 2016 to 2018; the range is that of single pairs of years. Neither"
            " is the workforce of platforms, and the claim does not say how much growth is"
            " phenomenal.",
            "national statistics on new firms, and a survey of one platform",
            about=[(growth.DELIVERY, "2018"), (growth.DELIVERY, "2020"), *workers],
            beside=[crisis, *(registry[f"counts.delivery-growth-{year}"] for year in (2018, 2020))],
        ),
        unchecked(
            claims["more-workers-lower-pay"],
            "By its abstract, a study of online work of 2017 is about the bargaining power of"
            " workers, among other things. That alone is why we say that it probably speaks of"
            " this: we could not read what it finds on pay and the number of people who sign up.",
        ),
    ]


def _world(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The two figures for the world."""
    oxford = [
        (INPUTS, name, "population")
        for name in ("world-ever-worked-kassi-v4", "world-ever-worked-kassi-preprint")
    ]
    return [
        read(
            claims["world-millions-indl"],
            "In 2013 CrowdFlower, a firm that sells such work, put its crowd at over"
            " [[counts.crowd-declared]], and its founder put those who did its tasks at over"
            " [[counts.crowd-declared-founder]]. That is a firm on itself, six years before the"
            " claim. Mechanical Turk declared [[counts.mturk-registered]] accounts in 2015, and"
            " more than [[counts.mturk-available]] of its workers were found available. The World"
            " Bank’s count of all such sites reached us only through the authors of the claim, so"
            " it does not count.",
            "what two platforms declared, and a study of one of them",
            like={Lacks.TIME: CROWD},
            about=[(INPUTS, "mturk-registered"), (INPUTS, "mturk-available")],
            beside=[registry["counts.crowd-declared"], registry["counts.crowd-declared-founder"]],
        ),
        named(
            claims["world-16m"],
            oxford,
            "Both versions of the Oxford study that we read count, by their abstracts, freelancers"
            " of every kind who ever got work online: [[counts.world-ever-worked-preprint]] in"
            " March 2021, and [[counts.world-ever-worked]] in October 2021, before the claim."
            " Neither says that they do tasks of this kind, and no text that we read has"
            " [[counts.claimed-world]].",
        ),
    ]
