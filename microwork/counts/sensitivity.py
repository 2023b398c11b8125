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
from microwork.counts.inversion import CIRCLES, registrations_sum, visitors_sum
from microwork.paths import DATA


def harmonic_divisor(platforms: np.ndarray, weights: np.ndarray) -> float:
    """The divisor that turns accounts into people when respondents were met on a platform.

    ``platforms``: how many platforms a respondent uses, ``weights``: the share of respondents
    with that many; both shape (kinds,).

    Someone on k platforms holds k accounts, and is k times as likely to be met on one of them.
    Among respondents their share is therefore w(k) proportional to k p(k), with p(k) their share
    among people. Turned round, p(k) is proportional to w(k)/k, and the mean number of platforms per
    person, sum of k p(k), comes to sum w(k) / sum of w(k)/k: the harmonic mean over respondents.
    Raises ``ValueError`` for fewer than one platform, negative weights or weights without sum.
    """
    platforms, weights = np.asarray(platforms, dtype=float), np.asarray(weights, dtype=float)
    if (platforms < 1).any() or (weights < 0).any() or weights.sum() == 0:
        raise ValueError("wanted at least one platform each, and weights of zero or more with a sum above zero")
    return float(weights.sum() / (weights / platforms).sum())


def divisor_one_or(mean: float, most: int = 2) -> float:
    """Harmonic divisor if respondents are on one platform or on ``most``, with ``mean`` on average.

    For ``most = 2`` the share of respondents on two is q = mean - 1, and the divisor 1/((1 - q) + q/2).
    By Jensen's inequality no other mix with that mean gives a larger divisor, for 1/k lies above the
    straight lines between its neighbours; and no mix up to ``most`` platforms gives a smaller one.
    Raises ``ValueError`` unless 1 <= mean <= most.
    """
    if not 1 <= mean <= most:
        raise ValueError(f"found a mean of {mean} platforms; wanted one from 1 to {most}")
    q = (mean - 1) / (most - 1)
    return harmonic_divisor(np.array([1, most]), np.array([1 - q, q]))


def catchability_factor(variation: float) -> float:
    """True size over capture-recapture estimate when people differ in how easily they are caught.

    ``variation``: coefficient of variation CV of the chance to be caught, 0 or more. Two samples
    drawn alike give n1 n2 / m with m about N E[p^2], that is N E[p]^2 / E[p^2] = N / (1 + CV^2);
    so the estimate has to be multiplied by 1 + CV^2.
    """
    if variation < 0:
        raise ValueError(f"found a coefficient of variation of {variation}; wanted 0 or more")
    return 1 + variation**2


def recapture(catchability: np.ndarray, rng: np.random.Generator) -> float:
    """Lincoln-Petersen estimate n1 n2 / m from two simulated samples.

    ``catchability``: chance of each person to be in a sample, shape (people,), 0 to 1.
    Raises ``ValueError`` if nobody is in both samples.
    """
    first, second = (rng.random(len(catchability)) < catchability for _ in range(2))
    both = int((first & second).sum())
    if both == 0:
        raise ValueError("nobody was caught twice; the estimate is infinite")
    return float(first.sum()) * float(second.sum()) / both


def recapture_check(
    variations: tuple[float, ...] = (0.0, 0.5, 1.0), people: int = 20_000, repeats: int = 40, seed: int = 20190112
) -> pd.DataFrame:
    """Simulated capture-recapture beside the formula.

    Chances to be caught are gamma distributed with a mean of 1 in 10, so that almost none has to be
    cut at 1. Columns: variation, simulated (mean estimate over true size), formula (1/(1+CV^2)).
    """
    rng = np.random.default_rng(seed)
    rows = []
    for cv in variations:
        chances = np.full(people, 0.1) if cv == 0 else np.minimum(rng.gamma(1 / cv**2, 0.1 * cv**2, people), 1)
        found = [recapture(chances, rng) / people for _ in range(repeats)]
        rows.append((cv, float(np.mean(found)), 1 / catchability_factor(cv)))
    return pd.DataFrame(rows, columns=["variation", "simulated", "formula"])


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
    return pd.DataFrame(rows, columns=["measure", "where", "percent", "persons"]).sort_values("percent", ignore_index=True)


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
    spread, half = assumption("catchability", folder)["high"], share("working-visitors", "low", folder)
    harmonic, active = divisor_one_or(divisor), base["very active"]
    ends, bias, spreads = (short(wide), "1"), (short(divisor), short(harmonic)), ("a spread of 0", f"a spread of {short(spread)}")
    rows = [
        ("registered", "platforms per person", *ends, accounts / wide, accounts),
        ("registered", "divisor, if asked on one platform", *bias, base["registered"], accounts / harmonic),
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
    """Registered (persons) if the divisor was measured on one platform: respondents on one or two, and every other mix."""
    accounts, divisor, listed = registrations_sum().total, fact("fr-multihoming-coefficient"), int(fact("fr-platforms-total"))
    least = accounts / divisor_one_or(divisor)
    return least, least, accounts / divisor_one_or(divisor, listed)


def caught_unequally(part: str) -> float:
    """The very active circle (persons) if the chance to be caught varies as assumed: ``mode`` or ``high``."""
    return fact("fr-very-active") * catchability_factor(assumption("catchability")[part])


def numbers() -> list[Number]:
    """The published circles with one assumption changed at a time."""
    circular = (
        "Inference: registrations inverted from the published total, over "
        if registrations_sum().inverted
        else "Registrations from the platform table, over "
    )
    found = [
        number("counts.registered-no-multihoming", lambda: registrations_sum().total,
               "persons", "Registered if nobody is on two platforms", circular + "one.", decimals=0),
        number("counts.registered-multihoming-kassi",
               lambda: registrations_sum().total / fact("world-multihoming-coefficient-kassi"),
               "persons", "Registered with the divisor of Kässi and others",
               circular + "the divisor found for all online freelancing.", decimals=0),
        number("counts.divisor-size-bias", lambda: divisor_one_or(fact("fr-multihoming-coefficient")),
               "platforms per person", "Divisor if respondents were met on one platform",
               "Harmonic mean over respondents on one platform or two.", decimals=3),
        number("counts.registered-size-bias", size_bias, "persons", "Registered if the divisor was measured on one platform",
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
    how = "Published circle times one plus the squared coefficient of variation."
    for part, word in (("mode", "some"), ("high", "strong")):
        label = f"Very active if the chance to be caught varies: {word}"
        found.append(number(f"counts.very-active-catchability-{word}", partial(caught_unequally, part),
                            "persons", label, how, decimals=-2))  # fmt: skip
    return found
