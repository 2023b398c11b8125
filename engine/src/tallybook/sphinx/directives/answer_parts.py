"""An answer as sentence, drawing and figures, for its box and for the page of all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.environment import BuildEnvironment

from tallybook.answers.answer import Answer, Estimate
from tallybook.answers.scales import onto
from tallybook.answers.tables import DIGITS, SAYS
from tallybook.language import capital, ended, said
from tallybook.language import gettext as _
from tallybook.model.formatting import beside, measured, plain, short
from tallybook.sphinx import domain
from tallybook.sphinx.nodes import picture, span, tag
from tallybook.sphinx.state import get_state

HOLE = re.compile(r"\{(\w+)\}")


def anchor(answer: Answer) -> str:
    """The address of an answer on the page that lists all."""
    return f"answer-{answer.question.id}"


def told(env: BuildEnvironment, answer: Answer, on_scale: list[Estimate]) -> list[nodes.Node]:
    """The sentence of an answer, its picture, and what it is an answer to."""
    asked, report = answer.question, get_state(env.app).report
    number = domain.of(env).number(asked.id)
    unit = beside(asked.unit, number["value"])
    holes: dict[str, nodes.Node | str] = {
        "value": span("b", number, f" {unit}" if unit else ""),
        "low": span("b", report.show(asked.id, "low")),
        "high": span("b", report.show(asked.id, "high")),
    }
    pieces = (holes[one] if at % 2 else one for at, one in enumerate(HOLE.split(_(SAYS))))
    return [
        tag("p", *pieces, class_="says"),
        tag("p", picture("", html=band(asked.scale, answer.estimate, on_scale)), class_="band"),
        tag("p", ended(capital(asked.definition))),
    ]


def band(scale: str, one: Estimate, on_scale: Iterable[Estimate]) -> str:
    """An estimate as a drawing: a line that holds 95 percent, a bar that holds 80, and a dot.
    ``on_scale``: the estimates that have room on it."""
    ends = onto(scale, [[other.low95, other.high95] for other in on_scale])
    start, width = ends.min(), (ends.max() - ends.min()) or 1.0
    parts = (one.low95, one.low, one.median, one.high, one.high95)
    outer, low, middle, high, end = 1 + 98 * (onto(scale, parts) - start) / width

    def bar(left: float, right: float, top: float) -> str:
        size = f'width="{right - left:.1f}%" height="{1 - 2 * top:.1f}em"'
        return f'<rect x="{left:.1f}%" y="{top}em" {size}/>'

    dot = f'<circle cx="{middle:.1f}%" cy=".5em" r=".3em"/>'
    drawn = bar(outer, end, 0.4) + bar(low, high, 0.3) + dot
    return f'<svg height="1em" aria-hidden="true" focusable="false">{drawn}</svg>'


def rests(answer: Answer) -> list[nodes.Node | str]:
    """How many routes an answer has, and what that means for it."""
    count = len(answer.routes)
    if count == 1:
        routes = _("This rests on one route.")
    elif answer.alone:
        routes = _("This rests on one route: its {count} variants share most of their doubt.")
    else:
        routes = _("{count} routes lead to it.")
    apart = _("They lie farther apart than their ranges let one expect, so its range is wider.")
    return [routes.format(count=count), f" {apart}" if answer.apart > 1 else ""]


def full(estimate: Estimate, unit: str) -> str:
    return within(*(figure(one, unit) for one in (estimate.median, estimate.low, estimate.high)))


def within(value: str, low: str, high: str) -> str:
    return said(f"{value} ({_('{low} to {high}').format(low=low, high=high)})")


def figure(value: float, unit: str, digits: int = DIGITS) -> str:
    return said(measured(short(value, digits), unit))


def percent(share: float) -> str:
    return said(measured(plain(share, 0), "percent"))
