"""The landing page: the strip of verdicts and one finding per chapter."""

from __future__ import annotations

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.language import gettext as _
from tallybook.sphinx import domain
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.languages.option_words import said as said_here
from tallybook.sphinx.nodes import element, joined, picture, span, tag
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> None:
    app.add_directive("verdicts", Verdicts)
    app.add_directive("finding", Finding)
    app.connect("env-updated", pages_with_charts)
    app.connect("doctree-resolved", put_pictures)


def anchor(chapter: str) -> str:
    """The address of a finding in its page."""
    return f"finding-{chapter}"


class Verdicts(SphinxDirective):
    """``{verdicts}``: how the claims of the chapters that exist came out."""

    def run(self) -> list[nodes.Node]:
        if not get_state(self.env.app).report.judgements:
            raise self.error(ledger.NO_CLAIMS.format("{verdicts}"))
        return [strip(self.env)]


def strip(env: BuildEnvironment) -> element:
    """The share of each verdict as a strip, with a legend in words. A click on a part leads where
    its verdict's card does."""
    shared = get_state(env.app)
    looks, counts = shared.provider.VERDICTS, ledger.counted(shared)
    each = _("{count} {verdict}")
    texts = {name: each.format(count=count, verdict=_(name)) for name, count in counts.items()}
    start, bars = 0, ""
    for verdict, count in counts.items():
        card = f'class="{looks[verdict].kind}" data-card="{badges.verdict_card(verdict)}"'
        bars += f'<rect {card} x="{start}" y="0" width="{count}" height="1"/>'
        start += count
    frame = (
        f'class="strip" viewBox="0 0 {start} 1" preserveAspectRatio="none" role="img"'
        f' aria-label="{", ".join(texts.values())}"'
    )
    drawn = picture("", html=f"<svg {frame}>{bars}</svg>")
    marks = [badges.badge(env, verdict, text) for verdict, text in texts.items()]
    legend = tag("div", *joined(" ", marks), class_="legend")
    said = ledger.tally(shared, ledger.listed(shared.report))
    return tag("div", drawn, legend, *said, class_="wide")


class Finding(SphinxDirective):
    """``{finding} chapter``: a chapter's question, one claim, its verdict, a picture, and the text
    of the directive. ``:claim:`` names the claim, ``:title:`` is the heading, and ``:chart:`` names
    a chart of a page, shown as on a phone."""

    required_arguments = 1
    has_content = True
    option_spec = {name: directives.unchanged_required for name in ("claim", "title", "chart")}

    def run(self) -> list[nodes.Node]:
        shared, chapter = get_state(self.env.app), self.arguments[0]
        claim_id = self.options["claim"]
        if claim_id not in ledger.listed(shared.report):
            raise self.error(f"no claim {claim_id!r} with a verdict")
        chart, heading = self.options.get("chart", ""), said_here(self, self.options["title"])
        domain.of(self.env).data["findings"][chapter] = {
            "docname": self.env.docname,
            "line": self.lineno,
            "title": heading,
            "claim_id": claim_id,
            "chart": chart,
        }
        claim, judgement = shared.report.claims[claim_id], shared.report.judgements[claim_id]
        said = _("{who}: {claim}").format(who=ledger.told(claim), claim=claim.statement)
        title = span("a", heading, to=(shared.provider.CHAPTERS[chapter], ""))
        body = nodes.container(classes=["found-text"])
        self.state.nested_parse(self.content, self.content_offset, body)
        last = tag("p", *badges.judged(self.env, judgement), class_="judged")
        words = tag("div", tag("h2", title), tag("p", said, class_="said"), body, last)
        place = picture("", html="", chart=chart)
        return [tag("section", words, place, class_="finding wide", id=anchor(chapter))]


def pages_with_charts(_app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to write again when any page was read, as their charts may be of that one."""
    return sorted({one["docname"] for one in domain.of(env).data["findings"].values()})


def put_pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the charts of the chapters into the findings of a page."""
    charts = domain.of(app.env).borrowed(docname)
    for place in doctree.findall(picture):
        if drawn := charts.get(place.get("chart")):
            place["html"] = f'<div class="plot">{drawn}</div>'
