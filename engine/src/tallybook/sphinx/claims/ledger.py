"""Claims in the pages: a chapter's table, the ledger, ``claims.json``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from tallybook.claims import Claim, Judgement, standing
from tallybook.claims.judgement import VERY, Said
from tallybook.claims.vocabulary import LACKS
from tallybook.language import capital, ended, ngettext, semicolon
from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.report import Report
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import group
from tallybook.sphinx.building.page_warnings import warn
from tallybook.sphinx.claims import badges
from tallybook.sphinx.directives.numbers import about, schema, write_json
from tallybook.sphinx.nodes import cell, claim_row, element, joined, picture, span, tag
from tallybook.sphinx.nodes import table as table_of
from tallybook.sphinx.pages import filters
from tallybook.sphinx.state import get_state

NO_CLAIMS = "{}: found no claim with a verdict in the report; expected at least one"
SHOWN = 3  # claims of a chapter that stand open


def setup(app: Sphinx) -> None:
    app.add_directive("claims", ClaimsTable)
    app.add_directive("ledger", Ledger)
    app.connect("env-check-consistency", each_chapter_has_its_table)


class ClaimsTable(SphinxDirective):
    """``{claims} chapter``: what was said, our word, our number; why is folded. The first claims
    stand open, the others in a fold, which opens at an address."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        shared, chapter = get_state(self.env.app), self.arguments[0]
        claims = shared.report.claims
        ids = [name for name in listed(shared.report) if claims[name].chapter == chapter]
        if not ids:
            raise self.error(
                f"{{claims}} {chapter}: found no claim of that chapter with a verdict; expected at"
                " least one"
            )
        tables = domain.of(self.env).data["tables"].setdefault(self.env.docname, [])
        tables.append((chapter, self.lineno))
        found: list[nodes.Node] = [table(self.env, ids[:SHOWN], _("What was said, what was found"))]
        if others := ids[SHOWN:]:
            more = ngettext(
                "{count} more claim, with its verdict",
                "{count} more claims, each with its verdict",
                len(others),
            )
            fold = tag("summary", more.format(count=len(others)))
            rest = table(self.env, others, _("The other claims"))
            found.append(tag("details", fold, rest, class_="more more-claims wide"))
        return found


class Ledger(SphinxDirective):
    """``{ledger}``: every claim of the chapters that exist, with filters that need JavaScript and
    rows that do not."""

    def run(self) -> list[nodes.Node]:
        shared = get_state(self.env.app)
        ids = listed(shared.report)
        if not ids:
            raise self.error(NO_CLAIMS.format("{ledger}"))
        rows = ".ledger-table [data-chapter]"
        things = (_("Go to the claims"), _("All claims"), _("{left} of {count} claims"))
        form = filters.form(rows, self.choices(shared, ids), things)
        caption = ngettext(
            "{count} claim and what became of it",
            "{count} claims and what became of them",
            len(ids),
        ).format(count=len(ids))
        body = table(self.env, ids, caption, ledger=True)
        return [tag("div", form, body, class_="ledger")]

    def choices(self, shared: state.State, ids: list[str]) -> dict[str, list[str]]:
        """What can be chosen, by the name of the filter."""
        report = shared.report
        found = filters.choices(report, ids, shared.provider.VERDICTS)
        outlets = sorted({report.claims[name].outlet for name in ids})
        return {"Verdict": found["Verdict"], "Outlet": outlets, "Chapter": found["Chapter"]}


def listed(report: Report) -> list[str]:
    """The claims that have a row: all with a verdict, but those that repeat another, which are
    named in its row."""
    return [claim_id for claim_id in report.judgements if not report.claims[claim_id].repeats]


def counted(shared: state.State) -> dict[str, int]:
    """How many of the listed claims got each verdict, in the order of the verdicts; those that none
    got are left out."""
    judgements = shared.report.judgements
    found = Counter(str(judgements[name].verdict) for name in listed(shared.report))
    return {verdict: found[verdict] for verdict in shared.provider.VERDICTS if found[verdict]}


def table(env: BuildEnvironment, ids: list[str], caption: str, ledger: bool = False) -> element:
    """A table of claims, a row each."""
    rows = [_row(env, claim_id, ledger) for claim_id in ids]
    kind = "claims ledger-table" if ledger else "claims"
    heads = (_("Claim"), _("Our word"), _("What we found"))
    return table_of(caption, heads, rows, class_=kind)


def each_chapter_has_its_table(app: Sphinx, env: BuildEnvironment) -> None:
    """A claim's address is its row in the page of its chapter: the table has to be there, once, and
    nowhere twice."""
    report, tables = get_state(app).report, domain.of(env).data["tables"]
    judged = {report.claims[name].chapter for name in report.judgements}
    chapters = get_state(app).provider.CHAPTERS.items()
    homes = {page: name for name, page in chapters if name in judged}
    faults = []
    for page in dict.fromkeys([*homes, *sorted(tables)]):
        found = [f"{{claims}} {name}" for name, _line in tables.get(page, [])]
        wanted = [f"{{claims}} {homes[page]}"] if page in homes else found[:1]
        if found != wanted:
            line = tables[page][-1][1] if found else 1
            said = f"found {' and '.join(found) or 'no table of its claims'}; expected {wanted[0]}"
            faults.append((page, line, f"{said}, once"))
    warn(env, "claims", faults)


def export(app: Sphinx) -> None:
    """Write ``claims.json`` at the root of the site, and its schema, if there are claims."""
    if get_state(app).report.judgements:
        group(app, "claims.json", lambda: [_write(app), schema(app, "claims")])


def _write(app: Sphinx) -> Path:
    shared, uri = get_state(app), app.builder.get_target_uri
    report, pages = shared.report, shared.provider.CHAPTERS
    homes = {name: pages[report.claims[name].chapter] for name in report.judgements}
    hrefs = {name: f"{uri(page)}#claim-{name}" for name, page in homes.items()}
    claims = list(shared.provider.claims_json(report, hrefs))
    return write_json(Path(app.outdir) / "claims.json", {**about(app, "claims"), "claims": claims})


def _row(env: BuildEnvironment, claim_id: str, ledger: bool) -> claim_row:
    shared, numbers = get_state(env.app), domain.of(env)
    claim, judgement = shared.report.claims[claim_id], shared.report.judgements[claim_id]
    verdict = str(judgement.verdict)
    chapter, cited = list[nodes.Node | str](), list[element]()
    attrs = {"id": f"claim-{claim_id}"}
    if ledger:
        cite = f"{'../' * env.docname.count('/')}{state.RECORDS}/claim-{claim_id}.html"
        own = f' <a class="to-chapter" href="{cite}">{_("Cite")}</a>'
        way = span("a", _(claim.chapter), class_="to-chapter", to=badges.row_of(env, claim))
        chapter, cited = [" ", way], [tag("div", picture("", html=own))]
        attrs |= {"data-verdict": verdict, "data-outlet": claim.outlet}
        attrs["data-chapter"] = claim.chapter
    why = tag("div", *numbers.expand(judgement.reason), class_="why", label=_("Why"))
    said = tag("", claim.statement, " ", *_said(env, claim), *chapter)
    look = shared.provider.VERDICTS[verdict]
    first = [*_words(claim), why, *_repeats(shared, claim_id), *cited]
    more = _folded(shared, judgement, look.meaning, first)
    notes = (tag("div", one, class_="check") for one in badges.notes(judgement, brief=ledger))
    row = claim_row(name=claim_id, tag="tr", attrs=attrs, label="", to=None)
    row += tag("th", said, more, scope="row")
    chip = span(
        "a",
        *badges.sign(look.shape, _(verdict)),
        href=f"#claim-{claim_id}",
        class_=f"v {look.kind}",
    )
    row += cell(_("Our word"), chip, " ", *notes)
    row += cell(_("What we found"), *_found(env, claim, judgement))
    return row


def _found(env: BuildEnvironment, claim: Claim, judgement: Judgement) -> list[nodes.Node | str]:
    """What was found: the answer or number that the word rests on, who reports the same, or why
    there is no estimate."""
    if judgement.lacks:
        return [_(LACKS[judgement.lacks])]
    report = get_state(env.app).report
    if not judgement.found:
        heard = {standing.of(one).witness: one.source for one in standing.sourced(judgement.facts)}
        cited = (domain.of(env).source(key, report.sources.people(key)) for key in heard.values())
        return joined(semicolon(), cited)
    main = report.numbers[judgement.found[0]]
    used = domain.of(env).number(main.id)
    used["main"] = True
    found: list[nodes.Node | str] = [used, " "]
    if claim.value is not None and claim.unit == main.unit:
        drawn = html.whisker(main.low, main.high, main.value, claim.ends)
        found.append(picture("", html=drawn))
    if main.low is not None:
        found.append(span("span", report.show(main.id, "interval"), class_="iv"))
    return found


def _said(env: BuildEnvironment, claim: Claim) -> list[nodes.Node | str]:
    """Who said it, where and when."""
    place = domain.of(env).source(claim.source_key, claim.where)
    day = span("time", claim.day, datetime=str(claim.date))
    return [span("small", "(", badges.speaker(claim), place, ", ", day, ")")]


def _words(claim: Claim) -> list[element]:
    """The words that decide, as they were printed."""
    if not claim.key_phrase:
        return []
    return [tag("div", span("q", claim.quoted, lang=claim.language or ""))]


def _repeats(shared: state.State, claim_id: str) -> list[element]:
    """Where else the same was said; each has its own address."""
    again = [
        span("span", f"{claim.where}, {claim.day}", id=f"claim-{claim.claim_id}")
        for claim in shared.report.claims.values()
        if claim.repeats == claim_id
    ]
    return (
        [tag("div", f"{_('Said again:')} ", *joined(semicolon(), again), ".", class_="again")]
        if again
        else []
    )


def _folded(
    shared: state.State, judgement: Judgement, meaning: str, first: list[element]
) -> element:
    """What stands folded under a claim, ``first`` before all; a click on its word opens it."""
    told = [(badges.name(str(judgement.verdict)), _(meaning)), *notes(shared, judgement)]
    parts = [
        tag("div", tag("b", _("{heading}:").format(heading=head), " "), text) for head, text in told
    ]
    return tag("details", tag("summary", _("Why")), *first, *parts, class_="tested")


def _said_so(found: Said) -> str:
    """A word with its chance, as a sentence."""
    return ended(capital(badges.in_words(found)))


def notes(shared: state.State, judgement: Judgement) -> list[tuple[str, str]]:
    """What there is to say of a judgement beside its word and its reason, each with a heading."""
    found = []
    if chances := judgement.chances:
        found.append((_("The chances"), ended(capital(badges.all_three(chances)))))
    if chances and chances.best < VERY:
        best = _("So wide is our range that no figure has more than {best} chances in 100.")
        found.append((_("The best possible figure"), best.format(best=chances.best)))
    if judgement.bare:
        found.append((_("As measured, carried no further"), _said_so(judgement.bare)))
    if judgement.doubled and judgement.moved:
        found.append((_("With judged ranges twice as wide"), _said_so(judgement.doubled)))
    for name, other in judgement.others.items():
        question = shared.report.answered.answers[name].question.question
        found.append((_("On another reading"), f"{question} {_said_so(other.said)}"))
    if judgement.gives:
        found.append((_("What would give an estimate"), ended(capital(judgement.gives))))
    return found
