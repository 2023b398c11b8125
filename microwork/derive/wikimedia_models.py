"""Models that judge edits and articles of Wikimedia's wikis, and when each was built anew, for the
chapter on retraining.

The raw files were read out of the histories of two repositories (MIT). Which models serve comes
from Wikimedia's settings of its servers (GPL-3.0), from which only dates are taken. The reason of a
build was coded by hand and by rule.
"""

import pandas as pd

from microwork.derive.raw import Files, sourced, words

FILES: Files = {f"ores/ores_{name}.csv": {} for name in ("models", "rebuilds", "labels")}
TABLES = {
    **{f"retraining/{name.removeprefix('ores/')}": {"grade": "A"} for name in FILES},
    "retraining/ores_served.csv": sourced("wikimedia_servers", "helmfile.d/ml-services/"),
}
SERVED = {"2023-12-31": "liftwing_version_end_2023", "2026-08-20": "liftwing_version_2026_08"}
MODEL = ["wiki", "target"]
DATES = {"label_date_used": "newest_label", "first_model_date": "newest_used"}
NAMES = words("wikimedia_models", "names")
BUILD = ["build", "date", "commit", "reason", "library_changed", "library_only", "labels"]
BUILD += ["newest_label", "newest_used", "roc_auc"]
BATCH = ["batch", "wiki", "targets", "kind", "date"]
BATCH += ["labels", "first_used", "later", "judged_again"]


def make(
    models: pd.DataFrame, builds: pd.DataFrame, batches: pd.DataFrame
) -> tuple[pd.DataFrame, ...]:
    """One row a model, a build, a batch of human labels, and a model and day on which it serves."""
    columns = [*MODEL, "labels", "first_build", "removed"]
    return (
        from_repository(models.sort_values(MODEL), columns, "models/, main line"),
        rebuilds(builds, batches),
        from_repository(batches, BATCH, "Makefile, names of files"),
        served(models),
    )


def rebuilds(builds: pd.DataFrame, batches: pd.DataFrame) -> pd.DataFrame:
    """One row a build, in order. ``newest_label`` is the latest date of a batch of human labels
    that the build learnt from, and ``newest_used`` the first build that learnt from the newest.
    Raises ``KeyError`` for a batch that ``batches`` lacks."""
    known = batches.set_index("batch")
    learnt = [
        [one for one in text.split("; ") if one] for text in builds["human_batches"].fillna("")
    ]
    newest = {
        new: [max((known.at[one, old] for one in each), default=None) for each in learnt]
        for old, new in DATES.items()
    }
    table = builds.assign(**newest).sort_values([*MODEL, "build"])
    return from_repository(table, [*MODEL, *BUILD], "models/, at the commit")


def served(models: pd.DataFrame) -> pd.DataFrame:
    """One row a model and day on which Wikimedia's settings name a version of it."""
    days = [models[models[column].notna()].assign(day=day) for day, column in SERVED.items()]
    return pd.concat(days).sort_values(["day", *MODEL])[["day", *MODEL]]


def from_repository(table: pd.DataFrame, columns: list[str], locator: str) -> pd.DataFrame:
    """Some columns of a table, with source and place; the source is that of the repository."""
    key = "wikimedia_" + table["repository"]
    return table.rename(columns=NAMES)[columns].assign(source_key=key, locator=locator)
