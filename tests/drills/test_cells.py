"""A chapter whose code goes wrong: the build says which, and where, and ends."""

from __future__ import annotations

import os
import re
import signal
import sys

import psutil
import pytest

from tests.drills.room import OTHER, PAGE, Sandbox, refused, sleepers, wait_until
from tests.files import read, write

FOR_EVER = "import time; time.sleep(600)"
KILLED = f"{PAGE}: Kernel died"
# Processes that only their span tells, in sessions of their own; the parent of one has ended.
LEFT_BEHIND = """import subprocess, time
subprocess.Popen(['/bin/sleep', '{0}'], env={{}}, start_new_session=True)
subprocess.run(['/bin/sh', '-c', '/bin/sleep {0} & exit'], env={{}}, start_new_session=True)
time.sleep(2)  # long enough to be seen
1 / 0"""
# Into the folder of the page and that of the report; into a home and among temporary files.
WRITES = """import pathlib, tempfile
pathlib.Path('found.csv').write_text('a,b')
pathlib.Path({!r}).write_text('aside')
pathlib.Path('~/.found').expanduser().write_text('in a home')
pathlib.Path(tempfile.gettempdir(), 'found').write_text('in passing')"""


def test_a_cell_that_raises_or_kills_its_kernel(room: Sandbox):
    good = read(room.chapter)
    room.first_cell("1 / 0")
    refused(room.build(), PAGE, "ZeroDivisionError: division by zero", "1 / 0")
    write(room.chapter, good)
    room.first_cell("import os; os.kill(os.getpid(), 9)")
    refused(room.build(), KILLED)


def test_a_cell_that_hangs(room: Sandbox):
    config = room.root / "_config.yml"
    text = re.sub(r"  timeout: \d+\n", "", read(config))
    write(config, text.replace("execute:\n", "execute:\n  timeout: 4\n"))
    room.first_cell(f"{FOR_EVER}  # for ever")
    refused(room.build(), f"{PAGE}: a cell ran longer than 4 seconds", "for ever")


def test_kernel_and_builder_killed_from_outside(room: Sandbox):
    """As by a machine short of memory."""
    room.first_cell(FOR_EVER)
    process = room.start()
    room.wait_for_kernel(process).kill()
    refused(room.end(process), KILLED)
    process = room.start()
    room.wait_for_kernel(process)
    guard = "tallybook.builder.process.process_guard"
    children = psutil.Process(process.pid).children()
    next(child for child in children if guard in child.cmdline()).kill()
    done = room.end(process)
    refused(done, "SIGKILL")
    assert done.code == 128 + signal.SIGKILL


def test_a_process_that_a_cell_leaves_behind(room: Sandbox):
    """It holds up nothing and does not outlive the build."""
    chapter = read(room.chapter)
    started = "subprocess.Popen(['sleep', '3600'], start_new_session=True)"
    room.first_cell(f"import subprocess; left = {started}; 1 / 0")
    refused(room.build(), "ZeroDivisionError")
    assert not room.alive()
    write(room.chapter, chapter)
    room.builds()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_processes_without_the_mark_of_the_build(room: Sandbox):
    """Neither outlives the build."""
    span = f"3600.{int(room.mark, 16) % 10**12:012}"
    room.first_cell(LEFT_BEHIND.format(span))
    process = room.start()
    try:
        wait_until(lambda: len(sleepers(span)) == 2)
        refused(room.end(process), "ZeroDivisionError")
        assert sleepers(span) == []
    finally:
        for left in sleepers(span):
            left.kill()


def test_a_cell_that_writes_outside_its_room(room: Sandbox):
    """Into the report's folder: named and refused, each time.

    Home and temporary files: out of harm's way.
    """
    chapter, aside = read(room.chapter), room.root / "aside.md"
    room.first_cell(WRITES.format(str(aside)))
    strays = aside, room.chapter.parent / "found.csv"
    names = sorted(path.relative_to(room.root).as_posix() for path in strays)
    for said in ("a new file", "it changed"):
        wanted = "; ".join(f"{name}: found {said}" for name in names)
        refused(room.build(), f"{wanted}; expected the folder of the report untouched")
    for path in strays:
        path.unlink()
    write(room.chapter, chapter)
    room.builds()


def test_a_source_saved_by_hand_during_the_build(room: Sandbox):
    room.first_cell("import time; time.sleep(5)")
    process = room.start()
    room.wait_for_kernel(process)
    os.utime(room.root / OTHER)
    wanted = f"{OTHER}: found it changed; expected the folder of the report untouched"
    refused(room.end(process), wanted)


def test_tables_with_faults(room: Sandbox):
    """All that is wrong is named at once, a table and the bibliography, and no page is made."""
    table, bibliography = min((room.root / "data").glob("*/*.csv")), room.root / "data/sources.bib"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\n\xff", 1))
    bibliography.write_bytes(bibliography.read_bytes().rstrip()[:-1])
    refused(
        room.build(),
        rf"data/{table.parent.name}/{table.name}, row 2: found the byte 0xff; expected text in U",
        r"data/sources\.bib, line \d+, entry \w+: found no end of what begins here",
        lines=4,
    )
    made = list(room.staging.glob("html/**/*.html"))
    assert not made, "pages were made before the tables were checked"
