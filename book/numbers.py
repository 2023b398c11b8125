"""Numbers in the pages: the role, the card, the page that lists them all, ``numbers.json``."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from book import html

PAGE = "chapters/numbers"
CITE = "_cite"  # where each number has a small page of its own (book/records.py)


def setup(app: Sphinx) -> None:
    app.add_role("num", NumberRole())
    app.add_directive("numbers-table", NumbersTable)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("html-page-context", add_cards)
    app.connect("build-finished", export)


class NumberRole(SphinxRole):
    """``{num}`id``` or ``{num}`id|part```: a number through the one formatter."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        number_id, _, part = self.text.partition("|")
        try:
            text = in_sentence(self.env, number_id.strip(), part.strip() or "value")
        except Exception as error:  # noqa: BLE001 - shown with file and line, and fails the build
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [nodes.raw("", text, format="html")], []


class NumbersTable(SphinxDirective):
    """``{numbers-table}``: every number of the report, one row each, grouped by chapter.

    On a phone, where rows are stacked, the style sheet names the cells: a thousand rows need no label in each of them.
    """

    def run(self) -> list[nodes.Node]:
        report = self.env.app.report
        rows = []
        for number in report.numbers:
            interval = escape(report.show(number.id, "interval")) if number.low is not None else ""
            rows.append(
                f'<tr id="{number.id}"><th scope="row"><code>{number.id}</code>'
                f'<div class="why">{escape(number.label)}</div></th>'
                f'<td class="n"><data value="{number.value!r}">{escape(report.show(number.id))}</data></td>'
                f'<td class="n">{interval}</td><td>{escape(number.unit)}</td>'
                f'<td>{escape(number.how)}{_covers(number)}<div class="why">From {_tables(self.env, number)}'
                f'<!--place:{number.id}-->; <a href="../{CITE}/{number.id}.html">cite it</a></div></td></tr>'
            )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Number", "Value", "Interval", "Unit", "How and from what"))
        caption = f"<caption>{len(rows)} numbers</caption>"
        table = f'<table class="numbers">{caption}<thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        return [nodes.raw("", f'<div class="wide">{table}</div>', format="html")]


def in_sentence(env: BuildEnvironment, number_id: str, part: str) -> str:
    """HTML of a number where it is used; notes the use, and gives the first one on a page its anchor."""
    if not hasattr(env, "report_uses"):
        env.report_uses = {}
    uses = env.report_uses.setdefault(env.docname, [])
    text = html.number(env.app.report, number_id, part, numbers_page(env), anchor=number_id not in uses)
    if number_id not in uses:
        uses.append(number_id)
    return text


def numbers_page(env: BuildEnvironment) -> str:
    return env.app.builder.get_relative_uri(env.docname, PAGE)


def expand(env: BuildEnvironment, template: str) -> str:
    """HTML of a template with ``[[id|part]]`` placeholders: text is escaped, numbers are objects."""
    pieces = env.app.report.split(template)
    return "".join(escape(piece) if isinstance(piece, str) else in_sentence(env, *piece) for piece in pieces)


def add_cards(app: Sphinx, pagename: str, _template: str, context: dict, _doctree: nodes.document | None) -> None:
    """Put the cards of a page's numbers at its end, so that they are there without a request."""
    uses = getattr(app.env, "report_uses", {}).get(pagename, [])
    if uses:
        page, cite = context["pathto"](PAGE), context["pathto"](CITE, 1)
        cards = (_card(app, number_id, page, f"{cite}/{number_id}.html") for number_id in uses)
        context["cards_html"] = f'<div class="cards" hidden>{"".join(cards)}</div>'
    if pagename == PAGE:
        places = addresses(app)
        for number in app.report.numbers:
            link = ""
            if number.id in places:
                address = app.builder.get_relative_uri(PAGE, places[number.id])
                link = f'; read in <a href="{address}#{number.id}">its place in the text</a>'
            context["body"] = context["body"].replace(f"<!--place:{number.id}-->", link)


def addresses(app: Sphinx) -> dict[str, str]:
    """The page where each number stands in the text: its own chapter if it is used there, else the first page."""
    found: dict[str, list[str]] = {}
    for docname in sorted(getattr(app.env, "report_uses", {})):
        for number_id in app.env.report_uses[docname]:
            found.setdefault(number_id, []).append(docname)
    chosen = {}
    for number_id, docnames in found.items():
        own = "chapters/" + app.report.numbers[number_id].chapter
        chosen[number_id] = own if own in docnames else docnames[0]
    return chosen


def export(app: Sphinx, exception: Exception | None) -> None:
    """Write ``numbers.json`` at the root of the site."""
    if exception is None and app.builder.format == "html":
        places = addresses(app)
        hrefs = {n.id: f"{app.builder.get_target_uri(places.get(n.id, PAGE))}#{n.id}" for n in app.report.numbers}
        write_json(Path(app.outdir) / "numbers.json", app.report_provider.numbers_json(app.report, hrefs))


def write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    getattr(env, "report_uses", {}).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    env.report_uses = getattr(env, "report_uses", {})
    for docname in docnames:
        if docname in getattr(other, "report_uses", {}):
            env.report_uses[docname] = other.report_uses[docname]


def _card(app: Sphinx, number_id: str, page: str, cite: str) -> str:
    report = app.report
    number = report.numbers[number_id]
    rows = [("Unit", escape(number.unit))]
    if number.low is not None:
        rows.insert(0, ("Interval", f"{escape(report.show(number_id, 'interval'))}. {escape(number.covers)}"))
    rows.append(("How", escape(number.how)))
    rows.append(("From", ", ".join(f"<code>{escape(name)}</code>" for name in number.tables)))
    items = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows)
    return (
        f'<div class="card" id="card-{number_id}" role="dialog" aria-label="About the number {escape(number.label)}">'
        f'<b class="big">{escape(report.show(number_id))}</b> <span class="id">{number_id}</span>'
        f'<p class="label">{escape(number.label)}</p><dl>{items}</dl>'
        f'<p class="links"><a href="{page}#{number_id}">Row and address</a> <a href="{cite}">Cite this number</a></p></div>'
    )


def _covers(number: object) -> str:
    return f'<div class="why">The interval: {escape(number.covers)}</div>' if number.covers else ""


def _tables(env: BuildEnvironment, number: object) -> str:
    root = env.app.builder.get_relative_uri(env.docname, "index").rsplit("/", 1)[0] + "/"
    return ", ".join(f'<a href="{root}data/{escape(name)}.csv">{escape(name)}</a>' for name in number.tables)
