"""The project as a tree of files: its code, and what its pages are made from."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tallybook.release import tree

from microwork.paths import ROOT

# What the pages are made from. The record of a release keeps the hash of it, so that a build of the
# same sources can be held against that release.
BUILT_FROM = (  # noqa: SIM905 - a list would take a line for each
    "_config.yml _toc.yml index.md CITATION.cff pyproject.toml releases/why.csv"
    " requirements.txt requirements-chapters.txt LICENSE LICENSE-CONTENT"
    " engine/pyproject.toml engine/LICENSE engine/README.md engine/src chapters data microwork"
).split()
CODE = ("", "engine/src")  # folders with code that a copy runs, whatever else is installed


def code(root: Path) -> str:
    """``PYTHONPATH`` under which a report runs with its own analysis and its own engine."""
    return os.pathsep.join(str(root / one) for one in CODE)


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the project, with its code and without a day that is set."""
    return tree.python(root, *arguments, code=CODE)


def sources(root: Path = ROOT, paths: Sequence[str] = BUILT_FROM) -> str:
    """Hex sha256 over all files in these places, by default what the pages are made from."""
    digest = hashlib.sha256()
    for name in tree.own_files(root, tuple(paths)):
        content = (root / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
