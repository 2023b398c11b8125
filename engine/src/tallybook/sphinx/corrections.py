"""``{corrections}``: what moved from release to release, from what to what and why, and what is no
longer in the report.

Nobody writes it by hand: it is read off the records of the releases and ``releases/why.csv``. The
feed tells of the same releases.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.language import gettext as _
from tallybook.language import ngettext
from tallybook.model import days
from tallybook.release import changes, record
from tallybook.sphinx import domain, edition, versions
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.nodes import span, table, tag
from tallybook.sphinx.state import get_state

NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label")
FEED = "releases.atom"
EDITION = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?/")  # the folder of a language
GONE = "gone"  # the place on the page of what is no longer in the report
Record = dict[str, Any]
Content = nodes.Node | str


class listing(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the corrections are to stand: when pages are read, not all charts are known yet."""


@dataclass(frozen=True)
class Step:
    """A version, and what changed from the one before (none for the first)."""

    new: Record
    old: Record | None
    released: bool

    @property
    def changes(self) -> changes.Changes | None:
        return changes.compare(self.old, self.new) if self.old else None


def setup(app: Sphinx) -> None:
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", fill)
    app.connect("env-check-consistency", check)


def steps(app: Sphinx) -> Iterator[Step]:
    """Every release up to this version, the newest first; a build between releases comes before
    them if anything has moved."""
    earlier, release = versions.earlier(app), versions.is_release(app)
    chain = [now(app), *earlier] if earlier or release else []
    for new, old in itertools.pairwise(chain):
        step = Step(new, old, release or new is not chain[0])
        moved = step.changes
        if step.released or (moved and (moved.moved or moved.slight or moved.verdicts)):
            yield step
    if chain:
        yield Step(chain[-1], None, True)


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
    """A version and its day, as a heading."""
    if not step.released:
        return _("Since the last release, not released")
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
    found = list(steps(app))
    if not any(step.released for step in found):
        yield tag("p", _("There is no release yet, so no correction to report."))
    for step in found:
        yield tag("h2", heading(step), id=f"version-{step.new['version']}")
        yield from _one(app, step, up)
    if rows := list(_gone_rows(app, up)):
        yield tag("h2", _("No longer in the report"), id=GONE)
        heads = (_("Gone"), _("Last said"), _("Why it is gone"), _("In its place"))
        yield table(_("What is gone"), heads, rows, class_="data corrections")


def _one(app: Sphinx, step: Step, up: str) -> Iterator[nodes.Node]:
    """What is said of one version."""
    found = step.changes
    if found is None:
        yield tag("p", _("This is the first release, so there is no correction to report."))
        return
    if not (found.moved or found.slight or found.verdicts):
        yield tag("p", _("No number and no verdict changed."))
    for caption, head, ids in (
        (_("Numbers that moved"), _("Number"), found.moved),
        (_("Verdicts that changed"), _("Claim"), found.verdicts),
    ):
        if ids:
            heads = (head, _("Was"), _("Is"), _("Why"))
            rows = [_moved(app, step, name, up) for name in ids]
            yield table(caption, heads, rows, class_="data corrections")
    if found.slight:
        said = ngettext(
            "{count} number changed below the digits shown.",
            "{count} numbers changed below the digits shown.",
            len(found.slight),
        ).format(count=len(found.slight))
        yield tag("p", f"{said} {_why(app, changes.SLIGHT, step)}")


def _moved(app: Sphinx, step: Step, name: str, up: str) -> nodes.Node:
    """The row of something that moved."""
    assert step.old is not None
    then, now_ = changes.entries(step.old)[name], changes.entries(step.new)[name]
    before, was = versions.kept_at(app, step.old, then.get("href", "")), versions.said(then)
    here = place(app, name)
    return _row(
        _named(name, now_, up + here if here else ""),
        (_("Was"), _linked(was, before)),
        (_("Is"), versions.said(now_)),
        (_("Why"), _why(app, name, step)),
    )


def _why(app: Sphinx, name: str, step: Step) -> str:
    found = get_state(app).why.get((name, step.new["version"]))
    return _(found.why) if found else _("No reason is given yet.")


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


def _gone_rows(app: Sphinx, up: str) -> Iterator[nodes.Node]:
    for name, (release, entry) in gone(app).items():
        reason = _reason(app, name) or changes.Reason("", "", 0)
        here = place(app, reason.instead)
        last = versions.in_version(versions.said(entry), release)
        yield _row(
            _named(name, entry, ""),
            (_("Last said"), _linked(last, versions.kept_at(app, release, entry["href"]))),
            (_("Why it is gone"), _(reason.why) if reason.why else ""),
            (_("In its place"), _linked(reason.instead or "–", up + here if here else "")),
        )


def check(app: Sphinx, _env: BuildEnvironment) -> None:
    """Raise ``ExtensionError`` for what an earlier release had and is gone without a line in
    ``why.csv``, and for a line on it that names nothing in its place: whoever cited it must find
    out what became of it."""
    if edition.code(app) or not makes_site(app):
        return
    found, listed = gone(app), f"{record.FOLDER}/{changes.FILE}"
    missing = [name for name in found if not _reason(app, name)]
    if missing:
        wanted = f"expected {', '.join(changes.COLUMNS)} of each that is gone"
        _refuse(
            f"{listed}: found no line for {', '.join(missing)}, which release"
            f" {found[missing[0]][0]['version']} has and the report has no longer; {wanted}"
        )
    for reason in filter(None, (_reason(app, name) for name in found)):
        if reason.instead and not place(app, reason.instead):
            said = f"found {reason.instead!r}, which is not in the report"
            wanted = "expected an id, a page or nothing"
            _refuse(f"{listed}, row {reason.row}, column instead: {said}; {wanted}")


def _refuse(said: str) -> NoReturn:
    raise ExtensionError(said, modname="ReleaseError")


def place(app: Sphinx, name: str) -> str:
    """Where a number, claim, chart or page stands in this site, from its root: its row in the list
    of all, if there is one. Empty if it is not in the report."""
    shared, uri, charts = get_state(app), app.builder.get_target_uri, domain.of(app.env).data
    if name in shared.report.numbers:
        return f"{uri(shared.page('numbers'))}#{name}"
    if name in shared.report.judgements:
        home = shared.provider.CHAPTERS[shared.report.claims[name].chapter]
        return f"{uri(shared.page('ledger') or home)}#claim-{name}"
    if name in charts["charts"]:
        return f"{uri(charts['charts'][name]['docname'])}#{name}"
    is_page = name.endswith(".html") and name.removesuffix(".html") in app.env.found_docs
    return name if is_page else ""


def _linked(text: str, address: str) -> Content:
    return span("a", text, href=address) if address else text


def _named(name: str, entry: Record, place: str) -> nodes.Node:
    label = _(entry.get("label") or entry.get("statement") or name)
    below = tag("div", span("code", name), class_="why")
    return tag("th", _linked(label, place), below, scope="row")


def _row(head: nodes.Node, *cells: tuple[str, Content]) -> nodes.Node:
    # On a phone, where rows are stacked, the label stands before the text.
    return tag("tr", head, *(tag("td", it, label=name, data_label=name) for name, it in cells))
