"""The page of each chapter, number, chart and claim that the report shows: what it is, how to cite
just that, and what another page shows of it in a frame.

``_cite/<id>.html`` works without a script. A frame asks for it with ``#embed``; then the style
sheet leaves out all but what is quoted. Its canonical address is its place in the report, so that
indexes see no second copy. Beside the page of a chapter, chart or claim lies the answer of oEmbed.
The citations of the report and of chapters are files as well; those of all else, texts to copy.
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
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.citing import citations, meta, quotes
from tallybook.sphinx.citing.quotes import Quote
from tallybook.sphinx.state import RECORDS, get_state
from tallybook.sphinx.versions import numbering

WIDTH, CHART_WIDTH = 640, 760  # px of a frame; a chart has its broad drawing there
# A frame cannot ask the page around it for room without a script. On a phone, these are the letters
# of a line, px of a line and under a text, of a large number and around all, and of a drawing.
LETTERS, LINE, UNDER, BIG, AROUND, NARROW = 38, 22, 8, 52, 48, 360
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def write_pages(app: Sphinx) -> None:
    """Write the pages of all things and what lies beside them, and nothing that the report does not
    have any more."""
    charts = domain.of(app.env).data["charts"].values()
    drawn = "".join(chart["broad"] + chart["narrow"] for chart in charts)
    group(app, "things", lambda: _write(app), drawn)


def _write(app: Sphinx) -> list[Path]:
    folder, whole = Path(app.outdir) / RECORDS, citations.report_record(app)
    numbers, texts = get_state(app).report.numbers, _files(whole["id"], whole)
    for quote in quotes.everything(app):
        record = cited_by(app, quote)
        texts[f"{quote.id}.html"] = page(app, quote, record)
        if quote.id not in numbers:
            texts[_answer(quote)] = oembed(app, quote)
        if quote.is_chapter:
            texts |= _files(quote.id, record)
    folder.mkdir(exist_ok=True)
    for old in {path.name for path in folder.iterdir()} - texts.keys():
        (folder / old).unlink()
    return write_texts({folder / name: text for name, text in texts.items()})


def _files(name: str, record: dict[str, Any]) -> dict[str, str]:
    return {f"{name}.{end}": text for end, text in citations.formats(record).items()}


def _answer(quote: Quote) -> str:
    """The file with the answer of oEmbed."""
    return f"{quote.id}.oembed.json"


def cited_by(app: Sphinx, quote: Quote) -> dict[str, Any]:
    """The CSL record of a thing."""
    key = quote.id.removeprefix("chapter-") if quote.is_chapter else f"-{quote.id}"
    note = {"note": numbering.one_line(quote.note)} if quote.note else {}
    return citations.part_record(app, quote.cited, quote.place, key) | note


def page(app: Sphinx, quote: Quote, record: dict[str, Any]) -> str:
    """The page of a thing."""
    shared = get_state(app)
    answer = "" if quote.id in shared.report.numbers else _answer(quote)
    place = quote.place.partition("#")[0]
    return bare(
        app,
        "record.html",
        root="../",
        quote=quote,
        verdict=quote.judged,
        look=shared.provider.VERDICTS[quote.verdict] if quote.verdict else None,
        address=app.config.html_baseurl + quote.place,
        head="\n".join(meta.highwire(record)),
        chapter=app.env.titles[unquote(place.removesuffix(".html"))].astext(),
        cite=citations.block(
            record,
            "cite-this",
            _("Cite this"),
            quote.id if quote.is_chapter else "",
            fold(app, quote, ""),
        ),
        oembed=answer and f"{app.config.html_baseurl}{RECORDS}/{answer}",
        newest=app.config.html_baseurl,
        back=_back(app),
        of_version=_("version {version}").format(version=numbering.in_words(app)),
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
    """HTML of a fold with the code to embed it. ``up`` leads to the folder of these pages."""
    return (
        f'<details class="more"><summary>{_("Code for another page")}</summary>'
        f'<pre tabindex="0">{escape(code(app, quote))}</pre>'
        f'<p><a href="{escape(up)}{quote.id}.html#embed">{_("What it shows there")}</a></p>'
        "</details>"
    )


def code(app: Sphinx, quote: Quote) -> str:
    """The HTML by which another page shows it, in the newest version: an article shows what is
    known now."""
    width, height = size(app, quote)
    address = f"{app.config.html_baseurl}{RECORDS}/{quote.id}.html#embed"
    return (
        f'<iframe src="{escape(address)}" title="{escape(quote.cited)}" width="{width}"'
        f' height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )


def size(app: Sphinx, quote: Quote) -> tuple[int, int]:
    """Width and height of a frame, in pixels, with room for the text on a phone."""
    texts = [quote.kind, quote.title, *quote.told, quote.claim, quote.judged, quote.rests_on]
    texts += [quote.words, _back(app) + numbering.in_words(app)]
    tall = AROUND + (BIG if quote.big else 0)
    tall += sum((len(text) // LETTERS + 1) * LINE + UNDER for text in texts if text)
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
