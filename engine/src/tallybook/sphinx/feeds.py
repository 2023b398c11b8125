"""Atom feeds, written with ElementTree, so that the locked build needs no other package:
``releases.atom`` has an entry for each release, ``changes.atom`` one for each number and each
verdict that moved in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.sphinx import corrections, state, versions
from tallybook.sphinx.builders import group, write_texts
from tallybook.sphinx.corrections import Change, Step
from tallybook.sphinx.state import get_state

SPACE = "http://www.w3.org/2005/Atom"
RELEASES, CHANGES = "releases.atom", "changes.atom"
KIND = "application/atom+xml"
Entry = tuple[str, Element]  # the day it is sorted by


def titles(_app: Sphinx) -> dict[str, str]:
    """The feeds, each by its file with its name."""
    return {RELEASES: _("New versions"), CHANGES: _("Numbers and verdicts that changed")}


def write_files(app: Sphinx) -> None:
    """Write both feeds at the root of the site."""
    out = Path(app.outdir)

    def texts() -> dict[Path, str]:
        made = {RELEASES: of_releases(app), CHANGES: of_changes(app)}
        return {out / name: feed(app, name, entries) for name, entries in made.items()}

    # Addresses and words of this build are in what all pages share.
    group(app, "feeds", lambda: write_texts(texts()))


def feed(app: Sphinx, name: str, entries: Iterable[Entry]) -> str:
    """The feed ``name`` as text. It was last updated when its newest entry was; an empty one, on
    the day of the build."""
    shared, address = get_state(app), app.config.html_baseurl + name
    made, title = list(entries), titles(app)[name]
    root = Element("feed", {"xmlns": SPACE, "xml:lang": state.language(app)})
    said = _("{title}: {feed}").format(title=shared.citation["title"], feed=title)
    _text(root, "title", said)
    _text(root, "id", address)
    _text(root, "updated", _time(max((day for day, _ in made), default=str(shared.built))))
    _link(root, "self", address, KIND)
    _link(root, "alternate", _home(app), "text/html")
    for author in shared.citation["authors"]:
        _text(SubElement(root, "author"), "name", author["name"])
    if licence := app.config.report_content_licence:
        _text(root, "rights", licence)
    root.extend(entry for _day, entry in made)
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def of_releases(app: Sphinx) -> Iterator[Entry]:
    """An entry for each release, the newest first."""
    kept = dict(versions.kept(app))
    if versions.is_release(app):
        kept[versions.own(app)] = versions.address(app)
    for step in corrections.releases(app):
        title = corrections.heading(step)
        place = kept.get(step.version) or f"{_home(app)}#version-{step.version}"
        yield step.date, _entry(app, f"{step.version}/", step.date, title, place, summary(step))


def summary(step: Step) -> str:
    if step.first:
        return _("The first release.")
    numbers = sum(one.kind == "number" for one in step.changes)
    verdicts = len(step.changes) - numbers
    of_numbers = ngettext("{count} number moved.", "{count} numbers moved.", numbers)
    of_verdicts = ngettext("{count} verdict changed.", "{count} verdicts changed.", verdicts)
    return f"{of_numbers.format(count=numbers)} {of_verdicts.format(count=verdicts)}"


def of_changes(app: Sphinx) -> Iterator[Entry]:
    """An entry for each number and verdict that moved, those of the newest release first."""
    for step in corrections.releases(app):
        for one in step.changes:
            yield step.date, _of_change(app, step, one)


def _of_change(app: Sphinx, step: Step, one: Change) -> Element:
    place = app.config.html_baseurl + one.href
    said = _("{label}: {then}, now {now}") if one.now else _("{label}: {then}, now gone")
    title = said.format(label=one.label.rstrip("."), then=one.then, now=one.now)
    name = f"claim-{one.id}" if one.kind == "claim" else one.id
    why = one.why or _("No reason is given yet.")
    text = _("{title}. Why: {why} (version {version}, {name})").format(
        title=title, why=why, version=step.version, name=one.id
    )
    entry = _entry(app, f"{step.version}/#{name}", step.date, title, place, text)
    if one.before:
        _link(entry, "via", one.before, "text/html")
    return entry


def _entry(app: Sphinx, name: str, day: str, title: str, place: str, text: str) -> Element:
    """``name``: what the entry is known by for ever, below the address of the site."""
    entry = Element("entry")
    _text(entry, "title", title)
    # As if the version stood below the edition: no other entry has this id, nor will one.
    _text(entry, "id", f"{app.config.html_baseurl}{versions.PLACE}/{name}")
    _text(entry, "updated", _time(day))
    _link(entry, "alternate", place, "text/html")
    _text(entry, "summary", text)
    return entry


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
