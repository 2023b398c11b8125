"""Dagum's curve of incomes, fitted to deciles or to what a survey publishes: a second way to the shape of France.

The curve has two parameters besides its scale, which drops out here, as incomes are over the median. Source: Dagum, Économie
appliquée 30 (1977), 413-437; Kleiber and Kotz, Statistical Size Distributions in Economics and Actuarial Sciences, 2003,
section 6.3, for mean and Lorenz curve. SciPy calls it ``burr``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from scipy import stats
from scipy.optimize import least_squares
from scipy.special import beta, betainc

from microwork.poverty.shapes import Shape

START = (3.5, 1.0)  # near what French incomes have; the fit does not hang on it
TIGHT, DIGITS = 1e-14, 6  # how near to the best fit the search ends, and the digits of its parameters that are kept


def dagum(a: float, p: float) -> Shape:
    """The shape of Dagum's curve. Wants ``a`` and ``p`` above 0."""
    curve = stats.burr(a, p)
    middle = float(curve.median())
    return Shape(lambda share: float(curve.ppf(share)) / middle, lambda line: float(curve.cdf(line * middle)))


def mean(a: float, p: float) -> float:
    """Mean over median. Wants ``a`` above 1."""
    return p * float(beta(p + 1 / a, 1 - 1 / a)) / float(stats.burr(a, p).median())


def held(a: float, p: float, share: float) -> float:
    """Part of all income that the lowest ``share`` of people have (Lorenz curve). Wants ``a`` above 1."""
    return float(betainc(p + 1 / a, 1 - 1 / a, share ** (1 / p)))


def fitted(quantiles: Mapping[float, float], average: float | None = None, parts: Mapping[float, float] | None = None) -> Shape:
    """Dagum's curve nearest to what is known, by least squares of logarithms.

    ``quantiles``: rank -> income, any unit, the median (0.5) among them; ``average``: mean in the same unit; ``parts``: rank ->
    part of all income below that rank. Raises ``ValueError`` for fewer than two figures besides the median.
    """
    known = {rank: income / quantiles[0.5] for rank, income in quantiles.items() if rank != 0.5}
    parts = parts or {}
    if len(known) + len(parts) + (average is not None) < 2:
        raise ValueError(f"found the quantiles {dict(quantiles)} and little else; expected two figures besides the median")

    def away(logs: np.ndarray) -> list[float]:
        a, p = 1 + math.exp(logs[0]), math.exp(logs[1])
        shape = dagum(a, p)
        pairs = [(shape.at(rank), income) for rank, income in known.items()]
        pairs += [(held(a, p, rank), part) for rank, part in parts.items()]
        if average is not None:
            pairs.append((mean(a, p), average / quantiles[0.5]))
        return [math.log(curve / figure) for curve, figure in pairs]

    found = least_squares(_as_array(away), [math.log(START[0] - 1), math.log(START[1])], xtol=TIGHT, ftol=TIGHT, gtol=TIGHT)
    # Where the search ends depends on the last bits of a processor; what is left after these digits does not.
    a, p = (float(f"{value:.{DIGITS}g}") for value in (1 + math.exp(found.x[0]), math.exp(found.x[1])))
    return dagum(a, p)


def _as_array(function: Callable[[np.ndarray], list[float]]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: np.array(function(x))
