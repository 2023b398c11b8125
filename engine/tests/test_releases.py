"""Releases of the example: recorded, packed and published by the commands; and what the manual says
of a record is found again in a later version."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, ENGINE, EXAMPLE, SEAL, Sandbox, read
from tallybook.release import archive, public, record, tree

MANUAL = read(ENGINE / "docs" / "build.md")
RECORD = re.search(r'^```json\n(\{\n  "version".*?)^```$', MANUAL, re.M | re.S)[1]
MOVES = re.search(r"^```text\n(old,new.*?)^```$", MANUAL, re.M | re.S)[1]


@pytest.fixture(scope="module")
def site(copy: Callable[[Path], Sandbox]) -> Path:
    room = copy(EXAMPLE)
    room.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    (room.root / "releases").mkdir()
    (room.root / "releases/1.0.0.json").write_text(RECORD, encoding="utf-8")
    (room.root / "releases/redirects.csv").write_text(MOVES, encoding="utf-8")
    (room.root / "releases/archives.txt").write_text(f"{'0' * 64}  garden-1.0.0.tar.gz\n")
    return room.made(*BUILD)


def test_a_number_and_a_claim_say_what_they_were(site: Path):
    for name, said in {
        "rain.total": "740.0 (734.0 to 746.0) in version 1.0.0",
        "claim-neighbour-rain": "undecided in version 1.0.0",
    }.items():
        page = html.fromstring(read(site / f"_cite/{name}.html"))
        [link] = [link for link in page.iter("a") if link.text_content() == said]
        assert link.get("href").startswith("https://garden.example/v/1.0.0/")


def test_what_is_gone_has_a_page_that_leads_nowhere_unasked(site: Path):
    text = read(site / "_cite/rain.june.html")
    page = html.fromstring(text)
    said = " ".join(page.text_content().split())
    assert "60.50 (60.00 to 61.00) mm in version 1.0.0" in said and "Rain in June" in said
    assert "June alone is no longer counted. (since version 1.1.0)" in said
    assert "refresh" not in text and "redirects.js" not in text
    links = [link for _element, _name, link, _place in page.iterlinks()]
    assert "https://garden.example/v/1.0.0/rain.html#rain.june" in links
    assert "../index.html#rain.total" in links
    assert '<base target="_blank">' in text, "a frame may show it"
    note = html.fromstring(read(site / "rain.html")).get_element_by_id("rain.june")
    assert [link[2] for link in note.iterlinks()] == [
        "_cite/rain.june.html",
        "index.html#rain.total",
    ]
    assert not note.xpath(".//a[@data-forward]"), "a script would follow it"


def test_the_new_name_says_what_the_old_one_was(site: Path):
    row = html.fromstring(read(site / "index.html")).get_element_by_id("rain.wettest")
    assert "Formerly rain.july" in row.text_content()
    assert "<dd>rain.july</dd>" in read(site / "_cite/rain.wettest.html")
    total = html.fromstring(read(site / "index.html")).get_element_by_id("rain.total")
    assert "Formerly" not in total.text_content(), "June was another thing"


def test_an_old_address_leads_on(site: Path):
    page = html.fromstring(read(site / "rain.html"))
    note = page.get_element_by_id("rain.july")
    assert "July was the wettest month." in html.tostring(note, encoding="unicode")
    assert [link[2] for link in note.iterlinks()] == ["index.html#rain.wettest"]
    assert "rain.wettest" in read(site / "_cite/rain.july.html")


RELEASE = (sys.executable, "-m", "tallybook", "release")
WHY = """id,since,why
rain.total,1.1.0,July was read again.
rain.wettest,1.1.0,July was read again.
rain.yield,1.1.0,July was read again.
*,1.1.0,None.
"""


def git(root: Path, *command: str) -> None:
    name = ("-c", "user.name=Ada", "-c", "user.email=ada@garden.example")
    subprocess.run(["git", "-C", str(root), *name, *command], check=True)


def committed(room: Sandbox) -> None:
    git(room.root, "add", "-A")
    git(room.root, "commit", "-q", "-m", "as it is")


def refused(room: Sandbox, *command: str) -> str:
    done = room.run(*RELEASE, *command)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def released(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with version 1.0.0 released."""
    room = copy(EXAMPLE)
    (room.root / ".gitignore").write_text("_build/\ndist/\n__pycache__/\n", encoding="utf-8")
    git(room.root, "init", "-q")
    committed(room)
    said = "releases/1.0.0.json: found no record; expected `python -m tallybook release record`"
    assert said in refused(room, "archive")
    room.made(*RELEASE, "record")
    assert "found changes that are not committed (CHANGELOG.md, releases/)" in refused(
        room, "archive"
    )
    committed(room)
    room.made(*RELEASE, "archive")
    git(room.root, "tag", "v1.0.0")
    return room


def test_a_record_holds_what_the_site_names(released: Sandbox):
    record = json.loads(read(released.root / "releases/1.0.0.json"))
    assert [one["id"] for one in record["numbers"]] == [
        *("rain.total", "rain.wettest", "rain.beans", "rain.yield")
    ]
    assert [one["claim_id"] for one in record["claims"]] == ["neighbour-rain", "neighbour-beans"]
    assert record["charts"] == [{"id": "rain-months", "href": "rain.html#rain-months"}]
    assert "_cite/rain.total.html" in record["pages"] and record["date"] == "2026-01-31"
    log = read(released.root / "CHANGELOG.md")
    assert "## 1.0.0 (2026-01-31)" in log and "5 pages, 1 chart, 4 numbers, and 2 claims" in log


def test_a_later_release_says_what_moved_and_keeps_the_one_before(
    released: Sandbox, tmp_path: Path
):
    released.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    released.edit("data/rain/months.csv", "94.5", "96.5")
    released.made(*SEAL)
    said = refused(released, "record")
    assert "found no line with since 1.1.0 for rain.total, rain.wettest, rain.yield; exp" in said
    (released.root / "releases/why.csv").write_text(WHY, encoding="utf-8")
    released.made(*RELEASE, "record")
    log = read(released.root / "CHANGELOG.md")
    assert "| `rain.wettest` | 94.5 | 96.5 | mm | July was read again. |" in log
    assert log.index("## 1.1.0") < log.index("## 1.0.0")
    committed(released)
    git(released.root, "tag", "v1.2.0")
    assert "version: found 1.1.0; expected 1.2.0, the tag here" in refused(released, "archive")
    git(released.root, "tag", "-d", "v1.2.0")
    released.made(*BUILD)
    released.made(*RELEASE, "publish", str(tmp_path / "out"))
    old, new = (read(tmp_path / "out" / name) for name in ("v/1.0.0/rain.html", "rain.html"))
    assert "This is version 1.0.0 of 31 January 2026" in old and "94.5" in old
    assert "This is version" not in new and "96.5" in new
    place = "https://garden.example/v/"
    assert f'<link rel="predecessor-version" href="{place}1.0.0/rain.html">' in new
    assert "successor-version" not in old, "the newest is not released"
    told = json.loads(read(tmp_path / "out/v/versions.json"))
    assert [one["url"] for one in told["versions"]] == [f"{place}1.0.0/"]
    assert (
        f'<{place}1.0.0/>; rel="first last memento"; datetime="Sat, 31 Jan 2026 00:00:00 GMT"'
        in (read(tmp_path / "out/v/timemap.txt"))
    )
    (released.root / "dist/garden-1.0.0.tar.gz").rename(tmp_path / "away")
    said = refused(released, "publish", str(tmp_path / "two"))
    assert "archives.txt, garden-1.0.0.tar.gz: found no such archive; expected the archive" in said
    (tmp_path / "away").rename(released.root / "dist/garden-1.0.0.tar.gz")
    listing = read(tmp_path / "out/v/index.html")
    assert 'href="1.0.0/index.html"' in listing and '<html lang="en">' in listing


@pytest.mark.skipif(shutil.which("weasyprint") is not None, reason="WeasyPrint is here")
def test_a_release_with_files_to_keep_needs_what_prints_them(released: Sandbox):
    assert "found no WeasyPrint, which makes the PDF" in refused(released, "archive", "--keep")


def test_an_archive_that_was_touched_is_not_published(released: Sandbox, tmp_path: Path):
    name = "garden-1.0.0.tar.gz"
    with tarfile.open(released.root / "dist" / name) as packed:
        packed.extractall(tmp_path, filter="data")
    folder = tmp_path / "garden-1.0.0"
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    subprocess.run(command, cwd=folder, check=True)
    (folder / "site/numbers.json").write_text("[]", encoding="utf-8")
    archive.pack(folder, tmp_path / "kept" / name, folder.name, 0)
    options = ("--releases", str(tmp_path / "kept"), "--site", str(folder / "site"))
    said = refused(released, "publish", str(tmp_path / "out"), *options)
    assert f"{name}: found another sum than in releases/archives.txt" in said
    (released.root / "releases/archives.txt").unlink()
    said = refused(released, "publish", str(tmp_path / "out"), *options)
    assert f"{name}: found another site/numbers.json than SHA256SUMS says" in said


def test_the_archive_of_the_sources_builds_the_recorded_site(released: Sandbox, tmp_path: Path):
    dist = released.root / "dist"
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS-garden-1.0.0"]
    subprocess.run(command, cwd=dist, check=True)
    with tarfile.open(dist / "garden-1.0.0-source.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    folder = tmp_path / "garden-1.0.0-source"
    subprocess.run([*command[:-1], "SHA256SUMS"], cwd=folder, check=True)
    listed = tree.git(released.root, "ls-tree", "-r", "--name-only", "v1.0.0").decode().split()
    assert all((folder / name).is_file() for name in listed) and len(listed) > 5
    site = tree.build(folder)
    assert record.unlike("1.0.0", site, released.root / "releases") == []


@pytest.mark.skipif(not shutil.which("gpg"), reason="GnuPG is not on this machine")
def test_the_sums_are_signed_if_there_is_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "keys"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    made = tmp_path / "x-1.0.0.tar.gz"
    made.write_bytes(b"an archive")
    monkeypatch.delenv(archive.KEY, raising=False)
    assert [path.name for path in archive.vouch([made], tmp_path)] == ["SHA256SUMS-x-1.0.0"]
    monkeypatch.setenv(archive.KEY, "ada@garden.example")
    with pytest.raises(tree.ReleaseError, match=archive.KEY):
        archive.vouch([made], tmp_path)
    new = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "ada@garden.example"]
    subprocess.run(new, check=True, capture_output=True)
    sums, signature = archive.vouch([made], tmp_path)
    verify = ["gpg", "--verify", str(signature), str(sums)]
    assert subprocess.run(verify, capture_output=True).returncode == 0
    sums.write_text("other", encoding="utf-8")
    assert subprocess.run(verify, capture_output=True).returncode != 0


def test_without_any_release_the_public_site_is_the_newest_alone(garden: Sandbox, tmp_path: Path):
    garden.made(*RELEASE, "publish", str(tmp_path / "out"))
    made, site = (
        tree.read_sums(tree.sums(one)) for one in (tmp_path / "out", garden.site.resolve())
    )
    changed = tree.unlike(made, site)
    # Each page says that the address of the garden is nobody's.
    assert changed and all(name.endswith((".html", public.SHEET)) for name in changed)
    assert "This is a draft" in read(tmp_path / "out/index.html")
    nowhere = str(tmp_path / "nowhere")
    assert "nowhere" in refused(garden, "publish", str(tmp_path / "two"), "--releases", nowhere)
