"""Where a reader is told what moved: ``{corrections}``, a page by release, and a line at the end of
each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook.language import gettext as _
from tallybook.language import listed, ngettext
from tallybook.model import days
from tallybook.sphinx import corrections, domain, edition, feeds, versions
from tallybook.sphinx.builders import Page, makes_site
from tallybook.sphinx.corrections import Change, Step
from tallybook.sphinx.nodes import joined, span, table, tag
from tallybook.sphinx.state import get_state


class listing(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the corrections are to stand: when pages are read, it is not known yet whose words
    changed."""


def setup(app: Sphinx) -> None:
    app.add_directive("corrections", Corrections)
    app.connect("doctree-resolved", fill)


class Corrections(SphinxDirective):
    """``{corrections}``: by release, what moved, from what to what, and why."""

    def run(self) -> list[nodes.Node]:
        return [listing(up="../" * self.env.docname.count("/"))]


def fill(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    for empty in list(doctree.findall(listing)):
        empty.parent.replace(empty, list(page(app, empty["up"])))


def page(app: Sphinx, up: str) -> Iterator[nodes.Node]:
    """The corrections, the newest first. ``up`` leads to the site's root."""
    if makes_site(app):
        yield tag("p", *feed_links(app, up), class_="feeds")
    steps = corrections.of(app)
    if not corrections.releases(app):
        yield tag("p", _("There is no release yet, so no correction to report."))
    for step in steps:
        yield tag("h2", corrections.heading(step), id=f"version-{step.version}")
        yield from one(app, step, up)


def feed_links(app: Sphinx, up: str) -> Iterator[nodes.Node | str]:
    yield _("To hear of the next ones, subscribe to a feed:") + " "
    links = [span("a", title, href=f"{up}{name}") for name, title in feeds.titles(app).items()]
    yield from joined(", ", links)
    yield "."


def one(app: Sphinx, step: Step, up: str) -> Iterator[nodes.Node]:
    """What is said of one version."""
    if step.first:
        yield tag("p", _("This is the first release, so there is no correction to report."))
        return
    texts = corrections.texts_of(app, step)
    numbers = [one for one in step.changes if one.kind == "number"]
    claims = [one for one in step.changes if one.kind == "claim"]
    if not (step.changes or step.slight or texts):
        yield tag("p", _("No number, no verdict and no text changed."))
    if numbers:
        yield _table(_("Numbers that moved"), _("Number"), numbers, up)
    if claims:
        yield _table(_("Verdicts that changed"), _("Claim"), claims, up)
    if step.slight:
        said = ngettext(
            "{count} number changed below the digits shown.",
            "{count} numbers changed below the digits shown.",
            len(step.slight),
        )
        yield tag("p", f"{said.format(count=len(step.slight))} {_(step.why_slight)}".strip())
    if texts:
        titles = app.env.titles
        links = (span("a", titles[name].astext(), to=(name, "")) for name in texts)
        yield tag("p", _("The text changed in:") + " ", *joined(", ", links), ".")


def _table(caption: str, head: str, changes: list[Change], up: str) -> nodes.Node:
    heads = (head, _("Was"), _("Is"), _("Why"))
    return table(caption, heads, [_row(one, up) for one in changes], class_="data corrections")


def _row(one: Change, up: str) -> nodes.Node:
    name = [
        span("a", one.label, href=up + one.href),
        tag("div", span("code", one.id), class_="why"),
    ]
    then: nodes.Node | str = span("a", one.then, href=one.before) if one.before else one.then
    return tag(
        "tr",
        tag("th", *name, scope="row"),
        _cell(_("Was"), then),
        _cell(_("Is"), one.now or _("gone")),
        _cell(_("Why"), one.why or _("No reason is given yet.")),
    )


def _cell(label: str, said: nodes.Node | str) -> nodes.Node:
    # On a phone, where rows are stacked, the label stands before the text.
    return tag("td", said, label=label, data_label=label)


def add_line(app: Sphinx, page: Page) -> None:
    """At the end of a chapter: when it last changed, and what. In the head of every page: the feeds
    and a hash of its words, by which the next release knows whether they changed."""
    texts, root = domain.of(app.env).data["texts"], page.up
    page.context["feeds"] = [(root + name, title) for name, title in feeds.titles(app).items()]
    page.context["words"] = texts.get(page.name, "")
    page.context["version_links"] = list(version_links(app, page))
    if chapter := get_state(app).chapter_of(page.name):
        page.context["changed_html"] = line(app, chapter, page)


def version_links(app: Sphinx, page: Page) -> Iterator[tuple[str, str]]:
    """Relations to other versions of a page, with addresses: the one before, and the list of all
    where one is published."""
    place = app.builder.get_target_uri(page.name)
    for record in versions.earlier(app):
        if address := versions.kept_at(app, record, place):
            yield "predecessor-version", address
            break
    if versions.kept(app) or versions.is_release(app):
        yield "version-history", f"{edition.base(app)}{versions.PLACE}/"
        yield "timemap", f"{edition.base(app)}{versions.PLACE}/{versions.TIMEMAP}"


def line(app: Sphinx, chapter: str, page: Page) -> str:
    """HTML of the line at the end of a chapter."""
    said = " ".join(last_change(app, chapter, page.name))
    home = get_state(app).page("corrections")
    if home:
        way = escape(app.builder.get_relative_uri(page.name, home))
        said += f' <a href="{way}">{escape(_("All corrections"))}</a>'
    return f'<p class="changed">{said}</p>'


def last_change(app: Sphinx, chapter: str, name: str) -> Iterator[str]:
    """When a chapter last changed and what, as sentences in HTML."""
    if not corrections.releases(app):
        yield escape(_("Not released yet."))
        return
    changed = False
    for step in corrections.of(app):
        what = together(list(parts(app, step, chapter, name)))
        if not step.released:
            if changed := bool(what):
                yield escape(_("Changed since the last release: {what}.").format(what=what))
            continue
        day = days.in_words(date.fromisoformat(step.date))
        if step.first and changed:
            said = _("First released in version {version} of {day}.")
        elif step.first:
            said = _("Unchanged since the first release, version {version} of {day}.")
        elif what:
            said = _("Last changed in version {version} of {day}: {what}.")
        else:
            continue
        yield escape(said.format(version=step.version, day=day, what=what))
        return


def together(some: list[str]) -> str:
    """Parts in one line, with "and" before the last alone."""
    first = [", ".join(some[:-1])] if len(some) > 1 else []
    return listed([*first, *some[-1:]]) if some else ""


def parts(app: Sphinx, step: Step, chapter: str, name: str) -> Iterator[str]:
    """What changed of a chapter in a step, in words."""
    kinds = [one.kind for one in step.changes if one.chapter == chapter]
    numbers = kinds.count("number")
    numbers += sum(one.startswith(f"{chapter}.") for one in step.slight)
    if numbers:
        yield ngettext("{count} number", "{count} numbers", numbers).format(count=numbers)
    if verdicts := kinds.count("claim"):
        yield ngettext("{count} verdict", "{count} verdicts", verdicts).format(count=verdicts)
    if name in corrections.texts_of(app, step):
        yield _("the text")
