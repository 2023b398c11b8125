"""One time limit for all that the code of a report computes.

``execute.timeout`` in ``_config.yml`` is the seconds that a cell may take; Jupyter sees to that.
The same time is given to the import of the report's modules and to its numbers.
"""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from tallybook.builder.process import faults, progress

SECONDS = "TALLYBOOK_TIME_LIMIT"  # environment variable
DEEP = 100_000  # calls
GRACE = 5.0  # seconds for what does not hear a signal
LIMIT = "expected its end by then (the limit is execute.timeout in _config.yml)"


@contextmanager
def limited() -> Iterator[None]:
    """Raise ``TimeoutError`` in what takes longer, where it is then. Only the main thread of a
    process can be interrupted."""
    seconds = float(os.environ.get(SECONDS, 0))
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_number: int, frame: FrameType | None) -> None:
        said = f"found code that takes longer than {seconds:g} s; {LIMIT}"
        if frame is not None and _is_deep(frame):
            # To leave millions of calls one by one takes longer than the limit.
            place = f"{os.path.relpath(frame.f_code.co_filename)}:{frame.f_lineno}"
            progress.fault(f"{place}: {said}")
            os._exit(1)
        raise TimeoutError(said)

    faulthandler.dump_traceback_later(seconds + GRACE, exit=True)  # for a loop within C
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)  # who catches it and goes on is told again
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        faulthandler.cancel_dump_traceback_later()


def ended(said: str, root: Path) -> str:
    """Where code of the report was when a build was ended that heard no signal, by what Python then
    says of each thread; nothing if it did not end so."""
    _before, timeout, dump = said.partition("\nTimeout (")
    places = re.findall(r'File "(.+?)", line (\d+)', dump)
    own = [(name, line) for name, line in places if faults.is_of_report(Path(name), root)]
    if not timeout or not places:
        return ""
    name, line = (own or places)[0]
    return f"{faults.shown(Path(name), root)}:{line}: found code that does not end; {LIMIT}"


def _is_deep(frame: FrameType | None) -> bool:
    """Whether so many calls are open as in code that calls itself without end."""
    for _level in range(DEEP):
        if frame is None:
            return False
        frame = frame.f_back
    return True
