"""How long machines go without new labels by people, and what their age costs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.answers import Family
from tallybook.data.provenance import step

from microwork.families.rows import family, taken
from microwork.retraining import service
from microwork.retraining.inputs import fact

HALF, NORMAL = 0.5, 1.96  # half a time more, as a count of nought wants it; of 95 percent


def services() -> pd.DataFrame:
    """Services that learn from labels by people: service, source_key, years, and times that new
    labels came in. Models of one kind on Wikimedia's wikis are one service, for most single wikis
    never had any."""
    models = data.table("retraining/ores_models").assign(years=service.years().to_numpy())
    models = models[models["labels"] != service.AUTOMATIC]
    rebuilt = data.table("retraining/ores_rebuilds").query("build > 0")
    new = rebuilt[rebuilt["reason"] == service.NEW_LABELS]
    years, times = (models.groupby("source_key")["years"].sum(), new.groupby("source_key").size())
    wikis = pd.DataFrame({"years": years, "times": times}).reset_index()
    others = data.table("retraining/services").rename(columns={"label_changes": "times"})
    first, last = (
        pd.PeriodIndex(others[name], freq="M").astype("int64")
        for name in ("first_month", "last_month")
    )
    summed = {"years": "sum", "times": "sum", "source_key": "first"}
    others = others.assign(years=(last - first + 1) / 12).groupby("service").agg(summed)
    return pd.concat([wikis.assign(service="Wikimedia"), others.reset_index()], ignore_index=True)


@step
def relabel_years() -> Family:
    """Years in service for each time that new labels by people came in."""
    frame = services()
    times = frame["times"].astype(float) + HALF
    value, off = frame["years"] / times, np.exp(NORMAL / np.sqrt(times))
    part = taken(frame, value=value, low=value / off, high=value * off, platform="service")
    return family("relabel-years", "log", ("platform",), part)


@step
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
