"""Outsourcing: distance, language and colonial past, each with the others held equal.

A gravity equation: projects of a pair of countries = exp(client effect + supplier effect + ties),
fitted by Poisson pseudo-maximum likelihood (Santos Silva and Tenreyro 2006). Pairs without a
project count as zeros; domestic pairs are left out. Standard errors are clustered by undirected
pair: France-Madagascar and Madagascar-France are one cluster. Canada, Belgium and Switzerland are
parted by language (see ``clumps``); the first three letters of a client's code are the country.

The estimate is that of a Poisson GLM with a dummy for every client and every supplier (a test
compares the two). With some three hundred dummies that takes seconds a fit, so the dummies are
swept out of each step of iteratively reweighted least squares, as Correia, Guimarães and Zylkin
(2020) do.

The lists of CEPII name every power that held a part of a country at some time, so that the United
States were a French colony and the Philippines are a Spanish one. Here each country has one former
ruler (``links.rulers``); one equation is fitted again with the rulers of CEPII.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import norm
from sklearn.metrics.pairwise import haversine_distances
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.sandwich_covariance import cov_cluster
from tallybook.builder.cache.results import kept
from tallybook.data.provenance import step
from tallybook.model.digits import rounded
from tallybook.model.numbers import Bounded

from microwork.outsourcing import clumps, links

EARTH_KM = 6371.0  # mean radius
EMPIRES = {"FRA": "french_ties", "GBR": "british_ties", "ESP": "spanish_ties"}
LANGUAGES = ("French", "English", "Spanish", "Arabic")
TIES = (*EMPIRES.values(), "other_ties", "worker_coloniser")
NEAR = ("log_distance", "contiguity")
IN_ALL = (*NEAR, *TIES)
BY_LANGUAGE = (*NEAR, *(f"both_{x.lower()}" for x in LANGUAGES), "other_language", *TIES)
EXPECTED = 5  # projects that a client is expected to buy from the suppliers of France, for a rank


class Model(NamedTuple):
    """One equation: its terms, and whether rulers are ours or CEPII's."""

    terms: tuple[str, ...]
    our_rulers: bool = True


MODELS = {
    "total": Model(IN_ALL),
    "languages": Model(BY_LANGUAGE),
    "languages-cepii": Model(BY_LANGUAGE, our_rulers=False),
}


def distances(countries: pd.DataFrame) -> pd.DataFrame:
    """Great-circle distances in km between the main cities of countries (index code; latitude,
    longitude in degrees)."""
    points = np.radians(countries[["latitude", "longitude"]].to_numpy(float))
    return pd.DataFrame(EARTH_KM * haversine_distances(points), countries.index, countries.index)


def design(
    counts: pd.DataFrame, countries: pd.DataFrame, languages: Mapping[str, set[str]]
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
    km = distances(countries).stack().to_dict()
    frame["log_distance"] = np.log([km[pair] for pair in pairs])
    frame["contiguity"] = [float(b in near[a]) for a, b in pairs]
    ties = np.array([float(a in ruled[b]) for a, b in pairs])
    frame["worker_coloniser"] = [float(b in ruled[a]) for a, b in pairs]
    for client, term in EMPIRES.items():
        frame[term] = ties * (frame["client"].str[:3] == client)
    frame["other_ties"] = ties - frame[list(EMPIRES.values())].sum(axis="columns")
    shared = [
        languages.get(client, spoken[client[:3]]) & spoken[b]
        for client, (_, b) in zip(frame["client"], pairs, strict=True)
    ]
    for language in LANGUAGES:
        frame[f"both_{language.lower()}"] = [float(language in both) for both in shared]
    frame["other_language"] = [
        float(bool(both) and not both.intersection(LANGUAGES)) for both in shared
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


def fit(frame: pd.DataFrame, terms: Sequence[str]) -> pd.DataFrame:
    """Fit the equation to rows with the columns client, supplier, projects and ``terms``.

    Index term; columns coefficient, low, high (95%) and se (clustered by undirected pair). Raises
    ``ValueError`` if the fit does not converge (see ``iterate``).
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
    found = pd.DataFrame({"coefficient": result.params, "se": se}, list(terms))
    half = norm.ppf(0.975) * se
    return found.assign(low=found["coefficient"] - half, high=found["coefficient"] + half)


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
        moved, mean = np.abs(line - np.log(mean)).max(), np.exp(line)
        if moved < 1e-9:
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


@step
def ties(our_rulers: bool = True) -> pd.DataFrame:
    """The design of all pairs of the report's data (see ``design``), with our rulers or those of
    CEPII. Shared by all who ask: not to be changed."""
    counts, countries = links.trade().counts, links.countries()
    if our_rulers:
        countries["colonisers"] = links.rulers()
    return design(clumps.split(counts), countries, clumps.languages(countries))


@step
@kept
def fitted(key: str) -> pd.DataFrame:
    """One of the ``MODELS``, fitted once (see ``fit``)."""
    one = MODELS[key]
    return fit(ties(one.our_rulers), one.terms)


def factor(key: str, term: str) -> Bounded:
    """By what factor a tie multiplies projects in one of the ``MODELS``: exp(coefficient) with its
    interval."""
    row = fitted(key).loc[term, ["coefficient", "low", "high"]].to_numpy(float)
    value, low, high = map(rounded, np.exp(row))
    return value, low, high


def once_french() -> list[str]:
    """All suppliers that France once ruled, by our rule (see ``links.rulers``), by code."""
    ruled, sold = links.rulers(), links.trade().sold
    return [code for code in sold.index[sold > 0] if "FRA" in ruled.get(code, set())]


@step
@kept
def given_france_s() -> pd.DataFrame:
    """Each client country as if it had ruled what France ruled: a randomisation test over clients
    (Fisher 1935).

    A tie of one client to the suppliers that France once ruled is added to the equation
    "languages"; the factor is by how much it multiplies projects. For France it is the factor of
    its own tie. Only clients of which chance expects ``EXPECTED`` projects or more with these
    suppliers. Columns client (code), factor; the largest factor first.
    """
    frame, expected, suppliers = ties(), links.trade().expected, once_french()
    client, supplier = (pd.factorize(frame[side])[0] for side in ("client", "supplier"))
    projects, others = frame["projects"].to_numpy(float), frame[list(BY_LANGUAGE)].to_numpy(float)
    _, mean = iterate(projects, others, client, supplier)
    theirs, country = frame["supplier"].isin(suppliers), frame["client"].str[:3]
    rows = [("FRA", factor("languages", "french_ties")[0])]
    for code in country.unique():
        chance = float(expected.loc[code, [one for one in suppliers if one != code]].sum())
        if code == "FRA" or chance < EXPECTED:
            continue
        tie = (theirs & (country == code)).to_numpy(float)
        found = iterate(projects, np.column_stack([tie, others]), client, supplier, mean)
        rows.append((code, rounded(float(np.exp(coefficients(*found)[0])))))
    table = pd.DataFrame(rows, columns=["client", "factor"])
    return table.sort_values(["factor", "client"], ascending=[False, True], ignore_index=True)


def rank_of_france() -> int:
    """Place of France among the clients of ``given_france_s``, the largest factor first."""
    return 1 + int((given_france_s()["client"] == "FRA").idxmax())
