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
from typing import Any

from tallybook import clock, project
from tallybook.project import ENGINE

FOLDER = "_downloads"  # of the site
# What a chapter needs to run: in the folder, and in the report.
NEEDS, LOCK = "requirements.txt", "requirements-chapters.txt"
BACKEND = "hatchling.build"


def projects(root: Path) -> list[Path]:
    """The folders of engine and report, in this order; none if either is not built by hatchling."""
    found = [ENGINE.parent.parent, root]
    return found if all(map(_buildable, found)) else []


def build(root: Path, folder: Path, version: str, sources: str) -> list[Path]:
    """Write the wheels of a report into a folder; says which they are. ``version``: of the report,
    which may be on the way to the one that its sources name. ``sources``: the whole address of its
    page of sources, to which tables lead when a cell is run again far from the site."""
    if not (found := projects(root)):
        return []
    # Not needed if the wheels are taken from the last site.
    from hatchling.builders.wheel import WheelBuilder
    from hatchling.metadata.core import ProjectMetadata
    from hatchling.plugin.manager import PluginManager

    made: list[Path] = []
    with _no_clock():
        for each in found:
            said = _said(each)
            if each == root:
                said["project"]["version"] = version
                said["project"].setdefault("urls", {})[project.SOURCES] = sources
            about = ProjectMetadata(str(each), PluginManager(), said)
            builder = WheelBuilder(str(each), metadata=about)
            made += map(Path, builder.build(directory=str(folder), versions=["standard"]))
    return made


def _buildable(folder: Path) -> bool:
    return bool(_said(folder).get("build-system", {}).get("build-backend") == BACKEND)


def _said(folder: Path) -> dict[str, Any]:
    path = folder / "pyproject.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@contextmanager
def _no_clock() -> Iterator[None]:
    """Without the time in the environment, which hatchling would write into the wheels."""
    stamp = os.environ.pop(clock.VARIABLE, None)
    try:
        yield
    finally:
        if stamp is not None:
            os.environ[clock.VARIABLE] = stamp
