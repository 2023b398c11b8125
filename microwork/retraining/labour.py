"""Retraining: what labels cost in hours, person-days and money, and what the quotas of 2019 come to.

The arithmetic states its calendar: the press says "Q3 2019", which may be the calendar quarter or Apple's fiscal one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import samplesize_confint_proportion

from microwork import data
from microwork.retraining.headlines import labels_a_year
from microwork.retraining.inputs import assumption, fact, share

CALENDARS, HOLIDAYS, QUARTERS = "retraining/calendars", "retraining/holidays", "retraining/tweet_quarters"
LANGUAGES = {"fr": "French", "zh": "Chinese", "ja": "Japanese"}


class Upkeep(NamedTuple):
    """What a number of labels takes: hours (fast and slow pace), person-days, money (cheapest and dearest label)."""

    hours_low: float
    hours_high: float
    person_days: float
    money_low: float
    money_high: float


def upkeep(labels: float, paces: tuple[float, float], a_day: float, costs: tuple[float, ...], judgements: float = 1) -> Upkeep:
    """Labels -> hours -> person-days -> money.

    ``labels``: items to be labelled; ``judgements``: times each is looked at. ``paces``: items an hour, slow and fast.
    ``a_day``: items a person does in a working day. ``costs``: of one item, in one currency.
    Raises ``ValueError`` for fewer than no labels, or if a pace, a day's work or a cost is not positive.
    """
    if labels < 0 or min(*paces, a_day, *costs, judgements) <= 0:
        raise ValueError("found a negative number of labels, or a pace, day's work or cost of zero; wanted positive ones")
    items = labels * judgements
    return Upkeep(items / max(paces), items / min(paces), items / a_day, items * min(costs), items * max(costs))


def usual_upkeep(labels: float, judgements: float = 1) -> Upkeep:
    """``upkeep`` at the pace reported for Cortana, the daily quota reported for Siri and the costs of ``piece_costs`` (EUR)."""
    paces = fact("cortana-fr-rate-low"), fact("cortana-fr-rate-high")
    return upkeep(labels, paces, fact("siri-daily-quota"), tuple(piece_costs()["eur"]), judgements)


def piece_costs() -> pd.DataFrame:
    """What one item cost, from three sources that do not know of each other: source, usd (empty if paid in euros), eur, how.

    A wage over a quota, an hourly pay over a pace, and a ratio to the price of a language model: three kinds of work and three
    kinds of cost (the wage is gross pay of a person, the last a price that a client pays).
    """
    rate = {year: fact(f"fx-eur-{year}") for year in (2019, 2023)}
    wage = fact("siri-monthly-gross-pay") / (assumption("working-days-month") * fact("siri-daily-quota"))
    hourly = (fact("cortana-us-pay-low") + fact("cortana-us-pay-high")) / 2 / fact("cortana-us-items-per-hour")
    crowd = fact("gilardi-cost") * fact("gilardi-ratio")
    rows = [
        ("Siri, Cork, 2019", None, wage, "monthly wage over working days and quota"),
        ("Cortana, United States, 2019", hourly, hourly * rate[2019], "middle of the hourly pay over the highest pace"),
        ("Mechanical Turk, 2023", crowd, crowd * rate[2023], "price of a language model times how much dearer the crowd was"),
    ]
    return pd.DataFrame(rows, columns=["source", "usd", "eur", "how"])


def working_days(calendar: str, holidays: bool = True) -> int:
    """Weekdays from the first to the last day of a quarter (``calendar`` or ``fiscal``), without Irish public holidays if asked.

    Raises ``KeyError`` for another calendar.
    """
    row = data.table(CALENDARS).set_index("calendar").loc[calendar]
    first, last = np.datetime64(row["first_day"]), np.datetime64(row["last_day"])
    off = np.array(list(data.table(HOLIDAYS)["day"]), dtype="datetime64[D]") if holidays else []
    return int(np.busday_count(first, last + 1, holidays=off))


def snippets() -> dict[str, float]:
    """Snippets targeted for iPad in the third quarter of 2019, by language."""
    return {code: fact(f"siri-ipad-q3-2019-{code}-snippets") for code in LANGUAGES}


def day_loads() -> pd.DataFrame:
    """Items a day of seven and a half hours, in reports other than that of the quota: source, items."""
    hours = fact("siri-workday-hours")
    rows = [
        ("Alexa, Bucharest", fact("alexa-clips-per-shift") / fact("alexa-shift-hours") * hours),
        ("Cortana, France, slow", fact("cortana-fr-rate-low") * hours),
        ("Siri, Cork, another worker (more than)", fact("siri-cork-per-shift")),
        ("Cortana, France, fast", fact("cortana-fr-rate-high") * hours),
        ("Cortana, United States (up to)", fact("cortana-us-items-per-hour") * hours),
    ]
    return pd.DataFrame(rows, columns=["source", "items"])


def hour_loads() -> pd.DataFrame:
    """Items an hour, in reports other than that of the French worker: source, items."""
    rows = [
        ("Alexa, Bucharest", fact("alexa-clips-per-shift") / fact("alexa-shift-hours")),
        ("Siri, Cork, quota over the working day", fact("siri-daily-quota") / fact("siri-workday-hours")),
        ("Cortana, United States (up to)", fact("cortana-us-items-per-hour")),
    ]
    return pd.DataFrame(rows, columns=["source", "items"])


def verify_sample(accuracy: float, margin: float) -> int:
    """Labels needed so that the 95 % interval of an accuracy reaches ``margin`` either side (both 0 to 1).

    Normal approximation (``statsmodels.stats.proportion.samplesize_confint_proportion``), rounded up; simple random sample,
    and human labels that are right.
    """
    return math.ceil(samplesize_confint_proportion(accuracy, margin, alpha=0.05))


def verify_table(margins: tuple[int, ...] = (1, 2, 3, 5)) -> pd.DataFrame:
    """Labels and person-days to verify the accuracy that the press uses, by margin (percentage points)."""
    accuracy = share("va-accuracy-claimed") / 100
    labels = [verify_sample(accuracy, margin / 100) for margin in margins]
    return pd.DataFrame({"margin": margins, "labels": labels, "person_days": [usual_upkeep(n).person_days for n in labels]})


def tweets_a_quarter() -> float:
    """Tweets labelled a quarter in the vaccine study, mean."""
    return float(data.table(QUARTERS)["tweets"].astype(float).mean())


def quota() -> float:
    """Items a day that the press reports as the quota of a worker."""
    return fact("siri-daily-quota")


def ladder() -> pd.DataFrame:
    """From the upkeep of one model to the quotas of one device: what, labels a quarter, person-days a quarter."""
    wanted = snippets()
    staff = fact("siri-cork-laid-off") * assumption("working-days-quarter") * fact("siri-daily-quota")
    rows = [
        ("Headlines: all that were coded", labels_a_year() / 4),
        ("Vaccine tweets: all that were labelled", tweets_a_quarter()),
        ("Check an accuracy of nine in ten to one point", float(verify_table((1,))["labels"].iloc[0])),
        ("Siri, one device, French", wanted["fr"]),
        ("Siri, one device, three languages", sum(wanted.values())),
        ("Full quotas of those dismissed in Cork", staff),
    ]
    frame = pd.DataFrame(rows, columns=["what", "labels"])
    return frame.assign(person_days=frame["labels"] / fact("siri-daily-quota"))
