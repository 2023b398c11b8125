"""Archives of releases, and the public site that is made from them: the newest one at the root, and
every release as it was under ``v/x.y.z/``.

``releases/archives.txt`` lists the archives that may be published, as ``sha256sum`` writes them.

An archive, ``NAME-x.y.z.tar.gz``, has the same bytes each time it is made from the same commit. It
holds ``site/``, with the tables and the notebooks in it, and beside it the citation, the manuals,
the locks, the licences and ``SHA256SUMS``. The pages of a release go out as they are but for three
things: the canonical link names the newest page, the footer links to what there is to keep
(``tallybook.keep``), and a page of an older version has a banner that says so and asks search
engines to leave it out (a number that was corrected must not be found first). Links within a
version are relative, so it works in a folder of a host and from disk; those to the newest version
are whole addresses.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from tallybook import files
from tallybook.keep import offer
from tallybook.model.days import in_words
from tallybook.release import record, tree
from tallybook.release.tree import ReleaseError
from tallybook.sphinx.pages import crawlers
from tallybook.sphinx.versions import numbering

LISTED = "archives.txt"
KEPT = (
    *("README.md", "CHANGELOG.md", "CITATION.cff", "codemeta.json", ".zenodo.json", "docs/**/*"),
    *("LICENSE*", "LICENSES/*", "REUSE.toml", "requirements*.txt"),
)
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"\s*/?>')
BODY = re.compile(r"<body[^>]*>\s*(?:<a class=\"skip\"[^>]*>.*?</a>)?", re.S)
# Beside the other style sheets of the release: its pages allow no style in the text.
SHEET = "old-version.css"
BANNER = """<aside class="old-version" aria-label="Version of this page">\
This is version {version} of {day}; the newest is at <a href="{address}">{address}</a>.</aside>"""


def gather(exported: Path, site: Path, to: Path) -> Path:
    """Lay out what the archive holds, but for its sums. ``exported``: the files of the commit at
    HEAD, from which the site was built."""
    shutil.copytree(site, to / "site")
    for path in (path for name in KEPT for path in exported.glob(name) if path.is_file()):
        target = to / path.relative_to(exported)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
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


def listed(records: Path) -> dict[str, str]:
    """The sum of each archive that may be published, by its name."""
    known = records / LISTED
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def archives(folder: Path, name: str, records: Path) -> dict[str, Path]:
    """Version -> archive of the report ``name``, the oldest first. Raises ``ReleaseError`` for one
    that is not listed with its sum."""
    known = listed(records)
    named = re.compile(re.escape(name) + r"-(\d+\.\d+\.\d+)\.tar\.gz")
    there = folder.iterdir() if folder.exists() else ()
    found = {match[1]: path for path in there if (match := named.fullmatch(path.name))}
    for path in found.values():
        if known.get(path.name) != (digest := files.digest(path)):
            line = f"{digest}  {path.name}"
            raise ReleaseError(path.name, line, f"a line of {record.FOLDER}/{LISTED}")
    return dict(sorted(found.items(), key=lambda pair: record.parse(pair[0])))


def assemble(newest: Path, kept: Mapping[str, Path], folder: Path, out: Path) -> Path:
    """Write the public site to ``out``, which must not exist. ``folder``: the records of the
    releases; the site links to each that is older.

    Raises ``ReleaseError`` if an archive is not whole, not as recorded, or not there.
    """
    if out.exists():
        raise ReleaseError(str(out), "something there", "a folder that does not exist yet")
    version = _json(newest / "numbers.json")["version"]
    home = CANONICAL.search((newest / "index.html").read_text(encoding="utf-8"))
    base, current = home[1] if home else "", record.parse(version.removesuffix(numbering.DRAFT))
    linked = [one for one in record.versions(folder) if record.parse(one) < current]
    linked += [version] if record.VERSION.match(version) else []  # it cites itself there
    for one in linked:
        if one not in kept:
            raise ReleaseError(f"version {one}", "no archive", "it: the site links to it")
    shutil.copytree(newest, out)
    for one, packed in kept.items():
        place = out / numbering.PLACE / one
        try:
            day = in_words(date.fromisoformat(unpack(packed, one, place, folder)))
        except BaseException:
            shutil.rmtree(out)  # half a site is not to be taken for a whole one
            raise
        _adapt_all(place, one, day if record.parse(one) < current else None, base, newest)
    # What there is to keep of the newest, if it is a release.
    there = f"{numbering.PLACE}/{version}/{offer.FOLDER}"
    if version in kept and (offered := offer.read(out / there)):
        for page, name in _pages(out):
            if not name.startswith(f"{numbering.PLACE}/"):
                _write(page, offer.add(page.read_text(encoding="utf-8"), name, offered, there))
    return out


def _adapt_all(place: Path, version: str, day: str | None, base: str, newest: Path) -> None:
    """Adapt the pages of a release that lies in ``place``. ``base``: where the newest site is."""
    for name in crawlers.AT_THE_ROOT:
        (place / name).unlink(missing_ok=True)
    shutil.copy(Path(__file__).with_name(SHEET), place / "_static")
    offered = offer.read(place / offer.FOLDER)
    for page, name in _pages(place):
        # A page that is gone has no successor but the home page, from where it is told.
        there = name != "index.html" and (newest / name).is_file()
        text = offer.add(page.read_text(encoding="utf-8"), name, offered)
        _write(page, adapt(text, name, version, day, base + (name if there else "")))


def unpack(archive: Path, version: str, place: Path, records: Path) -> str:
    """Write the site of an archive to ``place``, with what there is to keep, and return the day of
    the release. Raises ``ReleaseError`` if a file of the site is not as its record says."""
    with tempfile.TemporaryDirectory(prefix="unpack-") as room:
        with tarfile.open(archive) as packed:
            packed.extractall(room, filter="data")
        [folder] = Path(room).iterdir()
        if found := record.unlike(version, folder / "site", records):
            raise ReleaseError(archive.name, found[0], "the archive as released")
        shutil.copytree(folder / "site", place)
        if (folder / offer.FOLDER).is_dir():
            shutil.copytree(folder / offer.FOLDER, place / offer.FOLDER)
    return str(_json(place / "numbers.json")["date"])


def adapt(html: str, name: str, version: str, day: str | None, address: str) -> str:
    """A page of a release with its canonical link on the newest page and, if the release is old,
    the banner. ``day``: that of an old release, in words."""
    link = f'<link rel="canonical" href="{escape(address)}">'
    html, changed = CANONICAL.subn(lambda _: link, html, count=1)
    heads = "" if changed else link
    if not day:
        return html.replace("</head>", f"{heads}</head>", 1)
    heads += '<meta name="robots" content="noindex">'
    heads += f'<link rel="stylesheet" href="{"../" * name.count("/")}_static/{SHEET}">'
    # The whole address: a version that was copied without the newest site still says where that is.
    banner = BANNER.format(version=version, day=day, address=escape(address))
    html = html.replace("</head>", f"{heads}</head>", 1)
    return BODY.sub(lambda found: found[0] + banner, html, count=1)


def _pages(site: Path) -> Iterator[tuple[Path, str]]:
    for page in sorted(site.rglob("*.html")):
        yield page, page.relative_to(site).as_posix()


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
