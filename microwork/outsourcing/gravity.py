"""Outsourcing: distance, language and colonial past, each with the others held equal.

A gravity equation: projects of a pair of countries = exp(client effect + supplier effect + ties),
fitted by Poisson pseudo-maximum likelihood (Santos Silva and Tenreyro 2006). Pairs without a
project count as zeros; domestic pairs are left out. Standard errors are clustered by undirected
pair: France-Madagascar and Madagascar-France are one cluster. A client may be a part of a country
(``outsourcing_regions``): the first three letters of its code are the country. What is fitted, on
what, says ``outsourcing_models``.

The estimate is that of a Poisson GLM with a dummy for every client and every supplier (a test
compares the two). With some three hundred dummies that takes seconds a fit, so the dummies are
swept out of each step of iteratively reweighted least squares, as Correia, Guimarães and Zylkin
(2020) do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.metrics.pairwise import haversine_distances
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.sandwich_covariance import cov_cluster
from tallybook.model.digits import rounded
from tallybook.model.numbers import Bounded

EARTH_KM = 6371.0  # mean radius
EMPIRES = {"FRA": "french_ties", "GBR": "british_ties", "ESP": "spanish_ties"}
LANGUAGES = ("French", "English", "Spanish", "Arabic")
BASE = ("log_distance", "contiguity", "language", "client_coloniser", "worker_coloniser")
BY_EMPIRE = (
    "log_distance",
    "contiguity",
    "language",
    *EMPIRES.values(),
    "other_ties",
    "worker_coloniser",
)
BY_LANGUAGE = (
    "log_distance",
    "contiguity",
    *(f"both_{x.lower()}" for x in LANGUAGES),
    "other_language",
    *BY_EMPIRE[3:],
)


@dataclass(frozen=True)
class Fit:
    """A fitted gravity equation.

    ``terms``: index term; columns coefficient, low, high (95 %) and se (clustered by undirected
    pair). ``pairs``, ``projects``: what it was fitted on.
    """

    terms: pd.DataFrame
    pairs: int
    projects: int

    def factor(self, term: str) -> Bounded:
        """exp(coefficient) with its interval: by how much a tie multiplies projects."""
        row = self.terms.loc[term, ["coefficient", "low", "high"]].to_numpy(float)
        value, low, high = map(rounded, np.exp(row))
        return value, low, high


def distances(countries: pd.DataFrame) -> pd.DataFrame:
    """Great-circle distances in km between the main cities of countries (index code; latitude,
    longitude in degrees)."""
    points = np.radians(countries[["latitude", "longitude"]].to_numpy(float))
    return pd.DataFrame(EARTH_KM * haversine_distances(points), countries.index, countries.index)


def design(
    counts: pd.DataFrame, countries: pd.DataFrame, languages: Mapping[str, set[str]] | None = None
) -> pd.DataFrame:
    """One row per client and supplier of different countries that CEPII knows, with projects and
    all ties.

    ``counts``: projects, clients in rows, suppliers in columns; ``countries`` as
    ``links.countries()``; ``languages``: those of clients that speak otherwise than their country.
    Clients that buy nothing abroad and suppliers that sell nothing abroad are left out: they have
    no finite effect.
    """
    clients = [code for code in counts.index if code[:3] in countries.index]
    suppliers = [code for code in counts.columns if code in countries.index]
    cells = counts.loc[clients, suppliers].rename_axis(index="client", columns="supplier").stack()
    frame = cells.rename("projects").reset_index()
    frame = _with_trade(frame[frame["client"].str[:3] != frame["supplier"]])
    pairs = list(zip(frame["client"].str[:3], frame["supplier"], strict=True))
    ruled, near = (countries[c].to_dict() for c in ("colonisers", "neighbours"))
    spoken = countries["languages"].to_dict()
    theirs = spoken | dict(languages or {})
    km = distances(countries).stack().to_dict()
    frame["log_distance"] = np.log([km[pair] for pair in pairs])
    shared = [
        theirs.get(client, spoken[client[:3]]) & spoken[b]
        for client, (_, b) in zip(frame["client"], pairs, strict=True)
    ]
    frame["contiguity"] = [float(b in near[a]) for a, b in pairs]
    frame["language"] = [float(bool(both)) for both in shared]
    frame["client_coloniser"] = [float(a in ruled[b]) for a, b in pairs]
    frame["worker_coloniser"] = [float(b in ruled[a]) for a, b in pairs]
    for client, term in EMPIRES.items():
        frame[term] = frame["client_coloniser"] * (frame["client"].str[:3] == client)
    named = frame[list(EMPIRES.values())].sum(axis="columns")
    frame["other_ties"] = frame["client_coloniser"] - named
    for language in LANGUAGES:
        frame[f"both_{language.lower()}"] = [float(language in both) for both in shared]
    frame["other_language"] = [
        float(bool(both - set(LANGUAGES)) and not both & set(LANGUAGES)) for both in shared
    ]
    return frame.reset_index(drop=True)


def _with_trade(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of clients and suppliers that trade with somebody in the frame; repeated until nothing
    more falls out."""
    while True:
        buys = frame.groupby("client")["projects"].transform("sum") > 0
        sells = frame.groupby("supplier")["projects"].transform("sum") > 0
        if (buys & sells).all():
            return frame.copy()
        frame = frame[buys & sells]


def fit(frame: pd.DataFrame, terms: Sequence[str]) -> Fit:
    """Fit the equation to rows with the columns client, supplier, projects and ``terms``.

    Raises ``ValueError`` if the fit does not converge (see ``iterate``).
    """
    frame = _with_trade(frame)
    client, clients = pd.factorize(frame["client"])
    supplier, suppliers = pd.factorize(frame["supplier"])
    projects = frame["projects"].to_numpy(float)
    swept, mean = iterate(projects, frame[list(terms)].to_numpy(float), client, supplier)
    # At the end the weighted regression gives the estimate, and its clustered covariance is that of
    # the Poisson model.
    result = WLS(swept[:, 0], swept[:, 1:], weights=mean, hasconst=False).fit()
    by_pair = cov_cluster(result, undirected(frame))
    # statsmodels counts the terms as parameters; the effects that were swept out are parameters
    # too.
    left = len(frame) - len(terms)
    se = np.sqrt(np.diag(by_pair) * left / (left - len(clients) - len(suppliers) + 1))
    table = pd.DataFrame({"coefficient": result.params, "se": se}, list(terms))
    half = norm.ppf(0.975) * se
    table = table.assign(low=table["coefficient"] - half, high=table["coefficient"] + half)
    return Fit(table, len(frame), int(projects.sum()))


def iterate(
    projects: np.ndarray,
    ties: np.ndarray,
    client: np.ndarray,
    supplier: np.ndarray,
    start: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Iteratively reweighted least squares with client and supplier effects swept out.

    ``projects``: (rows,); ``ties``: (rows, k); ``client`` and ``supplier``: positions from zero;
    ``start``: means to begin with (rows,), such as those of a like model. Returns the swept
    columns, working response first (rows, 1 + k), and the fitted means (rows,): regressing the
    first column on the others with the means as weights gives the coefficients. Raises
    ``ValueError`` if the means still move after 100 steps.
    """
    mean = (projects + projects.mean()) / 2 if start is None else start
    for _ in range(100):
        working = np.log(mean) + projects / mean - 1
        swept = sweep(np.column_stack([working, ties]), mean, client, supplier)
        line = working - (swept[:, 0] - swept[:, 1:] @ coefficients(swept, mean))
        step, mean = np.abs(line - np.log(mean)).max(), np.exp(line)
        if step < 1e-9:
            return swept, mean
    raise ValueError("gravity equation: no convergence in 100 steps")


def coefficients(swept: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Weighted least squares of the first swept column on the others."""
    weighted = swept[:, 1:] * mean[:, None]
    return np.linalg.solve(weighted.T @ swept[:, 1:], weighted.T @ swept[:, 0])


def sweep(
    columns: np.ndarray, weights: np.ndarray, client: np.ndarray, supplier: np.ndarray
) -> np.ndarray:
    """What is left of each column after weighted least squares on a dummy per client and per
    supplier.

    ``columns``: (rows, k); ``weights``: (rows,), above zero; ``client`` and ``supplier``: positions
    from zero. The normal equations of the dummies are solved at once; the first supplier is the
    reference.
    """
    count, total = client.max() + 1, client.max() + supplier.max() + 2
    cross = np.zeros((count, total - count))
    cross[client, supplier] = weights  # each pair of countries is one row
    normal = np.block([[np.diag(cross.sum(axis=1)), cross], [cross.T, np.diag(cross.sum(axis=0))]])
    places = np.concatenate([client, count + supplier])
    weighted = columns * weights[:, None]
    right = np.column_stack(
        [np.bincount(places, np.tile(column, 2), total) for column in weighted.T]
    )
    keep = np.arange(total) != count
    effects = np.zeros_like(right)
    effects[keep] = np.linalg.solve(normal[np.ix_(keep, keep)], right[keep])
    within: np.ndarray = columns - effects[client] - effects[count + supplier]
    return within


def undirected(frame: pd.DataFrame) -> np.ndarray:
    """A number for each unordered pair of countries, the same for both directions and for all parts
    of a client country."""
    client, supplier = frame["client"].str[:3].to_numpy(str), frame["supplier"].to_numpy(str)
    first = client < supplier
    numbered: np.ndarray = pd.factorize(
        np.char.add(np.where(first, client, supplier), np.where(first, supplier, client))
    )[0]
    return numbered
