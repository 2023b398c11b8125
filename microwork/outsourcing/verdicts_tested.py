"""Outsourcing: the claims that are tested on a number, always that of a weak neighbour.

One specification for all: a link is set beside a like one without the tie where there is one, and
former rule is tested with language held equal, for every empire. Language and former rule go
together, so what language alone explains says nothing of rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from tallybook.claims import Check, Claim, Evidence, Judgement, Model, tested
from tallybook.model.numbers import Number, Registry

from microwork.outsourcing import models, neighbours, world

Get = Callable[[str], Number]

OTHER_WORK = (
    "These are freelance projects of every kind on one English-language platform in 2014 and 2015,"
    " not data work in 2022."
)
OTHER_PAY = (
    "This is hourly pay of freelancers on one platform from 2013 to 2019, not pay for data work. "
    "It is from before the forecast, and so does not show what happened afterwards."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims tested on links between countries, on ties of former rule, and on wealth and pay."""

    def n(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    return [*_links(claims, n), *_ties(claims, n), *_wealth(claims, n)]


def _above_one(
    claim: Claim, tests: Iterable[Evidence], reason: str, beside: Iterable[Number] = ()
) -> Judgement:
    """A tie counts as shown if its number lies above one over the whole interval."""
    return tested(
        claim, Check.NEIGHBOUR, tests, reason, above=1.0, differs=OTHER_WORK, beside=beside
    )


def _links(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    french = Model(n("french-over-english-africa"), times=("like_freelance",), wider=("regions",))
    american = n("philippines-over-never-american")
    clumped = Model(american, neighbours.philippines, takes=("clumps",), times=("like_freelance",))
    parts = n("block-french-parts")
    return [
        _above_one(
            claims["not-chance"],
            [Evidence("french-africa", french)],
            "Over chance, French clients bought [[outsourcing.french-over-english-africa|full]]"
            " times as much from French-speaking Africa as from English-speaking Africa."
            " French-speaking parts of other countries bought [[outsourcing.block-french-parts]]"
            " times chance from French-speaking Africa, so language may account for much.",
            beside=[parts],
        ),
        _above_one(
            claims["us-philippines"],
            [Evidence("usa-philippines", clumped)],
            "Over chance, American clients bought"
            " [[outsourcing.philippines-over-never-american|full]] times as much from the"
            " Philippines as from Bangladesh and Pakistan, which were never American.",
        ),
    ]


def _ties(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    def tie(number: str, term: str) -> list[Evidence]:
        # The list of rulers is an assumption: both lists as two tests would hide where one of them
        # turns the verdict.
        base = partial(models.between_lists, "languages", term)
        model = Model(n(number), base, ("rulers",), times=("like_freelance",), wider=("errors",))
        return [Evidence("former-rule-by-language", model)]

    british, spanish = n("gravity-british-ties-by-language"), n("gravity-spanish-ties-by-language")
    return [
        _above_one(
            claims["coloniality"],
            tie("french-ties-recoded", "french_ties"),
            "With language, distance, borders and traders’ sizes held equal, France bought"
            " [[outsourcing.french-ties-recoded|full]] times as much from ex-colonies; Britain"
            " ([[outsourcing.gravity-british-ties-by-language]]) and Spain"
            " ([[outsourcing.gravity-spanish-ties-by-language]]) show no clear tie. A harder test"
            " weakens this: chance puts France so high among [[outsourcing.clients-ranked]] clients"
            " given its ex-colonies, in [[outsourcing.france-rank-chance]] of cases.",
            beside=[n("clients-ranked"), n("france-rank-chance"), british, spanish],
        ),
        _above_one(
            claims["es-hispanophone"],
            tie(spanish.id.split(".")[1], "spanish_ties"),
            "With language held equal, as for every empire, Spain buys"
            " [[outsourcing.gravity-spanish-ties-by-language|full]] times as much where it ruled"
            " last as elsewhere. With language left free it is"
            " [[outsourcing.gravity-spanish-ties-total|full]] times, which language may explain.",
            beside=[n("gravity-spanish-ties-total")],
        ),
    ]


def _wealth(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    down, slope = n("rich-from-poor"), n("pay-elasticity")
    flow = Model(down, neighbours.rich_from_poor, takes=("richer",), times=("like_flow",))
    pay = Model(slope, world.weighted_elasticity, takes=("pay_weight",), times=("like_pay",))
    return [
        _above_one(
            claims["north-south-pattern"],
            [Evidence("rich-poor", flow)],
            "Rich countries buy more and poor ones sell more, which is part of the pattern that is"
            " claimed; a comparison with chance takes it out. Beyond that, the flow from rich to"
            " poor is [[outsourcing.rich-from-poor|full]] times as strong as the other way.",
        ),
        tested(
            claims["south-accept-lower-pay"],
            Check.NEIGHBOUR,
            Evidence("pay-wealth", pay),
            "Where GDP per head is one percent lower, freelancers’ pay is"
            " [[outsourcing.pay-elasticity|full]] percent lower: a correlation across countries,"
            " with the kind of work not held equal. This does not show whether they compete with"
            " workers elsewhere.",
            above=0.0,
            differs=OTHER_PAY,
        ),
    ]
