"""The answers of a report, from its tables ``questions``, ``routes`` and ``factors``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tallybook import data
from tallybook.answers import formulas
from tallybook.answers.answer import Answer, answer
from tallybook.answers.factors import Factor, judged, of_number
from tallybook.answers.nested import Nested, nested
from tallybook.answers.pool import Question, Route, pool, spread, widened
from tallybook.answers.predict import LEAST, Family, Fit
from tallybook.answers.scales import SCALES, Floats
from tallybook.claims import rows, standing
from tallybook.data.provenance import Fact, step, traced, whole
from tallybook.errors import TallybookError
from tallybook.language import N_
from tallybook.model.digits import exponent, rounded
from tallybook.model.numbers import Number, Registry

Families = Mapping[str, Callable[[], Family]]
QUESTIONS, ROUTES, FACTORS = "questions", "routes", "factors"
WIDENING = "widening"  # the row of factors that widens every prediction; 1 without it
DIGITS = 2  # of an answer
PLACES = 5  # decimals of the quantiles of a factor: a page computes with the same
NEAR_TIE = 1e-6
COVERS = N_(
    "Four chances in five that the truth lies in it: it holds what the factors leave open, and how"
    " far routes were apart. Leaves out what all routes forget alike."
)
HOW = N_("The median of what the routes give together.")
SAYS = N_("About {value}; four chances in five that it is between {low} and {high}.")


class AnswerError(TallybookError):
    """A question cannot be answered as its tables say."""


@dataclass(frozen=True)
class Answered:
    """All answers of a report.

    Attributes
    ----------
    answers: by the id of the question.
    between: the spread between routes, by scale.
    widening: what the distance of every prediction from its median is multiplied by.
    nested: how far the answers fit that are parts of one another.
    disagreement: how far routes lie apart, and how far one expects it, as of ``Pool``; questions
        that ask nearly the same count once.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    between: Mapping[str, float] = field(default_factory=dict)
    widening: float = 1.0
    nested: Nested = Nested()
    disagreement: tuple[float, float] = (0.0, 0.0)

    def numbers(self) -> list[Number]:
        """Each answer as a number of the report, of two digits."""
        return [_number(one) for one in self.answers.values()]


def answered(families: Families, registry: Registry) -> Answered:
    """The answers of a report; none if it has no table of questions.

    Raises ``AnswerError`` or ``ClaimError`` with file, row and column for a factor that is not
    there or that no route names, for a formula that is none, and for a value outside its scale."""
    if QUESTIONS not in data.names():
        return Answered()
    asked = {
        row["question_id"]: Question(
            *(row["question_id"], row["question"], row["definition"], row["unit"], row["scale"]),
            reading=row["reading"] or "",
            within=tuple((row["within"] or "").split()),
        )
        for row in rows.read(QUESTIONS)
    }
    routes: dict[str, list[Route]] = {name: [] for name in asked}
    given = rows.read(FACTORS, wanted_by=f"data/{ROUTES}.csv")
    known = {row["factor_id"] for row in given}
    for line, row in enumerate(rows.read(ROUTES, wanted_by=f"data/{QUESTIONS}.csv"), start=2):
        if row["question_id"] not in asked:
            raise _fault(ROUTES, line, "question_id", row["question_id"], asked)
        routes[row["question_id"]].append(_route(row, line, known))
    factors = _factors(given, families, registry)
    wider = factors.pop(WIDENING, None)
    _check(routes, factors)
    pools = {}
    for name in asked:
        try:
            pools[name] = pool(asked[name], routes[name], factors)
        except ValueError as error:
            raise AnswerError(str(error)) from None
    once = {scale: _once(routes, factors, scale, asked) for scale in SCALES}
    between = {scale: spread(pools[name] for name in once[scale]) for scale in SCALES}
    answers = {
        name: answer(one, routes[name], factors, between[one.scale]) for name, one in asked.items()
    }
    widening = math.exp(wider.quantiles[0]) if wider else 1.0
    several = [pools[name].apart_and_usual() for scale in SCALES for name in once[scale]]
    lies, usual = (sum(one) for one in zip((0.0, 0.0), *several, strict=True))
    return Answered(answers, between, widening, nested(answers, between), (lies, usual))


def _once(
    routes: Mapping[str, list[Route]],
    factors: Mapping[str, Factor],
    scale: str,
    asked: Mapping[str, Question],
) -> list[str]:
    """The questions on a scale without those that are an earlier one with a step or a route more or
    less, as a week is of a month, or at another line: each route of the one shares with a route of
    the other most factors that are not data. How far routes lie apart is counted once."""

    def alike(one: Route, other: Route) -> bool:
        mine, theirs = (
            {name for name in route.factors if factors[name].kind != "data"}
            for route in (one, other)
        )
        return 2 * len(mine & theirs) > len(mine | theirs)

    def among(some: Iterable[Route], others: list[Route]) -> bool:
        return all(any(alike(one, other) for other in others) for one in some)

    found: list[str] = []
    for name, of in routes.items():
        earlier = (routes[one] for one in found)
        if asked[name].scale == scale and not any(among(of, e) or among(e, of) for e in earlier):
            found.append(name)
    return found


def _route(row: dict[str, Any], line: int, known: set[str]) -> Route:
    place = f"data/{ROUTES}.csv, row {line}, column formula"
    try:
        named = formulas.names(row["formula"])
    except TallybookError as error:
        raise AnswerError(f"{place}: {error}") from None
    if unknown := [name for name in named if name not in known]:
        raise AnswerError(place, f"the factor {unknown[0]!r}", f"one of data/{FACTORS}.csv")
    return Route(row["route_id"], row["formula"], row["reason"], place)


def _factors(
    given: list[dict[str, Any]], families: Families, registry: Registry
) -> dict[str, Factor]:
    once = {name: step(make) for name, make in families.items()}
    fits: dict[tuple[str, bool], Fit] = {}
    found = {}
    wider = 1.0
    # The widening comes first: predictions need it.
    lines = sorted(enumerate(given, start=2), key=lambda one: one[1]["factor_id"] != WIDENING)
    for line, row in lines:

        def made(row: dict[str, Any] = row, line: int = line) -> tuple[Floats, Floats | None, bool]:
            data.row(FACTORS, row["factor_id"])
            if row["family"]:
                return _predicted(row, line, once, fits)
            return _known(row, line, registry)

        (quantiles, hidden, claimed), read = traced(made)
        if row["family"]:
            quantiles = widened(quantiles, wider)
            hidden = None if hidden is None else widened(hidden, wider)
        elif row["factor_id"] == WIDENING:
            wider = math.exp(quantiles[0])
        facts = whole(read)
        claimed = claimed or _claimed(facts)
        factor = Factor(
            row["factor_id"],
            row["label"],
            row["kind"],
            row["scale"],
            quantiles.round(PLACES),
            row["reason"],
            facts,
            claimed,
            None if hidden is None else hidden.round(PLACES),
            row["document_id"] or "",
        )
        found[factor.id] = factor
    return found


def _known(row: dict[str, Any], line: int, registry: Registry) -> tuple[Floats, None, bool]:
    """A number, or a judgement."""
    try:
        if row["number"]:
            return of_number(row["scale"], registry[row["number"]]), None, False
        if row["low"] is None or row["high"] is None:
            raise ValueError("found no low or no high; expected both")
        return judged(row["scale"], row["low"], row["high"]), None, False
    except ValueError as error:
        column = "number" if row["number"] else "low"
        raise AnswerError(f"data/{FACTORS}.csv, row {line}, column {column}: {error}") from None


def _predicted(
    row: dict[str, Any], line: int, families: Families, fits: dict[tuple[str, bool], Fit]
) -> tuple[Floats, Floats | None, bool]:
    """What a family says of a new place: with all its rows, and without those of the claimants."""
    name = row["family"]
    if name not in families:
        raise _fault(FACTORS, line, "family", name, families)
    parts = [part.partition("=") for part in (row["new"] or "").split(";")]
    where = {group.strip(): value.strip() for group, _equals, value in parts if value}
    family = families[name]()
    if unknown := set(where) - set(family.groups):
        raise _fault(FACTORS, line, "new", min(unknown), family.groups)
    if family.scale != row["scale"]:
        raise _fault(FACTORS, line, "scale", row["scale"], [family.scale])
    theirs = [standing.by_claimants(key) for key in family.rows["source_key"]]
    if (name, False) not in fits:
        fits[name, False] = Fit(family)
    quantiles = fits[name, False].new(where).quantiles()
    if not any(theirs):
        return quantiles, None, False
    if theirs.count(False) < LEAST:
        return quantiles, None, True
    if (name, True) not in fits:
        fits[name, True] = Fit(family.without(theirs))
    return quantiles, fits[name, True].new(where).quantiles(), True


def _claimed(facts: tuple[Fact, ...]) -> bool:
    """Whether a row comes from the claimants; what a family hides by itself is known there."""
    named = (fact for fact in facts if fact.row and fact.source)
    return any(standing.of(fact).claimants for fact in standing.sourced(named))


def _check(routes: Mapping[str, list[Route]], factors: Mapping[str, Factor]) -> None:
    used = {name for of in routes.values() for route in of for name in route.factors}
    for name, of in routes.items():
        if not of:
            raise AnswerError(f"data/{ROUTES}.csv", f"no route to {name!r}", "one or more")
    if idle := [name for name in factors if name not in used]:
        raise AnswerError(f"data/{FACTORS}.csv", repr(idle[0]), "factors that a route names")


def _fault(table: str, line: int, column: str, found: str, known: Any) -> AnswerError:
    place = f"data/{table}.csv, row {line}, column {column}"
    return AnswerError(place, repr(found), f"one of {', '.join(sorted(known))}")


def _number(found: Answer) -> Number:
    """An answer as a number. Raises ``AnswerError`` if a digit hangs on the last bits."""
    estimate, question = found.estimate, found.question
    shown = [
        two_digits(value, question.id) for value in (estimate.median, estimate.low, estimate.high)
    ]
    facts = whole(found.facts)
    return Number(
        question.id,
        shown[0],
        question.unit,
        question.question,
        HOW,
        tuple(dict.fromkeys(fact.table for fact in facts)),
        min(shown[0], shown[1]),
        max(shown[0], shown[2]),
        COVERS,
        facts=facts,
        digits=DIGITS,
    )


def two_digits(value: float, name: str) -> float:
    """A value with the digits that an answer prints. Raises ``AnswerError`` if it is nearer to a
    tie than 1e-6 of itself: another processor could print another digit."""
    if value == 0:
        return value
    steps = value / 10.0 ** (exponent(value) - DIGITS + 1)
    if abs(abs(steps) % 1 - 0.5) < NEAR_TIE * abs(steps):
        wanted = "a value that is not on the edge between two digits: change a factor’s last digit"
        raise AnswerError(f"answer {name}", repr(value), wanted)
    return rounded(float(value), DIGITS)
