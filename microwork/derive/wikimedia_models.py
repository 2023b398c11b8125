"""Models that judge edits and articles of Wikimedia's wikis, and when each was built anew, for the
chapter on retraining.

    python -m microwork.derive.wikimedia_models --raw DIR --out data/retraining/

The raw files were read out of the histories of two repositories (MIT), one row per model, per build
and per batch of labels. Which models serve comes from Wikimedia's settings of its servers
(GPL-3.0), from which only dates are taken, and which builds ever did from a third repository, which
states no licence and is only counted. No code, model or label is copied. The reason of a build was
coded by hand and by rule.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles
from microwork.derive.raw import Raw

MODELS, REBUILDS, LABELS = "ores/ores_models.csv", "ores/ores_rebuilds.csv", "ores/ores_labels.csv"
HOME = (
    "https://github.com/wikimedia/editquality (at 72aa0c7c8638) and"
    " https://github.com/wikimedia/articlequality (at 0b83f3fcef39): models/, model_info/, Makefile"
    " and their history"
)
SERVERS = (
    "https://github.com/wikimedia/operations-deployment-charts"
    " (helmfile.d/ml-services/revscoring-*/values.yaml at 66ce6e0b56d0)"
)
DEPLOYED = (
    "https://github.com/wikimedia/mediawiki-services-ores-deploy (pinned versions at db3b4e44e138)"
)
RAW = {
    MODELS: Raw(
        "927ea4c9eb6f2831054f0fa57621cbf978f1682c4b46b598ebccac56a91e89ce",
        f"{HOME}, and {SERVERS}; one row a model",
    ),
    REBUILDS: Raw(
        "d2b0f3f41ed0a19f62b28cf36d8cd95d3f12cf8926903256a24dce7081249f1f",
        f"{HOME}, and {DEPLOYED}; one row a build, its reason coded",
    ),
    LABELS: Raw(
        "8c9aa5106de58c58fa98a7cc1e8ead3ff08c51caae4324d96cd9b7f55c5f3a7c",
        f"{HOME}; one row a batch of labels, names of files alone",
    ),
}
OUTPUTS = tuple(
    f"retraining/{name}.csv"
    for name in ("ores_models", "ores_rebuilds", "ores_labels", "ores_served", "ores_reached")
)
SOURCES = {"editquality": "wikimedia_editquality", "articlequality": "wikimedia_articlequality"}
SERVED = {"2023-12-31": "liftwing_version_end_2023", "2026-08-20": "liftwing_version_2026_08"}
MODEL, BATCHES = ["wiki", "target"], "; "


def models(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a model: wiki, target, labels it learns from, first build, and when it was taken
    away."""
    names = {"label_kind": "labels", "removed_from_repository": "removed"}
    columns = [*MODEL, "labels", "first_build", "removed"]
    return sourced(frame.rename(columns=names).sort_values(MODEL), columns, "models/, main line")


def rebuilds(frame: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """One row a build: model, number, date, commit, reason, library, labels, dates of the newest,
    ROC AUC.

    ``newest_label`` is the latest date of a batch of human labels that the build learnt from, and
    ``newest_used`` the first build that learnt from the newest. Raises ``KeyError`` for a batch
    that ``labels`` lacks.
    """
    known = labels.set_index("batch")

    def newest(column: str) -> list[str | None]:
        learnt = (
            each.split(BATCHES) if isinstance(each, str) else [] for each in frame["human_batches"]
        )
        return [max((known.at[one, column] for one in each), default=None) for each in learnt]

    names = {
        "label_kind": "labels",
        "library_only_strict": "library_only",
        "roc_auc_macro": "roc_auc",
    }
    columns = [
        *MODEL,
        "build",
        "date",
        "commit",
        "reason",
        "library_changed",
        "library_only",
        "labels",
        "newest_label",
        "newest_used",
        "roc_auc",
    ]
    dates = {"newest_label": newest("label_date_used"), "newest_used": newest("first_model_date")}
    found = frame.rename(columns=names).assign(**dates).sort_values([*MODEL, "build"])
    return sourced(found, columns, "models/, at the commit")


def batches(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a batch of human labels: wiki, kind, date, nominal size, and what came first."""
    names = {
        "label_date_used": "date",
        "nominal_size": "labels",
        "first_model_date": "first_used",
        "added_after_first_model": "later",
        "relabelling_of_old_edits": "judged_again",
    }
    columns = [
        "batch",
        "wiki",
        "targets",
        "kind",
        "date",
        "labels",
        "first_used",
        "later",
        "judged_again",
    ]
    return sourced(frame.rename(columns=names), columns, "Makefile, names of files")


def served(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a model and day on which Wikimedia's settings name a version of it."""
    rows = [
        frame.loc[frame[column].notna(), MODEL].assign(day=day) for day, column in SERVED.items()
    ]
    table = pd.concat(rows).sort_values(["day", *MODEL], ignore_index=True)[["day", *MODEL]]
    return table.assign(
        source_key="wikimedia_servers", locator="helmfile.d/ml-services/", grade="A"
    )


def reached(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a reason: rebuilds, and those of which the very file was put on the servers."""
    again = frame[frame["build"] > 0].groupby("reason")["reached_service"]
    table = pd.DataFrame({"rebuilds": again.size(), "reached": again.count()}).reset_index()
    return table.assign(
        source_key="wikimedia_deployed", locator="submodules/, pinned versions", grade="A"
    )


def sourced(frame: pd.DataFrame, columns: list[str], locator: str) -> pd.DataFrame:
    """Some columns of a table, with source, place and grade; the source is that of the repository."""
    key = frame["repository"].map(SOURCES)
    return frame[columns].assign(source_key=key, locator=locator, grade="A")


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``. Raises ``RawError`` (see ``raw.read``)."""
    model, build, label = (rawfiles.read_csv(raw, name, one) for name, one in RAW.items())
    tables = models(model), rebuilds(build, label), batches(label), served(model), reached(build)
    return {path: rawfiles.to_csv(table) for path, table in zip(OUTPUTS, tables, strict=True)}


if __name__ == "__main__":
    raise SystemExit(rawfiles.main(sys.modules[__name__]))
