"""Words explained where they stand: a verdict and a term of the glossary have a card as a number
has. A source has its entry at the end of each page that cites it.

The cards of a page stand in a script beside it, which the page loads when a reader first wants one.
They are a fifth of what a page would weigh, and most visits open none. A page that was opened from
disk may not fetch, but it may load a script. Without scripts no card can open, and each link leads
to what its card would say.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.sphinx.builders import Page, makes_site, write_texts
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.nodes import phrase, plain, span
from tallybook.sphinx.state import RECORDS, get_state

CARD = "card-"
TERM = "term-"  # what Sphinx begins the address of a glossary's word with
ENDING, BEFORE, AFTER = ".cards.js", "window.reportCards=", ";\n"


class Card(NamedTuple):
    """What a card says under its heading (HTML), and links, each an address and its words."""

    heading: str
    said: str
    links: tuple[tuple[str, str], ...] = ()


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", mark)


def mark(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links to words of the glossary such that a card can open on them; in the glossary itself
    none."""
    words = get_state(app).page("glossary")
    if not words or docname == words or not makes_site(app):
        return
    for link in list(doctree.findall(nodes.reference)):
        _place, _, anchor = link.get("refuri", "").partition("#")
        if anchor.startswith(TERM):
            card = CARD + anchor
            made = span("a", *link.children, to=(words, anchor), class_="term", data_card=card)
            link.parent.replace(link, made)


def add_cards(app: Sphinx, page: Page) -> None:
    """Give a page the cards of its verdicts and terms, each once, after those of its numbers."""
    if page.doctree is None:
        return
    words = [each["attrs"] for each in page.doctree.findall(phrase) if "data-card" in each["attrs"]]
    wanted, kinds = dict.fromkeys(word["data-card"] for word in words), {w["class"] for w in words}
    known = _verdicts(app, page.name) | _claims(app, page.name, wanted)
    if "term" in kinds:
        known |= _terms(app)
    cards = [_card(name, known[name]) for name in wanted if name in known]
    page.context["cards"] = [*page.context.get("cards", []), *cards]


def _verdicts(app: Sphinx, pagename: str) -> dict[str, Card]:
    """What each verdict means, and the way to the claims that got it, by the ids of their cards."""
    return {
        badges.verdict_card(verdict): Card(
            badges.name(verdict),
            f"<p>{escape(_(look.meaning))}</p>",
            _alike(app, pagename, verdict),
        )
        for verdict, look in get_state(app).provider.VERDICTS.items()
    }


def _claims(app: Sphinx, pagename: str, wanted: dict[str, None]) -> dict[str, Card]:
    """Why claims got their verdicts, by the ids of their cards; with the way to their rows."""
    shared, found = get_state(app), dict[str, Card]()
    for claim_id, judgement in shared.report.judgements.items():
        if (name := f"{badges.CLAIM_CARD}{claim_id}") in wanted:
            claim, verdict = shared.report.claims[claim_id], str(judgement.verdict)
            meaning, reason = shared.provider.VERDICTS[verdict].meaning, judgement.reason
            told = badges.whole(judgement)
            texts = (_(meaning), f"{told}: {claim.statement}", shared.report.expand(reason))
            said = "".join(f"<p>{escape(text)}</p>" for text in texts)
            page = shared.provider.CHAPTERS[claim.chapter]
            home = "" if page == pagename else app.builder.get_relative_uri(pagename, page)
            row = (f"{home}#claim-{claim_id}", _("All we found on this claim"))
            record = f"{'../' * pagename.count('/')}{RECORDS}/claim-{claim_id}.html"
            links = (row, (record, _("Cite or embed")), *_alike(app, pagename, verdict))
            found[name] = Card(badges.name(verdict), said, links)
    return found


def _alike(app: Sphinx, pagename: str, verdict: str) -> tuple[tuple[str, str], ...]:
    """The way to the claims with a verdict."""
    shared = get_state(app)
    count, page = ledger.counted(shared).get(verdict), shared.page("ledger")
    if not (count and page):
        return ()
    rows = app.builder.get_relative_uri(pagename, page)
    said = _("The claims with this verdict: {count}").format(count=count)
    return ((f"{rows}?verdict={quote(verdict)}", said),)


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
    links = "".join(f'<a href="{escape(to)}">{escape(words)}</a>' for to, words in card.links)
    about = _("About {heading}").format(heading=card.heading)
    links = links and f'<p class="links">{links}</p>'
    return (
        f'<div class="card" id="{escape(name)}" role="dialog" aria-label="{escape(about)}" popover'
        ' tabindex="-1">'
        f"<b>{escape(card.heading)}</b>{card.said}{links}</div>"
    )


def put_beside(app: Sphinx, page: Page) -> None:
    """Write the cards of a page beside it, and name them to the page."""
    if cards := page.context.get("cards"):
        path = beside(Path(app.outdir) / f"{page.name}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_texts({path: BEFORE + html.script_json("".join(cards)) + AFTER})
        page.context["cards_file"] = path.name


def beside(page: Path) -> Path:
    """The file with the cards of a page, there or not."""
    return page.with_suffix(ENDING)


def read(page: Path) -> str:
    """The HTML of a page's cards; nothing if it has none."""
    path = beside(page)
    text = path.read_text(encoding="utf-8") if path.is_file() else f'{BEFORE}""{AFTER}'
    return str(json.loads(text.removeprefix(BEFORE).removesuffix(AFTER)))
