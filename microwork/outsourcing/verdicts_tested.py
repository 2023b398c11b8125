"""Outsourcing: the claims that are tested on a number, always that of a weak neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from tallybook.model.numbers import Number, Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, tested
from microwork.outsourcing import links, models, neighbours, world

Get = Callable[[str], Number]
Pairs = Sequence[tuple[str, str]]

OTHER_WORK = (
    "These are freelance projects of every kind on one English-language platform in 2014 and 2015, not data work in 2022."
)
OTHER_PAY = "This is hourly pay of freelancers on one platform from 2013 to 2019, not pay for data work after 2022."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims tested on links between countries, on ties of former rule, and on wealth and pay."""

    def n(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    return [*_links(claims, n), *_ties(claims, n), *_wealth(claims, n)]


def _above_one(claim: Claim, tests: Iterable[Evidence], reason: str, beside: Iterable[Number] = ()) -> Judgement:
    """A tie counts as shown if its number lies above one over the whole interval."""
    return tested(claim, Check.NEIGHBOUR, tests, reason, above=1.0, differs=OTHER_WORK, beside=beside)


def _links(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    def link(measurement: str, number: str, pairs: Pairs) -> list[Evidence]:
        base = partial(neighbours.tie, tuple(pairs))
        return [Evidence(measurement, Model(n(number), base, takes=("clumps",), times=("like_freelance",)))]

    french = Model(n("block-fra-francophone-africa"), times=("like_freelance",), wider=("regions",))
    india_kenya = links.named_links(claim_id="uk-us-east-africa-india")
    return [
        _above_one(
            claims["not-chance"], [Evidence("french-africa", french)],
            "French clients bought [[outsourcing.block-fra-francophone-africa]] times as much from French-speaking Africa as "
            "one would expect by chance.",
        ),
        _above_one(
            claims["uk-us-east-africa-india"], link("india-kenya", "named-east-africa-india", india_kenya),
            "American and British clients bought as much from India and Kenya as one would expect by chance. We have not found "
            "out which surveys by the Oxford institute are meant.",
        ),
        _above_one(
            claims["us-philippines"], link("usa-philippines", "lq-usa-phl", [("USA", "PHL")]),
            "American clients bought [[outsourcing.lq-usa-phl]] times as much from the Philippines as one would expect by "
            "chance. But from Bangladesh, which was never American, they bought [[outsourcing.lq-usa-bgd]] times as much.",
            beside=[n("lq-usa-bgd")],
        ),
        _above_one(
            claims["egypt-china"], link("china-egypt", "lq-chn-egy", [("CHN", "EGY")]),
            "Clients in China bought [[outsourcing.projects-chn-egy]] projects from Egypt, too few to tell.",
        ),
        _above_one(
            claims["gulf-china"], link("china-gulf", "china-gulf", neighbours.gulf_links()),
            "Clients in China bought nothing from the Gulf countries, and one would expect hardly more by chance.",
        ),
    ]  # fmt: skip


def _ties(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    def tie(measurement: str, number: str, key: str, term: str) -> list[Evidence]:
        # The list of rulers is an assumption: both lists as two tests would hide where one of them turns the verdict.
        base = partial(models.between_lists, key, term)
        model = Model(n(number), base, ("rulers",), times=("like_freelance",), wider=("errors",))
        return [Evidence(measurement, model)]

    return [
        _above_one(
            claims["coloniality"], tie("former-rule-by-language", "french-ties-recoded", "languages", "french_ties"),
            "With language held equal, France buys [[outsourcing.french-ties-recoded]] times as much where it once ruled as "
            "elsewhere ([[outsourcing.french-ties-cepii]] by another list). For Britain and Spain nothing clear is left. Of "
            "[[outsourcing.clients-ranked]] clients that are given its suppliers, France is number "
            "[[outsourcing.france-rank-among-clients]]. Projects do not show dependency.",
            beside=[n("clients-ranked"), n("france-rank-among-clients")],
        ),
        _above_one(
            claims["es-hispanophone"],
            tie("former-rule", "gravity-spanish-ties-total", "total-empires", "spanish_ties"),
            "Spanish clients buy [[outsourcing.gravity-spanish-ties-total]] times as much where Spain ruled last as elsewhere. "
            "By a list that has the Philippines as Spanish, it is [[outsourcing.gravity-spanish-ties-total-cepii|full]]. With "
            "language held equal nothing clear is left.",
        ),
    ]  # fmt: skip


def _wealth(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    down, slope = n("rich-from-poor"), n("pay-elasticity")
    flow = Model(down, neighbours.rich_from_poor, takes=("richer",), times=("like_flow",))
    pay = Model(slope, world.weighted_elasticity, takes=("pay_weight",), times=("like_pay",))
    return [
        _above_one(
            claims["north-south-pattern"], [Evidence("rich-poor", flow)],
            "Rich countries buy more and poor ones sell more, whatever the links. Beyond that, the flow from rich to poor is "
            "[[outsourcing.rich-from-poor|full]] times as strong as the other way.",
        ),
        tested(
            claims["south-accept-lower-pay"], Check.NEIGHBOUR, Evidence("pay-wealth", pay),
            "Where GDP per head is one percent lower, freelancers’ pay is [[outsourcing.pay-elasticity]] percent lower. This "
            "does not show whether they compete with workers elsewhere.",
            above=0.0, differs=OTHER_PAY,
        ),
    ]  # fmt: skip
