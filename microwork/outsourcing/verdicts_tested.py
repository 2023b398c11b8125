"""Outsourcing: the claims that are tested on a number, always that of a weak neighbour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from tallybook.model.numbers import Number, Registry

from microwork.claims import Assumption, Check, Claim, Judgement, tested, unlike, wider
from microwork.outsourcing import links, neighbours, world

Get = Callable[[str], Number]
Pairs = Sequence[tuple[str, str]]

# One sentence for all claims with the same data: why the test cannot bear a firm verdict.
FREELANCE = "Freelancing on one platform years earlier cannot support a firm verdict on data work."
VISITS = "The visits are estimates, and they count neither tasks nor contracts."
OTHER_WORK = (
    "These are freelance projects of every kind on one English-language platform in 2014 and 2015, not data work in 2022."
)
OTHER_PAY = "This is hourly pay of freelancers on one platform from 2013 to 2019, not pay for data work after 2022."
OTHER_TRACES = (
    "These are visits to sites that keep workers and clients on separate pages, not work done. Firms without such a site are "
    "left out."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims tested on links between countries, on other freelance numbers, and on visits."""

    def n(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    return [*_links(claims, n), *_freelance(claims, n), *_visits(claims, n)]


def _link(
    claim: Claim, number: Number, spread: Assumption, reason: str, beside: Iterable[Number] = (), disputed: str = ""
) -> Judgement:
    """A tie counts as shown if its quotient lies above one over the whole interval and nothing else here disputes it.

    ``spread``: the assumption behind the width of the interval.
    """
    flips = [unlike("like-freelance", number), spread]
    return tested(
        claim,
        Check.NEIGHBOUR,
        number,
        reason,
        above=1.0,
        differs=OTHER_WORK,
        weak=FREELANCE,
        disputed=disputed,
        flips=flips,
        beside=beside,
    )


def _clumps(pairs: Pairs) -> Assumption:
    return Assumption("clumps", partial(neighbours.tie, pairs))


def _links(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    french, spanish = n("block-fra-francophone-africa"), n("block-esp-hispanophone-america")
    return [
        _link(
            claims["not-chance"],
            french,
            wider("regions", french),
            "French clients bought [[outsourcing.block-fra-francophone-africa]] times as much from French-speaking Africa as "
            "one would expect by chance.",
        ),
        _link(
            claims["es-hispanophone"],
            spanish,
            wider("regions", spanish),
            "Spanish clients bought [[outsourcing.block-esp-hispanophone-america]] times as much from Spanish-speaking America "
            "as one would expect by chance.",
            disputed="With language held equal, the factor for former Spanish rule is "
            "[[outsourcing.gravity-spanish-ties-by-language|full]].",
        ),
        _link(
            claims["uk-us-east-africa-india"],
            n("named-east-africa-india"),
            _clumps(links.named_links(claim_id="uk-us-east-africa-india")),
            "American and British clients bought as much from India and Kenya as one would expect by chance. We have not found "
            "out which surveys by the Oxford institute are meant.",
        ),
        _link(
            claims["us-philippines"],
            n("lq-usa-phl"),
            _clumps([("USA", "PHL")]),
            "American clients bought [[outsourcing.lq-usa-phl]] times as much from the Philippines as one would expect by "
            "chance.",
            beside=[n("lq-usa-bgd")],
            disputed="They bought [[outsourcing.lq-usa-bgd]] times as much from Bangladesh, which was never American.",
        ),
        _link(
            claims["egypt-china"],
            n("lq-chn-egy"),
            _clumps([("CHN", "EGY")]),
            "Clients in China bought [[outsourcing.projects-chn-egy]] projects from Egypt, too few to tell. Contracts of "
            "Chinese firms would settle it.",
        ),
        _link(
            claims["gulf-china"],
            n("china-gulf"),
            _clumps(neighbours.gulf_links()),
            "Clients in China bought nothing from the Gulf countries, and one would expect hardly more by chance. Contracts of "
            "Chinese firms would settle it.",
        ),
    ]  # fmt: skip


def _freelance(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    french, down, slope = n("french-ties-recoded"), n("rich-from-poor"), n("pay-elasticity")

    def weighted(weight: float) -> tuple[float, float, float]:
        return world.pay_elasticity(world.pay_and_gdp(), weight).interval

    return [
        tested(
            claims["coloniality"], Check.NEIGHBOUR, french,
            "With language held equal, France buys [[outsourcing.french-ties-recoded]] times as much where it once ruled as "
            "elsewhere ([[outsourcing.french-ties-cepii]] by another list), Britain "
            "[[outsourcing.gravity-british-ties-by-language]], Spain [[outsourcing.gravity-spanish-ties-by-language]]. "
            "“Sometimes” fits. Projects do not show dependency.",
            above=1.0, differs=OTHER_WORK, weak=FREELANCE,
            beside=[n("french-ties-cepii"), n("gravity-british-ties-by-language"), n("gravity-spanish-ties-by-language")],
            flips=[unlike("like-freelance", french), wider("errors", french)],
        ),
        tested(
            claims["north-south-pattern"], Check.NEIGHBOUR, down,
            "Rich countries buy more and poor ones sell more, whatever the links. Beyond that, the flow from rich to poor is "
            "[[outsourcing.rich-from-poor|full]] times as strong as the other way.",
            above=1.0, differs=OTHER_WORK, weak=FREELANCE,
            flips=[unlike("like-flow", down), Assumption("richer", neighbours.rich_from_poor)],
        ),
        tested(
            claims["south-accept-lower-pay"], Check.NEIGHBOUR, slope,
            "Where GDP per head is one percent lower, freelancers’ pay is [[outsourcing.pay-elasticity]] percent lower. This "
            "does not show whether they compete with workers elsewhere.",
            above=0.0, differs=OTHER_PAY, weak=FREELANCE,
            flips=[unlike("like-pay", slope), Assumption("pay-weight", weighted)],
        ),
    ]  # fmt: skip


def _visits(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    def visited(claim_id: str, number: Number, like: str, reason: str, disputed: str = "") -> Judgement:
        return tested(
            claims[claim_id], Check.NEIGHBOUR, number, reason,
            above=1.0, differs=OTHER_TRACES, weak=VISITS, disputed=disputed, flips=[unlike(like, number)],
        )  # fmt: skip

    return [
        visited(
            "mg-nerve-centre", n("visits-madagascar"), "like-firms",
            "Measured by workers’ visits, Madagascar is not among the top twenty countries. But there the work is done by "
            "firms, and no public count shows what share of the world’s tasks they do.",
        ),
        visited(
            "ve-nerve-centre", n("venezuela-visits-over-second"), "like-visits",
            "Measured by workers’ visits, Venezuela is number [[outsourcing.venezuela-rank-worker-visits]], with "
            "[[outsourcing.venezuela-visits-over-second]] times as many visits as the country in second place. A count of tasks "
            "by country would settle it.",
        ),
        visited(
            "us-venezuela-particularly", n("venezuela-visits-over-colombia"), "like-visits",
            "Venezuela had [[outsourcing.venezuela-visits-over-colombia]] times as many visits as Colombia, and Argentina is "
            "not listed. Lists of workers by client would settle it.",
            disputed="Years earlier, American clients bought more freelance work from Argentina.",
        ),
    ]  # fmt: skip
