"""What a build says, and where it writes: the published site changes by one rename, whichever
command builds."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy
from sphinx.errors import ExtensionError
from tallybook.builder.process.faults import explain

from tests.drills.room import PLAIN, STORED, Sandbox, contents, copy, different
from tests.files import read, write


@pytest.fixture
def room(garden_root: Path, tmp_path: Path) -> Sandbox:
    return copy(garden_root, tmp_path)


@pytest.fixture
def plain(room: Sandbox) -> Sandbox:
    """A room in which a plain build finds the stored results."""
    for name in STORED:
        shutil.copytree(room.staging / name, room.built / name)
    return room


def untouched(folder: Path) -> dict[str, tuple[int, int]]:
    """Time and inode of every file."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_build_says_what_it_does_with_times(room: Sandbox):
    done = room.build()
    assert done.code == 0, done.errors
    lines = [re.fullmatch(r" *(\d+) s  (.+)", line) for line in done.said.splitlines()[:-1]]
    assert all(lines), done.said
    seconds, steps = zip(*(line.groups() for line in lines), strict=True)
    assert list(map(int, seconds)) == sorted(map(int, seconds))
    wanted = (
        r"\d+ tables: as described",
        r"report: \d+ numbers, \d+ verdicts",
        r"(\d+) pages: (read|\d+ read, .*)",
        "pages: written",
        "records, downloads and search: written",
    )
    assert [bool(re.fullmatch(want, step)) for want, step in zip(wanted, steps, strict=True)] == [
        True
    ] * 5, steps


def test_a_build_says_which_chapters_it_executes(room: Sandbox):
    room.forget_chapter()
    done = room.build()
    assert re.search(r"(?m)^ *\d+ s  executing rain$", done.said), done.said
    assert re.search(r"(?m)^ *\d+ s  chapter rain: executed in \d+ s$", done.said), done.said


def test_a_plain_build_that_fails_leaves_the_published_site(plain: Sandbox):
    site = (plain.built / "html").resolve()
    before, target = untouched(site), os.readlink(plain.built / "html")
    index = plain.root / "index.md"
    write(index, read(index) + "\n{num}`rain.no-such-number`\n")
    done = plain.build(command=PLAIN)
    assert done.code != 0 and "rain.no-such-number" in done.said + done.errors
    assert os.readlink(plain.built / "html") == target and untouched(site) == before
    plain.check()


def test_a_plain_build_publishes_beside_the_old_site(plain: Sandbox):
    old = (plain.built / "html").resolve()
    before = untouched(old)
    done = plain.build(command=PLAIN)
    assert done.code == 0, done.said + done.errors
    new = (plain.built / "html").resolve()
    assert new != old and untouched(old) == before
    assert contents(new) == contents(old)


def test_a_plain_build_in_a_fresh_copy_publishes_too(plain: Sandbox):
    """Nothing is built yet: what comes out is a link all the same, so that the next build cannot
    write through it."""
    (plain.built / "html").unlink()
    shutil.rmtree(plain.built / "sites")
    done = plain.build(command=PLAIN)
    assert done.code == 0, done.said + done.errors
    assert (plain.built / "html").is_symlink()
    plain.check()


def test_a_database_without_space_is_said_like_a_full_disk(tmp_path: Path):
    """SQLite has words of its own for it, and the cache of chapters is written through it."""
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'small.db'}")
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.OperationalError) as raised:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("CREATE TABLE one (a)")
        connection.exec_driver_sql("CREATE TABLE two (a)")
    said = explain(
        ExtensionError("Handler <function start> threw an exception", raised.value), tmp_path
    )
    assert (
        said
        == "_build: found a full disk (No space left on device); expected room there for a build"
    )


def test_only_a_changed_page_is_read_again_and_the_site_is_that_of_a_fresh_build(room: Sandbox):
    """By its content, whatever time the file bears."""
    assert "2 pages: read" in room.build().said
    page = room.root / "index.md"
    write(page, read(page) + "\nA sentence that was not there before.\n")
    os.utime(page, (0, 0))
    done = room.build()
    assert done.code == 0 and "2 pages: 1 read, the others have not changed" in done.said, (
        done.said + done.errors
    )
    kept = contents(room.built / "html")
    assert "A sentence that was not there before." in read(room.built / "html/index.html")
    shutil.rmtree(room.staging / ".doctrees")
    done = room.build()
    assert done.code == 0 and "2 pages: read" in done.said, done.said + done.errors
    assert different(kept, contents(room.built / "html")) == []


def test_damaged_doctrees_are_thrown_away(room: Sandbox):
    room.builds()
    tree = room.staging / ".doctrees/rain.doctree"
    content = tree.read_bytes()
    at = content.index(b"garden")
    tree.write_bytes(content[:at] + b"warden" + content[at + 6 :])
    done = room.build()
    assert (
        done.code == 0
        and "found doctrees without a valid checksum; all pages are read again" in done.said
    ), done.said
    room.check()
