"""Says which steps of a build are done (``tallybook.builder.process.progress``)."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tallybook.builder.process.progress import step
from tallybook.sphinx.state import get_state


def setup(app: Sphinx) -> None:
    app.connect("env-updated", pages_read)
    app.connect("build-finished", pages_written, priority=1)
    app.connect(
        "build-finished",
        lambda _app, error: step_if_good("records, downloads and search: written", error),
        priority=998,
    )


def pages_read(app: Sphinx, env: BuildEnvironment) -> None:
    """Say how many pages were read; those that have not changed are kept."""
    pages, read = len(env.found_docs), get_state(app).read
    step(
        f"{pages} pages: {'read' if read == pages else f'{read} read, the others have not changed'}"
    )


def pages_written(app: Sphinx, error: Exception | None) -> None:
    """Say how many pages were written; the others were taken from the last site."""
    written = len(app.env.found_docs) - len(get_state(app).taken)
    step_if_good(
        "pages:"
        f" {f'{written} written, the others are as they were' if get_state(app).taken else 'written'}",
        error,
    )


def step_if_good(text: str, error: Exception | None) -> None:
    """Say that a step is done, unless the build has failed."""
    if error is None:
        step(text)
