"""What a build says while it works: one line for each step.

The line goes to Sphinx's own log (a logger below ``sphinx``, so that Sphinx itself need not be imported here).
``book.build``, which otherwise shows the log only when something fails, passes these lines on as they come and puts
the time before them.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from book import state

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MARK = "=> "
_STEP = re.compile(rf"^(?:\x1b\[[0-9;]*m)*{re.escape(MARK)}(.*?)(?:\x1b\[[0-9;]*m)*$")

logger = logging.getLogger("sphinx.report")


def setup(app: Sphinx) -> None:
    app.connect("env-updated", pages_read)
    app.connect("build-finished", lambda _app, error: step_if_good("pages: written", error), priority=1)
    app.connect("build-finished", lambda _app, error: step_if_good("records, downloads and search: written", error), priority=998)


def pages_read(app: Sphinx, env: BuildEnvironment) -> None:
    """Say how many pages were read; those that have not changed are kept."""
    pages, read = len(env.found_docs), state.of(app).read
    step(f"{pages} pages: {'read' if read == pages else f'{read} read, the others have not changed'}")


def step(text: str) -> None:
    """Say that a step is done or begun. May be called from any thread."""
    logger.info("%s%s", MARK, text)


def step_if_good(text: str, error: Exception | None) -> None:
    """Say that a step is done, unless the build has failed."""
    if error is None:
        step(text)


def told(line: str) -> str | None:
    """The text of a step if a line of the log is one."""
    found = _STEP.match(line.rstrip())
    return found[1] if found else None
