"""Kernels are forks of a server that has imported what they need; they are kernels all the same.
What is costly is computed once for all of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from rooms import BUILD, EXAMPLE, SOURCE, Sandbox, contents
from tallybook import project
from tallybook.builder.cache import results
from tallybook.builder.notebooks import kernels

FORKED = pytest.mark.skipif(not kernels.can_fork(), reason="kernels are plain ones here")


def run(*cells: str, **options: object) -> list[str]:
    """What each cell prints."""
    made = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook = nbformat.v4.new_notebook(cells=made)
    kind = {"kernel_manager_class": kernels.Manager, "kernel_name": "python3"}
    NotebookClient(notebook, **kind, **options).execute()
    texts = (cell.outputs[0].get("text", "") if cell.outputs else "" for cell in notebook.cells)
    return [text.strip() for text in texts]


def test_a_kernel_runs_in_its_folder_with_the_environment_of_today(tmp_path, monkeypatch, capfd):
    """And has nothing to warn of: what is said to it is encrypted, as it would say otherwise."""
    monkeypatch.setenv("SAID_LATER", "yes")
    said = run(
        "import math, os, sys; math.found = 1; print(os.getcwd())",
        "print(os.environ['SAID_LATER'], os.getpgid(0) == os.getpid(), os.nice(0))",
        "print(__name__, '__file__' in globals())",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    nice = min(19, os.nice(0) + kernels.NICE)
    assert said == [str(tmp_path), f"yes True {nice}", "__main__ False"]
    assert run("import math; print(hasattr(math, 'found'))") == ["False"]
    assert "encryption" not in capfd.readouterr().err


@FORKED
def test_a_kernel_leaves_its_connection_file_as_the_manager_wrote_it(monkeypatch):
    """Where it writes the file anew, the file is gone for a moment, and a manager that looks for it
    then fails."""
    files, launch = [], kernels.Provisioner.launch_kernel

    async def look(self, cmd: list[str], **options: object) -> dict[str, object]:
        files.append(os.stat(self.parent.connection_file).st_mtime_ns)
        return await launch(self, cmd, **options)

    monkeypatch.setattr(kernels.Provisioner, "launch_kernel", look)
    file = "ipykernel.get_connection_file()"
    assert run(f"import ipykernel, os; print(os.stat({file}).st_mtime_ns)") == [str(*files)]


def test_a_cell_that_raises_and_kernels_that_die_or_hang_are_noticed(tmp_path):
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run("1 / 0")
    with pytest.raises(DeadKernelError, match="Kernel died"):
        run("import os; os.kill(os.getpid(), 9)")
    mark = tmp_path / "pid"
    note = f"import os; open({str(mark)!r}, 'w').write(str(os.getpid()))"
    with pytest.raises(TimeoutError):
        run(note, "while True: pass", timeout=5)
    assert not psutil.pid_exists(int(mark.read_text()))


STARTS = """
import nbformat
from nbclient import NotebookClient
from tallybook.builder.notebooks import kernels
kernels.warm_up(["no_such_module", "fractions"])
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in {cells!r}])
kind = {{"kernel_manager_class": kernels.Manager, "kernel_name": "python3"}}
NotebookClient(notebook, **kind).execute()
"""


@FORKED
def test_a_kernel_does_not_outlive_who_started_it(tmp_path: Path):
    """Whoever started it is killed outright; what could not be imported first hindered nobody."""
    mark = tmp_path / "pid"
    note = "import os, sys; print(os.getpid(), 'fractions' in sys.modules, "
    note += f"file=open({str(mark)!r}, 'w'), flush=True)"
    script = STARTS.format(cells=[note, "while True: pass"])
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    process = subprocess.Popen([sys.executable, "-c", script], env=env, cwd=tmp_path)
    until = time.monotonic() + 300
    while not (mark.is_file() and mark.read_text()):
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    pid, imported = mark.read_text().split()
    kernel = psutil.Process(int(pid))
    server = kernel.parent()
    process.kill()
    process.wait()
    assert imported == "True" and not psutil.wait_procs([kernel, server], timeout=300)[1]


def test_what_is_done_beside_has_the_environment_of_today_and_tells_its_faults(monkeypatch):
    monkeypatch.setenv("SAID_LATER", "yes")
    monkeypatch.setenv("BUILDER", str(os.getpid()))
    said, where = kernels.run_in_worker(_said)
    assert said == "yes" and (where != os.getpid() or not kernels.can_fork())
    with pytest.raises(ZeroDivisionError):
        kernels.run_in_worker(_fails)
    # It is done here if the process beside is killed.
    assert kernels.run_in_worker(_dies_elsewhere) == os.getpid()


def _said() -> tuple[str, int]:
    return os.environ["SAID_LATER"], os.getpid()


def _dies_elsewhere() -> int:
    if os.environ["BUILDER"] != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def _fails() -> float:
    return 1 / 0


def test_kernels_that_are_not_forked_give_the_same_site(
    garden: Sandbox, copy: Callable[[Path], Sandbox]
):
    """As where no process can be forked; nor does it depend on how Python is run."""
    room = copy(EXAMPLE)
    strict = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}
    plain = Sandbox(room.root, room.alone | {kernels.PLAIN: "1"} | strict)
    assert contents(plain.made(*BUILD)) == contents(garden.site)


PORTABLE = """
import importlib, os, pkgutil, signal, sys
import tallybook
found = pkgutil.walk_packages(tallybook.__path__, "tallybook.")
names = [module.name for module in found if not module.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)  # so that what others import is there already
for name in [name for name in sys.modules if name.split(".")[0] == "tallybook"]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "setpgid", "nice", "killpg", "getpgid"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGALRM", "setitimer"):
    delattr(signal, name)
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_nothing_is_imported_that_windows_does_not_have(alone: dict[str, str], tmp_path: Path):
    command = [sys.executable, "-c", PORTABLE]
    done = subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 80


# Costly results


@pytest.fixture
def square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A kept function and a list of how often it is run; results lie in ``tmp_path``."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    runs = []

    @results.kept
    def square(number: int) -> int:
        runs.append(number)
        if number < 0:
            raise ValueError("as always")
        return number * number

    return square, runs


def test_a_result_is_computed_once_for_each_argument(square, tmp_path, monkeypatch):
    function, runs = square
    assert [function(2), function(3), function(2)] == [4, 9, 4] and runs == [2, 3]
    for path in tmp_path.glob("*.pickle"):
        path.write_bytes(path.read_bytes()[:-1])  # kept by half
    assert function(2) == 4 and runs == [2, 3, 2]
    monkeypatch.delenv(results.FOLDER)
    assert function(2) == 4 and runs == [2, 3, 2, 2]


def test_a_fault_is_not_kept(square, tmp_path):
    for _ in range(2):
        with pytest.raises(ValueError, match="as always"):
            square[0](-1)
    assert square[1] == [-1, -1] and not list(tmp_path.glob("*.pickle"))


def test_what_can_change_a_number_is_other_content_and_what_makes_pages_is_none(
    copy: Callable[[Path], Sandbox], imported, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    root = copy(EXAMPLE).root
    engine = Path(shutil.copytree(project.ENGINE, tmp_path / "tallybook"))
    imported(root)
    monkeypatch.setattr(project, "ENGINE", engine)
    computing = ["_config.yml", "_toc.yml", "data/rain/months.csv", "garden/rain.py"]
    paths = [root / name for name in computing]
    paths += [engine / f"{name}.py" for name in ("data/package", "charts/theme", "report")]
    seen = [results.content_hash()]
    for path in paths:
        with path.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        seen.append(results.content_hash())
    assert len(set(seen)) == len(paths) + 1
    for path in (root / "index.md", engine / "sphinx" / "search.py"):
        with path.open("a", encoding="utf-8") as file:
            file.write("# changed\n")
    assert results.content_hash() == seen[-1]


SLOW = """
import os, sys, time
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
def test_who_asks_second_waits_and_computes_nothing(
    alone: dict[str, str], tmp_path: Path, killed: bool
):
    """But a killed process holds nobody up."""
    runs, until = tmp_path / "runs", time.monotonic() + 300
    own = alone | {results.FOLDER: str(tmp_path / "store")}
    command = [sys.executable, "-c", SLOW, str(runs)]
    first = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, text=True)
    while not (runs.is_file() and runs.read_text()):
        assert first.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    if killed:
        first.kill()
    second = subprocess.run(command, env=own, capture_output=True, text=True).stdout
    assert first.communicate()[0] == ("" if killed else second)
    assert second == "0.30000000000000004\n"
    assert len(runs.read_text().splitlines()) == 1 + killed
