"""Retraining: what others measured that bears on the claims: assistants, cats and dogs, orders for microtasks, pay, low skill."""

from __future__ import annotations

import numpy as np
from tallybook.model.numbers import Number

from microwork.counts.labour_index import LATEST, TWO_YEARS, change_with_noise
from microwork.retraining.inputs import SHARES, assumption, define, exact, fact, published, share
from microwork.retraining.labour import euros

Triple = tuple[float, float, float]
ASSISTANTS = ("google", "siri", "alexa")


def assistants(weakest: float | None = None) -> Triple:
    """Mean, lowest and highest share of questions that three assistants answer correctly, in percent.

    ``weakest``: what the lowest of them is taken to be, if not what was measured.
    """
    rates = sorted(share(f"assistant-{name}") for name in ASSISTANTS)
    if weakest is not None:
        rates[0] = weakest
    return float(np.mean(rates)), min(rates), max(rates)


def cats_dogs(pictures: float) -> Triple:
    """Gain in telling a cat from a dog, 2008 to 2014, in points; its ends set the exact intervals at their furthest apart.

    ``pictures``: on how many each of the two machines was tried.
    """
    n = round(pictures)
    early, late = (share(f"cats-dogs-{year}") for year in (2008, 2014))
    (early_low, early_high), (late_low, late_high) = (exact(round(n * rate / 100), n) for rate in (early, late))
    return late - early, 100 * (late_low - early_high), 100 * (late_high - early_low)


def microtasks(outside: float = 1.0) -> Triple:
    """Change in orders for microtasks from January to August 2022 to the same months of 2024, in percent.

    As ``counts.oli-microtask-2024``. ``outside``: how many times as much orders grew outside the index.
    """
    found = change_with_noise("microwork", *LATEST, back=TWO_YEARS)  # remembered there
    value, low, high = (100 * (outside * (1 + end / 100) - 1) for end in found)
    return value, low, high


def pay_elsewhere(days: float) -> Triple:
    """Gross pay a month for like work in the United States, in EUR of 2019, at the middle, the least and the most an hour.

    ``days``: worked in a month, as long as assumed.
    """
    hours = days * assumption("working-day-hours")
    low, high = (euros(fact(f"cortana-us-pay-{end}"), 2019) * hours for end in ("low", "high"))
    return (low + high) / 2, low, high


def numbers() -> list[Number]:
    """The numbers of others that the verdicts of the chapter rest on."""
    pay = "Gross pay a month of those who checked clips for Cortana in the United States"
    return [
        define("assistants-right", assistants, "percent",
               "Questions that three assistants answered correctly, August 2019", "Mean of three.",
               "The weakest and the strongest of three assistants. Not other questions, nor what else may count as right.", 1),
        define("cats-dogs-gain", lambda: cats_dogs(assumption("pictures-tested")), "percentage points",
               "Gain in telling a cat from a dog by machine, 2008 to 2014, in points",
               "The rate of 2014 less that of 2008, on pictures of the same collection.",
               "Exact binomial for a thousand pictures each, ends at their furthest apart. Two machines, no more.", 1),
        published("cats-dogs-early", "cats-dogs-2008", "percent", "Pictures of cats or dogs a machine told apart, 2008", SHARES),
        published("cats-dogs-late", "cats-dogs-2014", "percent", "Pictures of cats or dogs a machine told apart, 2014", SHARES),
        define("pay-elsewhere", lambda: pay_elsewhere(assumption("working-days-month")), "EUR per month", pay,
               "Hourly pay times hours and working days, at the exchange rate of 2019.",
               "The least and the most an hour that were reported, without bonus. Not other firms.", 0),
        published("low-skilled-rise", "low-skilled-rise", "percentage points",
                  "Rise of low-skilled jobs in all jobs of the euro area, 1995 to 2015", SHARES),
    ]  # fmt: skip
