"""The functions of ``scipy.special``, which is loaded when the first of them is called: it takes a
tenth of a build that has all its answers from the last one."""

from typing import Any


def __getattr__(name: str) -> Any:
    import scipy.special

    return getattr(scipy.special, name)
