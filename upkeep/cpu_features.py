"""Other code for the same computation: what NumPy, OpenBLAS and the C library would run on another
processor.

Each of the three carries several versions of its innermost loops and picks one by the processor at
hand. Environment variables make it pick another. They can only take features away, so this machine
can stand in for any older one.
"""

from __future__ import annotations

import functools
import platform

from tallybook.report import ONE_THREAD

FMA = "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX2_Usable,-AVX,-FMA,-FMA_Usable,-FMA4"
OLD_CORES = {"x86_64": ("Nehalem", "Prescott"), "aarch64": ("ARMV8",)}


@functools.cache
def numpy_features() -> tuple[str, ...]:
    """Features above NumPy's baseline that it uses on this machine, such as ``X86_V3``."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    return tuple(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


def settings() -> dict[str, dict[str, str]]:
    """What can be switched off on this machine: a name for people -> environment variables.

    The last is all at once.
    """
    old = OLD_CORES.get(platform.machine(), ())
    found = {f"OpenBLAS as on {core}": {"OPENBLAS_CORETYPE": core} for core in old}
    if features := numpy_features():
        found["NumPy at its baseline"] = {"NPY_DISABLE_CPU_FEATURES": " ".join(features)}
    if platform.libc_ver()[0] == "glibc" and platform.machine() == "x86_64":
        found["C library without AVX and FMA"] = {"GLIBC_TUNABLES": FMA}
    every = {
        key: value for variables in reversed(found.values()) for key, value in variables.items()
    }
    return found | {"everything at its baseline": every}


def baseline() -> dict[str, str]:
    """The variables that switch off every feature above the baseline, and all threads but one."""
    return list(settings().values())[-1] | ONE_THREAD


def machine() -> dict[str, object]:
    """What this machine computes with, as a release record says it."""
    import numpy
    from threadpoolctl import threadpool_info

    return {
        "python": platform.python_version(),
        "system": (
            f"{platform.system()} {platform.machine()}, {' '.join(platform.libc_ver())}".strip(", ")
        ),
        "numpy": f"{numpy.__version__}, {' '.join(numpy_features()) or 'baseline'}",
        "blas": sorted(
            {
                f"{found['internal_api']} {found.get('architecture', '')}".strip()
                for found in threadpool_info()
            }
        ),
    }
