"""The releases of a report, and the commands that record, pack and publish them.

python -m tallybook release record      write what this version holds to releases/ and CHANGELOG.md
python -m tallybook release archive [--keep]
                                        make dist/NAME-x.y.z.tar.gz from the commit at HEAD, the
                                        archive of its sources, and the sums of both
python -m tallybook release register    list the archives of dist/ in releases/archives.txt: builds
                                        link to these versions, and no site goes out without them
python -m tallybook release publish OUT [--releases DIR] [--site DIR]
                                        the newest site, with every release under v/

The version is that of CITATION.cff.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from tallybook import files, history, placeholders, settings
from tallybook.errors import TallybookError
from tallybook.keep import make, offer, paper
from tallybook.release import archive, changes, public, record, tree
from tallybook.release.tree import ReleaseError
from tallybook.sphinx import cff

SHOWN = 10  # differences that are printed
ADVICE = (
    "If this version is not out yet and the changes are meant, record it again and commit;"
    " otherwise give this site a version of its own."
)


@dataclass(frozen=True)
class Releases:
    """The releases of a report.

    root, name: its folder, and what archives are called.
    code: folders in it that hold code beside that of its package, such as the engine.
    facts: what a record says beside what the site holds, such as a hash of its sources.
    """

    root: Path
    name: str
    code: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.root / record.FOLDER

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def version(self) -> str:
        return str(cff.read(self.root)["version"])

    @property
    def day(self) -> str:
        return str(cff.read(self.root)["date-released"])

    def record(self) -> list[str]:
        """Build the site as it will be released and write its record and its part of the changelog;
        returns the names of the files."""
        version, folder = self.version, self.folder
        public.register(public.archives(self.dist, self.name), folder)
        known = [
            one for one in record.versions(folder) if record.parse(one) < record.parse(version)
        ]
        with tempfile.TemporaryDirectory(prefix="record-") as room:
            root = tree.copy(self.root, Path(room) / "report")
            # A version owes nothing to its own record.
            record.path(version, root / record.FOLDER).unlink(missing_ok=True)
            site = tree.build(root, self.code)
            now = {"version": version, "date": self.day, **self.facts, **record.ids(site)}
            sums = tree.sums(site)
        before = record.read(known[-1], folder) if known else None
        section = changes.section(before, now, changes.reasons(folder))
        folder.mkdir(exist_ok=True)
        record.path(version, folder).write_text(record.render(now), encoding="utf-8")
        record.sums_path(version, folder).write_text(sums, encoding="utf-8")
        changelog = self.root / "CHANGELOG.md"
        text = changelog.read_text(encoding="utf-8") if changelog.exists() else "# Changes\n"
        changelog.write_text(changes.insert(text, version, section), encoding="utf-8")
        return [f"releases/{version}.json", f"releases/{version}.SHA256SUMS", "CHANGELOG.md"]

    def refusals(self) -> list[str]:
        """All that stands in the way of releasing HEAD, one line each: place, found, wanted."""
        version, folder, root = self.version, self.folder, self.root
        found, wanted = [], "expected `python -m tallybook release record` and a commit of it"
        if changed := tree.git(root, "status", "--porcelain").decode().splitlines():
            names = ", ".join(line[3:] for line in changed[:5])
            found.append(f"git: found changes that are not committed ({names}); expected none")
        others = {*record.versions(folder)} - {version}
        newest = max(others, key=record.parse, default=None)
        if newest and record.parse(newest) >= record.parse(version):
            said = f"found a release {newest}; expected a version above it, not {version}"
            found.append(f"releases/{newest}.json: {said}")
        tagged = archive.commit(f"v{version}", root)
        if tagged and tagged != archive.commit("HEAD", root):
            said = f"found the tag v{version} at another commit, {tagged[:10]}"
            found.append(f"git: {said}; expected a version not yet released")
        here = history.commit(root)
        tags = {tag.removeprefix("v") for tag in here.tags} if here else set()
        for tag in filter(record.VERSION.fullmatch, tags - {version}):
            found.append(f"CITATION.cff, version: found {version}; expected {tag}, the tag here")
        place = f"releases/{version}.json"
        if not all(one(version, folder).is_file() for one in (record.path, record.sums_path)):
            found.append(f"{place}: found no record; {wanted}")
        elif (day := record.read(version, folder)["date"]) != self.day:
            found.append(f"{place}, date: found {day}; expected {self.day}: {wanted}")
        return found

    def archive(self, keep: bool = False) -> list[Path]:
        """Make the archives of the commit at HEAD: of the site with all that runs it, and of the
        sources, which can build the site again; beside them their sums; with what there is to keep
        if it is asked for. Raises ``ReleaseError`` if anything stands in the way, or if the site is
        not the one that was recorded."""
        version, name = self.version, f"{self.name}-{self.version}"
        if found := self.refusals():
            raise ReleaseError("\n".join([f"Not released as {version}:", *found]))
        program = paper.program(self.root) if keep else None  # before the long work
        with tempfile.TemporaryDirectory(prefix="release-") as room:
            exported = tree.export(self.root, Path(room) / "report")
            site = tree.build(exported, self.code)
            if found := record.unlike(version, site, self.folder):
                raise ReleaseError("\n".join([*found[:SHOWN], ADVICE]))
            folder = archive.gather(site, exported, Path(room) / "archive")
            if program:
                make.all_files(site, exported, folder / offer.FOLDER, self.name, program)
            said = archive.provenance(self.root, exported, site, self.code)
            archive.seal(folder, said)
            stamp = int(tree.git(self.root, "log", "-1", "--format=%ct"))
            made = archive.pack(folder, self.dist / f"{name}.tar.gz", name, stamp)
            source = tree.export(self.root, Path(room) / "source")
            (source / tree.SUMS).write_text(tree.sums(source), encoding="utf-8")
            packed = self.dist / f"{name}-source.tar.gz"
            archive.pack(source, packed, f"{name}-source", stamp, runs=True)
            return [made, packed, archive.sums_beside([made, packed], self.dist)]


def of(root: Path) -> Releases:
    """The releases of the report in a folder, as its provider names it. Raises ``SettingsError``
    if the folder holds no report."""
    module, _, name = (settings.report_provider(root) or "").partition(":")
    if not name:
        wanted = "the report_provider of a report, as module:name"
        raise settings.SettingsError(settings.CONFIG, "none", wanted)
    provider = getattr(importlib.import_module(module), name)  # declares the units of the report
    return Releases(root, provider.KEY)


def main(arguments: Iterable[str], releases: Callable[[], Releases] | None = None) -> int:
    """Do what a command says; returns the exit code. ``releases``: those of another report than the
    one in this folder."""
    parser = argparse.ArgumentParser("python -m tallybook release", description="Releases.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("record", help="write what this version holds to releases/")
    pack = commands.add_parser("archive", help="make the archives of the commit at HEAD")
    pack.add_argument("--keep", action="store_true", help="with PDF and EPUB in it")
    commands.add_parser("register", help="list the archives of dist/, to which builds then link")
    publish = commands.add_parser("publish", help="the newest site, with all releases under v/")
    publish.add_argument("out", type=Path, help="folder to write, not there yet")
    publish.add_argument("--releases", type=Path, help="folder of the archives, if not dist/")
    publish.add_argument("--site", type=Path, help="the newest site, if not _build/html")
    given = parser.parse_args(list(arguments))
    try:
        ours = releases() if releases else of(Path.cwd())
        if given.command == "record":
            print(f"Recorded {ours.version}: {', '.join(ours.record())}. Read and commit them.")
        elif given.command == "archive":
            for made in ours.archive(given.keep):
                print(f"{files.digest(made)}  {made.relative_to(ours.root)}")
            print(f"Now tag it: git tag -a v{ours.version} -m 'Version {ours.version}'")
        elif given.command == "register":
            new = public.register(public.archives(ours.dist, ours.name), ours.folder)
            place = f"{record.FOLDER}/{record.ARCHIVES}"
            print(f"Listed in {place}: {', '.join(new) or 'nothing new'}.")
        else:
            folder = given.releases or ours.dist
            if given.releases and not folder.exists():
                raise ReleaseError(str(folder), "no such folder", "the folder of the archives")
            kept = public.archives(folder, ours.name)
            site = given.site or ours.root / "_build" / "html"
            blanks = [one.what for one in placeholders.blanks(ours.root) if one.public]
            public.assemble(site.resolve(), kept, given.out, record.archives(ours.folder), blanks)
            if blanks:
                print(f"A draft: each page says what is to be filled in ({', '.join(blanks)}).")
            print(f"The site is in {given.out}: the newest; {', '.join(kept) or 'no release yet'}")
    except (TallybookError, ExtensionError, OSError, tarfile.TarError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
