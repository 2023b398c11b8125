"""The picture that stands for a page where it is shared: the title of a chapter and a verdict."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.model import html
from tallybook.pictures import render
from tallybook.pictures.palette import PALETTE
from tallybook.sphinx import domain, state
from tallybook.sphinx.builders import group
from tallybook.sphinx.claims import badges
from tallybook.sphinx.state import get_state

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
LINES = 3  # of a title
# Letters of a line, and their size, from large to small.
SIZES = ((29, 62), (38, 48), (48, 38), (64, 29))
INK, SOFT, PAPER, FOUND = (PALETTE[name] for name in ("ink", "soft", "paper", "found"))
VERDICT_INK = {"ok": "#1a7443", "near": "#4f6f14", "name": "#4a3208", "over": "#b5173f"}
VERDICT_INK |= {"none": "#873f9e", "cited": "#56678c"}


def of_page(app: Sphinx, docname: str) -> str:
    """The card that stands for a page: its own if it is a chapter, else that of the report."""
    return _path(docname if get_state(app).chapter_of(docname) else "index")


def _path(docname: str) -> str:
    return f"{FOLDER}/{docname.rsplit('/', 1)[-1]}.png"


def draw_all(app: Sphinx) -> None:
    """One card for the report and one for each chapter."""
    shared, findings = get_state(app), domain.of(app.env).data["findings"]
    short = app.config.html_short_title
    cards = {"index": svg(short, shared.citation["title"], "")}
    for name, page in shared.provider.CHAPTERS.items():
        judged = _verdict(shared, findings[name]["claim_id"]) if name in findings else ""
        cards[page] = svg(short, app.env.titles[page].astext(), judged)
    group(app, "cards", lambda: _paint(app, cards), str(cards))


def _paint(app: Sphinx, cards: dict[str, str]) -> list[Path]:
    (Path(app.outdir) / FOLDER).mkdir(exist_ok=True)
    paths = {Path(app.outdir) / _path(docname): card for docname, card in cards.items()}
    for place, card in paths.items():
        place.write_bytes(render.png(card, scale=1))
    return list(paths)


def svg(name: str, title: str, lower: str) -> str:
    """The card as SVG: the report's name, a page's title, and what stands below it."""
    wrapped = [(textwrap.wrap(title, wide), size) for wide, size in SIZES]
    lines, size = next((found for found in wrapped if len(found[0]) <= LINES), wrapped[-1])
    words = "".join(
        f'<text x="80" y="{190 + i * (size + 12)}" font-size="{size}" font-weight="bold"'
        f' fill="{INK}">{_safe(line)}</text>'
        for i, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0'
        f' {WIDTH} {HEIGHT}" font-family="Liberation Sans"><rect width="{WIDTH}" height="{HEIGHT}"'
        f' fill="{PAPER}"/><rect width="14" height="{HEIGHT}" fill="{FOUND}"/><text x="80" y="96"'
        f' font-size="28" fill="{SOFT}">{_safe(name)}</text>{words}{lower}</svg>'
    )


def _verdict(shared: state.State, claim_id: str) -> str:
    """The verdict on the claim that the front page shows of a chapter."""
    verdict = str(shared.report.judgements[claim_id].verdict)
    look = shared.provider.VERDICTS[verdict]
    ink = VERDICT_INK[look.kind]
    return (
        f'<g transform="translate(80 562) scale(2)"><path d="{look.shape}" fill="none"'
        f' stroke="{ink}" stroke-width="2.2"/></g><text x="126" y="590" font-size="34"'
        f' font-weight="bold" fill="{ink}">{_safe(badges.name(verdict))}</text>'
    )


def _safe(text: str) -> str:
    return escape(html.xml_text(text))
