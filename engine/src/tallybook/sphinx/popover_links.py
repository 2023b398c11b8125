"""Words explained where they stand: a verdict, a term of the glossary and a source that is cited
have a card as a number has."""

from __future__ import annotations

from html import escape
from typing import NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx

from tallybook.sphinx import claims, source_popovers, sources
from tallybook.sphinx.builders import Page, makes_site
from tallybook.sphinx.nodes import phrase, plain, span
from tallybook.sphinx.state import get_state

CARD = "card-"
TERM = "term-"  # what Sphinx begins the address of a glossary's word with


class Card(NamedTuple):
    """What a card says under its heading (HTML), and a link with its words, or ""."""

    heading: str
    said: str
    href: str = ""
    more: str = ""


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", mark)


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links to the glossary and to the bibliography such that a card can open on them; in
    these pages themselves none."""
    glossary_page, sources_page = map(get_state(app).page, ("glossary", "sources"))
    if docname in (glossary_page, sources_page) or not makes_site(app):
        return
    homes = {
        citation.citation_id: citation.bibliography_key.docname
        for citation in sources.citations(app.env)
    }
    for link in list(doctree.findall(nodes.reference)):
        place, _, anchor = link.get("refuri", "").partition("#")
        anchor = link.get("refid") or anchor
        kind = "term" if anchor.startswith(TERM) else "source"
        page = glossary_page if kind == "term" else homes.get(anchor)
        # It leads to a page of the site, maybe to the one it stands in.
        here = page and (app.builder.get_relative_uri(docname, page) if place else docname)
        if page and here == (place or page):
            card = CARD + anchor
            made = span("a", *link.children, to=(page, anchor), class_=kind, data_card=card)
            link.parent.replace(link, made)


def add_cards(app: Sphinx, page: Page) -> None:
    """Give a page the cards of its verdicts, terms and sources, each once, after those of its
    numbers."""
    if page.doctree is None:
        return
    words = [each["attrs"] for each in page.doctree.findall(phrase) if "data-card" in each["attrs"]]
    wanted, kinds = dict.fromkeys(word["data-card"] for word in words), {w["class"] for w in words}
    known = _verdicts(app, page.name)
    if "term" in kinds:
        known |= _terms(app)
    if "source" in kinds:
        ids = {name.removeprefix(CARD) for name in wanted}
        for anchor, (name, said, home) in source_popovers.cards(app, ids).items():
            way = "" if home == page.name else app.builder.get_relative_uri(page.name, home)
            known[CARD + anchor] = Card(name, said, f"{way}#{anchor}", "In the list of sources")
    cards = [_card(name, known[name]) for name in wanted if name in known]
    page.context["cards"] = [*page.context.get("cards", []), *cards]


def _verdicts(app: Sphinx, pagename: str) -> dict[str, Card]:
    """What each verdict means, and the way to the claims that got it, by the ids of their cards."""
    shared, found = get_state(app), dict[str, Card]()
    counts, ledger = claims.counted(shared), shared.page("ledger")
    for verdict, look in shared.provider.VERDICTS.items():
        if look.meaning:
            card = Card(verdict.capitalize(), f"<p>{escape(look.meaning)}</p>")
            if ledger and verdict in counts:
                rows = app.builder.get_relative_uri(pagename, ledger)
                more = f"The claims with this verdict: {counts[verdict]}"
                card = card._replace(href=f"{rows}?verdict={quote(verdict)}", more=more)
            found[claims.verdict_card(verdict)] = card
    return found


def _terms(app: Sphinx) -> dict[str, Card]:
    """The words of the glossary and what they mean, by the ids of their cards."""
    found: dict[str, Card] = {}
    for words in app.env.get_doctree(get_state(app).page("glossary")).findall(glossary):
        for item in words.findall(nodes.definition_list_item):
            meaning = f"<p>{escape(plain(next(iter(item.findall(nodes.definition)))))}</p>"
            for term in item.findall(nodes.term):
                found |= {CARD + anchor: Card(plain(term), meaning) for anchor in term["ids"]}
    return found


def _card(name: str, card: Card) -> str:
    more = f'<a href="{escape(card.href)}">{escape(card.more)}</a>'
    links = f'<p class="links">{more}</p>' if card.href else ""
    return (
        f'<div class="card" id="{escape(name)}" role="dialog" aria-label="About'
        f' {escape(card.heading)}"><b>{escape(card.heading)}</b>{card.said}{links}</div>'
    )
