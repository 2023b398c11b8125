"""A part of a build in a process of its own, forked from it. Where there is no second processor, no
process can be forked, or it was killed, the build does that part itself."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.util.parallel import ParallelTasks, parallel_available


class Aside:
    """The process, whether its work is ``done``, and the ``result`` of that."""

    def __init__(self) -> None:
        self.process: ParallelTasks | None = None
        self.done = False
        self.result: Any = None

    def begin(self, work: Callable[[], Any], nice: int = 0) -> None:
        """``nice``: how far it gives way to other processes, 0 to 19."""
        if parallel_available and (os.cpu_count() or 1) > 1:
            self.process = ParallelTasks(1)
            self.process.add_task(partial(_at, nice, work), result_func=self._take)

    def end(self) -> bool:
        """Wait for it; whether the work is done. Raises ``SphinxParallelError`` with what went
        wrong."""
        if self.process is not None:
            with contextlib.suppress(EOFError):  # it was killed
                self.process.join()
        return self.done

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()

    def _take(self, _argument: None, result: Any) -> None:
        self.done, self.result = True, result


def _at(nice: int, work: Callable[[], Any]) -> Any:
    os.nice(nice)  # a process that can be forked has it
    gc.freeze()  # nothing that it has got is searched for garbage
    return work()
