"""The content of ``answers.json``: every answer with its ranges, its routes and their factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tallybook.answers.answer import Answer, Estimate, Taken
from tallybook.answers.factors import Factor
from tallybook.answers.nested import Nested
from tallybook.answers.tables import DIGITS, Answered
from tallybook.model.digits import rounded

RANGE = ("median", "low", "high")
RANGES = (*RANGE, "low50", "high50", "low95", "high95")
OF_FACTOR = 3  # digits of a factor, which may be known more closely than an answer


def records(answered: Answered, hrefs: Mapping[str, str]) -> list[dict[str, Any]]:
    """A record for each answer; ``hrefs`` maps its id to its address in the site."""
    return [
        _record(one, hrefs.get(name)) | _nested(answered.nested, name)
        for name, one in answered.answers.items()
    ]


def _nested(nested: Nested, name: str) -> dict[str, Any]:
    """An answer held to the order of those that it is a part of, or that are a part of it."""
    of = (one for one in nested.parts if one.part == name)
    return {
        "held": _range(nested.held[name]) if name in nested.held else None,
        "within": [{"id": one.whole, **_range(one.share), "kept": one.kept} for one in of],
    }


def calibration(found: Any) -> dict[str, Any] | None:
    """How the answers did on what is known; ``None`` for a report that was not tested."""
    return found and {name: rounded(count) for name, count in found.counts.items()}


def _record(answer: Answer, href: str | None) -> dict[str, Any]:
    asked, factors = answer.question, {one.id: one for one in answer.factors}
    hidden = _range(answer.hidden) if answer.hidden else dict.fromkeys(RANGE)
    return {
        "id": asked.id,
        "question": asked.question,
        "definition": asked.definition,
        "unit": asked.unit,
        "scale": asked.scale,
        **_range(answer.estimate, RANGES),
        "linear": _range(answer.linear),
        "hidden": hidden if answer.claimants else None,
        "doubled": _range(answer.doubled),
        "routes": [_route(one, factors) for one in answer.routes],
        "href": href,
    }


def _range(estimate: Estimate, parts: tuple[str, ...] = RANGE) -> dict[str, Any]:
    return {part: rounded(rounded(getattr(estimate, part)), DIGITS) for part in parts}


def _route(taken: Taken, factors: Mapping[str, Factor]) -> dict[str, Any]:
    return {
        "id": taken.route.id,
        "weight": round(taken.weight, 1),
        **_range(taken.estimate),
        "without": taken.without and _range(taken.without),
        "factors": [_factor(factors[name], share) for name, share in sorted_shares(taken.shares)],
    }


def sorted_shares(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    """The factors of a route with their shares of its variance, the largest first."""
    return sorted(shares.items(), key=lambda one: -one[1])


def _factor(factor: Factor, share: float) -> dict[str, Any]:
    levels = {"low": 0.1, "median": 0.5, "high": 0.9}
    return {
        "id": factor.id,
        "kind": factor.kind,
        **{name: rounded(rounded(factor.at(level)), OF_FACTOR) for name, level in levels.items()},
        "share": round(share, 1),
        "rows": [{"table": fact.table, "row": fact.row or None} for fact in factor.facts],
        "reason": factor.reason,
    }
