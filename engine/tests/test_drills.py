"""Builds that are stopped, or whose cells go wrong: the good site stands, nothing lives on, and the
next build gives the same bytes."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from rooms import BUILD, Sandbox, contents
from tallybook.builder.process.command import sweep
from tallybook.builder.process.publish import publish

STAYS = "The book was not built; the last good site stays in place."
PATIENCE = 600
LOOP = "open({!r}, 'w').close()\nwhile True: pass"
LIMIT = 20  # seconds; enough for imports on a machine that is at work on other things


class Drill:
    """A room with a good site, the marks of whose builds are looked for."""

    def __init__(self, room: Sandbox) -> None:
        self.room, self.site = room, contents(room.site)
        self.pages = {path: path.read_bytes() for path in room.root.glob("*.md")}
        self.outside = room.root.parent / "outside"
        for name in ("home", "tmp"):
            (self.outside / name).mkdir(parents=True)
        self.around = {
            **room.alone,
            "HOME": str(self.outside / "home"),
            "TMPDIR": str(self.outside / "tmp"),
            "DRILL": str(room.root),
        }

    def start(self):
        """Begin to build as the leader of a group; Ctrl-C is heard."""
        return subprocess.Popen(
            BUILD,
            cwd=self.room.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            env=self.around,
        )

    def build(self):
        """Its exit code, what it says and its errors."""
        process = self.start()
        said, errors = process.communicate(timeout=PATIENCE)
        return process.returncode, said, errors

    def fails(self, *pieces: str, lines: int = 3) -> None:
        code, said, errors = self.build()
        assert code > 0, said
        for piece in (*pieces, STAYS):
            assert piece in errors, errors
        assert "Traceback" not in errors and len(errors.splitlines()) <= lines, errors
        self.stands()

    def succeeds(self) -> None:
        """It gives the good site again."""
        code, said, errors = self.build()
        assert code == 0, said[-2000:] + errors
        self.stands()

    def stands(self, seconds: float = 0) -> None:
        """The good site stands, nothing came outside ``_build``, and nothing is still at work."""
        until = time.monotonic() + seconds
        while (left := self.alive()) and time.monotonic() < until:
            time.sleep(0.05)
        assert not left, left
        assert contents(self.room.site) == self.site
        assert [path for path in self.outside.rglob("*") if path.is_file()] == []

    def alive(self) -> list[psutil.Process]:
        """Processes of this room's builds, but for those that delete what was put away."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("DRILL") == self.around["DRILL"]
                ours |= "3607" in process.cmdline()
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found += [process] if "-I" not in process.cmdline() else []
            except (psutil.Error, OSError):
                pass
        return found

    def first_cell(self, code: str) -> None:
        page = self.room.root / "rain.md"
        text = self.pages[page].decode()
        cell = f"```{{code-cell}}\n{code}\n```\n\n```{{code-cell}}"
        page.write_text(text.replace("```{code-cell}", cell, 1), encoding="utf-8")

    def mend(self) -> None:
        for path, content in self.pages.items():
            path.write_bytes(content)

    def forget(self) -> None:
        """All is to be computed, drawn and read again."""
        shutil.rmtree(self.room.root / "_build/staging/_build", ignore_errors=True)
        (self.room.root / "_build/built").unlink(missing_ok=True)


@pytest.fixture
def drill(garden: Sandbox, tmp_path: Path) -> Drill:
    root = shutil.copytree(garden.root, tmp_path / "room" / "garden", symlinks=True)
    return Drill(Sandbox(Path(root), garden.alone))


def until(found: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def hears(process: subprocess.Popen[str]) -> bool:
    """The build listens: before, Python itself is not yet up, and any signal just ends it."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    caught = re.search(r"^SigCgt:\s*(\w+)", status, re.M)
    assert caught
    return bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


def interrupt(drill: Drill, process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Ctrl-C goes to all of a terminal's foreground; the others to the process that is named."""
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    _, errors = process.communicate(timeout=PATIENCE)
    if number == signal.SIGKILL:
        assert process.returncode == -number
    else:
        said = f"Stopped by {number.name}. {STAYS}\n"
        assert (process.returncode, errors) == (128 + number, said)
    drill.stands(60 if number == signal.SIGKILL else 0)


MOMENTS = [20261125, *(pytest.param(seed, marks=pytest.mark.weekly) for seed in range(6))]


@pytest.mark.parametrize("moment", MOMENTS)
def test_stopped_at_some_moment_and_while_a_cell_is_at_work(drill: Drill, moment: int):
    """After each the next build succeeds, whatever the last one has left."""
    chance, mark = random.Random(moment), drill.outside.parent / "mark"
    drill.forget()
    process, seconds = drill.start(), chance.uniform(0, 2)
    until(lambda: process.poll() is not None or hears(process))
    time.sleep(seconds)
    assert process.poll() is None, "the build was over before it was stopped"
    interrupt(drill, process, signal.SIGTERM)
    for number in (signal.SIGINT, signal.SIGKILL):
        drill.first_cell(LOOP.format(str(mark)))
        process = drill.start()
        until(lambda: mark.exists() or process.poll() is not None)  # noqa: B023
        interrupt(drill, process, number)
        mark.unlink()
    # As by a machine short of memory.
    process = drill.start()
    until(lambda: mark.exists() or process.poll() is not None)
    psutil.Process(process.pid).children()[0].kill()
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + signal.SIGKILL and "SIGKILL" in errors and STAYS in errors
    drill.stands()
    drill.mend()
    drill.succeeds()


def test_cells_that_go_wrong(drill: Drill):
    drill.first_cell("import os; os.kill(os.getpid(), 9)")
    drill.fails("rain.md: Kernel died")
    # It holds up nothing, and does not outlive the build.
    left = "import subprocess as s; s.Popen(['sleep', '3607'], start_new_session=True, env={})"
    drill.first_cell(f"{left}; 1 / 0")
    drill.fails("rain.md: ZeroDivisionError: division by zero", "1 / 0")
    # Home and temporary files are out of harm's way; what is written into the report is named.
    drill.first_cell(
        "import pathlib, tempfile\n"
        "for file in ('found.csv', 'garden/rain.py', '_build/staging/_build/html/planted.html'):\n"
        "    pathlib.Path(file).open('a').write('# more')\n"
        "pathlib.Path('~/.found').expanduser().write_text('in a home')\n"
        "pathlib.Path(tempfile.gettempdir(), 'found').write_text('in passing')"
    )
    said = "found.csv: found a new file; garden/rain.py: found it changed; expected the folder of"
    drill.fails(
        f"_build/staging/_build/html/planted.html: found a new file; {said} the report unto"
    )


def test_what_does_not_end_is_ended(drill: Drill):
    """A cell, code that computes numbers, the import of a module, or what hears no signal."""
    drill.room.edit("_config.yml", "execute:", f"execute:\n  timeout: {LIMIT}")
    drill.first_cell("import time; time.sleep(600)  # for ever")
    drill.fails(f"rain.md: a cell ran longer than {LIMIT} seconds", "for ever")
    drill.mend()
    said = f"found code that takes longer than {LIMIT} s; expected its end by then"
    for indent, line in (("    ", "rain = data"), ("", "READING = 0.5")):
        waits = f"{indent}import time; time.sleep(600)\n{indent}{line}"
        drill.room.edit("garden/rain.py", f"{indent}{line}", waits)
        drill.fails("garden/rain.py:", said)
    drill.room.edit("_config.yml", f"timeout: {LIMIT}", "timeout: 3")
    tried = drill.room.run(sys.executable, "-m", "tallybook", "try", "rain.fell")
    assert tried.returncode == 1 and "found code that takes longer than 3 s" in tried.stderr
    deep = "import sys; sys.setrecursionlimit(10**9); f = lambda: f() + 1; f()\nREADING = 0.5"
    drill.room.edit("garden/rain.py", "import time; time.sleep(600)\nREADING = 0.5", deep)
    drill.fails("garden/rain.py:", "found code that takes longer than 3 s")
    drill.room.edit("garden/rain.py", deep, "sum(range(10**13))\nREADING = 0.5")
    drill.fails("garden/rain.py:", "found code that does not end; expected its end by then")


CHANGES = ("os.symlink", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")


def publishes(work: Path, steps: int) -> bool:
    """Publish in a process that kills itself just before it links, renames or removes something for
    the nth time."""

    def count(event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in CHANGES:
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            sweep(work)
            sys.addaudithook(count)
            publish(work / "built", work)
            os._exit(0)
        finally:
            os._exit(1)
    end = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert end in (0, -signal.SIGKILL)
    return end == 0


def test_killed_at_every_step_of_publishing(tmp_path: Path):
    """The address of the site always leads to a whole site: the old one or the new one."""

    def site(folder: Path, word: str) -> None:
        folder.mkdir(parents=True)
        for name in ("index.html", "numbers.json"):
            (folder / name).write_text(word, encoding="utf-8")

    seen = []
    for step in range(100):
        work = tmp_path / str(step)
        for serial in (1, 2):
            site(work / "sites" / f"{serial:06d}", "old")
        (work / "html").symlink_to("sites/000002")
        site(work / "built", "new")
        (work / "staging").mkdir()
        done = publishes(work, step)
        found = list(contents(work / "html").values())
        assert len(found) == 2 and found[0] == found[1]
        seen.append(found[0].decode())
        # And the next build publishes, whatever was left.
        if not (work / "built").exists():
            site(work / "built", "next")
        assert publishes(work, 1000)
        assert (work / "html" / "index.html").read_text(encoding="utf-8") in ("new", "next")
        if done:
            break
    assert done and seen.count("old") >= 2 and seen.count("new") >= 1, seen
