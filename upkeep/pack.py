"""A folder as one archive, the same bytes whoever packs it and whenever."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path


def pack(tree: Path, target: Path, name: str, stamp: int) -> Path:
    """Write ``tree`` as the tar.gz ``target``, everything in it under the folder ``name``.

    ``stamp`` is the time every entry gets, in seconds since 1970. Entries are sorted, belong to
    nobody (uid and gid 0, no names) and have one mode; the gzip header has neither a name nor a
    time.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    names = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    with (
        target.open("wb") as out,
        gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for entry in names:
            info = tarfile.TarInfo(f"{name}/{entry}")
            info.size, info.mtime, info.mode = (tree / entry).stat().st_size, stamp, 0o644
            with (tree / entry).open("rb") as content:
                archive.addfile(info, content)
    return target
