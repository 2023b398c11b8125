"""Imported by the server of ``tallybook.builder.kernels`` before its first fork."""

from tallybook.builder import kernels, process_guard

kernels.import_named()
process_guard.look_less_for_garbage()
