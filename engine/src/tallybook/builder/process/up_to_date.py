"""What a site is made from: whether nothing has changed since, or nothing but words."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tallybook import files, history
from tallybook.builder.cache import STORE, opened, reuse
from tallybook.project import ENGINE

CATALOGUES = "locale"  # as tallybook.language has it, which takes long to import
_CELL = re.compile(r"^(`{3,}|~{3,})\{code-cell\}.*?^\1", re.M | re.S)


def is_so(work: Path, now: str) -> bool:
    """Whether the site at ``work/html`` is made from what ``inputs`` gives ``now``, and from what
    its code has opened besides, and whole. One that was changed by hand is built again."""
    kept, stores = reuse.read(work), (work / "staging" / "_build" / STORE).glob("*")
    newest = max(stores, key=lambda one: one.stat().st_mtime_ns, default=None)
    return (
        kept.made_from == now
        and newest is not None
        and opened.still_the_same(newest, work.parent)
        and not kept.different((work / "html").resolve())
    )


def inputs(root: Path) -> str:
    """Hex sha256 over the report's files, this package, the installed packages, Python, and what
    gives pages day and version. Raises ``HistoryError`` if git fails."""
    # A hidden file too stops a build.
    lying = sorted(path.relative_to(root).as_posix() for path in (root / "data").rglob("*"))
    told = [os.environ.get("SOURCE_DATE_EPOCH", ""), repr(history.commit(root))]
    told += [history.archived(root), *lying]
    contents = [files.contents(folder, files.own(folder)) for folder in (root, ENGINE)]
    return files.sha256("\n".join([files.tools(), *told, *contents]).encode())


def code(root: Path) -> str:
    """Hex sha256 over all that can change what code of the report does: every file but the words of
    pages and catalogues. Two states with the same hash differ in words alone."""
    parts = []
    for path in sorted(files.own(root)):
        if path.suffix == ".md":
            text = path.read_bytes().decode("utf-8", errors="replace")
            parts.append("".join(cell[0] for cell in _CELL.finditer(text)))
        elif root / CATALOGUES not in path.parents:
            parts.append(files.digest(path))
        parts.append(path.relative_to(root).as_posix())
    return files.sha256("\0".join([*parts, files.contents(ENGINE, files.own(ENGINE))]).encode())
