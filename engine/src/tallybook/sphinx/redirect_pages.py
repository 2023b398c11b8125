"""Pages that forward, and notes in pages, so that addresses lead somewhere (see ``redirects``)."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from tallybook.errors import TallybookError
from tallybook.language import gettext as _
from tallybook.release import changes
from tallybook.sphinx import domain, redirects, state, tombstones
from tallybook.sphinx.builders import Making, Page, write_texts
from tallybook.sphinx.meta import POLICY
from tallybook.sphinx.redirects import FILE, FOLDER, MARK, Move, Moves, end, is_address, relative
from tallybook.sphinx.state import get_state, held

SCRIPT = "redirects.js"
_ID = re.compile(r'\sid="([^"]+)"')


def setup(app: Sphinx) -> None:
    app.connect("config-inited", read_all)
    app.connect("env-get-outdated", all_pages_if_changed)


def read_all(app: Sphinx, _config: Config) -> None:
    folder = Path(app.srcdir) / FOLDER
    shared = get_state(app)
    shared.releases, shared.kept = redirects.records(folder), redirects.kept(folder)
    try:
        moves = redirects.with_pages(redirects.read(folder / FILE), shared.releases)
        shared.why = changes.reasons(folder)
    except TallybookError as error:
        raise ExtensionError(str(error), modname=type(error).__name__) from None
    held(app, Moves).by_old = {move.old: move for move in moves}


def all_pages_if_changed(app: Sphinx, env: BuildEnvironment, *_sets: set[str]) -> set[str]:
    """Notes stand on pages that did not change themselves. (A config value would do, but leaves its
    hash in the site.)"""
    found = set(env.found_docs) if changed(app, env) else set()
    env.get_domain("report").data["moves"] = _known(app)
    return found


def changed(app: Sphinx, env: BuildEnvironment) -> bool:
    """Whether pages were read for other releases or other redirects."""
    return bool(env.get_domain("report").data["moves"] != _known(app))


def _known(app: Sphinx) -> str:
    shared, moves = get_state(app), held(app, Moves).by_old
    why = [[*key, text] for key, text in shared.why.items()]
    return json.dumps(
        [shared.releases, sorted(shared.kept), why, [asdict(one) for one in moves.values()]]
    )


def today(app: Sphinx) -> dict[str, str]:
    """Id -> address, for every number, claim and chart of this build: the row in its list, which
    stays when prose changes."""
    shared, uri = get_state(app), app.builder.get_target_uri
    rows, report = redirects.lists(shared.provider.PAGES), shared.report
    found = {number.id: rows["numbers"] + number.id for number in report.numbers}
    for claim_id in report.judgements:  # without a ledger its row is in its chapter
        chapter = shared.provider.CHAPTERS[report.claims[claim_id].chapter]
        found[claim_id] = rows.get("claims", f"{uri(chapter)}#claim-") + claim_id
    charts = domain.of(app.env).data["charts"]
    return found | {name: f"{uri(chart['docname'])}#{name}" for name, chart in charts.items()}


def notes(app: Sphinx, page: str) -> dict[str, tuple[str, str, Move | None]]:
    """Old anchor -> (name, new address, the line that says so), for all that releases had on a
    page."""
    shared, moves = get_state(app), held(app, Moves).by_old
    found, here, rows = {}, today(app), redirects.lists(shared.provider.PAGES)
    for record in shared.releases:
        for name, address in redirects.places(record, rows):
            old_page, _, anchor = address.partition("#")
            if anchor and end(old_page, moves) == page:
                final = end(name, moves)
                found[anchor] = (name, here.get(final, final), moves.get(name))
    return found


def add_notes(app: Sphinx, written: Page) -> None:
    """Leave a note on a page for each thing that a release had there and that is gone."""
    context = written.context
    if "body" not in context:
        return
    page, lines = app.builder.get_target_uri(written.name), ""
    there = set(_ID.findall(context["body"]))
    for anchor, (name, new, move) in sorted(notes(app, page).items()):
        # What is gone without a word the tests name; a draft can still be built.
        if anchor in there or not is_address(new):
            continue
        why = f' data-why="{escape(_since(move))}"' if move else ""
        to, words = escape(relative(page, new)), escape(new.partition("#")[2] or new)
        old = f"<code>{escape(name)}</code>"
        if redirects.is_same(name, held(app, Moves).by_old):
            link = f'<a data-forward href="{to}">{words}</a>'
            said = _("{old} is now {new}.").format(old=old, new=link)
        else:
            link, was = f'<a href="{to}">{words}</a>', tombstones.page(app, name)
            was = f'<a href="{escape(relative(page, was))}">{_("what it was")}</a>'
            said = _("{old} is gone ({was}). The nearest thing left is {new}.")
            said = said.format(old=old, was=was, new=link)
        lines += f'<p id="{anchor}"{why}>{said}</p>'
    if lines:
        context["body"] += f'<div class="moved why">{lines}</div>'
        context["page_scripts"] = [*context.get("page_scripts", []), SCRIPT]


def _since(move: Move) -> str:
    return _("{why} (since version {version})").format(why=_(move.why), version=move.since)


def write_pages(app: Sphinx) -> None:
    """Write a page that forwards for each page that has moved, and check that every move leads to
    something."""
    out, here, moves = Path(app.outdir), today(app), held(app, Moves).by_old
    groups = held(app, Making).manifest.groups.values()
    made = {out / path for group in groups for path in group.files}  # by this build: none forwards
    for stale in set(out.rglob("*.html")) - made:
        html = stale.read_text(encoding="utf-8")
        forwards = MARK in html or redirects.GONE in html
        if forwards and stale.relative_to(out).as_posix() not in moves:
            stale.unlink()
    known, text = redirects.ever(get_state(app).releases), redirects.reader(out)
    present = {*here, *map(app.builder.get_target_uri, app.env.found_docs)}
    for move in moves.values():
        final = end(move.new, moves)
        target = here.get(final, final)
        if problem := redirects.fault(move, target, known, present, text):
            raise ExtensionError(problem, modname="RedirectError")
        if move.old.endswith(".html"):
            (out / move.old).parent.mkdir(parents=True, exist_ok=True)
            write = forwarding_page if move.same else tombstones.render
            write_texts({out / move.old: write(app, move, target)})


def forwarding_page(app: Sphinx, move: Move, target: str) -> str:
    title = app.env.titles.get(target.partition("#")[0].removesuffix(".html"))
    texts = {
        "to": relative(move.old, target),
        "name": title.astext() if title else target,
        "address": app.config.html_baseurl + target,
        "why": _(move.why),
        "since": move.since,
    }
    context = {key: escape(text) for key, text in texts.items()}
    context |= {"language": state.language(app), "policy": POLICY, "mark": MARK}
    context["up"] = "../" * move.old.count("/")
    return str(app.builder.templates.render("moved.html", context)) + "\n"
