"""A build ends as one: none of its processes outlives the command that started it.

Kernels run in sessions of their own, so that no signal to a group reaches them. But every process of a
build inherits ``REPORT_BUILD`` in its environment, with a value of that build's own, and is found by it.

``python -m book.tether ...`` is ``jupyter-book ...`` on a tether: it ends, and all it started ends,
as soon as its standard input is closed. That happens even when the other side is killed outright.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
import traceback

import psutil

MARK = "REPORT_BUILD"
PATIENCE = 5.0  # seconds; a process that has been killed is gone long before


def end_all(mark: str) -> None:
    """Kill every other process of the build ``mark``, and those that they start meanwhile."""
    until = time.monotonic() + PATIENCE
    while (found := [process for process in psutil.process_iter() if _belongs(process, mark)]) and time.monotonic() < until:
        for process in found:
            with contextlib.suppress(psutil.Error):  # gone by itself
                process.kill()
        psutil.wait_procs(found, timeout=0.1)


def look_less_for_garbage() -> None:
    """What a build makes mostly lives to its end: to look through it time and again takes a tenth of the build."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _belongs(process: psutil.Process, mark: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False  # of somebody else, or gone


def _end_when_closed(mark: str) -> None:
    while os.read(0, 1024):
        pass
    end_all(mark)
    os._exit(1)


def main() -> None:
    look_less_for_garbage()
    mark = os.environ[MARK]
    threading.Thread(target=_end_when_closed, args=(mark,), daemon=True).start()
    from jupyter_book.cli.main import main as jupyter_book

    code = 1
    try:
        jupyter_book()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception:  # noqa: BLE001 - os._exit would hide it
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        end_all(mark)  # a failed build waits for no chapter that is still at work
        os._exit(code)


if __name__ == "__main__":
    main()
