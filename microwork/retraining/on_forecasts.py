"""Retraining: verdicts on what was said of the need for people to come: that it lasts, grows, and
follows the machines."""

from __future__ import annotations

from tallybook.claims import Check, Claim, Evidence, Judgement, Lacks, Model, read, tested
from tallybook.model.numbers import Number, Registry

from microwork.retraining.inputs import assumption
from microwork.retraining.on_machines import gains
from microwork.retraining.outside import orders

DIFFERS = (
    "These are orders for microtasks of all kinds on the platforms of one index. They do not count"
    " people, and they leave out work for firms’ own staff."
)
NO_REASON = "They do not say why orders changed."


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on forecasts and on what makes for more microwork."""
    return [*_lasting(claims, registry), *_growing(claims, registry)]


def _lasting(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    return [
        read(
            claims["not-temporary"],
            "Five years later, an index still counted orders for microtasks. But Amazon has"
            " announced that its platform Mechanical Turk closes for good.",
            "the last month of an index of orders, and a notice of one platform",
            like={Lacks.EXTENT: [("counts/oli_demand", "2024-08")]},
            unlike={Lacks.EXTENT: [("retraining/texts", "mturk-closed")]},
        ),
        read(
            claims["automation-promise-false"],
            "In the euro area, the share of low-skilled jobs rose by "
            "[[retraining.low-skilled-rise]] points in the twenty years to 2015, as a bank’s "
            "study says of which we read the opening. One region and one span of time do not show "
            "that it is so in general.",
            "a bank’s account of jobs by skill",
            like={Lacks.EXTENT: [("retraining/shares", "low-skilled-rise")]},
            beside=[registry["retraining.low-skilled-rise"]],
        ),
    ]


def _growing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """The same for all that was said of growth: orders since the year in which it was said, alone
    and beside all online work.

    That more machines need more people to teach them anew rests on each machine’s need as well, and
    is of that family.
    """
    reason = (
        "Orders for microtasks in one index changed by [[retraining.orders-{0}|full]] between"
        " {0}{1} and the year to August 2024{2}, and by [[retraining.orders-share-{0}|full]] beside"
        " all online work, which leaves it open. All base years, without ranges, give"
        " [[retraining.orders-range|low]] to [[retraining.orders-range|high]].{3}"
    )
    said = {
        2019: (
            ("expected-to-grow", "need-grows-bbc", "needs-keep-growing"),
            "",
            ", allowing for its break in 2021",
            "",
        ),
        2021: (
            ("ai-accelerates-microwork",),
            ", from March on,",
            "",
            " Slightly more noise would undo this.",
        ),
    }
    found = [
        tested(
            claims[name],
            Check.NEIGHBOUR,
            _orders(year, registry),
            reason.format(year, *words),
            above=0,
            differs=f"{DIFFERS} {NO_REASON}" if claims[name].asserts == "cause" else DIFFERS,
            beside=[registry["retraining.orders-range"]],
        )
        for year, (names, *words) in said.items()
        for name in names
    ]
    return [*found, _more_machines(claims["more-ai-more-humans"], registry)]


def _more_machines(claim: Claim, registry: Registry) -> Judgement:
    """Whether each machine gains by new labels, and whether orders grew while machines spread."""
    return tested(
        claim,
        Check.NEIGHBOUR,
        [*gains(registry), *_orders(2021, registry)],
        "New labels gained [[retraining.ores-score-new-labels|full]] points on Wikimedia,"
        " [[retraining.headlines-equal-labels-mean|full]] on headlines,"
        " [[retraining.elec2-gain-both|full]] on prices, [[retraining.tweets-fresh-gain|full]] on"
        " tweets. But since 2021, orders for microtasks changed by [[retraining.orders-2021|full]],"
        " compared with all online work [[retraining.orders-share-2021|full]].",
        above=0,
        differs=(
            "A gain says that each machine may need people, and orders whether there are more of"
            " them. Nothing here counts people and machines together."
        ),
    )


def _orders(year: int, registry: Registry) -> list[Evidence]:
    """Orders since a year, alone and beside all online work."""
    return [
        Evidence("oli-orders", _since(year, "microwork", registry[f"retraining.orders-{year}"])),
        Evidence(
            "oli-orders-share", _since(year, "share", registry[f"retraining.orders-share-{year}"])
        ),
    ]


def _since(year: int, series: str, number: Number) -> Model:
    """The change of a series since a year, with what may be assumed of the break where it lies
    before it."""

    def change(
        microtasks_outside: float, orders_jump: float | None = None
    ) -> tuple[float, float, float]:
        if (
            orders_jump is not None and series == "share"
        ):  # over the growth of all online work, which is what we assume
            orders_jump /= assumption("orders-jump")
        return orders(year, series, microtasks_outside, orders_jump)

    takes = ("microtasks_outside", "orders_jump") if year == 2019 else ("microtasks_outside",)
    return Model(number, base=change, takes=takes, wider=("microtasks_range",))
