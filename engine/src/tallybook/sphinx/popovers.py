"""The cards of a page stand in a script beside it, which the page loads when a reader first wants
one.

They are a fifth of what a page would weigh, and most visits open none. A page that was opened from
disk may not fetch, but it may load a script. Without scripts no card can open, and each link leads
to what its card would say.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx

from tallybook.model import html
from tallybook.sphinx.builders import Page

ENDING, BEFORE, AFTER = ".cards.js", "window.reportCards=", ";\n"


def put_beside(app: Sphinx, page: Page) -> None:
    """Write the cards of a page beside it, and name the file to the page."""
    if cards := page.context.get("cards"):
        path = beside(Path(app.outdir) / app.builder.get_target_uri(page.name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BEFORE + html.script_json("".join(cards)) + AFTER, encoding="utf-8")
        page.context["cards_file"] = path.name


def beside(page: Path) -> Path:
    """The file with the cards of a page, whether it is there or not."""
    return page.with_suffix(ENDING)


def read(page: Path) -> str:
    """The HTML of a page's cards; nothing if it has none."""
    path = beside(page)
    text = path.read_text(encoding="utf-8") if path.is_file() else f'{BEFORE}""{AFTER}'
    return str(json.loads(text.removeprefix(BEFORE).removesuffix(AFTER)))
