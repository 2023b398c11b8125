"""Imported by the server of ``tallybook.builder.notebooks.kernels`` before its first fork."""

from tallybook.builder.notebooks import kernels
from tallybook.builder.process import process_guard

kernels.import_named()
process_guard.look_less_for_garbage()
