"""Wikimedia's models in service, and Common Voice: how their tables are made, and the numbers that come from them."""

from __future__ import annotations

import pandas as pd
import pytest
from tallybook import data

from microwork.derive import common_voice, wikimedia_models
from microwork.derive.__main__ import DERIVATIONS
from microwork.derive.raw import RawError

MODULES = (wikimedia_models, common_voice)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_each_derivation_is_listed_and_names_the_home_of_a_raw_file_that_is_missing(module, tmp_path):
    name, raw = next(iter(module.RAW.items()))
    with pytest.raises(RawError) as caught:
        module.derive(tmp_path)
    assert name in str(caught.value) and raw.where in str(caught.value)
    assert module.__name__.rsplit(".", 1)[-1] in DERIVATIONS
    assert {path.removesuffix(".csv") for path in module.OUTPUTS} <= set(data.names())


def build(**other):
    row = {
        "repository": "editquality", "wiki": "xwiki", "target": "damaging", "build": 0, "date": "2018-01-01",
        "commit": "0", "reason": "first build", "library_changed": 0, "library_only_strict": 0,
        "label_kind": "campaign", "human_batches": "one", "roc_auc_macro": None,
    }  # fmt: skip
    return row | other


def test_the_newest_of_several_batches_dates_a_build():
    dates = pd.DataFrame({"batch": ["one", "two"], "label_date_used": ["2017-07-01", "2015-07-01"]})
    rows = [build(build=1, human_batches="one; two"), build(), build(build=2, human_batches=None)]
    table = wikimedia_models.rebuilds(pd.DataFrame(rows), dates)
    assert table["build"].tolist() == [0, 1, 2]  # in the order in which they were built
    assert table["newest_label"].tolist()[:2] == ["2017-07-01"] * 2 and table["newest_label"].isna().tolist()[2]
    with pytest.raises(KeyError):
        wikimedia_models.rebuilds(pd.DataFrame([build(human_batches="three")]), dates)


def test_a_model_is_in_service_on_the_days_on_which_the_settings_name_it():
    frame = pd.DataFrame(
        {
            "wiki": ["awiki", "bwiki"], "target": ["damaging"] * 2, "liftwing_version_end_2023": [1.0, 2.0],
            "liftwing_version_2026_08": [1.0, None],
        }
    )  # fmt: skip
    table = wikimedia_models.served(frame)
    assert list(zip(table["day"], table["wiki"], strict=True)) == [
        ("2023-12-31", "awiki"), ("2023-12-31", "bwiki"), ("2026-08-20", "awiki"),
    ]  # fmt: skip


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
    assert (pd.to_datetime(builds["newest_label"]) <= days).sum() == builds["newest_label"].notna().sum()
    assert builds.loc[builds["labels"] == "automatic", "newest_label"].isna().all()
