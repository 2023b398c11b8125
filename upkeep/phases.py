"""A Sphinx extension that notes when each phase of a build ends. Only ``upkeep.rebuild`` loads it,
in both books.

The times go as JSON to the file named by the environment variable ``PHASES``: seconds since the
epoch. ``waited`` is how long pages waited for cells that other processes were executing.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from sphinx.application import Sphinx

FIRST, LAST = -100_000, 100_000
# Event -> whether its first or its last handler ends the phase, and the name of that phase.
ENDS = {
    "config-inited": (FIRST, "start"),
    "env-before-read-docs": (FIRST, "load"),
    "env-updated": (LAST, "read"),
    "build-finished": (FIRST, "write"),
}


def setup(app: Sphinx) -> dict:
    times: dict[str, float] = {"waited": 0.0}
    began: list[float] = []

    def ends(name: str) -> None:
        times[name] = time.time()

    for event, (priority, name) in ENDS.items():
        app.connect(event, lambda *_, name=name: ends(name), priority=priority)

    def waits(*_: object) -> None:
        began.append(time.time())

    def waited(*_: object) -> None:
        times["waited"] += time.time() - began.pop()

    app.connect("source-read", waits, priority=FIRST)
    app.connect("source-read", waited, priority=LAST)

    def write(*_: object) -> None:
        ends("files")
        Path(os.environ["PHASES"]).write_text(json.dumps(times), encoding="utf-8")

    app.connect("build-finished", write, priority=LAST)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
