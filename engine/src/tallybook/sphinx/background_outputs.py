"""What is written in a process of its own while this one writes the pages.

Whoever listens to ``report-write-meanwhile`` writes files that need no written page, in groups
(``tallybook.builder.cache.reuse``). Where there is no second processor, no process can be forked, or it
was killed, they are written after the pages.
"""

from __future__ import annotations

import contextlib
import os
from functools import partial

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, parallel_available

from tallybook.builder.cache.reuse import Group
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import get_state

EVENT = "report-write-meanwhile"
Made = tuple[
    dict[str, Group], dict[str, str]
]  # the groups that were made, and the sums of files that were taken over


def setup(app: Sphinx) -> None:
    app.add_event(EVENT)
    app.connect("build-finished", finish, priority=600)


def begin(app: Sphinx) -> None:
    """Start the process. All pages have been read, and none is written."""
    if not parallel_available or (os.cpu_count() or 1) < 2:
        return
    get_state(app).meanwhile = tasks = ParallelTasks(1)
    tasks.add_task(partial(_write, app), result_func=partial(_take, app))


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Wait for what is being written. Raises ``SphinxParallelError`` with what went wrong there."""
    shared = get_state(app)
    if exception is not None or not makes_site(app):
        if shared.meanwhile is not None:
            shared.meanwhile.terminate()
        return
    if shared.meanwhile is not None:
        with contextlib.suppress(EOFError):  # it was killed
            shared.meanwhile.join()
    if not shared.written_meanwhile:
        app.emit(EVENT)


def _write(app: Sphinx) -> Made:
    app.emit(EVENT)
    making = get_state(app).making
    return making.groups, making.sums


def _take(app: Sphinx, _argument: None, made: Made) -> None:
    shared = get_state(app)
    shared.written_meanwhile = True
    shared.making.groups |= made[0]
    shared.making.sums |= made[1]
