"""The page of each chapter, number, chart and claim that the report shows: what it is, how to cite
just that, and what another page shows of it in a frame.

``_cite/<id>.html`` works without a script. A frame asks for it with ``#embed``; then the style
sheet leaves out all but what is quoted. Its canonical address is its place in the report, so that
indexes see no second copy. Beside the page of a chapter, chart or claim lie its citations as files,
and the answer of oEmbed. Numbers are many: their citations are texts to copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.data.provenance import source_place
from tallybook.language import gettext as _
from tallybook.sphinx import (
    bare,
    chips,
    cite,
    claims,
    domain,
    edition,
    embed,
    meta,
    origins,
    quotes,
    state,
    versions,
)
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.quotes import Quote
from tallybook.sphinx.state import get_state


@dataclass(frozen=True)
class Item:
    """What the page of a thing says beside what is quoted of it."""

    quote: Quote
    record: dict[str, Any]  # by which it is cited
    asked: str  # the heading of how to cite it
    answer: str = ""  # the file with the answer of oEmbed
    files: str = ""  # those with its citations, without their endings
    facts: tuple[tuple[str, str], ...] = ()
    where: str = ""  # what its sources are to it
    rests_on: tuple[str, ...] = ()  # HTML of each source
    earlier: tuple[str, ...] = ()  # HTML of what it was in each earlier release


def write_pages(app: Sphinx) -> None:
    """Write the pages of all things and what lies beside them, and nothing that the report does not
    have any more."""
    charts = domain.of(app.env).data["charts"].values()
    drawn = "".join(chart["broad"] + chart["narrow"] for chart in charts)
    group(app, "things", lambda: _write(app), drawn)


def _write(app: Sphinx) -> list[Path]:
    folder, whole = Path(app.outdir) / state.RECORDS, cite.report_record(app)
    texts = {f"{whole['id']}.{end}": text for end, text in cite.formats(whole).items()}
    for item in items(app):
        texts[f"{item.quote.id}.html"] = page(app, item)
        if item.answer:
            texts[item.answer] = embed.oembed(app, item.quote)
        if item.files:
            found = cite.formats(item.record).items()
            texts |= {f"{item.files}.{end}": text for end, text in found}
    folder.mkdir(exist_ok=True)
    for old in {path.name for path in folder.iterdir()} - texts.keys():
        (folder / old).unlink()
    return write_texts({folder / name: text for name, text in texts.items()})


def items(app: Sphinx) -> Iterator[Item]:
    """All that has a page."""
    for name in get_state(app).provider.CHAPTERS:
        quote = quotes.of_chapter(app, name)
        record, asked = cite.chapter_record(app, name), _("Cite this chapter")
        yield Item(quote, record, asked, answer=_answer(quote), files=quote.id)
    yield from _numbers(app)
    for name in sorted(domain.of(app.env).data["charts"]):
        quote = quotes.of_chart(app, name)
        yield Item(
            quote,
            _record(app, quote),
            _("Cite this figure"),
            answer=_answer(quote),
            files=_files(app, quote),
        )
    yield from _claims(app)


def _answer(quote: Quote) -> str:
    return f"{quote.id}.oembed.json"


def _files(app: Sphinx, quote: Quote) -> str:
    """Citations of charts and claims are files in the report itself, not once more in each of its
    other languages."""
    return "" if edition.code(app) else quote.id


def _numbers(app: Sphinx) -> Iterator[Item]:
    """Every number that a page prints. The list of all numbers does not count as one."""
    shared = get_state(app)
    for number in shared.report.numbers:
        if number.id not in quotes.known(app).places:
            continue
        quote = quotes.of_number(app, number)
        found = origins.origins(shared.report, number, shared.page("sources"))
        tables = ", ".join(number.tables)
        yield Item(
            quote,
            _record(app, quote),
            _("Cite this number"),
            facts=((_("How"), number.how), (_("From the tables"), tables)),
            where=_("Rests on"),
            rests_on=tuple(origin.html("../") for origin in found),
            earlier=tuple(versions.before(app, number.id)),
        )


def _claims(app: Sphinx) -> Iterator[Item]:
    """Every claim that has a row."""
    shared = get_state(app)
    report, sources = shared.report, shared.page("sources")
    for claim_id in claims.listed(report):
        quote, claim = quotes.of_claim(app, claim_id), report.claims[claim_id]
        place = f"{sources}.html#{source_place(claim.source_key)}"
        source = origins.Origin(report.source_name(claim.source_key), place, "").html("../")
        yield Item(
            quote,
            _record(app, quote),
            _("Cite this claim"),
            answer=_answer(quote),
            files=_files(app, quote),
            facts=(
                (_("Said by"), _(claim.said_by)),
                (_("Outlet"), claim.where),
                (_("Date"), claim.day),
                (_("In these words"), claim.quoted),
            ),
            where=_("Said in"),
            rests_on=(source,) if sources else (),
            earlier=tuple(versions.before(app, claim_id)),
        )


def _record(app: Sphinx, quote: Quote) -> dict[str, Any]:
    return cite.part_record(app, quote.cited, quote.place, f"-{quote.id}")


def page(app: Sphinx, item: Item) -> str:
    """The page of a thing."""
    shared, quote = get_state(app), item.quote
    place = quote.place.partition("#")[0].removesuffix(".html")
    return bare.render(
        app,
        "record.html",
        root="../",
        item=item,
        quote=quote,
        verdict=chips.name(quote.verdict) if quote.verdict else "",
        look=shared.provider.VERDICTS[quote.verdict] if quote.verdict else None,
        address=app.config.html_baseurl + quote.place,
        head="\n".join(meta.of_part(app, quote, item.record)),
        chapter=app.env.titles[place].astext(),
        cite=cite.block(item.record, "cite-this", item.asked, item.files),
        sentence=quotes.sentence(app, quote.said, quote.place),
        embed=embed.fold(app, quote, ""),
        oembed=item.answer and f"{app.config.html_baseurl}{state.RECORDS}/{item.answer}",
        newest=app.config.html_baseurl,
        **embed.around(app),
    )
