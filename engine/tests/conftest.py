"""What the tests of the engine share: an environment in which it is alone, copies of roots, and a
site."""

from __future__ import annotations

import fcntl
import importlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from rooms import BUILD, EXAMPLE, SOURCE, UNBUILT, Elsewhere, Sandbox
from tallybook import project


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the engine is found, and the report that is developed beside it
    cannot be imported."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "microwork.py").write_text(
        "raise ImportError('found the engine to import a report')\n", encoding="utf-8"
    )
    path = os.pathsep.join([str(folder), str(SOURCE)])
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": path,
    }


@pytest.fixture(scope="session")
def copy(
    alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Sandbox]:
    """A function that copies a root into a folder of its own."""

    def make(root: Path) -> Sandbox:
        return Sandbox(
            Path(
                shutil.copytree(root, tmp_path_factory.mktemp("root") / root.name, ignore=UNBUILT)
            ),
            alone,
        )

    return make


@pytest.fixture
def built(garden: Sandbox, tmp_path: Path) -> Sandbox:
    """The example with its site, to be spoilt: it has no chapter to execute, which is most of what
    a build does."""
    return Sandbox(
        Path(shutil.copytree(garden.root, tmp_path / "built" / "garden", symlinks=True)),
        garden.alone,
    )


@pytest.fixture(scope="session")
def garden(alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """The example, built by the first of the processes that test side by side; not to be
    changed."""
    base = tmp_path_factory.getbasetemp()
    beside = (base.parent if "PYTEST_XDIST_TESTRUNUID" in os.environ else base) / "example"
    beside.mkdir(exist_ok=True)
    room = Sandbox(beside / EXAMPLE.name, alone)
    with (beside / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (beside / "made").exists():
            shutil.rmtree(room.root, ignore_errors=True)
            shutil.copytree(EXAMPLE, room.root, ignore=UNBUILT)
            room.made(*BUILD)
            (beside / "made").touch()
    return room


@pytest.fixture(scope="module")
def elsewhere(
    alone: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    """Where clean builds are made, to compare others with."""
    made = Elsewhere(tmp_path_factory.mktemp("elsewhere") / EXAMPLE.name, alone)
    yield made
    made.end()


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], ModuleType]]:
    """A function that imports the package ``garden`` of a root into this process, which works on
    that report until the test ends."""
    monkeypatch.setattr(project, "_here", [])

    def forget() -> None:
        for name in [name for name in sys.modules if name.partition(".")[0] == "garden"]:
            del sys.modules[name]

    def load(root: Path) -> ModuleType:
        forget()
        monkeypatch.syspath_prepend(str(root))
        return importlib.import_module("garden")

    yield load
    forget()
