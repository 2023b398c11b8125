"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

import math

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, named, read, tested, unchecked, unlike, wider
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
            "The authors’ own article of 2020 says that the figure counts people registered. Of these, by the same texts, "
            "[[counts.registered-not-monthly]] do not visit a platform every month.",
            (LABELS, "9", "wording"), REGISTERED, figure="figure",
        ),
        named(
            claims["fr-casual-cnrs"],
            "The authors’ own article of 2020 says that the figure counts everyone registered, the regular ones included, "
            "as their critics had said.",
            (LABELS, "8", "wording"), REGISTERED, figure="figure",
        ),
        named(
            claims["fr-registered"],
            "The authors’ own article of 2020 says that the figure takes in the active. "
            "Without those who come monthly [[counts.registered-not-monthly]] are left.",
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
            "The authors call it speculative, and its samples are not in the texts we could read. The samples, or a dated log of "
            "visits, would settle it.",
        ),
        unchecked(
            claims["fr-monthly-cnrs"],
            "It comes from bought figures of web traffic that are not in the texts we could read, and a visit is not yet work. "
            "The traffic by platform would settle it.",
        ),
        read(
            claims["three-methods"], Verdict.HOLDS,
            "The authors’ papers give three figures and name [[counts.methods]] methods, and their critics describe two of them. "
            "Nobody said that the figures are independent.",
            "the authors’ papers and their critics’ article",
            [*figures, *methods, (INPUTS, "fr-platforms-with-official-registrations")],
        ),
    ]  # fmt: skip


def _platforms(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """How many platforms, whose, and which is the largest."""
    own = "It is the authors’ own count, and no list of names could be read."
    return [
        read(
            claims["platforms-fr"], Verdict.NO_EVIDENCE,
            f"{own} RTL heard of about [[counts.platforms-rtl]], and does not say of what kind. A dated list with the rule of "
            "selection would settle it.",
            "a second figure in another report",
            [(INPUTS, "fr-platforms-rtl")],
        ),
        unchecked(claims["platforms-fr-french"], f"{own} A list with the owner of each platform would settle it."),
        read(
            claims["largest-platform"], Verdict.NO_EVIDENCE,
            "It declared [[counts.wirk-registered]] accounts. We infer [[counts.other-platforms-mean]] on average for the others "
            "with an official figure, so it is the largest of them only if each has between [[counts.other-platforms-least]] and "
            "that.",
            "the one platform size that was published",
            [("counts/platforms", "Wirk (Foule Factory)"), (INPUTS, "fr-platforms-with-official-registrations")],
        ),
        tested(
            claims["mturk-side-job-france"], Check.RECOUNT, registry["counts.mturk-france-2022"],
            "A standing survey met [[counts.mturk-france-2022]] workers with an address in France in 2022. "
            "Whether they had another job is not said.",
            above=0, exact=True,
            flips=[Assumption("located", lambda x: _alike(math.floor(tracker.persons("french", tracker.SAID) * x / 100)))],
        ),
    ]  # fmt: skip


def _growth(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in France."""
    return [
        read(
            claims["grown-in-france"], Verdict.FITS,
            "A French platform launched in the 2010s declared [[counts.wirk-registered]] accounts, but accounts only add up. On "
            "Mechanical Turk the share of workers in France moved by a factor of [[counts.mturk-france-growth|interval]].",
            "accounts that one platform declared",
            [("counts/platforms", "Wirk (Foule Factory)"), ("income/facts", "platform-cap")],
            beside=[registry["counts.mturk-france-growth"]],
        ),
        unchecked(
            claims["growing-france"],
            "No platform but one gave a figure for France that we could read, and that one gave it once. "
            "Accounts or workers in France by year would settle it.",
        ),
    ]  # fmt: skip


def _pandemic(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Growth in the health crisis: of sign-ups, of activity, of the workforce, and what it does to pay."""
    crisis = registry["counts.mturk-crisis-growth"]
    appen = (SHARES, "appen-activity-march-2020")
    return [
        read(
            claims["platforms-report-growth"], Verdict.FITS,
            "Appen announced more activity, and Clickworker more accounts. That is two companies, and only one of them speaks of "
            "activity.",
            "announcements of two companies",
            [appen, ("counts/clickworker", "2022")],
        ),
        _covid(claims["covid-registrations"], registry["counts.covid-registrations-over-demand"]),
        read(
            claims["appen-growth"], Verdict.NO_EVIDENCE,
            "Its own figure that we found, [[counts.appen-activity-march-2020]], is for March 2020, before the period said; "
            "we infer that the claim comes from it. Activity by month would settle it.",
            "the company’s own statement of 2020",
            [appen],
        ),
        read(
            claims["clickworker-2m"], Verdict.HOLDS,
            "The company’s list of milestones, read in a third text, has this number for 2020 and twice as many for 2022. "
            "It counts accounts ever opened, active or not.",
            "the company’s own milestones",
            [("counts/clickworker", "2020"), ("counts/clickworker", "2022")],
        ),
        tested(
            claims["platform-workforce-surge"], Check.NEIGHBOUR, crisis,
            "The least number of workers of Mechanical Turk rose by [[counts.mturk-crisis-growth]].",
            above=0,
            differs="One platform for remote work, without deliveries; a least number of workers, not all of them.",
            weak="How much growth is phenomenal was not said, and one platform cannot show it for all.",
            flips=[wider("crisis-range", crisis)],
        ),
        unchecked(
            claims["more-workers-lower-pay"],
            "No public series has accounts, tasks and pay of one platform side by side. A platform’s monthly records would "
            "settle it.",
        ),
    ]  # fmt: skip


def _covid(claim: Claim, found: Number) -> Judgement:
    return tested(
        claim, Check.NEIGHBOUR, found,
        "New accounts at Clickworker rose [[counts.covid-registrations-over-demand|interval]] times as much as microtasks on "
        "offer elsewhere, a range that reaches below one.",
        above=1,
        differs="Accounts of one company worldwide, beside vacancies on other platforms; not activity on the same ones.",
        weak="One company cannot decide.",
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
            "In 2015 microwork sites had [[counts.world-microwork-registered]] accounts, of which "
            "[[counts.world-microwork-active]] were active. A count of people at work in 2019 would settle it.",
            above=limit,
            differs="Accounts, not people, and four years earlier; read in a text that names the World Bank.",
            flips=[
                Assumption("millions-active", context.microworkers),
                Assumption("millions-persons", lambda per_person: _times(accounts, 1 / per_person)),
                unlike("millions-growth", accounts),
                Assumption("millions-least", lambda least: _times(accounts, limit / least)),
            ],
        ),
        read(
            claims["world-16m"], Verdict.CONTRADICTED,
            "Oxford’s text then in force has [[counts.world-ever-worked]], near in size, and counts freelancers of every kind, "
            "not task workers. Kind decides here. We did not read every version.",
            "two versions of Oxford’s text",
            [(INPUTS, "world-ever-worked-kassi-v4"), (INPUTS, "world-ever-worked-kassi-preprint")],
            beside=oxford,
        ),
    ]  # fmt: skip


def _alike(value: float) -> Computed:
    """A full count as value, low and high."""
    return value, value, value


def _times(number: Number, factor: float) -> Computed:
    """A number and its ends, times a factor."""
    low, high = number.ends
    return factor * number.value, factor * low, factor * high
