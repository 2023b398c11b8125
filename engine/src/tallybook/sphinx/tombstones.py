"""A page in the place of what is gone and has no other name: what it was, in which version, why it
went, and the nearest thing left (see ``redirects``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.release import changes
from tallybook.sphinx import bare, chips, redirects, state, versions
from tallybook.sphinx.redirects import Move
from tallybook.sphinx.state import get_state


def page(app: Sphinx, name: str) -> str:
    """The address of the page of something that is gone."""
    claims = {one["claim_id"] for record in get_state(app).releases for one in record["claims"]}
    return name if redirects.is_address(name) else redirects.small_page(name, claims)


def last(app: Sphinx, address: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The releases that had what ``address`` was the page of, the newest first: its kind, what the
    release said of it, and the release."""
    for record in versions.earlier(app):
        for kind, key in (("numbers", "id"), ("claims", "claim_id"), ("charts", "id")):
            for entry in record[kind]:
                claims = {entry[key]} if kind == "claims" else ()
                if address == redirects.small_page(entry[key], claims):
                    yield kind, entry, record
        if address in record["pages"] and not address.startswith(state.RECORDS):
            yield "pages", {"href": address, "label": address}, record


def render(app: Sphinx, move: Move, target: str) -> str:
    """The page of ``move.old``; ``target``: where the nearest thing is, or its page."""
    kind, entry, record = next(last(app, move.old), ("pages", {"href": move.old}, None))
    name = entry.get("id") or entry.get("claim_id") or move.old
    address = versions.kept_at(app, record, entry["href"]) if record else ""
    kinds = {"numbers": _("Number"), "claims": _("Claim"), "charts": _("Figure")}
    made = bare.render(
        app,
        "gone.html",
        root="../" * move.old.count("/"),
        mark=redirects.GONE,
        embedded=move.old.startswith(f"{state.RECORDS}/"),
        name=name,
        title=_(entry.get("label") or entry.get("statement") or name),
        kind=kinds.get(kind, _("Page")),
        last=said(kind, entry),
        version=record["version"] if record else "",
        kept=address,
        why=_(move.why),
        since=move.since,
        to=redirects.relative(move.old, target),
        nearest=nearest(app, target),
    )
    return made + "\n"


def said(kind: str, entry: dict[str, Any]) -> str:
    """What a release said of a number or a claim; empty for anything else."""
    if kind == "claims":
        return chips.name(entry["verdict"])
    if kind != "numbers" or "value" not in entry:
        return ""
    return changes.in_words(entry)


def nearest(app: Sphinx, target: str) -> str:
    """What a reader is told of the nearest thing: the name of the number, else that of its page."""
    where, _hash, anchor = target.partition("#")
    report, title = get_state(app).report, app.env.titles.get(where.removesuffix(".html"))
    claim = anchor.removeprefix("claim-")
    if anchor in report.numbers:
        return str(report.numbers[anchor].label)
    if claim in report.judgements:
        return str(report.claims[claim].statement)
    return title.astext() if title else target
