"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from tallybook.model.numbers import Number, Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test

# One reason per claim; where several claims repeat one statement, they share its reason.
_WEEKLY = (
    "The authors themselves call it speculative, and its samples are not in the texts we read; "
    "if it is a capture-recapture and people are as unequally met as on Mechanical Turk, "
    "it would be [[counts.very-active-if-spread]] at least; "
    "the samples would settle it."
)
_MONTHLY = (
    "It comes from bought web-traffic figures that are not in the texts we read, and counts visits, not yet people who log on; "
    "the traffic by platform would settle it."
)
_CASUAL = (
    "The authors' own article of 2020 says that it counts everyone registered, the active included, as the critics had said; "
    "[[counts.registered-not-monthly]] of them come less than monthly."
)
REASONS = {
    "fr-weekly": _WEEKLY,
    "fr-weekly-cnrs": _WEEKLY,
    "fr-monthly": _MONTHLY,
    "fr-monthly-cnrs": _MONTHLY,
    "fr-registered": (
        "By the authors' own article of 2020 it counts everyone registered, the active included; without those who come weekly "
        "[[counts.registered-not-weekly]] are left, without those who come monthly [[counts.registered-not-monthly]]."
    ),
    "fr-casual-cnrs": _CASUAL,
    "fr-casual-ouestfrance": _CASUAL,
    "fr-total-cfecgc": (
        "The authors' own article of 2020 says that it counts people registered; of these, by the same texts, "
        "[[counts.published-routine]] visit a platform in a month."
    ),
    "three-methods": (
        "The authors' texts name [[counts.methods]] methods and give three figures; nobody claimed that the figures "
        "are independent of each other."
    ),
    "platforms-fr": (
        "All reports repeat the authors' own count, and RTL heard of about [[counts.platforms-rtl]]; "
        "a dated list of names with the rule of selection would settle it."
    ),
    "platforms-fr-french": "The authors' own count; a list of names with the owner of each would settle it.",
    "largest-platform": (
        "It declared [[counts.wirk-registered]] accounts; the other platforms with an official figure have "
        "[[counts.other-platforms-mean]] on average, by our inference, so it is the largest of them only if each has between "
        "[[counts.other-platforms-least]] and [[counts.wirk-registered]]. How many of them are French is not known."
    ),
    "world-16m": (
        "Oxford's corrected figure of October 2021 is [[counts.world-ever-worked]], its preprint had "
        "[[counts.world-ever-worked-preprint]], and both count online freelancing of every kind."
    ),
    "world-millions": (
        "Read as people who work, like the figure for France in the same sentence: [[counts.world-microwork-registered]] had "
        "accounts on microwork sites in 2015, and [[counts.world-microwork-active]] were active; for 2019 no count was found."
    ),
    "appen-growth": (
        "We found no figure for its activity after April 2020; [[counts.appen-activity-march-2020]] is its own figure "
        "for March 2020 alone, which we infer to be the origin. Its activity by month would settle it."
    ),
    "clickworker-2m": (
        "The same milestone of the company, read again in a third site; it counts accounts ever opened, and a dated count of "
        "active accounts would settle more."
    ),
    "covid-registrations": (
        "One company's new accounts outran microtask demand [[counts.covid-registrations-over-demand|interval]] times over, a "
        "range that reaches below one; and it added as many accounts a year after the pandemic, "
        "[[counts.clickworker-new-2022-2024]], as in it."
    ),
    "more-workers-lower-pay": (
        "No public series has accounts, tasks and pay of one platform side by side; a platform's monthly records would settle it."
    ),
}  # fmt: skip


def weakly(claim: Claim, number: Number, reason: str) -> Judgement:
    """The rule for a number that was read in the claimants' own texts: it was not measured again, so it cannot reproduce theirs.

    The most it can be is consistent.
    """
    judgement = by_rule(claim, number, reason)
    return replace(judgement, verdict=Verdict.CONSISTENT) if judgement.verdict == Verdict.REPRODUCED else judgement


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One judgement per claim of the chapter, in the order of ``data/claims.csv``."""

    def n(name: str) -> Number:
        return registry[f"counts.{name}"]

    def argued(claim_id: str, verdict: Verdict) -> Judgement:
        # Without a number of its own: what was read again was not found again.
        return by_argument(claims[claim_id], verdict, REASONS[claim_id])

    cited, renamed = (partial(argued, verdict=verdict) for verdict in (Verdict.CITED_ONLY, Verdict.MISLABELLED))

    def ruled(claim_id: str, number: Number) -> Judgement:
        return by_rule(claims[claim_id], number, REASONS[claim_id])

    def above(claim_id: str, number: Number, threshold: float) -> Judgement:
        return by_test(claims[claim_id], number, REASONS[claim_id], above=threshold)

    return [
        cited("fr-weekly"),
        cited("fr-monthly"),
        renamed("fr-registered"),
        cited("fr-weekly-cnrs"),
        cited("fr-monthly-cnrs"),
        renamed("fr-casual-cnrs"),
        renamed("fr-total-cfecgc"),
        renamed("fr-casual-ouestfrance"),
        weakly(claims["three-methods"], n("methods"), REASONS["three-methods"]),
        cited("platforms-fr"),
        cited("platforms-fr-french"),
        cited("largest-platform"),
        ruled("world-16m", n("world-ever-worked")),
        above("world-millions", n("world-microworkers"), n("assumed-millions").value),
        cited("appen-growth"),
        cited("clickworker-2m"),
        above("covid-registrations", n("covid-registrations-over-demand"), 1.0),
        cited("more-workers-lower-pay"),
    ]
