"""``{settling}``: what would make answers narrower, and what would give an estimate where there is
none, the documents that would serve most claims first."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import rows
from tallybook.language import ENGLISH, N_, capital, ended, ngettext, now, semicolon
from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx.claims import ledger
from tallybook.sphinx.directives.answer_parts import full, percent
from tallybook.sphinx.nodes import cell, element, phrase, span, table, tag
from tallybook.sphinx.state import get_state

# What a document asks of whoever wants it, and the heading under which it stands.
ACCESS = N_(
    {
        "asked": "What platforms and authors hold",
        "open": "What is public",
        "paper": "What is sold, or stands in libraries",
    }
)
CODES = {"French": "fr", "German": "de", "Spanish": "es"}  # of the languages of documents
NOWHERE = N_("What no document that we know of would give")


def setup(app: Sphinx) -> None:
    app.add_directive("settling", Documents)


class Documents(SphinxDirective):
    """Sections by who has the documents that would give an estimate of claims, those that serve
    most claims first; and one with the leading factors of the answers. All is folded."""

    def run(self) -> list[nodes.Node]:
        report = get_state(self.env.app).report
        known = {row["document_id"]: row for row in rows.read("documents")}
        groups: dict[str, list[element]] = {heading: [] for heading in (*ACCESS.values(), NOWHERE)}
        for name, claims in by_document(report):
            row = known.get(name)
            groups[ACCESS[row["access"]] if row else NOWHERE].append(_fold(self.env, row, claims))
        found = [_section(heading, folds) for heading, folds in groups.items() if folds]
        if not found:
            found = [tag("p", _("Every claim has an estimate."))]
        narrower = _ranking(self.env, known)
        return [*found, _section(N_("What would make the answers narrower"), narrower)]


def _section(heading: str, content: list[element]) -> element:
    title = tag("h2", _(heading))
    return tag("section", title, *content, id=nodes.make_id(heading))


def _ranking(env: BuildEnvironment, documents: dict[str, dict[str, Any]]) -> list[element]:
    """The leading factors of every answer, a fold for each: the share of its variance that each
    makes, what the answer would be with the factor known at its low and at its high end, and who
    has it."""
    shared = get_state(env.app)
    heads = (
        _("What would have to be known"),
        _("Its share of the doubt"),
        _("The answer, if it is low or high"),
        _("Who has it"),
    )
    folds = []
    for answer in shared.report.answered.answers.values():
        asked, body = answer.question, list[element]()
        factors = {one.id: one for one in answer.factors}
        for factor_id, known in answer.leading.items():
            ends = semicolon().join(full(end, asked.unit) for end in known)
            held = _held(documents.get(factors[factor_id].document))
            cells = zip(heads[1:], (percent(answer.shares[factor_id]), ends, held), strict=True)
            others = [cell(head, text) for head, text in cells]
            body.append(tag("tr", tag("th", factors[factor_id].label, scope="row"), *others))
        now = tag("summary", f"{asked.question} {full(answer.estimate, asked.unit)}")
        leading = table(asked.question, heads, body, "data words")
        folds.append(tag("details", now, leading, class_="more wide"))
    return folds


def _held(document: dict[str, Any] | None) -> nodes.Node | str:
    """A document with who has it; that we know of none."""
    if document is None:
        return _("We know of nobody who has counted it.")
    if not document["address"]:
        return _named(document)
    return span("a", _named(document), href=document["address"])


def _named(document: dict[str, Any]) -> phrase:
    """A document and who has it, marked with its language. What it is in our words, as of one that
    is asked for, is in that of the page."""
    title = _(document["title"])
    ours = title != document["title"] or document["access"] == "asked" or title.startswith("[")
    code = now() if ours else CODES.get(document["language"], ENGLISH)
    text = _("{title} ({holder})").format(title=title, holder=_(document["held_by"]))
    return span("span", text) if code == now() else span("span", text, lang=code)


def by_document(report: Report) -> list[tuple[str, list[str]]]:
    """The claims without an estimate, by the document that would give one; those that serve most
    come first, and what none would give last."""
    found: dict[str, list[str]] = {}
    for claim_id in ledger.listed(report):
        if report.judgements[claim_id].lacks:
            found.setdefault(report.judgements[claim_id].document, []).append(claim_id)
    return sorted(found.items(), key=lambda each: (not each[0], -len(each[1]), each[0]))


def _fold(env: BuildEnvironment, document: dict[str, Any] | None, claims: list[str]) -> element:
    """A document with who has it, and what it would give of each claim; or those that none would
    give."""
    count = ngettext("{count} claim", "{count} claims", len(claims)).format(count=len(claims))
    listed = tag("ul", *(_claim(env, claim_id) for claim_id in claims))
    if document is None:
        return tag("details", tag("summary", count), listed, class_="more")
    summary = tag("summary", span("b", _named(document)), f" {count}")
    address = document["address"]
    ways = [tag("p", span("a", _("Open it"), href=address))] if address else []
    name = f"document-{document['document_id']}"
    return tag("details", summary, *ways, listed, class_="more", id=name)


def _claim(env: BuildEnvironment, claim_id: str) -> element:
    """A claim, and what would give an estimate of it."""
    shared = get_state(env.app)
    claim, judgement = shared.report.claims[claim_id], shared.report.judgements[claim_id]
    home = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
    said = span("a", claim.statement, to=(home, f"claim-{claim_id}"))
    return tag("li", said, " ", ended(capital(judgement.gives)))
