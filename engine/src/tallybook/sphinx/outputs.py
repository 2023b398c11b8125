"""What cells put into pages that people load: a limit on what one may show, and code without idle
marks.

A map with its data is about an eighth of what is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook.model.formatting import plain
from tallybook.sphinx.builders import Page
from tallybook.sphinx.execute import Chapters
from tallybook.sphinx.state import held

_UNCOLOURED = re.compile(r'<span class="[np]">([^<]*)</span>')
LIMIT = 2_000_000  # bytes that one cell may show, as UTF-8


def setup(app: Sphinx) -> None:
    app.connect("source-read", check, priority=510)  # when it has been executed


def thin(_app: Sphinx, page: Page) -> None:
    """Leave out the marks round names and punctuation in code, which no style colours."""
    if "body" in page.context:
        page.context["body"] = _UNCOLOURED.sub(r"\1", page.context["body"])


def check(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Refuse a chapter before it is read: text of such a size would take minutes. Only chapters
    have cells."""
    notebook = held(app, Chapters).executed.get(docname)
    if notebook is None:
        return
    shown = Path(app.env.doc2path(docname)).relative_to(app.srcdir).as_posix()
    wanted = f"expected at most {plain(LIMIT / 1e6, 0)} MB from a cell"
    found = [
        f"{shown}, cell {number}: found an output of {plain(size / 1e6, 1)} MB; {wanted}. The cell"
        f" begins: {_first_line(source)}"
        for number, size, source in oversized(notebook)
    ]
    if found:
        raise ExtensionError("\n".join(found))


def oversized(notebook: NotebookNode) -> Iterator[tuple[int, int, str]]:
    """Cells that show more than ``LIMIT``: number among the cells with code (the first is 1),
    bytes, source."""
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        size = sum(map(_size, cell.get("outputs", [])))
        if size > LIMIT:
            yield number, size, cell.source


def _size(output: NotebookNode) -> int:
    """Bytes of what one output holds: printed text, or the same thing in several formats."""
    parts = [output.get("text", ""), *output.get("data", {}).values(), *output.get("traceback", [])]
    texts = (
        part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in parts
    )
    return sum(len(text.encode()) for text in texts)


def _first_line(source: str) -> str:
    return next((line.strip() for line in source.splitlines() if line.strip()), "")[:80]
