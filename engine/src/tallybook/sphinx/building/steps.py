"""Says which steps of a build are done (``tallybook.builder.process.progress``)."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tallybook.builder.process.progress import step
from tallybook.sphinx.builders import Making
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import held


class Read:
    """How many pages are read in this build; the others have not changed."""

    pages = 0


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", count)
    app.connect("env-updated", pages_read)
    app.connect("build-finished", pages_written, priority=1)


def count(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    held(app, Read).pages = len(docnames)


def pages_read(app: Sphinx, env: BuildEnvironment) -> None:
    pages, read = len(env.found_docs), held(app, Read).pages
    how = "read" if read == pages else f"{read} read, the others have not changed"
    of = f"edition {edition.code(app)}: " if edition.code(app) else ""
    step(f"{of}{pages} pages: {how}")


def pages_written(app: Sphinx, error: Exception | None) -> None:
    """Say how many pages were written; the others were taken from the last site."""
    if error is None and not edition.code(app):
        taken = len(held(app, Making).taken)
        some = f"{len(app.env.found_docs) - taken} written, the others are as they were"
        step(f"pages: {some if taken else 'written'}")
