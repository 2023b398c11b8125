"""The wheels that a reader needs to run a chapter elsewhere: of the engine, and of the report with
its tables.

They are offered if the report is a package that hatchling builds, and the engine lies beside its
own ``pyproject.toml``. The same sources give the same bytes: hatchling writes one time and one mode
for all files, and nothing into the sources.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tallybook import clock
from tallybook.project import ENGINE

FOLDER = "_downloads"  # of the site
# What a chapter needs to run: in the folder, and in the report.
NEEDS, LOCK = "requirements.txt", "requirements-chapters.txt"
BACKEND = "hatchling.build"


def projects(root: Path) -> list[Path]:
    """The folders of engine and report, in this order; none if either is not built by hatchling."""
    found = [ENGINE.parent.parent, root]
    return found if all(map(_buildable, found)) else []


def build(root: Path, folder: Path) -> list[Path]:
    """Write the wheels of a report into a folder; says which they are."""
    if not (found := projects(root)):
        return []
    # Not needed if the wheels are taken from the last site.
    from hatchling.builders.wheel import WheelBuilder

    made: list[Path] = []
    with _no_clock():
        for each in found:
            built = WheelBuilder(str(each)).build(directory=str(folder), versions=["standard"])
            made += map(Path, built)
    return made


def _buildable(folder: Path) -> bool:
    path = folder / "pyproject.toml"
    said = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return bool(said.get("build-system", {}).get("build-backend") == BACKEND)


@contextmanager
def _no_clock() -> Iterator[None]:
    """Without the time in the environment, which hatchling would write into the wheels."""
    stamp = os.environ.pop(clock.VARIABLE, None)
    try:
        yield
    finally:
        if stamp is not None:
            os.environ[clock.VARIABLE] = stamp
