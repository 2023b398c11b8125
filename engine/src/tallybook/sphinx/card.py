"""The picture that stands for a page where it is shared: the claim against what was found, drawn."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.model import html
from tallybook.pictures import render
from tallybook.sphinx import claims, domain, state
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.domain import Drawn

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
LINES = 3  # of a title
SIZES = ((29, 62), (38, 48), (48, 38), (64, 29))  # letters of a line, and their size, from large to small
INK, SOFT, PAPER, LINE, FOUND, SAID = "#1d1c1a", "#5c5850", "#fbfaf6", "#d9d5c9", "#0a6478", "#b0501f"
VERDICT_INK = {"ok": "#1f6a45", "near": "#0a6478", "name": "#8a5a00", "over": "#a63a14", "none": "#6a4a86", "cited": "#5c5850"}


def setup(app: Sphinx) -> None:
    app.connect("build-finished", draw_all)


def path(docname: str) -> str:
    """Where a page's card lies in the site."""
    return f"{FOLDER}/{docname.rsplit('/', 1)[-1]}.png"


def draw_all(app: Sphinx, exception: Exception | None) -> None:
    """One card for the report and one for each chapter."""
    if exception is not None or not makes_site(app):
        return
    state.of(app).making.group("cards", state.of(app).surroundings, lambda: _draw(app))


def _draw(app: Sphinx) -> list[Path]:
    (Path(app.outdir) / FOLDER).mkdir(exist_ok=True)
    findings = domain.of(app.env).data["findings"]
    headlines = {name: (found["claim_id"], found["drawn"]) for name, found in findings.items()}
    cards: dict[str, tuple[str, tuple[str, Drawn | None] | None]] = {"index": (state.of(app).citation["title"], None)}
    for name, page in state.of(app).provider.CHAPTERS.items():
        cards[page] = (app.env.titles[page].astext(), headlines.get(name))
    for docname, (title, headline) in cards.items():
        picture = svg(state.of(app), app.config.html_short_title, title, headline)
        (Path(app.outdir) / path(docname)).write_bytes(render.png(picture, scale=1))
    return [Path(app.outdir) / path(docname) for docname in cards]


def svg(shared: state.State, name: str, title: str, headline: tuple[str, Drawn | None] | None) -> str:
    """The card as SVG: the report's name, the title, and the headline claim with its whisker and verdict."""
    wrapped = ((textwrap.wrap(title, wide), size) for wide, size in SIZES)
    lines, size = next((found for found in wrapped if len(found[0]) <= LINES), (textwrap.wrap(title, SIZES[-1][0]), SIZES[-1][1]))
    words = "".join(
        f'<text x="80" y="{190 + i * (size + 12)}" font-size="{size}" font-weight="bold" fill="{INK}">{_safe(line)}</text>'
        for i, line in enumerate(lines)
    )
    lower = _strip(shared) if headline is None else _finding(shared, *headline)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Liberation Sans"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<rect width="14" height="{HEIGHT}" fill="{FOUND}"/>'
        f'<text x="80" y="96" font-size="28" fill="{SOFT}">{_safe(name)}</text>{words}{lower}</svg>'
    )


def _finding(shared: state.State, claim_id: str, shown: Drawn | None) -> str:
    report = shared.report
    verdict = str(report.judgements[claim_id].verdict)
    look = shared.provider.VERDICTS[verdict]
    ink = VERDICT_INK[look.kind]
    badge = (
        f'<g transform="translate(80 562) scale(2)"><path d="{look.shape}" fill="none" stroke="{ink}" stroke-width="2.2"/></g>'
        f'<text x="126" y="590" font-size="34" font-weight="bold" fill="{ink}">{verdict.capitalize()}</text>'
    )
    if shown is None:
        return badge
    at, mark = shown.places(left=80, right=1120), SAID if shown.claimed else SOFT
    found = f"found: {report.show(shown.number.id, 'full' if shown.number.low is not None else 'value')}"
    return badge + (
        f'<path d="M80 490H1120" stroke="{LINE}" stroke-width="2"/>'
        f'<path d="M{at["low"]:.0f} 460H{at["high"]:.0f}" stroke="{FOUND}" stroke-width="12" stroke-linecap="round"/>'
        f'<circle cx="{at["value"]:.0f}" cy="460" r="15" fill="{FOUND}"/>'
        f'<path d="M{at["mark"]:.0f} 414V490" stroke="{mark}" stroke-width="5" stroke-dasharray="8 7"/>'
        f"{_words(at['mark'], 402, mark, shown.words)}{_words(at['value'], 530, FOUND, found)}"
    )


def _words(x: float, y: int, ink: str, text: str) -> str:
    anchor = "end" if x > 600 else "start"
    return f'<text x="{x:.0f}" y="{y}" font-size="30" text-anchor="{anchor}" fill="{ink}">{_safe(text)}</text>'


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
        parts.append(f'<rect x="{x:.1f}" y="500" width="{max(0, width - 4):.1f}" height="34" fill="{ink}"/>')
        x += width
    words = f"{total} press claims and what became of them"
    return "".join(parts) + f'<text x="80" y="580" font-size="28" fill="{SOFT}">{words}</text>'
