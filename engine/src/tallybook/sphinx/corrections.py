"""What moved from release to release: which numbers and verdicts, from what to what, and why.

The page of corrections, the line at the end of a chapter and the feeds tell the same from here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import days
from tallybook.release import changes
from tallybook.sphinx import domain, edition, redirects, tombstones, versions
from tallybook.sphinx.state import get_state, held

NUMBER = ("id", "value", "low", "high", "unit", "decimals", "label", "chapter")
Record = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A number or a verdict that moved; ``now`` is empty if it is gone.

    ``href``: its place in this site, or the page that says what it was, from the site's root.
    ``before``: its address in the version before, empty if that is not kept.
    """

    id: str
    kind: str  # "number" or "claim"
    chapter: str
    label: str
    then: str
    now: str
    why: str
    href: str
    before: str


@dataclass(frozen=True)
class Step:
    """A version, and what changed from the one before, of which there is none for the first.
    ``slight``: ids of numbers that changed below the digits shown. ``texts``: pages whose words
    changed; of this build alone they are not known before all pages are read (``texts_of``)."""

    version: str
    date: str
    released: bool
    first: bool
    changes: tuple[Change, ...] = ()
    slight: tuple[str, ...] = ()
    why_slight: str = ""
    new: int = 0


def heading(step: Step) -> str:
    """A version and its day, as a heading."""
    if not step.released:
        return _("Since the last release, not released")
    day = days.in_words(date.fromisoformat(step.date))
    return _("Version {version}, {day}").format(version=step.version, day=day)


class Steps:
    """All of them, the newest first."""

    found: list[Step] | None = None


def of(app: Sphinx) -> list[Step]:
    """Every release up to this version, the newest first; a build between releases comes before
    them if anything has moved."""
    known = held(app, Steps)
    if known.found is None:
        known.found = list(_all(app))
    return known.found


def releases(app: Sphinx) -> list[Step]:
    return [step for step in of(app) if step.released]


def _all(app: Sphinx) -> Iterator[Step]:
    earlier = versions.earlier(app)
    chain = [now(app), *earlier] if earlier or versions.is_release(app) else []
    for new, old in itertools.pairwise(chain):
        step = _step(app, old, new, released=new is not chain[0] or versions.is_release(app))
        if step.released or step.changes or step.slight:
            yield step
    if chain:
        yield Step(chain[-1]["version"], chain[-1]["date"], True, True)


def now(app: Sphinx) -> Record:
    """This build, as a release is recorded."""
    shared = get_state(app)
    report = shared.report
    return {
        "version": versions.own(app).removesuffix(versions.DRAFT),
        "date": shared.built.isoformat(),
        "numbers": [{name: getattr(one, name) for name in NUMBER} for one in report.numbers],
        "claims": [
            {
                "claim_id": name,
                "verdict": str(judgement.verdict),
                "statement": report.claims[name].statement,
                "chapter": report.claims[name].chapter,
            }
            for name, judgement in report.judgements.items()
        ],
    }


def _step(app: Sphinx, old: Record, new: Record, released: bool) -> Step:
    found, why = changes.compare(old, new), get_state(app).why
    then = _by_id(old)
    became = _by_id(new)
    numbers = [(name, "number") for name in (*found.moved, *found.gone)]
    claims = [(name, "claim") for name in (*found.verdicts, *found.gone_claims)]
    version = new["version"]
    return Step(
        version,
        new["date"],
        released,
        first=False,
        changes=tuple(
            _change(app, old, then[kind, name], _heir(app, became, kind, name), version)
            for name, kind in (*numbers, *claims)
        ),
        slight=tuple(found.slight),
        why_slight=why.get((changes.SLIGHT, version), ""),
        new=len(found.new) + len(found.new_claims),
    )


def _heir(
    app: Sphinx, became: dict[tuple[str, str], Record], kind: str, name: str
) -> Record | None:
    """What a later release has of something: under its own name, or under its new one."""
    moves = held(app, redirects.Moves).by_old
    if (kind, name) not in became and redirects.is_same(name, moves):
        name = redirects.end(name, moves)
    return became.get((kind, name))


def _by_id(record: Record) -> dict[tuple[str, str], Record]:
    numbers = {("number", one["id"]): one for one in record["numbers"]}
    return numbers | {("claim", one["claim_id"]): one for one in record["claims"]}


def _change(app: Sphinx, old: Record, then: Record, new: Record | None, version: str) -> Change:
    """``then``, ``new``: what the two releases said."""
    kind = "number" if "id" in then else "claim"
    name = then["id"] if kind == "number" else then["claim_id"]
    told, latest = get_state(app), new or then
    called = latest.get("id") or latest["claim_id"]
    said = tombstones.said(f"{kind}s", new) if new else ""
    if called != name:
        said = _("{value}, now called {name}").format(value=said, name=called)
    label = latest.get("label") or latest.get("statement") or name
    small = redirects.small_page(name, {name} if kind == "claim" else ())
    return Change(
        id=name,
        kind=kind,
        chapter=latest.get("chapter") or _chapter(app, kind, name),
        label=_(label),
        then=tombstones.said(f"{kind}s", then),
        now=said,
        why=_(told.why.get((name, version), "")),
        href=place(app, kind, called),
        before=versions.kept_at(app, old, small) or versions.kept_at(app, old, then["href"]),
    )


def _chapter(app: Sphinx, kind: str, name: str) -> str:
    if kind == "number":
        return name.partition(".")[0]
    claims = get_state(app).report.claims
    return str(claims[name].chapter) if name in claims else ""


def place(app: Sphinx, kind: str, name: str) -> str:
    """Where a number or claim stands in this site, from its root: its row in the list of all, or
    the page that says where it went."""
    shared, uri = get_state(app), app.builder.get_target_uri
    rows = redirects.lists(shared.provider.PAGES)
    if kind == "number" and name in shared.report.numbers:
        return rows["numbers"] + name
    if kind == "claim" and name in shared.report.judgements:
        home = shared.provider.CHAPTERS[shared.report.claims[name].chapter]
        return rows.get("claims", f"{uri(home)}#claim-") + name
    return tombstones.page(app, name)


def texts_of(app: Sphinx, step: Step) -> list[str]:
    """The pages whose words changed in a step, in the language of this edition. Only pages whose
    words both versions have taken down are known."""
    if step.first:
        return []
    start = edition.folder(app)
    known = versions.earlier(app)
    own = {start + app.builder.get_target_uri(name): text for name, text in _own(app).items()}
    states = [(one["version"], _texts(one)) for one in known]
    if step.version not in dict(states):
        states.insert(0, (step.version, own))
    place = [version for version, _texts in states].index(step.version)
    new, old = states[place][1], states[place + 1][1]
    return [
        page.removeprefix(start).removesuffix(".html")
        for page, text in sorted(new.items())
        if page.startswith(start) and page in old and old[page] != text
    ]


def _own(app: Sphinx) -> dict[str, str]:
    return domain.of(app.env).data["texts"]


def _texts(record: Record) -> dict[str, str]:
    return {one["page"]: one["words"] for one in record.get("texts", [])}
