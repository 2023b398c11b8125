"""``{settling}``: what would make answers narrower, and what would give an estimate where there is
none, the documents that would serve most claims first."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import rows
from tallybook.language import N_, capital, ended, semicolon
from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx.claims import ledger
from tallybook.sphinx.directives.answer_parts import anchor, full, percent
from tallybook.sphinx.nodes import element, span, table, tag
from tallybook.sphinx.state import get_state

ACCESS = N_({"open": "public", "paper": "sold, or in libraries", "asked": "not public"})


def setup(app: Sphinx) -> None:
    app.add_directive("settling", Documents)


class Documents(SphinxDirective):
    """A table of the leading factors of the answers; then a section for each document that would
    give an estimate of a claim, and one for what no document that we know of would give."""

    def run(self) -> list[nodes.Node]:
        report = get_state(self.env.app).report
        known = {row["document_id"]: row for row in rows.read("documents")}
        ranking = _ranking(self.env, known) if report.answered.answers else []
        found = by_document(report)
        if not found:
            return [*ranking, tag("p", _("Every claim has an estimate."))]
        return [*ranking, *(_section(self.env, known.get(name), claims) for name, claims in found)]


def _ranking(env: BuildEnvironment, documents: dict[str, dict[str, Any]]) -> list[nodes.Node]:
    """The leading factors of every answer: the share of its variance that each makes, what the
    answer would be with the factor known at its low and at its high end, and who has it."""
    shared = get_state(env.app)
    heads = (
        _("What would have to be known"),
        _("Its share of the doubt"),
        _("The answer, if it is low or high"),
        _("Who has it"),
    )
    body = []
    for name, answer in shared.report.answered.answers.items():
        home = shared.page("answers") or shared.provider.CHAPTERS[name.partition(".")[0]]
        asked, unit = answer.question, answer.question.unit
        question = span("a", asked.question, to=(home, anchor(answer)))
        now = _("now: {answer}").format(answer=full(answer.estimate, unit))
        body.append(tag("tr", tag("th", question, f" ({now})", scope="colgroup", colspan="4")))
        factors = {one.id: one for one in answer.factors}
        for factor_id, known in answer.leading.items():
            ends = semicolon().join(full(end, unit) for end in known)
            held = _held(documents.get(factors[factor_id].document))
            cells = zip(heads[1:], (percent(answer.shares[factor_id]), ends, held), strict=True)
            others = [tag("td", text, label=head, data_label=head) for head, text in cells]
            body.append(tag("tr", tag("th", factors[factor_id].label, scope="row"), *others))
    return [table(_("What would make answers narrower"), heads, body, "data words")]


def _held(document: dict[str, Any] | None) -> nodes.Node | str:
    """A document with who has it; that we know of none."""
    if document is None:
        return _("We know of nobody who has counted it.")
    title = _("{title} ({holder})").format(
        title=_(document["title"]), holder=_(document["held_by"])
    )
    return span("a", title, href=document["address"]) if document["address"] else title


def by_document(report: Report) -> list[tuple[str, list[str]]]:
    """The claims without an estimate, by the document that would give one; those that serve most
    come first, and what none would give last."""
    found: dict[str, list[str]] = {}
    for claim_id in ledger.listed(report):
        if report.judgements[claim_id].lacks:
            found.setdefault(report.judgements[claim_id].document, []).append(claim_id)
    return sorted(found.items(), key=lambda each: (not each[0], -len(each[1]), each[0]))


def _section(
    env: BuildEnvironment, document: dict[str, Any] | None, claims: list[str]
) -> nodes.section:
    if document is None:
        section = nodes.section(ids=["document-none"])
        section += nodes.title("", _("No document that we know of"), translatable=False)
    else:
        section = nodes.section(ids=[f"document-{document['document_id']}"])
        # It comes from a table, and has been looked up.
        section += nodes.title("", _(document["title"]), translatable=False)
        held = _("{access}. Who has it: {holder}.")
        told = held.format(
            access=_(ACCESS[document["access"]]).capitalize(), holder=_(document["held_by"])
        )
        section += tag("p", told, *_way(document["address"]))
    section += tag("ul", *(_claim(env, claim_id) for claim_id in claims))
    return section


def _way(address: str | None) -> list[nodes.Node]:
    return [nodes.Text(" "), span("a", _("Open it"), href=address)] if address else []


def _claim(env: BuildEnvironment, claim_id: str) -> element:
    """A claim, and what would give an estimate of it."""
    shared = get_state(env.app)
    claim, judgement = shared.report.claims[claim_id], shared.report.judgements[claim_id]
    home = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
    said = span("a", claim.statement, to=(home, f"claim-{claim_id}"))
    return tag("li", said, " ", ended(capital(judgement.gives)))
