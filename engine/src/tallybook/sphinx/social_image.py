"""The picture that stands for a page where it is shared: of a chapter its question, its first
chart, a number and a verdict; without a chart, its answer."""

from __future__ import annotations

import re
import textwrap
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.model import html
from tallybook.model.widths import broken, em
from tallybook.pictures import render
from tallybook.pictures.palette import PALETTE
from tallybook.sphinx import chips, claims, domain, state
from tallybook.sphinx.builders import group
from tallybook.sphinx.state import get_state

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
LINES = 3  # of a title
ANSWER = 62  # letters of a line of the answer
# Beside a chart: the room for words, and for the chart, in pixels; sizes from large to small.
LEFT, RIGHT = 520, 500
TITLES, VALUES, SMALL = (52, 44, 38, 32), (56, 46, 38, 30), 24
TITLE_LINES, LABEL_LINES, BOLD = 4, 2, 1.1  # bold letters are about that much wider
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
# Letters of a line, and their size, from large to small.
SIZES = ((29, 62), (38, 48), (48, 38), (64, 29))
INK, SOFT, PAPER, FOUND = (PALETTE[name] for name in ("ink", "soft", "paper", "found"))
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
    short = app.config.html_short_title
    cards = {"index": svg(short, shared.citation["title"], _strip(shared))}
    for name, page in shared.provider.CHAPTERS.items():
        claim_id = held["findings"][name]["claim_id"] if name in held["findings"] else None
        title, judged = app.env.titles[page].astext(), _verdict(shared, claim_id)
        if chart := _first_chart(app, page):
            number = _number(shared, held["uses"].get(page, []), claim_id)
            cards[page] = _frame(short, _beside(title) + number + judged + _fitted(chart))
        else:
            cards[page] = svg(short, title, _answer(held["answers"].get(page, "")) + judged)
    return cards


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
    return _frame(name, words + lower)


def _frame(name: str, inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0'
        f' {WIDTH} {HEIGHT}" font-family="Liberation Sans"><rect width="{WIDTH}" height="{HEIGHT}"'
        f' fill="{PAPER}"/><rect width="14" height="{HEIGHT}" fill="{FOUND}"/><text x="80" y="96"'
        f' font-size="28" fill="{SOFT}">{_safe(name)}</text>{inside}</svg>'
    )


def _beside(title: str) -> str:
    """A title in the left half, as large as its lines allow."""
    for size in TITLES:
        lines = _broken(title, size * BOLD)
        if len(lines) <= TITLE_LINES:
            break
    return _texts(lines, 150 + size * 0.6, size, INK, "bold")


def _number(shared: state.State, used: list[str], claim_id: str | None) -> str:
    """The number that the verdict rests on, else the first of the page, with its interval."""
    report = shared.report
    found = report.judgements[claim_id].found if claim_id else ()
    names = [*found[:1], *used[:1]]
    if not names:
        return ""
    number = report.numbers[names[0]]
    label = _broken(number.label, SMALL)
    if len(label) > LABEL_LINES:
        label = [*label[: LABEL_LINES - 1], f"{label[LABEL_LINES - 1]} …"]
    interval = "" if number.low is None else report.show(number.id, "interval")
    value = f"{report.show(number.id)} ({interval})" if interval else report.show(number.id)
    size = next((size for size in VALUES if len(_broken(value, size * BOLD)) == 1), VALUES[-1])
    return _texts([value], 455, size, FOUND, "bold") + _texts(label, 495, SMALL, SOFT)


def _broken(text: str, size: float) -> list[str]:
    return broken(text, lambda line: em(line) * size <= LEFT)


def _texts(lines: list[str], y: float, size: int, ink: str, weight: str = "normal") -> str:
    return "".join(
        f'<text x="80" y="{y + at * size * 1.2:g}" font-size="{size}" font-weight="{weight}"'
        f' fill="{ink}">{_safe(line)}</text>'
        for at, line in enumerate(lines)
    )


def _first_chart(app: Sphinx, page: str) -> domain.Shown | None:
    """The chart that a page shows first."""
    charts = domain.of(app.env).data["charts"]
    serials = app.env.toc_fignumbers.get(page, {}).get("figure", {})
    names = [name for name in serials if name in charts]
    return charts[min(names, key=serials.__getitem__)] if names else None


def _fitted(chart: domain.Shown) -> str:
    """The drawing of a chart that is largest in the right half, in its light colours."""
    shapes = {shape_of(chart[kind]): chart[kind] for kind in ("broad", "narrow")}
    wide, tall = max(shapes, key=lambda shape: min(RIGHT / shape[0], RIGHT / shape[1]))
    drawing = _VARIABLE.sub(lambda found: PALETTE[found[1]], shapes[wide, tall])
    place = f'x="640" y="65" width="{RIGHT}" height="{RIGHT}"'
    return drawing.replace('width="100%"', place, 1)


def shape_of(drawing: str) -> tuple[float, float]:
    """Width and height of a drawing in a page."""
    found = _BOX.search(drawing)
    assert found is not None, "every drawing in a page has a viewBox"
    return float(found[1]), float(found[2])


def _answer(answer: str) -> str:
    lines = textwrap.wrap(answer, ANSWER)
    return "".join(
        f'<text x="80" y="{400 + i * 46}" font-size="34" fill="{INK}">{_safe(line)}</text>'
        for i, line in enumerate(lines)
    )


def _verdict(shared: state.State, claim_id: str | None) -> str:
    """The verdict on the claim that the front page shows of a chapter."""
    if claim_id is None:
        return ""
    verdict = str(shared.report.judgements[claim_id].verdict)
    look = shared.provider.VERDICTS[verdict]
    ink = VERDICT_INK[look.kind]
    return (
        f'<g transform="translate(80 562) scale(2)"><path d="{look.shape}" fill="none"'
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
