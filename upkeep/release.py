"""One archive that holds a release: the same bytes each time it is made from the same commit.

    python -m upkeep.release x.y.z       (make release VERSION=x.y.z)

It is built from the commit at HEAD and nothing else, must be the site that
``releases/x.y.z.SHA256SUMS`` says, and lands as ``dist/microwork-x.y.z.tar.gz``: ``site/``,
``notebooks/`` with all that runs them, ``data/``, the lock, the citation, an RO-Crate over all of
it, ``sbom.cdx.json``, ``provenance.json`` and ``SHA256SUMS``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from microwork.paths import ROOT
from upkeep import citation_sync, releases, sbom, tree, verify

NAME = "microwork"
KEPT = ("CITATION.cff", "requirements.txt", "LICENSE", "LICENSE-CONTENT")
CRATE = "ro-crate-metadata.json"
CONTENT_HASH = "from microwork.report import content_hash; print(content_hash())"


def refusals(version: str, root: Path = ROOT) -> list[str]:
    """All that stands in the way of releasing HEAD as this version, one line each: place, found,
    wanted."""
    try:
        wanted = releases.parse(version)
    except ValueError as error:
        return [str(error)]
    found, folder = [], root / "releases"
    if changed := tree.git("status", "--porcelain", root=root).decode().splitlines():
        names = ", ".join(line[3:] for line in changed[:5])
        found.append(f"git: found changes that are not committed ({names}); expected none")
    newest = max(set(releases.versions(folder)) - {version}, key=releases.parse, default=None)
    if newest and releases.parse(newest) >= wanted:
        found.append(
            f"releases/{newest}.json: found a release {newest}; expected a version above it, not"
            f" {version}"
        )
    tagged = _commit(f"v{version}", root)
    if tagged and tagged != _commit("HEAD", root):
        found.append(
            f"git: found the tag v{version} at another commit, {tagged[:10]}; expected a version"
            " not yet released"
        )
    if (said := citation_sync.version(root)) != version:
        found.append(f"CITATION.cff, version: found {said}; expected {version}")
    record = f"`make record VERSION={version}` and a commit of it"
    for name in citation_sync.stale(root):
        found.append(f"{name}: found what CITATION.cff does not say; expected {record}")
    sums = releases.sums_path(version, folder)
    if not releases.path(version, folder).is_file() or not sums.is_file():
        found.append(f"releases/{version}.json: found no record; expected {record}")
    elif (day := releases.read(version, folder)["date"]) != citation_sync.day(root):
        wanted_day = citation_sync.day(root)
        found.append(f"releases/{version}.json, date: found {day}; expected {wanted_day}: {record}")
    return found


def provenance(version: str, exported: Path, site: Path) -> dict:
    """What the release was made from, and a hash over all files of its site.

    ``content_hash`` is what the build itself computes over data, code, lock and Python.
    """
    data = exported / "data"
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource["path"] for resource in package["resources"]]
    return {
        "version": version,
        "date": citation_sync.day(exported),
        "commit": _commit("HEAD", ROOT),
        "commit_date": tree.git("log", "-1", "--format=%cI").decode().strip(),
        # As the code of that folder computes it, not the code that runs here.
        "content_hash": tree.python(exported, "-c", CONTENT_HASH).stdout.strip(),
        "lock_sha256": tree.sha256(exported / "requirements.txt"),
        "datapackage_sha256": tree.sha256(data / "datapackage.json"),
        "tables_sha256": {name: tree.sha256(data / name) for name in tables},
        "site_sums_sha256": hashlib.sha256(tree.sums(site).encode()).hexdigest(),
        "python": sys.version,
    }


def gather(site: Path, exported: Path, to: Path) -> Path:
    """Lay out what the archive holds, but for what is said about it."""
    shutil.copytree(site, to / "site")
    shutil.copytree(exported / "data", to / "data")
    # The archives are the tables, which stand in ``data/``.
    unpacked = shutil.ignore_patterns("*.zip")
    shutil.copytree(site / "_downloads", to / "notebooks", ignore=unpacked)
    for name in KEPT:
        shutil.copy(exported / name, to)
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


def seal(folder: Path, said: dict, bill: str) -> None:
    """Add what is said of the release, and the sums over everything."""
    (folder / "provenance.json").write_text(_json(said), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(bill, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(tree.sums(folder), encoding="utf-8")


def pack(folder: Path, target: Path, name: str, stamp: int) -> Path:
    """Write a folder as the tar.gz ``target``, everything in it under ``name``.

    ``stamp`` is the time every entry gets, in seconds since 1970. Entries are sorted, belong to
    nobody (uid and gid 0, no names) and have one mode; the gzip header has neither a name nor a
    time.
    """

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
        archive.add(folder, name, filter=plain)
    return target


def release(version: str) -> Path:
    """Make the archive. Raises ``SystemExit`` if the site is not the one that was recorded."""
    with tempfile.TemporaryDirectory(prefix="release-") as room:
        exported = tree.export(Path(room) / "report")
        site = tree.build(exported)
        if found := releases.unlike(version, site):
            raise SystemExit("\n".join([*found[: verify.SHOWN], releases.advice(version)]))
        folder = gather(site, exported, Path(room) / "archive")
        seal(folder, provenance(version, exported, site), sbom.make(version))
        stamp, name = int(tree.git("log", "-1", "--format=%ct")), f"{NAME}-{version}"
        return pack(folder, ROOT / "dist" / f"{name}.tar.gz", name, stamp)


def _commit(name: str, root: Path) -> str | None:
    command = ["git", "-C", str(root), "rev-parse", "--verify", "-q", f"{name}^{{commit}}"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() or None


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def main(version: str) -> int:
    if found := refusals(version):
        print("\n".join([f"Not released as {version}:", *found]), file=sys.stderr)
        return 1
    archive = release(version)
    print(f"{tree.sha256(archive)}  {archive.relative_to(ROOT)}")
    print(f"Now tag it: git tag -a v{version} -m 'Version {version}'")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
