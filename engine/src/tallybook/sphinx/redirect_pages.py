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
from sphinx.util.osutil import relative_uri

from tallybook.language import gettext as _
from tallybook.sphinx import domain, redirects, state
from tallybook.sphinx.builders import Making, Page, write_texts
from tallybook.sphinx.meta import POLICY
from tallybook.sphinx.redirects import FILE, FOLDER, MARK, Move, end, is_address
from tallybook.sphinx.state import get_state, held

SCRIPT = "redirects.js"
_ID = re.compile(r'\sid="([^"]+)"')


class Moves:
    """All of them, by the old address."""

    by_old: dict[str, Move]


def setup(app: Sphinx) -> None:
    app.connect("config-inited", read_all)
    app.connect("env-get-outdated", all_pages_if_changed)


def read_all(app: Sphinx, _config: Config) -> None:
    folder = Path(app.srcdir) / FOLDER
    releases = get_state(app).releases = redirects.records(folder)
    try:
        moves = redirects.with_pages(redirects.read(folder / FILE), releases)
        held(app, Moves).by_old = {move.old: move for move in moves}
    except redirects.RedirectError as error:
        raise ExtensionError(str(error), modname="RedirectError") from None


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
    named = [redirects.names(record) for record in get_state(app).releases]
    return json.dumps([named, [asdict(move) for move in held(app, Moves).by_old.values()]])


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


def relative(page: str, target: str) -> str:
    """The way from a page to an address, which may lie in the same page."""
    where, hash_, anchor = target.partition("#")
    return relative_uri(page, where) + hash_ + anchor


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
        link = f'<a data-forward href="{to}">{words}</a>'
        said = _("{old} is now {new}.").format(old=f"<code>{escape(name)}</code>", new=link)
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
        forwards = MARK in stale.read_text(encoding="utf-8")
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
            write_texts({out / move.old: forwarding_page(app, move, target)})


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
