"""Counts, part 8: a verdict for each press claim of the chapter."""

from __future__ import annotations

from dataclasses import replace

from tallybook.model.numbers import Number, Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_rule, by_test
from microwork.counts.inversion import registrations_sum

# One reason per claim; where several claims repeat one statement, they share its reason.
_WEEKLY = (
    "Inside [[counts.mc-very-active|interval]], but that range is built round the figure itself; "
    "the one weekly share measured elsewhere would give [[counts.very-active-share-weekly]]."
)
_CASUAL = (
    "By the authors' own article of 2020 it counts everyone registered; "
    "[[counts.registered-not-monthly]] of them come less than monthly, "
    "and how many of those work at all was not measured{}."
)
REASONS = {
    "fr-weekly": _WEEKLY,
    "fr-weekly-cnrs": _WEEKLY,
    "fr-monthly": (
        "Inside [[counts.mc-visitors|interval]] for monthly visitors, but that range is built round the figure itself, "
        "and a visit to a website is not yet a log-on."
    ),
    "fr-monthly-cnrs": (
        "Inside [[counts.mc-routine|interval]], a range built round the figure itself, but near its top: "
        "[[counts.mc-routine-above]] of the draws reach it, for it takes every visitor for a worker."
    ),
    "fr-registered": (
        "By the authors' own article of 2020 it counts everyone registered, the active included; "
        "without those who come monthly [[counts.registered-not-monthly]] are left."
    ),
    "fr-casual-cnrs": _CASUAL,
    "fr-casual-ouestfrance": _CASUAL,
    "fr-total-cfecgc": (
        "It counts people registered; the widest sign of presence, a visit in the month, gives [[counts.mc-visitors|interval]], "
        "a range built round the published [[counts.published-routine]]."
    ),
    "three-methods": (
        "Three figures exist, but the smallest is the largest times [[counts.round-share]], to the person, "
        "which chance would give once in [[counts.coincidence-one-in]] times, or in [[counts.coincidence-one-in-wide]] "
        "on the widest reading: a chain may stand behind them, and the capture samples would settle it."
    ),
    "platforms-fr": (
        "All reports repeat the authors' own count, and RTL heard of about [[counts.platforms-rtl]]; "
        "a dated list of names with the rule of selection would settle it."
    ),
    "platforms-fr-french": "The authors' own count; a list of names with the owner of each would settle it.",
    "largest-platform": (
        "Only its own figure is public, [[counts.wirk-registered]] declared accounts; "
        "the registrations of the other French platforms would settle it."
    ),
    "world-16m": (
        "Oxford's corrected figure of October 2021 is [[counts.world-ever-worked]], its preprint had "
        "[[counts.world-ever-worked-preprint]], and both count online freelancing of every kind."
    ),
    "world-millions": (
        "It holds for accounts, [[counts.world-microwork-registered]] on microwork sites in 2015, "
        "and not for the active ones, [[counts.world-microwork-active]]."
    ),
    "appen-growth": (
        "The figure near it is Appen's own [[counts.appen-activity-march-2020]] for March 2020 alone, "
        "which we infer to be its origin; "
        "revenue grew by [[counts.appen-revenue-growth-2021]] in 2021."
    ),
    "clickworker-2m": (
        "The company's milestone of 2020, as a third site reports it; it counts accounts ever opened, not workers."
    ),
    "covid-registrations": (
        "Thin evidence from one company's rounded milestones: new accounts a year outran microtask demand "
        "[[counts.covid-registrations-over-demand|interval]] times over; against all online work the low end is "
        "[[counts.covid-registrations-over-all-demand|low]]."
    ),
    "more-workers-lower-pay": (
        "No public series has accounts, tasks and pay of one platform side by side; a platform's monthly records would settle it."
    ),
}  # fmt: skip


def weakly(claim: Claim, number: Number, reason: str) -> Judgement:
    """The rule for a number that was made from the published figure itself.

    Such a number cannot reproduce the figure, wherever its median falls; the most it can be is consistent.
    """
    judgement = by_rule(claim, number, reason)
    return replace(judgement, verdict=Verdict.CONSISTENT) if judgement.verdict == Verdict.REPRODUCED else judgement


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One judgement per claim of the chapter, in the order of ``data/claims.csv``."""

    def n(name: str) -> Number:
        return registry[f"counts.{name}"]

    def why(claim_id: str) -> tuple[Claim, str]:
        # The circle of the registered stops being circular as soon as the platform table is full.
        note = " (our range for the registered is built round the figure)" if registrations_sum().inverted else ""
        return claims[claim_id], REASONS[claim_id].format(note) if REASONS[claim_id] is _CASUAL else REASONS[claim_id]

    def cited(claim_id: str, *numbers: Number) -> Judgement:
        claim, reason = why(claim_id)
        return by_argument(claim, Verdict.CITED_ONLY, reason, *numbers)

    def ruled(claim_id: str, number: Number, truly: Number | None = None) -> Judgement:
        claim, reason = why(claim_id)
        return by_rule(claim, number, reason, truly=truly)

    def weak(claim_id: str, number: Number) -> Judgement:
        claim, reason = why(claim_id)
        return weakly(claim, number, reason)

    def above(claim_id: str, number: Number, threshold: float) -> Judgement:
        claim, reason = why(claim_id)
        return by_test(claim, number, reason, above=threshold)

    methods, methods_reason = why("three-methods")
    return [
        weak("fr-weekly", n("mc-very-active")),
        weak("fr-monthly", n("mc-visitors")),
        ruled("fr-registered", n("registered-not-monthly"), truly=n("published-registered")),
        weak("fr-weekly-cnrs", n("mc-very-active")),
        weak("fr-monthly-cnrs", n("mc-routine")),
        ruled("fr-casual-cnrs", n("registered-not-monthly"), truly=n("mc-registered")),
        ruled("fr-total-cfecgc", n("mc-visitors"), truly=n("published-registered")),
        ruled("fr-casual-ouestfrance", n("registered-not-monthly"), truly=n("mc-registered")),
        by_argument(methods, Verdict.NOT_SHOWN, methods_reason, n("very-active-share"), n("very-active-share-coincidence")),
        cited("platforms-fr", n("platforms-listed")),
        cited("platforms-fr-french", n("platforms-french")),
        cited("largest-platform", n("wirk-registered")),
        ruled("world-16m", n("world-ever-worked")),
        above("world-millions", n("world-microworkers"), n("assumed-millions").value),
        ruled("appen-growth", n("appen-revenue-growth-2021"), truly=n("appen-activity-march-2020")),
        ruled("clickworker-2m", n("clickworker-2020")),
        above("covid-registrations", n("covid-registrations-over-demand"), 1.0),
        cited("more-workers-lower-pay"),
    ]
