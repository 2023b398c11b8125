"""The cards of a page stand in a script beside it, which the page loads when a reader first wants
one.

They are a fifth of what a page would weigh, and most visits open none. A page that was opened from
disk may not fetch, but it may load a script. Without scripts no card can open, and each link leads
to what its card would say.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.model import html
from tallybook.sphinx.builders import makes_site

ENDING, BEFORE, AFTER = ".cards.js", "window.reportCards=", ";\n"


def setup(app: Sphinx) -> None:
    app.connect(
        "html-page-context", put_beside, priority=700
    )  # when numbers and words have given theirs


def put_beside(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Write the cards of a page beside it, and name the file to the page."""
    if makes_site(app) and (cards := context.get("cards")):
        path = beside(Path(app.outdir) / app.builder.get_target_uri(pagename))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BEFORE + html.script_json("".join(cards)) + AFTER, encoding="utf-8")
        context["cards_file"] = path.name


def beside(page: Path) -> Path:
    """The file with the cards of a page, whether it is there or not."""
    return page.with_suffix(ENDING)


def read(page: Path) -> str:
    """The HTML of a page's cards; nothing if it has none."""
    path = beside(page)
    text = path.read_text(encoding="utf-8") if path.is_file() else f'{BEFORE}""{AFTER}'
    return str(json.loads(text.removeprefix(BEFORE).removesuffix(AFTER)))
