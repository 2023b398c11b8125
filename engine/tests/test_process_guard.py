"""Whatever a build has started ends with it, and nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid

from tallybook.builder.process import process_guard

CHILD = """
import subprocess, sys
subprocess.Popen(["/bin/sleep", "3600"], stdout=subprocess.DEVNULL, start_new_session=True)
print("ready", flush=True)
sys.stdin.read()
"""


def test_all_that_has_the_mark_is_ended_in_whatever_session_it_is():
    mark = uuid.uuid4().hex
    around = {**os.environ, process_guard.MARK: mark}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", CHILD], env=around, **pipes)
    stranger = subprocess.Popen(["/bin/sleep", "3600"])
    try:
        assert process.stdout.readline() == b"ready\n"
        assert len(process_guard.others(mark)) == 2
        process_guard.end_all(mark)
        assert process_guard.others(mark) == [] and stranger.poll() is None
    finally:
        for one in (process, stranger):
            one.kill()
            one.communicate()
