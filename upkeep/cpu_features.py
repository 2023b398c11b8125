"""Other code for the same computation: what NumPy, OpenBLAS and the C library would run on another
processor.

Each of the three carries several versions of its innermost loops and picks one by the processor at
hand. Environment variables make it pick another. They can only take features away, so this machine
can stand in for any older one.
"""

from __future__ import annotations

import platform

import numpy
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from tallybook.report import ONE_THREAD
from threadpoolctl import threadpool_info

FMA = "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX2_Usable,-AVX,-FMA,-FMA_Usable,-FMA4"
OLD_CORES = {"x86_64": ("Nehalem", "Prescott"), "aarch64": ("ARMV8",)}
# Features above NumPy's baseline that it uses on this machine, such as ``X86_V3``.
NUMPY = " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


def settings() -> dict[str, dict[str, str]]:
    """What can be switched off on this machine: a name for people -> environment variables.

    The last is all at once.
    """
    old = OLD_CORES.get(platform.machine(), ())
    found = {f"OpenBLAS as on {core}": {"OPENBLAS_CORETYPE": core} for core in old}
    if NUMPY:
        found["NumPy at its baseline"] = {"NPY_DISABLE_CPU_FEATURES": NUMPY}
    if platform.libc_ver()[0] == "glibc" and platform.machine() == "x86_64":
        found["C library without AVX and FMA"] = {"GLIBC_TUNABLES": FMA}
    every: dict[str, str] = {}
    for variables in reversed(found.values()):
        every |= variables
    return found | {"everything at its baseline": every}


def baseline() -> dict[str, str]:
    """The variables that switch off every feature above the baseline, and all threads but one."""
    return settings()["everything at its baseline"] | ONE_THREAD


def machine() -> dict[str, object]:
    """What this machine computes with, as a release record says it."""
    blas = {f"{one['internal_api']} {one.get('architecture', '')}" for one in threadpool_info()}
    system = f"{platform.system()} {platform.machine()}, {' '.join(platform.libc_ver())}"
    return {
        "python": platform.python_version(),
        "system": system.strip(", "),
        "numpy": f"{numpy.__version__}, {NUMPY or 'baseline'}",
        "blas": sorted(name.strip() for name in blas),
    }
