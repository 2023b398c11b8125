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
from tallybook.model.numbers import Registry, number

from microwork.derive import wikimedia_models
from microwork.paths import DATA
from microwork.retraining import service, service_figures, voice, wikis


def build(**other):
    row = {"repository": "editquality", "wiki": "xwiki", "target": "damaging", "build": 0}
    row |= {"date": "2018-01-01", "commit": "0", "reason": "first build", "library_changed": 0}
    row |= {"library_only_strict": 0, "label_kind": "campaign", "human_batches": "one"}
    return row | {"roc_auc_macro": None} | other


def test_the_newest_of_several_batches_dates_a_build():
    labelled, used = ["2017-07-01", "2015-07-01"], ["2017-09-01", "2016-01-01"]
    dates = pd.DataFrame(
        {"batch": ["one", "two"], "label_date_used": labelled, "first_model_date": used}
    )
    rows = [build(build=1, human_batches="one; two"), build(), build(build=2, human_batches=None)]
    table = wikimedia_models.rebuilds(pd.DataFrame(rows), dates).set_index("build")
    assert table.index.tolist() == [0, 1, 2]  # in the order in which they were built
    assert table["newest_label"].fillna("").tolist() == ["2017-07-01", "2017-07-01", ""]
    assert table["newest_used"].tolist()[:2] == ["2017-09-01"] * 2
    with pytest.raises(KeyError):
        wikimedia_models.rebuilds(pd.DataFrame([build(human_batches="three")]), dates)


def test_a_model_is_in_service_on_the_days_on_which_the_settings_name_it():
    rows = [("awiki", "damaging", 1.0, 1.0), ("bwiki", "damaging", 2.0, None)]
    columns = [*wikimedia_models.MODEL, *wikimedia_models.SERVED.values()]
    table = wikimedia_models.served(pd.DataFrame(rows, columns=columns))
    assert [*zip(table["day"], table["wiki"], strict=True)] == [
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
    dated = builds["newest_label"].notna()
    assert (pd.to_datetime(builds["newest_label"]) <= days)[dated].all()
    assert not dated[builds["labels"] == "automatic"].any()


# Numbers


@pytest.fixture(scope="module")
def registry() -> Registry:
    topics = {**service.NUMBERS, **voice.NUMBERS}
    return Registry(number(f"retraining.{name}", compute) for name, compute in topics.items())


def rows(name):
    """A table as its text stands, for sums that do not go through the chapter's code."""
    with (DATA / f"retraining/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(registry, name):
    return registry[f"retraining.{name}"].value


def percent(part, whole):
    return pytest.approx(100 * part / whole)


def test_counts_and_shares_from_the_plain_text_of_the_tables(registry):
    def found(name):
        return value(registry, f"ores-{name}")

    again = [row for row in rows("ores_rebuilds") if row["build"] != "0"]
    count = len(again)
    new = [row for row in again if row["reason"] == "new human labels"]
    kind = {(row["wiki"], row["target"]): row["labels"] for row in rows("ores_models")}
    human = [row for row in again if kind[row["wiki"], row["target"]] != "automatic"]
    assert found("models") == len(kind) and found("rebuilds") == count
    assert found("new-human-labels") == percent(len(new), count)
    assert found("new-human-labels-human-models") == percent(len(new), len(human))
    led = registry["retraining.ores-library-led"]
    assert led.high == led.value
    assert led.high == percent(sum(row["reason"] == "library upgrade" for row in again), count)
    assert led.low == percent(sum(int(row["library_only"]) for row in again), count)
    changed = found("library-changed")
    assert changed == percent(sum(int(row["library_changed"]) for row in again), count)
    assert changed > led.high
    steps = Counter(row["commit"] for row in again)
    assert found("steps") == len(steps)
    assert found("mass") == percent(sum(n for n in steps.values() if n > 20), count)
    reached = rows("ores_reached")
    assert sum(int(row["rebuilds"]) for row in reached) == count
    assert found("reached") == percent(sum(int(row["reached"]) for row in reached), count)
    late = [row for row in again if row["date"] >= "2020-07-01"]
    assert found("rebuilds-after") == len(late) < 20
    assert found("new-labels-after") == sum(row in new for row in late)


def test_rates_from_days_counted_one_by_one(registry):
    """The years for which models were there, by counting in each month's middle how many were."""
    lives = [(row["first_build"], row["removed"] or "2023-12-31") for row in rows("ores_models")]
    months = [f"{year}-{month:02}-15" for year in range(2014, 2024) for month in range(1, 13)]
    there = {month: sum(first <= month < last for first, last in lives) / 12 for month in months}
    dates = [row["date"] for row in rows("ores_rebuilds") if row["build"] != "0"]
    rates = []
    for name, early in (("to-mid-2020", True), ("after", False)):
        built = sum((date < "2020-07-01") == early for date in dates)
        years = sum(n for month, n in there.items() if (month < "2020-07-01") == early)
        rates.append(registry[f"retraining.ores-rate-{name}"])
        assert rates[-1].value == pytest.approx(built / years, rel=0.02)
    assert rates[1].high < rates[0].low / 10  # the page says that hardly anything was rebuilt


def test_the_median_over_models_when_wikis_are_drawn_again():
    same = pd.Series([3.0] * 8, index=list("aabbccdd"))
    assert service.median(same) == (3, 3, 3)
    # Five like values in each wiki: the wikis are all there is to draw, so the interval is that of
    # twenty values.
    each = np.arange(20.0) ** 2
    five = np.repeat(each, 5)
    value, low, high = service.median(pd.Series(five, index=np.repeat(np.arange(20), 5)))
    drawn = np.median(each[np.random.default_rng(1).choice(20, (20000, 20))], axis=1)
    assert value == np.median(each)
    assert (low, high) == pytest.approx(tuple(np.percentile(drawn, (2.5, 97.5))), rel=0.1)
    alone = service.median(pd.Series(five, index=np.arange(100)))
    assert alone[2] - alone[1] < (high - low) / 1.5


def test_a_quotient_draws_whole_wikis():
    wikis = [f"w{i}" for i in range(30)]
    one = pd.Series(1, index=wikis * 4)
    assert service.quotient(one, one) == (100, 100, 100)
    half = pd.Series([1.0 if i < 15 else 0.0 for i in range(30)] * 4, index=wikis * 4)
    value, low, high = service.quotient(half, one)
    # As wide as thirty independent cases have it, not a hundred and twenty.
    spread = 100 * 1.96 * np.sqrt(0.25 / 30)
    assert value == 50 and high - low == pytest.approx(2 * spread, rel=0.1)
    part, whole = pd.Series([2.0], index=["w0"]), pd.Series([4.0, 4.0], index=["w0", "w1"])
    assert service.quotient(part, whole, 1)[0] == 0.25


def test_grades_for_their_own_use_are_not_labels_on_request(registry):
    labels = rows("ores_labels")
    asked = [row for row in labels if "own assessments" not in row["kind"]]
    assert 0 < len(asked) < len(labels)
    wikis = {row["wiki"] for row in asked}
    renewed = {row["wiki"] for row in asked if row["later"] == "1"}
    never = registry["retraining.ores-never-renewed"]
    assert never.value == percent(len(wikis - renewed), len(wikis))
    share = never.value / 100
    for end in never.low / 100, never.high / 100:
        # Wilson's interval: where the score test is just passed.
        score = abs(share - end) / np.sqrt(end * (1 - end) / len(wikis))
        assert score == pytest.approx(1.96, abs=0.001)
    late, every = (
        sum(int(row["labels"]) for row in asked if row["later"] in later) for later in ("1", "01")
    )
    assert value(registry, "ores-labels-after-model") == percent(late, every)
    # Each rebuild with new labels on request is of a wiki that has a batch which came later.
    new = (row for row in rows("ores_rebuilds") if row["reason"] == "new human labels")
    assert {row["wiki"] for row in new} <= renewed


def test_the_age_of_labels_grows_by_the_time_that_goes_by(registry):
    labelled = [row for row in rows("ores_rebuilds") if row["newest_label"]]
    last = {(row["wiki"], row["target"]): row for row in labelled}

    def years(day, row):
        labelled = date.fromisoformat(row["newest_label"])
        return (date.fromisoformat(day) - labelled).days / 365.25

    for name, day in (("2023", "2023-12-31"), ("2026", "2026-08-20")):
        served = [(r["wiki"], r["target"]) for r in rows("ores_served") if r["day"] == day]
        ages = [years(day, last[model]) for model in served if model in last]
        assert value(registry, f"ores-label-age-{name}") == pytest.approx(median(ages))
    built = [years(row["date"], row) for row in last.values()]
    assert value(registry, "ores-label-age-last-build") == pytest.approx(median(built))
    # The lower ends date labels by the first build that learnt from them: never older than what
    # they judge.
    used = {row["first_used"] for row in rows("ores_labels")}
    for row in last.values():
        assert row["newest_label"] <= row["newest_used"] <= row["date"]
        assert row["newest_used"] in used
    for name in ("last-build", "2023", "2026"):
        number = registry[f"retraining.ores-label-age-{name}"]
        assert number.low < number.value - 0.5
    ages = wikis.ages()
    assert ages["age"].is_monotonic_increasing
    assert (ages["low"] <= ages["age"]).all() and (ages["age"] <= ages["high"]).all()


def test_scores_are_compared_with_the_last_one_printed(monkeypatch):
    first, new = "first build", "new human labels"
    builds = [
        ("a", 0.9, first),
        ("a", None, "library upgrade"),
        ("a", 0.92, new),
        ("a", 0.91, new),
        ("b", 0.8, first),
        ("b", 0.83, new),
        ("c", 0.7, first),
        ("c", 0.73, new),
    ]
    frame = pd.DataFrame(builds, columns=["wiki", "roc_auc", "reason"])
    frame = frame.assign(target="damaging", date=pd.Timestamp("2019-01-01"))
    monkeypatch.setattr(service, "builds", lambda: frame)
    assert service.changes()["points"].tolist() == pytest.approx([2, -1, 3, 3])
    # A half in the wiki with two, three in the others: not the mean of all four.
    assert service.score(service.NEW_LABELS) == pytest.approx((6.5 / 3, 0.5, 3))
    assert service.score_range() == pytest.approx((6.5 / 3, -1, 3))
    assert service.score_without() == pytest.approx((3, 3, 3))


def test_what_the_page_says_of_scores(registry):
    new, library, every, without = (
        registry[f"retraining.ores-score-{name}"]
        for name in ("new-labels", "library", "range", "without")
    )
    assert new.low < 0 < new.high and without.low > 0  # perhaps nothing, and one wiki decides it
    assert library.low < 0 < library.high and library.high - library.low < 1
    changes = service.changes().query("reason == @service.NEW_LABELS").sort_values("points")
    assert changes["wiki"].iloc[0] == "nlwiki"
    assert changes["points"].iloc[0] == pytest.approx(every.low)
    assert len(changes) == value(registry, "ores-score-compared")


def test_the_first_picture_shows_every_rebuild_of_its_models():
    models, rebuilds = wikis.lives()
    own = [row for row in rows("ores_rebuilds") if row["target"] == "damaging"]
    assert len(rebuilds) == models["rebuilds"].sum() == sum(row["build"] != "0" for row in own)
    assert set(models["name"]) >= set(rebuilds["name"]) and models["name"].is_unique
    assert models["renewed"].sum() == sum(row["reason"] == "new human labels" for row in own) > 0
    # All are at work when the servers were looked at last, as the page says, and end within the
    # axis.
    left, right = service_figures.ENDS
    assert (models["seen"] > 2026.6).all() and (models["start"] <= models["last"]).all()
    assert models["start"].min() > left and models["seen"].max() < right
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
    days = pd.to_datetime(["2020-12-22", "2021-01-11", "2022-01-01"])
    frame = pd.DataFrame({"date": days, "validated_hours": [100.0, 120.0, 475.0]})
    monkeypatch.setattr(voice, "releases", lambda language="all": frame)
    # Ten of the twenty days of the first stretch lie in 2020.
    assert voice.validated(2021) == pytest.approx(475 - 110)
    with pytest.raises(ValueError, match="found the year 2020"):
        voice.validated(2020)


def test_what_the_page_says_of_volunteers(registry):
    hours = voice.by_year().set_index("year")["hours"]
    assert hours[2021:2024].is_monotonic_decreasing and hours.idxmax() == 2021
    assert hours[2025] > hours[2024]
    # The years add up to what the releases at both ends leave.
    known = voice.releases()["validated_hours"]
    assert hours.sum() < known.iloc[-1] - known.iloc[0]
    before, since = (value(registry, f"voice-kinyarwanda-{year}") for year in ("2021", "since"))
    assert since < before / 20 and value(registry, "voice-malagasy") == 0
    last = [row for row in rows("voice") if row["language"] == "all"][-1]
    assert value(registry, "voice-waiting") == int(last["waiting_clips"])
    with pytest.raises(ValueError, match="expected one of"):
        voice.releases("Malagasy")
