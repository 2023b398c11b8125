"""Retraining: the numbers that ``service`` gives the report."""

from __future__ import annotations

from functools import partial

from tallybook.model.numbers import Number

from microwork.retraining import service
from microwork.retraining.inputs import assumption, define

WIKIS = (
    "Drawing whole wikis again. Most rebuilds come in steps that build many wikis at once, so it"
    " says too little of what another service would do."
)
ROC = (
    "The score is the area under the ROC curve: how often a model ranks a case of a class above one"
    " that is not, of a hundred; 50 is chance. It is cross-validated: each label is predicted by a"
    " model that has not learnt it. So it is no accuracy on the edits that come in."
)
CODED = (
    "Coded in a fixed order, new human labels first, from the message and from what changed"
    " with it."
)
MANY = 20  # models in one step from which on we call it a mass step


def numbers() -> list[Number]:
    """The numbers on Wikimedia's models."""
    return [*_counts(), *_rates(), *_reasons(), *_labels(), *_ages(), *_scores()]


def _counts() -> list[Number]:
    def in_mass() -> float:
        size = service.rebuilds().groupby("commit")["build"].transform("size")
        return 100 * float((size > MANY).mean())

    def new() -> int:
        return int((service.rebuilds()["reason"] == service.NEW_LABELS).sum())

    def human() -> int:
        return int((service.models()["labels"] != service.AUTOMATIC).sum())

    def after(reason: str = "") -> int:
        late = service.rebuilds().query("date >= @service.TURN")["reason"]
        return len(late) if not reason else int((late == reason).sum())

    rows = [
        (
            "rebuilds-after",
            after,
            "Rebuilds of Wikimedia’s models from the middle of 2020 to the end of 2023",
        ),
        (
            "new-labels-after",
            lambda: after(service.NEW_LABELS),
            "Of these, rebuilds with new human labels",
        ),
        (
            "models",
            lambda: len(service.models()),
            "Models for Wikimedia’s wikis, to the end of 2023",
        ),
        ("wikis", lambda: service.models()["wiki"].nunique(), "Wikis with such models"),
        ("models-human", human, "Such models that learn from labels by people"),
        (
            "rebuilds",
            lambda: len(service.rebuilds()),
            "Rebuilds of these models, to the end of 2023",
        ),
        (
            "steps",
            lambda: service.rebuilds()["commit"].nunique(),
            "Steps in which they were rebuilt",
        ),
        ("rebuilds-new-labels", new, "Rebuilds of Wikimedia’s models with new human labels"),
        (
            "served-2026",
            lambda: len(service.in_service(service.LATEST)),
            "Models in the settings of Wikimedia’s servers, August 2026",
        ),
    ]
    mass = define(
        "ores-mass",
        in_mass,
        "percent",
        "Rebuilds in steps that built many models at once",
        f"Counted by step; many are more than {MANY}.",
        None,
        0,
    )
    reached = define(
        "ores-reached",
        service.reached,
        "percent",
        "Rebuilds that were put on Wikimedia’s servers",
        "Counted: the very file was among the versions on the servers, to January 2024.",
        None,
        0,
    )
    return [
        *(
            define(f"ores-{name}", compute, "items", label, "Counted.")
            for name, compute, label in rows
        ),
        mass,
        reached,
    ]


def _rates() -> list[Number]:
    unit = "rebuilds a year"
    least = int(assumption("ores-least-days"))
    how = "Rebuilds over the years for which models were there, all models together."
    return [
        define(
            "ores-rebuilds-a-year",
            service.yearly,
            unit,
            "Rebuilds a year of a Wikimedia model, median over models",
            "From the first build to the end of 2023 or until it was taken out; models there for"
            f" {least} days or more.",
            WIKIS,
            1,
        ),
        define(
            "ores-rate-to-mid-2020",
            partial(service.rate, until=service.TURN),
            unit,
            "Rebuilds a model and year, to the middle of 2020",
            how,
            WIKIS,
            1,
        ),
        define(
            "ores-rate-after",
            partial(service.rate, service.TURN),
            unit,
            "Rebuilds a model and year, from the middle of 2020 to the end of 2023",
            how,
            f"{WIKIS} The record does not say why rebuilding stopped, and no rebuild does not mean"
            " no need.",
            2,
        ),
    ]


def _reasons() -> list[Number]:
    def changed() -> float:
        return 100 * float(service.rebuilds()["library_changed"].mean())

    label = "Rebuilds of Wikimedia’s models with new human labels"
    seen = f"{WIKIS} Of twenty rebuilds that were read again, all were coded rightly in this."
    asked = (
        "Labels count that people were asked for or that a community picked; grades for editors’"
        " own use do not."
    )
    return [
        define(
            "ores-new-human-labels",
            partial(service.share_for, service.NEW_LABELS),
            "percent",
            label,
            f"{CODED} {asked}",
            seen,
            1,
        ),
        define(
            "ores-new-human-labels-human-models",
            partial(service.share_for, service.NEW_LABELS, True),
            "percent",
            f"{label}, of models that learn from labels by people",
            f"{CODED} {asked}",
            seen,
            1,
        ),
        define(
            "ores-library-led",
            service.library_led,
            "percent",
            "Rebuilds of Wikimedia’s models for a new library",
            f"{CODED} As coded, which is the upper end.",
            "The coder’s margin: the lower end leaves out rebuilds in which anything else changed."
            " Not a sampling error.",
            0,
        ),
        define(
            "ores-library-changed",
            changed,
            "percent",
            "Rebuilds of Wikimedia’s models in which the library changed, whatever the reason",
            "Counted.",
            None,
            0,
        ),
    ]


def _labels() -> list[Number]:
    def wikis() -> int:
        return len(service.renewal())

    def asked() -> int:
        return int(service.asked()["labels"].sum())

    return [
        define("ores-wikis-asked", wikis, "items", "Wikis that gave labels on request", "Counted."),
        define(
            "ores-labels-asked",
            asked,
            "items",
            "Labels that volunteers of Wikimedia’s wikis were asked for",
            "Sizes in the names of files. Nobody was paid by the task, and hours are not recorded.",
            None,
            -3,
        ),
        define(
            "ores-never-renewed",
            service.never_renewed,
            "percent",
            "Wikis that never got new human labels for a model they had",
            "Of the wikis that gave labels on request.",
            "Wilson’s interval over wikis. Not other services, nor what a wiki would have needed.",
            0,
        ),
        define(
            "ores-labels-after-model",
            service.labels_after,
            "percent",
            "Labels on request that came when the model was there already",
            "Of all labels on request, by the sizes in the names of files.",
            WIKIS,
            0,
        ),
    ]


def _ages() -> list[Number]:
    how = (
        "From the day or year of what was labelled; where a file names only a year, from the first"
        " of July."
    )
    covers = (
        f"{WIKIS} The lower end is from the first build that learnt from the labels, as they may"
        " have been made so late."
    )
    stamp = "That a model in service is the last one built is likely, and not proved."
    label = "Age of the newest human labels of Wikimedia’s models, median"
    return [
        define(
            "ores-label-age-last-build",
            service.age_at_build,
            "years",
            f"{label}: at the last build",
            how,
            covers,
            1,
        ),
        define(
            "ores-label-age-2023",
            partial(service.age_on, service.END),
            "years",
            f"{label}: in service at the end of 2023",
            f"{how} {stamp}",
            covers,
            1,
        ),
        define(
            "ores-label-age-2026",
            partial(service.age_on, service.LATEST),
            "years",
            f"{label}: in service in August 2026",
            f"{how} {stamp}",
            covers,
            1,
        ),
    ]


def _scores() -> list[Number]:
    label = "Change of the score of Wikimedia’s models at rebuilds"
    how = f"Mean over wikis; each score less the last one printed before it. {ROC}"
    one = "One Dutch model was tried on a tenth of the pages and fell most."
    rows = [
        (
            "new-labels",
            service.NEW_LABELS,
            "with new human labels",
            f"{WIKIS} New labels are the test as well, and may be harder or easier. {one}",
        ),
        ("new-edits", service.NEW_EDITS, "with other edits or other automatic labels", WIKIS),
        ("library", service.LIBRARY, "for a new library", WIKIS),
    ]

    def compared() -> int:
        return int((service.changes()["reason"] == service.NEW_LABELS).sum())

    points = "percentage points"
    return [
        define(
            "ores-score-without",
            service.score_without,
            points,
            f"{label} with new human labels, without the lowest",
            f"As the others, without the wiki that fell most; left out after we had seen it. {ROC}",
            WIKIS,
            1,
        ),
        *(
            define(
                f"ores-score-{name}",
                partial(service.score, reason),
                points,
                f"{label} {words}",
                how,
                covers,
                1,
            )
            for name, reason, words, covers in rows
        ),
        define(
            "ores-score-range",
            service.score_range,
            points,
            f"{label} with new human labels, one by one",
            how,
            "The least and the most of these rebuilds. Not a sampling error.",
            1,
        ),
        define(
            "ores-score-compared",
            compared,
            "items",
            "Rebuilds with new human labels that have a score before and after",
            "Counted.",
        ),
    ]
