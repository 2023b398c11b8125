"""Outsourcing: a verdict on each press claim.

A tie between two countries counts as shown if two things hold: its quotient lies above one over the
whole interval, and fewer than one in twenty random sets of suppliers of the same client do as well.
The second is needed because for a large client even a trifle lies above one.
"""

from __future__ import annotations

from collections.abc import Callable

from tallybook.model.numbers import Number, Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_test

USUAL = 0.05  # share of random sets from which on a tie is nothing unusual


def tie(claim: Claim, quotient: Number, chance: Number, reason: str) -> Judgement:
    """The rule of the chapter for a tie (see above): consistent, overstated or not shown."""
    judgement = by_test(claim, quotient, reason, above=1.0)
    if judgement.verdict == Verdict.CONSISTENT and chance.value >= USUAL:
        return by_argument(claim, Verdict.NOT_SHOWN, reason, quotient, chance)
    return judgement


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One judgement per claim of the chapter."""

    def n(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    return [*_sellers(claims, n), *_ties(claims, n), *_rulers_and_skills(claims, n)]


def _sellers(claims: dict[str, Claim], n: Callable[[str], Number]) -> list[Judgement]:
    return [
        by_argument(
            claims["mg-ve-nerve-centres"],
            Verdict.NOT_SHOWN,
            "France takes [[outsourcing.france-share-of-malagasy-sales]] of what Madagascar sells, but Madagascar sold "
            "[[outsourcing.madagascar-share-2019]] of the platform’s projects in 2019 and Venezuela "
            "[[outsourcing.venezuela-share-2019]]; no public count says what share of the world’s annotation either does.",
            n("france-share-of-malagasy-sales"),
            n("madagascar-share-2019"),
            n("venezuela-share-2019"),
        ),
    ]


def _ties(claims: dict[str, Claim], n: Callable[[str], Number]) -> list[Judgement]:
    return [
        tie(
            claims["fr-francophone-africa"],
            n("named-fra"),
            n("permutation-p-fra"),
            "French clients bought [[outsourcing.named-fra]] times as much from the six as chance would give, "
            "yet the six made up only [[outsourcing.named-share-of-french-purchases]] of French purchases.",
        ),
        tie(
            claims["es-hispanophone"],
            n("block-esp-hispanophone-america"),
            n("permutation-p-esp-hispanophone"),
            "Spanish clients bought [[outsourcing.block-esp-hispanophone-america]] times as much from Spanish-speaking America "
            "as chance would give, [[outsourcing.hispanophone-share-of-spanish-purchases]] of their purchases.",
        ),
        tie(
            claims["us-latin-america"],
            n("named-usa-latin-america"),
            n("permutation-p-usa-latin-america"),
            "American clients bought [[outsourcing.named-usa-latin-america]] times what chance would give from the three, and "
            "[[outsourcing.lq-usa-ven]] from Venezuela, in 2014-2015, before the Venezuelan share of the platform had risen to "
            "[[outsourcing.venezuela-share-growth]] times that of 2013.",
        ),
        tie(
            claims["uk-us-east-africa-india"],
            n("named-east-africa-india"),
            n("permutation-p-usa-east-africa-india"),
            "The two bought [[outsourcing.named-east-africa-india]] times what chance would give from India and Kenya, "
            "which sell to everyone.",
        ),
        tie(
            claims["us-philippines"],
            n("lq-usa-phl"),
            n("permutation-p-usa-philippines"),
            "American clients bought [[outsourcing.lq-usa-phl]] times as much as chance would give, no more than from Bangladesh "
            "([[outsourcing.lq-usa-bgd]]), which was never American.",
        ),
    ]


def _rulers_and_skills(claims: dict[str, Claim], n: Callable[[str], Number]) -> list[Judgement]:
    return [
        by_test(
            claims["egypt-gulf-china"],
            n("lq-chn-egy"),
            "The Gulf stands ([[outsourcing.gulf-egypt]] times chance), China does not "
            "([[outsourcing.lq-chn-egy]], on [[outsourcing.projects-chn-egy]] projects), "
            "and nothing here can show that a tie is new.",
            above=1.0,
        ),
        by_test(
            claims["coloniality"],
            n("gravity-client-coloniser-total"),
            "A former ruler buys [[outsourcing.gravity-client-coloniser-total|full]] times as much, with language, a way in "
            "which such ties work, left free: France [[outsourcing.gravity-french-ties-total]] times, the United Kingdom "
            "[[outsourcing.gravity-british-ties-total]]; the interview says only that dependency is sometimes inherited, and "
            "puts cost first, which nothing here tests.",
            above=1.0,
        ),
        by_argument(
            claims["overeducated-south"],
            Verdict.CITED_ONLY,
            "[[outsourcing.graduates-mdg]] with higher education is published for Madagascar, nothing for Venezuela; "
            "the survey files, with diploma and task of each person, would settle it.",
            n("graduates-mdg"),
        ),
    ]
