"""The landing page: its headline, the press beside our answers, one finding per chapter, and every
claim as a dot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

from tallybook.claims.vocabulary import GROUPS
from tallybook.language import gettext as _
from tallybook.language import semicolon
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
    app.connect("doctree-read", quote_struck, priority=900)  # when the title is collected
    app.add_directive("finding", Finding)
    app.connect("env-updated", pages_with_charts)
    app.connect("doctree-resolved", put_pictures)


def anchor(chapter: str) -> str:
    """The address of a finding in its page."""
    return f"finding-{chapter}"


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
    """``{press} CLAIM ...``: published figures by what they may count. The lines of the content are
    ids of answers; each has a row with its reading, our estimate with its range, and the word on
    every claim that may mean it."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        report, names = get_state(self.env.app).report, self.arguments[0].split()
        for name in names:
            if name not in report.judgements or report.claims[name].published is None:
                raise self.error(
                    f"{{press}}: found {name!r}; expected a judged claim with a figure"
                )
        for name in self.content:
            if name not in report.answered.answers:
                raise self.error(f"{{press}}: found {name!r}; expected an answer")
        claims = [report.claims[name] for name in names]
        who = [
            _("{figure} ({who})").format(figure=one.published, who=_(one.said_by)) for one in claims
        ]
        then = (_("{figure} is then").format(figure=one.published) for one in claims)
        heads = (_("If it counts"), _("We estimate"), *then)
        rows = (self.row(answer, names, heads) for answer in self.content)
        caption = _("Published: {figures}. In brackets: our range (four chances in five)")
        return [table(caption.format(figures=", ".join(who)), heads, rows, "data words press")]

    def row(self, answer: str, claims: list[str], heads: Sequence[str]) -> element:
        """What one answer makes of each claim."""
        report = get_state(self.env.app).report
        asked, number = report.answered.answers[answer].question, domain.of(self.env).number(answer)
        ours = (number, " (", report.show(answer, "interval"), ")")
        words = []
        for head, name in zip(heads[2:], claims, strict=True):
            judged = report.judgements[name]
            if answer in (*judged.found, *judged.others):
                found = judged.by(answer)
                said = badges.judged(self.env, found, badges.chance(found))
            else:
                said = ["–"]
            words.append(cell(head, *said))
        first = tag("th", asked.reading or asked.question, scope="row")
        return tag("tr", first, cell(heads[1], *ours), *words)


class Struck(SphinxRole):
    """``{struck}`words```: words of a headline that are struck out, and read aloud as such. They
    are quoted in the title elsewhere (``quote_struck``)."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        spoken = f'<span class="spoken">{escape(_("struck out:"))} </span>'
        struck = f"<s>{spoken}{escape(self.text)}</s>"
        return [picture("", html=struck, words=self.text)], []


def quote_struck(app: Sphinx, _doctree: nodes.document) -> None:
    """Where a page is only named, its title has struck words in quotation marks."""
    for one in list(app.env.titles[app.env.docname].findall(picture)):
        words = nodes.Text(_("“{words}”").format(words=one["words"]))
        one.parent.replace(one, words)


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
