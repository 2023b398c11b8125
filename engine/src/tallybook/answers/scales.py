"""The scales on which uncertainty is even: logs for counts, ratios and money, log odds for shares.

In tables and on pages a share is a percentage; in a formula it is a part of one.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallybook.answers import special

Floats = NDArray[np.float64]
SCALES = ("log", "logit", "linear")
STEPS = np.linspace(-3.2, 3.2, 33)  # of a standard normal: where a table of quantiles has its rows
LEVELS = np.array([math.erfc(-one / math.sqrt(2)) / 2 for one in STEPS])  # of these quantiles
HUNDRED = {"logit": 100.0}


def onto(scale: str, value: Any) -> Floats:
    """Values as printed on a scale; percentages on that of log odds.

    Raises ``ValueError`` for a value that is not finite, or that the scale does not have."""
    values = np.asarray(value, dtype=float) / HUNDRED.get(scale, 1)
    if not np.all(np.isfinite(values)):
        raise ValueError("found no finite number, as of a division by nought; expected one")
    outside = (values <= 0) | (values >= 1) if scale == "logit" else values <= 0
    if scale != "linear" and np.any(outside):
        found = float(values[outside].flat[0] * HUNDRED.get(scale, 1))
        wanted = "above 0" if scale == "log" else "between 0 and 100 percent, ends left out"
        raise ValueError(f"found {found:.6g} on the scale {scale}; expected {wanted}")
    if scale == "logit":
        return np.asarray(special.logit(values))
    return np.log(values) if scale == "log" else values


def natural(scale: str, value: Any) -> Floats:
    """Values of a scale as a formula has them: shares as parts of one."""
    values = np.asarray(value, dtype=float)
    if scale == "logit":
        return np.asarray(special.expit(values))
    return np.exp(values) if scale == "log" else values


def printed(scale: str, value: Any) -> Floats:
    """Values of a scale as tables and pages have them: shares in percent."""
    return natural(scale, value) * HUNDRED.get(scale, 1)


def of_formula(scale: str, value: Any) -> Floats:
    """What a formula gives, on the scale of its answer."""
    return onto(scale, np.asarray(value, dtype=float) * HUNDRED.get(scale, 1))
