"""The page of each chapter, number, chart and claim that the report shows: what it is, how to cite
just that, and what another page shows of it in a frame.

``_cite/<id>.html`` works without a script. A frame asks for it with ``#embed``; then the style
sheet leaves out all but what is quoted. Its canonical address is its place in the report, so that
indexes see no second copy. Beside the page of a chapter, an answer, a chart or a claim lie its
citations and the answer of oEmbed; the citations of other numbers are texts to copy.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.project import ENGINE
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.citing import cff, citations, meta, quotes
from tallybook.sphinx.citing.quotes import Quote
from tallybook.sphinx.state import RECORDS, get_state
from tallybook.sphinx.versions import numbering

WIDTH, CHART_WIDTH = 640, 760  # px of a frame; a chart has its broad drawing there
# Where the page around a frame has no script that hears how tall it is (``RESIZE``), these are, on
# a phone, the letters of a line, px of a line, under a text and around all, and of a drawing.
LETTERS, LINE, UNDER, AROUND, NARROW = 38, 22, 8, 60, 360
# Once for all frames of a page: hears how tall ``embed.js`` says that each is.
RESIZE = (ENGINE / "theme" / "embedding.html").read_text(encoding="utf-8")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write_pages(app: Sphinx) -> None:
    """Write the pages of all things and what lies beside them, and nothing that the report does not
    have any more."""
    charts = domain.of(app.env).data["charts"]  # a page that was read again has its own last
    drawn = "".join(charts[name]["broad"] + charts[name]["narrow"] for name in sorted(charts))
    group(app, "things", lambda: _write(app), drawn)


def _write(app: Sphinx) -> list[Path]:
    folder, whole = Path(app.outdir) / RECORDS, citations.report_record(app)
    texts = _files(whole["id"], whole)
    for quote in quotes.everything(app):
        record = cited_by(app, quote)
        texts[f"{quote.id}.html"] = page(app, quote, record)
        if name := _beside(app, quote):
            texts |= {f"{name}.oembed.json": oembed(app, quote)} | _files(name, record)
    folder.mkdir(exist_ok=True)
    for old in {path.name for path in folder.iterdir()} - texts.keys():
        (folder / old).unlink()
    return write_texts({folder / name: text for name, text in texts.items()})


def _files(name: str, record: dict[str, Any]) -> dict[str, str]:
    return {f"{name}.{end}": text for end, text in citations.formats(record).items()}


def _beside(app: Sphinx, quote: Quote) -> str:
    """The name of the files beside its page; empty for a number that is no answer, which has
    none."""
    report = get_state(app).report
    plain = quote.id in report.numbers and quote.id not in report.answered.answers
    return "" if plain else quote.id


def cited_by(app: Sphinx, quote: Quote) -> dict[str, Any]:
    """The CSL record of a thing."""
    key = quote.id.removeprefix("chapter-") if quote.is_chapter else f"-{quote.id}"
    return citations.part_record(app, quote.cited, quote.place, key, quote.note)


def page(app: Sphinx, quote: Quote, record: dict[str, Any]) -> str:
    """The page of a thing."""
    shared = get_state(app)
    beside, place = _beside(app, quote), quote.place.partition("#")[0]
    return bare(
        app,
        "record.html",
        root="../",
        quote=quote,
        looks=shared.provider.VERDICTS,
        address=app.config.html_baseurl + quote.place,
        head="\n".join(meta.highwire(record)),
        chapter=app.env.titles[unquote(place.removesuffix(".html"))].astext(),
        cite=citations.block(record, "cite-this", _("Cite this"), beside, fold(app, quote, "")),
        oembed=beside and f"{app.config.html_baseurl}{RECORDS}/{beside}.oembed.json",
        newest=app.config.html_baseurl,
        back=_back(app),
        of_version=_("version {version}").format(version=numbering.in_words(app)),
        day=days.in_words(shared.built),
        licence=app.config.report_content_licence,
        terms=cff.terms(shared.citation),
    )


def _back(app: Sphinx) -> str:
    name = app.config.html_title or app.config.project
    return _("Read it in “{report}”").format(report=name)


def bare(app: Sphinx, template: str, root: str, **more: Any) -> str:
    """A page with a name and a text and no more (``bare.html``). ``root`` leads to the site's
    root."""
    context = {
        "language": state.language(app),
        "policy": meta.POLICY,
        "root": root,
        "report_name": app.config.html_short_title,
        "built": get_state(app).built.isoformat(),
    }
    return str(app.builder.templates.render(template, context | more))


def fold(app: Sphinx, quote: Quote, up: str) -> str:
    """HTML of a fold with the code to embed it: in the newest version, so that an article shows
    what is known now, or in this one, as it is cited. ``up`` leads to the folder of these pages."""
    newest, stays = code(app, quote), code(app, quote, numbering.address(app))
    told = [(_("It shows the newest version."), newest)]
    told += [(_("It stays with this version."), stays)] if stays != newest else []
    told += [(_("Once on that page, so that each frame is as tall as its text."), RESIZE)]
    codes = "".join(f'<p>{said}</p><pre tabindex="0">{escape(text)}</pre>' for said, text in told)
    return (
        f'<details class="more"><summary>{_("Code for another page")}</summary>{codes}'
        f'<p><a href="{escape(up)}{quote.id}.html#embed">{_("What it shows there")}</a></p>'
        "</details>"
    )


def code(app: Sphinx, quote: Quote, base: str = "") -> str:
    """The HTML by which another page shows it. ``base``: of which version, by itself the newest."""
    width, height = size(app, quote)
    address = f"{base or app.config.html_baseurl}{RECORDS}/{quote.id}.html#embed"
    return (
        f'<iframe src="{escape(address)}" title="{escape(quote.cited)}" width="{width}"'
        f' height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def size(app: Sphinx, quote: Quote) -> tuple[int, int]:
    """Width and height of a frame, in pixels, with room for the text on a phone."""
    claimed = (part for word in quote.claims for part in (word.claim, word.judged, word.found))
    texts = [quote.kind, quote.title, *quote.told, *claimed, quote.judged, quote.rests_on]
    texts += [quote.words, quote.big, " " * LETTERS + _back(app) + numbering.in_words(app)]
    tall = AROUND + sum((len(text) // LETTERS + 1) * LINE + UNDER for text in texts if text)
    if not quote.drawings:
        return WIDTH, tall
    (_, broad), (width, narrow) = (
        map(float, _BOX.search(drawing).groups())  # type: ignore[union-attr]  # each has one
        for drawing in quote.drawings
    )
    return CHART_WIDTH, tall + round(max(broad, narrow * NARROW / width))


def oembed(app: Sphinx, quote: Quote) -> str:
    """The answer of oEmbed 1.0, as a file: a host of files has no endpoint that could ask for a
    width."""
    width, height = size(app, quote)
    base = app.config.html_baseurl
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": app.config.html_title or app.config.project,
        "provider_url": base,
        "title": quote.cited,
        "author_name": ", ".join(one["name"] for one in get_state(app).citation["authors"]),
        "url": base + quote.place,
        "html": code(app, quote),
        "width": width,
        "height": height,
    }
    return json.dumps(answer, ensure_ascii=False) + "\n"
