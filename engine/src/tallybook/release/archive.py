"""One archive that holds a release: the same bytes each time it is made from the same commit.

It holds ``site/``, ``notebooks/`` with all that runs them, ``data/``, the lock, the citation, the
licences, an RO-Crate over all of it, ``provenance.json`` and ``SHA256SUMS``.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tallybook import files, settings
from tallybook.release import tree
from tallybook.sphinx import cff

KEPT = ("CITATION.cff", "requirements.txt", "LICENSE*")
KEY = "TALLYBOOK_SIGNING_KEY"  # environment variable: who signs, as GnuPG knows them
CRATE = "ro-crate-metadata.json"


def commit(name: str, root: Path) -> str | None:
    """The hash of a commit; ``None`` if there is none of that name."""
    command = ["git", "-C", str(root), "rev-parse", "--verify", "-q", f"{name}^{{commit}}"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() or None


def provenance(
    root: Path, exported: Path, site: Path, code: tuple[str, ...] = ()
) -> dict[str, Any]:
    """What the release was made from, and a hash over all files of its site.

    ``content_hash`` is what the build itself computes over data, code, lock and Python.
    """
    data, lock, citation = exported / "data", exported / "requirements.txt", cff.read(exported)
    described = site / "data" / "datapackage.json"
    tables = [one["path"] for one in json.loads(described.read_text(encoding="utf-8"))["resources"]]
    module, _, name = str(settings.report_provider(exported)).partition(":")
    asked = f"from {module} import {name} as provider; print(provider.content_hash())"
    return {
        "version": citation["version"],
        "date": str(citation["date-released"]),
        "commit": commit("HEAD", root),
        "commit_date": tree.git(root, "log", "-1", "--format=%cI").decode().strip(),
        # As the code of that folder computes it, not the code that runs here.
        "content_hash": tree.python(exported, "-c", asked, code=code).stdout.strip(),
        "lock_sha256": files.digest(lock) if lock.is_file() else None,
        "datapackage_sha256": files.digest(described),
        "tables_sha256": {name: files.digest(data / name) for name in tables},
        "site_sums_sha256": files.sha256(tree.sums(site).encode()),
        "python": sys.version,
    }


def gather(site: Path, exported: Path, to: Path) -> Path:
    """Lay out what the archive holds, but for what is said about it."""
    shutil.copytree(site, to / "site")
    shutil.copytree(site / "data", to / "data")
    shutil.copytree(site / "_downloads", to / "notebooks")
    for path in (path for name in KEPT for path in exported.glob(name)):
        shutil.copy(path, to)
    of_site = json.loads((site / CRATE).read_text(encoding="utf-8"))
    (to / CRATE).write_text(_json(_moved(of_site)), encoding="utf-8")
    return to


def _moved(part: object) -> object:
    """The RO-Crate of the site, its parts where the archive has them: tables and notebooks beside
    the site, pages in it."""
    if isinstance(part, list):
        return [_moved(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {key: _place(one) if key == "@id" else _moved(one) for key, one in part.items()}


def _place(name: str) -> str:
    if name in ("./", CRATE) or "://" in name or name.startswith(("#", "data/")):
        return name
    if name.startswith("_downloads/"):
        return f"notebooks/{name.removeprefix('_downloads/')}"
    return f"site/{name}"


def seal(folder: Path, said: Mapping[str, Any], added: Mapping[str, str]) -> None:
    """Add what is said of the release, other files by name, and the sums over everything."""
    for name, text in {"provenance.json": _json(said), **added}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(tree.sums(folder), encoding="utf-8")


def vouch(archives: list[Path], folder: Path) -> list[Path]:
    """Write the sums of archives beside them and, if ``KEY`` names a key of GnuPG, sign them.
    Raises ``ReleaseError`` with what GnuPG says if it cannot."""
    sums = folder / f"{tree.SUMS}-{archives[0].name.removesuffix('.tar.gz')}"
    lines = [f"{files.digest(path)}  {path.name}\n" for path in archives]
    sums.write_text("".join(lines), encoding="utf-8")
    if not (key := os.environ.get(KEY)):
        return [sums]
    signature = sums.with_name(f"{sums.name}.asc")
    command = ["gpg", "--batch", "--yes", "--local-user", key, "--armor", "--detach-sign"]
    done = subprocess.run(
        [*command, "--output", str(signature), str(sums)], capture_output=True, text=True
    )
    if done.returncode:
        wanted = "a key of GnuPG that can sign, or no such variable"
        raise tree.ReleaseError(f"{KEY}: found {key!r}; expected {wanted}: {done.stderr.strip()}")
    return [sums, signature]


def pack(folder: Path, target: Path, name: str, stamp: int, runs: bool = False) -> Path:
    """Write a folder as the tar.gz ``target``, everything in it under ``name``.

    ``stamp`` is the time every entry gets, in seconds since 1970. Entries are sorted, belong to
    nobody (uid and gid 0, no names) and have one mode; the gzip header has neither a name nor a
    time. ``runs``: a file that can be run stays so.
    """

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, "", ""
        run = entry.isdir() or (runs and entry.mode & 0o100)
        entry.mtime, entry.mode = stamp, 0o755 if run else 0o644
        return entry

    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        target.open("wb") as out,
        gzip.GzipFile("", "wb", compresslevel=9, fileobj=out, mtime=0) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        archive.add(folder, name, filter=plain)
    return target


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
