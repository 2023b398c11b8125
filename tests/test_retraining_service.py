"""Wikimedia's models in service, and Common Voice: how their tables are made, and the numbers that
come from them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from statistics import median

import numpy as np
import pandas as pd
import pytest
from tallybook import data
from tallybook.model.numbers import Registry

from microwork.derive import common_voice, wikimedia_models
from microwork.derive.__main__ import DERIVATIONS
from microwork.derive.raw import RawError
from microwork.paths import DATA
from microwork.retraining import service, service_figures, service_numbers, voice, wikis

MODULES = (wikimedia_models, common_voice)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_each_derivation_is_listed_and_names_the_home_of_a_raw_file_that_is_missing(
    module, tmp_path
):
    name, raw = next(iter(module.RAW.items()))
    with pytest.raises(RawError) as caught:
        module.derive(tmp_path)
    assert name in str(caught.value) and raw.where in str(caught.value)
    assert module.__name__.rsplit(".", 1)[-1] in DERIVATIONS
    assert {path.removesuffix(".csv") for path in module.OUTPUTS} <= set(data.names())


def build(**other):
    row = {
        "repository": "editquality",
        "wiki": "xwiki",
        "target": "damaging",
        "build": 0,
        "date": "2018-01-01",
        "commit": "0",
        "reason": "first build",
        "library_changed": 0,
        "library_only_strict": 0,
        "label_kind": "campaign",
        "human_batches": "one",
        "roc_auc_macro": None,
    }
    return row | other


def test_the_newest_of_several_batches_dates_a_build():
    days = {
        "label_date_used": ["2017-07-01", "2015-07-01"],
        "first_model_date": ["2017-09-01", "2016-01-01"],
    }
    dates = pd.DataFrame({"batch": ["one", "two"], **days})
    rows = [build(build=1, human_batches="one; two"), build(), build(build=2, human_batches=None)]
    table = wikimedia_models.rebuilds(pd.DataFrame(rows), dates)
    assert table["build"].tolist() == [0, 1, 2]  # in the order in which they were built
    assert (
        table["newest_label"].tolist()[:2] == ["2017-07-01"] * 2
        and table["newest_label"].isna().tolist()[2]
    )
    assert table["newest_used"].tolist()[:2] == ["2017-09-01"] * 2
    with pytest.raises(KeyError):
        wikimedia_models.rebuilds(pd.DataFrame([build(human_batches="three")]), dates)


def test_a_model_is_in_service_on_the_days_on_which_the_settings_name_it():
    frame = pd.DataFrame(
        {
            "wiki": ["awiki", "bwiki"],
            "target": ["damaging"] * 2,
            "liftwing_version_end_2023": [1.0, 2.0],
            "liftwing_version_2026_08": [1.0, None],
        }
    )
    table = wikimedia_models.served(frame)
    assert list(zip(table["day"], table["wiki"], strict=True)) == [
        ("2023-12-31", "awiki"),
        ("2023-12-31", "bwiki"),
        ("2026-08-20", "awiki"),
    ]


def test_builds_follow_each_other_and_belong_to_models():
    builds, models = data.table("retraining/ores_rebuilds"), data.table("retraining/ores_models")
    days = pd.to_datetime(builds["date"])
    keys = builds["wiki"] + builds["target"]
    assert (days.groupby(keys).diff().dropna() >= pd.Timedelta(0)).all()
    assert (builds.groupby(keys).cumcount() == builds["build"]).all()
    assert set(keys) == set(models["wiki"] + models["target"])
    first = builds[builds["build"] == 0]
    assert set(first["reason"]) == {"first build"} and len(first) == len(models)
    # Nothing is learnt from labels that are not there yet, and what is automatic has none.
    assert (pd.to_datetime(builds["newest_label"]) <= days).sum() == builds[
        "newest_label"
    ].notna().sum()
    assert builds.loc[builds["labels"] == "automatic", "newest_label"].isna().all()


# Numbers


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry([*service_numbers.numbers(), *voice.numbers()])


def rows(name):
    """A table as its text stands, for sums that do not go through the chapter's code."""
    with (DATA / f"retraining/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(registry, name):
    return registry[f"retraining.{name}"].value


def test_counts_and_shares_from_the_plain_text_of_the_tables(registry):
    again = [row for row in rows("ores_rebuilds") if row["build"] != "0"]
    new = [row for row in again if row["reason"] == "new human labels"]
    kind = {(row["wiki"], row["target"]): row["labels"] for row in rows("ores_models")}
    human = [row for row in again if kind[row["wiki"], row["target"]] != "automatic"]
    assert value(registry, "ores-models") == len(kind) and value(registry, "ores-rebuilds") == len(
        again
    )
    assert value(registry, "ores-new-human-labels") == pytest.approx(100 * len(new) / len(again))
    assert value(registry, "ores-new-human-labels-human-models") == pytest.approx(
        100 * len(new) / len(human)
    )
    led = registry["retraining.ores-library-led"]
    assert (
        led.high
        == led.value
        == pytest.approx(100 * sum(r["reason"] == "library upgrade" for r in again) / len(again))
    )
    assert led.low == pytest.approx(100 * sum(int(r["library_only"]) for r in again) / len(again))
    changed = value(registry, "ores-library-changed")
    assert (
        changed == pytest.approx(100 * sum(int(r["library_changed"]) for r in again) / len(again))
        and changed > led.high
    )
    steps = Counter(row["commit"] for row in again)
    assert value(registry, "ores-steps") == len(steps)
    assert value(registry, "ores-mass") == pytest.approx(
        100 * sum(n for n in steps.values() if n > 20) / len(again)
    )
    reached = rows("ores_reached")
    assert sum(int(row["rebuilds"]) for row in reached) == len(again)
    assert value(registry, "ores-reached") == pytest.approx(
        100 * sum(int(row["reached"]) for row in reached) / len(again)
    )
    late = [row for row in again if row["date"] >= "2020-07-01"]
    assert value(registry, "ores-rebuilds-after") == len(late) < 20
    assert value(registry, "ores-new-labels-after") == sum(row in new for row in late)


def test_rates_from_days_counted_one_by_one(registry):
    """The years for which models were there, by counting in each month's middle how many were."""
    lives = [(row["first_build"], row["removed"] or "2023-12-31") for row in rows("ores_models")]
    months = [f"{year}-{month:02}-15" for year in range(2014, 2024) for month in range(1, 13)]
    there = {month: sum(first <= month < last for first, last in lives) / 12 for month in months}
    dates = [row["date"] for row in rows("ores_rebuilds") if row["build"] != "0"]
    for name, early in (("ores-rate-to-mid-2020", True), ("ores-rate-after", False)):
        built = sum((date < "2020-07-01") == early for date in dates)
        years = sum(n for month, n in there.items() if (month < "2020-07-01") == early)
        assert value(registry, name) == pytest.approx(built / years, rel=0.02)
    before, after = (
        registry[f"retraining.ores-{name}"] for name in ("rate-to-mid-2020", "rate-after")
    )
    assert after.high < before.low / 10  # the page says that hardly anything was rebuilt


def test_the_median_over_models_when_wikis_are_drawn_again():
    same = pd.Series([3.0] * 8, index=list("aabbccdd"))
    assert service.median(same) == (3, 3, 3)
    # Five like values in each wiki: the wikis are all there is to draw, so the interval is that of
    # twenty values.
    each = np.arange(20.0) ** 2
    value, low, high = service.median(
        pd.Series(np.repeat(each, 5), index=np.repeat(np.arange(20), 5))
    )
    drawn = each[np.random.default_rng(1).choice(20, (20000, 20))]
    assert value == np.median(each)
    assert (low, high) == pytest.approx(
        tuple(np.percentile(np.median(drawn, axis=1), (2.5, 97.5))), rel=0.1
    )
    alone = service.median(pd.Series(np.repeat(each, 5), index=np.arange(100)))
    assert alone[2] - alone[1] < (high - low) / 1.5


def test_a_quotient_draws_whole_wikis():
    wikis = [f"w{i}" for i in range(30)]
    one = pd.Series(1, index=wikis * 4)
    assert service.quotient(one, one) == (100, 100, 100)
    half = pd.Series([1.0 if i < 15 else 0.0 for i in range(30)] * 4, index=wikis * 4)
    value, low, high = service.quotient(half, one)
    spread = (
        100 * 1.96 * np.sqrt(0.25 / 30)
    )  # as thirty independent cases have, not a hundred and twenty
    assert value == 50 and high - low == pytest.approx(2 * spread, rel=0.1)
    assert (
        service.quotient(
            pd.Series([2.0], index=["w0"]), pd.Series([4.0, 4.0], index=["w0", "w1"]), 1
        )[0]
        == 0.25
    )


def test_grades_for_their_own_use_are_not_labels_on_request(registry):
    labels = rows("ores_labels")
    asked = [row for row in labels if "own assessments" not in row["kind"]]
    assert 0 < len(asked) < len(labels)
    wikis = {row["wiki"] for row in asked}
    renewed = {row["wiki"] for row in asked if row["later"] == "1"}
    never = registry["retraining.ores-never-renewed"]
    assert never.value == pytest.approx(100 * (1 - len(renewed) / len(wikis)))
    share, n = (
        never.value / 100,
        len(wikis),
    )  # Wilson's interval: where the score test is just passed
    for end in (never.low / 100, never.high / 100):
        assert abs(share - end) / np.sqrt(end * (1 - end) / n) == pytest.approx(1.96, abs=0.001)
    late = sum(int(row["labels"]) for row in asked if row["later"] == "1")
    assert value(registry, "ores-labels-after-model") == pytest.approx(
        100 * late / sum(int(row["labels"]) for row in asked)
    )
    # Each rebuild with new labels on request is of a wiki that has a batch which came later.
    assert {
        row["wiki"] for row in rows("ores_rebuilds") if row["reason"] == "new human labels"
    } <= renewed


def test_the_age_of_labels_grows_by_the_time_that_goes_by(registry):
    last = {}
    for row in rows("ores_rebuilds"):
        if row["newest_label"]:
            last[row["wiki"], row["target"]] = row
    served = {
        day: [(r["wiki"], r["target"]) for r in rows("ores_served") if r["day"] == day]
        for day in ("2023-12-31", "2026-08-20")
    }

    def years(day, labelled):
        return (date.fromisoformat(day) - date.fromisoformat(labelled)).days / 365.25

    for name, day in (("ores-label-age-2023", "2023-12-31"), ("ores-label-age-2026", "2026-08-20")):
        ages = [years(day, last[model]["newest_label"]) for model in served[day] if model in last]
        assert value(registry, name) == pytest.approx(median(ages))
    built = [years(row["date"], row["newest_label"]) for row in last.values()]
    assert value(registry, "ores-label-age-last-build") == pytest.approx(median(built))
    # The lower ends date labels by the first build that learnt from them: never older than what
    # they judge.
    used = {row["first_used"] for row in rows("ores_labels")}
    assert all(row["newest_label"] <= row["newest_used"] <= row["date"] for row in last.values())
    assert {row["newest_used"] for row in last.values()} <= used
    for name in ("last-build", "2023", "2026"):
        number = registry[f"retraining.ores-label-age-{name}"]
        assert number.low < number.value - 0.5
    ages = wikis.ages()
    assert (
        ages["age"].is_monotonic_increasing
        and (ages["low"] <= ages["age"]).all()
        and (ages["age"] <= ages["high"]).all()
    )


def test_scores_are_compared_with_the_last_one_printed(monkeypatch):
    frame = pd.DataFrame(
        {
            "wiki": ["a"] * 4 + ["b"] * 2 + ["c"] * 2,
            "target": "damaging",
            "build": [0, 1, 2, 3, 0, 1, 0, 1],
            "date": pd.to_datetime(["2019-01-01"] * 8),
            "roc_auc": [0.9, None, 0.92, 0.91, 0.8, 0.83, 0.7, 0.73],
            "reason": [
                "first build",
                "library upgrade",
                *["new human labels"] * 2,
                *["first build", "new human labels"] * 2,
            ],
        }
    )
    monkeypatch.setattr(service, "builds", lambda: frame)
    assert service.changes()["points"].tolist() == pytest.approx([2, -1, 3, 3])
    value, low, high = service.score(service.NEW_LABELS)
    assert value == pytest.approx(
        6.5 / 3
    )  # a half in the wiki with two, three in the others: not the mean of all four
    assert (low, high) == pytest.approx((0.5, 3))
    assert service.score_range() == pytest.approx((6.5 / 3, -1, 3))
    assert service.score_without() == pytest.approx((3, 3, 3))


def test_what_the_page_says_of_scores(registry):
    new, library, range_ = (
        registry[f"retraining.ores-score-{name}"] for name in ("new-labels", "library", "range")
    )
    assert new.low < 0 < new.high  # perhaps nothing,
    assert registry["retraining.ores-score-without"].low > 0  # and one wiki decides it
    assert library.low < 0 < library.high and library.high - library.low < 1
    changes = service.changes().sort_values("points")
    changes = changes[changes["reason"] == service.NEW_LABELS]
    assert changes.iloc[0]["wiki"] == "nlwiki" and changes.iloc[0]["points"] == pytest.approx(
        range_.low
    )
    assert len(changes) == value(registry, "ores-score-compared")


def test_the_first_picture_shows_every_rebuild_of_its_models(registry):
    models, rebuilds = wikis.lives()
    own = [row for row in rows("ores_rebuilds") if row["target"] == "damaging"]
    assert len(rebuilds) == models["rebuilds"].sum() == sum(row["build"] != "0" for row in own)
    assert set(models["name"]) >= set(rebuilds["name"]) and models["name"].is_unique
    assert models["renewed"].sum() == sum(row["reason"] == "new human labels" for row in own) > 0
    # All are at work when the servers were looked at last, as the page says, and end within the
    # axis.
    assert (models["seen"] > 2026.6).all() and (models["start"] <= models["last"]).all()
    assert (
        models["start"].min() > service_figures.ENDS[0]
        and models["seen"].max() < service_figures.ENDS[1]
    )
    drawn = service_figures.first(models, rebuilds)
    assert len(drawn.table) == len(models) and drawn.broad.width > drawn.narrow.width


@pytest.mark.parametrize(
    "wiki,name",
    [("frwiki", "French"), ("eswikibooks", "Spanish Wikibooks"), ("wikidatawiki", "Wikidata")],
)
def test_wikis_have_names(wiki, name):
    assert wikis.named(wiki) == name
    with pytest.raises(ValueError, match="found the wiki 'qqqwiki'"):
        wikis.named("qqqwiki")


# Common Voice


def test_hours_of_a_year_by_hand(monkeypatch):
    frame = pd.DataFrame(
        {
            "date": pd.to_datetime(["2020-12-22", "2021-01-11", "2022-01-01"]),
            "validated_hours": [100.0, 120.0, 475.0],
            "waiting_clips": [1, 2, 3],
        }
    )
    monkeypatch.setattr(voice, "releases", lambda language="all": frame)
    assert voice.validated(2021) == pytest.approx(
        475 - 110
    )  # ten of the twenty days of the first stretch lie in 2020
    with pytest.raises(ValueError, match="found the year 2020"):
        voice.validated(2020)


def test_what_the_page_says_of_volunteers(registry):
    hours = voice.by_year().set_index("year")["hours"]
    assert (
        hours[2021:2024].is_monotonic_decreasing
        and hours[2025] > hours[2024]
        and hours.idxmax() == 2021
    )
    # The years add up to what the releases at both ends leave.
    assert (
        hours.sum()
        < voice.releases()["validated_hours"].iloc[-1] - voice.releases()["validated_hours"].iloc[0]
    )
    assert (
        value(registry, "voice-kinyarwanda-since") < value(registry, "voice-kinyarwanda-2021") / 20
    )
    assert value(registry, "voice-malagasy") == 0
    assert value(registry, "voice-waiting") == int(
        [row for row in rows("voice") if row["language"] == "all"][-1]["waiting_clips"]
    )
    with pytest.raises(ValueError, match="expected one of"):
        voice.releases("Malagasy")
