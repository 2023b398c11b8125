"""From each source back to all that rests on it: a small page of every number and every claim, and
a link to it in the list of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.data.provenance import Fact, whole
from tallybook.language import gettext as _
from tallybook.report import Report
from tallybook.sphinx import bare, chips, corrections, quotes, records, sources, state
from tallybook.sphinx.builders import group, makes_site, write_texts
from tallybook.sphinx.state import get_state, held

START = f"{state.RECORDS}/{records.SOURCE}"


@dataclass
class Uses:
    """Ids of the numbers and claims that rest on each source, and of the claims said in it."""

    numbers: dict[str, list[str]] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    known: bool = False

    def all_keys(self) -> set[str]:
        return {*self.numbers, *self.claims, *self.said}


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", link_from_list)


def of(app: Sphinx) -> Uses:
    uses, report = held(app, Uses), get_state(app).report
    if uses.known:
        return uses
    uses.known = True
    for number in report.numbers:
        _note(uses.numbers, report, number.lineage, number.id)
    for name, judgement in report.judgements.items():
        uses.said.setdefault(report.claims[name].source_key, []).append(name)
        rests = [report.numbers[one] for one in (*judgement.found, *judgement.used)]
        facts = whole([*judgement.facts, *(fact for one in rests for fact in one.lineage)])
        _note(uses.claims, report, facts, name)
    return uses


def _note(into: dict[str, list[str]], report: Report, facts: Iterable[Fact], name: str) -> None:
    for key in dict.fromkeys(key for fact in facts for key in report.sources_of(fact)):
        into.setdefault(key, []).append(name)


def address(app: Sphinx, key: str) -> str:
    """The page of a source, from the site's root."""
    return f"{START}{get_state(app).report.source_place(key)}.html"


def link_from_list(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """In the list of sources, lead from each to what rests on it."""
    if docname != get_state(app).page("sources") or not makes_site(app):
        return
    uses, report, up = of(app), get_state(app).report, "../" * docname.count("/")
    places = {report.source_place(key): key for key in uses.all_keys()}
    for entry in doctree.findall(nodes.citation):
        key = next((places[one] for one in entry["ids"] if one in places), None)
        if key:
            link = nodes.reference(
                "", _("What rests on it"), refuri=up + address(app, key), internal=True
            )
            entry.children[-1] += [nodes.Text(" "), link]  # type: ignore[operator]


def write_pages(app: Sphinx) -> None:
    if get_state(app).page("sources"):
        group(app, "pages of sources", lambda: _write(app))


def _write(app: Sphinx) -> list[Path]:
    out, uses = Path(app.outdir), of(app)
    (out / state.RECORDS).mkdir(exist_ok=True)
    entries = {one.key: one.formatted_entry for one in sources.citations(app.env)}
    pages = {
        out / address(app, key): page(app, key, sources.plain_entry(entries[key]))
        for key in sorted(uses.all_keys() & entries.keys())
    }
    for old in set((out / state.RECORDS).glob(f"{records.SOURCE}*.html")) - pages.keys():
        old.unlink()
    return write_texts(pages)


def page(app: Sphinx, key: str, entry: str) -> str:
    """The page of a source. ``entry``: what the list of sources says of it, as HTML."""
    shared, uses, uri = get_state(app), of(app), app.builder.get_target_uri
    report = shared.report
    claims = {
        _("Claims that were made in it"): uses.said.get(key, []),
        _("Verdicts that rest on it"): uses.claims.get(key, []),
    }
    lists = {
        title: [
            (
                corrections.place(app, name),
                report.claims[name].statement,
                chips.name(str(report.judgements[name].verdict)),
            )
            for name in names
        ]
        for title, names in claims.items()
    }
    places = quotes.known(app).places
    lists[_("Numbers that rest on it")] = [
        (
            f"{uri(places.get(name, shared.page('numbers')))}#{name}",
            report.numbers[name].label,
            report.show(name),
        )
        for name in uses.numbers.get(key, [])
    ]
    said = bare.render(
        app,
        "source.html",
        root="../",
        title=report.source_name(key),
        entry=entry,
        list=f"{shared.page('sources')}.html#{report.source_place(key)}",
        lists={title: found for title, found in lists.items() if found},
    )
    return said + "\n"
