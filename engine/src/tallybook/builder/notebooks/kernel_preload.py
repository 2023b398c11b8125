"""Imported by the server of ``tallybook.builder.notebooks.kernels`` before its first fork. What
cannot be imported is left to the cell that wants it."""

import contextlib
import importlib
import os

from tallybook import project
from tallybook.builder.cache import unseen
from tallybook.builder.notebooks import kernels
from tallybook.builder.process import process_guard, time_limit

for name in os.environ.get(kernels.IMPORTS, "").split():
    with contextlib.suppress(Exception), time_limit.limited():  # whatever is wrong with it
        importlib.import_module(name)
for here in project.named():
    unseen.watch(here.root)
process_guard.look_less_for_garbage()
