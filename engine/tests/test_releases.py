"""Releases of the example: recorded, packed and published by the commands; and what the manual says
of a record is found again in a later version."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from rooms import BUILD, ENGINE, EXAMPLE, Sandbox, git, read
from tallybook import files, history, project
from tallybook.data.seal import seal
from tallybook.release import command, public, record, tree
from tallybook.sphinx.pages import crawlers

HOME = "https://garden.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
MANUAL = read(ENGINE / "docs" / "build.md")
RECORD = re.search(r'^```json\n(\{\n  "version".*?)^```$', MANUAL, re.M | re.S)[1]
REASONS = re.search(r"^```text\n(id,since.*?)^```$", MANUAL, re.M | re.S)[1]
CONTENTS = """format: jb-book
root: index
parts:
  - caption: Chapters
    chapters: [{file: rain}]
  - caption: More
    chapters: [{file: corrections}]
"""
SOURCES = '"sources": "index"'


@pytest.fixture(scope="module")
def later(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """Version 1.1.0 of the example, after the release that the manual shows, with a page of
    corrections and in two languages."""
    room = copy(EXAMPLE)
    page = "# What was corrected\n\n```{corrections}\n```\n"
    (room.root / "corrections.md").write_text(page, encoding="utf-8")
    (room.root / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    room.edit("garden/__init__.py", SOURCES, f'{SOURCES}, "corrections": "corrections"')
    room.edit("_config.yml", "    html_theme:", "    report_languages: [fr]\n    html_theme:")
    room.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    room.edit("CITATION.cff", "2026-01-31", "2026-03-01")
    folder = room.root / "releases"
    folder.mkdir()
    (folder / "1.0.0.json").write_text(RECORD, encoding="utf-8")
    history.call_archive_of("v1.1.0", room.root)
    (folder / "why.csv").write_text(REASONS, encoding="utf-8")
    room.made(*BUILD)
    return room


def test_the_page_of_corrections_says_what_moved_and_what_is_gone(later: Sandbox):
    page = html.fromstring(read(later.site / "corrections.html"))
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.iter("tr")]
    moved = ["740.0 (734.0 to 746.0) mm", "741.0 (735.0 to 747.0) mm", "July was read again."]
    assert ["Rain of the yearrain.total", *moved] in rows
    assert [row[1:] for row in rows if "neighbour-rain" in row[0]] == [
        ["Cannot tell", "Very likely too low, over 99 in 100", "He was misheard."]
    ]
    why = "June alone is no longer counted."
    last = "60.50 (60.00 to 61.00) mm"
    assert ["Rain in Junerain.june", last, "rain.total", why] in rows
    ways = page.xpath("//tr[contains(., 'rain.june')]//a/@href")
    assert ways == ["rain.html#rain.total"]
    heads = [(head.text_content(), head.get("id")) for head in page.iter("h2")]
    assert heads == [
        ("Version 1.1.0, 1 March 2026", "version-1.1.0"),
        ("Version 1.0.0, 31 January 2026", "version-1.0.0"),
    ]


@pytest.mark.parametrize("folder", ["", "fr/"])
def test_each_language_has_a_feed_with_an_entry_for_each_release(later: Sandbox, folder: str):
    feed = etree.parse(later.site / f"{folder}releases.atom")
    SCHEMA.assertValid(feed)
    new, _old = feed.iter(f"{ATOM}entry")
    assert new.findtext(f"{ATOM}id") == f"{HOME}{folder}v/1.1.0/"
    for name in ("rain.html", "corrections.html"):
        page = html.fromstring(read(later.site / folder / name))
        links = page.xpath("//head/link[@type='application/atom+xml']/@href")
        assert links == ["releases.atom"], name


LISTED = "releases/archives.txt"


RELEASE = (sys.executable, "-m", "tallybook", "release")
WHY = """id,since,why,instead
rain.total,1.1.0,July was read again.,
rain.wettest,1.1.0,July was read again.,
rain.yield,1.1.0,July was read again.,
rain.fell,1.1.0,July was read again.,
"""


def committed(room: Sandbox) -> None:
    git(room.root, "add", "-A")
    git(room.root, "commit", "-q", "-m", "as it is")


def done(room: Sandbox, *arguments: str) -> str:
    """The errors of a command, in this process; it fails if there are any."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        code = command.main(arguments, lambda: command.Releases(room.root, "garden"))
    assert code == bool(said.getvalue())
    return said.getvalue()


@pytest.fixture(scope="module", autouse=True)
def report() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        units = {"persons": project.Unit(counted=True)}
        patch.setattr(project, "_here", [project.Project(EXAMPLE, "garden", units)])
        yield


@pytest.fixture(scope="module")
def released(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with version 1.0.0 released."""
    room = copy(EXAMPLE)
    (room.root / ".gitignore").write_text("_build/\ndist/\n__pycache__/\n", encoding="utf-8")
    git(room.root, "init", "-q")
    committed(room)
    said = "releases/1.0.0.json: found no record; expected that of 2026-01-31: `python -m tallybook"
    assert said in done(room, "archive")
    room.made(*RELEASE, "record")
    said = "found changes that are not committed (CHANGELOG.md, releases/)"
    assert said in done(room, "archive")
    committed(room)
    packed = room.run(*RELEASE, "archive")
    git(room.root, "tag", "v1.0.0")
    (room.root / LISTED).write_text(f"{packed.stdout.splitlines()[-1]}\n", encoding="utf-8")
    committed(room)
    return room


@pytest.mark.weekly
def test_a_later_release_says_what_moved_and_keeps_the_one_before(
    released: Sandbox, tmp_path: Path
):
    assert "found version 1.0.0, which is out; expected a newer one" in done(released, "record")
    released.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    released.edit("data/rain/months.csv", "94.5", "96.5")
    seal(released.root / "data")
    (released.root / "releases/why.csv").write_text(WHY, encoding="utf-8")
    assert done(released, "record") == ""
    log = read(released.root / "CHANGELOG.md")
    assert "- `rain.wettest`: 94.5 mm, now 96.5 mm. July was read again." in log
    assert log.index("## 1.1.0") < log.index("## 1.0.0")
    committed(released)
    out = tmp_path / "out"
    assert "_build/html: found no site of these files" in done(released, "publish", str(out))
    released.made(*BUILD)
    assert done(released, "publish", str(out)) == ""
    old, new = (read(out / name) for name in ("v/1.0.0/rain.html", "rain.html"))
    assert "This is version 1.0.0 of 31 January 2026" in old and "94.5" in old
    assert '<meta name="robots" content="noindex">' in old
    assert f'<link rel="canonical" href="{HOME}rain.html">' in old
    assert "This is version" not in new and "96.5" in new
    assert not any((out / "v/1.0.0" / name).exists() for name in crawlers.AT_THE_ROOT)
    # The newest goes out as it was built.
    made, site = ({*tree.sums(one).splitlines()} for one in (out, released.site.resolve()))
    assert all("  v/" in line for line in made ^ site)
    (released.root / "dist/garden-1.0.0.tar.gz").rename(tmp_path / "away")
    said = done(released, "publish", str(tmp_path / "two"))
    assert "version 1.0.0: found no archive; expected it: the site links to it" in said
    (tmp_path / "away").rename(released.root / "dist/garden-1.0.0.tar.gz")


@pytest.mark.weekly
def test_an_archive_that_was_touched_or_is_not_listed_is_not_published(
    released: Sandbox, tmp_path: Path
):
    """A file of the site is another, one is gone, one was added, or all is of no version."""
    with tarfile.open(released.root / "dist/garden-1.0.0.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    folder, kept = tmp_path / "garden-1.0.0", tmp_path / "kept"
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=folder, check=True)
    kept.mkdir()
    listed, where = released.root / LISTED, ("--releases", str(kept))
    before = listed.read_bytes()
    page, added = folder / "site/rain.html", folder / "site/added.js"
    ways = {
        "rain.html: not as recorded for 1.0.0": lambda: page.write_bytes(page.read_bytes() + b" "),
        "rain.html: not as": page.unlink,
        "added.js: not as": lambda: added.write_bytes(b"alert(1)"),
        "releases/0.9.0.SHA256SUMS: not there": lambda: (kept / "garden-1.0.0.tar.gz").unlink(),
    }
    for said, spoil in ways.items():
        spoil()
        name = f"garden-{'0.9.0' if '0.9.0' in said else '1.0.0'}.tar.gz"
        subprocess.run(["tar", "-czf", kept / name, folder.name], cwd=tmp_path, check=True)
        line = f"{files.digest(kept / name)}  {name}"
        wrong = done(released, "publish", str(tmp_path / "out"), *where)
        assert f"{name}: found {line}; expected a line of releases/archives.txt" in wrong
        listed.write_text(f"{line}\n", encoding="utf-8")
        released.made(*BUILD)
        wrong = done(released, "publish", str(tmp_path / "out"), *where)
        listed.write_bytes(before)
        assert not (tmp_path / "out").exists()
        # What the newest links to may be missed first.
        assert f"found {said}" in wrong or "version 1.0.0: found no archive" in wrong, wrong
    nowhere = ("--releases", str(tmp_path / "nowhere"))
    assert "nowhere" in done(released, "publish", str(tmp_path / "out"), *nowhere)


# Without a site: how an archive is packed, and what changed from one to the next


STAMP = 1_700_000_000


def test_packing_depends_on_names_and_contents_alone(tmp_path):
    names = ["b.txt", "a/é ü.txt", "a/" + "long" * 40 + ".txt"]
    for folder, order, mode in (("one", names, 0o600), ("other", names[::-1], 0o755)):
        for name in order:
            path = tmp_path / folder / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
            path.chmod(mode)
            os.utime(path, (mode, mode))

    def packed(folder: str) -> bytes:
        target = tmp_path / folder / "packed" / "x-1.tar.gz"
        return public.pack(tmp_path / folder / "in", target, STAMP).read_bytes()

    one = packed("one")
    assert one == packed("other")
    assert one[3] == 0 and one[4:8] == bytes(4)  # gzip: no name, no time
    with tarfile.open(tmp_path / "one/packed/x-1.tar.gz") as made:
        entries = made.getmembers()
        owners = {(e.uid, e.gid, e.uname, e.gname, e.mtime) for e in entries}
        assert owners == {(0, 0, "", "", STAMP)}
        files = [entry for entry in entries if entry.isfile()]
        assert [entry.name for entry in files] == [
            f"x-1/{name}" for name in sorted([*names, "SHA256SUMS"])
        ]
        assert {entry.mode for entry in files} == {0o644}
    (tmp_path / "one/in/b.txt").write_text("c", encoding="utf-8")
    assert packed("one") != one


def number(name: str, value: float, low=None, high=None) -> dict:
    return {"id": name, "value": value, "low": low, "high": high, "unit": "persons"}


def judged(name: str, verdict: str, chance: int | None) -> dict:
    return {"claim_id": name, "verdict": verdict, "chance": chance}


BEFORE = {
    "pages": [],
    "charts": [],
    "numbers": [number("a.slight", 51234.0, 39000.0, 62000.0), number("a.gone", 3)],
    "claims": [
        {"claim_id": "word", "verdict": "overstated"},  # before there were chances
        *(judged(name, "likely", 70) for name in ("near", "far")),
    ],
}
AFTER = {
    "pages": [],
    "charts": [],
    "numbers": [number("a.slight", 51234.1, 39000.0, 62000.0), number("a.new", 3)],
    "claims": [
        judged("word", "unlikely", 20),
        judged("near", "likely", 74),
        judged("far", "likely", 75),
    ],
}


def test_what_prints_alike_and_a_chance_that_hardly_moves_have_not_changed():
    found = record.compare(BEFORE, AFTER)
    assert (found.moved, found.verdicts) == ([], ["word", "far"])
    assert ([*found.new], found.gone) == (["a.new"], ["a.gone"])
    said = r"^releases/why.csv: found no line with since 1.1.0 for a.gone; expected id, since"
    with pytest.raises(tree.ReleaseError, match=said):
        record.explained(found.gone, "1.1.0", record.Why())
