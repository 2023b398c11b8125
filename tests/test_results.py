"""Costly results: once for all processes of a build, and never those of other data or other code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tallybook.builder.cache import results

from microwork import report
from microwork.paths import ROOT
from tests.conftest import PATIENCE, copy_project
from upkeep import tree


@pytest.fixture
def count(tmp_path, monkeypatch):
    """A kept function that counts how often it is run, and the folder where its results lie."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    runs = []

    @results.kept
    def square(number: int) -> int:
        runs.append(number)
        return number * number

    return square, runs, tmp_path


def test_a_result_is_computed_once_for_each_argument(count):
    square, runs, _ = count
    assert [square(2), square(3), square(2)] == [4, 9, 4]
    assert runs == [2, 3]


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


def test_a_fault_is_not_kept(count):
    _, _, folder = count

    @results.kept
    def fails() -> None:
        raise ValueError("as always")

    for _ in range(2):
        with pytest.raises(ValueError, match="as always"):
            fails()
    assert all(path.stat().st_size == 0 for path in folder.glob("*/*"))


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
    engine = "engine/src/tallybook"
    computing = [
        f"{engine}/{name}"
        for name in ("data/package.py", "model/numbers.py", "charts/theme.py", "report.py")
    ]
    computing += ["microwork/claims.py", "microwork/counts/fte.py"]
    for names, different in (
        (computing, len(computing) + 1),
        ([f"{engine}/sphinx/card.py", "upkeep/tree.py"], 1),
    ):
        command, environment = (
            [sys.executable, "-c", HASHED, *names],
            {**os.environ, "PYTHONPATH": tree.code(root)},
        )
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
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


def test_who_asks_second_waits_and_computes_nothing(tmp_path: Path):
    runs = tmp_path / "runs"
    environment = {
        **os.environ,
        results.FOLDER: str(tmp_path / "store"),
        "PYTHONPATH": tree.code(ROOT),
    }
    command = [sys.executable, "-c", SLOW, str(runs)]
    both = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=PATIENCE)[0] for process in both] == [
        "0.30000000000000004\n"
    ] * 2
    assert len(runs.read_text().splitlines()) == 1


def test_a_killed_process_holds_nobody_up(tmp_path: Path):
    runs = tmp_path / "runs"
    environment = {
        **os.environ,
        results.FOLDER: str(tmp_path / "store"),
        "PYTHONPATH": tree.code(ROOT),
    }
    command = [sys.executable, "-c", SLOW, str(runs)]
    first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while not (runs.is_file() and runs.read_text()):
        assert first.poll() is None
    first.kill()
    first.wait()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.stdout == "0.30000000000000004\n" and len(runs.read_text().splitlines()) == 2
