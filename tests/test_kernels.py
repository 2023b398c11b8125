"""Kernels are forks of a server that has imported what they need; they are kernels all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from tallybook.builder.notebooks import kernels

from microwork.paths import ROOT
from tests import PATIENCE, conftest
from tests.conftest import GARDEN, built, copy_project
from tests.drills.room import contents, different
from upkeep import tree

FORKED = pytest.mark.skipif(not kernels.can_fork(), reason="kernels are plain ones here")


def run(*cells: str, **options: object) -> list[str]:
    """What each cell prints."""
    made = [nbformat.v4.new_code_cell(source) for source in cells]
    notebook = nbformat.v4.new_notebook(cells=made)
    kind = {"kernel_manager_class": kernels.Manager, "kernel_name": "python3"}
    NotebookClient(notebook, **kind, **options).execute()
    texts = (cell.outputs[0].get("text", "") if cell.outputs else "" for cell in notebook.cells)
    return [text.strip() for text in texts]


def test_a_kernel_runs_in_its_folder_with_the_environment_of_today(tmp_path, monkeypatch):
    monkeypatch.setenv("SAID_LATER", "yes")
    said = run(
        "import os, sys; print(os.getcwd())",
        "print(os.environ['SAID_LATER'], os.getpgid(0) == os.getpid(), os.nice(0))",
        "print(__name__, '__file__' in globals())",
        resources={"metadata": {"path": str(tmp_path)}},
    )
    assert said == [
        str(tmp_path),
        f"yes True {min(19, os.nice(0) + kernels.NICE)}",
        "__main__ False",
    ]


def test_kernels_share_no_state_and_have_nothing_to_warn_of(capfd):
    assert run("import math; math.found = 1; print(math.found)") == ["1"]
    assert run("import math; print(hasattr(math, 'found'))") == ["False"]
    assert "encryption" not in capfd.readouterr().err  # what is said to them is encrypted


@FORKED
def test_a_kernel_does_not_import_a_debugger_but_a_cell_may():
    assert run("import debugpy; print(debugpy.__name__)") == ["debugpy"]
    debugger = "startswith(('debugpy', 'pydevd'))"
    named = f"[name for name, module in sys.modules.items() if module and name.{debugger}]"
    assert run(f"import sys; print({named})") == ["[]"]


def test_a_cell_that_raises_and_a_kernel_that_dies_say_so():
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run("1 / 0")
    with pytest.raises(DeadKernelError, match="Kernel died"):
        run("import os; os.kill(os.getpid(), 9)")


def test_a_kernel_that_hangs_is_ended(tmp_path):
    mark = tmp_path / "pid"
    note = f"import os; open({str(mark)!r}, 'w').write(str(os.getpid()))"
    with pytest.raises(TimeoutError):
        run(note, "while True: pass", timeout=3)
    assert not psutil.pid_exists(int(mark.read_text()))


STARTS = """
import nbformat
from nbclient import NotebookClient
from tallybook.builder.notebooks import kernels
kernels.warm_up(["no_such_module", "tests.broken", "fractions"])
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in {cells!r}])
kind = {{"kernel_manager_class": kernels.Manager, "kernel_name": "python3"}}
NotebookClient(notebook, **kind).execute()
"""


def test_a_kernel_does_not_outlive_who_started_it(tmp_path):
    """Whoever started it is killed outright; what could not be imported first hindered nobody."""
    mark = tmp_path / "pid"
    note = "import os, sys; print(os.getpid(), 'fractions' in sys.modules, "
    note += f"file=open({str(mark)!r}, 'w'), flush=True)"
    script = STARTS.format(cells=[note, "while True: pass"])
    env = {**os.environ, "PYTHONPATH": tree.code(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", script], env=env, cwd=tmp_path)
    until = time.monotonic() + PATIENCE
    while not (mark.is_file() and mark.read_text()):
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    pid, imported = mark.read_text().split()
    assert imported == "True"
    kernel = psutil.Process(int(pid))
    assert kernel.is_running() and "multiprocessing.forkserver" in " ".join(kernel.cmdline())
    server = kernel.parent()
    process.kill()
    process.wait()
    gone, left = psutil.wait_procs([kernel, server], timeout=PATIENCE)
    assert not left


def test_what_is_done_beside_has_the_environment_of_today_and_tells_its_faults(monkeypatch):
    monkeypatch.setenv("SAID_LATER", "yes")
    said, where = kernels.run_in_worker(_said)
    assert said == "yes" and where != os.getpid()
    with pytest.raises(ZeroDivisionError):
        kernels.run_in_worker(_fails)


def test_what_was_to_be_done_beside_is_done_here_if_the_process_is_killed(monkeypatch):
    monkeypatch.setenv("BUILDER", str(os.getpid()))
    assert kernels.run_in_worker(_dies_elsewhere) == os.getpid()


def _said() -> tuple[str, int]:
    return os.environ["SAID_LATER"], os.getpid()


def _dies_elsewhere() -> int:
    if os.environ["BUILDER"] != str(os.getpid()):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def _fails() -> float:
    return 1 / 0


EARLY = """
import os, pathlib, sys
from multiprocessing import forkserver
from tallybook.builder.notebooks import kernels
del os.environ[kernels.IMPORTS]
kernels.head_start(*map(pathlib.Path, sys.argv[1:]))
started = forkserver._forkserver._forkserver_pid is not None
print(os.environ.get(kernels.IMPORTS, ""), started)
"""


@pytest.mark.parametrize("stored", [False, True], ids=["nothing stored", "a chapter stored"])
def test_what_chapters_use_is_imported_early_if_none_is_stored(tmp_path: Path, stored: bool):
    """In a process of its own, whose server is not that of other tests."""
    if stored:
        (tmp_path / ".notebooks/content").mkdir(parents=True)
        (tmp_path / ".notebooks/content/profile-key.ipynb").touch()
    own = {"PYTHONPATH": tree.code(ROOT), kernels.IMPORTS: ""}
    done = conftest.run(ROOT, "-c", EARLY, str(ROOT), str(tmp_path), **own)
    *imported, started = done.stdout.split()
    assert started == str(not stored) and ("microwork.retraining.figures" in imported) is not stored


def test_kernels_that_are_not_forked_give_the_same_site(garden_root: Path, tmp_path: Path):
    """As where no process can be forked."""
    root = built(copy_project(tmp_path / "report", GARDEN), TALLYBOOK_PLAIN_KERNELS="1")
    sites = [contents(one / "_build" / "html") for one in (garden_root, root)]
    assert different(*sites) == []


PORTABLE = """
import importlib, os, pkgutil, signal, sys
import microwork, tallybook
packages = (microwork, tallybook)
names = []
for package in packages:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    names += [module.name for module in found]
names = [name for name in names if not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)  # so that what others import is there already
for name in [name for name in sys.modules if name.split(".")[0] in ("microwork", "tallybook")]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "setpgid", "nice", "killpg", "getpgid"):
    delattr(os, name)
for name in ("SIGHUP", "SIGKILL"):
    delattr(signal, name)
for name in names:
    importlib.import_module(name)
print(len(names))
"""


def test_nothing_is_imported_that_windows_does_not_have():
    done = conftest.run(ROOT, "-c", PORTABLE)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 80
