"""What a build prints decides nothing, and it knows whether there is a site that can stay."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rooms import BUILD, EXAMPLE, PLAIN, Sandbox
from tallybook.builder.cache import STORE

LONG = """
from tallybook.builder.process import progress


def setup(app):
    progress.step("begun")
    for number in range(20_000):
        print("line", number)
    raise ValueError("found enough lines")
"""


@contextmanager
def unread() -> Iterator[int]:
    """A pipe from which nobody reads, like that of ``| head -1`` after its line."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


@pytest.fixture
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    return copy(EXAMPLE)


def test_a_failing_build_with_a_long_log_ends_though_nobody_reads(room: Sandbox):
    (room.root / "long.py").write_text(LONG, encoding="utf-8")
    room.edit("_config.yml", "tallybook]", "tallybook, long]")
    with unread() as pipe:
        done = room.run(*BUILD, to=pipe)
    assert done.returncode == 1 and "found enough lines" in done.stderr
    log = (room.root / "_build" / "build.log").read_text(encoding="utf-8")
    assert "line 19999" in log and "Exception ignored" not in done.stderr
    assert "The book was not built; there is no site yet. All of the log" in done.stderr


def test_a_good_build_is_good_though_nobody_reads_and_no_line_can_be_written(built: Sandbox):
    room, before = built, built.site.resolve()
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = room.run(*BUILD, "--anew", to=full)
    assert done.returncode == 0 and done.stderr == ""
    assert room.site.resolve() != before and (room.site / "index.html").is_file()
    with unread() as pipe:
        done = room.run(*BUILD, to=pipe)
    assert done.returncode == 0 and done.stderr == ""


def test_a_build_may_print_to_a_log_in_the_folder_of_the_report(room: Sandbox, garden: Sandbox):
    for folder in ("_build", "_build/staging/_build"):  # as both kinds of builds keep it
        shutil.copytree(garden.root / "_build/staging/_build" / STORE, room.root / folder / STORE)
    path = room.root / "everything.log"
    for command, last in (
        (PLAIN, "build succeeded."),
        (BUILD, "The book is built."),
        (BUILD, "Nothing has changed"),
    ):
        with path.open("w", encoding="utf-8") as log:
            done = room.run(*command, to=log)
        assert done.returncode == 0, done.stderr
        assert last in path.read_text(encoding="utf-8")
