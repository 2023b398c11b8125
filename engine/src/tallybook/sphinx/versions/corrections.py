"""``{corrections}``: what moved from release to release, from what to what and why, and what is no
longer in the report; and ``releases.atom``, a feed with an entry for each release.

Nobody writes them by hand: they are read off the records of the releases and ``releases/why.csv``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.language import capital
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.release import record
from tallybook.release.tree import ReleaseError
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import group, makes_site, write_texts
from tallybook.sphinx.languages import edition
from tallybook.sphinx.nodes import cell, span, table, tag
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering

NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label")
FEED = "releases.atom"
Record = dict[str, Any]


class listing(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the corrections are to stand: when pages are read, not all charts are known yet."""


def setup(app: Sphinx) -> None:
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", fill)
    app.connect("env-check-consistency", check)


def releases(app: Sphinx) -> list[Record]:
    """Every release up to this version, the newest first."""
    return [now(app)] * numbering.is_release(app) + numbering.earlier(app)


def now(app: Sphinx) -> Record:
    """This build, as a release is recorded."""
    shared, charts = get_state(app), domain.of(app.env).data["charts"]
    claims, found = shared.report.claims, shared.report.judgements.items()
    return {
        "version": numbering.own(app).removesuffix(numbering.DRAFT),
        "date": shared.built.isoformat(),
        "pages": sorted(f"{name}.html" for name in app.env.found_docs),
        "charts": [{"id": name} for name in sorted(charts)],
        "numbers": [
            {key: getattr(one, key) for key in NUMBER}
            | ({"digits": one.digits} if one.digits else {})
            for one in shared.report.numbers
        ],
        "claims": [
            {
                "claim_id": name,
                "verdict": str(one.verdict),
                "chance": one.chance,
                "statement": claims[name].statement,
            }
            for name, one in found
        ],
    }


def heading(release: Record) -> str:
    """A version and its day."""
    day = days.in_words(date.fromisoformat(release["date"]))
    return _("Version {version}, {day}").format(version=release["version"], day=day)


class Corrections(SphinxDirective):
    """By release what moved and what is gone, the newest first."""

    def run(self) -> list[nodes.Node]:
        return [listing(up="../" * self.env.docname.count("/"))]


def fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    for empty in list(doctree.findall(listing)):
        empty.parent.replace(empty, list(page(app, empty["up"])))


def page(app: Sphinx, up: str) -> Iterator[nodes.Node]:
    """``up`` leads to the site's root."""
    if makes_site(app):
        feed = span("a", _("New versions"), href=up + FEED)
        said = _("To hear of the next ones, subscribe to a feed:") + " "
        yield tag("p", said, feed, ".", class_="feeds")
    found = releases(app)
    if not found:
        yield tag("p", _("There is no release yet, so no correction to report."))
    for new, old in itertools.zip_longest(found, found[1:]):
        yield tag("h2", heading(new), id=f"version-{new['version']}")
        yield from _one(app, new, old, up)


def _one(app: Sphinx, new: Record, old: Record | None, up: str) -> Iterator[nodes.Node]:
    """What is said of one version. ``old``: the one before."""
    if old is None:
        yield tag("p", _("This is the first release, so there is no correction to report."))
        return
    found, why = record.compare(old, new), get_state(app).why
    if not (found.moved or found.verdicts):
        yield tag("p", _("No number and no verdict changed."))
    before, after = record.entries(old), record.entries(new)
    for caption, is_, names in (
        (_("Numbers that moved"), _("Is"), found.moved),
        (_("Verdicts that changed"), _("Is"), found.verdicts),
        (_("No longer in the report"), _("In its place"), found.gone),
    ):
        rows = []
        for name in names:
            entry = after.get(name) or before[name]
            reason = why.get((name, new["version"])) or record.Reason("", "")
            label = _(entry.get("label") or entry.get("statement") or name)
            said = capital(record.said(after.get(name, {})))
            cells = (
                (_("Was"), capital(record.said(before[name])) or "–"),
                (is_, said or _linked(app, reason.instead, up)),
                (_("Why"), _(reason.why) if reason.why else _("No reason is given yet.")),
            )
            # On a phone, where rows are stacked, the label stands before the text.
            told = (cell(head, text) for head, text in cells)
            below = tag("div", span("code", name), class_="why")
            first = tag("th", _linked(app, name, up, label), below, scope="row")
            rows.append(tag("tr", first, *told))
        if rows:
            heads = (_("Name"), _("Was"), is_, _("Why"))
            yield table(caption, heads, rows, class_="data corrections")


def check(app: Sphinx, _env: BuildEnvironment) -> None:
    """Raise ``ExtensionError`` for what the last release had and is gone without a line in
    ``why.csv``: whoever cited it must find out what became of it."""
    earlier = numbering.earlier(app)
    if edition.code(app) or not makes_site(app) or not earlier:
        return
    here = now(app)
    try:
        gone = record.compare(earlier[0], here).gone
        record.explained(gone, here["version"], get_state(app).why)
    except ReleaseError as error:
        raise ExtensionError(str(error), modname="ReleaseError") from None


def _linked(app: Sphinx, name: str, up: str, text: str = "") -> nodes.Node | str:
    """A name, or a text that stands for it, with the way to what this site has of that name."""
    labels, place = app.env.get_domain("std").data["labels"], ""
    if label := labels.get(name) or labels.get(f"claim-{name}"):
        place = f"{app.builder.get_target_uri(label[0])}#{label[1]}"
    elif name.removesuffix(".html") in app.env.found_docs:
        place = name
    said = text or name or "–"
    return span("a", said, href=up + place) if place else said


def write_feed(app: Sphinx) -> None:
    """Write the feed at the root of the site; and beside the site, what it would be recorded as."""
    # Addresses and words of this build are in what all pages share.
    group(app, "feed", lambda: write_texts({Path(app.outdir) / FEED: feed(app)}))
    if not edition.code(app):
        beside = Path(app.outdir).parent / Path(record.MADE).name
        write_texts({beside: record.render(now(app))})


def feed(app: Sphinx) -> str:
    """The feed. It was last updated at the newest release; an empty one, on the day of the
    build."""
    shared, base = get_state(app), app.config.html_baseurl
    corrected = shared.page("corrections")
    home = base + (app.builder.get_target_uri(corrected) if corrected else "")
    entries = [
        {
            "title": heading(release),
            # As if the version stood below the edition: no other entry has this id, nor will one.
            "id": f"{base}{numbering.PLACE}/{release['version']}/",
            "day": release["date"],
            "address": numbering.at(app, release["version"]) + edition.folder(app),
        }
        for release in releases(app)
    ]
    context = {
        "language": state.language(app),
        "title": _("{title}: {feed}").format(
            title=shared.citation["title"], feed=_("New versions")
        ),
        "address": base + FEED,
        "home": home,
        "day": entries[0]["day"] if entries else shared.built.isoformat(),
        "authors": shared.citation["authors"],
        "licence": app.config.report_content_licence,
        "entries": entries,
    }
    return str(app.builder.templates.render(FEED, context))
