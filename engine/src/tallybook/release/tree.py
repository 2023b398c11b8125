"""A report as a tree of files: copies to build from, what git says of it, and sums of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tallybook import files, history, project
from tallybook.errors import TallybookError
from tallybook.sphinx.citing import cff

SUMS = "SHA256SUMS"


class ReleaseError(TallybookError):
    """A release cannot be recorded, made or published."""


def own_files(root: Path, paths: tuple[str, ...] = ()) -> list[str]:
    """Names of the report's own files as they stand, committed or not, without what .gitignore
    leaves out and what a build has made; sorted."""
    options = ("-z", "--cached", "--others", "--exclude-standard", "--", *paths)
    listed = history.git(root, "ls-files", *options).split("\0")
    found = [root / name for name in listed if name]
    kept = [one for one in found if files.whose(one, root) is not files.Whose.BUILD]
    return sorted({one.relative_to(root).as_posix() for one in kept if one.is_file()})


def copy(root: Path, to: Path, backwards: bool = False) -> Path:
    """Copy the working tree to ``to``; ``backwards`` makes the files in the other order, which some
    file systems list."""
    for name in sorted(own_files(root), reverse=backwards):
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((root / name).read_bytes())
    return call_release(to)


def call_release(root: Path) -> Path:
    """Let a copy say that it is the release that its CITATION.cff names, before there is a tag:
    builds of it are that release."""
    history.call_archive_of(f"v{cff.read(root)['version']}", root)
    return root


def python(
    root: Path, *arguments: str, code: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of a report, with its code and without a day that is set. ``code``:
    folders of the copy that hold more code, which comes before that of this process."""
    path = os.pathsep.join([*(str(root / one) for one in code), project.search_path(root)])
    environment = {**os.environ, "PYTHONPATH": path}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def build(root: Path, code: tuple[str, ...] = ()) -> Path:
    """Build a copy and return the site.

    A copy has no git history, so the pages carry the day of the release (``date-released`` in
    CITATION.cff) and not the day of a commit that the release itself would change.
    Raises ``ReleaseError`` with the message of the build if it fails.
    """
    done = python(root, "-m", "tallybook", "build", "--root", str(root), code=code)
    if done.returncode:
        raise ReleaseError(done.stderr.strip())
    return (root / "_build" / "html").resolve()


def sums(folder: Path) -> str:
    """All files of a folder with their sha256, as ``sha256sum`` writes them, sorted by name."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = sorted(path.relative_to(folder).as_posix() for path in paths)
    return "".join(f"{files.digest(folder / name)}  {name}\n" for name in names)
