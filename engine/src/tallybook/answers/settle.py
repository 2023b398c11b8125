"""What would make an answer narrower: its leading factors, and what it is with one known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tallybook.answers.answer import Answer, Estimate, tried
from tallybook.answers.factors import Factor
from tallybook.answers.tables import Answered

MOST, LEAST = 3, 5  # factors of an answer; percent of its variance


@dataclass(frozen=True)
class Leading:
    """A factor with its share of an answer's variance in percent, and the answer if the factor were
    known and lay at the low or at the high end of its 80 percent."""

    factor: Factor
    share: float
    low: Estimate
    high: Estimate


def leading(found: Answer, answered: Answered) -> list[Leading]:
    """The factors that make most of the variance of an answer, the largest first."""
    factors = {one.id: one for one in found.factors}

    def known(factor: Factor, level: float) -> Estimate:
        there = np.full(len(factor.quantiles), factor.draw(np.asarray(level)))
        fixed = {factor.id: replace(factor, quantiles=there)}
        return tried(found, fixed, answered.between[found.question.scale], answered.widening)

    return [
        Leading(factors[name], share, known(factors[name], 0.1), known(factors[name], 0.9))
        for name, share in list(found.shares.items())[:MOST]
        if share >= LEAST
    ]
