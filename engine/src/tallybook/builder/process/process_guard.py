"""The end of all processes of a build with the command that started it.

Each kernel is a group of its own, so that no signal to the group of the build reaches it. But every
process of a build inherits ``REPORT_BUILD`` in its environment, with a value of that build's own,
and is found by it.

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
from pathlib import Path

import psutil

from tallybook import files, settings
from tallybook.builder.process import faults, progress

MARK = "REPORT_BUILD"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 5.0  # seconds; a process that has been killed is gone long before


def end_all(mark: str) -> None:
    """Kill every other process of the build ``mark``, and those that they start meanwhile."""
    until = time.monotonic() + PATIENCE
    while (found := others(mark)) and time.monotonic() < until:
        for process in found:
            with contextlib.suppress(psutil.Error):  # gone by itself
                process.kill()
        psutil.wait_procs(found, timeout=0.1)


def others(mark: str) -> list[psutil.Process]:
    """All processes with the mark of a build but this one. If this one has it too, also all that
    descend from it: they may have taken the mark off."""
    every = {one for one in psutil.process_iter() if _has_mark(one, mark)}
    if os.environ.get(MARK) == mark:
        every |= {*psutil.Process().children(recursive=True)}
    return [one for one in every if one.pid != os.getpid()]


def adopt_orphans() -> None:
    """Be the parent of all that descend from this process and lose theirs, where Linux lets one."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def look_less_for_garbage() -> None:
    """What a build makes mostly lives to its end; to look through it takes a tenth of the build."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _has_mark(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False  # of somebody else, or gone


def _end_when_closed(mark: str) -> None:
    while os.read(0, 1024):
        pass
    end_all(mark)
    os._exit(1)


def main() -> None:
    """Build as the arguments ``build ROOT --path-output STAGING`` say."""
    root = Path(sys.argv[2])
    look_less_for_garbage()
    adopt_orphans()
    os.umask(0o022)  # a site is for everyone to read, as are the files that are copied into it
    mark, code, said = os.environ[MARK], 1, ""
    threading.Thread(target=_end_when_closed, args=(mark,), daemon=True).start()
    try:
        from jupyter_book.cli.main import main as jupyter_book

        progress.mark("Jupyter Book is loaded")
        settings.value(root)  # their faults have a place; Jupyter Book's have none
        if not settings.pages(root):
            raise settings.SettingsError(settings.TOC, "no pages", "a root and chapters")
        files.refuse_links(root)
        jupyter_book()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except Exception as error:  # noqa: BLE001 - os._exit would hide it
        traceback.print_exc()
        said = faults.explain(error, root)
    finally:
        end_all(mark)  # a failed build waits for no chapter that is still at work
        if said:
            progress.fault(said)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
