"""A room for a drill: a copy of a report with its good site, and an eye on all that must not
change.

Drills run on the small example of the engine, which builds in seconds; what they provoke does not
depend on the report. ``DRILL_ON=book`` in the environment runs them on the whole book.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests import PATIENCE
from tests.conftest import ENGINE, copy_project
from tests.files import edit
from upkeep import tree

MARK = "REPORT_DRILL"
ON_BOOK = os.environ.get("DRILL_ON") == "book"
# The chapter whose cells drills change or execute again, of the book the quickest; and another
# page.
CHAPTER, PAGE, OTHER = "rain", "rain.md", "index.md"
if ON_BOOK:
    CHAPTER, PAGE, OTHER = "profile", "chapters/profile.md", "chapters/glossary.md"
STORED = (".notebooks", ".report", ".drawings")
# jupyter-book build .
PLAIN = (sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
ANEW = (sys.executable, "-m", "tallybook", "build", "--anew")


def hear_interrupts() -> None:
    """A shell that runs the tests in the background has all that they start ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Done:
    """How a build ended."""

    code: int
    said: str
    errors: str


@dataclass
class Sandbox:
    """A copy of the project at ``root``; ``site`` is its good site, file by file."""

    root: Path
    outside: Path  # home and folder for temporary files of whoever builds here
    site: dict[str, str]
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def built(self) -> Path:
        return self.root / "_build"

    @property
    def staging(self) -> Path:
        return self.built / "staging" / "_build"

    @property
    def chapter(self) -> Path:
        return self.root / PAGE

    def start(
        self, *before: str, command: tuple[str, ...] = ANEW, **around: str
    ) -> subprocess.Popen[str]:
        """Begin to build, with a command such as ``unshare`` before it; it leads a process group of
        its own."""
        own = {
            "PYTHONPATH": os.pathsep.join([tree.code(self.root), str(ENGINE)]),
            "HOME": str(self.outside / "home"),
            "TMPDIR": str(self.outside / "tmp"),
            MARK: self.mark,
        }
        return subprocess.Popen(
            [*before, *command],
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
            preexec_fn=hear_interrupts,
            env={**os.environ, **own, **around},
        )

    def end(self, process: subprocess.Popen[str]) -> Done:
        said, errors = process.communicate(timeout=PATIENCE)
        return Done(process.returncode, said, errors)

    def build(self, *before: str, command: tuple[str, ...] = ANEW, **around: str) -> Done:
        return self.end(self.start(*before, command=command, **around))

    def builds(self, *before: str, command: tuple[str, ...] = ANEW, **around: str) -> Done:
        """Build, which must succeed and give the good site again."""
        done = self.build(*before, command=command, **around)
        assert done.code == 0, done.errors + done.said[-2000:]
        self.check()
        return done

    def forget_chapter(self) -> None:
        """One chapter has to be executed again."""
        for stored in self.staging.glob(f".notebooks/*/{CHAPTER}-*"):
            stored.unlink()

    def forget_numbers(self) -> None:
        """All numbers have to be computed again, all charts to be drawn, and one chapter to be
        executed."""
        for name in (".report", ".drawings"):
            shutil.rmtree(self.staging / name)
        self.forget_chapter()

    def first_cell(self, code: str) -> None:
        """Put a cell before all others of the chapter."""
        edit(self.chapter, "```{code-cell}", f"```{{code-cell}}\n{code}\n```\n\n```{{code-cell}}")

    def alive(self) -> list[psutil.Process]:
        """All processes of the builds of this room, whatever their session and their parent."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get(MARK) == self.mark
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.Error, OSError):
                pass
        return found

    def wait_for_kernel(self, build: subprocess.Popen[str]) -> psutil.Process:
        """The kernel at work, as soon as there is one."""

        def kernel() -> psutil.Process | None:
            assert build.poll() is None, "the build ended before a kernel was at work"
            return next(filter(is_kernel, self.alive()), None)

        return wait_until(kernel)

    def check(self, allowed_seconds: float = 0) -> None:
        """The good site stands byte for byte, nothing came outside ``_build``, and nothing is still
        at work."""
        until = time.monotonic() + allowed_seconds
        while (left := self.alive()) and time.monotonic() < until:
            time.sleep(0.05)
        assert not left, left
        assert different(self.site, contents(self.built / "html"))[:10] == []
        strays = [path for path in self.outside.rglob("*") if path.is_file()]
        assert not strays, strays
        sites = list((self.built / "sites").iterdir())
        assert len(sites) <= 3 and all(contents(site) for site in sites)


def sleepers(span: str) -> list[psutil.Process]:
    """Processes that sleep for so many seconds: known by their command line, where they have
    dropped their environment."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if process.info["cmdline"] == ["/bin/sleep", span]
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def is_kernel(process: psutil.Process) -> bool:
    """A kernel is a fork of the server (``builder.notebooks.kernels``), as are those that draw, but
    in a group of its own."""
    try:
        own = os.getpgid(process.pid) == process.pid
        return own and "multiprocessing.forkserver" in " ".join(process.cmdline())
    except (psutil.Error, OSError):
        return False  # gone


def copy(good: Path, folder: Path) -> Sandbox:
    """A room of its own for one drill, from a report that is built."""
    root = copy_project(folder / "report", good)
    staging = "_build/staging/_build"
    for name in STORED:
        shutil.copytree(good / staging / name, root / staging / name)
    newest = os.readlink(good / "_build/html")
    shutil.copytree(good / "_build" / newest, root / "_build" / newest)
    (root / "_build/html").symlink_to(newest)
    for name in ("home", "tmp"):
        (folder / "outside" / name).mkdir(parents=True)
    return Sandbox(root, folder / "outside", contents(good / "_build/html"))


def contents(folder: Path) -> dict[str, str]:
    """Sha256 of every file below, by path."""
    folder = folder.resolve()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def different(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Names of files that only one has, or that are not the same."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def listing(root: Path) -> dict[str, str]:
    """All files of a project but what is built, and what Python compiled."""
    every = contents(root)
    return {n: one for n, one in every.items() if not re.search(r"^_build/|__pycache__", n)}


def refused(done: Done, *pieces: str, lines: int = 6) -> None:
    """A build that failed says why in a few lines, all of ``pieces`` among them, and shows no
    traceback."""
    assert done.code > 0, done.said
    for piece in (*pieces, "the last good site stays in place"):
        assert re.search(piece, done.errors), done.errors
    assert "Traceback" not in done.errors and len(done.errors.splitlines()) <= lines, done.errors


def wait_until(found, seconds: float = PATIENCE):
    """What ``found`` returns, once it is something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if result := found():
            return result
        time.sleep(0.02)
    raise AssertionError("waited in vain")
