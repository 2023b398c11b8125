"""Are the pages the same, bit for bit, wherever, whenever and by whomever they are built?

    python -m upkeep.verify              two builds from clean, compared; then the last release
    python -m upkeep.verify --processors one build more for each processor that this machine can
    stand in for python -m upkeep.verify SITE SITE    compare two sites that are there already

The two builds differ in all that must not matter: folder, path, command, time zone, locale, hash
seed, home and name of the user, umask, order of the files, number of cores (with ``taskset``) and
threads, clock (with ``faketime``), and the code that NumPy, OpenBLAS and the C library pick for the
processor (see ``dispatch``). SOURCE_DATE_EPOCH is set for neither: it would hide that a page
depends on the clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from upkeep import cpu_features, releases, tree

AROUND = 60  # characters shown on each side of a difference
SHOWN = 10  # differences that are printed


@dataclass(frozen=True)
class Way:
    """One way to build: where, by which command, in which surroundings."""

    folder: str
    command: tuple[str, ...]
    environment: dict[str, str]
    umask: int = 0o022
    backwards: bool = False
    before: tuple[str, ...] = field(default=())


def ways(processors: bool = False) -> list[Way]:
    """Two builds as unlike as this machine allows; ``processors``: and one for each setting of
    ``dispatch``."""
    narrow = ("taskset", "-c", "0") if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else ()
    # Times of files stay true: only the clock that the build reads runs ahead.
    later = ("faketime", "--exclude-monotonic", "-f", "+400d") if shutil.which("faketime") else ()
    plain = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
    usual = (sys.executable, "-m", "tallybook", "build", "--root", ".")
    others = cpu_features.settings().items() if processors else ()
    return [
        Way("first", usual, {"TZ": "UTC", "LC_ALL": "C.UTF-8"}),
        Way(
            "deeper/zweites Verzeichnis, àéîõü/still deeper/second",
            plain,
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "C",
                "LANG": "tr_TR.UTF-8",
                "PYTHONHASHSEED": "4242",
                "USER": "somebody",
                "LOGNAME": "somebody",
                "NO_FAKE_STAT": "1",
                **cpu_features.baseline(),
            },
            umask=0o077,
            backwards=True,
            before=(*narrow, *later),
        ),
        *(Way(name, usual, variables) for name, variables in others),
    ]


def build(way: Way, room: Path) -> Path:
    """Build the copy of the working tree in ``room`` in one way; returns the site.

    Raises ``SystemExit`` if the build fails.
    """
    root = room / way.folder
    home = room / f"home of {root.name}"
    home.mkdir()
    environment = {
        **os.environ,
        **way.environment,
        "HOME": str(home),
        "PYTHONPATH": tree.code(root),
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    start = time.monotonic()
    done = subprocess.run(
        [*way.before, *way.command],
        cwd=root,
        env=environment,
        umask=way.umask,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise SystemExit(
            f"The {root.name} build failed.\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )
    with_what = " ".join([*way.before[:3], *(["faketime"] if "faketime" in way.before else [])])
    print(
        f"built: {root.name}, {time.monotonic() - start:.0f}"
        f" s{f', under {with_what}' if with_what else ''}",
        flush=True,
    )
    return (root / "_build" / "html").resolve()


def differences(one: Path, other: Path) -> list[str]:
    """One line for each file that is not the same in both folders."""
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
        lines, others = a.decode("utf-8").splitlines(), b.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        at = next(
            (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
        )
        return f"byte {at + 1}: sizes {len(a)} and {len(b)}"
    for number, (x, y) in enumerate(zip(lines, others, strict=False), start=1):
        if x != y:
            column = next(
                (i for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q),
                min(len(x), len(y)),
            )
            start, end = max(0, column - AROUND), column + AROUND
            return f"line {number}, column {column + 1}: {x[start:end]!r} against {y[start:end]!r}"
    if len(lines) == len(others):
        return "only the line ends differ"
    return f"line {min(len(lines), len(others)) + 1}: {len(lines)} lines against {len(others)}"


def against_release(site: Path) -> tuple[list[str], str]:
    """The site held against the record of the last release: differences, and what was or was not
    compared."""
    last = releases.last()
    if last is None:
        return [], "no release yet to compare with"
    record = releases.read(last)
    if record["sources"] != tree.sources():
        return (
            [],
            (
                f"release {last}: its sources were others, so not compared (git checkout v{last} to"
                " do it)"
            ),
        )
    return releases.unlike(last, site), f"release {last}: {count(site)} files compared"


def report(found: list[str], total: int) -> None:
    tell(found)
    print(f"{total} files, {len(found)} different", flush=True)


def tell(found: list[str]) -> None:
    """Print the first differences; who wants them all has both sites."""
    for line in found[:SHOWN]:
        print(line, file=sys.stderr)
    if len(found) > SHOWN:
        print(f"... and {len(found) - SHOWN} more", file=sys.stderr)


def count(site: Path) -> int:
    return sum(path.is_file() for path in site.rglob("*"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "sites", nargs="*", type=Path, help="two built sites to compare, instead of building"
    )
    parser.add_argument(
        "--processors",
        action="store_true",
        help="build once more for each processor to stand in for",
    )
    options = parser.parse_args()
    if sites := options.sites:
        if len(sites) != 2 or not all(site.is_dir() for site in sites):
            parser.error(
                f"found {' '.join(map(str, sites))}; expected two folders, each a built site"
            )
        found = differences(*sites)
        report(found, count(sites[0]))
        return bool(found)
    room = Path(tempfile.mkdtemp(prefix="verify-"))
    first, *others = ways(options.processors)
    for way in (first, *others):  # all of the same files, whatever is edited meanwhile
        tree.copy(room / way.folder, backwards=way.backwards)
    one, bad = build(first, room), False
    for way in others:
        found = differences(one, build(way, room))
        report(found, count(one))
        bad |= bool(found)
    if not bad:
        found, said = against_release(one)
        tell(found)
        print(said)
        bad = bool(found)
    if bad:
        print(f"All builds are kept in {room}", file=sys.stderr)
        return 1
    shutil.rmtree(room)
    return 0


if __name__ == "__main__":
    sys.exit(main())
