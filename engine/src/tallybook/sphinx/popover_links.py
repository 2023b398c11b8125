"""Words explained where they stand: a verdict, a term of the glossary and a source that is cited
have a card as a number has."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx

from tallybook.sphinx import claims, source_popovers, sources
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.nodes import phrase, plain, span
from tallybook.sphinx.state import get_state

CARD = "card-"
TERM = "term-"  # what Sphinx begins the address of a glossary's word with


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", mark)
    app.connect("html-page-context", add_cards, priority=600)  # after the cards of numbers


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links to the glossary and to the bibliography such that a card can open on them; in
    these pages themselves none."""
    shared = get_state(app)
    if docname in (shared.page("glossary"), shared.page("sources")) or not makes_site(app):
        return
    homes = {
        citation.citation_id: citation.bibliography_key.docname
        for citation in sources.citations(app.env)
    }
    for link in list(doctree.findall(nodes.reference)):
        anchor = link.get("refid") or link.get("refuri", "").partition("#")[2]
        kind = "term" if anchor.startswith(TERM) else "source"
        page = shared.page("glossary") if kind == "term" else homes.get(anchor)
        if page and _leads_to(app, docname, link, page):
            link.parent.replace(
                link,
                span("a", *link.children, to=(page, anchor), class_=kind, data_card=CARD + anchor),
            )


def _leads_to(app: Sphinx, docname: str, link: nodes.reference, page: str) -> bool:
    """Whether a link leads to a page of the site, maybe to the one it stands in."""
    place = link.get("refuri", "").partition("#")[0]
    return place == app.builder.get_relative_uri(docname, page) if place else page == docname


def add_cards(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page the cards of its verdicts, terms and sources, each once, after those of its
    numbers."""
    if doctree is None:
        return
    words = [word["attrs"] for word in doctree.findall(phrase) if "data-card" in word["attrs"]]
    wanted, kinds = (
        dict.fromkeys(word["data-card"] for word in words),
        {word["class"] for word in words},
    )
    known = _verdicts(app, pagename)
    if "term" in kinds:
        known |= {
            CARD + anchor: (word, f"<p>{escape(meaning)}</p>", "", "")
            for anchor, (word, meaning) in _terms(app).items()
        }
    if "source" in kinds:
        for anchor, (name, said, home) in source_popovers.cards(
            app, {name.removeprefix(CARD) for name in wanted}
        ).items():
            page = "" if home == pagename else app.builder.get_relative_uri(pagename, home)
            known[CARD + anchor] = name, said, f"{page}#{anchor}", "In the list of sources"
    context["cards"] = [
        *context.get("cards", []),
        *(_card(name, *known[name]) for name in wanted if name in known),
    ]


def _verdicts(app: Sphinx, pagename: str) -> dict[str, tuple[str, str, str, str]]:
    """What each verdict means, and the way to the claims that got it, by the ids of their cards."""
    shared, found = get_state(app), dict[str, tuple[str, str, str, str]]()
    counts, ledger = claims.counted(shared), shared.page("ledger")
    for verdict, look in shared.provider.VERDICTS.items():
        if look.meaning:
            rows = (
                f"{app.builder.get_relative_uri(pagename, ledger)}?verdict={quote(verdict)}"
                if ledger and verdict in counts
                else ""
            )
            more = f"The claims with this verdict: {counts.get(verdict)}"
            found[claims.verdict_card(verdict)] = (
                verdict.capitalize(),
                f"<p>{escape(look.meaning)}</p>",
                rows,
                more,
            )
    return found


def _terms(app: Sphinx) -> dict[str, tuple[str, str]]:
    """The words of the glossary and what they mean, by their anchors."""
    found: dict[str, tuple[str, str]] = {}
    for words in app.env.get_doctree(get_state(app).page("glossary")).findall(glossary):
        for item in words.findall(nodes.definition_list_item):
            meaning = plain(next(iter(item.findall(nodes.definition))))
            for term in item.findall(nodes.term):
                found |= {anchor: (plain(term), meaning) for anchor in term["ids"]}
    return found


def _card(name: str, head: str, said: str, href: str, more: str) -> str:
    links = f'<p class="links"><a href="{escape(href)}">{escape(more)}</a></p>' if href else ""
    return (
        f'<div class="card" id="{escape(name)}" role="dialog" aria-label="About {escape(head)}">'
        f"<b>{escape(head)}</b>{said}{links}</div>"
    )
