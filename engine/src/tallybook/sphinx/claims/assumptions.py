"""The fold with the assumptions that a verdict rests on, and where each would change it."""

from __future__ import annotations

from tallybook.claims import Judgement
from tallybook.claims.model import BASIS, Flip
from tallybook.claims.settle import shown, span, turning_point
from tallybook.language import gettext as _
from tallybook.language import semicolon
from tallybook.sphinx.nodes import element, tag
from tallybook.sphinx.nodes import table as table_of


def fold(judgement: Judgement) -> list[element]:
    """A table in a fold; nothing where a verdict rests on no assumption."""
    if not judgement.flips:
        return []
    caption, rows = _("What it rests on"), [_row(flip) for flip in judgement.flips]
    table = table_of(caption, _headings(), rows, class_="assumptions data words")
    return [tag("details", tag("summary", caption), table, class_="more")]


def _headings() -> tuple[str, ...]:
    return _("What is assumed"), _("We take"), _("Plausible"), _("Where it turns")


def _row(flip: Flip) -> element:
    one = flip.axis
    least, most = span(one)
    why = _("{low} to {high}, because {reason} ({basis})").format(
        low=least, high=most, reason=one.reason, basis=_(BASIS[one.basis])
    )
    points = [
        _("{value}: {outcome}").format(value=turning_point(one, at), outcome=_(str(verdict)))
        for at, verdict in flip.turns
    ]
    cells = (
        shown(one.value, one.unit),
        why,
        semicolon().join(points) or _("nowhere in that range"),
    )
    named = zip(_headings()[1:], cells, strict=True)
    told = [tag("td", text, label=name, data_label=name) for name, text in named]
    return tag("tr", tag("th", one.assumption, scope="row"), *told)
