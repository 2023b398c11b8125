"""Imported by the server of ``tallybook.builder.notebooks.kernels`` before its first fork. What
cannot be imported is left to the cell that wants it."""

import contextlib
import importlib
import os

from tallybook.builder.notebooks import kernels
from tallybook.builder.process import process_guard, time_limit

with contextlib.suppress(time_limit.TimeLimitError), time_limit.limited():
    for name in os.environ.get(kernels.IMPORTS, "").split():
        try:
            importlib.import_module(name)
        except time_limit.TimeLimitError:
            raise
        except Exception:  # noqa: BLE001, S110 - whatever is wrong with it
            pass
process_guard.look_less_for_garbage()
