"""Outsourcing: a verdict on each press claim.

A tie counts as shown if its quotient, or its factor, lies above one over the whole interval. Where the rule would give a verdict
that the number does not bear, or where freelancing cannot test what was said, the verdict is argued, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable

from tallybook.model.numbers import Number, Registry

from microwork.claims import Claim, Judgement, Verdict, by_argument, by_test


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
            "In visits to microwork sites Venezuela comes in place [[outsourcing.venezuela-rank-worker-visits]] of all countries "
            "of workers and Madagascar not among the first twenty; of freelance projects in 2019 they sold "
            "[[outsourcing.venezuela-share-2019]] and [[outsourcing.madagascar-share-2019]]; no public count says what share of "
            "the world’s annotation either does.",
            n("venezuela-rank-worker-visits"),
            n("madagascar-share-2019"),
            n("venezuela-share-2019"),
        ),
    ]


def _ties(claims: dict[str, Claim], n: Callable[[str], Number]) -> list[Judgement]:
    return [
        by_test(
            claims["fr-francophone-africa"],
            n("named-fra"),
            "French clients bought [[outsourcing.named-fra]] times as much from the six as chance would give, "
            "yet the six made up only [[outsourcing.named-share-of-french-purchases]] of French purchases.",
            above=1.0,
        ),
        by_test(
            claims["es-hispanophone"],
            n("block-esp-hispanophone-america"),
            "Spanish clients bought [[outsourcing.block-esp-hispanophone-america]] times as much from Spanish-speaking America "
            "as chance would give, [[outsourcing.hispanophone-share-of-spanish-purchases]] of their purchases.",
            above=1.0,
        ),
        by_argument(
            claims["us-latin-america"],
            Verdict.CITED_ONLY,
            "That such work exists is reported: up to [[outsourcing.venezuelan-workforce-share]] of the people of one American "
            "maker of data for cars were in Venezuela; freelance projects of 2014-2015 cannot test it, and lists of workers by "
            "country from such firms would.",
            n("venezuelan-workforce-share"),
        ),
        by_test(
            claims["uk-us-east-africa-india"],
            n("named-east-africa-india"),
            "The two bought [[outsourcing.named-east-africa-india]] times what chance would give from India and Kenya, "
            "which sell to everyone.",
            above=1.0,
        ),
        by_argument(
            claims["us-philippines"],
            Verdict.NOT_SHOWN,
            "American clients bought [[outsourcing.lq-usa-phl|full]] times as much as chance would give, but no more than from "
            "Bangladesh ([[outsourcing.lq-usa-bgd|full]]), which was never American: the number is no sign of a past.",
            n("lq-usa-phl"),
            n("lq-usa-bgd"),
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
