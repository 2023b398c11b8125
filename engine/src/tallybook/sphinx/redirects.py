"""Addresses that were published once lead somewhere for ever.

Each release leaves a record of its pages, charts, numbers and claims with their addresses
(``releases/x.y.z.json``). A page that has moved is left behind as a small page that forwards,
without a script too. A number, chart or claim that is no longer where a release had it leaves a
note at its old address, with a link that ``redirects.js`` follows. Where a thing is that still has
its name, the site knows; where a thing went that is gone, ``releases/redirects.csv`` says:

    old     a page (``old.html``), or the id of a number, chart or claim, as a release had it
    new     a page, an address with an anchor, or an id
    why     one sentence for the reader
    since   the first version in which it is gone
"""

from __future__ import annotations

import csv
import functools
import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.osutil import relative_uri

from tallybook.errors import TallybookError
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.meta import POLICY
from tallybook.sphinx.state import Move, get_state

FOLDER = "releases"
FILE = "redirects.csv"
COLUMNS = ["old", "new", "why", "since"]
KINDS = ("pages", "charts", "numbers", "claims")
MARK = '<meta name="report-moved-to"'
SCRIPT = "redirects.js"
_ID = re.compile(r'\sid="([^"]+)"')


class RedirectError(TallybookError):
    """``releases/redirects.csv`` is not what it should be."""


def setup(app: Sphinx) -> None:
    app.connect("config-inited", read_all)
    app.connect("env-get-outdated", all_pages_if_changed)
    app.connect("html-page-context", add_notes, priority=700)
    app.connect("build-finished", write_pages, priority=700)


def read(path: Path) -> list[Move]:
    """The lines of ``redirects.csv``.

    Raises ``RedirectError`` with the row, what was found and what was wanted.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    shown = f"{path.parent.name}/{path.name}"
    if header != COLUMNS:
        raise RedirectError(
            f"{shown}, row 1: found {','.join(header)}; expected {','.join(COLUMNS)}"
        )
    moves: dict[str, Move] = {}
    for number, cells in enumerate(rows, start=2):
        if len(cells) != 4 or not all(cell.strip() for cell in cells):
            raise RedirectError(
                f"{shown}, row {number}: found {','.join(cells)!r}; expected four cells, none empty"
            )
        old, new, why, since = cells
        move = Move(old, new, why, since, row=number)
        if not re.fullmatch(r"\d+\.\d+\.\d+", move.since):
            raise RedirectError(
                f"{shown}, row {number}, column since: found {move.since!r}; expected a version"
                " x.y.z"
            )
        if move.old in moves:
            raise RedirectError(
                f"{shown}, row {number}, column old: found {move.old!r} again; expected each once"
            )
        moves[move.old] = move
    for move in moves.values():
        end(move.new, moves)
    return list(moves.values())


def end(name: str, moves: dict[str, Move]) -> str:
    """Where a name leads after all moves. Raises ``RedirectError`` if they go round in a circle."""
    seen: list[str] = []
    while name in moves:
        if name in seen:
            raise RedirectError(
                f"{FOLDER}/{FILE}: found a circle {' -> '.join([*seen, name])}; expected an end"
            )
        seen.append(name)
        name = moves[name].new
    return name


def with_pages(moves: list[Move], releases: list[dict[str, Any]]) -> list[Move]:
    """The moves, and one for the small page (``records``) of each thing that is gone: it leads
    where the name leads."""
    pages, known = (
        {page for record in releases for page in record["pages"]},
        {move.old: move for move in moves},
    )
    found = list(moves)
    for move, mark in itertools.product(moves, ("", "claim-")):
        page, new = f"{state.RECORDS}/{mark}{move.old}.html", end(move.new, known)
        if page in pages and page not in known:
            whole = "#" in new or new.endswith(".html")
            found.append(
                replace(move, old=page, new=new if whole else f"{state.RECORDS}/{mark}{new}.html")
            )
    return found


def records(folder: Path) -> list[dict[str, Any]]:
    """The records of all releases, by the name of their file."""
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("[0-9]*.json"))
    ]


def names(record: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Kind -> name -> address, for all that a record has."""
    named = {"charts": "id", "numbers": "id", "claims": "claim_id"}
    found = {
        kind: {entry[key]: entry["href"] for entry in record[kind]} for kind, key in named.items()
    }
    return {"pages": {page: page for page in record["pages"]}, **found}


def lists(pages: Mapping[str, str]) -> dict[str, str]:
    """Where numbers and claims have their rows, whatever the prose does: what the address of each
    begins with."""
    marks = {"numbers": ("numbers", "#"), "claims": ("ledger", "#claim-")}
    return {
        kind: f"{pages[part]}.html{mark}" for kind, (part, mark) in marks.items() if part in pages
    }


def addresses(record: dict[str, Any], rows: Mapping[str, str]) -> list[str]:
    """Every address that a release gave to something, once. ``rows``: see ``lists``."""
    found = dict.fromkeys(record["pages"])
    for kind, known in names(record).items():
        for name, address in known.items():
            found[address] = None
            if kind in rows:
                found[rows[kind] + name] = None
    return list(found)


def read_all(app: Sphinx, _config: Config) -> None:
    folder = Path(app.srcdir) / FOLDER
    shared = get_state(app)
    shared.releases = records(folder)
    try:
        shared.moves = {move.old: move for move in with_pages(read(folder / FILE), shared.releases)}
    except RedirectError as error:
        raise ExtensionError(str(error), modname="RedirectError") from None


def all_pages_if_changed(
    app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> set[str]:
    """Notes stand on pages that did not change themselves.

    (A config value would do, but leaves its hash in the site.)
    """
    found = set(env.found_docs) if changed(app, env) else set()
    env.get_domain("report").data["moves"] = _known(app)
    return found


def changed(app: Sphinx, env: BuildEnvironment) -> bool:
    """Whether pages were read for other releases or other redirects."""
    return bool(env.get_domain("report").data["moves"] != _known(app))


def _known(app: Sphinx) -> str:
    shared = get_state(app)
    return json.dumps(
        [
            [names(record) for record in shared.releases],
            [asdict(move) for move in shared.moves.values()],
        ]
    )


def today(app: Sphinx) -> dict[str, str]:
    """Id -> address, for every number, claim and chart of this build: the row in its list, which
    stays when prose changes."""
    shared, uri = get_state(app), app.builder.get_target_uri
    rows, report = lists(shared.provider.PAGES), shared.report
    found = {number.id: rows["numbers"] + number.id for number in report.numbers}
    for claim_id in report.judgements:  # without a ledger its row is in its chapter
        home = (
            rows.get("claims")
            or f"{uri(shared.provider.CHAPTERS[report.claims[claim_id].chapter])}#claim-"
        )
        found[claim_id] = home + claim_id
    charts = domain.of(app.env).data["charts"]
    return found | {name: f"{uri(chart['docname'])}#{name}" for name, chart in charts.items()}


def notes(app: Sphinx, page: str) -> dict[str, tuple[str, str, Move | None]]:
    """Old anchor -> (name, new address, the line that says so), for all that releases had on a
    page."""
    found, here, rows = {}, today(app), lists(get_state(app).provider.PAGES)
    for record in get_state(app).releases:
        for kind, known in names(record).items():
            for name, address in known.items():
                places = [address] + ([rows[kind] + name] if kind in rows else [])
                for old_page, _, anchor in (place.partition("#") for place in places):
                    if anchor and end(old_page, get_state(app).moves) == page:
                        final = end(name, get_state(app).moves)
                        found[anchor] = (
                            name,
                            here.get(final, final),
                            get_state(app).moves.get(name),
                        )
    return found


def relative(page: str, target: str) -> str:
    """The way from a page to an address, which may lie in the same page."""
    where, hash_, anchor = target.partition("#")
    return relative_uri(page, where) + hash_ + anchor


def add_notes(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Leave a note on a page for each thing that a release had there and that is there no longer."""
    if "body" not in context:
        return
    page, lines = app.builder.get_target_uri(pagename), []
    there = set(_ID.findall(context["body"]))
    for anchor, (name, new, move) in sorted(notes(app, page).items()):
        if anchor in there:
            continue
        if "#" not in new and not new.endswith(".html"):
            continue  # gone without a word: the tests name it, and a draft can still be built
        why = f' data-why="{escape(move.why)} (since version {escape(move.since)})"' if move else ""
        link = (
            "<a data-forward"
            f' href="{escape(relative(page, new))}">{escape(new.partition("#")[2] or new)}</a>'
        )
        lines.append(f'<p id="{anchor}"{why}><code>{escape(name)}</code> is now {link}.</p>')
    if lines:
        context["body"] += f'<div class="moved why">{"".join(lines)}</div>'
        context["page_scripts"] = [*context.get("page_scripts", []), SCRIPT]


def write_pages(app: Sphinx, exception: Exception | None) -> None:
    """Write a page that forwards for each page that has moved, and check that every move leads to
    something."""
    if exception is not None or not makes_site(app):
        return
    out, here = Path(app.outdir), today(app)
    made = {
        out / path for group in get_state(app).making.groups.values() for path in group.files
    }  # by this build: none forwards
    for stale in set(out.rglob("*.html")) - made:
        if (
            MARK in stale.read_text(encoding="utf-8")
            and stale.relative_to(out).as_posix() not in get_state(app).moves
        ):
            stale.unlink()
    known, text = ever(get_state(app).releases), reader(out)
    present = {*here, *map(app.builder.get_target_uri, app.env.found_docs)}
    for move in get_state(app).moves.values():
        target = here.get(final := end(move.new, get_state(app).moves), final)
        if problem := fault(move, target, known, present, text):
            raise ExtensionError(problem, modname="RedirectError")
        if move.old.endswith(".html"):
            (out / move.old).parent.mkdir(parents=True, exist_ok=True)
            (out / move.old).write_text(
                forwarding_page(app, move, target), encoding="utf-8", newline="\n"
            )


def ever(releases: list[dict[str, Any]]) -> set[str]:
    """Pages and ids of all releases."""
    return {name for record in releases for known in names(record).values() for name in known}


def reader(out: Path) -> Callable[[str], str | None]:
    """Gives the text of a page of the site in ``out``, ``None`` if it is not there; each page is
    read once."""
    return functools.cache(
        lambda page: (out / page).read_text(encoding="utf-8") if (out / page).is_file() else None
    )


def fault(
    move: Move, target: str, known: set[str], present: set[str], text: Callable[[str], str | None]
) -> str | None:
    """What is wrong with a line of ``redirects.csv``: row, column, found, wanted.

    ``known``: see ``ever``; ``present``: pages and ids that there are; ``text``: see ``reader``.
    """
    page, _, anchor = target.partition("#")
    place = f"{FOLDER}/{FILE}, row {move.row}, column"
    if move.old not in known:
        return (
            f"{place} old: found {move.old!r}, which no release has had; expected a page or an id"
            " of a release"
        )
    if move.old in present:
        return (
            f"{place} old: found {move.old!r}, which is still in the report; expected something"
            " that is gone"
        )
    if (found := text(page)) is None or (anchor and f'id="{anchor}"' not in found):
        return (
            f"{place} new: found {move.new!r}, which is not in the site; expected a page, an"
            " address or an id"
        )
    return None


def forwarding_page(app: Sphinx, move: Move, target: str) -> str:
    """A page that leads on by itself without a script; with one it also keeps the place that was
    asked for."""
    to, up = escape(relative(move.old, target)), "../" * move.old.count("/")
    title = app.env.titles.get(target.partition("#")[0].removesuffix(".html"))
    name = escape(title.astext() if title else target)
    return (
        f'<!DOCTYPE html>\n<html lang="{state.language(app)}">\n<head>\n<meta'
        f' charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<meta'
        f' name="viewport" content="width=device-width, initial-scale=1">\n{MARK}'
        f' content="{to}">\n<meta name="robots" content="noindex">\n<title>Moved:'
        f' {name}</title>\n<script src="{up}_static/{SCRIPT}"></script>\n<link rel="canonical"'
        f' href="{escape(app.config.html_baseurl + target)}">\n<meta http-equiv="refresh"'
        f' content="0; url={to}">\n<link rel="stylesheet"'
        f' href="{up}_static/report.css">\n</head>\n<body>\n<main id="main">\n<h1>This page has'
        f' moved</h1>\n<p>It is now <a href="{to}">{name}</a>. {escape(move.why)} (since version'
        f" {escape(move.since)})</p>\n</main>\n</body>\n</html>\n"
    )


def forwards_to(page: str, html: str) -> str | None:
    """The address in the site that a forwarding page leads to; ``None`` if the page is an ordinary
    one."""
    if MARK not in html:
        return None
    target = html.split(f'{MARK} content="', 1)[1].split('"', 1)[0]
    parts: list[str] = page.split("/")[:-1]
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)
