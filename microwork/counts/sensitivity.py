"""Counts, part 3: how far each estimate moves when one assumption moves."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pandas as pd
from tallybook.model.formatting import plain, short
from tallybook.model.numbers import Number, number

from microwork.counts.inputs import assumption, fact, share
from microwork.counts.inversion import CIRCLES, registrations_sum, visitors_sum
from microwork.counts.recapture import catchability_factor, measured_spread
from microwork.paths import DATA

WIRK = "Wirk (Foule Factory)"  # the one platform whose accounts are known


def size_bias_divisor(mean: float) -> float:
    """Platforms per person if having two accounts makes it twice as likely to be asked, and nobody
    has more than two.

    The harmonic mean over respondents: with q = ``mean`` - 1 of them on two platforms, 1/((1 - q) +
    q/2). Raises ``ValueError`` unless 1 <= mean <= 2.
    """
    if not 1 <= mean <= 2:
        raise ValueError(f"found a mean of {mean} platforms; expected one from 1 to 2")
    return 1 / (1 - (mean - 1) / 2)


# Active shares of the registered as measured elsewhere: measure, where, and one published figure
# over another.
_OUTSIDE = {
    "significant": (
        "significant work, ever",
        "online freelancing, world",
        "world-significant-kassi-v4",
        "world-profiles-kassi",
    ),
    "weekly": (
        "at work in a given week",
        "four freelancing platforms",
        "oli-supplement-weekly",
        "oli-supplement-registered",
    ),
    "ever": (
        "any work, ever",
        "online freelancing, world",
        "world-ever-worked-kassi-v4",
        "world-profiles-kassi",
    ),
    "available": ("available", "Mechanical Turk", "mturk-available", "mturk-registered"),
}


def outside_share(name: str, folder: Path = DATA) -> float:
    """One of the active shares measured elsewhere, in percent."""
    _, _, part, whole = _OUTSIDE[name]
    return 100 * fact(part, folder) / fact(whole, folder)


def with_outside_share(name: str, folder: Path = DATA) -> float:
    """This share of the published largest circle, in persons."""
    return outside_share(name, folder) / 100 * fact("fr-casual", folder)


def outside_shares(folder: Path = DATA) -> pd.DataFrame:
    """Active share of the registered as measured elsewhere, and what it would make of the largest
    circle.

    Columns: measure, where, percent, persons; sorted by percent. None was measured in France.
    """
    rows = [
        (measure, where, outside_share(name, folder), with_outside_share(name, folder))
        for name, (measure, where, *_) in _OUTSIDE.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "where", "percent", "persons"]).sort_values(
        "percent", kind="stable", ignore_index=True
    )


def missing_count(folder: Path = DATA) -> float:
    """Platforms listed without an official figure."""
    return fact("fr-platforms-total", folder) - fact(
        "fr-platforms-with-official-registrations", folder
    )


def mean_platform(folder: Path = DATA) -> float:
    """Accounts of an average platform among those with an official figure."""
    return registrations_sum(folder).total / fact(
        "fr-platforms-with-official-registrations", folder
    )


def missing_platforms(folder: Path = DATA) -> pd.DataFrame:
    """What the platforms without official figure would add, if they are small or large.

    Columns: size (percent of the mean of the others), accounts, persons (all registered then).
    """
    known, mean, missing = (
        registrations_sum(folder).total,
        mean_platform(folder),
        missing_count(folder),
    )
    sizes = assumption("missing-platforms", folder)
    frame = pd.DataFrame({"size": [float(sizes[part]) for part in ("low", "high")]})
    frame["accounts"] = missing * frame["size"] / 100 * mean
    return frame.assign(
        persons=(known + frame["accounts"]) / fact("fr-multihoming-coefficient", folder)
    )


def swings(folder: Path = DATA) -> pd.DataFrame:
    """One row per assumption and circle: the estimate at both ends of the assumption, all else as
    published.

    Columns: circle, factor, low_at and high_at (the assumption at either end, in words), low and
    high (persons), low_ratio and high_ratio (over the published circle).
    """
    accounts, visits = registrations_sum(folder).total, visitors_sum(folder).total
    divisor, wide = (
        fact("fr-multihoming-coefficient", folder),
        fact("world-multihoming-coefficient-kassi", folder),
    )
    base = {circle: fact(name, folder) for circle, name in CIRCLES.items()}
    absent, outside = missing_platforms(folder), outside_shares(folder)
    size = [
        f"{plain(row, 0)} % of the mean"
        for row in (absent["size"].iloc[0], absent["size"].iloc[-1])
    ]
    shares = [f"{short(row)} %" for row in (outside["percent"].min(), outside["percent"].max())]
    spread, half = measured_spread(folder), share("working-visitors", "low", folder)
    active = base["very active"]
    ends, spreads = (short(wide), "1"), ("a spread of 0", f"a spread of {short(spread)}")
    rows = [
        ("registered", "platforms per person", *ends, accounts / wide, accounts),
        (
            "registered",
            "platforms left out",
            *size,
            absent["persons"].iloc[0],
            absent["persons"].iloc[-1],
        ),
        ("routine", "platforms per person", *ends, visits / wide, visits),
        (
            "routine",
            "visitors who do tasks",
            f"{plain(100 * half, 0)} %",
            "100 %",
            base["routine"] * half,
            base["routine"],
        ),
        ("very active", "platforms per person", *ends, active * divisor / wide, active * divisor),
        (
            "very active",
            "share active, from elsewhere",
            *shares,
            outside["persons"].min(),
            outside["persons"].max(),
        ),
        (
            "very active",
            "unequal chances, if capture-recapture",
            *spreads,
            active,
            active * catchability_factor(spread),
        ),
    ]
    frame = pd.DataFrame(rows, columns=["circle", "factor", "low_at", "high_at", "low", "high"])
    published = frame["circle"].map(base)
    return frame.assign(low_ratio=frame["low"] / published, high_ratio=frame["high"] / published)


def numbers() -> list[Number]:
    """The published circles with one assumption changed at a time."""
    circular = (
        "Inference: registrations inverted from the published total, over "
        if registrations_sum().inverted
        else "Registrations from the platform table, over "
    )
    found = [
        number(
            "counts.registered-no-multihoming",
            lambda: registrations_sum().total,
            "persons",
            "Registered if nobody is on two platforms",
            circular + "one.",
            decimals=-3,
        ),
        number(
            "counts.registered-multihoming-kassi",
            lambda: registrations_sum().total / fact("world-multihoming-coefficient-kassi"),
            "persons",
            "Registered with the divisor of Kässi and others",
            circular + "the divisor found for all online freelancing.",
            decimals=-3,
        ),
        number(
            "counts.registered-size-bias",
            lambda: (
                registrations_sum().total / size_bias_divisor(fact("fr-multihoming-coefficient"))
            ),
            "persons",
            "Registered if two accounts make it twice as likely to be asked",
            circular + "the harmonic mean for respondents on one platform or two.",
            decimals=-2,
        ),
        number(
            "counts.platforms-missing",
            missing_count,
            "platforms",
            "Platforms without official figure",
            "Platforms listed less those with an official figure.",
        ),
    ]
    how = "Each platform without figure at a stated part of the mean of the others."
    for row, size in enumerate(("small", "large")):
        label = f"Registered with the missing platforms, {size}"
        found.append(
            number(
                f"counts.registered-missing-{size}",
                partial(lambda row: missing_platforms()["persons"][row], row),
                "persons",
                label,
                how,
                decimals=-3,
            )
        )
    for name, (measure, where, *_) in _OUTSIDE.items():
        found.append(
            number(
                f"counts.share-{name}",
                partial(outside_share, name),
                "percent",
                f"Share of the registered: {measure}, {where}",
                "Two published figures, one over the other.",
            )
        )
        if name != "ever":
            found.append(
                number(
                    f"counts.very-active-share-{name}",
                    partial(with_outside_share, name),
                    "persons",
                    f"France with this share: {measure}, {where}",
                    "This share of the published largest circle.",
                    decimals=-2,
                )
            )
    return found
