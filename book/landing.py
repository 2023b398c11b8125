"""The landing page: the strip of verdicts and one finding per chapter."""

from __future__ import annotations

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book import claims, html


def setup(app: Sphinx) -> None:
    app.add_directive("verdicts", Verdicts)
    app.add_directive("finding", Finding)


class Verdicts(SphinxDirective):
    """``{verdicts}``: how the claims of the chapters that exist came out."""

    def run(self) -> list[nodes.Node]:
        return [nodes.raw("", f'<div class="wide">{claims.strip(self.env.app.report)}</div>', format="html")]


class Finding(SphinxDirective):
    """``{finding} chapter``: a chapter's question, one claim, its verdict, a picture, and the text of the directive.

    ``:claim:`` names the claim that is drawn; its first number gives the whisker.
    """

    required_arguments = 1
    has_content = True
    option_spec = {"claim": directives.unchanged_required, "title": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        report, chapter = self.env.app.report, self.arguments[0]
        claim_id = self.options["claim"]
        if claim_id not in report.judgements:
            raise self.error(f"no claim {claim_id!r} with a verdict")
        if not hasattr(self.env, "report_headlines"):
            self.env.report_headlines = {}
        self.env.report_headlines[chapter] = claim_id
        claim, judgement = report.claims[claim_id], report.judgements[claim_id]
        uri = self.env.app.builder.get_relative_uri(self.env.docname, f"chapters/{chapter}")
        said = f"{claim.outlet}, {claim.day}: {claim.statement}"
        if claim.published:
            said += f": {claim.published}"
        head = (
            f'<section class="finding wide"><div><h2><a href="{uri}">{escape(self.options["title"])}</a></h2>'
            f'<p class="said">{escape(said)}</p>'
        )
        body = nodes.container(classes=["found-text"])
        self.state.nested_parse(self.content, self.content_offset, body)
        verdict = str(judgement.verdict)
        tail = f"{html.badge(verdict, verdict.capitalize())}</div>{_picture(report, claim, judgement)}</section>"
        return [nodes.raw("", head, format="html"), body, nodes.raw("", tail, format="html")]


def scale_of(report: object, claim: object, judgement: object, left: float, right: float) -> dict[str, float] | None:
    """Where low, value, high and the claim lie between ``left`` and ``right``; ``None`` if there is nothing to draw."""
    if claim.value is None or not judgement.numbers:
        return None
    number = report.numbers[judgement.numbers[0]]
    if number.unit != claim.unit:
        return None
    low, high = (number.low, number.high) if number.low is not None else (number.value, number.value)
    points = {"low": low, "value": number.value, "high": high, "said": claim.value}
    start, span = min(points.values()), (max(points.values()) - min(points.values())) or 1.0
    return {name: left + (right - left) * (point - start) / span for name, point in points.items()}


def _picture(report: object, claim: object, judgement: object) -> str:
    """The whisker of the finding, large, with its ends and the claim written in."""
    at = scale_of(report, claim, judgement, left=24, right=296)
    if at is None:
        return ""
    number = report.numbers[judgement.numbers[0]]

    def anchor(x: float) -> str:
        return "end" if x > 220 else "start" if x < 100 else "middle"

    words = f"Published: {claim.published}. Found: {report.show(number.id, 'full' if number.low is not None else 'value')}."
    ends = (
        f'<text class="found-text" x="{at["value"]:.0f}" y="88" text-anchor="{anchor(at["value"])}">'
        f"found: {escape(report.show(number.id))}</text>"
    )
    if number.low is not None:
        ends = "".join(
            f'<text class="soft" x="{at[part]:.0f}" y="88" text-anchor="{anchor(at[part])}">{escape(report.show(number.id, part))}</text>'
            for part in ("low", "high")
        )
    return (
        f'<svg class="picture" viewBox="0 0 320 96" role="img" aria-label="{escape(words)}">'
        f'<path class="line" d="M10 72h300"/><path class="found bar" d="M{at["low"]:.0f} 52H{at["high"]:.0f}"/>'
        f'<circle class="found" cx="{at["value"]:.0f}" cy="52" r="6"/><path class="said" d="M{at["said"]:.0f} 22v50"/>'
        f'<text class="said-text" x="{at["said"]:.0f}" y="16" text-anchor="{anchor(at["said"])}">said: {escape(claim.published)}</text>'
        f"{ends}</svg>"
    )
