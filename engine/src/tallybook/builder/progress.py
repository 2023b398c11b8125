"""What a build says while it works: one line for each step.

The line goes to Sphinx's own log (a logger below ``sphinx``, so that Sphinx itself need not be imported here).
The build command, which otherwise shows the log only when something fails, passes these lines on as they come and puts
the time before them.
"""

from __future__ import annotations

import logging
import re

MARK = "=> "
_STEP = re.compile(rf"^(?:\x1b\[[0-9;]*m)*{re.escape(MARK)}(.*?)(?:\x1b\[[0-9;]*m)*$")

logger = logging.getLogger("sphinx.report")


def step(text: str) -> None:
    """Say that a step is done or begun. May be called from any thread."""
    logger.info("%s%s", MARK, text)


def told(line: str) -> str | None:
    """The text of a step if a line of the log is one."""
    found = _STEP.match(line.rstrip())
    return found[1] if found else None
