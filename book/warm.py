"""Imported by the server of ``book.kernels`` before its first fork."""

from book import kernels, tether

kernels.import_named()
tether.look_less_for_garbage()
