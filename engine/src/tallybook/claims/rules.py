"""The rules that turn what was claimed and what was found into a verdict. Each is a pure function.

A claim holds only where every value in the range that was found is close to it, a test of
equivalence (Schuirmann 1987): a wider range can therefore never make a claim hold, nor turn a weak
test into a firm one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tallybook import data
from tallybook.claims.model import Severity
from tallybook.claims.vocabulary import ClaimError, Verdict
from tallybook.data.provenance import untraced

Ends = tuple[float, float]
Computed = tuple[float, float, float]  # value, low, high

PRO = frozenset({Verdict.HOLDS, Verdict.DOCUMENTED, Verdict.NOT_CONTRADICTED})
CON = frozenset({Verdict.TOO_HIGH, Verdict.TOO_LOW, Verdict.CONTRADICTED, Verdict.DOUBTFUL})
OUTCOMES = 400  # values tried over the range of outcomes


@dataclass(frozen=True)
class Thresholds:
    """What the rules compare distances with: a factor, and percentage points for a share.

    factor, points: the least error that a test must notice for a claim to hold.
    blunt_factor, blunt_points: a test that would miss an error of this size does not count as
        evidence.
    """

    factor: float
    points: float
    blunt_factor: float
    blunt_points: float

    def near(self, share: bool) -> float:
        return self.points if share else self.factor

    def blunt(self, share: bool) -> float:
        return self.blunt_points if share else self.blunt_factor


def thresholds(folder: Path | None = None) -> Thresholds:
    """The thresholds in ``data/thresholds.csv``, or those of the engine if the report has no such
    table."""
    if "thresholds" not in data.names():
        return Thresholds(factor=1.5, points=10, blunt_factor=3, blunt_points=25)
    names = ("factor", "points", "blunt_factor", "blunt_points")
    with untraced():
        return Thresholds(*(data.value("thresholds", name, folder) for name in names))


def quantity(figure: Ends, said: Ends, found: Ends, share: bool, limits: Thresholds) -> Verdict:
    """A figure against a range: holds, too high, too low, not contradicted or undecided.

    All are least and most, in one unit: ``figure`` as published (twice the same unless it was a
    range), ``said`` what it can mean as it was rounded, ``found`` what was found. ``share``:
    measured in percentage points, not as a factor. A figure that lies in a range so wide that the
    test would have missed an error of ``limits.blunt`` stays undecided.
    """
    near = distance(figure, found, share)
    if near is not None and near <= limits.near(share):
        return Verdict.HOLDS
    if said[0] > found[1]:
        return Verdict.TOO_HIGH
    if said[1] < found[0]:
        return Verdict.TOO_LOW
    return (
        Verdict.UNDECIDED
        if near is None or near >= limits.blunt(share)
        else Verdict.NOT_CONTRADICTED
    )


def distance(figure: Ends, found: Ends, share: bool) -> float | None:
    """How far the range that was found reaches beyond a figure: points for a share, otherwise a
    factor of at least 1.

    A figure that is off by more than this, either way, lies outside the range: it is the smallest
    error that is sure to be noticed. ``None``: no factor, as the range reaches nought.
    """
    if share:
        return max(0.0, found[1] - figure[1], figure[0] - found[0])
    if found[0] <= 0 or figure[0] <= 0:
        return None
    return max(1.0, found[1] / figure[1], figure[0] / found[0])


def quantity_severity(figure: Ends, verdict: Verdict, found: Ends, share: bool) -> Severity | None:
    """The smallest error in a figure that is sure to be noticed; ``None`` if the range reaches
    nought.

    Where the figure lies outside the range, this is the width of the range: a figure at one of its
    ends would have to be off by so much to leave it at the other.
    """
    unit = "points" if share else "times"
    if verdict in (Verdict.TOO_HIGH, Verdict.TOO_LOW):
        if share:
            return Severity(found[1] - found[0], unit)
        return Severity(found[1] / found[0], unit) if found[0] > 0 else None
    near = distance(figure, found, share)
    return None if near is None else Severity(near, unit)


def threshold(found: Ends, *, above: float | None = None, below: float | None = None) -> Verdict:
    """A comparison: holds on the claimed side with its whole range, contradicted on the other,
    otherwise undecided.

    Raises ``ClaimError`` unless one of ``above`` and ``below`` is given.
    """
    if (above is None) == (below is None):
        raise ClaimError("a test takes either above or below")
    if above is not None:
        holds, fails = found[0] > above, found[1] < above
    else:
        assert below is not None
        holds, fails = found[1] < below, found[0] > below
    return Verdict.HOLDS if holds else Verdict.CONTRADICTED if fails else Verdict.UNDECIDED


def threshold_severity(found: Computed, scale: str, above: bool, unit: str) -> Severity | None:
    """How far on the wrong side of a threshold the truth would have to be to be sure to be noticed.

    The range moves with the truth. For a claim of "above", the opposite is noticed when the whole
    range lies below the threshold, that is when its upper end does: so the error is ``high /
    value`` on the scale of ratios, and ``high - value`` on that of differences; for "below" it is
    ``value / low`` or ``value - low``. ``None``: no factor, as an end is nought.
    """
    value, low, high = found
    far, near = (high, value) if above else (value, low)
    if scale == "ratio":
        return Severity(far / near, "times") if near > 0 else None
    return Severity(far - near, unit)


def weakened(verdict: Verdict) -> Verdict:
    """What a verdict becomes where the test cannot bear a firm one: weaker, on the same side."""
    if verdict is Verdict.HOLDS:
        return Verdict.NOT_CONTRADICTED
    return Verdict.DOUBTFUL if verdict in CON else verdict


def together(verdicts: Collection[Verdict]) -> Verdict:
    """The verdict of several tests of one claim.

    Tests on both sides leave it undecided. An undecided test beside others takes their firmness,
    and no more. Tests that agree give their verdict; where they agree in the side only, it is the
    weaker one of that side.
    """
    found = set(verdicts)
    pro, con = found & PRO, found & CON
    if (pro and con) or not (pro or con) or {Verdict.TOO_HIGH, Verdict.TOO_LOW} <= con:
        return Verdict.UNDECIDED
    if len(found) == 1:
        return found.pop()
    return Verdict.NOT_CONTRADICTED if pro else Verdict.DOUBTFUL


def documents(same: bool, like: bool, against: bool, unlike: bool) -> Verdict:
    """The verdict from texts that do not report the claimants.

    same: one at least reports what the claim says, of the place of which the claim says it; for a
        claim that something exists, one case is enough.
    like: one reports something like it: on the same matter, and exactly one of the things in
        ``Lacks`` is missing.
    against: one reports the opposite. unlike: one speaks against it, and exactly one of those
    things is missing. Texts on both sides, or on neither, leave it undecided.
    """
    if (same or like) == (against or unlike):
        return Verdict.UNDECIDED
    if same or like:
        return Verdict.DOCUMENTED if same else Verdict.NOT_CONTRADICTED
    return Verdict.CONTRADICTED if against else Verdict.DOUBTFUL


def outcomes(found: Computed, scale: str, least: float, most: float | None) -> Iterator[Computed]:
    """What a measurement could have given: its range moved over all values from ``least`` to
    ``most``.

    On the scale of ratios the range keeps its factors, on that of differences its widths; no end
    leaves the limits. ``most``: ``None`` for none; then values go to a hundred times what was
    found.
    """
    value, low, high = found
    top = most if most is not None else 100 * max(abs(end) for end in (*found, 1.0))
    by_factor = scale == "ratio" and low > 0

    def bounded(end: float) -> float:
        return min(max(end, least), top)

    start = max(least, value / 1e4) if by_factor else least
    for step in range(OUTCOMES):
        share = step / (OUTCOMES - 1)
        one = start * (top / start) ** share if by_factor else start + share * (top - start)
        ends = (
            (one * low / value, one * high / value)
            if by_factor
            else (one + low - value, one + high - value)
        )
        yield bounded(one), bounded(ends[0]), bounded(ends[1])


def can_fail(verdict: Callable[[Computed], Verdict], possible: Iterable[Computed]) -> bool:
    """Whether the possible outcomes of a test give more than one verdict."""
    return len({verdict(one) for one in possible}) > 1
