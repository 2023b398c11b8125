"""Claims in the pages: a chapter's table, the ledger, ``claims.json``."""

from __future__ import annotations

from collections import Counter
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import Claim, Judgement
from tallybook.model import html
from tallybook.report import Report
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.nodes import add as add_element
from tallybook.sphinx.nodes import element, phrase, picture, span, tag
from tallybook.sphinx.numbers import about, write_json
from tallybook.sphinx.state import get_state

NO_CHECK = "none"  # the check of a claim that nothing can be held against; its verdict says so
NO_CLAIMS = "{}: found no claim with a verdict in the report; expected at least one"

VERDICT_CARD = "card-verdict-"
TURNED, FIRM = (
    "at least one turns it",
    "none turns it",
)  # what a verdict's assumptions do within their ranges
SHOWN = 3  # claims of a chapter that stand open at least; those it leads with always do


def setup(app: Sphinx) -> None:
    add_element(app, claim_row)
    app.add_directive("claims", ClaimsTable)
    app.add_directive("ledger", Ledger)
    app.connect("env-check-consistency", each_chapter_has_its_table)
    app.connect("build-finished", export)


class claim_row(element):  # noqa: N801 - docutils names its nodes so
    """A claim in a table of claims:

    ``name`` (its id); what was said, what was found, the verdict and why as children.
    """


class ClaimsTable(SphinxDirective):
    """``{claims} chapter``: what was said, what was found, the verdict and why.

    A sentence before it counts the kinds of test. The first claims stand open, the others in a
    fold, which opens at an address.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        shared, chapter = get_state(self.env.app), self.arguments[0]
        ids = [
            claim_id
            for claim_id in listed(shared.report)
            if shared.report.claims[claim_id].chapter == chapter
        ]
        if not ids:
            raise self.error(
                f"{{claims}} {chapter}: found no claim of that chapter with a verdict; expected at"
                " least one"
            )
        domain.of(self.env).data["tables"].setdefault(self.env.docname, []).append(
            (chapter, self.lineno)
        )
        shown = max(SHOWN, sum(shared.report.claims[claim_id].lead for claim_id in ids))
        first, others = ids[:shown], ids[shown:]
        found = [*tally(shared, ids), table(self.env, first, "What was said, what was found")]
        if others:
            fold = tag("summary", f"{len(others)} more claims, each with its verdict")
            found.append(
                tag(
                    "details",
                    fold,
                    table(self.env, others, "The other claims"),
                    class_="more more-claims wide",
                )
            )
        return found


class Ledger(SphinxDirective):
    """``{ledger}``: every claim of the chapters that exist, with filters that need JavaScript and
    rows that do not."""

    def run(self) -> list[nodes.Node]:
        report, page = get_state(self.env.app).report, get_state(self.env.app).page("ledger")
        ids = listed(report)
        if not ids:
            raise self.error(NO_CLAIMS.format("{ledger}"))
        if self.env.docname != page:
            raise self.error(
                "{ledger}: found it here; expected it on the page that PAGES names as ledger,"
                f" which is {page!r}"
            )
        found = [report.claims[claim_id] for claim_id in ids]
        choices = {
            "Verdict": [
                v
                for v in get_state(self.env.app).provider.VERDICTS
                if any(str(j.verdict) == v for j in report.judgements.values())
            ],
            "Outlet": sorted({claim.outlet for claim in found}),
            "Chapter": list(dict.fromkeys(claim.chapter for claim in found)),
        }
        if any(report.judgements[claim_id].fragile for claim_id in ids):
            choices["Assumptions"] = [TURNED, FIRM]
        selects = "".join(_select(name, options) for name, options in choices.items())
        search = '<label>Words <input type="search" name="words" autocomplete="off"></label>'
        form = (
            f'<form class="filters" hidden>{selects}{search}<output'
            ' aria-live="polite"></output></form>'
        )
        body = table(self.env, ids, f"{len(ids)} claims and what became of them", ledger=True)
        return [tag("div", picture("", html=form, site=True), body, class_="ledger")]


def listed(report: Report) -> list[str]:
    """The claims that have a row: all with a verdict, but those that repeat another, which are
    named in its row."""
    return [claim_id for claim_id in report.judgements if not report.claims[claim_id].repeats]


def counted(shared: state.State) -> dict[str, int]:
    """How many of the listed claims got each verdict, in the order of the verdicts; those that none
    got are left out."""
    found = Counter(
        str(shared.report.judgements[claim_id].verdict) for claim_id in listed(shared.report)
    )
    return {verdict: found[verdict] for verdict in shared.provider.VERDICTS if found[verdict]}


def tally(shared: state.State, ids: list[str]) -> list[nodes.Node]:
    """The report's sentence that counts what claims were tested on."""
    said = shared.provider.count([shared.report.judgements[claim_id] for claim_id in ids])
    return [tag("p", said, class_="tally")] if said else []


def table(env: BuildEnvironment, ids: list[str], caption: str, ledger: bool = False) -> element:
    """A table of claims, a row each."""
    head = tag(
        "thead",
        tag(
            "tr",
            *(tag("th", name, scope="col") for name in ("Claim", "Published", "Found", "Verdict")),
        ),
    )
    body = tag("tbody", *(_row(env, claim_id, ledger) for claim_id in ids))
    kind = "claims ledger-table" if ledger else "claims"
    return tag("div", tag("table", tag("caption", caption), head, body, class_=kind), class_="wide")


def strip(env: BuildEnvironment) -> element:
    """The share of each verdict as a strip, with a legend in words.

    A click on a part leads where its verdict's card does.
    """
    shared = get_state(env.app)
    looks, counts = shared.provider.VERDICTS, counted(shared)
    words = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    total, start, bars = sum(counts.values()), 0, []
    for verdict, count in counts.items():
        place = f'data-card="{verdict_card(verdict)}" x="{start}" y="0" width="{count}" height="1"'
        bars.append(f'<rect class="{looks[verdict].kind}" {place}/>')
        start += count
    frame = (
        f'class="strip" viewBox="0 0 {total} 1" preserveAspectRatio="none" role="img"'
        f' aria-label="{words}"'
    )
    drawn = picture("", html=f"<svg {frame}>{''.join(bars)}</svg>")
    badges = [
        piece
        for verdict, count in counts.items()
        for piece in (" ", badge(env, verdict, f"{count} {verdict}"))
    ][1:]
    legend = tag("div", *badges, class_="legend")
    return tag("div", drawn, legend, *tally(shared, listed(shared.report)), class_="wide")


def verdict_card(verdict: str) -> str:
    """The id of the card of a verdict."""
    return VERDICT_CARD + verdict.lower().replace(", ", "-").replace(" ", "-")


def badge(env: BuildEnvironment, verdict: str, text: str) -> phrase:
    """A verdict as a word and a shape; colour comes last.

    Where a page explains the verdicts, it leads there, and has a card.
    """
    shared = get_state(env.app)
    look, page = shared.provider.VERDICTS[verdict], shared.page("methods")
    shape = (
        '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path'
        f' d="{look.shape}"/></svg>'
    )
    inside = picture("", html=shape), text
    if not (page and look.meaning):
        return span("span", *inside, class_=f"v {look.kind}")
    return span(
        "a", *inside, to=(page, ""), class_=f"v {look.kind}", data_card=verdict_card(verdict)
    )


def meaning(env: BuildEnvironment, verdict: str) -> list[nodes.Node]:
    """What a verdict means, in its sentence, and a space; nothing if the report does not say.

    Read alone, the words mislead.
    """
    said = get_state(env.app).provider.VERDICTS[verdict].meaning
    return [nodes.Text(f"{said} ")] if said else []


def each_chapter_has_its_table(app: Sphinx, env: BuildEnvironment) -> None:
    """A claim's address is its row in the page of its chapter: the table has to be there, once, and
    nowhere twice."""
    with_claims = {
        get_state(app).report.claims[claim_id].chapter
        for claim_id in get_state(app).report.judgements
    }
    chapters = [name for name in get_state(app).provider.CHAPTERS if name in with_claims]
    found = [fault for name in chapters for fault in table_faults(env, name)]
    found += [
        f"{env.doc2path(docname, False)}, line {tables[1][1]}: found another table of claims;"
        " expected one in a page"
        for docname, tables in sorted(domain.of(env).data["tables"].items())
        if len(tables) > 1
        and docname not in {get_state(app).provider.CHAPTERS[name] for name in chapters}
    ]
    if found:
        raise ExtensionError("\n".join(found))


def table_faults(env: BuildEnvironment, chapter: str) -> list[str]:
    """What is wrong with the tables of claims in a chapter's page, a line each."""
    docname = get_state(env.app).provider.CHAPTERS[chapter]
    tables, page = domain.of(env).data["tables"].get(docname, []), env.doc2path(docname, False)
    directive = f"{{claims}} {chapter}"
    found = [
        f"{page}, line {line}: found {{claims}} {name}; expected {directive}"
        for name, line in tables
        if name != chapter
    ]
    own = [line for name, line in tables if name == chapter]
    if not tables:
        found.append(
            f"{page}: found no table of its claims; expected the directive {directive}, once"
        )
    if len(own) > 1:
        found.append(
            f"{page}, line {own[1]}: found {directive} again, as in line {own[0]}; expected it once"
        )
    return found


def export(app: Sphinx, exception: Exception | None) -> None:
    """Write ``claims.json`` at the root of the site, if there are claims."""
    if exception is None and makes_site(app) and get_state(app).report.judgements:
        shared = get_state(app)
        shared.making.group("claims.json", shared.surroundings, lambda: [_write(app)])


def _write(app: Sphinx) -> Path:
    report, pages = get_state(app).report, get_state(app).provider.CHAPTERS
    hrefs = {
        c: f"{app.builder.get_target_uri(pages[report.claims[c].chapter])}#claim-{c}"
        for c in report.judgements
    }
    claims = list(get_state(app).provider.claims_json(report, hrefs))
    return write_json(Path(app.outdir) / "claims.json", {**about(app), "claims": claims})


def _row(env: BuildEnvironment, claim_id: str, ledger: bool) -> claim_row:
    shared, numbers = get_state(env.app), domain.of(env)
    report = shared.report
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    main = report.numbers[judgement.found[0]] if judgement.found else None
    found: list[nodes.Node | str] = [span("span", judgement.read, class_="read")]
    if main is not None:
        found = [numbers.number(main.id), " "]
        if claim.value is not None and claim.unit == main.unit:
            said = (claim.value, claim.value if claim.value_high is None else claim.value_high)
            found.append(picture("", html=html.whisker(main.low, main.high, main.value, said)))
        if main.low is not None:
            found += [span("span", report.show(main.id, "interval"), class_="iv"), " "]
        found.append(span("small", main.label))
    chapter, facts = list[nodes.Node | str](), dict[str, str]()
    if ledger:
        cite = f"{'../' * env.docname.count('/')}{state.RECORDS}/claim-{claim_id}.html"
        own = picture(
            "", html=f' <a class="to-chapter" href="{cite}">cite or correct</a>', site=True
        )
        home = shared.provider.CHAPTERS[claim.chapter]
        chapter = [
            " ",
            span("a", claim.chapter, class_="to-chapter", to=(home, f"claim-{claim_id}")),
            own,
        ]
        facts = {
            "data-verdict": str(judgement.verdict),
            "data-outlet": claim.outlet,
            "data-chapter": claim.chapter,
        }
        if judgement.fragile:
            facts["data-assumptions"] = TURNED if judgement.fragile[0] else FIRM
    row = claim_row(
        name=claim_id, tag="tr", attrs={"id": f"claim-{claim_id}", **facts}, label="", to=None
    )
    why = tag("div", *numbers.expand(judgement.reason), class_="why", label="Why")
    more = [_repeats(shared, claim_id), *_folded(judgement)]
    row += tag(
        "th",
        tag("", claim.statement, " ", *_said(shared, claim), *chapter),
        why,
        *filter(None, more),
        scope="row",
    )
    row += tag("td", claim.published or "no figure", label="Published")
    row += tag("td", *found, label="Found")
    verdict = str(judgement.verdict)
    check = span(
        "small", "" if str(judgement.check) == NO_CHECK else str(judgement.check), class_="check"
    )
    turns: list[nodes.Node | str] = (
        [" ", span("small", turning(judgement), class_="check")] if judgement.fragile else []
    )
    row += tag("td", badge(env, verdict, verdict), " ", check, *turns, label="Verdict")
    return row


def turning(judgement: Judgement) -> str:
    """How many assumptions turn a verdict within their ranges, in a few words."""
    assert judgement.fragile is not None
    count, of = judgement.fragile
    return (
        f"{count or 'none'} of {of} assumption{'s' if of > 1 else ''}"
        f" {'turn' if count > 1 else 'turns'} it"
    )


def speaker(claim: Claim) -> str:
    """Who said it, with a comma; nothing for what an outlet says itself."""
    return "" if not claim.said_by or claim.outlet in claim.said_by else f"{claim.said_by}, "


def _said(shared: state.State, claim: Claim) -> list[nodes.Node | str]:
    """Who said it, where and when, and the words that decide, as they were printed."""
    page = shared.page("sources")
    place = (
        span("a", claim.outlet, to=(page, shared.report.source_place(claim.source_key)))
        if page
        else nodes.Text(claim.outlet)
    )
    where = span(
        "small",
        "(",
        speaker(claim),
        place,
        ", ",
        span("time", claim.day, datetime=str(claim.date)),
        ")",
    )
    return (
        [where, " ", span("q", claim.key_phrase, lang=claim.language or "")]
        if claim.key_phrase
        else [where]
    )


def _repeats(shared: state.State, claim_id: str) -> element | None:
    """Where else the same was said; each has its own address."""
    again = [claim for claim in shared.report.claims.values() if claim.repeats == claim_id]
    if not again:
        return None
    places: list[nodes.Node | str] = []
    for claim in again:
        places += ["; ", span("span", f"{claim.outlet}, {claim.day}", id=f"claim-{claim.claim_id}")]
    return tag("div", "Said again: ", *places[1:], ".", class_="again")


def _folded(judgement: Judgement) -> list[element]:
    """What stands folded under a claim."""
    if not judgement.notes:
        return []
    heads = dict.fromkeys(head for head, _ in judgement.notes)
    parts: list[nodes.Node | str] = []
    for head in heads:
        texts = " ".join(text for name, text in judgement.notes if name == head)
        parts.append(tag("div", tag("b", f"{head}: "), texts))
    return [tag("details", tag("summary", "More on this verdict"), *parts, class_="tested")]


def _select(name: str, options: list[str]) -> str:
    items = "".join(
        f'<option value="{escape(option)}">{escape(option)}</option>' for option in options
    )
    return (
        f'<label>{name} <select name="{name.lower()}"><option'
        f' value="">all</option>{items}</select></label>'
    )
