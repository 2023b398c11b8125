"""A build that is stopped or killed, at moments nobody chose: the good site stands, nothing lives
on, the next one succeeds."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tallybook.builder.process.command import sweep
from tallybook.builder.process.publish import publish

from tests.drills.room import Sandbox, contents, wait_until
from tests.files import read, write

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def send(process: subprocess.Popen, number: signal.Signals) -> None:
    """Ctrl-C goes to all of a terminal's foreground; the others to the process that was named."""
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)


def interrupted(room: Sandbox, process: subprocess.Popen, number: signal.Signals) -> None:
    """The build has been sent the signal: all is as it was."""
    done = room.end(process)
    if number == signal.SIGKILL:
        assert done.code == -number
    else:
        ends = "The book was not built; the last good site stays in place.\n"
        assert (done.code, done.errors) == (128 + number, f"Stopped by {number.name}. {ends}")
    room.check(allowed_seconds=60 if number == signal.SIGKILL else 0)


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_at_random_moments(room: Sandbox, number: signal.Signals):
    """The seed is the number of the signal; progress is counted in what lies in staging, so that a
    slow machine is no matter."""
    chance = random.Random(number)
    whole = sum(1 for _ in (room.built / "html").resolve().rglob("*"))
    early, late = chance.randrange(1, whole // 4), chance.randrange(whole // 4, whole * 3 // 4)
    room.forget_chapter()
    for wanted in (0, early, late):
        process = room.start()
        # One that has nothing to do may be over before anybody looks.
        wait_until(lambda: process.poll() is not None or hears(process))  # noqa: B023
        wait_until(lambda: process.poll() is not None or progress(room) >= wanted)  # noqa: B023
        if wanted and process.poll() == 0:
            continue  # a quick build was over; the first moment never is
        send(process, number)
        interrupted(room, process, number)
    room.builds()


def hears(process: subprocess.Popen) -> bool:
    """The builder has begun to listen: before, Python itself is not yet up, and any signal just
    ends it."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = int(re.search(r"^SigCgt:\s*(\w+)", status, re.M)[1], 16)
    # Of the three it asks for, the last that nobody may have told it to ignore, as nohup does.
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def progress(room: Sandbox) -> int:
    """What lies there now; a build that begins may be removing what the one before has left, which
    ``os.walk`` does not mind."""
    return sum(
        len(folders) + len(files)
        for name in (".doctrees", "html")
        for _, folders, files in os.walk(room.staging / name)
    )


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_while_a_chapter_is_executed(room: Sandbox, number: signal.Signals):
    chapter = read(room.chapter)
    mark = room.outside.parent / "mark"
    room.first_cell(f"open({str(mark)!r}, 'w').close()\nwhile True: pass")
    process = room.start()
    # In the loop, which hears of nothing.
    wait_until(lambda: mark.exists() or process.poll() is not None)
    send(process, number)
    interrupted(room, process, number)
    write(room.chapter, chapter)


def test_results_stored_by_half(room: Sandbox):
    """What a kill between two writes, or a crash of the machine, can leave: executed and computed
    again."""
    cut, *others = sorted(room.staging.glob(".notebooks/*/*"))
    for gone in others[:1]:
        gone.unlink()
    first, *others = sorted((room.staging / ".report").glob("*/*.pickle"))
    first.write_bytes(b"")
    for path in (cut, *others):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    room.builds()


CHANGES = ("os.symlink", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")


def publishes(work: Path, steps: int) -> bool:
    """Publish in a process that kills itself just before it links, renames or removes something for
    the nth time."""

    def count(event: str, _arguments: tuple) -> None:
        nonlocal steps
        if event in CHANGES:
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        code = 1
        try:
            sweep(work)
            sys.addaudithook(count)
            publish(work / "built", work)
            code = 0
        finally:
            os._exit(code)
    end = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert end in (0, -signal.SIGKILL)
    return end == 0


def site(folder: Path, word: str) -> None:
    folder.mkdir(parents=True)
    for name in ("index.html", "numbers.json"):
        write(folder / name, word)


def test_killed_at_every_step_of_publishing(tmp_path: Path):
    """The address of the site always leads to a whole site: the old one or the new one."""
    seen = []
    for step in range(100):
        work = tmp_path / str(step)
        for serial in (1, 2):
            site(work / "sites" / f"{serial:06d}", "old")
        (work / "html").symlink_to("sites/000002")
        site(work / "built", "new")
        (work / "staging").mkdir()
        done = publishes(work, step)
        found = set(contents(work / "html").values())
        assert len(contents(work / "html")) == 2 and len(found) == 1
        seen.append(read(work / "html/index.html"))
        # And the next build publishes, whatever was left.
        if not (work / "built").exists():
            site(work / "built", "next")
        assert publishes(work, 1000)
        assert read(work / "html/index.html") in ("new", "next")
        assert len(list((work / "sites").iterdir())) == 2
        if done:
            break
    assert done and seen.count("old") >= 2 and seen.count("new") >= 2, seen
