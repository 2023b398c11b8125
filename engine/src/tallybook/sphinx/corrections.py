"""``{corrections}``: what moved from release to release, from what to what and why, and what is no
longer in the report; and ``releases.atom``, a feed with an entry for each release.

Nobody writes them by hand: they are read off the records of the releases and ``releases/why.csv``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.language import capital, ngettext
from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.release import changes, record
from tallybook.sphinx import domain, edition, state, versions
from tallybook.sphinx.builders import group, makes_site, write_texts
from tallybook.sphinx.nodes import span, table, tag
from tallybook.sphinx.state import get_state

NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label")
FEED = "releases.atom"
EDITION = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?/")  # the folder of a language
GONE = "gone"  # the place on the page of what is no longer in the report
Record = dict[str, Any]


class listing(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the corrections are to stand: when pages are read, not all charts are known yet."""


class Step(NamedTuple):
    """A release, and what changed from the one before (none for the first)."""

    new: Record
    old: Record
    changes: changes.Changes | None


def setup(app: Sphinx) -> None:
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", fill)
    app.connect("env-check-consistency", check)


def steps(app: Sphinx) -> list[Step]:
    """Every release up to this version, the newest first."""
    chain = [now(app)] if versions.is_release(app) else []
    chain += versions.earlier(app)
    pairs = itertools.pairwise(chain)
    found = [Step(new, old, changes.compare(old, new)) for new, old in pairs]
    return found + [Step(first, {}, None) for first in chain[-1:]]


def now(app: Sphinx) -> Record:
    """This build, as a release is recorded."""
    shared = get_state(app)
    claims, found = shared.report.claims, shared.report.judgements.items()
    return {
        "version": versions.own(app).removesuffix(versions.DRAFT),
        "date": shared.built.isoformat(),
        "numbers": [{key: getattr(one, key) for key in NUMBER} for one in shared.report.numbers],
        "claims": [
            {"claim_id": name, "verdict": str(one.verdict), "statement": claims[name].statement}
            for name, one in found
        ],
    }


def heading(step: Step) -> str:
    """A version and its day."""
    day = days.in_words(date.fromisoformat(step.new["date"]))
    return _("Version {version}, {day}").format(version=step.new["version"], day=day)


class Corrections(SphinxDirective):
    """By release what moved, the newest first, and then what is gone."""

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
    found = steps(app)
    if not found:
        yield tag("p", _("There is no release yet, so no correction to report."))
    for step in found:
        yield tag("h2", heading(step), id=f"version-{step.new['version']}")
        yield from _one(app, step, up)
    if rows := [_gone(app, name, *last, up) for name, last in gone(app).items()]:
        yield tag("h2", _("No longer in the report"), id=GONE)
        heads = (_("Gone"), _("Last said"), _("Why it is gone"), _("In its place"))
        yield table(_("What is gone"), heads, rows, class_="data corrections")


def _one(app: Sphinx, step: Step, up: str) -> Iterator[nodes.Node]:
    """What is said of one version."""
    found, why = step.changes, get_state(app).why
    if found is None:
        yield tag("p", _("This is the first release, so there is no correction to report."))
        return
    if not (found.moved or found.verdicts):
        yield tag("p", _("No number and no verdict changed."))
    before, after = changes.entries(step.old), changes.entries(step.new)
    for caption, head, ids in (
        (_("Numbers that moved"), _("Number"), found.moved),
        (_("Verdicts that changed"), _("Claim"), found.verdicts),
    ):
        reasons = {name: why.get((name, step.new["version"])) for name in ids}
        rows = [
            _row(
                _named(name, after[name], place(app, name, up)),
                (_("Was"), capital(changes.said(before[name]))),
                (_("Is"), capital(changes.said(after[name]))),
                (_("Why"), _(reason.why) if reason else _("No reason is given yet.")),
            )
            for name, reason in reasons.items()
        ]
        if rows:
            heads = (head, _("Was"), _("Is"), _("Why"))
            yield table(caption, heads, rows, class_="data corrections")


def gone(app: Sphinx) -> dict[str, tuple[Record, Record]]:
    """What an earlier release had and this build has not: by its name, the last release that had
    it, and what that said."""
    there = {*changes.entries(now(app)), *domain.of(app.env).data["charts"]}
    there |= {f"{name}.html" for name in (*app.env.found_docs, "search", "404", "genindex")}
    found: dict[str, tuple[Record, Record]] = {}
    for release in versions.earlier(app):
        for name, entry in record.names(release):
            # Pages of another language are gone with those of the first.
            own = EDITION.sub("", name) if name.endswith(".html") else name
            if not {name, own} & there:
                found.setdefault(own, (release, entry))
    return found


def _reason(app: Sphinx, name: str) -> changes.Reason | None:
    """The newest line of ``why.csv`` on something that is gone."""
    found = [one for (id_, _since), one in get_state(app).why.items() if id_ == name]
    return found[-1] if found else None


def _gone(app: Sphinx, name: str, release: Record, entry: Record, up: str) -> nodes.Node:
    """The row of something that is gone."""
    why, instead = _reason(app, name) or ("", "")
    said = [capital(changes.said(entry)), _("version {version}").format(version=release["version"])]
    here = place(app, instead, up)
    return _row(
        _named(name, entry, ""),
        (_("Last said"), ", ".join(filter(None, said))),
        (_("Why it is gone"), why and _(why)),
        (_("In its place"), span("a", instead, href=here) if here else instead or "–"),
    )


def check(app: Sphinx, _env: BuildEnvironment) -> None:
    """Raise ``ExtensionError`` for what an earlier release had and is gone without a line in
    ``why.csv``: whoever cited it must find out what became of it."""
    if edition.code(app) or not makes_site(app):
        return
    found = gone(app)
    if missing := [name for name in found if not _reason(app, name)]:
        raise ExtensionError(
            f"{record.FOLDER}/{changes.FILE}: found no line for {', '.join(missing)}, which release"
            f" {found[missing[0]][0]['version']} has and the report has no longer; expected"
            f" {', '.join(changes.COLUMNS)} of each that is gone",
            modname="ReleaseError",
        )


def place(app: Sphinx, name: str, up: str) -> str:
    """The way to a number, claim or page of this site; empty for a chart, and if it is not in the
    report."""
    shared, uri = get_state(app), app.builder.get_target_uri
    if name in shared.report.numbers:
        return f"{up}{uri(shared.page('numbers'))}#{name}"
    if name in shared.report.judgements:
        home = shared.provider.CHAPTERS[shared.report.claims[name].chapter]
        return f"{up}{uri(shared.page('ledger') or home)}#claim-{name}"
    return up + name if name.removesuffix(".html") in app.env.found_docs else ""


def _named(name: str, entry: Record, place: str) -> nodes.Node:
    label = _(entry.get("label") or entry.get("statement") or name)
    below = tag("div", span("code", name), class_="why")
    return tag("th", span("a", label, href=place) if place else label, below, scope="row")


def _row(head: nodes.Node, *cells: tuple[str, nodes.Node | str]) -> nodes.Node:
    # On a phone, where rows are stacked, the label stands before the text.
    return tag("tr", head, *(tag("td", it, label=name, data_label=name) for name, it in cells))


def write_feed(app: Sphinx) -> None:
    """Write the feed at the root of the site."""
    # Addresses and words of this build are in what all pages share.
    group(app, "feed", lambda: write_texts({Path(app.outdir) / FEED: feed(app)}))


def feed(app: Sphinx) -> str:
    """The feed. It was last updated at the newest release; an empty one, on the day of the
    build."""
    shared, base = get_state(app), app.config.html_baseurl
    corrected = shared.page("corrections")
    home = base + (app.builder.get_target_uri(corrected) if corrected else "")
    kept = versions.kept(app)
    if versions.is_release(app):
        kept[versions.own(app)] = versions.address(app)
    entries = [
        {
            "title": heading(step),
            # As if the version stood below the edition: no other entry has this id, nor will one.
            "id": f"{base}{versions.PLACE}/{version}/",
            "day": step.new["date"],
            "address": kept.get(version) or f"{home}#version-{version}",
            "summary": summary(step),
        }
        for step in steps(app)
        for version in [step.new["version"]]
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


def summary(step: Step) -> str:
    if (found := step.changes) is None:
        return _("The first release.")
    numbers, verdicts = len(found.moved), len(found.verdicts)
    of_numbers = ngettext("{count} number moved.", "{count} numbers moved.", numbers)
    of_verdicts = ngettext("{count} verdict changed.", "{count} verdicts changed.", verdicts)
    return f"{of_numbers.format(count=numbers)} {of_verdicts.format(count=verdicts)}"
