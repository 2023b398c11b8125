"""An answer: what the routes to a question give together, and what it hangs on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from tallybook.answers.factors import Factor
from tallybook.answers.pool import Question, Route, pool, shares
from tallybook.answers.scales import LEVELS, Floats, printed
from tallybook.data.provenance import Fact

# The levels of probability of an ``Estimate``.
ENDS = {"median": 0.5, "low": 0.1, "high": 0.9, "low50": 0.25, "high50": 0.75}
ENDS |= {"low95": 0.025, "high95": 0.975}
MOST, LEAST = 3, 5  # leading factors of an answer; percent of its variance that each makes


@dataclass(frozen=True)
class Estimate:
    """A median with the ranges that hold 80, 50 and 95 percent, as printed; and on the scale the
    quantiles at ``scales.LEVELS``."""

    median: float
    low: float
    high: float
    low50: float
    high50: float
    low95: float
    high95: float
    quantiles: tuple[float, ...] = field(repr=False)

    @classmethod
    def of(cls, scale: str, draws: Floats) -> Estimate:
        """From draws on a scale."""
        ends = printed(scale, np.quantile(draws, [*ENDS.values()])).tolist()
        return cls(
            **dict(zip(ENDS, ends, strict=True)),
            quantiles=tuple(np.quantile(draws, LEVELS).tolist()),
        )


@dataclass(frozen=True)
class Taken:
    """A route as it was taken: what it gives alone, its weight, the answer without it (``None`` if
    it is the only one), and for each factor its share of the route's variance in percent."""

    route: Route
    weight: float
    estimate: Estimate
    without: Estimate | None
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Answer:
    """What the report thinks of a question.

    Attributes
    ----------
    question: what was asked.
    estimate: the answer.
    linear: what it is if only one of the routes is right, and nobody knows which.
    apart: how much wider the answer is because its routes lie apart; 1 if they do not.
    hidden: the answer without what the claimants published; the same as the answer if they gave
        nothing to it; ``None`` if nothing is left without them.
    claimants: whether a route rests on what they published.
    doubled: the answer with every judged range twice as wide on its scale, its routes weighted as
        before.
    routes: the routes as they were taken.
    factors: those that the routes name, each once.
    shares: for each factor its share of the variance of the answer in percent, the largest first.
    leading: for the factors that make most of the variance, the answer if each were known and lay
        at the low or at the high end of its 80 percent.
    alone: whether all of it hangs on one route, or on routes that count as one.
    """

    question: Question
    estimate: Estimate
    linear: Estimate
    apart: float
    hidden: Estimate | None
    claimants: bool
    doubled: Estimate
    routes: tuple[Taken, ...]
    factors: tuple[Factor, ...]
    shares: Mapping[str, float]
    leading: Mapping[str, tuple[Estimate, Estimate]]
    alone: bool

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The rows it rests on."""
        return tuple(sorted({fact for one in self.factors for fact in one.facts}))


def tried(found: Answer, moved: Mapping[str, Factor], between: float) -> Estimate:
    """The answer with some of its factors in the place of ours; how far routes err stays."""
    factors = {one.id: one for one in found.factors} | dict(moved)
    drawn = pool(found.question, [one.route for one in found.routes], factors)
    return Estimate.of(drawn.scale, drawn.together(between))


def answer(
    question: Question, routes: Sequence[Route], factors: Mapping[str, Factor], between: float
) -> Answer:
    """The answer to a question. ``between``: the spread between routes on its scale."""

    of = partial(Estimate.of, question.scale)

    def estimate(taken: Sequence[Route], known: Mapping[str, Factor] = factors) -> Estimate:
        return of(pool(question, taken, known).together(between))

    def known(name: str) -> tuple[Estimate, Estimate]:
        low, high = (factors[name].fixed(level) for level in (0.1, 0.9))
        return estimate(routes, {**factors, name: low}), estimate(routes, {**factors, name: high})

    drawn = pool(question, routes, factors)
    twice = {name: one.widened(2) if one.kind == "judged" else one for name, one in factors.items()}
    left = {name: kept for name, one in factors.items() if (kept := one.without_claimants())}
    unclaimed = [route for route in routes if all(name in left for name in route.factors)]
    named = dict.fromkeys(name for route in routes for name in route.factors)
    weights = {route: drawn.weight(route.id, between) for route in routes}
    of_all = shares(weights, factors, question.scale)
    ranked = dict(sorted(of_all.items(), key=lambda one: -one[1]))
    return Answer(
        question,
        of(drawn.together(between)),
        of(drawn.linear(between)),
        drawn.apart(between),
        estimate(unclaimed, left) if unclaimed else None,
        any(factors[name].claimed for name in named),
        of(pool(question, routes, twice).together(between, drawn.weights(between))),
        tuple(
            Taken(
                route,
                100 * weights[route],
                of(pool(question, [route], factors).draws[0]),
                estimate(others) if (others := [one for one in routes if one != route]) else None,
                shares({route: 1.0}, factors, question.scale),
            )
            for route in routes
        ),
        tuple(factors[name] for name in named),
        ranked,
        {name: known(name) for name in [*ranked][:MOST] if ranked[name] >= LEAST},
        len(drawn.groups) == 1,
    )
