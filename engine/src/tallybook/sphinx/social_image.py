"""The picture that stands for a page where it is shared: question, answer and verdict."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.pictures import render
from tallybook.sphinx import chips, claims, domain, state
from tallybook.sphinx.builders import group
from tallybook.sphinx.state import get_state

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
LINES = 3  # of a title
ANSWER = 62  # letters of a line of the answer
# Letters of a line, and their size, from large to small.
SIZES = ((29, 62), (38, 48), (48, 38), (64, 29))
INK, SOFT, PAPER, FOUND = "#1d1c1a", "#5c5850", "#fbfaf6", "#0a6478"
VERDICT_INK = {"ok": "#1a7443", "near": "#4f6f14", "name": "#4a3208", "over": "#b5173f"}
VERDICT_INK |= {"none": "#873f9e", "cited": "#56678c"}


def path(docname: str) -> str:
    """Where a page's card lies in the site."""
    return f"{FOLDER}/{docname.rsplit('/', 1)[-1]}.png"


def of_page(app: Sphinx, docname: str) -> str:
    """The card that stands for a page: its own if it is a chapter, else that of the report."""
    return path(docname if get_state(app).chapter_of(docname) else "index")


def draw_all(app: Sphinx) -> None:
    """One card for the report and one for each chapter."""
    cards = _cards(app)
    group(app, "cards", lambda: _paint(app, cards), str(cards))


def _cards(app: Sphinx) -> dict[str, str]:
    """The card of each page, as SVG."""
    shared, held = get_state(app), domain.of(app.env).data
    lower = {"index": (shared.citation["title"], _strip(shared))}
    for name, page in shared.provider.CHAPTERS.items():
        claim_id = held["findings"][name]["claim_id"] if name in held["findings"] else None
        below = _answer(shared, held["answers"].get(page, ""), claim_id)
        lower[page] = (app.env.titles[page].astext(), below)
    name = app.config.html_short_title
    return {docname: svg(name, title, below) for docname, (title, below) in lower.items()}


def _paint(app: Sphinx, cards: dict[str, str]) -> list[Path]:
    (Path(app.outdir) / FOLDER).mkdir(exist_ok=True)
    paths = {Path(app.outdir) / path(docname): card for docname, card in cards.items()}
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


def _answer(shared: state.State, answer: str, claim_id: str | None) -> str:
    """A page's answer, and the verdict on the claim that the front page shows of it."""
    lines = textwrap.wrap(answer, ANSWER)
    told = "".join(
        f'<text x="80" y="{400 + i * 46}" font-size="34" fill="{INK}">{_safe(line)}</text>'
        for i, line in enumerate(lines)
    )
    if claim_id is None:
        return told
    verdict = str(shared.report.judgements[claim_id].verdict)
    look = shared.provider.VERDICTS[verdict]
    ink = VERDICT_INK[look.kind]
    return (
        told + f'<g transform="translate(80 562) scale(2)"><path d="{look.shape}" fill="none"'
        f' stroke="{ink}" stroke-width="2.2"/></g><text x="126" y="590" font-size="34"'
        f' font-weight="bold" fill="{ink}">{_safe(chips.name(verdict))}</text>'
    )


def _safe(text: str) -> str:
    return escape(html.xml_text(text))


def _strip(shared: state.State) -> str:
    """The share of each verdict; nothing for a report without claims."""
    looks, counts = shared.provider.VERDICTS, claims.counted(shared)
    total, x, parts = sum(counts.values()), 80.0, []
    if not total:
        return ""
    for verdict, count in counts.items():
        width = 1040 * count / total
        ink = VERDICT_INK[looks[verdict].kind]
        parts.append(
            f'<rect x="{x:.1f}" y="500" width="{max(0, width - 4):.1f}" height="34" fill="{ink}"/>'
        )
        x += width
    words = _("{count} press claims and what became of them").format(count=total)
    return (
        "".join(parts) + f'<text x="80" y="580" font-size="28" fill="{SOFT}">{_safe(words)}</text>'
    )
