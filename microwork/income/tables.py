"""Income: rows of the charts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.model.formatting import plain

from microwork.claims import claims
from microwork.income import elsewhere, hours, tasks
from microwork.income import wages as income_wages
from microwork.since.facts import name


def hourly_cases() -> pd.DataFrame:
    """Pay per hour by what is assumed: case, pay, low, high, claim (EUR per hour; any but the first may be missing), colour."""
    scenarios = hours.hours_scenarios().set_index("scenario")["hourly"]
    rows = [
        ("Price on the Smic, as much unpaid time", None, None, None, hours.price_rule()),
        ("Most there can be, whatever the spread of hours", hours.hourly_bound(), None, None, None),
        ("If the mean of hours were as high as their median", hours.hourly_at_median(), None, None, None),
        ("If hours are lognormal", scenarios["mode"], scenarios["high"], scenarios["low"], None),
    ]
    columns = ["case", "pay", "low", "high", "claim"]
    return pd.DataFrame(rows, columns=columns).astype({column: float for column in columns[1:]}).assign(colour="found")


def later() -> pd.DataFrame:
    """Pay known since 2022, lowest first: label, value, low, high (USD per hour of its year; the ends of one row only), colour.

    The facts of the table of later years that are in dollars an hour, and one logged batch.
    """
    hourly = data.rows(name("income"), {"unit": "USD per hour"})
    labels = hourly["place"] + ": " + hourly["quantity"] + " (" + hourly["month"].str[:4] + ")"
    frame = pd.DataFrame({"label": labels, "value": hourly["value"], "low": np.nan, "high": np.nan})
    batch = ("Mechanical Turk: pay per hour in one batch (2023)", *tasks.batch())
    frame.loc[len(frame)] = batch
    return frame.sort_values("value").reset_index(drop=True).assign(colour="s4")


def comparison() -> pd.DataFrame:
    """Rows of the chart across countries, in EUR of 2018 per hour: group, label, value, low, high, claim, colour.

    Every published figure that could be converted, except those that divide by paid time only where the same survey has one
    over all time, and freelancers' medians of three countries. Our own two rows are in the colour of findings.
    """
    pay = elsewhere.pay_table().dropna(subset=["euros"])
    pay = pay[~pay["pay_id"].isin(["mturk-mean-paid", "mturk-median-paid", "ilo-paid"])]
    groups = {"France": "France", "Mechanical": "Mechanical Turk"}
    groups |= {place: "Regions, ILO surveys" for place in ("World", "North", "Asia", "Africa", "Latin")}
    rows = []
    for row in pay.to_dict("records"):
        ranged = pd.notna(row["euros_high"])
        amount = plain(row["published"], 2) + (f" to {plain(row['published_high'], 2)}" if ranged else "")
        called = row["survey"] if row["place"] in ("France", "Mechanical Turk") else row["place"]
        group = groups.get(row["place"].split()[0].rstrip(","), "Countries of the South")
        label = f"{called[0].upper()}{called[1:]}, {row['measure']} ({amount} {row['currency']} of {row['years']})"
        ends = (row["euros"], row["euros_high"]) if ranged else (None, None)
        rows.append((group, label, None if ranged else row["euros"], *ends, None, "s4"))
    scenarios = hours.hours_scenarios()["hourly"]
    ours = [
        ("France", "Our bound on the mean", hours.hourly_bound(), None, None, None, "found"),
        ("France", "Our mean if hours are lognormal", scenarios.iloc[1], scenarios.min(), scenarios.max(), None, "found"),
    ]
    years = (income_wages.YEARS[1],) * 2
    rate = elsewhere.factor("USD", *years, elsewhere.prices(*years))
    wages = income_wages.wages().set_index("country")["median_wage"]
    group = "Skilled freelancing, one platform"
    skilled = []
    for place in ("France", "Venezuela", "Madagascar"):
        label = f"{place}, median ({plain(wages[place], 2)} USD of {income_wages.YEARS[1]})"
        skilled.append((group, label, wages[place] * rate, None, None, None, "s4"))
    claim = claims()["skilled-15usd"]
    label = f"The press figure ({plain(claim.figure, 0)} USD of {claim.date[:4]})"
    said = (group, label, None, None, None, elsewhere.skilled_in_euros(), "claim")
    columns = ["group", "label", "value", "low", "high", "claim", "colour"]
    frame = pd.DataFrame([*ours, *rows, said, *skilled], columns=columns)
    return frame.astype({column: float for column in columns[2:6]})
