"""Routes over factors, drawn at fixed points and pooled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tallybook.answers import formulas
from tallybook.answers.factors import Factor
from tallybook.answers.scales import LEVELS, STEPS, Floats, natural, of_formula

POINTS = 8192  # with 1,024 the ends of 80 percent were off by up to a tenth in ten dimensions
BETWEEN = np.linspace(0.01, 2.5, 250)  # spreads between routes that are tried
PLAUSIBLE = 0.5  # of them: as likely to be less as to be more, before any route is looked at
HALF = 0.5  # of a route's variance: what shares a factor with more than that is one route


@dataclass(frozen=True)
class Question:
    """What is asked: a row of ``questions.csv``. ``definition``: what counts, whom, where and
    when; ``scale``: ``log``, ``logit`` or ``linear``; ``reading``: what it counts, in few words,
    for a claim that may mean it; ``within``: the ids of questions that count all of it and more."""

    id: str
    question: str
    definition: str
    unit: str
    scale: str
    reading: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """One way to an answer: a formula over factors, why it is one, and where it stands."""

    id: str
    formula: str
    reason: str
    place: str = ""

    @property
    def factors(self) -> tuple[str, ...]:
        """The ids of the factors it names."""
        return formulas.names(self.formula)


@dataclass(frozen=True)
class Pool:
    """Routes of one question, drawn.

    Attributes
    ----------
    scale: of the question.
    groups: the routes that count as one, by their ids; most stand alone.
    draws: of each group, on the scale.
    levels: for each group, the points at which its own error is drawn.
    """

    scale: str
    groups: tuple[tuple[str, ...], ...]
    draws: Floats
    levels: Floats

    @cached_property
    def variances(self) -> Floats:
        return np.asarray(self.draws.var(axis=1))

    @cached_property
    def medians(self) -> Floats:
        return np.asarray(np.median(self.draws, axis=1))

    def weights(self, spread: float) -> Floats:
        """How much each group counts, where routes err by ``spread`` beside what their factors
        say."""
        if len(self.groups) == 1:  # which may be known exactly
            return np.ones(1)
        found = 1 / (self.variances + spread**2)
        return np.asarray(found / found.sum())

    def weight(self, route: str, spread: float) -> float:
        """How much one route counts in the answer."""
        found = zip(self.groups, self.weights(spread), strict=True)
        return next(float(one) / len(group) for group, one in found if route in group)

    def apart(self, spread: float) -> float:
        """How much farther apart the groups lie than their ranges and the ``spread`` let one
        expect, 1 if not: the ratio of Birge (1932, Physical Review 40, 207-227)."""
        if len(self.groups) == 1:
            return 1.0
        off = (self.medians - self.weights(spread) @ self.medians) ** 2
        chi_square = float((off / (self.variances + spread**2)).sum())
        return max(1.0, math.sqrt(chi_square / (len(self.groups) - 1)))

    def apart_and_usual(self) -> tuple[float, float]:
        """How far the groups lie apart by the Q of Cochran (1954, Biometrics 10, 101-129), and its
        mean in the draws, where a factor that they share moves them alike; nought for one group."""
        if len(self.groups) == 1:
            return 0.0, 0.0
        off = np.column_stack([self.medians, self.draws - self.medians[:, None]])
        squared = (off - self.weights(0) @ off) ** 2 / self.variances[:, None]
        found, *drawn = squared.sum(axis=0)
        return float(found), float(np.mean(drawn))

    def together(self, spread: float, weights: Floats | None = None) -> Floats:
        """The draws of the random-effects value of all groups, as much wider as they lie apart,
        about the mean of their medians. ``weights``: those of another drawing of the same groups,
        instead of its own."""
        own = self.weights(spread)
        taken = own if weights is None or len(weights) != len(own) else weights
        drawn = taken @ self.erring(spread)
        return np.asarray(
            widened(drawn, self.apart(spread)) - np.median(drawn) + taken @ self.medians
        )

    def linear(self, spread: float) -> Floats:
        """The draws of all groups side by side: one of them is right."""
        return self.erring(spread).ravel()

    def erring(self, spread: float) -> Floats:
        """The draws with what routes err by."""
        return np.asarray(self.draws + spread * np.interp(self.levels, LEVELS, STEPS))


def widened(draws: Floats, times: float) -> Floats:
    """Draws with their distance from the median multiplied."""
    middle = np.median(draws)
    return np.asarray(middle + times * (draws - middle))


def points(dimensions: int, count: int = POINTS) -> Floats:
    """The first points of an additive recurrence in the unit cube: a row a dimension.

    Multiples of the square roots of the first primes (Richtmyer 1951, The evaluation of definite
    integrals). At this count the ends of all answers are within two percent of those of half a
    million random draws; powers of one root (R_d) were off by up to five."""
    primes: list[int] = []
    number = 2
    while len(primes) < dimensions:
        if all(number % one for one in primes):
            primes.append(number)
        number += 1
    steps = np.sqrt(np.array(primes, dtype=float)) % 1
    return np.asarray((0.5 + steps[:, None] * np.arange(1, count + 1)) % 1)


def shares(
    weights: Mapping[Route, float], factors: Mapping[str, Factor], scale: str
) -> dict[str, float]:
    """For each factor its share of the variance of some routes, weighted, in percent: what is left
    of it when all other factors stand at their medians."""
    named = dict.fromkeys(name for route in weights for name in route.factors)
    middle = {
        name: natural(factors[name].scale, factors[name].draw(np.asarray(0.5))) for name in named
    }
    levels = (np.arange(201) + 0.5) / 201
    alone = {}
    for name in named:
        drawn = {**middle, name: natural(factors[name].scale, factors[name].draw(levels))}
        moved = (
            weight * of_formula(scale, formulas.evaluate(route.formula, drawn))
            for route, weight in weights.items()
            if name in route.factors
        )
        alone[name] = float(np.var(sum(moved)))
    whole = sum(alone.values()) or 1.0
    # What is known exactly has a variance of nought, or of the last bits: the same everywhere now.
    return {name: round(100 * one / whole, 6) for name, one in alone.items()}


def drawn_at(routes: Sequence[Route], count: int = POINTS) -> dict[str, Floats]:
    """The points for each factor of some routes, and for what each route errs by, by its id: one
    draw wherever the same id stands."""
    named = [name for route in routes for name in route.factors]
    drawn = [*dict.fromkeys(named), *dict.fromkeys(f"{route.id} errs" for route in routes)]
    return dict(zip(drawn, points(len(drawn), count), strict=True))


def pool(
    question: Question,
    routes: Sequence[Route],
    factors: Mapping[str, Factor],
    count: int = POINTS,
    at: Mapping[str, Floats] | None = None,
) -> Pool:
    """Draw the routes of a question. A factor is one draw in all of them. ``at``: the points of
    several questions that are drawn together. Raises ``ValueError`` with the place of a route that
    gives a value which the scale of the question does not have."""
    at = at or drawn_at(routes, count)
    named = dict.fromkeys(name for route in routes for name in route.factors)
    values = {name: natural(factors[name].scale, factors[name].draw(at[name])) for name in named}
    drawn = {}
    for route in routes:
        given = np.broadcast_to(formulas.evaluate(route.formula, values), (count,))
        try:
            drawn[route.id] = of_formula(question.scale, given)
        except ValueError as error:
            raise ValueError(f"{route.place}: {error}") from None
    groups = _groups({route.id: shares({route: 1.0}, factors, question.scale) for route in routes})
    means = np.array([np.mean([drawn[name] for name in group], axis=0) for group in groups])
    errs = np.array([at[f"{group[0]} errs"] for group in groups])
    return Pool(question.scale, groups, means, errs)


def _groups(found: Mapping[str, Mapping[str, float]]) -> tuple[tuple[str, ...], ...]:
    """Routes that share a factor with more than half of the variance of either are one."""
    groups: list[list[str]] = []
    leading = {
        name: {factor for factor, share in of.items() if share > 100 * HALF}
        for name, of in found.items()
    }
    for name in found:
        mine = next((g for g in groups if any(leading[name] & leading[one] for one in g)), None)
        if mine is None:
            groups.append([name])
        else:
            mine.append(name)
    return tuple(map(tuple, groups))


def spread(pools: Iterable[Pool]) -> float:
    """The standard deviation between routes beyond what their factors say, for all questions of a
    scale together: two routes cannot estimate their own. 0 if no question has two routes.

    The mean over a grid, by the restricted likelihood of the routes' medians and a half-Cauchy
    prior. The usual moment estimate (DerSimonian and Laird 1986) is often nought where ranges are
    wide, as if nothing were left that all routes forget; this one is not."""
    several = [one for one in pools if len(one.groups) > 1]
    logs = -np.log1p((BETWEEN / PLAUSIBLE) ** 2)
    for one in several:
        weights = 1 / (one.variances[:, None] + BETWEEN**2)
        mean = (weights * one.medians[:, None]).sum(axis=0) / weights.sum(axis=0)
        off = (weights * (one.medians[:, None] - mean) ** 2).sum(axis=0)
        logs += (np.log(weights).sum(axis=0) - np.log(weights.sum(axis=0)) - off) / 2
    chances = np.exp(logs - logs.max())
    return float(chances @ BETWEEN / chances.sum()) if several else 0.0
