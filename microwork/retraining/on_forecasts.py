"""Retraining: verdicts on what was said of the need for people to come: that it lasts, grows, and follows the machines."""

from __future__ import annotations

from tallybook.model.numbers import Registry

from microwork.claims import Assumption, Check, Claim, Judgement, Verdict, read, tested, wider
from microwork.retraining.outside import microtasks

INDEX = "One index cannot speak for all need for people."
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
            Verdict.FITS,
            "Five years later, an index still counted orders for microtasks, so the work has outlived the forecast so far. But "
            "orders had fallen, and Mechanical Turk has since closed to new customers.",
            "the last month of an index of orders, and news about one platform",
            [("counts/oli_demand", "2024-08"), ("retraining/texts", "mturk-closed")],
        ),
        read(
            claims["automation-promise-false"],
            Verdict.FITS,
            "In the euro area, the share of low-skilled jobs rose by [[retraining.low-skilled-rise]] points in the twenty years "
            "to 2015. What automation will do to these jobs after that is an open question.",
            "a bank’s account of jobs by skill",
            [("retraining/shares", "low-skilled-rise")],
            beside=[registry["retraining.low-skilled-rise"]],
        ),
    ]


def _growing(claims: dict[str, Claim], registry: Registry) -> list[Judgement]:
    """One test for all that was said of growth: orders for microtasks."""
    change, every = registry["counts.oli-microtask-2024"], registry["counts.oli-total-2024"]
    moved = (
        "In the Online Labour Index, orders for microtasks changed by [[counts.oli-microtask-2024|full]] from 2022 to 2024, and "
        "all online work by [[counts.oli-total-2024|full]]"
    )
    reasons = {
        "expected-to-grow": f"{moved}. The forecast names no date.",
        "need-grows-bbc": f"{moved}. The forecast names no date.",
        "needs-keep-growing": f"{moved}. Figures on the labels that firms buy each year would settle it.",
        "ai-accelerates-microwork": f"{moved}, while such systems spread. Firms’ orders, with their reasons, would settle it.",
        "more-ai-more-humans": f"{moved}. A yearly count of systems, and of the people behind them, would settle it.",
    }
    return [
        tested(
            claims[name], Check.NEIGHBOUR, change, reason,
            above=0, differs=DIFFERS, weak=INDEX, beside=[every],
            flips=[wider("microtasks-range", change), Assumption("microtasks-outside", microtasks)],
        )
        for name, reason in reasons.items()
    ]  # fmt: skip
