"""What may lie in ``data/``: all of it is published, so every file is one that is described."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from tallybook.data import cells, terms, validation
from tallybook.data.descriptions import is_table
from tallybook.data.descriptor import NOT_THERE, DataError, descriptor

OURS = ("datapackage.json", "sources.bib")


def known(folder: Path) -> list[str]:
    """Paths below ``folder`` of all that is published. Raises ``DataError`` as ``descriptor``."""
    return [*OURS, *(resource["path"] for resource in descriptor(folder)["resources"])]


def strays(folder: Path) -> list[str]:
    """What lies in ``folder`` and is not known, hidden or not, or is known but lies elsewhere: a
    line each. Raises ``DataError`` as ``known`` does."""
    described = known(folder)
    # Links to folders are followed where something that is described lies behind them.
    followed = {parent for path in described for parent in PurePosixPath(path).parents}
    found: list[str] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        at = PurePosixPath(Path(place).relative_to(folder).as_posix())
        foreign = {name for name in folders if at / name not in followed}
        links = {name for name in foreign if Path(place, name).is_symlink()}
        folders[:] = [name for name in folders if name not in links]
        found += (str(at / name) for name in (*names, *links))
    expected = "expected only what datapackage.json describes, as all of data/ is published"
    strange = sorted(set(found) - set(described))
    told = [f"data/{path}: found a file that is not described; {expected}" for path in strange]
    return told + _elsewhere(folder, described)


def _elsewhere(folder: Path, described: list[str]) -> list[str]:
    """What is known, but lies outside of the report by a link: a line each."""
    report = [os.path.realpath(place) for place in (folder, folder.parent)]
    led = ((path, Path(os.path.realpath(folder / path))) for path in described)
    expected = "expected no path or link that leads out of it, as all of data/ is published"
    return [
        f"data/{path}: found a file outside of the report, {target}; {expected}"
        for path, target in led
        if not any(target.is_relative_to(place) for place in report)
    ]


def refuse_strays(folder: Path) -> None:
    """Raise ``DataError`` if there are strays."""
    if found := strays(folder):
        raise DataError("\n".join(cells.listed(found, "data")))


def file_faults(folder: Path) -> list[str]:
    """What is wrong with the files that are described and are no tables: a line each."""
    found = []
    for resource in descriptor(folder)["resources"]:
        if is_table(resource):
            continue
        path, shown = folder / resource["path"], f"data/{resource['path']}"
        found += terms.faults(resource, f"data/datapackage.json, file {resource['name']}")
        if path.is_file():
            faults = validation.unsealed(resource, path.read_bytes())
            found += [f"{shown}{fault}" for fault in faults]
        else:
            found.append(f"{shown}: {NOT_THERE}")
    return found
