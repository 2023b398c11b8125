"""Are the pages the same, bit for bit, wherever, whenever and by whomever they are built?

    python -m upkeep.verify                two builds from clean, compared; then the last release
    python -m upkeep.verify --processors   a build more for each processor to stand in for
    python -m upkeep.verify SITE SITE      compare two sites that are there already

The two builds differ in all that must not matter: folder, path, command, time zone, locale, hash
seed, home and name of the user, umask, order of the files, number of cores (with ``taskset``) and
threads, clock (with ``faketime``), and the code that NumPy, OpenBLAS and the C library pick for the
processor (see ``cpu_features``). SOURCE_DATE_EPOCH is set for neither: it would hide that a page
depends on the clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from tallybook.release import record
from tallybook.release.tree import copy

from microwork.paths import ROOT
from upkeep import cpu_features, tree
from upkeep.stock import COMMAND

AROUND = 60  # characters shown on each side of a difference
SHOWN = 10  # differences that are printed


class Way(NamedTuple):
    """One way to build: where, by which command, in which surroundings."""

    folder: str
    command: list[str]
    environment: dict[str, str]
    umask: int = 0o022
    backwards: bool = False


USUAL = [sys.executable, "-m", "tallybook", "build", "--root", "."]
FIRST = Way("first", USUAL, {"TZ": "UTC", "LC_ALL": "C.UTF-8"})


def unlike_first() -> Way:
    """A build as unlike the first as this machine allows."""
    narrow = ["taskset", "-c", "0"] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []
    # Times of files stay true: only the clock that the build reads runs ahead.
    later = ["faketime", "--exclude-monotonic", "-f", "+400d"] if shutil.which("faketime") else []
    said = "TZ=Pacific/Kiritimati LC_ALL=C LANG=tr_TR.UTF-8 PYTHONHASHSEED=4242"
    said += " USER=somebody LOGNAME=somebody NO_FAKE_STAT=1"
    environment = dict(variable.split("=") for variable in said.split())
    folder = "deeper/zweites Verzeichnis, àéîõü/still deeper/second"
    command = [*narrow, *later, *COMMAND, "."]
    return Way(folder, command, environment | cpu_features.baseline(), 0o077, True)


def build(way: Way, room: Path) -> Path:
    """Build the copy of the working tree in ``room`` in one way; returns the site.

    Raises ``SystemExit`` if the build fails.
    """
    root = room / way.folder
    home = room / f"home of {root.name}"
    home.mkdir()
    own = {"HOME": str(home), "PYTHONPATH": tree.code(root)}
    environment = {**os.environ, **way.environment, **own}
    environment.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(
        way.command,
        cwd=root,
        env=environment,
        umask=way.umask,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        log = f"{done.stdout[-3000:]}{done.stderr[-3000:]}"
        raise SystemExit(f"The {root.name} build failed.\n{log}")
    print(f"built: {root.name}", flush=True)
    return (root / "_build" / "html").resolve()


def differences(one: Path, other: Path) -> list[str]:
    """How two sites differ, one line for each file: files of one alone, then first differences."""
    ours, theirs = (
        {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        for site in (one, other)
    )
    found = [f"{name}: only in {one}" for name in sorted(ours - theirs)]
    found += [f"{name}: only in {other}" for name in sorted(theirs - ours)]
    for name in sorted(ours & theirs):
        a, b = (one / name).read_bytes(), (other / name).read_bytes()
        if a != b:
            found.append(f"{name}, {where(a, b)}")
    return found


def where(a: bytes, b: bytes) -> str:
    """The first place where two contents part: line and column for text, the byte for all else."""
    try:
        texts = a.decode("utf-8").splitlines(), b.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return f"byte {parting(a, b) + 1}: sizes {len(a)} and {len(b)}"
    for number, (x, y) in enumerate(zip_longest(*texts, fillvalue=""), start=1):
        if x != y:
            at = parting(x, y)
            start, end = max(0, at - AROUND), at + AROUND
            return f"line {number}, column {at + 1}: {x[start:end]!r} against {y[start:end]!r}"
    return "only the line ends differ, or empty lines at the end"


def parting(a: str | bytes, b: str | bytes) -> int:
    """The first place where two sequences differ."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (x, y) in pairs if x != y), min(len(a), len(b)))


def against_release(site: Path) -> list[str]:
    """How the site differs from the record of the last release, if it has the same sources."""
    folder = ROOT / "releases"
    recorded = record.versions(folder)
    if not recorded or record.read(recorded[-1], folder)["sources"] != tree.sources():
        print("not compared with a release: none was made from these sources")
        return []
    print(f"release {recorded[-1]}: compared")
    return record.unlike(recorded[-1], site, folder)


def tell(found: list[str]) -> None:
    """Print the first differences; who wants them all has both sites."""
    for line in found[:SHOWN]:
        print(line, file=sys.stderr)
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more", file=sys.stderr)


def report(one: Path, other: Path) -> bool:
    """Compare two sites, tell how they differ, and return whether they are the same."""
    found = differences(one, other)
    tell(found)
    total = sum(path.is_file() for path in one.rglob("*"))
    print(f"{total} files, {len(found)} different", flush=True)
    return not found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sites", nargs="*", type=Path, help="two built sites to compare")
    parser.add_argument("--processors", action="store_true", help="stand in for others too")
    options = parser.parse_args()
    if sites := options.sites:
        if len(sites) != 2 or not all(site.is_dir() for site in sites):
            found = " ".join(map(str, sites))
            parser.error(f"found {found}; expected two folders, each a built site")
        return 0 if report(*sites) else 1
    room, others = Path(tempfile.mkdtemp(prefix="verify-")), [unlike_first()]
    if options.processors:
        others += [Way(name, USUAL, found) for name, found in cpu_features.settings().items()]
    for way in (FIRST, *others):  # all of the same files, whatever is edited meanwhile
        copy(ROOT, room / way.folder, backwards=way.backwards)
    one = build(FIRST, room)
    same = [report(one, build(way, room)) for way in others]
    if all(same):
        found = against_release(one)
        tell(found)
        same.append(not found)
    if all(same):
        shutil.rmtree(room)
        return 0
    print(f"All builds are kept in {room}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
