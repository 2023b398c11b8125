"""What the chapter reads from its tables, and money of other years in euros of 2018."""

from __future__ import annotations

import math

import pandas as pd
from scipy import stats
from tallybook import data
from tallybook.data.provenance import step, untraced

FACTS, ELSEWHERE, PRICES = "income/facts", "income/elsewhere", "income/prices"
TASKS, MTURK, WAGES = "income/task_prices", "income/mturk_declared", "income/platform_wages"
CROWD, BATCHES = "income/crowd_pay", "income/task_batches"
BASE_YEAR = 2018  # the year of the French surveys: all amounts are turned into euros of that year
WEEKS_A_MONTH = 52 / 12  # a month is a twelfth of a year of 52 weeks, everywhere in this chapter


def fact(name: str, column: str = "value") -> float:
    """A value of the table of facts, or the ``low`` or ``high`` end of what we assume."""
    return float(data.row(FACTS, name)[column])


def ends(name: str) -> tuple[float, float]:
    """Least and most of what we assume."""
    return fact(name, "low"), fact(name, "high")


def share(name: str) -> float:
    """A share of the table of facts, from 0 to 1."""
    return fact(name) / 100


def asked(name: str) -> int:
    """How many answered the question behind a fact."""
    return int(data.row(FACTS, name)["n"])


def full_week() -> float:
    """Hours of a week of full days."""
    return fact("full-day") * fact("working-days")


def lognormal(low: float, below_low: float, high: float, below_high: float) -> stats.rv_continuous:
    """The lognormal with ``below_low`` of its mass (0 to 1) under ``low`` and ``below_high`` under
    ``high`` (a frozen scipy distribution)."""
    z_low, z_high = stats.norm.ppf([below_low, below_high])
    sigma = math.log(high / low) / (z_high - z_low)
    return stats.lognorm(s=sigma, scale=low * math.exp(-z_low * sigma))


@step
def prices(first: int, last: int) -> pd.DataFrame:
    """Exchange rate (eur_per_usd) and consumer prices of France (cpi_france, 2010 = 100) by year:
    those years from ``first`` to ``last`` that have a rate, and the base year."""
    with untraced():  # only which years there are; the rows that count are read one by one
        there = data.table(PRICES)["year"]
    years = sorted({BASE_YEAR, *there[there.between(first, last)]})
    rows = pd.DataFrame([data.row(PRICES, year) for year in years]).set_index("year")
    return rows[["eur_per_usd", "cpi_france"]].astype(float)


def eur_per_usd(year: int) -> float:
    """Market exchange rate of a year."""
    return float(data.row(PRICES, year)["eur_per_usd"])


@step
def factor(currency: str, first: int, last: int) -> float:
    """EUR of 2018 for one unit of ``currency`` earned from ``first`` to ``last``: the market rate
    of a year, then French consumer prices from that year to 2018; the mean over the years that have
    a rate, and not a number if none has."""
    rates = prices(first, last)
    span, base = rates.loc[(rates.index >= first) & (rates.index <= last)], rates.loc[BASE_YEAR]
    if span.empty:
        return float("nan")
    euros = base["cpi_france"] / span["cpi_france"]
    return float((euros if currency == "EUR" else span["eur_per_usd"] * euros).mean())


def per_hour(pay_id: str) -> float:
    """One published pay per hour, in its currency; of a range the lower end."""
    row = data.row(ELSEWHERE, pay_id)
    return float(row["amount"]) / float(row["hours"])


def in_euros(pay_id: str) -> float:
    """One published pay per hour in EUR of 2018."""
    row = data.row(ELSEWHERE, pay_id)
    years = int(row["first_year"]), int(row["last_year"])
    return per_hour(pay_id) * factor(row["currency"], *years)


@step
def surveys() -> pd.DataFrame:
    """Pay of microwork outside France by surveys and logs, all time where one counts it, by
    ``pay_id``: place, measure and ``euros`` (EUR of 2018 per hour). Offers, pay for paid hours only
    and weak sources (grade C) are left out."""
    with untraced():
        rows = data.table(ELSEWHERE).set_index("pay_id")
    counted = rows["measure"].isin(["mean", "median"]) & (rows["time"] != "paid only")
    counted &= (rows["place"] != "France") & (rows["grade"] != "C")
    found = rows.loc[counted, ["place", "measure"]]
    return found.assign(euros=[in_euros(name) for name in found.index])
