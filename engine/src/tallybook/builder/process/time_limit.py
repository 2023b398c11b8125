"""One time limit for all that the code of a report computes.

``execute.timeout`` in ``_config.yml`` is the seconds that a cell may take; Jupyter sees to that.
The same time is given to the import of the report's modules and to its numbers.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tallybook.builder.process import progress

SECONDS = "TALLYBOOK_TIME_LIMIT"  # environment variable
DEEP = 100_000  # calls


@contextmanager
def limited() -> Iterator[None]:
    """Raise ``TimeoutError`` in what takes longer, where it is then. Only the main thread of a
    process can be interrupted."""
    seconds = float(os.environ.get(SECONDS, 0))
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, frame: FrameType | None) -> None:
        limit = "expected its end by then (the limit is execute.timeout in _config.yml)"
        said = f"found code that takes longer than {seconds:g} s; {limit}"
        if frame is not None and _is_deep(frame):
            # To leave millions of calls one by one takes longer than the limit.
            place = f"{os.path.relpath(frame.f_code.co_filename)}:{frame.f_lineno}"
            progress.fault(f"{place}: {said}")
            os._exit(1)
        raise TimeoutError(said)

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # who catches it and goes on is told again
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_deep(frame: FrameType | None) -> bool:
    """Whether so many calls are open as in code that calls itself without end."""
    for _level in range(DEEP):
        if frame is None:
            return False
        frame = frame.f_back
    return True
