"""Retraining: verdicts on what was said of the need for people to come: that it lasts, grows, and follows the machines."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, read, tested
from microwork.retraining.outside import orders

DIFFERS = (
    "These are orders for microtasks of all kinds on the platforms of one index. They do not count people, and they leave out "
    "work for firms’ own staff."
)


def judgements(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """Verdicts on forecasts and on what makes for more microwork."""
    return [*_lasting(claims, registry), *_growing(claims, registry)]


def _lasting(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    return [
        read(
            claims["not-temporary"],
            "Five years later, an index still counted orders for microtasks. But Amazon has announced that Mechanical Turk, the "
            "best-known platform, closes for good.",
            "the last month of an index of orders, and a notice of one platform",
            like=[("counts/oli_demand", "2024-08")],
            unlike=[("retraining/texts", "mturk-closed")],
        ),
        read(
            claims["automation-promise-false"],
            "In the euro area, the share of low-skilled jobs rose by [[retraining.low-skilled-rise]] points in the twenty years "
            "to 2015, as a bank’s study says of which we read the opening. It says nothing of later years.",
            "a bank’s account of jobs by skill",
            like=[("retraining/shares", "low-skilled-rise")],
            beside=[registry["retraining.low-skilled-rise"]],
        ),
    ]


def _growing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One measurement for all that was said of growth: orders for microtasks since the year in which it was said."""
    reason = (
        "Orders for microtasks in the Online Labour Index changed by [[retraining.orders-{0}|full]] between {0}{1} and the year "
        "to August 2024{2}, and by [[retraining.orders-share-{0}|full]] beside all online work. Base years 2019 to 2022 give "
        "[[retraining.orders-range|low]] to [[retraining.orders-range|high]].{3}"
    )
    said = {
        2019: (("expected-to-grow", "need-grows-bbc", "needs-keep-growing"),
               "", ", allowing for its break in 2021", ""),
        2021: (("ai-accelerates-microwork", "more-ai-more-humans"),
               ", from March on,", "", " A little more noise would leave it open."),
    }  # fmt: skip
    found = []
    for year, (names, *words) in said.items():
        numbers = [registry[f"retraining.{name}"] for name in (f"orders-share-{year}", "orders-range")]
        found += [
            tested(
                claims[name], Check.NEIGHBOUR, Evidence("oli-orders", _since(year, registry)), reason.format(year, *words),
                above=0, differs=DIFFERS, beside=numbers,
            )
            for name in names
        ]  # fmt: skip
    return found


def _since(year: int, registry: Registry) -> Model:
    """The change since a year, with what may be assumed of the break where it lies before it."""

    def change(microtasks_outside: float, orders_jump: float | None = None) -> tuple[float, float, float]:
        return orders(year, outside=microtasks_outside, jump=orders_jump)

    takes = ("microtasks_outside", "orders_jump") if year == 2019 else ("microtasks_outside",)
    return Model(registry[f"retraining.orders-{year}"], base=change, takes=takes, wider=("microtasks_range",))
