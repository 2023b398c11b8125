"""Costly results: once for all processes of a build, and never those of other data or other
code."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tallybook.builder.cache import results

from microwork import report
from microwork.paths import ROOT
from tests import PATIENCE
from tests.conftest import copy_project, run
from upkeep import tree


@pytest.fixture
def count(tmp_path, monkeypatch):
    """A kept function, a list of how often it is run, and the folder where its results lie."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    runs = []

    @results.kept
    def square(number: int) -> int:
        runs.append(number)
        return number * number

    return square, runs, tmp_path


def test_a_result_is_computed_once_for_each_argument(count):
    square, runs, _ = count
    assert [square(2), square(3), square(2)] == [4, 9, 4] and runs == [2, 3]


def test_without_a_folder_nothing_is_kept(count, monkeypatch):
    square, runs, folder = count
    monkeypatch.delenv(results.FOLDER)
    assert square(2) == square(2) == 4
    assert runs == [2, 2] and not list(folder.iterdir())


def test_other_content_finds_nothing_of_the_old(count, monkeypatch):
    square, runs, folder = count
    square(2)
    monkeypatch.setattr(results, "content_hash", lambda: "f" * 64)
    assert square(2) == 4 and runs == [2, 2]
    assert {path.name for path in folder.iterdir()} == {report.content_hash()[:16], "f" * 16}


@pytest.mark.parametrize("cut", [0, 3, -1])
def test_a_result_kept_by_half_is_computed_again(count, cut):
    square, runs, folder = count
    square(2)
    (path,) = folder.glob("*/*.pickle")
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    assert square(2) == 4 and runs == [2, 2]
    assert path.read_bytes() == whole


HASHED = """
import sys
from pathlib import Path
from microwork.report import content_hash
seen = [content_hash()]
for name in sys.argv[1:]:
    with Path(name).open("a") as file:
        file.write("# changed\\n")
    seen.append(content_hash())
print(len(set(seen)))
"""


def test_changed_code_of_the_analysis_or_of_the_engine_is_other_content(tmp_path: Path):
    """And the code that makes pages is none: a changed page is written again, but nothing is
    computed again."""
    root = copy_project(tmp_path / "report")
    engine = "data/package model/numbers charts/theme report"
    computing = [f"engine/src/tallybook/{name}.py" for name in engine.split()]
    computing += ["microwork/claims.py", "microwork/counts/fte.py"]
    pages = ["engine/src/tallybook/sphinx/social_image.py", "upkeep/tree.py"]
    for names, different in ((computing, len(computing) + 1), (pages, 1)):
        done = run(root, "-c", HASHED, *names)
        assert done.stdout == f"{different}\n", done.stderr


SLOW = """
import os, sys, time
import microwork
from tallybook.builder.cache.results import kept

@kept
def slow():
    with open(sys.argv[1], "a") as runs:
        runs.write(f"{os.getpid()}\\n")
    time.sleep(1)
    return 0.1 + 0.2

print(repr(slow()))
"""


@pytest.mark.parametrize("killed", [False, True], ids=["waits", "goes on after a kill"])
def test_who_asks_second_waits_and_computes_nothing(tmp_path: Path, killed: bool):
    """But a killed process holds nobody up."""
    runs, until = tmp_path / "runs", time.monotonic() + PATIENCE
    own = {results.FOLDER: str(tmp_path / "store"), "PYTHONPATH": tree.code(ROOT)}
    command = [sys.executable, "-c", SLOW, str(runs)]
    first = subprocess.Popen(command, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True)
    while not (runs.is_file() and runs.read_text()):
        assert first.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    if killed:
        first.kill()
    second = run(ROOT, *command[1:], **own).stdout
    assert first.communicate()[0] == ("" if killed else second)
    assert second == "0.30000000000000004\n"
    assert len(runs.read_text().splitlines()) == 1 + killed
