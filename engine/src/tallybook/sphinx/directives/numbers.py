"""Numbers in the pages: the page that lists them all, their cards and what they rest on,
``numbers.json``.

The role is in ``domain``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from tallybook.data.provenance import Fact, source_place
from tallybook.language import gettext as _
from tallybook.language import ngettext, semicolon, to_tables
from tallybook.model.formatting import plain, unit_name
from tallybook.model.numbers import Number
from tallybook.project import ENGINE
from tallybook.report import Report
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import Page, group
from tallybook.sphinx.claims import wording
from tallybook.sphinx.nodes import element, joined, span, table, tag
from tallybook.sphinx.nodes import number as number_node
from tallybook.sphinx.pages import filters
from tallybook.sphinx.state import get_state
from tallybook.sphinx.versions import numbering

FEW = 2  # sources of a table read whole that are named; of more, how many there are
SCHEMAS, SCHEMA = ENGINE / "schemas", ".schema.json"


class listing(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """Where the table of all numbers is to stand. It is made when its page is written: only then is
    it known where each number is read, and Sphinx goes through all nodes of a page many times
    before. Most nodes of the book are in this table."""


def setup(app: Sphinx) -> None:
    app.add_directive("numbers-table", NumbersTable)
    app.connect("doctree-resolved", fill)


class NumbersTable(SphinxDirective):
    """``{numbers-table}``: every number of the report, one row each, grouped by chapter. On a
    phone, where rows are stacked, the style sheet names the cells: a thousand rows need no label in
    each of them."""

    def run(self) -> list[nodes.Node]:
        return [listing(up="../" * self.env.docname.count("/"))]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the table where it is to stand; on its page, each row leads to the place of its number in
    the text. Where that page uses a number in its text, the row is the number's place."""
    places: dict[str, str] = {}
    if docname == get_state(app).page("numbers"):
        for used in doctree.findall(number_node):
            used["ids"] = []
        places = domain.of(app.env).places()
    for empty in list(doctree.findall(listing)):
        empty.parent.replace(empty, _by_chapter(app, docname, places, empty["up"]))


def anchor(chapter: str) -> str:
    """The address of a chapter's numbers on the page that lists all."""
    return f"numbers-of-{chapter}"


def of_chapter(report: Report, chapter: str) -> list[Number]:
    """The numbers of a chapter, in order."""
    return [number for number in report.numbers if number.chapter == chapter]


def _by_chapter(app: Sphinx, docname: str, places: dict[str, str], up: str) -> list[nodes.Element]:
    """A heading and a table for each chapter, and before them a way to each."""
    report, pages = get_state(app).report, get_state(app).provider.homes
    titles = {name: app.env.titles[page].astext() for name, page in pages.items()}
    ways = [tag("li", span("a", title, href=f"#{anchor(name)}")) for name, title in titles.items()]
    things = (_("Go to the numbers"), _("All numbers"), _("{left} of {count} numbers"))
    found: list[nodes.Element] = [filters.form(".numbers tbody tr", {}, things), tag("ul", *ways)]
    for name, title in titles.items():
        heading = tag("h2", span("a", title, to=(pages[name], "")), id=anchor(name))
        rows = []
        for number in of_chapter(report, name):
            rows.append(_row(app, number, docname, places.get(number.id, ""), up))
        found.append(tag("section", heading, _table(rows), data_chapter=name))
    return found


def _table(rows: list[element]) -> element:
    caption = ngettext("{count} number", "{count} numbers", len(rows))
    heads = (_("Number"), _("Value"), _("Interval"), _("Unit"), _("How and from what"))
    return table(caption.format(count=plain(len(rows), 0)), heads, rows, class_="numbers")


def _row(app: Sphinx, number: Number, docname: str, page: str, up: str) -> element:
    """``page``: where the number stands in the text, if it does; then it has a page of its own."""
    report = get_state(app).report
    interval = report.show(number.id, "interval") if number.low is not None else ""
    covers = []
    if number.covers:
        said = _("The interval: {covers}").format(covers=number.covers)
        covers = [tag("div", said, class_="why")]
    if claimed := wording.text(wording.of_number(report, number.id)):
        covers.append(tag("div", claimed, class_="why"))
    place = f"{up}{to_tables()}data"
    ways: list[nodes.Node | str] = [
        *joined(", ", (span("a", name, href=f"{place}/{name}.csv") for name in number.tables))
    ]
    # In its place in the text a number has its exact value; here, if it has no other place.
    value: nodes.Node | str = report.show(number.id)
    if page not in ("", docname):
        ways += [semicolon(), span("a", _("read it in the text"), to=(page, number.id))]
    else:
        value = span("data", value, value=repr(number.value))
    if page:
        cite = span("a", _("cite it"), href=f"{up}{state.RECORDS}/{number.id}.html")
        ways += [semicolon(), cite]
    where = tag("div", f"{_('From')} ", *ways, class_="why")
    return tag(
        "tr",
        tag("th", span("code", number.id), tag("div", number.label, class_="why"), scope="row"),
        tag("td", value, class_="n", label=_("Value")),
        tag("td", interval, class_="n", label=_("Interval")),
        tag("td", unit_name(number), label=_("Unit")),
        tag("td", tag("", number.how, label=_("How")), *covers, where),
        id=number.id,
    )


def add_cards(app: Sphinx, page: Page) -> None:
    """Give a page the cards of its numbers."""
    if uses := domain.of(app.env).data["uses"].get(page.name):
        rows = app.builder.get_relative_uri(page.name, get_state(app).page("numbers"))
        way = page.context["pathto"]
        cite, root = way(state.RECORDS, 1), way("", 1)
        page.context["cards"] = [
            _card(app, name, rows, f"{cite}/{name}.html", root) for name in uses
        ]


def export(app: Sphinx) -> None:
    """Write ``numbers.json`` at the root of the site, and its schema."""
    group(app, "numbers.json", lambda: [_write(app), schema(app, "numbers")])


def _write(app: Sphinx) -> Path:
    shared, uri, places = get_state(app), app.builder.get_target_uri, domain.of(app.env).places()
    homes = {one.id: places.get(one.id, shared.page("numbers")) for one in shared.report.numbers}
    hrefs = {name: f"{uri(page)}#{name}" for name, page in homes.items()}
    numbers = shared.provider.numbers_json(shared.report, hrefs)
    for one in numbers:
        one["said"] = wording.text(wording.of_number(shared.report, one["id"])) or None
    content = {"numbers": numbers}
    return write_json(Path(app.outdir) / "numbers.json", about(app, "numbers") | content)


def schema(app: Sphinx, name: str) -> Path:
    """Write the schema of a file of data beside it."""
    found = described(name)
    found["$id"] = numbering.address(app, found["$id"])
    return write_json(Path(app.outdir) / f"{name}{SCHEMA}", found)


def described(name: str) -> dict[str, Any]:
    """The schema of a file of data. The first number of its version changes when a program that
    reads the file has to be changed, the second when something is added."""
    text = (SCHEMAS / f"{name}{SCHEMA}").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def about(app: Sphinx, name: str) -> dict[str, Any]:
    """What a file of data says of itself: its schema, and that schema's version; report, version,
    day, licence, the address that stays."""
    shared = get_state(app)
    return {
        "$schema": numbering.address(app, f"{name}{SCHEMA}"),
        "schemaVersion": described(name)["properties"]["schemaVersion"]["const"],
        "title": shared.citation["title"],
        "version": shared.citation["version"],
        "date": shared.built.isoformat(),
        "licence": app.config.report_content_licence or None,
        "url": numbering.address(app),
    }


def write_json(path: Path, content: object) -> Path:
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def _card(app: Sphinx, number_id: str, page: str, cite: str, root: str) -> str:
    shared = get_state(app)
    report, number = shared.report, shared.report.numbers[number_id]
    rows = {_("Unit"): escape(unit_name(number)), _("How"): escape(number.how)}
    if number.low is not None:
        interval = f"{escape(report.show(number_id, 'interval'))}. {escape(number.covers or '')}"
        rows = {_("Interval"): interval} | rows
    if answer := report.answered.answers.get(number_id):
        rows = {_("Definition"): escape(answer.question.definition)} | rows
    found = origins(report, number.lineage, shared.page("sources"))
    if claimed := wording.text(wording.of_number(report, number_id)):
        rows[_("Claim")] = escape(claimed)
    rows[_("Rests on")] = short(found, root, cite)
    error = numbering.error_address(app, number_id, f"{shared.page('numbers')}.html#{number_id}")
    wrong = f' <a href="{escape(error)}">{_("Report an error")}</a>' if error else ""
    items = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows.items())
    about = _("About the number {label}").format(label=number.label)
    return (
        f'<div class="card" id="card-{number_id}" role="dialog" aria-label="{escape(about)}"'
        ' popover tabindex="-1"><b'
        f' class="big">{escape(report.show(number_id))}</b> <span class="id">{number_id}</span><p'
        f' class="label">{escape(number.label)}</p><dl>{items}</dl><p class="links"><a'
        f' href="{page}#{number_id}">{_("Row and address")}</a> <a href="{cite}">'
        f"{_('Cite or embed')}</a>{wrong}</p></div>"
    )


@dataclass(frozen=True)
class Origin:
    """One thing a number rests on: ``words`` that link to ``href`` (relative to the site's root),
    then ``rest``."""

    words: str
    href: str
    rest: str

    def html(self, up: str) -> str:
        """As HTML; ``up`` leads to the site's root."""
        return f'<a href="{escape(up + self.href)}">{escape(self.words)}</a>{escape(self.rest)}'


def origins(report: Report, facts: Iterable[Fact], page: str) -> list[Origin]:
    """The sources of some rows with place and grade, each once; rows without a source, and tables
    read whole, by their name.

    A row with a source but with neither place nor grade, such as an assumption, is named after its
    source. ``page``: the page of sources; without one a source is named by the table that it stands
    in.
    """
    found: list[Origin] = []
    for fact in facts:
        keys = report.sources_of(fact)
        rows = _("row {name}").format(name=fact.row) if fact.row else _("all rows")
        if not keys or not page or len(keys) > FEW:
            rest = f", {rows}"
            if keys and page:
                count = ngettext("{count} source", "{count} sources", len(keys))
                rest += f", {count.format(count=len(keys))}"
            found.append(Origin(fact.table, f"{to_tables()}data/{fact.table}.csv", rest))
            continue
        locator = f", {_(fact.locator)}" if fact.locator else ""
        grade = semicolon() + _("grade {grade}").format(grade=fact.grade) if fact.grade else ""
        of_table = _("{rows} of {table}").format(rows=rows, table=fact.table)
        rest = locator + grade or f", {of_table}"
        found += [
            Origin(report.source_name(key), f"{page}.html#{source_place(key)}", rest)
            for key in keys
        ]
    return list(dict.fromkeys(found))


def short(found: list[Origin], up: str, more: str, most: int = 3) -> str:
    """The first few as a list in HTML, then how many more there are, with a link to ``more``."""
    items = "".join(f"<li>{origin.html(up)}</li>" for origin in found[:most])
    left = len(found) - most
    if left > 0:
        said = _("and {count} more").format(count=left)
        items += f'<li><a href="{escape(more)}">{said}</a></li>'
    return f"<ul>{items}</ul>"
