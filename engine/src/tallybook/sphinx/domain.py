"""The Sphinx domain ``report``: numbers, claims and charts, with what each page holds of them.

A number is printed with ``{num}`` and linked with ``{report:number}``; a claim and a chart are
linked with ``{report:claim}`` and ``{report:chart}``. All three are in ``objects.inv``, under the
domain for those who load it, and as labels of Sphinx's own, so that any other Sphinx project can
cite them with ``:external:ref:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypedDict, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from tallybook.sphinx.nodes import number, plain, span
from tallybook.sphinx.state import get_state

NAME = "report"
OF_A_PAGE: Final = ("uses", "unknown", "tables", "answers", "hashes")  # page -> what it holds


class Shown(TypedDict):
    """A chart as a page shows it: its page, headline, caption and sources, its two pictures as
    HTML, its files by ending."""

    docname: str
    headline: str
    caption: str
    sources: list[str]
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


class Target(NamedTuple):
    """Where a link to an object leads: a page, an anchor there, and what the link says."""

    text: str
    docname: str
    anchor: str


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
    object_types = {kind: ObjType(kind, kind) for kind in ("number", "claim", "chart")}
    roles = {kind: XRefRole(warn_dangling=True) for kind in object_types}
    dangling_warnings = {
        kind: f"{kind} '%(target)s' is linked but not there; expected a {kind} of the report"
        for kind in object_types
    }
    initial_data: dict[str, Any] = {**{part: {} for part in (*OF_A_PAGE, "charts", "findings")}}
    data: State  # type: ignore[assignment]  # Sphinx has a dict of anything here
    data_version = 11

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
        pieces = get_state(self.env.app).report.split(template)
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
        return span("a", text, to=(page, shared.report.source_place(key)))

    def places(self) -> dict[str, str]:
        """The page where each number stands in the text: its own chapter if it is used there, else
        the first page."""
        pages: dict[str, list[str]] = {}
        for docname, names in sorted(self.data["uses"].items()):
            for name in names:
                pages.setdefault(name, []).append(docname)
        shared, found = get_state(self.env.app), {}
        for name, docnames in pages.items():
            own = shared.provider.CHAPTERS[shared.report.numbers[name].chapter]
            found[name] = own if own in docnames else docnames[0]
        return found

    def clear_doc(self, docname: str) -> None:
        for part in OF_A_PAGE:
            self.data[part].pop(docname, None)
        for kind in ("charts", "findings"):
            held = self.data[kind]
            for name in [name for name, one in held.items() if one["docname"] == docname]:
                del held[name]

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read. Raises ``ExtensionError`` if two pages show one
        chart."""
        wanted, other = set(docnames), cast(State, otherdata)
        for part in OF_A_PAGE:
            mine: dict[str, Any] = self.data[part]
            mine.update({name: held for name, held in other[part].items() if name in wanted})
        findings = other["findings"].items()
        self.data["findings"] |= {name: one for name, one in findings if one["docname"] in wanted}
        for name, chart in other["charts"].items():
            if chart["docname"] in wanted:
                self.add_chart(name, chart)

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

    def add_chart(self, name: str, chart: Shown) -> None:
        """Raises ``ExtensionError`` if a page shows a chart of that name already."""
        if there := self.data["charts"].get(name):
            pages = " and ".join(sorted([there["docname"], chart["docname"]]))
            raise ExtensionError(
                f"chart {name!r}: found it shown twice, in {pages}; expected each chart once"
            )
        self.data["charts"][name] = chart

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every number of the report, every claim with a verdict, every chart: name, text, kind,
        page, anchor, priority."""
        report, places = get_state(self.env.app).report, self.places()
        names = {
            "number": [one.id for one in report.numbers],
            "claim": report.judgements,
            "chart": sorted(self.data["charts"]),
        }
        for kind, those in names.items():
            for name in those:
                if found := self.target(kind, name, places):
                    yield name, found.text, kind, found.docname, found.anchor, 1

    def target(self, kind: str, name: str, places: Mapping[str, str]) -> Target | None:
        """A number of the report, a claim with a verdict, or a chart; ``None`` if there is none of
        that kind and name. ``places``: see ``places()``."""
        shared, charts = get_state(self.env.app), self.data["charts"]
        report = shared.report
        if kind == "number" and name in report.numbers:
            return Target(report.show(name), places.get(name) or shared.page("numbers"), name)
        if kind == "claim" and name in report.judgements:
            claim = report.claims[name]
            return Target(claim.statement, shared.provider.CHAPTERS[claim.chapter], f"claim-{name}")
        if kind == "chart" and name in charts:
            return Target(charts[name]["caption"], charts[name]["docname"], name)
        return None

    def resolve_xref(
        self,
        _env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        found = self.target(typ, target, self.places())
        if found is None:
            return None
        inside = contnode if node["refexplicit"] else nodes.inline("", found.text)
        return make_refnode(builder, fromdocname, found.docname, found.anchor, [inside], found.text)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        found = [
            (kind, self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode))
            for kind in self.object_types
        ]
        return [(f"{NAME}:{kind}", reference) for kind, reference in found if reference is not None]


def setup(app: Sphinx) -> None:
    app.add_domain(ReportDomain)
    app.connect("env-updated", add_labels)  # before the environment is stored


def of(env: BuildEnvironment) -> ReportDomain:
    """The domain of this build."""
    return cast(ReportDomain, env.get_domain(NAME))


def add_labels(_app: Sphinx, env: BuildEnvironment) -> None:
    """Numbers and claims as labels of Sphinx's own; a chart is one already, as every numbered
    figure with a name."""
    labels = env.get_domain("std").data["labels"]
    for _name, text, kind, docname, anchor, _priority in of(env).get_objects():
        if kind != "chart":
            labels[anchor] = (docname, anchor, text)
