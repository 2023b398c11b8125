"""``{settling}``: the documents that would settle open claims, those that decide most first.

Under each document stand the claims that it would decide: what to look for, the verdict that each
answer would give, and the row of the table that somebody who has the document fills in.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.claims.model import Settling
from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.report import Report
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.nodes import element, picture, span, tag
from tallybook.sphinx.pages.filters import FEW, choices, form
from tallybook.sphinx.state import State, get_state

Asked = list[tuple[str, Settling]]  # claims, each with what would settle it


def setup(app: Sphinx) -> None:
    app.add_directive("settling", Documents)


class Documents(SphinxDirective):
    """A section for each document; a sentence if no claim is open."""

    def run(self) -> list[nodes.Node]:
        found: list[Asked] = by_document(get_state(self.env.app).report)
        if not found:
            return [tag("p", _("No claim is open."))]
        sections: list[nodes.Node] = [_section(self.env, asked) for asked in found]
        ids = [claim_id for asked in found for claim_id, _one in asked]
        return [_form(get_state(self.env.app), ids), *sections] if len(ids) > FEW else sections


def _form(shared: State, ids: list[str]) -> picture:
    """Filters of the questions; a claim may stand under several documents."""
    offered = choices(shared.report, ids, shared.provider.VERDICTS)
    return form("questions", ".settles", offered, groups="section[id^=document-]")


def by_document(report: Report) -> list[Asked]:
    """The claims that each document would decide; the documents that decide most come first, then
    in order of their titles."""
    found: dict[str, Asked] = {}
    for claim_id in ledger.listed(report):
        for one in report.judgements[claim_id].settles:
            found.setdefault(one.document_id, []).append((claim_id, one))
    return sorted(found.values(), key=lambda asked: (-len(asked), asked[0][1].document))


def _section(env: BuildEnvironment, asked: Asked) -> nodes.section:
    document = asked[0][1]
    section = nodes.section(ids=[f"document-{document.document_id}"])
    # It comes from a table, and has been looked up.
    section += nodes.title("", document.document, translatable=False)
    if document.access == "asked":
        held = _("{access}. Who has it: {holder}.")
    else:
        held = _("{access}. Author, publisher or archive: {holder}.")
    told = held.format(access=document.where.capitalize(), holder=document.held_by)
    said = tag("p", told, " ")
    if document.address:
        said += [span("a", _("Open it"), href=document.address), nodes.Text(". ")]
    decides = ngettext("It would decide one claim.", "It would decide {count} claims.", len(asked))
    said += nodes.Text(decides.format(count=len(asked)))
    section += said
    section.extend(_question(env, claim_id, one) for claim_id, one in asked)
    return section


def _question(env: BuildEnvironment, claim_id: str, one: Settling) -> element:
    """What to look for in a document on one claim, and the verdict of each answer."""
    shared = get_state(env.app)
    claim, now = shared.report.claims[claim_id], str(shared.report.judgements[claim_id].verdict)
    home = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
    said = span("a", claim.statement, to=(home, f"claim-{claim_id}"))
    look = _("Look here: {place}.").format(place=one.place)
    answers = [
        tag(
            "li",
            _("{answer}:").format(answer=answer.answer),
            " ",
            badges.badge(env, str(answer.verdict), _(str(answer.verdict))),
        )
        for answer in one.answers
    ]
    return tag(
        "div",
        tag("p", span("b", said), f" {_('Now:')} ", badges.badge(env, now, _(now))),
        tag("p", f"{one.question} {look}"),
        tag("ul", *answers),
        class_="settles",
        data_verdict=now,
        data_chapter=claim.chapter,
    )
