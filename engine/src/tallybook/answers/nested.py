"""Answers that are parts of one another, such as a month of a year: drawn together, and held to
their order.

Each answer is pooled by itself. Where they share factors and routes, one draw serves all of them.
The draws in which a part is larger than its whole cannot all be right. How many there are says how
ill the answers fit, and what is left without them says what each would be if they did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tallybook.answers.answer import Answer, Estimate
from tallybook.answers.pool import drawn_at, pool
from tallybook.answers.scales import Floats, printed
from tallybook.errors import TallybookError


@dataclass(frozen=True)
class Part:
    """An answer as a part of another, both by their ids. ``share``: percent of the whole;
    ``kept``: percent of the draws in which it is no larger."""

    part: str
    whole: str
    share: Estimate
    kept: float


@dataclass(frozen=True)
class Nested:
    """All parts; each answer in the draws that keep every order; ``kept``: their percent."""

    parts: tuple[Part, ...] = ()
    held: Mapping[str, Estimate] = field(default_factory=dict)
    kept: float = 100.0


def nested(answers: Mapping[str, Answer], between: Mapping[str, float]) -> Nested:
    """How far answers fit that are parts of one another. Raises ``TallybookError`` for a whole that
    is no other answer in the same unit, and if no draw keeps every order."""
    pairs = [(name, whole) for name, one in answers.items() for whole in one.question.within]
    if not pairs:
        return Nested()
    for name, whole in pairs:
        unit = answers[name].question.unit
        like = [other for other, one in answers.items() if one.question.unit == unit]
        if whole == name or whole not in like:
            place = f"data/questions.csv, {name}, column within"
            raise TallybookError(place, repr(whole), f"another of {', '.join(like)}")
    drawn = _together({name: answers[name] for pair in pairs for name in pair}, between)
    orders = [drawn[name] <= drawn[whole] for name, whole in pairs]
    kept = np.all(orders, axis=0)
    if not kept.any():
        place = "data/questions.csv, column within"
        raise TallybookError(place, "no draw that keeps every order", "parts that fit their wholes")
    scales = {name: answers[name].question.scale for name in drawn}
    return Nested(
        tuple(
            Part(
                *(name, whole),
                Estimate.of("log", np.log(100 * _over(drawn, scales, name, whole))),
                round(100 * float(order.mean()), 1),
            )
            for (name, whole), order in zip(pairs, orders, strict=True)
        ),
        {name: Estimate.of(scales[name], one[kept]) for name, one in drawn.items()},
        round(100 * float(kept.mean()), 1),
    )


def _together(answers: Mapping[str, Answer], between: Mapping[str, float]) -> dict[str, Floats]:
    """Draws of some answers, in which a factor or a route of several is one draw."""
    routes = {name: [taken.route for taken in one.routes] for name, one in answers.items()}
    factors = {factor.id: factor for one in answers.values() for factor in one.factors}
    at = drawn_at([route for of in routes.values() for route in of])
    return {
        name: pool(one.question, routes[name], factors, at=at).together(between[one.question.scale])
        for name, one in answers.items()
    }


def _over(drawn: Mapping[str, Floats], scales: Mapping[str, str], part: str, whole: str) -> Floats:
    return np.asarray(printed(scales[part], drawn[part]) / printed(scales[whole], drawn[whole]))
