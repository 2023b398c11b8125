"""Models that judge edits and articles of Wikimedia's wikis, and when each was built anew, for the
chapter on retraining.

The raw files were read out of the histories of two repositories (MIT), one row per model, per build
and per batch of labels. Which models serve comes from Wikimedia's settings of its servers
(GPL-3.0), from which only dates are taken, and which builds ever did from a third repository, which
states no licence and is only counted. No code, model or label is copied. The reason of a build was
coded by hand and by rule.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from microwork.derive import raw as rawfiles

RAW = rawfiles.listed(*(f"ores/ores_{name}.csv" for name in ("models", "rebuilds", "labels")))
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
    columns = [*MODEL, "build", "date", "commit", "reason", "library_changed", "library_only"]
    columns += ["labels", "newest_label", "newest_used", "roc_auc"]
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
    columns = ["batch", "wiki", "targets", "kind", "date"]
    columns += ["labels", "first_used", "later", "judged_again"]
    return sourced(frame.rename(columns=names), columns, "Makefile, names of files")


def served(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a model and day on which Wikimedia's settings name a version of it."""
    rows = [
        frame.loc[frame[column].notna(), MODEL].assign(day=day) for day, column in SERVED.items()
    ]
    table = pd.concat(rows).sort_values(["day", *MODEL], ignore_index=True)[["day", *MODEL]]
    return table.assign(source_key="wikimedia_servers", locator="helmfile.d/ml-services/")


def reached(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a reason: rebuilds, and those of which the very file was put on the servers."""
    again = frame[frame["build"] > 0].groupby("reason")["reached_service"]
    table = pd.DataFrame({"rebuilds": again.size(), "reached": again.count()}).reset_index()
    return table.assign(source_key="wikimedia_deployed", locator="submodules/, pinned versions")


def sourced(frame: pd.DataFrame, columns: list[str], locator: str) -> pd.DataFrame:
    """Some columns of a table, with source and place; the source is that of the repository."""
    key = frame["repository"].map(SOURCES)
    return frame[columns].assign(source_key=key, locator=locator)


def derive(raw: Path) -> dict[str, str]:
    """The tables by their paths below ``data/``."""
    model, build, label = (rawfiles.read_csv(raw, name, one) for name, one in RAW.items())
    made = models(model), rebuilds(build, label), batches(label), served(model), reached(build)
    return rawfiles.tables(OUTPUTS, *made, grade="A")
