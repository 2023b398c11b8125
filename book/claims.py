"""Claims in the pages: a chapter's table, the ledger, ``claims.json``."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from book import html
from book.numbers import expand, in_sentence, write_json
from microwork.tables import source_place

LEDGER = "chapters/ledger"


def setup(app: Sphinx) -> None:
    app.add_directive("claims", ClaimsTable)
    app.add_directive("ledger", Ledger)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-check-consistency", each_chapter_has_its_table)
    app.connect("build-finished", export)


class ClaimsTable(SphinxDirective):
    """``{claims} chapter``: what was said, what was found, with the verdict and why."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        report, chapter = self.env.app.report, self.arguments[0]
        ids = [claim_id for claim_id in report.judgements if report.claims[claim_id].chapter == chapter]
        if not ids:
            raise self.error(f"no claims of a chapter {chapter!r}")
        placed(self.env).setdefault(self.env.docname, []).append((chapter, self.lineno))
        return [nodes.raw("", table(self.env, ids, "What was said, what was found"), format="html")]


class Ledger(SphinxDirective):
    """``{ledger}``: every claim of the chapters that exist, with filters that need JavaScript and rows that do not."""

    def run(self) -> list[nodes.Node]:
        report = self.env.app.report
        ids = list(report.judgements)
        found = [report.claims[claim_id] for claim_id in ids]
        choices = {
            "Verdict": [v for v in html.VERDICTS if any(str(j.verdict) == v for j in report.judgements.values())],
            "Outlet": sorted({claim.outlet for claim in found}),
            "Chapter": list(dict.fromkeys(claim.chapter for claim in found)),
        }
        selects = "".join(_select(name, options) for name, options in choices.items())
        search = '<label>Words <input type="search" name="words" autocomplete="off"></label>'
        form = f'<form class="filters" hidden>{selects}{search}<output aria-live="polite"></output></form>'
        body = table(self.env, ids, f"{len(ids)} claims and what became of them", ledger=True)
        return [nodes.raw("", f'<div class="ledger">{form}{body}</div>', format="html")]


def table(env: BuildEnvironment, ids: list[str], caption: str, ledger: bool = False) -> str:
    """HTML of a table of claims, a row each."""
    rows = "".join(_row(env, claim_id, ledger) for claim_id in ids)
    names = ["Claim", "Published", "Recomputed", '<span class="sr">Said against found</span>', "Verdict"]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    kind = "claims ledger-table" if ledger else "claims"
    return (
        f'<div class="wide"><table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def strip(report: Any) -> str:
    """The share of each verdict as a strip, with a legend in words."""
    counts = {verdict: sum(str(j.verdict) == verdict for j in report.judgements.values()) for verdict in html.VERDICTS}
    counts = {verdict: count for verdict, count in counts.items() if count}
    words = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
    total, start, bars = sum(counts.values()), 0, []
    for verdict, count in counts.items():
        bars.append(f'<rect class="{html.VERDICTS[verdict][0]}" x="{start}" y="0" width="{count}" height="1"/>')
        start += count
    frame = f'class="strip" viewBox="0 0 {total} 1" preserveAspectRatio="none" role="img" aria-label="{words}"'
    picture = f"<svg {frame}>{''.join(bars)}</svg>"
    legend = "".join(html.badge(verdict, f"{count} {verdict}") for verdict, count in counts.items())
    return f'{picture}<div class="legend">{legend}</div>'


def placed(env: BuildEnvironment) -> dict[str, list[tuple[str, int]]]:
    """The tables of claims of all pages read so far: page -> chapter and line of each."""
    if not hasattr(env, "report_claims"):
        env.report_claims = {}
    return env.report_claims


def purge(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    placed(env).pop(docname, None)


def merge(_app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    """Take over what another process has read."""
    placed(env).update({docname: tables for docname, tables in placed(other).items() if docname in docnames})


def each_chapter_has_its_table(app: Sphinx, env: BuildEnvironment) -> None:
    """A claim's address is its row in the page of its chapter: the table has to be there, once, and nowhere twice."""
    with_claims = {app.report.claims[claim_id].chapter for claim_id in app.report.judgements}
    chapters = [name for name in app.report_provider.CHAPTERS if name in with_claims]
    found = [fault for name in chapters for fault in table_faults(env, name)]
    found += [
        f"{env.doc2path(docname, False)}, line {tables[1][1]}: found another table of claims; wanted one in a page"
        for docname, tables in sorted(placed(env).items())
        if len(tables) > 1 and docname not in {f"chapters/{name}" for name in chapters}
    ]
    if found:
        raise ExtensionError("\n".join(found))


def table_faults(env: BuildEnvironment, chapter: str) -> list[str]:
    """What is wrong with the tables of claims in a chapter's page, a line each."""
    docname = f"chapters/{chapter}"
    tables, page, directive = placed(env).get(docname, []), env.doc2path(docname, False), f"{{claims}} {chapter}"
    found = [f"{page}, line {line}: found {{claims}} {name}; wanted {directive}" for name, line in tables if name != chapter]
    own = [line for name, line in tables if name == chapter]
    if not tables:
        found.append(f"{page}: found no table of its claims; wanted the directive {directive}, once")
    if len(own) > 1:
        found.append(f"{page}, line {own[1]}: found {directive} again, as in line {own[0]}; wanted it once")
    return found


def export(app: Sphinx, exception: Exception | None) -> None:
    """Write ``claims.json`` at the root of the site."""
    if exception is None and app.builder.format == "html":
        report = app.report
        hrefs = {
            c: f"{app.builder.get_target_uri('chapters/' + report.claims[c].chapter)}#claim-{c}"
            for c in report.judgements
        }
        write_json(Path(app.outdir) / "claims.json", app.report_provider.claims_json(report, hrefs))


def _row(env: BuildEnvironment, claim_id: str, ledger: bool) -> str:
    report = env.app.report
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    main = report.numbers[judgement.numbers[0]] if judgement.numbers else None
    recomputed, picture = "\u2013", ""
    if main is not None:
        recomputed = in_sentence(env, main.id, "value")
        if main.low is not None:
            recomputed += f' <span class="iv">{escape(report.show(main.id, "interval"))}</span>'
        if claim.value is not None and claim.unit == main.unit:
            said = (claim.value, claim.value if claim.value_high is None else claim.value_high)
            picture = html.whisker(main.low, main.high, main.value, said)
    source = escape(
        env.app.builder.get_relative_uri(env.docname, "chapters/sources") + f"#{source_place(claim.source_key)}"
    )
    where = f'<small>(<a href="{source}">{escape(claim.outlet)}</a>, <time datetime="{claim.date}">{claim.day}</time>)</small>'
    chapter = ""
    if ledger:
        uri = env.app.builder.get_relative_uri(env.docname, f"chapters/{claim.chapter}")
        chapter = f' <a class="to-chapter" href="{uri}#claim-{claim_id}">{claim.chapter}</a>'
    published = escape(claim.published) if claim.published else "no figure"
    facts = (
        f' data-verdict="{judgement.verdict}" data-outlet="{escape(claim.outlet)}" data-chapter="{claim.chapter}"'
        if ledger
        else ""
    )
    return (
        f'<tr id="claim-{claim_id}"{facts}><th scope="row">{escape(claim.statement)} {where}{chapter}'
        f'<div class="why">{expand(env, judgement.reason)}</div></th>'
        f'<td data-label="Published">{published}</td><td data-label="Recomputed">{recomputed}</td>'
        f'<td class="w">{picture}</td><td data-label="Verdict">{html.badge(str(judgement.verdict))}</td></tr>'
    )


def _select(name: str, options: list[str]) -> str:
    items = "".join(f'<option value="{escape(option)}">{escape(option)}</option>' for option in options)
    return f'<label>{name} <select name="{name.lower()}"><option value="">all</option>{items}</select></label>'
