"""The Sphinx domain of the report: what each page holds of its numbers, claims and charts.

A number is printed with ``{num}``. Numbers, claims and charts are labels of Sphinx's own: they are
linked with ``{ref}``, and as ``objects.inv`` has them, any other Sphinx project can cite them with
``:external:ref:``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, TypedDict, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxRole

from tallybook.data.cells import LISTED
from tallybook.data.provenance import source_place
from tallybook.model.formatting import split
from tallybook.sphinx.building.page_warnings import warn
from tallybook.sphinx.claims import wording
from tallybook.sphinx.nodes import claim_row, number, plain, span
from tallybook.sphinx.state import get_state

NAME = "report"
COUNTED = re.compile(r"id\d+")  # an id that docutils has made
OF_A_PAGE: Final = ("uses", "unknown", "tables", "answers", "hashes")  # page -> what it holds


class Shown(TypedDict):
    """A chart as a page shows it: its page, headline, caption and sources, the numbers that its
    words name, its two pictures as HTML, its files by ending."""

    docname: str
    headline: str
    caption: str
    sources: list[str]
    numbers: list[str]
    broad: str
    narrow: str
    files: dict[str, bytes]


class Finding(TypedDict):
    """What a front page shows of a chapter: the front page and the line there, the claim, and the
    name of a chart, or ""."""

    docname: str
    line: int
    title: str
    claim_id: str
    chart: str


class State(TypedDict):
    """What the pages read so far hold. Every entry belongs to one page, so that a page can be
    forgotten."""

    uses: dict[str, list[str]]  # page -> ids of the numbers it prints, in the order of first use
    unknown: dict[str, list[tuple[int, str]]]  # page -> lines of numbers that cannot print, and why
    tables: dict[str, list[tuple[str, int]]]  # page -> chapter and line of each table of claims
    charts: dict[str, Shown]  # name -> chart
    findings: dict[str, Finding]  # chapter -> its finding on the landing page
    answers: dict[str, str]  # page -> the answer it begins with
    hashes: dict[str, str]  # page -> sha256 of the text that was read


class ReportDomain(Domain):
    """Numbers, claims and charts of a report."""

    name = NAME
    label = "Report"
    initial_data: dict[str, Any] = {part: {} for part in (*OF_A_PAGE, "charts", "findings")}
    data: State  # type: ignore[assignment]  # Sphinx has a dict of anything here
    data_version = 12

    def number(self, name: str, part: str = "value") -> number:
        """A number as a node. Raises ``NumberError`` if no number has that id, ``ValueError`` for a
        part that it does not have."""
        report = get_state(self.env.app).report
        return number("", report.show(name, part), name=name, value=report.numbers[name].value)

    def place(self, numbers: Iterable[nodes.Element]) -> None:
        """Note what the page being read uses, in its order. The first use of a number is its place
        there."""
        uses: list[str] = []
        self.data["uses"][self.env.docname] = uses
        for used in numbers:
            used["ids"] = [] if used["name"] in uses else [used["name"]]
            uses += used["ids"]

    def expand(self, template: str) -> list[nodes.Node]:
        """A template with ``[[id|part]]`` placeholders as nodes: text, and a number for each
        placeholder."""
        pieces = split(template)
        return [
            nodes.Text(piece) if isinstance(piece, str) else self.number(*piece) for piece in pieces
        ]

    def source(self, key: str, text: str = "") -> nodes.Node:
        """A source by name, or as ``text``, with a link to its place if there is a page of sources.
        Raises ``KeyError`` if no bibliography has it."""
        shared = get_state(self.env.app)
        text, page = text or shared.report.source_name(key), shared.page("sources")
        if not page:
            return nodes.Text(text)
        return span("a", text, to=(page, source_place(key)))

    def places(self) -> dict[str, str]:
        """The page where each number stands in the text: its own chapter if it is used there, else
        the first page."""
        pages: dict[str, list[str]] = {}
        for docname, names in sorted(self.data["uses"].items()):
            for name in names:
                pages.setdefault(name, []).append(docname)
        shared, found = get_state(self.env.app), {}
        for name, docnames in pages.items():
            own = shared.provider.homes[shared.report.numbers[name].chapter]
            found[name] = own if own in docnames else docnames[0]
        return found

    def clear_doc(self, docname: str) -> None:
        for part in OF_A_PAGE:
            self.data[part].pop(docname, None)
        for kind in ("charts", "findings"):
            held = self.data[kind]
            for name in [name for name, one in held.items() if one["docname"] == docname]:
                del held[name]

    def process_doc(self, _env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Take a page's answer and the captions of its charts, now that their quotation marks are
        as they print."""
        for box in document.findall(nodes.container):
            if "answer" in box["classes"]:
                self.data["answers"].setdefault(docname, " ".join(map(plain, box)))
        for figure in document.findall(nodes.figure):
            if "chart" in figure:
                caption = next(figure.findall(nodes.caption)).astext()
                self.data["charts"][figure["chart"]]["caption"] = " ".join(caption.split())

    def borrowed(self, docname: str) -> dict[str, str]:
        """What a page shows of other pages: the narrow picture of each chart in its findings, by
        name."""
        charts = self.data["charts"]
        return {
            one["chart"]: charts[one["chart"]]["narrow"]
            for one in self.data["findings"].values()
            if one["docname"] == docname and one["chart"] in charts
        }


def setup(app: Sphinx) -> None:
    app.add_domain(ReportDomain)
    app.add_role("num", NumberRole())
    app.add_transform(Places)
    app.connect("env-check-consistency", tell_unknown, priority=10)  # before what rests on them
    app.connect("env-updated", add_labels)  # before the environment is stored


def of(env: BuildEnvironment) -> ReportDomain:
    """The domain of this build."""
    return cast(ReportDomain, env.get_domain(NAME))


def add_labels(app: Sphinx, env: BuildEnvironment) -> None:
    """Numbers and claims as labels of Sphinx's own, each at its place in the text; a chart is one
    already, as every numbered figure with a name. Other projects print these texts: a published
    figure says in its own what we found."""
    labels, shared, places = env.get_domain("std").data["labels"], get_state(app), of(env).places()
    report = shared.report
    for one in report.numbers:
        page = places.get(one.id, shared.page("numbers"))
        text = [report.whole(one.id), wording.text(wording.of_numbers(report, [one.id]))]
        labels[one.id] = page, one.id, ". ".join(filter(None, text))
    for name in report.judgements:
        anchor, page = f"claim-{name}", shared.provider.CHAPTERS[report.claims[name].chapter]
        labels[anchor] = page, anchor, wording.text([wording.of_claim(report, name)])


class NumberRole(SphinxRole):
    """``{num}`id``` or ``{num}`id|part```: a number through the one formatter."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        name, _, part = self.text.partition("|")
        try:
            return [of(self.env).number(name.strip(), part.strip() or "value")], []
        except Exception as error:  # noqa: BLE001 - told of all pages at once (``tell_unknown``)
            unknown = of(self.env).data["unknown"].setdefault(self.env.docname, [])
            unknown.append((self.get_source_info()[1], str(error)))
            return [nodes.problematic(self.rawtext, self.rawtext)], []


class Places(SphinxTransform):
    """Gives the first use of each number its id, and each caption of a chart its own. A translation
    replaces the text of a page: this comes after it. Sphinx transforms each of its sentences too,
    so what was noted for these is dropped."""

    default_priority = 30  # after sphinx.transforms.i18n.Locale, which has 20

    def apply(self, **_options: Any) -> None:
        parts = self.document.findall(lambda node: isinstance(node, (number, claim_row)))
        # In a row of claims the number that its verdict rests on comes before those of its reason.
        rows = (sorted(part.findall(number), key=lambda one: not one.get("main")) for part in parts)
        every = dict.fromkeys(used for row in rows for used in row)
        of(self.env).place(every)
        set_apart(self.document)
        for figure in self.document.findall(nodes.figure):
            if "chart" in figure:
                caption = next(figure.findall(nodes.caption))
                name = f"{figure['chart']}-caption"
                caption[:] = [nodes.inline("", "", *caption.children, ids=[name])]


def set_apart(document: nodes.document) -> None:
    """Give each element of a document an id of its own: those of a translated sentence are counted
    anew in each, and may be there already."""
    seen: set[str] = set()
    for node in document.findall(nodes.Element):
        if any(name in seen and COUNTED.fullmatch(name) for name in node["ids"]):
            # Two references to one thing may even share the list.
            node["ids"] = [f"{name}-{len(seen)}" for name in node["ids"]]
        seen.update(node["ids"])


def tell_unknown(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of all numbers that pages use and nobody has defined, by name of the first."""
    pages = sorted(of(env).data["unknown"].items())
    found = [(page, line, said) for page, uses in pages for line, said in uses]
    left = len(found) - LISTED
    more = f"and {left} more numbers that are used but not defined" if left > 0 else ""
    warn(env, "number", found[:LISTED], more)
