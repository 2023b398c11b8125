"""What may lie in ``data/``: all of it but what describes it is published, so every file is one
that is described."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from tallybook.data import schema, seal

BOOKS = "sources.bib"
OURS = (*schema.OWN, seal.SUMS, BOOKS)


def published(folder: Path) -> list[str]:
    """Paths below ``folder`` of all that is published."""
    return [BOOKS, *schema.paths(folder)]


def faults(folder: Path) -> list[str]:
    """What is wrong with the files in ``folder``, whatever the tables hold: a line each."""
    others = schema.read(folder).others
    there = [path for path in others if (folder / path).is_file()]
    found = [f"data/{path}: {seal.NOT_THERE}" for path in others if path not in there]
    unsealed = (line for path in there for line in seal.unsealed(path, folder))
    return [*strays(folder), *found, *unsealed]


def strays(folder: Path) -> list[str]:
    """What lies in ``folder`` and is not known, hidden or not, or is known but lies elsewhere: a
    line each."""
    described = [*OURS, *schema.paths(folder)]
    # Links to folders are followed where something that is described lies behind them.
    followed = {parent for path in described for parent in PurePosixPath(path).parents}
    found: list[str] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        at = PurePosixPath(Path(place).relative_to(folder).as_posix())
        foreign = {name for name in folders if at / name not in followed}
        links = {name for name in foreign if Path(place, name).is_symlink()}
        folders[:] = [name for name in folders if name not in links]
        found += (str(at / name) for name in (*names, *links))
    expected = "expected only what tables.csv describes, as all of data/ is published"
    strange = sorted(set(found) - set(described))
    told = [f"data/{path}: found a file that is not described; {expected}" for path in strange]
    report = [os.path.realpath(place) for place in (folder, folder.parent)]
    led = ((path, Path(os.path.realpath(folder / path))) for path in described)
    expected = "expected no path or link that leads out of it, as all of data/ is published"
    return told + [
        f"data/{path}: found a file outside of the report, {target}; {expected}"
        for path, target in led
        if not any(target.is_relative_to(place) for place in report)
    ]
