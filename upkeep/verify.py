"""Are the pages the same, bit for bit, wherever, whenever and by whomever they are built?

    python -m upkeep.verify                      two builds, compared
    python -m upkeep.verify --pythons 3.12 3.13  one more on each, with the lock installed anew

The first two builds differ in all that must not matter: folder, path, command, time zone, locale,
hash seed, home and name of the user, umask, order of the files, number of cores (with ``taskset``)
and threads, clock (with ``faketime``), the code that NumPy, OpenBLAS and the C library pick for the
processor, and the last bits of each float before it is rounded (``tests/shaken``).
SOURCE_DATE_EPOCH is set for neither: it would hide that a page depends on the clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from tallybook.release.tree import copy
from tallybook.report import ONE_THREAD

from microwork.paths import LOCK, ROOT
from upkeep import tree

# A processor without the newer instructions that these three would use here.
OLDER = ONE_THREAD | {
    "OPENBLAS_CORETYPE": "Prescott",
    "NPY_DISABLE_CPU_FEATURES": " ".join(n for n in __cpu_dispatch__ if __cpu_features__.get(n)),
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX2_Usable,-AVX,-FMA,-FMA_Usable,-FMA4",
}
BUILD = ["-m", "tallybook", "build", "--root", "."]


class Way(NamedTuple):
    """One way to build: where, by which command, in which surroundings."""

    folder: str
    command: list[str]
    environment: dict[str, str]
    umask: int = 0o022
    backwards: bool = False


def unlike_first() -> Way:
    """A build as unlike the first as this machine allows."""
    narrow = ["taskset", "-c", "0"] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []
    # Times of files stay true: only the clock that the build reads runs ahead.
    later = ["faketime", "--exclude-monotonic", "-f", "+400d"] if shutil.which("faketime") else []
    said = "TZ=Pacific/Kiritimati LC_ALL=C LANG=tr_TR.UTF-8 PYTHONHASHSEED=4242"
    said += " USER=somebody LOGNAME=somebody NO_FAKE_STAT=1 TALLYBOOK_SHAKEN=20261125"
    environment = dict(variable.split("=") for variable in said.split())
    folder = "deeper/zweites Verzeichnis, àéîõü/still deeper/second"
    return Way(folder, [*narrow, *later, *tree.STOCK, "."], environment | OLDER, 0o077, True)


def on_python(minor: str, room: Path) -> Way:
    """A build on another Python, in an environment with the lock."""
    place = room / f"environment-{minor}"
    made = ["upkeep/environment", f"python{minor}", str(place), str(LOCK)]
    subprocess.run(made, cwd=ROOT, check=True)
    return Way(minor, [str(place / "bin/python"), *BUILD], {})


def build(way: Way, room: Path) -> Path:
    """Build a copy of the working tree in ``room`` in one way; returns the site."""
    root = room / way.folder
    home = room / f"home of {root.name}"
    home.mkdir()
    shaken = [str(ROOT / "tests" / "shaken")] if "TALLYBOOK_SHAKEN" in way.environment else []
    code = os.pathsep.join([tree.code(root), *shaken])
    environment = os.environ | way.environment | {"HOME": str(home), "PYTHONPATH": code}
    environment.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(way.command, cwd=root, env=environment, umask=way.umask, check=True)
    return (root / "_build" / "html").resolve()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pythons", nargs="+", default=[], help="versions, such as 3.12")
    room = Path(tempfile.mkdtemp(prefix="verify-"))
    first = Way("first", [sys.executable, *BUILD], {"TZ": "UTC", "LC_ALL": "C.UTF-8"})
    others = (on_python(minor, room) for minor in parser.parse_args().pythons)
    ways = [first, unlike_first(), *others]
    for way in ways:  # all of the same files, whatever is edited meanwhile
        copy(ROOT, room / way.folder, backwards=way.backwards)
    one, *sites = (build(way, room) for way in ways)
    diff = (["diff", "--recursive", "--brief", one, site] for site in sites)
    if any([subprocess.run(command).returncode for command in diff]):
        print(f"All builds are kept in {room}", file=sys.stderr)
        return 1
    shutil.rmtree(room)
    print("All builds are the same.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
