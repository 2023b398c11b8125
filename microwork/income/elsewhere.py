"""Hourly pay across countries and surveys in one currency, and unpaid time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step, untraced

from microwork.income.inputs import ELSEWHERE, FACTS, PRICES, WAGES, share
from microwork.intervals import Ends, wilson_percent

BASE_YEAR = 2018  # the year of the French survey: all amounts are turned into euros of that year


@step
def surveys() -> pd.Series:
    """Pay of microwork outside France by surveys and logs, all time where one counts it.

    EUR of 2018 per hour, by ``pay_id``. Offers, wages, single cases, press figures and weak sources
    (grade C) are left out.
    """
    with untraced():
        rows = data.table(ELSEWHERE).set_index("pay_id")
    counted = rows["measure"].isin(["mean", "median"]) & (rows["time"] != "paid only")
    counted &= (rows["place"] != "France") & (rows["grade"] != "C")
    return pd.Series({name: in_euros(name) for name in rows.index[counted]}, dtype=float)


def pay_table() -> pd.DataFrame:
    """One row per published pay, in EUR of 2018 per hour where that can be done.

    Columns: pay_id, place, survey, measure, time, published (per hour, in the row's currency; of a
    range the lower end), currency, years (text), euros (EUR of 2018 per hour; missing without a
    rate or index), euros_other (by the second route, see ``factor``), grade, source_key.
    """
    rows = data.table(ELSEWHERE)
    spans = [(row.currency, int(row.first_year), int(row.last_year)) for row in rows.itertuples()]
    first, second = ([factor(*span, route) for span in spans] for route in (False, True))
    years = [str(a) if a == b else f"{a} to {b}" for _, a, b in spans]
    per_hour = rows["amount"] / rows["hours"]
    kept = rows[["pay_id", "place", "survey", "measure", "time", "currency", "grade", "source_key"]]
    kept = kept.assign(published=per_hour, years=years)
    return kept.assign(euros=per_hour * first, euros_other=per_hour * second)


def per_hour(pay_id: str) -> float:
    """One published pay per hour, in its currency; of a range the lower end."""
    row = data.row(ELSEWHERE, pay_id)
    return float(row["amount"]) / float(row["hours"])


@step
def prices(first: int, last: int) -> pd.DataFrame:
    """Exchange rate (eur_per_usd) and consumer prices (cpi_france, cpi_usa; 2010 = 100) by year.

    The years are those from ``first`` to ``last`` that have a rate, and the base year.
    """
    with untraced():  # only which years there are; the rows that count are read one by one
        there = data.table(PRICES)["year"]
    years = sorted({BASE_YEAR, *there[there.between(first, last)]})
    rows = pd.DataFrame([data.row(PRICES, year) for year in years]).set_index("year")
    return rows[["eur_per_usd", "cpi_france", "cpi_usa"]].astype(float)


def eur_per_usd(year: int) -> float:
    """Market exchange rate of a year."""
    return float(data.row(PRICES, year)["eur_per_usd"])


@step
def factor(currency: str, first: int, last: int, second_route: bool = False) -> float:
    """EUR of 2018 for one unit of ``currency`` earned from ``first`` to ``last``: the mean over the
    years that have a rate.

    Route one: market rate of the year, then French consumer prices from that year to 2018. Route
    two, for USD: United States consumer prices to 2018, then the rate of 2018. Not a number if no
    year of the span has a rate.
    """
    rates = prices(first, last)
    span, base = rates.loc[(rates.index >= first) & (rates.index <= last)], rates.loc[BASE_YEAR]
    if span.empty:
        return float("nan")
    french = base["cpi_france"] / span["cpi_france"]
    if currency == "EUR":
        return float(french.mean())
    if second_route:
        return float((base["cpi_usa"] / span["cpi_usa"] * base["eur_per_usd"]).mean())
    return float((span["eur_per_usd"] * french).mean())


def skilled_in_euros() -> float:
    """The press figure for skilled platforms in EUR of 2018 per hour; its year is that of the
    article."""
    claim = data.row("claims", "skilled-15usd")
    year = int(claim["date"][:4])
    return float(claim["value"]) * factor("USD", year, year)


def in_euros(pay_id: str) -> float:
    """One published pay per hour in EUR of 2018."""
    row = data.row(ELSEWHERE, pay_id)
    years = int(row["first_year"]), int(row["last_year"])
    return per_hour(pay_id) * factor(row["currency"], *years)


def route_gap() -> float:
    """Largest difference between the two routes to EUR of 2018 (see ``factor``), percent of the
    first."""
    dollars = pay_table().query("currency == 'USD'")
    return float((dollars["euros_other"] / dollars["euros"] - 1).abs().max() * 100)


def unpaid_ratio() -> float:
    """Unpaid hours per paid hour in the survey of the ILO: pay over paid and over all hours."""
    return per_hour("ilo-paid") / per_hour("ilo-all") - 1


def unpaid_elsewhere() -> Ends:
    """Unpaid hours per paid hour: by that survey, and the least and the most by both surveys.

    In the British survey fewer than half spend half an hour or more, so the middle one spends less.
    Raises ``ValueError`` if its share is half or more.
    """
    if share("uk-half-hour-unpaid") >= 0.5:
        raise ValueError("found half an hour or more for half of the workers; expected fewer")
    return unpaid_ratio(), 0.0, max(0.5, unpaid_ratio())


def asked(fact_id: str) -> Ends:
    """A published share of workers, percent, with the 95 % Wilson interval from how many were
    asked."""
    n = int(data.row(FACTS, fact_id)["n"])
    _, low, high = wilson_percent(round(share(fact_id) * n) / n, n)
    return 100 * share(fact_id), low, high


def weighted_quantile(values: pd.Series, weights: pd.Series, share: float) -> float:
    """The least value such that values up to it hold at least ``share`` (0 to 1) of the weights."""
    order = np.argsort(values.to_numpy(), kind="stable")
    held = np.cumsum(weights.to_numpy(dtype=float)[order]) / float(weights.sum())
    return float(values.to_numpy()[order][np.searchsorted(held, share - 1e-12)])


def freelance_pay() -> Ends:
    """Median pay of freelancers in the country of the middle project on one platform in 2019, and
    of those that a tenth and nine tenths are up to (USD per hour).

    The table: ``microwork.derive.supply_by_year``.
    """
    now = data.table(WAGES).query("year == 2019")
    middle, low, high = (
        weighted_quantile(now["median_wage"], now["projects"], share) for share in (0.5, 0.1, 0.9)
    )
    return middle, low, high
