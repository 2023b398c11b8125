"""What a build says while it works: one line for each step.

The build command, which otherwise shows the log only when something fails, passes these lines on as
they come and puts the time before them.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

MARK = "=> "


def step(text: str) -> None:
    """Say that a step is done or begun. May be called from any thread or process of a build."""
    print(f"{MARK}{text}", file=sys.__stdout__, flush=True)


def told(line: str) -> str | None:
    """The text of a step if a line of the log is one."""
    return line.rstrip().removeprefix(MARK) if line.startswith(MARK) else None


def say(text: str, to: TextIO | None = None) -> None:
    """Print a line, on ``sys.stdout`` unless told otherwise. A reader may have gone (``| head -1``)
    or a disk may be full. Then the rest of the output is lost, and nothing else."""
    stream = to or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)
    except OSError:
        # What the stream still holds goes nowhere; else Python would try again at its end, and
        # fail.
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
