"""The rules that turn what was claimed and what was found into a verdict. Each is a pure function of two ranges.

A claim holds only where every value in the range that was found is close to it, a test of equivalence (Schuirmann 1987): a wider
range can therefore never make a claim hold, nor turn a weak test into a firm one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tallybook import data
from tallybook.data.provenance import untraced

from microwork.claims.model import ClaimError, Severity, Verdict
from microwork.paths import DATA

Ends = tuple[float, float]


@dataclass(frozen=True)
class Thresholds:
    """The least error that a test must notice for a claim to hold: a factor, and percentage points for a share."""

    factor: float
    points: float


def thresholds(folder: Path = DATA) -> Thresholds:
    """The thresholds in ``data/thresholds.csv``."""
    with untraced():
        return Thresholds(*(data.value("thresholds", name, folder) for name in ("factor", "points")))


def quantity(figure: Ends, said: Ends, found: Ends, share: bool, limits: Thresholds) -> tuple[Verdict, Severity | None]:
    """A figure against a range: holds, fits, too high or too low.

    All are least and most, in one unit: ``figure`` as published (twice the same unless it was a range), ``said`` what it can mean
    as it was rounded, ``found`` what was found. ``share``: measured in percentage points, not as a factor. A figure that fits was
    not tested at all by a range that reaches down to nought: its severity is ``None``.
    """
    near = distance(figure, found, share)
    if near is not None and near <= (limits.points if share else limits.factor):
        return Verdict.HOLDS, _severity(near, share)
    if said[0] > found[1]:
        return Verdict.TOO_HIGH, _severity(_width(found, share), share)
    if said[1] < found[0]:
        return Verdict.TOO_LOW, _severity(_width(found, share), share)
    return Verdict.FITS, _severity(near, share)


def distance(figure: Ends, found: Ends, share: bool) -> float | None:
    """How far the range that was found reaches beyond a figure: points for a share, otherwise a factor of at least 1.

    A figure that is off by more than this, either way, lies outside the range: it is the smallest error that is sure to be
    noticed. ``None``: no factor, as the range reaches nought.
    """
    if share:
        return max(0.0, found[1] - figure[1], figure[0] - found[0])
    if found[0] <= 0 or figure[0] <= 0:
        return None
    return max(1.0, found[1] / figure[1], figure[0] / found[0])


def threshold(found: Ends, value: float, above: float | None, below: float | None) -> tuple[Verdict, Severity | None]:
    """A comparison against a threshold: holds on the claimed side with its whole range, contradicted on the other.

    ``value``: what was found, within ``found``. The severity says how far on the wrong side the truth would have to be to be
    noticed: a factor where the threshold is above nought, otherwise in the unit of the number.
    """
    if (above is None) == (below is None):
        raise ClaimError("a test takes either above or below")
    limit = above if above is not None else below
    assert limit is not None
    holds, fails = (found[0] > limit, found[1] < limit) if above is not None else (found[1] < limit, found[0] > limit)
    reach = (value, found[0]) if above is not None else (found[1], value)  # from the value towards the threshold
    severity = None
    if limit > 0 and reach[1] > 0:
        severity = Severity(reach[0] / reach[1], "times")
    elif limit == 0:
        severity = Severity(reach[0] - reach[1], "")
    return Verdict.HOLDS if holds else Verdict.CONTRADICTED if fails else Verdict.NO_EVIDENCE, severity


def weakened(verdict: Verdict) -> Verdict:
    """What a verdict becomes where the test cannot bear a firm one: weaker, on the same side."""
    against = {Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.CONTRADICTED}
    return Verdict.FITS if verdict is Verdict.HOLDS else Verdict.DOUBTFUL if verdict in against else verdict


def _width(found: Ends, share: bool) -> float | None:
    if share:
        return found[1] - found[0]
    return found[1] / found[0] if found[0] > 0 else None


def _severity(value: float | None, share: bool) -> Severity | None:
    return None if value is None else Severity(value, "points" if share else "times")
