"""What cells put into pages that people load: a limit on what one may show, no picture that runs
anything, and code without idle marks.

A map with its data is about an eighth of what is allowed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook.builder.notebooks import languages
from tallybook.model.formatting import plain
from tallybook.sphinx.builders import Page
from tallybook.sphinx.execute import Chapters
from tallybook.sphinx.state import held

_UNCOLOURED = re.compile(r'<span class="[np]">([^<]*)</span>')
LIMIT = 2_000_000  # bytes that one cell may show, as UTF-8
SVG = "image/svg+xml"
# What a browser runs, or may, when a picture is opened alone.
_RUN = ("script", "foreignobject", "iframe", "handler", "listener")


def setup(app: Sphinx) -> None:
    app.connect("source-read", check, priority=510)  # when it has been executed


def thin(_app: Sphinx, page: Page) -> None:
    """Leave out the marks round names and punctuation in code, which no style colours."""
    if "body" in page.context:
        page.context["body"] = _UNCOLOURED.sub(r"\1", page.context["body"])


def check(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Refuse a chapter before it is read: text of such a size would take minutes, and a picture
    stands beside the pages as a file. Only chapters have cells."""
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
    found += [
        f"{shown}, cell {number}: found a picture (SVG) that runs something or is no XML; expected"
        f" one without scripts. The cell begins: {_first_line(source)}"
        for number, source in running(notebook)
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


def running(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """Cells that show an SVG which runs something: number among the cells with code, source."""
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    for number, cell in enumerate(code, start=1):
        bundles = (output.get("data", {}) for output in cell.get("outputs", []))
        shown = (data.get(SVG) for bundle in bundles for data in languages.every(bundle))
        if any(runs("".join(svg)) for svg in shown if svg):
            yield number, cell.source


def runs(svg: str) -> bool:
    """Whether a picture has a script, a handler of events, a link that runs something or content
    that is no SVG; or is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError:
        return True
    for node in root.iter(etree.Element):
        if etree.QName(node).localname.lower() in _RUN:
            return True
        for name, value in node.attrib.items():
            address = re.sub(r"[\x00-\x20]", "", str(value)).lower()
            if etree.QName(name).localname.lower().startswith("on"):
                return True
            if "javascript:" in address or "data:text" in address:
                return True
    return False


def _size(output: NotebookNode) -> int:
    """Bytes of what one output holds: printed text, or the same thing in several formats."""
    parts = [output.get("text", ""), *output.get("data", {}).values(), *output.get("traceback", [])]
    texts = (
        part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in parts
    )
    return sum(len(text.encode()) for text in texts)


def _first_line(source: str) -> str:
    return next((line.strip() for line in source.splitlines() if line.strip()), "")[:80]
