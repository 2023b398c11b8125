"""A small page for each number, figure and claim: what it is, where it stands, and how to cite just
that.

``_cite/<id>.html`` needs no script. It carries the citation for reference managers, so that a
browser's "save to library" button works on one of them. The canonical address of a number or figure
is its place in the chapter, so that indexes see no second copy; a claim's is this page, which
carries a review of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model.formatting import unit_name
from tallybook.sphinx import (
    bare,
    cff,
    chart_nodes,
    chips,
    cite,
    domain,
    embed,
    linked_data,
    meta,
    origins,
    quotes,
    report_error,
    state,
    versions,
)
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.quotes import ADDRESS, TITLE, Quote
from tallybook.sphinx.state import get_state

SOURCE = "source-"  # the pages of sources, beside them


@dataclass(frozen=True)
class Item:
    """What the page of a number, a figure or a claim shows beside what is quoted of it. ``picture``
    is relative to the site's root."""

    quote: Quote
    title: str
    chapter: str
    facts: tuple[tuple[str, str], ...] = ()
    big: str = ""
    picture: str = ""
    asked: str = ""  # the heading of how to cite it
    where: str = ""  # what its sources are to it
    rests_on: tuple[str, ...] = ()  # HTML of each source; of a claim, the one in which it was said
    earlier: tuple[str, ...] = ()  # HTML of what it was in each earlier release
    review: str = ""  # of a claim, for search engines: a script element

    @property
    def place(self) -> str:
        """The place in the site by which indexes know it. A claim has its own page: search engines
        want one for each review. Others are known by their place in a chapter."""
        own = f"{state.RECORDS}/{self.quote.id}.html"
        return own if self.review else self.quote.place


def write_pages(app: Sphinx) -> None:
    group(app, "records", lambda: _write(app))


def _write(app: Sphinx) -> list[Path]:
    """Write the page of every item, and none that no item has any more."""
    folder = Path(app.outdir) / state.RECORDS
    folder.mkdir(exist_ok=True)
    items = [*number_items(app), *figure_items(app), *claim_items(app)]
    pages = {folder / f"{item.quote.id}.html": item for item in items}
    there = {path for path in folder.glob("*.html") if not path.name.startswith(SOURCE)}
    for old in there - pages.keys():
        old.unlink()
    if not items:
        return []
    refer = _references(cite_as(app, items[0]))
    return write_texts({path: page(app, item, refer) for path, item in pages.items()})


def number_items(app: Sphinx) -> Iterator[Item]:
    """Every number."""
    shared, titles = get_state(app), app.env.titles
    report = shared.report
    for number in report.numbers:
        interval = "" if number.low is None else report.show(number.id, "interval")
        found = origins.origins(report, number, shared.page("sources"))
        yield Item(
            quote=quotes.of_number(app, number),
            asked=_("Cite this number"),
            where=_("Rests on"),
            title=number.label,
            chapter=titles[shared.provider.CHAPTERS[number.chapter]].astext(),
            facts=(
                (_("Interval"), f"{interval}. {number.covers}" if interval else ""),
                (_("Unit"), unit_name(number)),
                (_("How"), number.how),
                (_("From the tables"), ", ".join(number.tables)),
            ),
            big=report.show(number.id),
            rests_on=tuple(origin.html("../") for origin in found),
            earlier=tuple(versions.before(app, number.id)),
        )


def figure_items(app: Sphinx) -> Iterator[Item]:
    """Every chart that a page shows, by the first sentence of its caption."""
    for name, shown in sorted(domain.of(app.env).data["charts"].items()):
        caption = shown["caption"]
        yield Item(
            quote=quotes.of_chart(app, name),
            asked=_("Cite this figure"),
            title=caption.split(". ")[0].rstrip("."),
            chapter=app.env.titles[shown["docname"]].astext(),
            facts=((_("Caption"), caption),),
            picture=f"{chart_nodes.FOLDER}/{name}.svg",
        )


def claim_items(app: Sphinx) -> Iterator[Item]:
    """Every claim with a verdict."""
    shared = get_state(app)
    report, sources, reviews = shared.report, shared.page("sources"), linked_data.reviews(app)
    for claim_id, judgement in report.judgements.items():
        claim = report.claims[claim_id]
        page = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
        place = f"{sources}.html#{report.source_place(claim.source_key)}"
        source = origins.Origin(report.source_name(claim.source_key), place, "").html("../")
        yield Item(
            quote=quotes.of_claim(app, claim_id),
            asked=_("Cite this claim"),
            where=_("Said in"),
            title=claim.statement,
            chapter=app.env.titles[page].astext(),
            facts=(
                (_("Said by"), _(claim.said_by)),
                (_("Outlet"), claim.where),
                (_("Date"), claim.day),
                (_("In these words"), claim.quoted),
                (_("Published figure"), claim.published or ""),
                (_("Why"), report.expand(judgement.reason)),
            ),
            big=chips.name(str(judgement.verdict)),
            rests_on=(source,) if sources else (),
            earlier=tuple(versions.before(app, claim_id)),
            review=reviews[claim_id],
        )


def cite_as(app: Sphinx, item: Item) -> dict[str, Any]:
    """The item as a part of the report that can be cited."""
    quote = item.quote
    return cite.part_record(app, quote.cited, quote.place, f"-{quote.id}")


def page(app: Sphinx, item: Item, refer: Callable[[dict[str, Any]], str]) -> str:
    """``refer``: a record as a reference (see ``_references``)."""
    shared, entry, quote = get_state(app), cite_as(app, item), item.quote
    formats, authors = cite.formats(entry), shared.citation["authors"]
    pairs = [
        ("citation_title", entry["title"]),
        ("citation_inbook_title", shared.citation["title"]),
        *(("citation_author", versions.one_line(cff.as_one_name(author))) for author in authors),
        ("citation_publication_date", shared.built.strftime("%Y/%m/%d")),
        ("citation_language", entry["language"]),
        ("citation_fulltext_html_url", entry["URL"]),
        # Zotero keeps this one rather than og:url, which is the newest version's.
        ("eprints.official_url", entry["URL"]),
        (meta.EDITION, entry["edition"]),
    ]
    head = [
        *(meta.named(*pair) for pair in pairs),
        *meta.shared_as(app, quote, item.place),
        *filter(None, [item.review]),
    ]
    return bare.render(
        app,
        "record.html",
        root="../",
        item=item,
        address=app.config.html_baseurl + item.place,
        head="\n".join(head),
        sentence=quotes.sentence(app, quote.said, quote.place),
        embed=embed.fold(app, quote, "../"),
        oembed=embed.address(app, quote.id, "json"),
        reference=refer(entry),
        formats=[(name, formats[end]) for name, end in cite.FORMATS],
        version=versions.in_words(app),
        newest=app.config.html_baseurl,
        report_error=report_error.address(app, quote.id, quote.place),
    )


def _references(entry: dict[str, Any]) -> Callable[[dict[str, Any]], str]:
    """``cite.reference`` for many records that differ in title and address alone. The library
    writes one with stand-ins, and all are filled in from that: a thousand runs of the library would
    take longer than the rest of the build."""
    form = cite.reference(entry | {"title": TITLE, "URL": ADDRESS})

    def refer(record: dict[str, Any]) -> str:
        return form.replace(ADDRESS, escape(record["URL"])).replace(TITLE, escape(record["title"]))

    return refer
