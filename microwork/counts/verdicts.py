"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

import math

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, named, read, scaled, tested, unchecked, unlike, wider
from microwork.claims.judge import Computed, Name
from microwork.counts import context, growth, tracker

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
            "The authors themselves call the figure speculative, and the samples behind it are not in the texts we could read. "
            "Those samples, or a dated log of visits, would settle it.",
        ),
        unchecked(
            claims["fr-monthly-cnrs"],
            "The figure comes from purchased web-traffic data that are not in the texts we could read, and a visit does not "
            "mean that work was done. Traffic figures for each platform would settle it.",
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
        tested(
            claims["mturk-side-job-france"], Check.RECOUNT, registry["counts.mturk-france-2022"],
            "A long-running survey reached [[counts.mturk-france-2022]] workers with an address in France in 2022. It does not "
            "say whether they had another job.",
            above=0, exact=True, weak="That they take such side jobs is not shown.",
            flips=[Assumption("located", lambda x: _alike(math.floor(tracker.persons("french", tracker.SAID) * x / 100)))],
        ),
    ]  # fmt: skip


def _growth(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in France."""
    return [
        read(
            claims["grown-in-france"], Verdict.NO_EVIDENCE,
            "One French platform declared [[counts.wirk-registered]] accounts, but a count of accounts can "
            "only grow. On Mechanical Turk, the share of workers in France changed by a factor of "
            "[[counts.mturk-france-growth|interval]].",
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
            claims["appen-growth"], Verdict.DOUBTFUL,
            "The only company figure that we found, [[counts.appen-activity-march-2020]], is for March 2020, before the period "
            "in the claim. We infer that the claim is based on it. Monthly figures for activity would settle it.",
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
        tested(
            claims["platform-workforce-surge"], Check.NEIGHBOUR, crisis,
            "A minimum count of the workers on Mechanical Turk rose by [[counts.mturk-crisis-growth]].",
            above=0,
            differs="This is one platform for remote work, without deliveries. It gives a minimum number of accounts, which may "
            "not be people, and not the total.",
            disputed="The claim does not say how much growth counts as phenomenal, and one platform cannot speak for all.",
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
    accounts, limit = registry["counts.world-microworkers"], float(registry["counts.assumed-millions"].value)
    oxford = [registry["counts.world-ever-worked"], registry["counts.world-ever-worked-preprint"]]
    return [
        tested(
            claims["world-millions-indl"], Check.NEIGHBOUR, accounts,
            "In 2015, microwork sites had [[counts.world-microwork-registered]] accounts, of which "
            "[[counts.world-microwork-active]] were active. A count of people doing such work in 2019 would settle it.",
            above=limit,
            differs="These are accounts, not people, and they date from four years earlier. We read the figures in a text that "
            "cites the World Bank.",
            flips=[
                Assumption("millions-active", context.microworkers),
                Assumption("millions-persons", lambda per_person: scaled(accounts, 1 / per_person)),
                unlike("millions-growth", accounts),
                Assumption("millions-least", lambda least: scaled(accounts, limit / least)),
            ],
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


def _alike(value: float) -> Computed:
    """A full count as value, low and high."""
    return value, value, value
