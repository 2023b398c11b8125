"""How long machines go without new labels by people, and what their age costs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family

from microwork.families.rows import family, taken
from microwork.retraining import service
from microwork.retraining.inputs import fact

HALF, NORMAL = 0.5, 1.96  # half a time more, as a count of nought wants it; of 95 percent


def _wikimedia() -> pd.DataFrame:
    """Models of each wiki that learn from labels by people: source_key, years and times."""
    models = data.table("retraining/ores_models").assign(years=service.years().to_numpy())
    models, keys = models[models["labels"] != service.AUTOMATIC], ["wiki", "source_key"]
    rebuilt = data.table("retraining/ores_rebuilds")
    new = rebuilt[(rebuilt["build"] > 0) & (rebuilt["reason"] == service.NEW_LABELS)]
    years, times = models.groupby(keys)["years"].sum(), new.groupby(keys).size()
    found = pd.DataFrame({"years": years, "times": times.reindex(years.index, fill_value=0)})
    return found.reset_index().assign(service="Wikimedia")


def relabel_years() -> Family:
    """Years in service for each time that new labels by people came in: models on Wikimedia's wikis
    that learn from them, by wiki, and other services."""
    rows = data.table("retraining/services")
    first, last = (
        pd.PeriodIndex(rows[name], freq="M").astype("int64")
        for name in ("first_month", "last_month")
    )
    others = rows.assign(years=(last - first + 1) / 12, times=rows["label_changes"])
    of_service = {"years": "sum", "times": "sum", "source_key": "first"}
    frame = pd.concat([_wikimedia(), others.groupby("service").agg(of_service).reset_index()])
    times = frame["times"].astype(float) + HALF
    value, off = frame["years"] / times, np.exp(NORMAL / np.sqrt(times))
    part = taken(frame, value=value, low=value / off, high=value * off, platform="service")
    return family("relabel-years", "log", ("platform",), part)


def label_age() -> Family:
    """Share of headlines and tweets that a model gets right, by the model and by how old its labels
    are; a block is a model."""
    heads = data.table("retraining/headline_starts")
    heads = heads.groupby(["start", "test", "source_key"], as_index=False)[["right", "n"]].sum()
    ages = (heads["test"] - heads["start"]).astype(str)
    heads = heads.assign(platform="headlines, " + heads["start"].astype(str), age="years " + ages)
    runs = ["trained", "tested", "source_key"]
    tweets = data.table("retraining/tweet_runs").groupby(runs, as_index=False)["right"].mean()
    days = (pd.to_datetime(tweets["tested"]) - pd.to_datetime(tweets["trained"])).dt.days
    tweets = tweets.assign(platform="tweets, " + tweets["trained"], age="days " + days.astype(str))
    frame = pd.concat([heads, tweets.assign(n=fact("tweets-test-size"))], ignore_index=True)
    value = 100 * frame["right"] / frame["n"]
    part = taken(frame, value=value, n="n", platform="platform", age="age")
    return family("label-age", "logit", ("platform", "age"), part)
