"""Retraining: models in service on Wikimedia's wikis: how often each was built anew, why, on which
labels, and its scores.

A build is a new model file; a rebuild is any build after the first. The models of a wiki are mostly
built in one step, so intervals draw whole wikis again (a cluster bootstrap: Davison and Hinkley
1997, section 3.8). Even so they are too narrow for another service, for most steps build many
wikis at once.
"""

from __future__ import annotations

import pandas as pd
from tallybook import data
from tallybook.data.provenance import step
from tallybook.model.numbers import Bounded

from microwork.inputs import Numbers
from microwork.intervals import wilson_percent
from microwork.retraining.inputs import YEAR, decimal, median, named, quotient

MODEL = ["wiki", "target"]
OTHERS = "retraining/services"
END, LATEST = "2023-12-31", "2026-08-20"  # last day of the record, and the last look at the servers
TURN = "2020-07-01"  # from here on hardly anything was built; the record does not say why
START = "2000-01-01"  # before the first build
EDGE = "2017-01-01"  # before it few models learnt from people
CAMPAIGN, AUTOMATIC, OWN_USE = "campaign", "automatic", "editors' own assessments on pages"
NEW_LABELS, LIBRARY = "new human labels", "library upgrade"
GRADES = "more or newer editors' assessments"
LINED = "damaging"  # the models of one line each: those that say of an edit whether it does harm


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


def times(reason: str) -> int:
    """Rebuilds for a reason."""
    return int((rebuilds()["reason"] == reason).sum())


def with_new_labels() -> Bounded:
    """Rebuilds with new labels by people, in percent."""
    frame = rebuilds().set_index("wiki")
    return quotient(
        (frame["reason"] == NEW_LABELS).astype(int), frame["reason"].notna().astype(int)
    )


def library_led() -> Bounded:
    """Rebuilds for a new library, in percent: as coded, only those with no other change, and as
    coded again."""
    frame = rebuilds()
    coded = 100 * float((frame["reason"] == LIBRARY).mean())
    return coded, 100 * float(frame["library_only"].mean()), coded


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


@step
def labelled() -> pd.Series:
    """Years for which each model that learns from labels on request was there, indexed by wiki."""
    frame = models().assign(years=years().to_numpy()).set_index("wiki")
    found: pd.Series = frame.loc[frame["labels"] == CAMPAIGN, "years"]
    return found


def years_a_labelling() -> Bounded:
    """Years of a model to one rebuild with new labels by people, all models that learn from such
    labels together, with whole wikis drawn again."""
    frame = rebuilds().set_index("wiki")
    new = (frame["reason"] == NEW_LABELS).astype(int)
    found, low, high = quotient(new, labelled(), 1.0)
    return 1 / found, 1 / high, 1 / low


def asked() -> pd.DataFrame:
    """Batches of labels on request or picked by hand, without grades for editors' own use."""
    table = data.table("retraining/ores_labels")
    return table[table["kind"] != OWN_USE]


def never_renewed() -> Bounded:
    """Wikis that gave labels on request and none of whose models ever got new ones, in percent,
    with Wilson's interval."""
    never = asked().groupby("wiki")["later"].max() != 1
    return wilson_percent(float(never.mean()), len(never))


def last_builds(until: str = END) -> pd.DataFrame:
    """The last build until a day of each model that learns from human labels."""
    frame = builds().query("date <= @until")
    learnt = frame[frame["human"] & frame["newest_label"].notna()]
    return learnt.groupby(MODEL, as_index=False).tail(1)


def age(frame: pd.DataFrame, day: pd.Timestamp) -> Bounded:
    """Median age in years of the newest human labels of some builds on a day, with whole wikis
    drawn again.

    The value and the upper end are by the date of what was labelled. The lower end is by the first
    build that learnt from the labels, for they may have been made as late as that.
    """
    labels, used = (
        (day - frame[name]).dt.days.set_axis(frame["wiki"]) / YEAR
        for name in ("newest_label", "newest_used")
    )
    value, _, high = median(labels)
    return value, median(used)[1], high


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
    """Change of the printed score at each rebuild that has one before it: wiki, reason, points (of
    a hundred)."""
    frame = builds().dropna(subset="roc_auc")
    points = 100 * frame.groupby(MODEL)["roc_auc"].diff()
    return frame.assign(points=points).dropna(subset="points")[["wiki", "reason", "points"]]


def score() -> Bounded:
    """Change of the score at rebuilds with new labels by people, in points: mean over wikis of the
    mean of each, wikis drawn again."""
    frame = changes()
    points = frame[frame["reason"] == NEW_LABELS].groupby("wiki")["points"].mean()
    return quotient(points, points.notna().astype(int), 1.0)


def lives() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The models of ``LINED``, and their rebuilds: what ``figures.first`` takes."""
    frame = builds().query("target == @LINED")
    kind = (frame["reason"] == NEW_LABELS).map({True: "labels", False: "other"})
    frame = frame.assign(name=frame["wiki"].map(named), kind=kind)
    marks = frame[frame["build"] > 0]
    by_name = frame.groupby("name")
    first, last = by_name["date"].first(), by_name.tail(1).set_index("name").sort_index()
    served = in_service(LATEST).query("target == @LINED")["wiki"]
    seen = pd.to_datetime(last["wiki"].isin(served).map({True: LATEST, False: END}))
    counts = {
        "rebuilds": marks.groupby("name").size(),
        "renewed": (marks["kind"] == "labels").groupby(marks["name"]).sum(),
    }
    rows = pd.DataFrame(
        {"start": decimal(first), "last": decimal(last["date"]), "seen": decimal(seen)}
        | {name: each.reindex(first.index, fill_value=0) for name, each in counts.items()}
    )
    marks = marks.assign(year=decimal(marks["date"]))
    return rows.reset_index(), marks[["name", "year", "kind"]].reset_index(drop=True)


def relabelled(service: str, first: str, last: str) -> int:
    """Times that new labels by people came in at another service, between two months."""
    table = data.rows(OTHERS, {"service": service})
    inside = table["first_month"].astype(str).between(first, last)
    return int(table.loc[inside, "label_changes"].sum())


def others() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same of other services. Their record is of stretches of time, so a mark stands for a
    stretch: where a new model came at its end, or in the middle of a year with releases."""
    table = data.table(OTHERS)
    ends = pd.PeriodIndex(table["last_month"], freq="M")
    starts = pd.PeriodIndex(table["first_month"], freq="M")
    frame = table.assign(
        name=table["service"],
        start=starts.year + (starts.month - 1) / 12,
        seen=ends.year + ends.month / 12,
        year=(ends.year + ends.month / 12).where(table["label_lines"].isna(), ends.year + 0.5),
        kind=(table["label_changes"] > 0).map({True: "labels", False: "other"}),
    )
    marks = frame[frame["releases"].fillna(0) > 0]
    rows = frame.groupby("name", sort=False).agg({"start": "min", "seen": "max"})
    last = marks.groupby("name")["year"].max().reindex(rows.index)
    renewed = frame.groupby("name")["label_changes"].sum()
    counts = {"rebuilds": frame.groupby("name")["releases"].sum(), "renewed": renewed}
    rows = rows.assign(last=last.fillna(rows["start"]), **counts)
    return rows.reset_index(), marks[["name", "year", "kind"]].reset_index(drop=True)


NUMBERS: Numbers = {
    "ores-models": lambda: len(models()),
    "ores-rebuilds": lambda: len(rebuilds()),
    "ores-rebuilds-new-labels": lambda: times(NEW_LABELS),
    "ores-rebuilds-none": lambda: len(rebuilds()) - times(NEW_LABELS),
    "ores-rebuilds-grades": lambda: times(GRADES),
    "ores-rate-to-mid-2020": lambda: rate(until=TURN),
    "ores-rate-after": lambda: rate(TURN),
    "ores-new-human-labels": with_new_labels,
    "ores-library-led": library_led,
    "ores-models-asked": lambda: len(labelled()),
    "ores-model-years": lambda: float(labelled().sum()),
    "ores-years-a-labelling": years_a_labelling,
    "ores-wikis-asked": lambda: asked()["wiki"].nunique(),
    "ores-labels-asked": lambda: asked()["labels"].sum(),
    "ores-never-renewed": never_renewed,
    "ores-served-2026": lambda: len(in_service(LATEST)),
    "ores-label-age-2017": lambda: age(last_builds(EDGE), pd.Timestamp(EDGE)),
    "ores-label-age-2026": lambda: age(with_labels(LATEST), pd.Timestamp(LATEST)),
    "ores-score-new-labels": score,
    "cluebot-years": lambda: float(
        others()[0].set_index("name").eval("seen - start")["ClueBot NG"]
    ),
    "cluebot-trainings": lambda: int(data.table(OTHERS)["trainings"].sum()),
    "bugbug-to-2020": lambda: relabelled("bugbug", "2018-01", "2020-12"),
    "bugbug-since-2021": lambda: relabelled("bugbug", "2021-01", "2026-12"),
    "inaturalist-models": lambda: relabelled("iNaturalist", "2020-01", "2022-12"),
}
