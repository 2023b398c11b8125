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


def mend(room: Sandbox, chapter: str) -> None:
    write(room.chapter, chapter)
    room.builds()


def test_a_cell_that_raises(room: Sandbox):
    room.first_cell("1 / 0")
    refused(room.build(), f"{PAGE}", "ZeroDivisionError: division by zero", "1 / 0")


def test_a_cell_that_hangs(room: Sandbox):
    config = room.root / "_config.yml"
    text = re.sub(r"  timeout: \d+\n", "", read(config))
    write(config, text.replace("execute:\n", "execute:\n  timeout: 4\n"))
    room.first_cell("import time; time.sleep(600)  # for ever")
    refused(room.build(), f"{PAGE}: a cell ran longer than 4 seconds", "for ever")


def test_a_cell_that_kills_its_kernel(room: Sandbox):
    room.first_cell("import os; os.kill(os.getpid(), 9)")
    refused(room.build(), f"{PAGE}: Kernel died")


def test_a_kernel_killed_from_outside(room: Sandbox):
    room.first_cell("import time; time.sleep(600)")
    process = room.start()
    room.wait_for_kernel(process).kill()
    refused(room.end(process), f"{PAGE}: Kernel died")


def test_a_process_that_a_cell_leaves_behind(room: Sandbox):
    """It holds up nothing and does not outlive the build."""
    chapter = read(room.chapter)
    room.first_cell(
        "import subprocess; left = subprocess.Popen(['sleep', '3600'], start_new_session=True);"
        " 1 / 0"
    )
    refused(room.build(), "ZeroDivisionError")
    assert not room.alive()
    mend(room, chapter)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process adopt orphans")
def test_processes_without_the_mark_of_the_build(room: Sandbox):
    """Started with an empty environment, in sessions of their own; the parent of one has ended.

    Neither outlives the build.
    """
    chapter = read(room.chapter)
    span = f"3600.{int(room.mark, 16) % 10**12:012}"
    room.first_cell(
        f"import subprocess\nsubprocess.Popen(['/bin/sleep', '{span}'], env={{}},"
        f" start_new_session=True)\nsubprocess.run(['/bin/sh', '-c', '/bin/sleep {span} & exit'],"
        " env={}, start_new_session=True)\nimport time; time.sleep(2)  # long enough to be"
        " seen\n1 / 0"
    )
    process = room.start()
    try:
        wait_until(lambda: len(sleepers(span)) == 2)
        refused(room.end(process), "ZeroDivisionError")
        assert sleepers(span) == []
    finally:
        for left in sleepers(span):
            left.kill()
    mend(room, chapter)


def test_the_builder_killed_from_outside(room: Sandbox):
    """As by a machine short of memory."""
    room.first_cell("import time; time.sleep(600)")
    process = room.start()
    room.wait_for_kernel(process)
    inner = next(
        p
        for p in psutil.Process(process.pid).children()
        if "tallybook.builder.process.process_guard" in p.cmdline()
    )
    inner.kill()
    done = room.end(process)
    refused(done, "SIGKILL")
    assert done.code == 128 + signal.SIGKILL


def test_a_cell_that_writes_outside_its_room(room: Sandbox):
    """Into the report's folder: named and refused, each time.

    Home and temporary files: out of harm's way.
    """
    chapter = read(room.chapter)
    room.first_cell(
        "import pathlib, tempfile\n"
        "pathlib.Path('found.csv').write_text('a,b')\n"
        f"pathlib.Path({str(room.root / 'aside.md')!r}).write_text('aside')\n"
        "pathlib.Path('~/.found').expanduser().write_text('in a home')\n"
        "pathlib.Path(tempfile.gettempdir(), 'found').write_text('in passing')"
    )
    found = room.chapter.parent / "found.csv"
    names = sorted(
        path.relative_to(room.root).as_posix() for path in (found, room.root / "aside.md")
    )
    for said in ("a new file", "it changed"):
        wanted = "; ".join(f"{name}: found {said}" for name in names)
        refused(room.build(), f"{wanted}; expected the folder of the report untouched")
    found.unlink()
    (room.root / "aside.md").unlink()
    mend(room, chapter)


def test_a_source_saved_by_hand_during_the_build(room: Sandbox):
    room.first_cell("import time; time.sleep(5)")
    process = room.start()
    room.wait_for_kernel(process)
    os.utime(room.root / OTHER)
    refused(
        room.end(process), f"{OTHER}: found it changed; expected the folder of the report untouched"
    )
