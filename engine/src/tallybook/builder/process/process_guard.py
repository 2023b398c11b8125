"""The end of all processes of a build with the command that started it.

Each kernel is a group of its own, so that no signal to the group of the build reaches it. But every
process of a build inherits ``REPORT_BUILD`` in its environment, with a value of that build's own,
and is found by it. A cell may start a process with an empty environment: that one is found as a
descendant of one that has the mark.

``python -m`` this module is ``jupyter-book`` on a tether: it ends, and all it started ends, as soon
as its standard input is closed. That happens even when the other side is killed outright.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import psutil

from tallybook import clock, contents
from tallybook.builder.process import faults

MARK = "REPORT_BUILD"
# Windows, on which this module is imported only, has no SIGHUP.
SIGNALS = (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM))
PATIENCE = 5.0  # seconds; a process that has been killed is gone long before
STARTED = 0.05  # seconds, in which a process that is being started gets its environment
SET_CHILD_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER in Linux's <sys/prctl.h>


def end_all(mark: str) -> None:
    """Kill every other process of the build ``mark``, and those that they start meanwhile. Linux
    shows no environment of a process that is just being started, and its parent may have been
    killed. So after a kill, there is one more look when such a process has its environment."""
    until, found = time.monotonic() + PATIENCE, others(mark)
    while found and time.monotonic() < until:
        for process in found:
            with contextlib.suppress(psutil.Error):  # gone by itself
                process.kill()
        psutil.wait_procs(found, timeout=0.1)
        if not (found := others(mark)):
            time.sleep(STARTED)
            found = others(mark)


def others(mark: str) -> list[psutil.Process]:
    """All processes of the build ``mark`` but this one: those with its mark, and all that descend
    from one with its mark. Looked up before any is killed: with its parent a process loses the only
    thing that says whose it is."""
    found: set[psutil.Process] = set()
    for process in psutil.process_iter():
        if process not in found and _has_mark(process, mark):
            with contextlib.suppress(psutil.Error):  # gone by itself
                found |= {process, *process.children(recursive=True)}
    return [process for process in found if process.pid != os.getpid() and _lives(process)]


@contextlib.contextmanager
def signals_wait() -> Iterator[None]:
    """A signal that asks for the end is heard afterwards, by this process (see ``main``)."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def adopt_orphans() -> None:
    """From now on a descendant whose parent ends becomes a child of this process, and not of the
    first one of the machine. Only Linux can do this: elsewhere an orphan without the mark is not
    found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def look_less_for_garbage() -> None:
    """What a build makes mostly lives to its end; to look through it takes a tenth of the build."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False  # gone


def _has_mark(process: psutil.Process, mark: str) -> bool:
    if process.pid == os.getpid():
        return os.environ.get(MARK) == mark
    try:
        return process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False  # of somebody else, or gone


def _end_when_closed(mark: str) -> None:
    while os.read(0, 1024):
        pass
    end_all(mark)
    os._exit(1)


def main() -> None:
    """Build as the arguments ``build ROOT --path-output STAGING`` say."""
    into, root, staging = faults.channel(), Path(sys.argv[2]), Path(sys.argv[4])
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)  # as they were when this process began
    look_less_for_garbage()
    adopt_orphans()
    os.umask(0o022)  # a site is for everyone to read, as are the files that are copied into it
    mark = os.environ[MARK]
    threading.Thread(target=_end_when_closed, args=(mark,), daemon=True).start()
    code = 1
    try:
        clock.told()
        contents.check(root)
        from tallybook.builder.notebooks import kernels

        kernels.head_start(root, staging / "_build")
        from jupyter_book.cli.main import main as jupyter_book

        jupyter_book()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if said := faults.of_exit(end, root):
            code = 1
            faults.tell(into, said)
    except Exception as error:  # noqa: BLE001 - os._exit would hide it
        traceback.print_exc()
        full = faults.has_no_room(staging)
        faults.tell(into, faults.disk_is_full() if full else faults.explain(error, root))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        end_all(mark)  # a failed build waits for no chapter that is still at work
        os._exit(code)


if __name__ == "__main__":
    main()
