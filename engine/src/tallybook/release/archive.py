"""One archive that holds a release: the same bytes each time it is made from the same commit.

It holds ``site/``, with the tables and the notebooks in it, and beside it the citation, the lock,
the licences and ``SHA256SUMS``.
"""

from __future__ import annotations

import gzip
import shutil
import tarfile
from pathlib import Path

from tallybook.release import tree

KEPT = ("CITATION.cff", "CHANGELOG.md", "README.md", "requirements.txt", "LICENSE*")


def gather(exported: Path, site: Path, to: Path) -> Path:
    """Lay out what the archive holds, but for its sums. ``exported``: the files of the commit at
    HEAD, from which the site was built."""
    shutil.copytree(site, to / "site")
    for path in (path for name in KEPT for path in exported.glob(name)):
        shutil.copy(path, to)
    return to


def pack(folder: Path, target: Path, stamp: int) -> Path:
    """Write a folder as the tar.gz ``target``, with the sums over everything, under the name of the
    archive.

    ``stamp`` is the time every entry gets, in seconds since 1970. Entries are sorted, belong to
    nobody (uid and gid 0, no names) and have one mode; the gzip header has neither a name nor a
    time.
    """
    (folder / tree.SUMS).unlink(missing_ok=True)
    (folder / tree.SUMS).write_text(tree.sums(folder), encoding="utf-8")

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, "", ""
        entry.mtime, entry.mode = stamp, 0o755 if entry.isdir() else 0o644
        return entry

    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        target.open("wb") as out,
        gzip.GzipFile("", "wb", compresslevel=9, fileobj=out, mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        archive.add(folder, target.name.removesuffix(".tar.gz"), filter=plain)
    return target
