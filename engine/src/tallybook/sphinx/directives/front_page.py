"""The landing page: its headline, the press beside our answers, one finding per chapter, and every
claim as a dot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from tallybook.claims.vocabulary import GROUPS
from tallybook.language import N_, semicolon
from tallybook.language import gettext as _
from tallybook.model.formatting import beside
from tallybook.sphinx import domain
from tallybook.sphinx.claims import badges, ledger
from tallybook.sphinx.languages.option_words import said as said_here
from tallybook.sphinx.nodes import cell, element, phrase, picture, span, table, tag
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> None:
    app.add_directive("claim-dots", ClaimDots)
    app.add_directive("whose-claims", WhoseClaims)
    app.add_directive("press", Press)
    app.add_role("struck", Struck())
    app.connect("doctree-read", leave_out_struck, priority=900)  # when the title is collected
    app.add_directive("finding", Finding)
    app.connect("env-updated", pages_with_charts)
    app.connect("doctree-resolved", put_pictures)


def anchor(chapter: str) -> str:
    """The address of a finding in its page."""
    return f"finding-{chapter}"


HEADS = N_(("We estimate", "Who said what", "Is that right?"))


class ClaimDots(SphinxDirective):
    """``{claim-dots}``: each claim as a dot, in groups of words; a dot has the look of its
    group and the card of its claim, and leads to its row."""

    def run(self) -> list[nodes.Node]:
        shared = get_state(self.env.app)
        if not shared.report.judgements:
            raise self.error(ledger.NO_CLAIMS.format("{claim-dots}"))
        by_word: dict[str, list[str]] = {}
        for name in ledger.listed(shared.report):
            by_word.setdefault(str(shared.report.judgements[name].verdict), []).append(name)
        found = []
        for place, (heading, words) in enumerate(GROUPS.items(), 1):
            if names := [name for word in words for name in by_word.get(word, ())]:
                dots = (tag("li", self.dot(name)) for name in names)
                title = tag("p", span("b", str(len(names))), f" {_(heading)}", class_="tally")
                found += [tag("div", title, tag("ul", *dots, class_=f"dots look{place}"))]
        return [tag("div", *found, class_="claim-dots wide")]

    def dot(self, name: str) -> phrase:
        shared = get_state(self.env.app)
        claim, verdict = shared.report.claims[name], str(shared.report.judgements[name].verdict)
        return span(
            "a",
            to=badges.row_of(self.env, claim),
            class_="dot",
            aria_label=f"{_(verdict)}: {claim.statement}",
            data_card=f"{badges.CLAIM_CARD}{name}",
        )


class WhoseClaims(SphinxDirective):
    """``{whose-claims}``: how many claims there are, who said most of them, and where."""

    def run(self) -> list[nodes.Node]:
        shared = get_state(self.env.app)
        claims = [shared.report.claims[name] for name in ledger.listed(shared.report)]
        people = Counter(one.said_by for one in claims if one.speaker == "person")
        (first, most), (second, more) = people.most_common(2)
        (place, there), *_others = Counter(one.source_key for one in claims).most_common(1)
        where = next(one for one in claims if one.source_key == place)
        said = _(
            "This report checks {count} claims. {first} made {most}, {second} {more}."
            " One interview has {there}: {where}."
        ).format(
            count=len(claims),
            most=most,
            first=first,
            more=more,
            second=second,
            there=there,
            where=where.where,
        )
        return [tag("p", said)]


class Press(SphinxDirective):
    """``{press}``: a line of the content holds the id of an answer and those of claims; a row has
    its question, our estimate with its range, what was said and by whom, and the word on it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        report = get_state(self.env.app).report
        rows: list[nodes.Node] = []
        for line in self.content:
            answer, *claims = line.split()
            missing = [name for name in claims if name not in report.judgements]
            if missing or answer not in report.answered.answers:
                raise self.error(
                    f"{{press}}: found {line!r}; expected an answer, and judged claims"
                )
            rows += self.rows(answer, claims)
        heads = (_("Question"), *map(_, HEADS))
        brackets = _("In brackets: our range (four chances in five)")
        return [table(brackets, heads, rows, "data words")]

    def rows(self, answer: str, claims: list[str]) -> Iterator[element]:
        """A row for each claim; the first begins with the question and our answer."""
        report = get_state(self.env.app).report
        asked, number = report.answered.answers[answer].question, domain.of(self.env).number(answer)
        unit = beside(asked.unit, number["value"])
        ours = (number, f" {unit} (" if unit else " (", report.show(answer, "interval"), ")")
        heads, over = [_(head) for head in HEADS], str(len(claims))
        first = [
            tag("th", asked.question, scope="rowgroup", rowspan=over),
            cell(heads[0], *ours, rowspan=over),
        ]
        for name in claims:
            claim, judged = report.claims[name], report.judgements[name].by(answer)
            what = claim.published or claim.statement.removesuffix(".")
            said = cell(heads[1], _("{what} ({who})").format(what=what, who=_(claim.said_by)))
            word = badges.judged(self.env, judged, badges.chance(judged))
            yield tag("tr", *first, said, cell(heads[2], *word))
            first = []


class Struck(SphinxRole):
    """``{struck}`words```: words of a headline that are struck out, and read aloud as such. They
    are no part of the title elsewhere (``leave_out_struck``)."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        spoken = f'<span class="spoken">{escape(_("struck out:"))} </span>'
        return [picture("", html=f"<s>{spoken}{escape(self.text)}</s>")], []


def leave_out_struck(app: Sphinx, _doctree: nodes.document) -> None:
    """Take struck words out of the title by which other pages know the page."""
    for one in list(app.env.titles[app.env.docname].findall(picture)):
        one.parent.remove(one)


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
        who = f"{badges.speaker(claim)}{claim.where}"
        said = _("{who}: {claim}").format(who=who, claim=claim.statement)
        title = span("a", heading, to=(shared.provider.CHAPTERS[chapter], ""))
        body = nodes.container(classes=["found-text"])
        self.state.nested_parse(self.content, self.content_offset, body)
        noted = filter(None, (badges.chance(judgement), badges.unaided(judgement)))
        word = tag(
            "p", *badges.judged(self.env, judgement, semicolon().join(noted)), class_="judged"
        )
        words = tag("div", tag("h3", title), tag("p", said, class_="said"), word, body)
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
