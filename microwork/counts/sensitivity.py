"""Counts, part 3: how far each estimate moves when one assumption moves, and who is left of the
registered, in France and elsewhere."""

from __future__ import annotations

from functools import partial

import pandas as pd

from microwork.counts.inputs import assumption, fact, share
from microwork.counts.inversion import CIRCLES, registrations_sum, visitors_sum
from microwork.counts.recapture import catchability_factor, measured_spread
from microwork.inputs import Numbers

PERCENT = "{value} %"
# Active shares of the registered as measured elsewhere, each one published figure over another.
OUTSIDE = {
    "significant": ("world-significant-kassi-v4", "world-profiles-kassi"),
    "weekly": ("oli-supplement-weekly", "oli-supplement-registered"),
    "ever": ("world-ever-worked-kassi-v4", "world-profiles-kassi"),
    "available": ("mturk-available", "mturk-registered"),
}

# Stages from wide to narrow, as they were published; they differ from place to place.
STAGES = {
    "France, microwork": {
        "registered": "fr-casual",
        "visit monthly": "fr-routine",
        "there weekly": "fr-very-active",
    },
    "Mechanical Turk": {
        "registered": "mturk-registered",
        "visit monthly": "mturk-unique-visitors",
        "available": "mturk-available",
        "there at any moment": "mturk-active-instant",
    },
    "Four freelancing platforms": {
        "registered": "oli-supplement-registered",
        "at work weekly": "oli-supplement-weekly",
    },
    "World, online freelancing": {
        "registered": "world-profiles-kassi",
        "ever had work": "world-ever-worked-kassi-v4",
        "significant work": "world-significant-kassi-v4",
    },
}


def outside_share(name: str) -> float:
    """One of the active shares measured elsewhere, in percent."""
    part, whole = OUTSIDE[name]
    return 100 * fact(part) / fact(whole)


def with_outside_share(name: str) -> float:
    """This share of the published largest circle, in persons."""
    return outside_share(name) / 100 * fact("fr-casual")


def missing_count() -> float:
    """Platforms listed without an official figure."""
    return fact("fr-platforms-total") - fact("fr-platforms-with-official-registrations")


def mean_platform() -> float:
    """Accounts of an average platform among those with an official figure."""
    return registrations_sum().total / fact("fr-platforms-with-official-registrations")


def with_missing(part: str) -> float:
    """All registered (persons), if each platform without official figure has as large a part of the
    mean of the others as is assumed: ``low`` or ``high``."""
    size = float(assumption("missing-platforms")[part])
    absent = missing_count() * size / 100 * mean_platform()
    return (registrations_sum().total + absent) / fact("fr-multihoming-coefficient")


def swings() -> pd.DataFrame:
    """One row per assumption and circle: the estimate at both ends of the assumption, all else as
    published.

    Columns: circle, factor, at (how its values are printed), low_at and high_at (the assumption at
    either end), low and high (persons), low_ratio and high_ratio (over the published circle).
    """
    accounts, visits = registrations_sum().total, visitors_sum().total
    divisor = fact("fr-multihoming-coefficient")
    wide = fact("world-multihoming-coefficient-kassi")
    base = {circle: fact(name) for circle, name in CIRCLES.items()}
    routine, active = base["routine"], base["very active"]
    sizes = assumption("missing-platforms")
    outside = sorted(map(outside_share, OUTSIDE))
    half, spread = share("working-visitors", "low"), measured_spread()
    persons = [share / 100 * base["registered"] for share in (outside[0], outside[-1])]
    per_person = ("platforms for each person", "{value}", wide, 1.0)
    of_mean = ("{value} % of the mean", sizes["low"], sizes["high"])
    chances = ("unequal chances, if capture-recapture", "a spread of {value}", 0.0, spread)
    missing = (with_missing("low"), with_missing("high"))
    rows = [
        ("registered", *per_person, accounts / wide, accounts),
        ("registered", "platforms left out", *of_mean, *missing),
        ("routine", *per_person, visits / wide, visits),
        ("routine", "visitors who do tasks", PERCENT, 100 * half, 100.0, routine * half, routine),
        ("very active", *per_person, active * divisor / wide, active * divisor),
        ("very active", "share active, from elsewhere", PERCENT, outside[0], outside[-1], *persons),
        ("very active", *chances, active, active * catchability_factor(spread)),
    ]
    columns = ["circle", "factor", "at", "low_at", "high_at", "low", "high"]
    frame = pd.DataFrame(rows, columns=columns)
    published = frame["circle"].map(base)
    return frame.assign(low_ratio=frame["low"] / published, high_ratio=frame["high"] / published)


def registered(divisor: float) -> float:
    """Registrations over another divisor than the published one (persons)."""
    return registrations_sum().total / divisor


def funnel() -> pd.DataFrame:
    """Who is left of the registered, stage by stage, in four places.

    Columns: place, stage, order (from wide to narrow), persons, percent (of the registered).
    """
    rows = [
        (place, stage, order, fact(name))
        for place, stages in STAGES.items()
        for order, (stage, name) in enumerate(stages.items())
    ]
    frame = pd.DataFrame(rows, columns=["place", "stage", "order", "persons"])
    whole = frame.groupby("place")["persons"].transform("first")
    return frame.assign(percent=100 * frame["persons"] / whole)


NUMBERS: Numbers = {
    "registered-not-monthly": lambda: int(fact("fr-casual") - fact("fr-routine")),
    "mturk-visitors-share": lambda: 100 * fact("mturk-unique-visitors") / fact("mturk-registered"),
    "registered-no-multihoming": lambda: registered(1),
    "registered-multihoming-kassi": lambda: registered(fact("world-multihoming-coefficient-kassi")),
    "platforms-missing": missing_count,
    "registered-missing-small": partial(with_missing, "low"),
    "registered-missing-large": partial(with_missing, "high"),
    "share-significant": partial(outside_share, "significant"),
    "very-active-share-significant": partial(with_outside_share, "significant"),
    "share-weekly": partial(outside_share, "weekly"),
    "very-active-share-weekly": partial(with_outside_share, "weekly"),
    "share-ever": partial(outside_share, "ever"),
    "share-available": partial(outside_share, "available"),
    "very-active-share-available": partial(with_outside_share, "available"),
}
