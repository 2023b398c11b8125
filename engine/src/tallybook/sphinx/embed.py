"""What others show in their own pages of a chapter, a number, a chart or a claim: the page of the
thing (``records``) in a frame, the code for that, and the answer of oEmbed.

A frame cannot ask the page around it for room without a script, so each is given the height that it
needs on a phone. What frames may hold these pages only a host can say (see the manual).
"""

from __future__ import annotations

import json
import math
from html import escape

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.model.widths import em
from tallybook.sphinx import quotes, social_image, versions
from tallybook.sphinx.builders import Page
from tallybook.sphinx.quotes import Quote
from tallybook.sphinx.state import RECORDS, get_state, held

WIDTH, CHART_WIDTH = 640, 760  # px of a frame; a chart has its broad drawing there
COLUMN, NARROW = 330, 360  # px: the text on a phone, the widest that a narrow drawing is shown
WIDER = 1.24  # than Arial, by which texts are measured: some fonts, and what lines leave empty
TEXT, TITLE, BIG = 15, 17, 28  # px of letters, as embed.css has them
LEADING, GAP, AROUND = 1.45, 8, 48  # of lines, between parts; edges and air of a page
_FORM = (
    '<iframe src="{address}" title="{title}" width="{width}" height="{height}" loading="lazy"'
    ' style="border:0;max-width:100%"></iframe>'
)
BEFORE = "window.reportQuotes="


class Sizes(dict[str, tuple[int, int]]):
    """Of frames, by what they show: each is asked for several times."""


def size(app: Sphinx, quote: Quote) -> tuple[int, int]:
    """Width and height of a frame, in pixels."""
    found = held(app, Sizes)
    if quote.id not in found:
        found[quote.id] = _measured(app, quote)
    return found[quote.id]


def _measured(app: Sphinx, quote: Quote) -> tuple[int, int]:
    parts = [(quote.kind, TEXT), (quote.title, TITLE), (quote.big, BIG), (quote.rests_on, TEXT)]
    parts += [
        (text, TEXT) for text in (*quote.told, quote.claim, quote.verdict and _(quote.verdict))
    ]
    parts.append((", ".join(around(app).values()), TEXT))
    tall = AROUND + sum(_height(text, letters) for text, letters in parts if text)
    if not quote.drawings:
        return WIDTH, tall
    broad, narrow = map(social_image.shape_of, quote.drawings)
    return CHART_WIDTH, tall + GAP + math.ceil(max(broad[1], narrow[1] * NARROW / narrow[0]))


def _height(text: str, letters: int) -> int:
    lines = math.ceil(em(text) * letters * WIDER / COLUMN)
    return math.ceil(lines * letters * LEADING) + GAP


def address(app: Sphinx, name: str) -> str:
    """Of what is embedded, in the newest version: an article shows what is known now."""
    return f"{app.config.html_baseurl}{RECORDS}/{name}.html#embed"


def code(app: Sphinx, quote: Quote) -> str:
    """The HTML by which another page shows it."""
    width, height = size(app, quote)
    return _FORM.format(
        address=escape(address(app, quote.id)),
        title=escape(quote.cited),
        width=width,
        height=height,
    )


def fold(app: Sphinx, quote: Quote, up: str) -> str:
    """HTML of a fold with the code. ``up`` leads to the folder of these pages."""
    return (
        f'<details class="more"><summary>{_("Code for another page")}</summary>'
        f'<pre tabindex="0">{escape(code(app, quote))}</pre>'
        f'<p><a href="{escape(up)}{quote.id}.html#embed">{_("What it shows there")}</a></p>'
        "</details>"
    )


def around(app: Sphinx) -> dict[str, str]:
    """What every frame ends with."""
    name = app.config.html_title or app.config.project
    return {
        "back": _("Read it in “{report}”").format(report=name),
        "of_version": _("version {version}").format(version=versions.in_words(app)),
    }


def oembed(app: Sphinx, quote: Quote) -> str:
    """The answer of oEmbed 1.0, as a file: a host of files has no endpoint that could ask for a
    width."""
    width, height = size(app, quote)
    shared, base = get_state(app), app.config.html_baseurl
    picture = social_image.of_page(app, quote.home)
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": app.config.html_title or app.config.project,
        "provider_url": base,
        "title": quote.cited,
        "author_name": ", ".join(author["name"] for author in shared.citation["authors"]),
        "url": base + quote.place,
        "html": code(app, quote),
        "width": width,
        "height": height,
        "thumbnail_url": base + picture,
        "thumbnail_width": social_image.WIDTH,
        "thumbnail_height": social_image.HEIGHT,
    }
    return json.dumps(answer, ensure_ascii=False) + "\n"


def on_page(app: Sphinx, written: Page) -> str:
    """A script with the texts to copy of all that a page shows, and how they are put together;
    empty if it shows nothing of the kind."""
    items = {quote.id: _item(app, quote) for quote in quotes.on_page(app, written)}
    if not items:
        return ""
    base = versions.address(app) + "{place}"
    forms = {
        "sentence": quotes.sentence_form(app).replace("{address}", base),
        "citation": quotes.known(app).citation.replace("{address}", base),
        "address": base,
        "embed": _FORM.replace("{address}", escape(address(app, "{id}"))),
        "items": items,
    }
    return f"{BEFORE}{html.script_json(forms, separators=(',', ':'))};\n"


def _item(app: Sphinx, quote: Quote) -> tuple[str, str, str, int, int]:
    return quote.said, quote.cited, quote.place, *size(app, quote)
