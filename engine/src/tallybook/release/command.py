"""The releases of a report, and the commands that record, pack and publish them.

python -m tallybook release record | archive [--keep] | publish OUT [--releases DIR]

The version is that of CITATION.cff.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sphinx.errors import ExtensionError

from tallybook import files, history, settings
from tallybook.builder.cache import reuse
from tallybook.errors import TallybookError
from tallybook.keep import command as keeping
from tallybook.keep import offer, paper
from tallybook.release import public, record, tree
from tallybook.release.tree import ReleaseError
from tallybook.sphinx.citing import cff

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
    """

    root: Path
    name: str
    code: tuple[str, ...] = ()

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
        here = record.parse(version)
        if f"{self.name}-{version}.tar.gz" in public.listed(folder):
            raise ReleaseError("CITATION.cff", f"version {version}, which is out", "a newer one")
        known = [one for one in record.versions(folder) if record.parse(one) < here]
        with tempfile.TemporaryDirectory(prefix="record-") as room:
            root = tree.copy(self.root, Path(room) / "report")
            site = tree.build(root, self.code)
            made = (root / record.MADE).read_text(encoding="utf-8")
            now = json.loads(made)
            sums = tree.sums(site)
        before = record.read(known[-1], folder) if known else None
        section = record.section(before, now, record.reasons(folder))
        folder.mkdir(exist_ok=True)
        record.path(version, folder).write_text(record.render(now), encoding="utf-8")
        record.sums(version, folder).write_text(sums, encoding="utf-8")
        changelog = self.root / "CHANGELOG.md"
        text = changelog.read_text(encoding="utf-8") if changelog.exists() else "# Changes\n"
        changelog.write_text(record.insert(text, version, section), encoding="utf-8")
        return [f"releases/{version}.json", f"releases/{version}.SHA256SUMS", "CHANGELOG.md"]

    def refusals(self) -> list[str]:
        """All that stands in the way of releasing HEAD, one line each: place, found, wanted."""
        version, folder, found = self.version, self.folder, list[str]()
        if changed := history.git(self.root, "status", "--porcelain").splitlines():
            names = ", ".join(line[3:] for line in changed[:5])
            found.append(f"git: found changes that are not committed ({names}); expected none")
        place, day = record.path(version, folder), ""
        if place.is_file() and record.sums(version, folder).is_file():
            day = record.read(version, folder)["date"]
        if day != self.day:
            said = f"found {f'the day {day}' if day else 'no record'}; expected that of {self.day}"
            wanted = "`python -m tallybook release record` and a commit of it"
            found.append(f"releases/{place.name}: {said}: {wanted}")
        return found

    def archive(self, keep: bool = False) -> Path:
        """Make the archive of the commit at HEAD, with what there is to keep if it is asked for.
        Raises ``ReleaseError`` if anything stands in the way, or if the site is not the one that
        was recorded."""
        version, name = self.version, f"{self.name}-{self.version}"
        if found := self.refusals():
            raise ReleaseError("\n".join([f"Not released as {version}:", *found]))
        program = paper.program(self.root) if keep else None  # before the long work
        with tempfile.TemporaryDirectory(prefix="release-") as room:
            root = tree.copy(self.root, Path(room) / "report")  # nothing but what is committed
            site = tree.build(root, self.code)
            if found := record.unlike(version, site, self.folder):
                raise ReleaseError("\n".join([*found[:SHOWN], ADVICE]))
            folder = public.gather(root, site, Path(room) / "archive")
            if program:
                keeping.all_files(site, root, folder / offer.FOLDER, program)
            stamp = int(history.git(self.root, "log", "-1", "--format=%ct"))
            made = public.pack(folder, Path(room) / f"{name}.tar.gz", stamp)
            if public.listed(self.folder).get(made.name) not in (None, files.digest(made)):
                raise ReleaseError(public.LISTED, "another sum of it", "a newer version")
            self.dist.mkdir(exist_ok=True)
            return Path(shutil.move(made, self.dist / made.name))

    def publish(self, out: Path, folder: Path | None) -> str:
        """Write the public site to ``out``; returns what to say of it."""
        if folder and not folder.exists():
            raise ReleaseError(str(folder), "no such folder", "the folder of the archives")
        kept = public.archives(folder or self.dist, self.name, self.folder)
        newest = self.root / "_build" / "html"
        if not reuse.read(newest.parent).is_current(newest.parent, reuse.inputs(self.root)):
            raise ReleaseError("_build/html", "no site of these files", "a build of them before")
        public.assemble(newest.resolve(), kept, self.folder, out)
        return f"The site is in {out}: the newest; {', '.join(kept) or 'no release yet'}"


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
    pack = commands.add_parser("archive", help="make the archive of the commit at HEAD")
    pack.add_argument("--keep", action="store_true", help="with PDF and EPUB in it")
    publish = commands.add_parser("publish", help="the newest site, with all releases under v/")
    publish.add_argument("out", type=Path, help="folder to write, not there yet")
    publish.add_argument("--releases", type=Path, help="folder of the archives, if not dist/")
    given = parser.parse_args(list(arguments))
    try:
        ours = releases() if releases else of(Path.cwd())
        if given.command == "record":
            print(f"Recorded {ours.version}: {', '.join(ours.record())}. Read and commit them.")
        elif given.command == "archive":
            made = ours.archive(given.keep)
            print(f"Now tag it: git tag -a v{ours.version} -m 'Version {ours.version}'")
            print(f"When it is out, add this to {record.FOLDER}/{public.LISTED} and commit that:")
            print(f"{files.digest(made)}  {made.name}")
        else:
            print(ours.publish(given.out, given.releases))
    except (TallybookError, ExtensionError, OSError, tarfile.TarError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
