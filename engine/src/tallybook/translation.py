"""A report in another language: the same numbers and judgements, with their words looked up.

The words stand in tables and code in English, where one edition computes with them. They are
replaced here at once, so that whatever prints a report need not ask for its language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar

from tallybook.answers.answer import Answer, Taken
from tallybook.answers.factors import Factor
from tallybook.answers.pool import Question, Route
from tallybook.claims.claim import Claim
from tallybook.claims.judgement import Judgement
from tallybook.data import sources
from tallybook.language import gettext
from tallybook.model.numbers import Number, Registry
from tallybook.report import Report

# The words of each kind of object, and what has words in it; all else stays as it is.
WORDS: Mapping[type, tuple[str, ...]] = {
    Number: ("label", "how", "covers"),
    Claim: ("statement",),
    Judgement: ("reason", "counts", "instead_of", "gives", "others"),
    Answer: ("question", "routes", "factors"),
    Question: ("question", "definition", "reading"),
    Taken: ("route",),
    Route: ("reason",),
    Factor: ("label", "reason"),
}
T = TypeVar("T")


def translated(report: Report) -> Report:
    """The report in the language that is written (``tallybook.language``)."""
    return replace(
        report,
        numbers=Registry(map(said, report.numbers)),
        claims=type(report.claims)({name: said(one) for name, one in report.claims.items()}),  # type: ignore[call-arg]
        judgements={name: said(one) for name, one in report.judgements.items()},
        answered=replace(
            report.answered,
            answers={name: said(one) for name, one in report.answered.answers.items()},
        ),
        sources=replace(report.sources, names=sources.names()),
    )


def said(part: T) -> T:
    """A part of a report with its words looked up, and those of its parts."""
    found: Any = part
    if type(part) is str:  # a verdict is a key
        found = gettext(str(part))
    elif isinstance(part, Mapping):
        found = {name: said(one) for name, one in part.items()}
    elif isinstance(part, tuple):
        inside = [said(one) for one in part]
        found = type(part)(*inside) if hasattr(part, "_fields") else tuple(inside)
    elif is_dataclass(part):
        parts = {name: said(getattr(part, name)) for name in WORDS.get(type(part), ())}
        found = replace(part, **parts) if parts else part  # type: ignore[type-var]
    return found  # type: ignore[no-any-return]
