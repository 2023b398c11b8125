"""Retraining: what labels cost in hours, person-days and money, and what the quotas of 2019 come
to; and the revenue of a seller of labels."""

from __future__ import annotations

import math
from functools import partial

import pandas as pd
from statsmodels.stats.proportion import samplesize_confint_proportion
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.retraining.inputs import assumption, fact

LANGUAGES = ("fr", "zh", "ja")


def euros(usd: float, year: int) -> float:
    """An amount of US dollars in euros, at the mean exchange rate of a year."""
    return usd * fact(f"fx-eur-{year}")


def siri_cost() -> float:
    """Gross wage for one item, in EUR of 2019: a monthly wage over working days and quota."""
    return fact("siri-monthly-gross-pay") / (assumption("working-days-month") * quota())


def cortana_cost() -> float:
    """Pay for one item, in EUR of 2019: the middle of an hourly pay over the highest pace."""
    pay = (fact("cortana-us-pay-low") + fact("cortana-us-pay-high")) / 2
    return euros(pay / fact("cortana-us-items-per-hour"), 2019)


def crowd_cost() -> float:
    """Price of one annotation on Mechanical Turk, in EUR of 2023: that of a language model times a
    published ratio."""
    return euros(fact("gilardi-cost") * fact("gilardi-ratio"), 2023)


def wages(items: float) -> Bounded:
    """EUR for items at the wage cost of Siri, and at the cheapest and the dearest of three costs.

    Three kinds of work and of cost, from sources that do not know of each other: gross pay of a
    person, pay by the hour, and a price that a client pays.
    """
    costs = siri_cost(), cortana_cost(), crowd_cost()
    return items * costs[0], items * min(costs), items * max(costs)


def target(*codes: str) -> int:
    """Snippets targeted for iPad in the third quarter of 2019, in some of the ``LANGUAGES``
    together."""
    return sum(int(fact(f"siri-ipad-q3-2019-{code}-snippets")) for code in codes)


def day_loads() -> pd.DataFrame:
    """Items in a working day in three reports, none of which is a claim that the chapter tests.

    Columns source, says ("more than" or "up to": how the report puts it), items.
    """
    hours = assumption("working-day-hours")
    rows = [
        ("Alexa", "up to", fact("alexa-clips-per-shift") / fact("alexa-shift-hours") * hours),
        ("Siri, the same firm", "more than", fact("siri-cork-per-shift")),
        ("Cortana, United States", "up to", fact("cortana-us-items-per-hour") * hours),
    ]
    return pd.DataFrame(rows, columns=["source", "says", "items"])


def span(loads: pd.DataFrame) -> tuple[float, float]:
    """Lowest and highest load that reports leave open: a "more than" is no upper end, an "up to" no
    lower one.

    ``loads``: as ``day_loads``, in any unit.
    """
    low = loads.loc[loads["says"] != "up to", "items"]
    high = loads.loc[loads["says"] != "more than", "items"]
    return float(low.min()), float(high.max())


def others() -> Bounded:
    """Middle, lowest and highest of the items a day that other reports leave open (``span``)."""
    low, high = span(day_loads())
    return (low + high) / 2, low, high


def verify_sample(accuracy: float, margin: float) -> int:
    """Labels needed so that the 95 % interval of an accuracy reaches ``margin`` either side (both 0
    to 1).

    Normal approximation (``statsmodels.stats.proportion.samplesize_confint_proportion``), rounded
    up; simple random sample, and human labels that are right.
    """
    return int(math.ceil(samplesize_confint_proportion(accuracy, margin, alpha=0.05)))


def quota() -> float:
    """Items a day that the press reports as the quota of a worker."""
    return fact("siri-daily-quota")


def person_days(items: float, days: float = 1) -> Bounded:
    """Person-days for items at the quota, and at the heaviest and the lightest day's work that
    other reports name, each as it stands; over ``days``, in FTE."""
    loads = day_loads()["items"]
    return items / quota() / days, items / loads.max() / days, items / loads.min() / days


def target_days(code: str) -> Bounded:
    """Person-days for the target of one of the ``LANGUAGES``."""
    return person_days(target(code))


def dismissed_share() -> float:
    """Full-time equivalents for all targets at the quota, in percent of the people dismissed."""
    days = assumption("working-days-quarter")
    return 100 * target(*LANGUAGES) / quota() / days / fact("siri-cork-laid-off")


def seconds() -> float:
    """Seconds that the quota leaves for one snippet, breaks deducted, if it fills the day."""
    return 3600 * (fact("siri-workday-hours") - fact("siri-breaks-min") / 60) / quota()


def sound() -> Bounded:
    """Seconds of sound in a snippet if each target is a thousand hours: all languages, the shortest
    and the longest."""
    hours = fact("siri-thousand-hours")
    each = [3600 * hours / target(code) for code in LANGUAGES]
    return 3600 * hours * len(LANGUAGES) / target(*LANGUAGES), min(each), max(each)


def over_sound() -> Bounded:
    """Time that the quota leaves for a snippet, over its sound; for the longest and the shortest
    snippets."""
    middle, low, high = sound()
    return seconds() / middle, seconds() / high, seconds() / low


NUMBERS: Numbers = {
    "appen-change": lambda: 100 * (fact("appen-rev-2023") / fact("appen-rev-2021") - 1),
    "appen-google": lambda: 100 * fact("appen-google-2023") / fact("appen-rev-2023"),
    **{f"siri-person-days-{code}": partial(target_days, code) for code in LANGUAGES},
    "siri-fte-total": lambda: person_days(target(*LANGUAGES), assumption("working-days-quarter")),
    "siri-fte-share": dismissed_share,
    "cost-per-item": lambda: wages(1),
    "cost-cortana": cortana_cost,
    "cost-mturk": crowd_cost,
    "cost-model": lambda: euros(fact("gilardi-cost"), 2023),
    "cost-quotas": lambda: wages(target(*LANGUAGES)),
    "quota-others": others,
    "alexa-a-day": lambda: float(day_loads()["items"][0]),
    "siri-seconds": seconds,
    "siri-sound": sound,
    "siri-over-sound": over_sound,
    "verify-90-sample": lambda: verify_sample(
        fact("va-accuracy-claimed") / 100, assumption("verify-margin") / 100
    ),
    "wrong-share": lambda: int(100 - fact("va-accuracy-claimed")),
}
