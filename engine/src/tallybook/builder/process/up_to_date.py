"""Test for an unchanged report: then a build has nothing to do.

The record beside the site (``tallybook.builder.cache.reuse``) holds a hash of all that the site was
made from, and of all its files. If both still hold, the site is what a build would give. A site
that was changed by hand is built again.
"""

from __future__ import annotations

import os
from pathlib import Path

from tallybook import files, history
from tallybook.builder.cache import reuse
from tallybook.project import ENGINE


def is_so(work: Path, now: str) -> bool:
    """Whether the site at ``work/html`` is made from what ``inputs`` gives ``now``, and whole."""
    kept = reuse.read(work)
    return kept.made_from == now and kept.is_of((work / "html").resolve())


def inputs(root: Path) -> str:
    """Hex sha256 over the report's files, this package, the installed packages, Python, and what
    gives pages day and version. Raises ``HistoryError`` if git fails, ``LoopError`` for a loop of
    links."""
    # A hidden file too stops a build.
    lying = sorted(path.relative_to(root).as_posix() for path in (root / "data").rglob("*"))
    told = [os.environ.get("SOURCE_DATE_EPOCH", ""), repr(history.commit(root))]
    told += [history.archived(root), *lying]
    contents = [files.contents(folder, files.own(folder)) for folder in (root, ENGINE)]
    return files.sha256("\n".join([files.tools(), *told, *contents]).encode())
