"""Imported by the server of ``tallybook.builder.kernels`` before its first fork."""

from tallybook.builder import kernels, tether

kernels.import_named()
tether.look_less_for_garbage()
