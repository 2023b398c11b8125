"""Retraining: models in service on Wikimedia's wikis: how often each was built anew, why, on which
labels, and its scores.

A build is a new model file; a rebuild is any build after the first. The models of a wiki are mostly
built in one step, so all intervals that are not of wikis draw whole wikis again (a cluster
bootstrap: Davison and Hinkley 1997, section 3.8). Even so they are too narrow for another service,
for most steps build many wikis at once.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.retraining.inputs import SEED, again, assumption, bootstrap, interval, ratio

MODEL = ["wiki", "target"]
END, LATEST = "2023-12-31", "2026-08-20"  # last day of the record, and the last look at the servers
TURN = "2020-07-01"  # from here on hardly anything was built; the record does not say why
START = "2000-01-01"  # before the first build
YEAR = 365.25  # days
MANY = 20  # models in one step from which on we call it a mass step
CAMPAIGN, AUTOMATIC, OWN_USE = "campaign", "automatic", "editors' own assessments on pages"
NEW_LABELS, LIBRARY = "new human labels", "library upgrade"
NEW_EDITS = "more or changed automatic labels"


@step
def models() -> pd.DataFrame:
    """All models: wiki, target, labels (where they come from), first_build and left (days; left:
    taken out, or the end)."""
    table = data.table("retraining/ores_models")
    left = pd.to_datetime(table["removed"]).fillna(pd.Timestamp(END))
    return table[[*MODEL, "labels"]].assign(
        first_build=pd.to_datetime(table["first_build"]), left=left
    )


@step
def builds() -> pd.DataFrame:
    """All builds, in order for each model, with dates as such: columns of the table, and ``human``
    (the model's labels are)."""
    table = data.table("retraining/ores_rebuilds")
    human = models().assign(human=lambda frame: frame["labels"] != AUTOMATIC)[[*MODEL, "human"]]
    found = table.merge(human, on=MODEL)
    return found.assign(
        **{name: pd.to_datetime(found[name]) for name in ("date", "newest_label", "newest_used")}
    )


def rebuilds() -> pd.DataFrame:
    """All builds after the first of each model, as in ``builds``."""
    frame = builds()
    return frame[frame["build"] > 0]


def quotient(part: pd.Series, whole: pd.Series, times: float = 100.0) -> Bounded:
    """Sum of one column over that of another, ``times`` a factor, with whole wikis drawn again.

    ``part``, ``whole``: numbers indexed by wiki, which may stand more than once; a wiki without a
    part has nought.
    """
    each = whole.groupby(level=0).sum()
    parts = part.groupby(level=0).sum().reindex(each.index, fill_value=0)
    samples = times * parts.to_numpy(float), each.to_numpy(float)
    return bootstrap(samples, ratio, paired=True)


def median(values: pd.Series) -> Bounded:
    """Median of values indexed by wiki, which may stand more than once, with whole wikis drawn
    again."""
    order = values.sort_values()
    wikis, place = np.unique(order.index, return_inverse=True)
    upto = again(len(wikis), SEED)[:, place].cumsum(axis=1)
    total, known = upto[:, -1:], order.to_numpy(float)
    middles = [known[(upto < half).sum(axis=1)] for half in ((total + 1) // 2, total // 2 + 1)]
    return interval(np.mean(middles, axis=0), 1)


def share_for(reason: str, human: bool = False) -> Bounded:
    """Rebuilds for a reason, in percent: of all, or of the models that learn from human labels."""
    frame = rebuilds()
    if human:
        frame = frame[frame["human"]]
    frame = frame.set_index("wiki")
    return quotient((frame["reason"] == reason).astype(int), frame["reason"].notna().astype(int))


def library_led() -> Bounded:
    """Rebuilds for a new library, in percent: as coded, only those with no other change, and as
    coded again."""
    frame = rebuilds()
    coded = 100 * float((frame["reason"] == LIBRARY).mean())
    return coded, 100 * float(frame["library_only"].mean()), coded


def mass() -> float:
    """Rebuilds in steps that built many models at once, in percent."""
    size = rebuilds().groupby("commit")["build"].transform("size")
    return 100 * float((size > MANY).mean())


def reached() -> float:
    """Rebuilds that were ever put on the servers, in percent."""
    table = data.table("retraining/ores_reached")
    return 100 * float(table["reached"].sum() / table["rebuilds"].sum())


def reasons(since: str = START) -> pd.Series:
    """Why models were rebuilt, from a day on."""
    frame = rebuilds()
    return frame.loc[frame["date"] >= pd.Timestamp(since), "reason"]


def years(since: str = START, until: str = "") -> pd.Series:
    """Years for which each model was there between two days (the second not counted), indexed by
    wiki."""
    frame = models().set_index("wiki")
    last = frame["left"].clip(upper=pd.Timestamp(until or END))
    days = (last - frame["first_build"].clip(lower=pd.Timestamp(since))).dt.days
    return days.clip(lower=0) / YEAR


def rate(since: str = START, until: str = "") -> Bounded:
    """Rebuilds a model and year between two days, all models together, with whole wikis drawn
    again."""
    frame = rebuilds().set_index("wiki")
    last = pd.Timestamp(until) if until else pd.Timestamp(END) + pd.Timedelta(days=1)
    inside = (frame["date"] >= pd.Timestamp(since)) & (frame["date"] < last)
    return quotient(inside.astype(int), years(since, until), 1.0)


def yearly() -> Bounded:
    """Rebuilds a year of each model that was there long enough: the median over models."""
    count = rebuilds().groupby(MODEL).size()
    frame = models().assign(years=years().to_numpy()).set_index(MODEL)
    frame = frame[frame["years"] >= assumption("ores-least-days") / YEAR]
    each = count.reindex(frame.index, fill_value=0) / frame["years"]
    return median(each.droplevel("target"))


def last_builds() -> pd.DataFrame:
    """The last build of each model that learns from human labels."""
    frame = builds()
    learnt = frame[frame["human"] & frame["newest_label"].notna()]
    return learnt.groupby(MODEL, as_index=False).tail(1)


def age_at_build() -> Bounded:
    """Age in years of the newest human labels at the last build of a model, as ``age`` has it."""
    frame = last_builds()
    return age(frame, frame["date"])


def age(frame: pd.DataFrame, days: pd.Series | pd.Timestamp) -> Bounded:
    """Median age in years of the newest human labels of some builds on a day or days, with whole
    wikis drawn again.

    The value and the upper end are by the date of what was labelled. The lower end is by the first
    build that learnt from the labels, for they may have been made as late as that.
    """
    labelled, used = (
        (days - frame[name]).dt.days.set_axis(frame["wiki"]) / YEAR
        for name in ("newest_label", "newest_used")
    )
    value, _, high = median(labelled)
    return value, median(used)[1], high


def age_on(day: str) -> Bounded:
    """The same on a day on which the servers were looked at, for the models in service, taken as
    their last builds."""
    return age(with_labels(day), pd.Timestamp(day))


def with_labels(day: str) -> pd.DataFrame:
    """The last builds of the models in service on a day that learn from human labels."""
    return last_builds().merge(in_service(day), on=MODEL)


def in_service(day: str) -> pd.DataFrame:
    """The models in service on a day: wiki, target. ``ValueError`` for one when nobody looked."""
    table = data.table("retraining/ores_served")
    found = table.loc[table["day"].astype(str) == day, MODEL]
    if found.empty:
        raise ValueError(f"found no look at the servers on {day}; expected {END} or {LATEST}")
    return found


def changes() -> pd.DataFrame:
    """Change of the printed score at each rebuild that has one before it: wiki, target, date,
    reason, points (of a hundred)."""
    frame = builds().dropna(subset="roc_auc")
    points = 100 * frame.groupby(MODEL)["roc_auc"].diff()
    return frame.assign(points=points).dropna(subset="points")[[*MODEL, "date", "reason", "points"]]


def score(reason: str) -> Bounded:
    """Change of the score at rebuilds for a reason, in points: mean over wikis of the mean of each,
    wikis drawn again."""
    return _mean(_by_wiki(reason))


def score_without() -> Bounded:
    """``score`` for new human labels without the wiki whose score fell most."""
    points = _by_wiki(NEW_LABELS)
    return _mean(points.drop(points.idxmin()))


def _by_wiki(reason: str) -> pd.Series:
    """Mean change of the score by wiki at rebuilds for a reason, in points."""
    frame = changes()
    means: pd.Series = frame[frame["reason"] == reason].groupby("wiki")["points"].mean()
    return means


def _mean(points: pd.Series) -> Bounded:
    return quotient(points, points.notna().astype(int), 1.0)


def score_range() -> Bounded:
    """``score`` for new human labels, and the least and most of the single changes, in points."""
    frame = changes()
    points = frame.loc[frame["reason"] == NEW_LABELS, "points"]
    return score(NEW_LABELS)[0], float(points.min()), float(points.max())


NUMBERS: Numbers = {
    "ores-rebuilds-after": lambda: len(reasons(TURN)),
    "ores-new-labels-after": lambda: (reasons(TURN) == NEW_LABELS).sum(),
    "ores-models": lambda: len(models()),
    "ores-rebuilds": lambda: len(rebuilds()),
    "ores-steps": lambda: rebuilds()["commit"].nunique(),
    "ores-rebuilds-new-labels": lambda: (reasons() == NEW_LABELS).sum(),
    "ores-served-2026": lambda: len(in_service(LATEST)),
    "ores-mass": mass,
    "ores-reached": reached,
    "ores-rebuilds-a-year": yearly,
    "ores-rate-to-mid-2020": lambda: rate(until=TURN),
    "ores-rate-after": lambda: rate(TURN),
    "ores-new-human-labels": lambda: share_for(NEW_LABELS),
    "ores-new-human-labels-human-models": lambda: share_for(NEW_LABELS, human=True),
    "ores-library-led": library_led,
    "ores-library-changed": lambda: 100 * float(rebuilds()["library_changed"].mean()),
    "ores-label-age-last-build": age_at_build,
    "ores-label-age-2023": lambda: age_on(END),
    "ores-label-age-2026": lambda: age_on(LATEST),
    "ores-score-without": score_without,
    "ores-score-new-labels": lambda: score(NEW_LABELS),
    "ores-score-new-edits": lambda: score(NEW_EDITS),
    "ores-score-library": lambda: score(LIBRARY),
    "ores-score-range": score_range,
    "ores-score-compared": lambda: (changes()["reason"] == NEW_LABELS).sum(),
}
