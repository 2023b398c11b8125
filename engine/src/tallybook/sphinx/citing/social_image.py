"""The picture that stands for a page where it is shared: the title of a chapter."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.model import html
from tallybook.pictures import render
from tallybook.pictures.palette import PALETTE
from tallybook.sphinx.builders import group
from tallybook.sphinx.state import get_state

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
LINES = 3  # of a title
# Letters of a line, and their size, from large to small.
SIZES = ((29, 62), (38, 48), (48, 38), (64, 29))
INK, SOFT, PAPER, FOUND = (PALETTE[name] for name in ("ink", "soft", "paper", "found"))


def of_page(app: Sphinx, docname: str) -> str:
    """The card that stands for a page: its own if it is a chapter, else that of the report."""
    return _path(docname if get_state(app).chapter_of(docname) else "index")


def _path(docname: str) -> str:
    return f"{FOLDER}/{docname.rsplit('/', 1)[-1]}.png"


def draw_all(app: Sphinx) -> None:
    """One card for the report and one for each chapter."""
    shared, name = get_state(app), app.config.html_short_title
    titles = {page: app.env.titles[page].astext() for page in shared.provider.CHAPTERS.values()}
    titles["index"] = shared.citation["title"]
    cards = {_path(docname): svg(name, title) for docname, title in titles.items()}
    group(app, "cards", lambda: _paint(app, cards), str(cards))


def _paint(app: Sphinx, cards: dict[str, str]) -> list[Path]:
    (Path(app.outdir) / FOLDER).mkdir(exist_ok=True)
    for name, card in cards.items():
        (Path(app.outdir) / name).write_bytes(render.png(card, scale=1))
    return [Path(app.outdir) / name for name in cards]


def svg(name: str, title: str) -> str:
    """The card as SVG: the report's name, and a page's title."""
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
        f' font-size="28" fill="{SOFT}">{_safe(name)}</text>{words}</svg>'
    )


def _safe(text: str) -> str:
    return escape(html.xml_text(text))
