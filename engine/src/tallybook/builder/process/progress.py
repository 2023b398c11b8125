"""What a build says while it works: one line for each step, and one for what ended it.

Many processes and threads write to the log of a build at the same time. Lines with a mark are told
apart from all others: the build command passes steps on as they come, with the time before them.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import TextIO

STEP, MARK, FAULT = "=> ", "=- ", "=! "


def step(text: str, mark: str = STEP) -> None:
    """Say that a step is done or begun. May be called from any thread or process of a build."""
    print(f"{mark}{text}\n", end="", file=sys.__stdout__, flush=True)


def mark(text: str) -> None:
    """The same for the log alone, which says where the time of a build goes."""
    step(text, MARK)


def fault(text: str) -> None:
    """Say why the build fails, on a line of its own whatever stands before it."""
    print(f"\n{FAULT}{json.dumps(text)}", file=sys.__stdout__, flush=True)


def told(line: str, mark: str = STEP) -> str | None:
    """The text of a line of the log if it has a mark."""
    return line.rstrip().removeprefix(mark) if line.startswith(mark) else None


def say(text: str, to: TextIO | None = None) -> None:
    """Print a line, on ``sys.stdout`` unless told otherwise. A reader may have gone (``| head -1``)
    or a disk may be full. Then the line is lost, and nothing else."""
    with contextlib.suppress(OSError):
        print(text, file=to or sys.stdout, flush=True)
