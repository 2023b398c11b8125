"""Counts, part 3: how far each estimate moves when one assumption moves."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from tallybook import data
from tallybook.model.formatting import plain, short
from tallybook.model.numbers import Number, number

from microwork.counts.inputs import SHARES, assumption, fact, share
from microwork.counts.inversion import CIRCLES, PLATFORMS, registrations_sum, visitors_sum
from microwork.counts.recapture import catchability_factor, measured_spread
from microwork.paths import DATA

WIRK = "Wirk (Foule Factory)"  # the one platform whose accounts are known


def divisor_from(platforms: np.ndarray, weights: np.ndarray, chances: np.ndarray) -> float:
    """The mean number of platforms per person, from respondents who differ in their chance to be asked.

    ``platforms``: how many platforms a respondent uses, ``weights``: the share of respondents with that many,
    ``chances``: how likely a person with that many is to be asked, up to a common factor; all shape (kinds,).

    Among respondents the share with k platforms is w(k), proportional to c(k) p(k), with p(k) the share among people and c(k)
    their chance. Turned round, p(k) is proportional to w(k)/c(k), and the mean is sum of k w(k)/c(k) over sum of w(k)/c(k).
    Equal chances give the plain mean; chances that rise with the number of accounts give the harmonic one.
    Raises ``ValueError`` for fewer than one platform, negative weights or weights without sum, or chances not above zero.
    """
    platforms, weights, chances = (np.asarray(values, dtype=float) for values in (platforms, weights, chances))
    if (platforms < 1).any() or (weights < 0).any() or weights.sum() == 0 or (chances <= 0).any():
        raise ValueError("expected at least one platform each, weights of zero or more with a sum above zero, chances above zero")
    return float((platforms * weights / chances).sum() / (weights / chances).sum())


def harmonic_divisor(platforms: np.ndarray, weights: np.ndarray) -> float:
    """``divisor_from`` if somebody with two accounts is twice as likely to be asked: the harmonic mean over respondents."""
    return divisor_from(platforms, weights, platforms)


def divisor_one_or(mean: float, most: int = 2) -> float:
    """Harmonic divisor if respondents are on one platform or on ``most``, with ``mean`` on average.

    For ``most = 2`` the share of respondents on two is q = mean - 1, and the divisor 1/((1 - q) + q/2).
    By Jensen's inequality no other mix with that mean gives a larger divisor, for 1/k lies above the
    straight lines between its neighbours; and no mix up to ``most`` platforms gives a smaller one.
    Raises ``ValueError`` unless 1 <= mean <= most.
    """
    if not 1 <= mean <= most:
        raise ValueError(f"found a mean of {mean} platforms; expected one from 1 to {most}")
    q = (mean - 1) / (most - 1)
    return harmonic_divisor(np.array([1, most]), np.array([1 - q, q]))


# Active shares of the registered as measured elsewhere: measure, where, and the fact over another fact (or a published share).
_OUTSIDE = {
    "significant": ("significant work, ever", "online freelancing, world", "world-significant-kassi-v4", "world-profiles-kassi"),
    "weekly": (
        "at work in a given week", "four freelancing platforms", "oli-supplement-weekly", "oli-supplement-registered"),
    "ever": ("any work, ever", "online freelancing, world", "world-ever-worked-kassi-v4", "world-profiles-kassi"),
    "active": ("active", "microwork sites, world", "world-wb2015-active", None),
    "available": ("available", "Mechanical Turk", "mturk-available", "mturk-registered"),
}  # fmt: skip


def outside_share(name: str, folder: Path = DATA) -> float:
    """One of the active shares measured elsewhere, in percent."""
    _, _, part, whole = _OUTSIDE[name]
    return 100 * fact(part, folder) / fact(whole, folder) if whole else data.value(SHARES, part, folder)


def with_outside_share(name: str, folder: Path = DATA) -> float:
    """This share of the published largest circle, in persons."""
    return outside_share(name, folder) / 100 * fact("fr-casual", folder)


def outside_shares(folder: Path = DATA) -> pd.DataFrame:
    """Active share of the registered as measured elsewhere, and what it would make of the largest circle.

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
    return fact("fr-platforms-total", folder) - fact("fr-platforms-with-official-registrations", folder)


def mean_platform(folder: Path = DATA) -> float:
    """Accounts of an average platform among those with an official figure."""
    return registrations_sum(folder).total / fact("fr-platforms-with-official-registrations", folder)


def missing_platforms(folder: Path = DATA) -> pd.DataFrame:
    """What the platforms without official figure would add, at three sizes.

    Columns: size (percent of the mean of the others), accounts, persons (all registered then).
    """
    known, mean, missing = registrations_sum(folder).total, mean_platform(folder), missing_count(folder)
    sizes = assumption("missing-platforms", folder)
    frame = pd.DataFrame({"size": [float(sizes[part]) for part in ("low", "mode", "high")]})
    frame["accounts"] = missing * frame["size"] / 100 * mean
    return frame.assign(persons=(known + frame["accounts"]) / fact("fr-multihoming-coefficient", folder))


def swings(folder: Path = DATA) -> pd.DataFrame:
    """One row per assumption and circle: the estimate at both ends of the assumption, all else as published.

    Columns: circle, factor, low_at and high_at (the assumption at either end, in words), low and high
    (persons), low_ratio and high_ratio (over the published circle).
    """
    accounts, visits = registrations_sum(folder).total, visitors_sum(folder).total
    divisor, wide = fact("fr-multihoming-coefficient", folder), fact("world-multihoming-coefficient-kassi", folder)
    base = {circle: fact(name, folder) for circle, name in CIRCLES.items()}
    absent, outside = missing_platforms(folder), outside_shares(folder)
    size = [f"{plain(row, 0)} % of the mean" for row in (absent["size"].iloc[0], absent["size"].iloc[-1])]
    shares = [f"{short(row)} %" for row in (outside["percent"].min(), outside["percent"].max())]
    spread, half = measured_spread(folder), share("working-visitors", "low", folder)
    harmonic, active = divisor_one_or(divisor), base["very active"]
    ends, bias, spreads = (
        (short(wide), "1"),
        ("equal chances", "unequal chances"),
        ("a spread of 0", f"a spread of {short(spread)}"),
    )
    rows = [
        ("registered", "platforms per person", *ends, accounts / wide, accounts),
        ("registered", "chance to be asked", *bias, base["registered"], accounts / harmonic),
        ("registered", "platforms left out", *size, absent["persons"].iloc[0], absent["persons"].iloc[-1]),
        ("routine", "platforms per person", *ends, visits / wide, visits),
        ("routine", "visitors who do tasks", f"{plain(100 * half, 0)} %", "100 %", base["routine"] * half, base["routine"]),
        ("very active", "platforms per person", *ends, active * divisor / wide, active * divisor),
        ("very active", "share active, from elsewhere", *shares, outside["persons"].min(), outside["persons"].max()),
        ("very active", "unequal chance of capture", *spreads, active, active * catchability_factor(spread)),
    ]
    frame = pd.DataFrame(rows, columns=["circle", "factor", "low_at", "high_at", "low", "high"])
    published = frame["circle"].map(base)
    return frame.assign(low_ratio=frame["low"] / published, high_ratio=frame["high"] / published)


def size_bias() -> tuple[float, float, float]:
    """Registered (persons) if the chance to be asked rises with the accounts: respondents on one or two, and every other mix."""
    accounts, divisor, listed = registrations_sum().total, fact("fr-multihoming-coefficient"), int(fact("fr-platforms-total"))
    least = accounts / divisor_one_or(divisor)
    return least, least, accounts / divisor_one_or(divisor, listed)


def others(folder: Path = DATA) -> tuple[float, float]:
    """The other platforms with an official figure (accounts): their mean, and the least each must have if Wirk is the largest.

    None of them may then have more than Wirk.
    """
    largest = float(data.row(PLATFORMS, WIRK, folder=folder)["registered"])
    count = fact("fr-platforms-with-official-registrations", folder) - 1
    rest = registrations_sum(folder).total - largest
    return rest / count, rest - (count - 1) * largest


def numbers() -> list[Number]:
    """The published circles with one assumption changed at a time."""
    circular = (
        "Inference: registrations inverted from the published total, over "
        if registrations_sum().inverted
        else "Registrations from the platform table, over "
    )
    found = [
        number("counts.registered-no-multihoming", lambda: registrations_sum().total,
               "persons", "Registered if nobody is on two platforms", circular + "one.", decimals=-3),
        number("counts.registered-multihoming-kassi",
               lambda: registrations_sum().total / fact("world-multihoming-coefficient-kassi"),
               "persons", "Registered with the divisor of Kässi and others",
               circular + "the divisor found for all online freelancing.", decimals=-3),
        number("counts.divisor-size-bias", lambda: divisor_one_or(fact("fr-multihoming-coefficient")),
               "platforms per person", "Divisor if two accounts make it twice as likely to be asked",
               "Harmonic mean over respondents on one platform or two.", decimals=3),
        number("counts.registered-size-bias", size_bias, "persons",
               "Registered if two accounts make it twice as likely to be asked",
               circular + "the harmonic mean for respondents on one platform or two.",
               "Every mix with the published mean; one and two is the low end. Not the error of the mean.", -2),
        number("counts.platforms-missing", missing_count, "platforms", "Platforms without official figure",
               "Platforms listed less those with an official figure."),
        number("counts.mean-platform", mean_platform, "accounts", "Mean size of the platforms with a figure",
               "Sum of registrations over the number of platforms with an official figure.", decimals=-2),
    ]  # fmt: skip
    how = "Each platform without figure at a stated part of the mean of the others."
    for row, size in enumerate(("small", "middling", "large")):
        label = f"Registered with the missing platforms, {size}"
        found.append(number(f"counts.registered-missing-{size}", partial(lambda row: missing_platforms()["persons"][row], row),
                            "persons", label, how, decimals=-3))  # fmt: skip
    for name, (measure, where, *_) in _OUTSIDE.items():
        found += [
            number(f"counts.share-{name}", partial(outside_share, name),
                   "percent", f"Share of the registered: {measure}, {where}", "Two published figures, one over the other."),
            number(f"counts.very-active-share-{name}", partial(with_outside_share, name),
                   "persons", f"France with this share: {measure}, {where}",
                   "This share of the published largest circle.", decimals=-2),
        ]  # fmt: skip
    return [
        *found,
        number("counts.other-platforms-mean", lambda: others()[0], "accounts", "Mean of the other platforms with a figure",
               "Inference: sum of registrations less Wirk's, over the number of other platforms with a figure.", decimals=-2),
        number("counts.other-platforms-least", lambda: others()[1], "accounts",
               "Fewest accounts of each other platform, if Wirk is the largest",
               "Inference: what is left for one platform if all but that one have as many as Wirk.", decimals=-2),
    ]  # fmt: skip
