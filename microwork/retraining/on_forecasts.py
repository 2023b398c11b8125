"""Retraining: verdicts on what was said of the need for people to come: that it lasts, grows, and follows the machines."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Check, Claim, Evidence, Judgement, Model, read, tested
from microwork.retraining.outside import microtasks

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
    """One test for all that was said of growth: orders for microtasks."""
    change, every = registry["counts.oli-microtask-2024"], registry["counts.oli-total-2024"]
    orders = Model(
        change,
        base=lambda microtasks_outside: microtasks(microtasks_outside),
        takes=("microtasks_outside",),
        wider=("microtasks_range",),
    )
    moved = (
        "In the Online Labour Index, orders for microtasks changed by [[counts.oli-microtask-2024|full]] from 2022 to 2024, and "
        "all online work by [[counts.oli-total-2024|full]]"
    )
    reasons = {
        "expected-to-grow": f"{moved}. The forecast names no date.",
        "need-grows-bbc": f"{moved}. The forecast names no date.",
        "needs-keep-growing": f"{moved}.",
        "ai-accelerates-microwork": f"{moved}, while such systems spread.",
        "more-ai-more-humans": f"{moved}, while such systems spread.",
    }
    return [
        tested(
            claims[name], Check.NEIGHBOUR, Evidence("oli-two-years", orders), reason, above=0, differs=DIFFERS, beside=[every]
        )
        for name, reason in reasons.items()
    ]  # fmt: skip
