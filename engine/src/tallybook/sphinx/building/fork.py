"""A part of a build in a process of its own, forked from it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from typing import Any

from sphinx.util.parallel import ParallelTasks


class Aside:
    """The process, and the ``result`` of its work."""

    def __init__(self) -> None:
        self.process = ParallelTasks(1)
        self.result: Any = None

    def begin(self, work: Callable[[], Any]) -> None:
        self.process.add_task(partial(_frozen, work), result_func=self._take)

    def end(self) -> Any:
        """Wait for it; its result. Raises ``SphinxParallelError`` with what went wrong."""
        self.process.join()
        return self.result

    def stop(self) -> None:
        self.process.terminate()

    def _take(self, _argument: None, result: Any) -> None:
        self.result = result


def _frozen(work: Callable[[], Any]) -> Any:
    gc.freeze()  # nothing that it has got is searched for garbage
    return work()
