"""Gives a build its drawings (``tallybook.pictures.drawings``) and ends them with it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from tallybook.pictures.drawings import Drawings
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("builder-inited", start, priority=100)
    app.connect("build-finished", stop, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def start(app: Sphinx) -> None:
    get_state(app).drawings = Drawings(Path(app.outdir).parent / ".drawings")


def stop(app: Sphinx, exception: Exception | None) -> None:
    get_state(app).drawings.close()
    if exception is None and get_state(app).read == len(app.env.found_docs):
        get_state(app).drawings.prune()
