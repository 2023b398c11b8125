"""The landing page: the strip of verdicts and one finding per chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.report import Report
from tallybook.sphinx import claims, domain
from tallybook.sphinx.nodes import number, picture, span, tag
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> None:
    app.add_directive("verdicts", Verdicts)
    app.add_directive("finding", Finding)
    app.connect("env-check-consistency", each_chapter_has_its_finding)
    app.connect("env-updated", pages_with_charts)
    app.connect("doctree-resolved", put_pictures)
    app.connect("html-page-context", list_findings)


def each_chapter_has_its_finding(app: Sphinx, env: BuildEnvironment) -> None:
    """A landing page that shows findings shows one of every chapter."""
    found = domain.of(env).data["findings"]
    missing = [name for name in get_state(app).provider.CHAPTERS if found and name not in found]
    if missing:
        page = env.doc2path(next(iter(found.values()))["docname"], False)
        raise ExtensionError(
            f"{page}: found no finding of {', '.join(missing)}; expected the directive {{finding}}"
            f" {missing[0]}"
        )


def list_findings(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Put the findings of a page into its contents, before its sections."""
    found = {
        name: one
        for name, one in domain.of(app.env).data["findings"].items()
        if one["docname"] == pagename
    }
    if found and context.get("toc"):
        items = "".join(
            f'<li><a href="#{anchor(name)}">{escape(one["title"])}</a></li>'
            for name, one in found.items()
        )
        head, inner, rest = context["toc"].partition("<ul>")
        first, nested, more = rest.partition("<ul>")
        context["toc"] = f"{head}{inner}{first}{nested}{items}{more}" if nested else context["toc"]


def anchor(chapter: str) -> str:
    """The address of a finding in its page."""
    return f"finding-{chapter}"


class Verdicts(SphinxDirective):
    """``{verdicts}``: how the claims of the chapters that exist came out."""

    def run(self) -> list[nodes.Node]:
        if not get_state(self.env.app).report.judgements:
            raise self.error(claims.NO_CLAIMS.format("{verdicts}"))
        return [claims.strip(self.env)]


class Finding(SphinxDirective):
    """``{finding} chapter``: a chapter's question, one claim, its verdict, a picture, and the text
    of the directive.

    ``:claim:`` names the claim, ``:title:`` is the heading, and ``:chart:`` names a chart of a
    page, shown as on a phone.
    """

    required_arguments = 1
    has_content = True
    option_spec = {name: directives.unchanged_required for name in ("claim", "title", "chart")}

    def run(self) -> list[nodes.Node]:
        shared, chapter, claim_id = (
            get_state(self.env.app),
            self.arguments[0],
            self.options["claim"],
        )
        if claim_id not in claims.listed(shared.report):
            raise self.error(f"no claim {claim_id!r} with a verdict")
        chart = self.options.get("chart", "")
        domain.of(self.env).data["findings"][chapter] = {
            "docname": self.env.docname,
            "line": self.lineno,
            "title": self.options["title"],
            "claim_id": claim_id,
            "chart": chart,
        }
        claim, verdict = (
            shared.report.claims[claim_id],
            str(shared.report.judgements[claim_id].verdict),
        )
        said = f"{claims.speaker(claim)}{claim.outlet}, {claim.day}: {claim.statement}"
        title = span("a", self.options["title"], to=(shared.provider.CHAPTERS[chapter], ""))
        body = nodes.container(classes=["found-text"])
        self.state.nested_parse(self.content, self.content_offset, body)
        badge = claims.badge(self.env, verdict, verdict.capitalize())
        last = tag(
            "p",
            badge,
            " ",
            *claims.meaning(self.env, verdict),
            self.copy(body, chapter, said, verdict),
        )
        words = tag("div", tag("h2", title), tag("p", said, class_="said"), body, last)
        return [
            tag(
                "section",
                words,
                picture("", html="", chart=chart),
                class_="finding wide",
                id=anchor(chapter),
            )
        ]

    def copy(self, body: nodes.container, chapter: str, said: str, verdict: str) -> picture:
        """A button that copies what a reader would quote: the text with intervals, claim, verdict,
        address.

        It needs scripts.
        """
        config, pages = self.env.app.config, get_state(self.env.app).provider.CHAPTERS
        text = re.sub(
            r"[ \n]+", " ", "".join(_quoted(get_state(self.env.app).report, body))
        ).strip()
        address = config.html_baseurl + self.env.app.builder.get_target_uri(pages[chapter])
        whole = (
            f"{text} Verdict on the claim “{said}”: {verdict}."
            f" {config.html_title or config.project}, {config.release}, {address}"
        )
        return picture(
            "",
            html=(
                f'<button type="button" class="copy" aria-live="polite" data-copy="{escape(whole)}"'
                " hidden>Copy this</button>"
            ),
            site=True,
        )


def _quoted(report: Report, body: nodes.Element) -> Iterator[str]:
    """The texts of a body; a number that was printed without its interval has it."""
    for text in body.findall(nodes.Text):
        printed = text.parent
        plain_value = isinstance(printed, number) and printed.astext() == report.show(
            printed["name"]
        )
        whole = plain_value and report.numbers[printed["name"]].low is not None
        yield report.show(printed["name"], "full") if whole else text.astext()


def pages_with_charts(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to write again when any page was read, as their charts may be of that one.

    Raises ``ExtensionError`` for a chart that no page shows.
    """
    held = domain.of(env).data
    for one in held["findings"].values():
        if one["chart"] and one["chart"] not in held["charts"]:
            raise ExtensionError(
                f"{env.doc2path(one['docname'], False)}, line {one['line']}: found :chart:"
                f" {one['chart']}, which no page shows; expected one of"
                f" {', '.join(sorted(held['charts'])) or 'none, as no page shows a chart'}"
            )
    return sorted({one["docname"] for one in held["findings"].values() if one["chart"]})


def put_pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the charts of the chapters into the findings of a page."""
    charts = domain.of(app.env).borrowed(docname)
    for place in doctree.findall(picture):
        if drawn := charts.get(place.get("chart")):
            place["html"] = f'<div class="plot">{drawn}</div>'
