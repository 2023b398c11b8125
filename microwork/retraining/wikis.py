"""Retraining: what the charts on machines in service show, by wiki and over time."""

from __future__ import annotations

import pandas as pd
from babel import Locale
from tallybook.model.formatting import LOCALE

from microwork.retraining import service

LINED = "damaging"  # the models of one line each: those that say of an edit whether it does harm
KINDS = {service.NEW_LABELS: "labels", service.LIBRARY: "library"}
SISTERS = ("wikibooks", "wikiquote", "wikisource", "wiktionary")
EDGE = "2017-01-01"  # first day of the ages: before it few models learnt from people


def named(wiki: str) -> str:
    """A wiki as readers call it, by its language: ``frwiki`` is French, ``eswikibooks`` is Spanish
    Wikibooks.

    Raises ``ValueError`` for a language that is not known.
    """
    if wiki.startswith("wikidata"):
        return "Wikidata"
    kind = next((one for one in SISTERS if wiki.endswith(one)), "wiki")
    language = Locale.parse(LOCALE).languages.get(wiki.removesuffix(kind))
    if language is None:
        raise ValueError(
            f"found the wiki {wiki!r}; expected one that begins with the code of a language"
        )
    return f"{language} {kind.capitalize()}" if kind != "wiki" else language


def decimal(days: pd.Series) -> pd.Series:
    """Days as years with decimals: 1 July 2020 is about 2020.5."""
    return days.dt.year + (days.dt.day_of_year - 1) / service.YEAR


def lives() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The models of ``LINED`` and their rebuilds, as ``service_figures.first`` takes them."""
    builds = service.builds()
    builds = builds[builds["target"] == LINED].assign(name=lambda frame: frame["wiki"].map(named))
    seen = service.in_service(service.LATEST)
    kept = set(seen.loc[seen["target"] == LINED, "wiki"])
    again = builds[builds["build"] > 0].assign(
        kind=lambda frame: frame["reason"].map(KINDS).fillna("other")
    )
    by_name = builds.groupby("name")
    last = by_name.tail(1).set_index("name")
    end = {
        name: service.LATEST if wiki in kept else service.END for name, wiki in last["wiki"].items()
    }
    models = pd.DataFrame(
        {"start": decimal(by_name["date"].first()), "last": decimal(last["date"])}
    )
    models["seen"] = decimal(pd.to_datetime(pd.Series(end)))
    models["rebuilds"] = again.groupby("name").size()
    models["renewed"] = (again["kind"] == "labels").groupby(again["name"]).sum()
    dates = {
        "first_build": by_name["date"].first(),
        "last_build": last["date"],
        "newest_label": last["newest_label"],
    }
    models = models.assign(**{name: days.dt.strftime("%Y-%m-%d") for name, days in dates.items()})
    again = again.assign(year=decimal(again["date"]), date=again["date"].dt.strftime("%Y-%m-%d"))
    models = models.fillna({"rebuilds": 0, "renewed": 0}).astype({"rebuilds": int, "renewed": int})
    return models.rename_axis("name").reset_index(), again[
        ["name", "year", "date", "kind"]
    ].reset_index(drop=True)


def ages() -> pd.DataFrame:
    """Age of the newest human labels of the models that were there, from year to year: day, year,
    age, low, high, models.

    The last row is of those in service when the servers were looked at last.
    """
    builds = service.builds()
    builds = builds[builds["human"] & builds["newest_label"].notna()]
    rows = []
    for day in [*pd.date_range(EDGE, service.END, freq="YS"), pd.Timestamp(service.END)]:
        then = builds[builds["date"] <= day].groupby(service.MODEL, as_index=False).tail(1)
        rows.append((day, *service.age(then, day), len(then)))
    last = pd.Timestamp(service.LATEST)
    rows.append((last, *service.age_on(service.LATEST), len(service.with_labels(service.LATEST))))
    frame = pd.DataFrame(rows, columns=["day", "age", "low", "high", "models"])
    return frame.assign(year=decimal(frame["day"]), day=frame["day"].dt.strftime("%Y-%m-%d"))
