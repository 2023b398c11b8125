"""Whatever a build has started ends with it, though it may have dropped its mark, its session and
its parent."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator

import psutil
import pytest
from tallybook.builder.process import process_guard

CODE = """
import os, subprocess, sys
from tallybook.builder.process import process_guard
adopts, span, child = sys.argv[1:]
apart = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "start_new_session": True}
if adopts:
    process_guard.adopt_orphans()
subprocess.Popen(["/bin/sleep", span], **apart)
if child == "with a parent":
    subprocess.Popen(["/bin/sleep", span], env={}, **apart)
else:
    subprocess.run(["/bin/sh", "-c", f"/bin/sleep {span} & exit"], env={}, **apart)
print("ready", flush=True)
sys.stdin.read()
process_guard.end_all(os.environ[process_guard.MARK])
"""


def sleepers(span: str) -> list[psutil.Process]:
    """Processes that sleep for so many seconds: known by their command line, where they have
    dropped their environment."""
    processes = psutil.process_iter(["cmdline", "status"])
    found = [one for one in processes if one.info["cmdline"] == ["/bin/sleep", span]]
    return [one for one in found if one.info["status"] != psutil.STATUS_ZOMBIE]


LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets a process adopt orphans"
)


@pytest.fixture
def span() -> Iterator[str]:
    """Seconds to sleep, different in each test, by which its processes are known; none is left
    afterwards."""
    span = f"3600.{random.SystemRandom().randrange(10**12):012}"
    yield span
    for process in sleepers(span):
        process.kill()


@pytest.fixture
def started(span: str) -> Iterator[Callable[[bool, str], tuple[subprocess.Popen, str]]]:
    """Start a process with a mark, which starts two more, one of them without it, and ends both
    when its input is closed."""
    running = []

    def start(adopts: bool, child: str) -> tuple[subprocess.Popen, str]:
        mark = uuid.uuid4().hex
        process = subprocess.Popen(
            [sys.executable, "-c", CODE, "1" if adopts else "", span, child],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, process_guard.MARK: mark},
            text=True,
        )
        running.append(process)
        assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + 20  # the shell does not wait for its child to become one
        while len(sleepers(span)) < 2:
            assert time.monotonic() < until
            time.sleep(0.02)
        return process, mark

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("child", ["with a parent", pytest.param("without a parent", marks=LINUX)])
def test_a_build_ends_what_has_dropped_its_mark(span, started, child):
    process, _ = started(True, child)
    process.communicate()
    assert process.returncode == 0 and sleepers(span) == []


def test_who_started_the_build_ends_it_with_all_that_descend_from_it(span, started):
    process, mark = started(False, "with a parent")
    stranger = subprocess.Popen(["/bin/sleep", span])
    try:
        process_guard.end_all(mark)
        assert [one.pid for one in sleepers(span)] == [stranger.pid]
        process.wait(5)
    finally:
        stranger.kill()
        stranger.wait()


def test_a_process_that_was_just_being_started_is_found_by_a_second_look(monkeypatch, span):
    """Without an environment yet, and with its parent gone, nothing told whose it was."""
    one, other = (psutil.Process(subprocess.Popen(["/bin/sleep", span]).pid) for _ in range(2))
    looks = iter([[one], [], [other], [], []])
    monkeypatch.setattr(process_guard, "others", lambda _mark: next(looks))
    process_guard.end_all("a build")
    assert not one.is_running() and not other.is_running() and list(looks) == []
