"""Gives a build its drawings (``tallybook.pictures.drawings``) and ends them with it."""

from __future__ import annotations

from sphinx.application import Sphinx

from tallybook.pictures.drawings import Drawings
from tallybook.sphinx import edition
from tallybook.sphinx.state import held
from tallybook.sphinx.steps import Read


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


def stop(app: Sphinx, exception: Exception | None) -> None:
    drawings(app).close()
    if edition.code(app):
        return  # nor does it know what the report has used
    if exception is None and held(app, Read).pages == len(app.env.found_docs):
        drawings(app).prune()
