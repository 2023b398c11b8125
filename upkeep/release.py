"""One archive that holds a release: the same bytes each time it is made from the same commit.

    python -m upkeep.release x.y.z       (make release VERSION=x.y.z)

It is built from the commit at HEAD and nothing else, must be the site that
``releases/x.y.z.SHA256SUMS`` says, and lands as ``dist/microwork-x.y.z.tar.gz``: ``site/``,
``notebooks/`` with all that runs them, ``data/``, the lock, the citation, an RO-Crate over all of
it, ``sbom.cdx.json``, ``provenance.json`` and ``SHA256SUMS``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from microwork.paths import ROOT
from upkeep import citation_sync, pack, releases, sbom, tree, verify

NAME = "microwork"
DIST = ROOT / "dist"
KEPT = ("CITATION.cff", "requirements.txt", "LICENSE", "LICENSE-CONTENT")
CRATE = "ro-crate-metadata.json"


def refusals(version: str, root: Path = ROOT) -> list[str]:
    """All that stands in the way of releasing HEAD as this version, one line each: place, found,
    wanted."""
    try:
        wanted = releases.parse(version)
    except ValueError as error:
        return [str(error)]
    found, folder = [], root / "releases"
    changed = tree.git("status", "--porcelain", root=root).decode().splitlines()
    if changed:
        found.append(
            "git: found changes that are not committed"
            f" ({', '.join(line[3:] for line in changed[:5])}); expected none"
        )
    newest = max(
        (v for v in releases.versions(folder) if v != version), key=releases.parse, default=None
    )
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
    found += [
        f"{place}: found {text}; expected {version}"
        for place, text in citation_sync.versions(root).items()
        if text != version
    ]
    days = citation_sync.days(root)
    if len(set(days.values())) > 1:
        found.append(
            f"{'; '.join(f'{place}: found {day}' for place, day in days.items())}; expected the"
            " same day"
        )
    if (
        version not in releases.versions(folder)
        or not releases.sums_path(version, folder).is_file()
    ):
        found.append(
            f"releases/{version}.json: found no record; expected `make record VERSION={version}`"
            " and a commit of it"
        )
    elif (day := releases.read(version, folder)["date"]) != days["CITATION.cff, date-released"]:
        found.append(
            f"releases/{version}.json, date: found {day}; expected"
            f" {days['CITATION.cff, date-released']}: record it again"
        )
    return found


def provenance(version: str, exported: Path, site: Path, root: Path = ROOT) -> dict:
    """What the release was made from, and a hash over all files of its site.

    ``content_hash`` is what the build itself computes over data, code, lock and Python.
    """
    package = json.loads((exported / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return {
        "version": version,
        "date": citation_sync.days(exported)["CITATION.cff, date-released"],
        "commit": _commit("HEAD", root),
        "commit_date": tree.git("log", "-1", "--format=%cI", root=root).decode().strip(),
        "content_hash": _content_hash(exported),
        "lock_sha256": _sha256(exported / "requirements.txt"),
        "datapackage_sha256": _sha256(exported / "data" / "datapackage.json"),
        "tables_sha256": {
            r["path"]: _sha256(exported / "data" / r["path"]) for r in package["resources"]
        },
        "site_sums_sha256": hashlib.sha256(tree.sums(site).encode()).hexdigest(),
        "python": sys.version,
    }


def gather(site: Path, exported: Path, to: Path) -> Path:
    """Lay out what the archive holds, but for what is said about it."""
    shutil.copytree(site, to / "site")
    shutil.copytree(exported / "data", to / "data")
    (to / "notebooks").mkdir()
    for path in (site / "_downloads").iterdir():
        if path.suffix != ".zip":  # the tables, which stand in ``data/``
            shutil.copy(path, to / "notebooks")
    for name in KEPT:
        shutil.copy(exported / name, to)
    (to / CRATE).write_text(
        _json(crate(json.loads((site / CRATE).read_text(encoding="utf-8")))), encoding="utf-8"
    )
    return to


def crate(of_site: dict) -> dict:
    """The RO-Crate of the site, its parts where the archive has them: tables and notebooks beside
    the site, pages in it."""

    def place(name: str) -> str:
        if name in ("./", CRATE) or "://" in name or name.startswith(("#", "data/")):
            return name
        return (
            f"notebooks/{name.removeprefix('_downloads/')}"
            if name.startswith("_downloads/")
            else f"site/{name}"
        )

    def moved(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: place(part) if key == "@id" else moved(part) for key, part in value.items()
            }
        return [moved(part) for part in value] if isinstance(value, list) else value

    return {**of_site, "@graph": moved(of_site["@graph"])}


def seal(folder: Path, said: dict, bill: str) -> None:
    """Add what is said of the release, and the sums over everything."""
    (folder / "provenance.json").write_text(_json(said), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(bill, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(tree.sums(folder), encoding="utf-8")


def release(version: str) -> Path:
    """Make the archive. Raises ``SystemExit`` if the site is not the one that was recorded."""
    with tempfile.TemporaryDirectory(prefix="release-") as room:
        exported = tree.export(Path(room) / "report")
        site = tree.build(exported)
        if found := releases.unlike(version, site):
            raise SystemExit("\n".join([*found[: verify.SHOWN], releases.advice(version)]))
        folder = gather(site, exported, Path(room) / "archive")
        seal(folder, provenance(version, exported, site), sbom.make(version))
        stamp = int(tree.git("log", "-1", "--format=%ct"))
        return pack.pack(folder, DIST / f"{NAME}-{version}.tar.gz", f"{NAME}-{version}", stamp)


def _commit(name: str, root: Path) -> str | None:
    done = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "--verify", "-q", f"{name}^{{commit}}"],
        capture_output=True,
    )
    return done.stdout.decode().strip() or None


def _content_hash(root: Path) -> str:
    """The hash as the code of that folder computes it, not the code that runs here."""
    command = [
        sys.executable,
        "-c",
        "from microwork.report import content_hash; print(content_hash())",
    ]
    done = subprocess.run(
        command,
        cwd=root,
        env={"PYTHONPATH": tree.code(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _json(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version")
    version = parser.parse_args().version
    found = refusals(version)
    if found:
        print("\n".join([f"Not released as {version}:", *found]), file=sys.stderr)
        return 1
    archive = release(version)
    print(
        f"{_sha256(archive)}  {archive.relative_to(ROOT)}\nNow tag it: git tag -a v{version} -m"
        f" 'Version {version}'"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
