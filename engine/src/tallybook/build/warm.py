"""Imported by the server of ``tallybook.build.kernels`` before its first fork."""

from tallybook.build import kernels, tether

kernels.import_named()
tether.look_less_for_garbage()
