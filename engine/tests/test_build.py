"""What a build says, and where it writes: the published site changes by one rename, whichever
command builds."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
from rooms import BUILD, EXAMPLE, PLAIN, Sandbox, read
from sphinx.errors import ExtensionError
from tallybook.builder.process.faults import explain

ANEW = (*BUILD, "--anew")
STORED = (".notebooks", ".report", ".drawings")


def staging(room: Sandbox) -> Path:
    return room.root / "_build/staging/_build"


@pytest.fixture
def plain(built: Sandbox) -> Sandbox:
    """The example, in which a plain build finds the stored results too."""
    for name in STORED:
        shutil.copytree(staging(built) / name, built.root / "_build" / name)
    return built


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Time and inode of every file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the wheels, which hold the time of what they pack."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".whl")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_build_says_what_it_does_with_times(built: Sandbox):
    said = built.run(*ANEW).stdout
    lines = [re.fullmatch(r" *(\d+) s  (.+)", line) for line in said.splitlines()[:-1]]
    assert all(lines), said
    seconds, steps = zip(*(line.groups() for line in lines), strict=True)
    assert list(map(int, seconds)) == sorted(map(int, seconds))
    wanted = (
        r"\d+ tables: as described",
        r"report: \d+ numbers, \d+ verdicts",
        r"(\d+) pages: (read|\d+ read, .*)",
        "pages: written",
        "records, downloads and search: written",
    )
    assert all(re.fullmatch(*pair) for pair in zip(wanted, steps, strict=True)), steps


def test_a_build_says_which_chapters_it_executes(built: Sandbox):
    for stored in staging(built).glob(".notebooks/*/rain-*"):
        stored.unlink()
    said = built.run(*ANEW).stdout
    assert re.search(r"(?m)^ *\d+ s  executing rain$", said), said
    assert re.search(r"(?m)^ *\d+ s  chapter rain: executed in \d+ s$", said), said


def test_a_plain_build_that_fails_leaves_the_published_site(plain: Sandbox):
    site = plain.site.resolve()
    before, target = states(site), os.readlink(plain.site)
    plain.edit("index.md", "## Numbers", "{num}`rain.no-such-number`\n\n## Numbers")
    done = plain.run(*PLAIN)
    assert done.returncode and "rain.no-such-number" in done.stdout + done.stderr
    assert os.readlink(plain.site) == target and states(site) == before


def test_a_plain_build_publishes_beside_the_old_site(plain: Sandbox):
    old = plain.site.resolve()
    before = states(old)
    new = plain.made(*PLAIN).resolve()
    assert new != old and states(old) == before and contents(new) == contents(old)


def test_a_plain_build_in_a_fresh_copy_publishes_too(plain: Sandbox):
    """Nothing is built yet: what comes out is a link all the same, so that the next build cannot
    write through it."""
    before = contents(plain.site.resolve())
    plain.site.unlink()
    shutil.rmtree(plain.root / "_build/sites")
    assert plain.made(*PLAIN).is_symlink() and contents(plain.site.resolve()) == before


def test_only_a_changed_page_is_read_again_and_the_site_is_that_of_a_fresh_build(built: Sandbox):
    """By its content, whatever time the file bears."""
    assert "2 pages: read" in built.run(*ANEW).stdout
    page = built.root / "index.md"
    sentence = "A sentence that was not there before."
    built.edit("index.md", "## Numbers", f"{sentence}\n\n## Numbers")
    os.utime(page, (0, 0))
    done = built.run(*ANEW)
    assert "2 pages: 1 read, the others have not changed" in done.stdout, done.stdout + done.stderr
    kept = contents(built.site.resolve())
    assert sentence in read(built.site / "index.html")
    shutil.rmtree(staging(built) / ".doctrees")
    assert "2 pages: read" in built.run(*ANEW).stdout
    assert contents(built.site.resolve()) == kept


def test_a_sentence_in_one_page_reads_that_page_alone_in_each_language(
    copy: Callable[[Path], Sandbox],
):
    room = copy(EXAMPLE)
    room.edit("_config.yml", "html_theme: report", "html_theme: report\n    report_languages: [fr]")
    room.run(sys.executable, "-m", "tallybook", "translate")
    said = room.run(*BUILD).stdout
    assert "edition fr: 2 pages:" in said, said
    room.edit("rain.md", "It rained", "It did rain: it rained")
    read = re.findall(r"(?m)^ *\d+ s  (?:edition fr: )?2 pages: .*", said := room.run(*BUILD).stdout)
    assert len(read) == 2, said
    assert all(line.endswith("2 pages: 1 read, the others have not changed") for line in read), said


def test_what_was_put_away_is_deleted_beside_the_next_build(built: Sandbox):
    """So it is when whoever was to delete it was killed."""
    trash = built.root / "_build" / "trash"
    (trash / "left").mkdir(parents=True)
    built.edit("rain.md", "It rained", "It did rain: it rained")
    built.made(*BUILD)
    until = time.monotonic() + 60
    while trash.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not trash.exists()


def test_damaged_doctrees_are_thrown_away(built: Sandbox):
    before = contents(built.made(*ANEW).resolve())
    tree = staging(built) / ".doctrees/rain.doctree"
    tree.write_bytes(tree.read_bytes().replace(b"garden", b"warden", 1))
    says = "found doctrees without a valid checksum; all pages are read again"
    assert says in built.run(*ANEW).stdout and contents(built.site.resolve()) == before


def test_a_database_without_space_is_said_like_a_full_disk(tmp_path: Path):
    """SQLite has words of its own for it, and the cache of chapters is written through it."""
    engine = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'small.db'}")
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.OperationalError) as raised:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        connection.exec_driver_sql("CREATE TABLE one (a)")
        connection.exec_driver_sql("CREATE TABLE two (a)")
    error = ExtensionError("Handler <function start> threw an exception", raised.value)
    full = "_build: found a full disk (No space left on device)"
    assert explain(error, tmp_path) == f"{full}; expected room there for a build"
