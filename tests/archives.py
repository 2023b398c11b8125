"""Releases of the example, made as the real ones are."""

from __future__ import annotations

from pathlib import Path

from tallybook.release import archive

from microwork.paths import ROOT
from tests.conftest import GARDEN

STAMP = 1_700_000_000


def archive_of(site: Path, room: Path, version: str) -> Path:
    """A release of the built example, by the functions that make the real one."""
    folder, name = archive.gather(site, GARDEN, room / "archive"), f"garden-{version}"
    said = archive.provenance(ROOT, GARDEN, site) | {"version": version}
    archive.seal(folder, said, {})
    return archive.pack(folder, room / f"{name}.tar.gz", name, STAMP)
