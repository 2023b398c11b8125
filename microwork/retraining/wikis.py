"""Retraining: what the charts on machines in service show, by wiki and over time."""

from __future__ import annotations

import pandas as pd
from babel import Locale
from tallybook import language

from microwork.retraining import service

LINED = "damaging"  # the models of one line each: those that say of an edit whether it does harm
KINDS = {service.NEW_LABELS: "labels", service.LIBRARY: "library"}
SISTERS = ("wikibooks", "wikiquote", "wikisource", "wiktionary")
EDGE = "2017-01-01"  # first day of the ages: before it few models learnt from people


def named(wiki: str) -> str:
    """A wiki as readers call it, by its language: ``frwiki`` is French, ``eswikibooks`` is Spanish
    Wikibooks. Raises ``ValueError`` for a language that is not known."""
    if wiki.startswith("wikidata"):
        return "Wikidata"
    kind = next((one for one in SISTERS if wiki.endswith(one)), "wiki")
    name = Locale.parse(language.now()).languages.get(wiki.removesuffix(kind))
    if name is None:
        raise ValueError(
            f"found the wiki {wiki!r}; expected one that begins with the code of a language"
        )
    return f"{name} {kind.capitalize()}" if kind != "wiki" else name


def decimal(days: pd.Series) -> pd.Series:
    """Days as years with decimals: 1 July 2020 is about 2020.5."""
    return days.dt.year + (days.dt.day_of_year - 1) / service.YEAR


def day(days: pd.Series) -> pd.Series:
    """Days as texts."""
    return days.dt.strftime("%Y-%m-%d")


def lives() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The models of ``LINED`` and their rebuilds, as ``service_figures.first`` takes them."""
    builds = service.builds().query("target == @LINED")
    builds = builds.assign(
        name=builds["wiki"].map(named), kind=builds["reason"].map(KINDS).fillna("other")
    )
    again = builds[builds["build"] > 0].reset_index(drop=True)
    by_name = builds.groupby("name")
    first, last = by_name["date"].first(), by_name.tail(1).set_index("name").sort_index()
    kept = last["wiki"].isin(service.in_service(service.LATEST).query("target == @LINED")["wiki"])
    seen = pd.to_datetime(kept.map({True: service.LATEST, False: service.END}))
    counts = {
        "rebuilds": again.groupby("name").size(),
        "renewed": (again["kind"] == "labels").groupby(again["name"]).sum(),
    }
    models = pd.DataFrame(
        {"start": decimal(first), "last": decimal(last["date"]), "seen": decimal(seen)}
        | {name: each.reindex(first.index, fill_value=0) for name, each in counts.items()}
        | {"first_build": day(first), "last_build": day(last["date"])}
        | {"newest_label": day(last["newest_label"])}
    )
    again = again.assign(year=decimal(again["date"]), date=day(again["date"]))
    return models.rename_axis("name").reset_index(), again[["name", "year", "date", "kind"]]


def ages() -> pd.DataFrame:
    """Age of the newest human labels of the models that were there, from year to year: day, year,
    age, low, high, models.

    The last row is of those in service when the servers were looked at last.
    """
    builds = service.builds()
    builds = builds[builds["human"] & builds["newest_label"].notna()]
    rows = []
    for at in [*pd.date_range(EDGE, service.END, freq="YS"), pd.Timestamp(service.END)]:
        then = builds[builds["date"] <= at].groupby(service.MODEL, as_index=False).tail(1)
        rows.append((at, *service.age(then, at), len(then)))
    last = pd.Timestamp(service.LATEST)
    rows.append((last, *service.age_on(service.LATEST), len(service.with_labels(service.LATEST))))
    frame = pd.DataFrame(rows, columns=["day", "age", "low", "high", "models"])
    return frame.assign(year=decimal(frame["day"]), day=day(frame["day"]))
