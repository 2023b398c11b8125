"""A small page for each number, figure and claim: what it is, where it stands, and how to cite just
that.

``_cite/<id>.html`` needs no script. It carries the citation for reference managers, so that a
browser's "save to library" button works on one of them; its canonical address is the place in the
chapter, so that indexes see no second copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.sphinx import (
    cff,
    chart_nodes,
    chips,
    cite,
    domain,
    meta,
    origins,
    redirects,
    report_error,
    state,
    versions,
)
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.state import get_state, held

SOURCE = "source-"  # the pages of sources, beside them
TITLE, ADDRESS = "STANDINTITLE", "https://standin.example/"


@dataclass(frozen=True)
class Item:
    """A number, a figure or a claim: what its page shows, and the title under which it is cited,
    ``cited``. ``address`` and ``picture`` are relative to the site's root."""

    id: str
    kind: str
    title: str
    cited: str
    address: str
    chapter: str
    facts: tuple[tuple[str, str], ...] = ()
    big: str = ""
    picture: str = ""
    asked: str = ""  # the heading of how to cite it
    where: str = ""  # what its sources are to it
    rests_on: tuple[str, ...] = ()  # HTML of each source; of a claim, the one in which it was said
    earlier: tuple[str, ...] = ()  # HTML of what it was in each earlier release


def write_pages(app: Sphinx) -> None:
    group(app, "records", lambda: _write(app))


def _write(app: Sphinx) -> list[Path]:
    """Write the page of every item, and none that no item has any more."""
    folder = Path(app.outdir) / state.RECORDS
    folder.mkdir(exist_ok=True)
    items = [*number_items(app), *figure_items(app), *claim_items(app)]
    pages = {folder / f"{item.id}.html": item for item in items}
    there = {path for path in folder.glob("*.html") if not path.name.startswith(SOURCE)}
    for old in there - pages.keys():
        old.unlink()
    if not items:
        return []
    refer = _references(cite_as(app, items[0]))
    return write_texts({path: page(app, item, refer) for path, item in pages.items()})


def number_items(app: Sphinx) -> Iterator[Item]:
    """Every number, with the address of its place in the text, or of its row in the page of
    numbers."""
    shared, places, titles = get_state(app), domain.of(app.env).places(), app.env.titles
    report = shared.report
    for number in report.numbers:
        page = app.builder.get_target_uri(places.get(number.id, shared.page("numbers")))
        shown = report.show(number.id)
        interval = "" if number.low is None else report.show(number.id, "interval")
        found = origins.origins(report, number, shared.page("sources"))
        yield Item(
            id=number.id,
            kind=_("Number"),
            asked=_("Cite this number"),
            where=_("Rests on"),
            title=number.label,
            # Value and name travel together.
            cited=_("{label}: {value} (number {name})").format(
                label=number.label, value=shown, name=number.id
            ),
            address=f"{page}#{number.id}",
            chapter=titles[shared.provider.CHAPTERS[number.chapter]].astext(),
            facts=(
                (_("Interval"), f"{interval}. {number.covers}" if interval else ""),
                (_("Unit"), _(number.unit)),
                (_("How"), number.how),
                (_("From the tables"), ", ".join(number.tables)),
                formerly(app, number.id),
            ),
            big=shown,
            rests_on=tuple(origin.html("../") for origin in found),
            earlier=tuple(versions.of_number(app, number.id)),
        )


def figure_items(app: Sphinx) -> Iterator[Item]:
    """Every chart that a page shows, by its number and the first sentence of its caption."""
    for name, shown in sorted(domain.of(app.env).data["charts"].items()):
        docname, caption = shown["docname"], shown["caption"]
        (serial,) = app.env.toc_fignumbers[docname]["figure"][name]
        title = caption.split(". ")[0].rstrip(".")
        kind = _("Figure {serial}").format(serial=serial)
        yield Item(
            id=name,
            kind=kind,
            asked=_("Cite this figure"),
            title=title,
            cited=_("{figure}: {title}").format(figure=kind, title=title),
            address=f"{app.builder.get_target_uri(docname)}#{name}",
            chapter=app.env.titles[docname].astext(),
            facts=((_("Caption"), caption), formerly(app, name)),
            picture=f"{chart_nodes.FOLDER}/{name}.svg",
        )


def claim_items(app: Sphinx) -> Iterator[Item]:
    """Every claim with a verdict, with the address of its row in the ledger, or in its chapter
    where there is no ledger."""
    shared = get_state(app)
    report, sources = shared.report, shared.page("sources")
    for claim_id, judgement in report.judgements.items():
        claim, verdict = report.claims[claim_id], str(judgement.verdict)
        page = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
        place = f"{sources}.html#{report.source_place(claim.source_key)}"
        source = origins.Origin(report.source_name(claim.source_key), place, "").html("../")
        statement = claim.statement.rstrip(".")
        yield Item(
            id=f"claim-{claim_id}",
            kind=_("Claim"),
            asked=_("Cite this claim"),
            where=_("Said in"),
            title=claim.statement,
            cited=_("Verdict on the claim “{claim}” ({outlet}, {day}): {verdict}").format(
                claim=statement, outlet=claim.outlet, day=claim.day, verdict=_(verdict)
            ),
            address=f"{app.builder.get_target_uri(page)}#claim-{claim_id}",
            chapter=app.env.titles[page].astext(),
            facts=(
                (_("Said by"), _(claim.said_by)),
                (_("Outlet"), claim.outlet),
                (_("Date"), claim.day),
                (_("In these words"), claim.key_phrase or ""),
                (_("Published figure"), claim.published or ""),
                (_("Why"), report.expand(judgement.reason)),
                formerly(app, claim_id),
            ),
            big=chips.name(verdict),
            rests_on=(source,) if sources else (),
            earlier=tuple(versions.of_claim(app, claim_id)),
        )


def formerly(app: Sphinx, name: str) -> tuple[str, str]:
    """What a thing was called before, as a fact."""
    return _("Formerly"), ", ".join(held(app, redirects.Moves).formerly.get(name, ()))


def cite_as(app: Sphinx, item: Item) -> dict[str, Any]:
    """The item as a part of the report that can be cited."""
    return cite.part_record(app, item.cited, item.address, f"-{item.id}")


def page(app: Sphinx, item: Item, refer: Callable[[dict[str, Any]], str]) -> str:
    """``refer``: a record as a reference (see ``_references``)."""
    shared, entry = get_state(app), cite_as(app, item)
    formats, authors = cite.formats(entry), shared.citation["authors"]
    pairs = [
        ("citation_title", entry["title"]),
        ("citation_inbook_title", shared.citation["title"]),
        *(("citation_author", versions.one_line(cff.as_one_name(author))) for author in authors),
        ("citation_publication_date", shared.built.strftime("%Y/%m/%d")),
        ("citation_language", entry["language"]),
        ("citation_fulltext_html_url", entry["URL"]),
    ]
    context = {
        "item": item,
        "language": entry["language"],
        "address": app.config.html_baseurl + item.address,
        "head": "\n".join(meta.named(name, content) for name, content in pairs),
        "policy": meta.POLICY,
        "root": "../",
        "reference": refer(entry),
        "formats": [(name, formats[end]) for name, end in cite.FORMATS],
        "report_name": app.config.html_short_title,
        "version": versions.in_words(app),
        "newest": app.config.html_baseurl,
        "report_error": report_error.address(app, item.id, item.address),
        "built": shared.built.isoformat(),
    }
    return str(app.builder.templates.render("record.html", context))


def _references(entry: dict[str, Any]) -> Callable[[dict[str, Any]], str]:
    """``cite.reference`` for many records that differ in title and address alone. The library
    writes one with stand-ins, and all are filled in from that: a thousand runs of the library would
    take longer than the rest of the build."""
    form = cite.reference(entry | {"title": TITLE, "URL": ADDRESS})

    def refer(record: dict[str, Any]) -> str:
        return form.replace(ADDRESS, escape(record["URL"])).replace(TITLE, escape(record["title"]))

    return refer
