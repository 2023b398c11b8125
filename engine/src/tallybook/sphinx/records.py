"""A small page for each number, figure and claim: what it is, where it stands, and how to cite just
that.

``_cite/<id>.html`` needs no script. It carries the citation for reference managers, so that a
browser's "save to library" button works on one of them; its canonical address is the place in the
chapter, so that indexes see no second copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from tallybook.sphinx import (
    background_outputs,
    cff,
    chart,
    cite,
    domain,
    meta,
    origins,
    report_error,
    state,
    versions,
)
from tallybook.sphinx.state import get_state


@dataclass(frozen=True)
class Item:
    """A number, a figure or a claim: what its page shows, and the title under which it is cited,
    ``cited``.

    ``address`` and ``picture`` are relative to the site's root.
    """

    id: str
    kind: str
    title: str
    cited: str
    address: str
    chapter: str
    facts: tuple[tuple[str, str], ...] = ()
    big: str = ""
    picture: str = ""
    rests_on: tuple[str, ...] = ()  # HTML of each source; of a claim, the one in which it was said
    earlier: tuple[str, ...] = ()  # HTML of what it was in each earlier release


def setup(app: Sphinx) -> None:
    app.connect(background_outputs.EVENT, write_pages)


def write_pages(app: Sphinx) -> None:
    get_state(app).making.group("records", get_state(app).surroundings, lambda: _write(app))


def _write(app: Sphinx) -> list[Path]:
    """Write the page of every item, and none that no item has any more."""
    folder = Path(app.outdir) / state.RECORDS
    folder.mkdir(exist_ok=True)
    pages = {folder / f"{item.id}.html": item for item in items(app)}
    for old in folder.glob("*.html"):
        if old not in pages:
            old.unlink()
    for path, item in pages.items():
        path.write_text(page(app, item), encoding="utf-8")
    return list(pages)


def items(app: Sphinx) -> list[Item]:
    return [*number_items(app), *figure_items(app), *claim_items(app)]


def number_items(app: Sphinx) -> list[Item]:
    """Every number, with the address of its place in the text, or of its row in the page of
    numbers."""
    shared, places, titles = get_state(app), domain.of(app.env).places(), app.env.titles
    report = shared.report
    found = []
    for number in report.numbers:
        page = app.builder.get_target_uri(places.get(number.id, shared.page("numbers")))
        chapter = titles[shared.provider.CHAPTERS[number.chapter]].astext()
        facts = [
            ("Unit", number.unit),
            ("How", number.how),
            ("From the tables", ", ".join(number.tables)),
        ]
        rests_on = tuple(
            origin.html("../") for origin in origins.origins(report, number, shared.page("sources"))
        )
        if number.low is not None:
            facts.insert(0, ("Interval", f"{report.show(number.id, 'interval')}. {number.covers}"))
        address, shown = f"{page}#{number.id}", report.show(number.id)
        earlier = tuple(map(versions.link, versions.of_number(app, number.id)))
        cited = f"{number.label}: {shown} (number {number.id})"  # value and name travel together
        about = Item(
            number.id, "Number", number.label, cited, address, chapter, tuple(facts), big=shown
        )
        found.append(replace(about, rests_on=rests_on, earlier=earlier))
    return found


def figure_items(app: Sphinx) -> list[Item]:
    """Every chart that a page shows, by its number and the first sentence of its caption."""
    found = []
    for name, shown in sorted(domain.of(app.env).data["charts"].items()):
        docname, caption = shown["docname"], shown["caption"]
        (serial,) = app.env.toc_fignumbers[docname]["figure"][name]
        title = caption.split(". ")[0].rstrip(".")
        address = f"{app.builder.get_target_uri(docname)}#{name}"
        facts = (("Caption", caption),)
        chapter, kind = app.env.titles[docname].astext(), f"Figure {serial}"
        found.append(
            Item(
                name,
                kind,
                title,
                f"{kind}: {title}",
                address,
                chapter,
                facts,
                picture=f"{chart.FOLDER}/{name}.svg",
            )
        )
    return found


def claim_items(app: Sphinx) -> list[Item]:
    """Every claim with a verdict, with the address of its row in the ledger, or in its chapter
    where there is no ledger."""
    shared = get_state(app)
    report, found = shared.report, []
    for claim_id, judgement in report.judgements.items():
        claim, verdict = report.claims[claim_id], str(judgement.verdict)
        page = shared.page("ledger") or shared.provider.CHAPTERS[claim.chapter]
        cited = (
            f"Verdict on the claim “{claim.statement.rstrip('.')}” ({claim.outlet}, {claim.day}):"
            f" {verdict}"
        )
        facts = [
            ("Said by", claim.said_by),
            ("Outlet", claim.outlet),
            ("Date", claim.day),
            ("In these words", claim.key_phrase or ""),
        ]
        facts += [
            ("Published figure", claim.published or ""),
            ("Why", report.expand(judgement.reason)),
        ]
        source = f"{shared.page('sources')}.html#{report.source_place(claim.source_key)}"
        rests_on = (
            (origins.Origin(report.source_name(claim.source_key), source, "").html("../"),)
            if shared.page("sources")
            else ()
        )
        name, title = f"claim-{claim_id}", app.env.titles[page].astext()
        address = f"{app.builder.get_target_uri(page)}#{name}"
        about = Item(
            name,
            "Claim",
            claim.statement,
            cited,
            address,
            title,
            tuple(facts),
            verdict.capitalize(),
        )
        earlier = tuple(map(versions.link, versions.of_claim(app, claim_id)))
        found.append(replace(about, rests_on=rests_on, earlier=earlier))
    return found


def record(app: Sphinx, item: Item) -> dict[str, Any]:
    """The item as a part of the report that can be cited."""
    return cite.part_record(app, item.cited, item.address, f"-{item.id}")


def page(app: Sphinx, item: Item) -> str:
    entry = record(app, item)
    formats = cite.formats(entry)
    pairs = [
        ("citation_title", entry["title"]),
        ("citation_inbook_title", get_state(app).citation["title"]),
    ]
    pairs += [
        ("citation_author", cite.one_line(cff.as_one_name(author)))
        for author in get_state(app).citation["authors"]
    ]
    pairs += [
        ("citation_publication_date", get_state(app).built.strftime("%Y/%m/%d")),
        ("citation_language", entry["language"]),
    ]
    pairs += [("citation_fulltext_html_url", entry["URL"])]
    context = {
        "item": item,
        "language": entry["language"],
        "address": app.config.html_baseurl + item.address,
        "head": "\n".join(meta.named(name, content) for name, content in pairs),
        "policy": meta.POLICY,
        "root": "../",
        "reference": _reference(app, entry),
        "formats": [(name, formats[end]) for name, end in cite.FORMATS],
        "report_name": app.config.html_short_title,
        "version": versions.in_words(app),
        "newest": app.config.html_baseurl,
        "report_error": report_error.address(app, item.id, item.address),
        "built": get_state(app).built.isoformat(),
    }
    text: str = app.builder.templates.render("record.html", context)
    return text


def _reference(app: Sphinx, entry: dict[str, Any]) -> str:
    """As ``cite.reference`` gives it. One record in a stand-in's place is written by the library
    and all are filled in from that: a thousand runs of the library would take longer than the rest
    of the build."""
    if not get_state(app).reference:
        get_state(app).reference = cite.reference(
            entry | {"title": "STANDINTITLE", "URL": "https://standin.example/"}
        )
    form = get_state(app).reference.replace("https://standin.example/", escape(entry["URL"]))
    return form.replace("STANDINTITLE", escape(entry["title"]))
