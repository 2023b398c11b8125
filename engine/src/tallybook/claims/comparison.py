"""How one number is compared with a claim: its figure with a range, or a range with a threshold,
and how sharply."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from tallybook.claims import measurements, rules
from tallybook.claims.claim import Claim
from tallybook.claims.model import Severity, Tested
from tallybook.claims.rules import Computed
from tallybook.claims.vocabulary import ClaimError, Verdict


@dataclass(frozen=True)
class Comparison:
    """How one number is compared with a claim."""

    claim: Claim
    unit: str
    above: float | None
    below: float | None
    weak: bool
    limits: rules.Thresholds

    def __post_init__(self) -> None:
        """Raise ``ClaimError`` for a threshold that is not the published figure. A figure in
        another unit, such as hours where the test is on wages, is no threshold."""
        claim, limit = self.claim, self.limit
        if limit is None or claim.value is None or claim.unit != self.unit:
            return
        if not any(math.isclose(limit, end) for end in claim.ends):
            column = f"data/claims.csv, claim {claim.claim_id!r}, column value"
            side = f"{limit:g} in {self.kind}="
            raise ClaimError(column, f"{claim.value:g}, and {side}", "one figure in both")

    @property
    def share(self) -> bool:
        return self.claim.unit == "percent"

    @property
    def kind(self) -> str:
        return (
            "figure"
            if self.above is None and self.below is None
            else "above"
            if self.above is not None
            else "below"
        )

    @property
    def limit(self) -> float | None:
        return self.above if self.above is not None else self.below

    def with_limit(self, limit: float | None) -> Comparison:
        """The same with another threshold; itself for ``None``."""
        if limit is None or self.limit is None:
            return self
        return replace(self, above=limit) if self.kind == "above" else replace(self, below=limit)

    def crossed(self, least: float, most: float | None) -> bool:
        """Whether what can be measured is on both sides of the threshold; always for a figure."""
        if self.above is not None:
            return least < self.above
        return self.below is None or most is None or self.below < most

    def __call__(self, found: Computed) -> Verdict:
        if self.kind == "figure":
            verdict = rules.quantity(
                self.claim.ends, self.claim.said, found[1:], self.share, self.limits
            )
        else:
            verdict = rules.threshold(found[1:], above=self.above, below=self.below)
        return rules.weakened(verdict) if self.weak else verdict

    def severity(self, found: Computed, scale: str) -> Severity | None:
        if self.kind == "figure":
            firm = rules.quantity(
                self.claim.ends, self.claim.said, found[1:], self.share, self.limits
            )
            return rules.quantity_severity(self.claim.ends, firm, found[1:], self.share)
        return rules.threshold_severity(
            found, scale, self.kind == "above", distance_unit(self.unit)
        )

    def moves(self, found: Computed, scale: str, measurement: measurements.Measurement) -> bool:
        """Whether a range has two ends, and can move with the truth as far as its severity
        supposes.

        Against a threshold the truth would lie so far on the wrong side that the whole range just
        does. There the range has to fit into what can be measured.
        """
        _, low, high = found
        if low == high or self.limit is None:
            return low < high
        far = high if self.kind == "above" else low
        moved = [
            end * self.limit / far if scale == "ratio" and low > 0 else end + self.limit - far
            for end in (low, high)
        ]
        return moved[0] >= measurement.least and (
            measurement.most is None or moved[1] <= measurement.most
        )


def distance_unit(unit: str) -> str:
    """The unit of a distance between two numbers in a unit."""
    return "points" if unit in ("percent", "percentage points") else unit


def compared(claim: Claim, test: Tested, weak: bool, limits: rules.Thresholds) -> Verdict:
    """The verdict of a comparison under other thresholds."""
    return Comparison(claim, "", None, None, weak, limits)(test.range)
