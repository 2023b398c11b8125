"""Gives a build its drawings (``tallybook.pictures.drawings``) and ends them with it."""

from __future__ import annotations

from sphinx.application import Sphinx

from tallybook.pictures.drawings import Drawings
from tallybook.sphinx import edition
from tallybook.sphinx.state import held


class Renderer:
    """Where charts are drawn."""

    drawings: Drawings


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", start, priority=100)
    app.connect("build-finished", stop, priority=900)


def start(app: Sphinx) -> None:
    held(app, Renderer).drawings = Drawings(
        edition.around(app) / ".drawings", alone=bool(edition.code(app))
    )


def drawings(app: Sphinx) -> Drawings:
    """The drawings of this build."""
    return held(app, Renderer).drawings


def stop(app: Sphinx, _exception: Exception | None) -> None:
    drawings(app).close()
