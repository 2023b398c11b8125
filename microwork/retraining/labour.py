"""Retraining: what labels cost in hours, person-days and money, and what the quotas of 2019 come
to."""

from __future__ import annotations

import math

import pandas as pd
from statsmodels.stats.proportion import samplesize_confint_proportion
from tallybook import data

from microwork.retraining.inputs import assumption, fact, share

QUARTERS = "retraining/tweet_quarters"
LANGUAGES = {"fr": "French", "zh": "Chinese", "ja": "Japanese"}


def paces() -> tuple[float, float]:
    """Items an hour reported for Cortana in France, slow and fast."""
    return fact("cortana-fr-rate-low"), fact("cortana-fr-rate-high")


def euros(usd: float, year: int) -> float:
    """An amount of US dollars in euros, at the mean exchange rate of a year."""
    return usd * fact(f"fx-eur-{year}")


def siri_cost() -> float:
    """Gross wage for one item, in EUR of 2019: a monthly wage over working days and quota."""
    return fact("siri-monthly-gross-pay") / (assumption("working-days-month") * quota())


def cortana_cost() -> float:
    """Pay for one item, in US dollars of 2019: the middle of an hourly pay over the highest pace."""
    return (
        (fact("cortana-us-pay-low") + fact("cortana-us-pay-high"))
        / 2
        / fact("cortana-us-items-per-hour")
    )


def crowd_cost() -> float:
    """Price of one annotation on Mechanical Turk, in US dollars of 2023: that of a language model
    times a published ratio."""
    return fact("gilardi-cost") * fact("gilardi-ratio")


def piece_costs() -> pd.DataFrame:
    """What one item cost, from three sources that do not know of each other: source, usd (empty if
    paid in euros), eur, how.

    A wage over a quota, an hourly pay over a pace, and a ratio to the price of a language model:
    three kinds of work and three kinds of cost (the wage is gross pay of a person, the last a price
    that a client pays).
    """
    cortana, crowd = cortana_cost(), crowd_cost()
    rows = [
        ("Siri, Cork, 2019", None, siri_cost(), "Monthly wage divided by working days and quota"),
        (
            "Cortana, United States, 2019",
            cortana,
            euros(cortana, 2019),
            "Middle of the hourly pay divided by the highest pace",
        ),
        (
            "Mechanical Turk, 2023",
            crowd,
            euros(crowd, 2023),
            "Price of a language model times how much dearer the crowd was",
        ),
    ]
    return pd.DataFrame(rows, columns=["source", "usd", "eur", "how"])


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

    ``loads``: as ``day_loads``, in any unit. Raises ``ValueError`` if no report gives one of the
    ends.
    """
    low, high = (
        loads.loc[loads["says"] != "up to", "items"],
        loads.loc[loads["says"] != "more than", "items"],
    )
    if low.empty or high.empty:
        raise ValueError("found reports that leave one end open; expected one for each end")
    return float(low.min()), float(high.max())


def verify_sample(accuracy: float, margin: float) -> int:
    """Labels needed so that the 95 % interval of an accuracy reaches ``margin`` either side (both 0
    to 1).

    Normal approximation (``statsmodels.stats.proportion.samplesize_confint_proportion``), rounded
    up; simple random sample, and human labels that are right.
    """
    return int(math.ceil(samplesize_confint_proportion(accuracy, margin, alpha=0.05)))


def verify_claimed(points: float) -> int:
    """``verify_sample`` for the accuracy that the press uses and a margin in percentage points."""
    return verify_sample(share("va-accuracy-claimed") / 100, points / 100)


def tweets_a_quarter() -> float:
    """Tweets labelled a quarter in the vaccine study, mean."""
    return float(data.table(QUARTERS)["tweets"].astype(float).mean())


def quota() -> float:
    """Items a day that the press reports as the quota of a worker."""
    return fact("siri-daily-quota")
