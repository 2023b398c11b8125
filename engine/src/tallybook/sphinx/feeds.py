"""``releases.atom``: a feed with an entry for each release, written with ElementTree, so that the
locked build needs no other package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.sphinx import corrections, state, versions
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.corrections import FEED, Step
from tallybook.sphinx.state import get_state


def write_file(app: Sphinx) -> None:
    """Write the feed at the root of the site."""
    # Addresses and words of this build are in what all pages share.
    group(app, "feeds", lambda: write_texts({Path(app.outdir) / FEED: feed(app)}))


def feed(app: Sphinx) -> str:
    """The feed as text. It was last updated at the newest release; an empty one, on the day of the
    build."""
    shared, spoken = get_state(app), state.language(app)
    address = app.config.html_baseurl + FEED
    steps = [step for step in corrections.steps(app) if step.released]
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": spoken})
    title = _("{title}: {feed}").format(title=shared.citation["title"], feed=_("New versions"))
    _text(root, "title", title)
    _text(root, "id", address)
    _text(root, "updated", _time(steps[0].new["date"] if steps else str(shared.built)))
    _link(root, "self", address, "application/atom+xml")
    _link(root, "alternate", _home(app), "text/html")
    for author in shared.citation["authors"]:
        _text(SubElement(root, "author"), "name", author["name"])
    if licence := app.config.report_content_licence:
        _text(root, "rights", licence)
    root.extend(entries(app, steps))
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def entries(app: Sphinx, steps: list[Step]) -> Iterator[Element]:
    """An entry for each release, the newest first."""
    kept = dict(versions.kept(app))
    if versions.is_release(app):
        kept[versions.own(app)] = versions.address(app)
    for step in steps:
        version, entry = step.new["version"], Element("entry")
        _text(entry, "title", corrections.heading(step))
        # As if the version stood below the edition: no other entry has this id, nor will one.
        _text(entry, "id", f"{app.config.html_baseurl}{versions.PLACE}/{version}/")
        _text(entry, "updated", _time(step.new["date"]))
        place = kept.get(version) or f"{_home(app)}#version-{version}"
        _link(entry, "alternate", place, "text/html")
        _text(entry, "summary", summary(step))
        yield entry


def summary(step: Step) -> str:
    if (found := step.changes) is None:
        return _("The first release.")
    numbers, verdicts = len(found.moved), len(found.verdicts)
    of_numbers = ngettext("{count} number moved.", "{count} numbers moved.", numbers)
    of_verdicts = ngettext("{count} verdict changed.", "{count} verdicts changed.", verdicts)
    return f"{of_numbers.format(count=numbers)} {of_verdicts.format(count=verdicts)}"


def _home(app: Sphinx) -> str:
    """The page of corrections, else the home page."""
    home = get_state(app).page("corrections")
    return str(app.config.html_baseurl) + (app.builder.get_target_uri(home) if home else "")


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})
