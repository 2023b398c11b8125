"""Hourly pay across countries and surveys in one currency, pay for skilled work, and a day's pay."""

from __future__ import annotations

import pandas as pd

from microwork import data
from microwork.claims import claims
from microwork.income.inputs import ASSUMPTIONS, ELSEWHERE, FACTS, PRICES, assumption, fact, maker
from microwork.numbers import Number

BASE_YEAR = 2018  # the year of the French survey: all amounts are turned into euros of that year


def pay_table() -> pd.DataFrame:
    """One row per published pay, in EUR of 2018 per hour where that can be done.

    Columns: pay_id, place, survey, measure, time, published and published_high (per hour, in the row's currency), currency,
    years (text), euros and euros_high (EUR of 2018 per hour; missing without a rate or index), euros_other (by the second
    route, see ``factor``), grade, source_key.
    """
    rows = data.table(ELSEWHERE)
    rates = prices()
    spans = [(row.currency, int(row.first_year), int(row.last_year)) for row in rows.itertuples()]
    first = [factor(*span, rates) for span in spans]
    second = [factor(*span, rates, second_route=True) for span in spans]
    years = [str(a) if a == b else f"{a} to {b}" for _, a, b in spans]
    per_hour, high = rows["amount"] / rows["hours"], rows["amount_high"] / rows["hours"]
    kept = rows[["pay_id", "place", "survey", "measure", "time", "currency", "grade", "source_key"]]
    kept = kept.assign(published=per_hour, published_high=high, years=years)
    return kept.assign(euros=per_hour * first, euros_high=high * first, euros_other=per_hour * second)


def prices() -> pd.DataFrame:
    """Exchange rate (eur_per_usd) and consumer prices (cpi_france, cpi_usa; 2010 = 100) by year."""
    return data.table(PRICES).set_index("year")[["eur_per_usd", "cpi_france", "cpi_usa"]]


def factor(currency: str, first: int, last: int, rates: pd.DataFrame, second_route: bool = False) -> float:
    """EUR of 2018 for one unit of ``currency`` earned from ``first`` to ``last``: the mean over the years that have a rate.

    Route one: market rate of the year, then French consumer prices from that year to 2018. Route two, for USD: United States
    consumer prices to 2018, then the rate of 2018. Not a number if no year of the span has a rate.
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


def unpaid_ratios() -> dict[str, float]:
    """Unpaid hours per paid hour that two pay figures imply, one over paid hours and one over all hours.

    For ratios of means over the same people the quotient is exact; for medians and means of personal rates it is an inference.
    """
    pay = pay_table().set_index("pay_id")["published"]
    pairs = {
        "the ILO survey, means": ("ilo-paid", "ilo-all"),
        "Mechanical Turk logs, medians": ("mturk-median-paid", "mturk-median-all"),
        "Mechanical Turk logs, means": ("mturk-mean-paid", "mturk-mean-all"),
    }
    return {name: float(pay[paid] / pay[every]) - 1 for name, (paid, every) in pairs.items()}


def skilled_in_euros() -> float:
    """The press figure for skilled platforms in EUR of 2018 per hour; its year is that of the article."""
    claim = claims()["skilled-15usd"]
    year = int(claim.date[:4])
    return claim.value * factor("USD", year, year, prices())


def day_pay() -> pd.DataFrame:
    """What a day brought in three press cases from Venezuela and Madagascar: case, year, euros a day at the rate of the year."""
    pay, rates = data.table(ELSEWHERE).set_index("pay_id"), prices()["eur_per_usd"]
    task = data.fact(FACTS, "madagascar-task-pay")
    week = data.fact(FACTS, "venezuela-week-now")
    three_hours = pay.loc["madagascar-platform"]
    rows = [
        ("Madagascar, three hours on a platform", int(three_hours["last_year"]), float(three_hours["amount"])),
        ("Venezuela, a week on a platform over five days", int(week["period"]),
         float(week["value"]) / float(assumption("working-days")["low"]) * float(rates[int(week["period"])])),
        ("Madagascar, a day of paid clicks", int(task["period"]),
         float(task["value"]) * fact("madagascar-tasks-day") * float(rates[int(task["period"])])),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["case", "year", "euros"])


def numbers() -> list[Number]:
    """The numbers of this part of the chapter."""
    return [*_pay_numbers(), *_other_numbers()]


def _pay_numbers() -> list[Number]:
    """Each published pay per hour in its own currency, and in EUR of 2018 where there is a rate."""
    found = []
    for row in pay_table().to_dict("records"):
        what = f"{row['place']}, {row['survey']}, {row['measure']}, {row['years']}"
        name, unit = row["pay_id"], f"{row['currency']} per hour"
        ranged = pd.notna(row["published_high"])
        spread = {"covers": "covers the published range, not sampling or how the firms were chosen"}
        ends = {"low": row["published"], "high": row["published_high"], **spread} if ranged else {}
        middle = (row["published"] + row["published_high"]) / 2 if ranged else row["published"]
        how = f"amount over hours ({row['source_key']}, grade {row['grade']})"
        found.append(Number(f"income.said-{name}", float(middle), unit, what, how, (ELSEWHERE,), decimals=2, **ends))
        if pd.notna(row["euros"]):
            ends = {"low": row["euros"], "high": row["euros_high"], **spread} if ranged else {}
            middle = (row["euros"] + row["euros_high"]) / 2 if ranged else row["euros"]
            how = "the same at the market rate of its years, then French consumer prices to 2018"
            both, label = (ELSEWHERE, PRICES), f"{what}, in euros of 2018"
            found.append(Number(f"income.pay-{name}", float(middle), "EUR per hour", label, how, both, decimals=2, **ends))
    return found


def _other_numbers() -> list[Number]:
    n = maker((ELSEWHERE, PRICES))
    days = day_pay()
    in_euros = pay_table().dropna(subset=["euros"])
    gaps = (in_euros["euros_other"] / in_euros["euros"] - 1).abs()[in_euros["currency"] == "USD"]
    ratio = fact("venezuela-week-now") / fact("venezuela-week-before")
    brazil = float(in_euros.set_index("pay_id").loc["brazil", "published"])
    return [
        n("brazil-at-rate", brazil * float(prices().loc[2023, "eur_per_usd"]), "EUR per hour",
          "mean hourly pay in Brazil at the market rate of its year", "published dollars times the rate of 2023"),
        n("route-gap", gaps.max() * 100, "percent", "largest difference between two ways to reach euros of 2018",
          "second way: American prices to 2018, then the rate of 2018", (ELSEWHERE, PRICES)),
        n("rows-in-euros", len(in_euros), "items", "published figures that could be turned into euros of 2018", "count",
          (ELSEWHERE, PRICES)),
        n("rows-left-out", len(pay_table()) - len(in_euros), "items", "published figures that could not", "count",
          (ELSEWHERE, PRICES)),
        n("skilled-claim-euros", skilled_in_euros(), "EUR per hour", "the press figure for skilled platforms in euros of 2018",
          "at the market rate of its year, then French consumer prices", ("claims", PRICES)),
        n("day-pay-south", days["euros"].median(), "EUR per day", "what a day brought in three cases of the press, middle one",
          "cases in Venezuela and Madagascar, at the market rate of their year", (FACTS, ELSEWHERE, PRICES, ASSUMPTIONS),
          low=float(days["euros"].min()), high=float(days["euros"].max()), decimals=2,
          covers="covers three single cases, least to most; not how they were chosen, and no survey stands behind them"),
        n("cents-threshold", float(assumption("cents-a-day")["low"]), "EUR per day", "least daily pay that is no longer cents",
          "our reading", (ASSUMPTIONS,), decimals=0),
        n("venezuela-week-change", (ratio - 1) * 100, "percent",
          "change of weekly income on platforms in Venezuela, 2019 to 2023",
          "later figure over the earlier one, minus one; two sentences of one article", (FACTS,)),
    ]  # fmt: skip
