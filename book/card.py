"""The picture that stands for a page where it is shared: the claim against what was found, drawn."""

from __future__ import annotations

import textwrap
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from book import html, render
from book.landing import scale_of

WIDTH, HEIGHT = 1200, 630
FOLDER = "_cards"
INK, SOFT, PAPER, LINE, FOUND, SAID = "#1d1c1a", "#5c5850", "#fbfaf6", "#d9d5c9", "#0a6478", "#b0501f"
VERDICT_INK = {"ok": "#1f6a45", "near": "#0a6478", "name": "#8a5a00", "over": "#a63a14", "none": "#6a4a86", "cited": "#5c5850"}


def setup(app: Sphinx) -> None:
    app.connect("build-finished", draw_all)


def path(docname: str) -> str:
    """Where a page's card lies in the site."""
    return f"{FOLDER}/{docname.rsplit('/', 1)[-1]}.png"


def draw_all(app: Sphinx, exception: Exception | None) -> None:
    """One card for the report and one for each chapter."""
    if exception is not None or app.builder.format != "html":
        return
    (Path(app.outdir) / FOLDER).mkdir(exist_ok=True)
    headlines = getattr(app.env, "report_headlines", {})
    cards = {"index": (app.citation["title"], None)}
    for name in app.report_provider.CHAPTERS:
        cards[f"chapters/{name}"] = (app.env.titles[f"chapters/{name}"].astext(), headlines.get(name))
    for docname, (title, claim_id) in cards.items():
        picture = svg(app.report, app.config.html_short_title, title, claim_id)
        (Path(app.outdir) / path(docname)).write_bytes(render.png(picture, scale=1))


def svg(report: Any, name: str, title: str, claim_id: str | None) -> str:
    """The card as SVG: the report's name, the title, and the headline claim with its whisker and verdict."""
    lines = textwrap.wrap(title, 29)[:3]
    size = 62
    words = "".join(
        f'<text x="80" y="{190 + i * (size + 12)}" font-size="{size}" font-weight="bold" fill="{INK}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    lower = _strip(report) if claim_id is None else _finding(report, claim_id)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Liberation Sans"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
        f'<rect width="14" height="{HEIGHT}" fill="{FOUND}"/>'
        f'<text x="80" y="96" font-size="28" fill="{SOFT}">{escape(name)}</text>{words}{lower}</svg>'
    )


def _finding(report: Any, claim_id: str) -> str:
    claim, judgement = report.claims[claim_id], report.judgements[claim_id]
    verdict = str(judgement.verdict)
    kind, shape = html.VERDICTS[verdict]
    badge = (
        f'<g transform="translate(80 562) scale(2)"><path d="{shape}" fill="none" stroke="{VERDICT_INK[kind]}" stroke-width="2.2"/></g>'
        f'<text x="126" y="590" font-size="34" font-weight="bold" fill="{VERDICT_INK[kind]}">{verdict.capitalize()}</text>'
    )
    drawn = scale_of(report, claim, judgement, left=80, right=1120)
    if drawn is None:
        return badge
    said = escape(f"said: {claim.published}")
    anchor = "end" if drawn["said"] > 600 else "start"
    found = escape(f"found: {report.show(judgement.numbers[0])}")
    found_anchor = "end" if drawn["value"] > 600 else "start"
    return badge + (
        f'<path d="M80 500H1120" stroke="{LINE}" stroke-width="2"/>'
        f'<path d="M{drawn["low"]:.0f} 470H{drawn["high"]:.0f}" stroke="{FOUND}" stroke-width="12" stroke-linecap="round"/>'
        f'<circle cx="{drawn["value"]:.0f}" cy="470" r="15" fill="{FOUND}"/>'
        f'<path d="M{drawn["said"]:.0f} 424V500" stroke="{SAID}" stroke-width="5" stroke-dasharray="8 7"/>'
        f'<text x="{drawn["said"]:.0f}" y="412" font-size="30" text-anchor="{anchor}" fill="{SAID}">{said}</text>'
        f'<text x="{drawn["value"]:.0f}" y="540" font-size="30" text-anchor="{found_anchor}" fill="{FOUND}">{found}</text>'
    )


def _strip(report: Any) -> str:
    counts = {v: sum(str(j.verdict) == v for j in report.judgements.values()) for v in html.VERDICTS}
    total, x, parts = sum(counts.values()) or 1, 80.0, []
    for verdict, count in counts.items():
        width = 1040 * count / total
        parts.append(f'<rect x="{x:.1f}" y="500" width="{max(0, width - 4):.1f}" height="34" fill="{VERDICT_INK[html.VERDICTS[verdict][0]]}"/>')
        x += width
    return "".join(parts) + f'<text x="80" y="580" font-size="28" fill="{SOFT}">{total} press claims and what became of them</text>'
