"""The project as a tree of files: copies to build from, hashes, and what git says of it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import yaml
from tallybook import history

from microwork.paths import ROOT

# What the pages are made from. The record of a release keeps the hash of it, so that a build of the
# same sources can be held against that release.
BUILT_FROM = [
    *(
        "_config.yml",
        "_toc.yml",
        "index.md",
        "CITATION.cff",
        "pyproject.toml",
        "releases/redirects.csv",
    ),
    *("requirements.txt", "requirements-chapters.txt", "LICENSE", "LICENSE-CONTENT"),
    *("engine/pyproject.toml", "engine/LICENSE", "engine/README.md", "engine/src"),
    *("chapters", "data", "microwork"),
]


def git(*arguments: str, root: Path = ROOT) -> bytes:
    """What a git command prints. Raises ``SystemExit`` with git's own words if it fails."""
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise SystemExit(f"git {' '.join(arguments)}: {said}")
    return done.stdout


def code(root: Path) -> str:
    """``PYTHONPATH`` under which a report runs with its own analysis and its own engine, whatever
    else is installed."""
    return os.pathsep.join(map(str, (root, root / "engine" / "src")))


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the project, with its code and without a day that is set."""
    environment = {**os.environ, "PYTHONPATH": code(root)}
    environment.pop("SOURCE_DATE_EPOCH", None)
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def files(root: Path = ROOT, paths: list[str] | None = None) -> list[str]:
    """Names of the project's own files as they stand, committed or not, without what .gitignore
    leaves out; sorted."""
    options = ("-z", "--cached", "--others", "--exclude-standard", "--", *(paths or ()))
    listed = git("ls-files", *options, root=root).decode().split("\0")
    return sorted({name for name in listed if name and (root / name).is_file()})


def copy(to: Path, root: Path = ROOT, backwards: bool = False) -> Path:
    """Copy the working tree to ``to``; ``backwards`` makes the files in the other order, which some
    file systems list."""
    for name in sorted(files(root), reverse=backwards):
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((root / name).read_bytes())
    return call_release(to)


def export(to: Path, root: Path = ROOT) -> Path:
    """Write the files of the commit at HEAD to ``to``; nothing uncommitted can slip in."""
    packed = io.BytesIO(git("archive", "--format=tar", "HEAD", root=root))
    with tarfile.open(fileobj=packed) as archive:
        archive.extractall(to, filter="data")
    return call_release(to)


def call_release(root: Path) -> Path:
    """Let a copy say that it is the release that its CITATION.cff names, before there is a tag:
    builds of it are that release."""
    version = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    history.call_archive_of(f"v{version}", root)
    return root


def sources(root: Path = ROOT) -> str:
    """Hex sha256 over all that the pages are made from (``BUILT_FROM``)."""
    digest = hashlib.sha256()
    for name in files(root, BUILT_FROM):
        content = (root / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def build(root: Path) -> Path:
    """Build the book of a copy by the project's own command and return the site.

    A copy has no git history, so the pages carry the day of the release (``date-released`` in
    CITATION.cff) and not the day of a commit that the release itself would change.
    Raises ``SystemExit`` with the message of the build if it fails.
    """
    done = python(root, "-m", "tallybook", "build", "--root", str(root))
    if done.returncode:
        raise SystemExit(done.stderr.strip())
    return (root / "_build" / "html").resolve()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sums(tree: Path) -> str:
    """All files of a folder with their sha256, as ``sha256sum`` writes them, sorted by name."""
    names = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    return "".join(f"{sha256(tree / name)}  {name}\n" for name in names)


def read_sums(text: str) -> dict[str, str]:
    """Name -> sha256 from a text that ``sha256sum`` or ``sums`` wrote."""
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {name: digest for digest, name in pairs}


def unlike(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The names of files that are others, or on one side only, by their sums."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
