"""Hourly pay across countries and surveys in one currency, and unpaid time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd
from tallybook import data
from tallybook.data.provenance import step, untraced
from tallybook.model.numbers import Number, Row

from microwork.income.inputs import ELSEWHERE, PRICES, declared, share

BASE_YEAR = 2018  # the year of the French survey: all amounts are turned into euros of that year

# Pay that the page names in its own currency.
SAID = (
    "foule-factory-promise",
    "france-m",
    "france-television",
    "france-35-hours",
    "mturk-median-all",
)


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
    return pd.Series({name: _in_euros(name) for name in rows.index[counted]}, dtype=float)


def pay_table() -> pd.DataFrame:
    """One row per published pay, in EUR of 2018 per hour where that can be done.

    Columns: pay_id, place, survey, measure, time, published (per hour, in the row's currency; of a
    range the lower end), currency, years (text), euros (EUR of 2018 per hour; missing without a
    rate or index), euros_other (by the second route, see ``factor``), grade, source_key.
    """
    rows = data.table(ELSEWHERE)
    spans = [(row.currency, int(row.first_year), int(row.last_year)) for row in rows.itertuples()]
    first, second = (
        [factor(*span, prices(*span[1:]), route) for span in spans] for route in (False, True)
    )
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


def factor(
    currency: str, first: int, last: int, rates: pd.DataFrame, second_route: bool = False
) -> float:
    """EUR of 2018 for one unit of ``currency`` earned from ``first`` to ``last``: the mean over the
    years that have a rate.

    Route one: market rate of the year, then French consumer prices from that year to 2018. Route
    two, for USD: United States consumer prices to 2018, then the rate of 2018. Not a number if no
    year of the span has a rate.
    """
    span = rates.loc[(rates.index >= first) & (rates.index <= last)]
    if span.empty:
        return float("nan")
    base = rates.loc[BASE_YEAR]
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
    return float(claim["value"]) * factor("USD", year, year, prices(year, year))


def _in_euros(pay_id: str) -> float:
    """One published pay per hour in EUR of 2018."""
    row = data.row(ELSEWHERE, pay_id)
    years = int(row["first_year"]), int(row["last_year"])
    return per_hour(pay_id) * factor(row["currency"], *years, prices(*years))


def _pay_rows() -> Iterator[Row]:
    """The published pay that the page shows as it is, and pay by surveys in EUR of 2018: rows for
    ``declared``."""
    compared = surveys().index
    for row in pay_table().to_dict("records"):
        name, what = (
            row["pay_id"],
            f"{row['place']}, {row['survey']}, {row['measure']}, {row['years']}",
        )
        how = "The amount divided by the hours."
        if name in SAID:
            yield (
                f"said-{name}",
                partial(per_hour, name),
                f"{row['currency']} per hour",
                what,
                how,
                None,
                2,
            )
        if name in compared:
            how = (
                "The same at the market rate of its years, then carried to 2018 by French consumer"
                " prices."
            )
            yield (
                f"pay-{name}",
                partial(_in_euros, name),
                "EUR per hour",
                f"{what}, in euros of 2018",
                how,
                None,
                2,
            )


def _route_gap() -> float:
    """Largest difference between the two routes to EUR of 2018 (see ``factor``), percent of the
    first."""
    dollars = pay_table().query("currency == 'USD'")
    return float((dollars["euros_other"] / dollars["euros"] - 1).abs().max() * 100)


def unpaid_ratio() -> float:
    """Unpaid hours per paid hour in the survey of the ILO: pay over paid hours and over all hours."""
    return per_hour("ilo-paid") / per_hour("ilo-all") - 1


def unpaid_elsewhere() -> tuple[float, float, float]:
    """Unpaid hours per paid hour: by that survey, and the least and the most by both surveys.

    In the British survey fewer than half spend half an hour or more, so the middle one spends less.
    Raises ``ValueError`` if its share is half or more.
    """
    if share("uk-half-hour-unpaid") >= 0.5:
        raise ValueError(
            "found half an hour or more for half of the workers; expected it for fewer"
        )
    return unpaid_ratio(), 0.0, max(0.5, unpaid_ratio())


def _surveys() -> tuple[float, float, float]:
    """Median, least and most of these (EUR of 2018 per hour)."""
    euros = surveys()
    return euros.median(), euros.min(), euros.max()


_NUMBERS = (
    (
        "route-gap",
        _route_gap,
        "percent",
        "largest difference between two ways to reach euros of 2018",
        "The second way: American prices to 2018, then the rate of 2018.",
    ),
    (
        "surveys-elsewhere",
        _surveys,
        "EUR per hour",
        "hourly pay of microwork in surveys and logs outside France, euros of 2018",
        (
            "The middle one of the published figures, each at the market rate of its years and"
            " carried to 2018."
        ),
        (
            "covers the least and the most of the published figures; not sampling, nor that they"
            " count time in unlike ways"
        ),
        2,
    ),
    (
        "unpaid-elsewhere",
        unpaid_elsewhere,
        "hours per hour on tasks",
        "unpaid hours per paid hour in two surveys from elsewhere",
        (
            "By the survey of the International Labour Office, pay over paid hours divided by pay"
            " over all hours, minus one."
        ),
        (
            "covers that mean, and under half an hour for each paid hour, as for the middle worker"
            " of a British survey, whose mean is not known; not sampling, nor that they count other"
            " unpaid work"
        ),
        2,
    ),
    (
        "skilled-claim-euros",
        skilled_in_euros,
        "EUR per hour",
        "the press figure for skilled platforms in euros of 2018",
        "At the market rate of its year, then carried to 2018 by French consumer prices.",
    ),
)


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return declared([*_pay_rows(), *_NUMBERS])
