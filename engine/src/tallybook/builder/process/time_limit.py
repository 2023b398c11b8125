"""One time limit for all that the code of a report computes.

``execute.timeout`` in ``_config.yml`` is the seconds that a cell may take; Jupyter sees to that.
The same time is given to the import of the report's modules and to its numbers, which no cell
computes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tallybook import project, settings
from tallybook.errors import TallybookError

SECONDS = "TALLYBOOK_TIME_LIMIT"  # environment variable
USUAL = 30.0  # seconds: what Jupyter Book gives a cell of a report that says nothing


class TimeLimitError(TallybookError):
    """Code of the report took too long."""


def of_report(root: Path) -> float:
    """The limit in seconds that a report sets; none if it is not above zero. Raises
    ``SettingsError`` if ``_config.yml`` holds no settings."""
    told = settings.value(root, "execute", "timeout")
    return float(told) if isinstance(told, (int, float)) else USUAL


@contextmanager
def limited() -> Iterator[None]:
    """Raise ``TimeLimitError`` in what takes longer, with the line of the report where it was then.
    Only the main thread of a process can be interrupted."""
    seconds = float(os.environ.get(SECONDS, 0))
    main = threading.current_thread() is threading.main_thread()
    if seconds <= 0 or not main:
        yield
        return

    def over(_number: int, frame: FrameType | None) -> None:
        raise TimeLimitError(
            f"{_place(frame)}: found code that takes longer than {seconds:g} s; expected its end by"
            f" then (the limit is execute.timeout in {settings.CONFIG})"
        )

    before = signal.signal(signal.SIGALRM, over)
    # Code that catches the error and goes on is told again.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(frame: FrameType | None) -> str:
    """File and line of the innermost code of the report that is at work."""
    from tallybook.builder.process import faults

    root = project.named()[0].root if project.named() else Path.cwd()
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if faults.is_of_report(path, root):
            return f"{faults.shown(path, root)}:{frame.f_lineno}"
        frame = frame.f_back
    return "the code of the report"
