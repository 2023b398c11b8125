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
FREELANCE = "Freelancing on one platform years before cannot bear a firm verdict on data work."
VISITS = "Visits are estimates, and count neither tasks nor contracts."
OTHER_WORK = "Freelance projects of every kind on one English-language platform in 2014 and 2015, not data work in 2022."
OTHER_PAY = "Hourly pay of freelancers on one platform from 2013 to 2019, not pay for data work after 2022."
OTHER_TRACES = "Visits to sites that keep workers and clients apart, not work done, and nothing of firms without such a site."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The claims tested on links between countries, on other freelance numbers, and on visits."""

    def n(name: str) -> Number:
        return registry[f"outsourcing.{name}"]

    return [*_links(claims, n), *_freelance(claims, n), *_visits(claims, n)]


def _link(
    claim: Claim, number: Number, pairs: Pairs, reason: str, beside: Iterable[Number] = (), above: float = 1.0
) -> Judgement:
    """A tie counts as shown if its quotient lies above one, or that of another link, over the whole interval."""
    flips = [unlike("like-freelance", number), Assumption("clumps", partial(neighbours.tie, pairs))]
    return tested(
        claim, Check.NEIGHBOUR, number, reason, above=above, differs=OTHER_WORK, weak=FREELANCE, flips=flips, beside=beside
    )


def _links(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    return [
        _link(
            claims["not-chance"],
            n("block-fra-francophone-africa"),
            neighbours.block_links("FRA", "francophone-africa"),
            "French clients bought [[outsourcing.block-fra-francophone-africa]] times as much from French-speaking Africa as "
            "chance would give.",
        ),
        _link(
            claims["es-hispanophone"],
            n("block-esp-hispanophone-america"),
            neighbours.block_links("ESP", "hispanophone-america"),
            "Spanish clients bought [[outsourcing.block-esp-hispanophone-america]] times as much from Spanish-speaking America "
            "as chance would give; how much is language and how much the past, that does not tell.",
        ),
        _link(
            claims["uk-us-east-africa-india"],
            n("named-east-africa-india"),
            links.named_links(claim_id="uk-us-east-africa-india"),
            "American and British clients bought from India and Kenya what chance would give; we have not found which surveys "
            "of the Oxford institute are meant.",
        ),
        _link(
            claims["us-philippines"],
            n("lq-usa-phl"),
            [("USA", "PHL")],
            "American clients bought [[outsourcing.lq-usa-phl]] times as much as chance would give, but "
            "[[outsourcing.lq-usa-bgd]] times from Bangladesh, never American. To show a special link it would have to be more.",
            beside=[n("lq-usa-bgd")],
            above=n("lq-usa-bgd").value,
        ),
        _link(
            claims["egypt-china"],
            n("lq-chn-egy"),
            [("CHN", "EGY")],
            "Clients in China bought [[outsourcing.projects-chn-egy]] projects from Egypt, too few to tell; contracts of "
            "Chinese firms would settle it.",
        ),
        _link(
            claims["gulf-china"],
            n("china-gulf"),
            neighbours.gulf_links(),
            "Clients in China bought nothing from the Gulf, and chance would hardly have given more; contracts of Chinese firms "
            "would settle it.",
        ),
    ]  # fmt: skip


def _freelance(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    coloniser, down, slope = n("gravity-client-coloniser-total"), n("rich-from-poor"), n("pay-elasticity")

    def weighted(weight: float) -> tuple[float, float, float]:
        return world.pay_elasticity(world.pay_and_gdp(), weight).interval

    return [
        tested(
            claims["coloniality"], Check.NEIGHBOUR, coloniser,
            "A former ruler buys [[outsourcing.gravity-client-coloniser-total]] times as much, language being one way in which "
            "such ties work; whether that is dependency, a count of projects cannot tell.",
            above=1.0, differs=OTHER_WORK, weak=FREELANCE,
            flips=[unlike("like-freelance", coloniser), wider("errors", coloniser)],
        ),
        tested(
            claims["north-south-pattern"], Check.NEIGHBOUR, down,
            "Projects run from rich clients to poor workers [[outsourcing.rich-from-poor]] times as often as the other way; "
            "that is the direction alone, not dependency.",
            above=1.0, differs=OTHER_WORK, weak=FREELANCE,
            flips=[unlike("like-flow", down), Assumption("richer", neighbours.rich_from_poor)],
        ),
        tested(
            claims["south-accept-lower-pay"], Check.NEIGHBOUR, slope,
            "Where GDP per head is one percent lower, freelancers’ pay is [[outsourcing.pay-elasticity]] percent lower; whether "
            "they compete with workers elsewhere is not measured.",
            above=0.0, differs=OTHER_PAY, weak=FREELANCE,
            flips=[unlike("like-pay", slope), Assumption("pay-weight", weighted)],
        ),
    ]  # fmt: skip


def _visits(claims: dict[str, Claim], n: Get) -> list[Judgement]:
    def visited(claim_id: str, number: Number, like: str, reason: str) -> Judgement:
        return tested(
            claims[claim_id], Check.NEIGHBOUR, number, reason,
            above=1.0, differs=OTHER_TRACES, weak=VISITS, flips=[unlike(like, number)],
        )  # fmt: skip

    return [
        visited(
            "mg-nerve-centre", n("madagascar-visits-over-second"), "like-firms",
            "By visits of workers it is not among the first twenty countries; but firms do the work there, and no public count "
            "says what part of the world’s tasks is theirs.",
        ),
        visited(
            "ve-nerve-centre", n("venezuela-visits-over-second"), "like-visits",
            "By visits of workers it stands in place [[outsourcing.venezuela-rank-worker-visits]], with "
            "[[outsourcing.venezuela-visits-over-second]] times those of the country in second place; tasks by country would "
            "settle it.",
        ),
        visited(
            "us-venezuela-particularly", n("venezuela-visits-over-colombia"), "like-visits",
            "Venezuela had [[outsourcing.venezuela-visits-over-colombia]] times the visits of Colombia, and Argentina is not in "
            "the list; but years before, American freelance clients bought more from Argentina. Lists of workers by client "
            "would tell.",
        ),
    ]  # fmt: skip
