"""The landing page: the strip of verdicts and one finding per chapter."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.contract import Report
from tallybook.sphinx import claims, domain, state
from tallybook.sphinx.domain import Drawn
from tallybook.sphinx.nodes import picture as drawing
from tallybook.sphinx.nodes import span, tag


def setup(app: Sphinx) -> None:
    app.add_directive("verdicts", Verdicts)
    app.add_directive("finding", Finding)
    app.connect("env-check-consistency", each_chapter_has_its_finding)
    app.connect("html-page-context", list_findings)


def each_chapter_has_its_finding(app: Sphinx, env: BuildEnvironment) -> None:
    """A landing page that shows findings shows one of every chapter."""
    found = domain.of(env).data["findings"]
    missing = [name for name in state.of(app).provider.CHAPTERS if found and name not in found]
    if missing:
        page = env.doc2path(next(iter(found.values()))["docname"], False)
        raise ExtensionError(f"{page}: found no finding of {', '.join(missing)}; expected the directive {{finding}} {missing[0]}")


def list_findings(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
    """Put the findings of a page into its contents, before its sections."""
    found = {name: one for name, one in domain.of(app.env).data["findings"].items() if one["docname"] == pagename}
    if found and context.get("toc"):
        items = "".join(f'<li><a href="#{anchor(name)}">{escape(one["title"])}</a></li>' for name, one in found.items())
        head, inner, rest = context["toc"].partition("<ul>")
        first, nested, more = rest.partition("<ul>")
        context["toc"] = f"{head}{inner}{first}{nested}{items}{more}" if nested else context["toc"]


def anchor(chapter: str) -> str:
    """The address of a finding in its page."""
    return f"finding-{chapter}"


class Verdicts(SphinxDirective):
    """``{verdicts}``: how the claims of the chapters that exist came out."""

    def run(self) -> list[nodes.Node]:
        if not state.of(self.env.app).report.judgements:
            raise self.error(claims.NO_CLAIMS.format("{verdicts}"))
        return [claims.strip(self.env)]


class Finding(SphinxDirective):
    """``{finding} chapter``: a chapter's question, one claim, its verdict, a picture, and the text of the directive.

    ``:claim:`` names the claim that is drawn; its first number gives the whisker. Where the claim has no figure,
    ``:found:`` and ``:mark:`` name two numbers to draw instead, and ``:words:`` says what the mark is.
    """

    required_arguments = 1
    has_content = True
    option_spec = {name: directives.unchanged_required for name in ("claim", "title", "found", "mark", "words")}

    def run(self) -> list[nodes.Node]:
        shared, chapter = state.of(self.env.app), self.arguments[0]
        report = shared.report
        claim_id = self.options["claim"]
        if claim_id not in claims.listed(report):
            raise self.error(f"no claim {claim_id!r} with a verdict")
        picture = drawn(report, claim_id, *(self.options.get(name) for name in ("found", "mark", "words")))
        domain.of(self.env).data["findings"][chapter] = {
            "docname": self.env.docname,
            "title": self.options["title"],
            "claim_id": claim_id,
            "drawn": picture,
        }
        claim, judgement = report.claims[claim_id], report.judgements[claim_id]
        said = f"{claim.outlet}, {claim.day}: {claim.statement}"
        title = span("a", self.options["title"], to=(shared.provider.CHAPTERS[chapter], ""))
        body = nodes.container(classes=["found-text"])
        self.state.nested_parse(self.content, self.content_offset, body)
        verdict = str(judgement.verdict)
        words = tag(
            "div",
            tag("h2", title),
            tag("p", said, class_="said"),
            body,
            claims.badge(self.env, verdict, verdict.capitalize()),
        )
        return [tag("section", words, drawing("", html=_picture(report, picture)), class_="finding wide", id=anchor(chapter))]


def drawn(report: Report, claim_id: str, found: str | None, mark: str | None, words: str | None) -> Drawn | None:
    """The picture of a claim: as its verdict compares them, or the two numbers that the page names; ``None`` without either."""
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    if found and mark:
        return Drawn(report.numbers[found], report.numbers[mark].value, f"{words}: {report.show(mark)}", claimed=False)
    if claim.value is None or not judgement.found or report.numbers[judgement.found[0]].unit != claim.unit:
        return None
    return Drawn(report.numbers[judgement.found[0]], claim.value, f"said: {claim.published}")


def _picture(report: Report, shown: Drawn | None) -> str:
    """The whisker of the finding, large, with its value and the mark written in."""
    if shown is None:
        return ""
    at, number = shown.places(left=24, right=296), shown.number
    found = report.show(number.id, "full" if number.low is not None else "value")
    kind = "said" if shown.claimed else "held"  # the hue of claims is for claims

    def text(name: str, x: float, y: int, words: str) -> str:
        anchor = "end" if x > 200 else "start" if x < 120 else "middle"
        x = 310 if anchor == "end" and x > 290 else 10 if anchor == "start" and x < 30 else x
        return f'<text class="{name}" x="{x:.0f}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'

    return (
        f'<svg class="picture" viewBox="0 0 320 96" role="img" aria-label="{escape(f"Found: {found}; {shown.words}")}">'
        f'<path class="line" d="M10 66h300"/><path class="found bar" d="M{at["low"]:.0f} 46H{at["high"]:.0f}"/>'
        f'<circle class="found" cx="{at["value"]:.0f}" cy="46" r="6"/><path class="{kind}" d="M{at["mark"]:.0f} 20v46"/>'
        f"{text(f'{kind}-text', at['mark'], 14, shown.words)}{text('found-text', at['value'], 84, f'found: {found}')}</svg>"
    )
