"""Build beside the old site, publish with one rename.

    python -m tallybook build [--root DIR] [--anew]

The site is ``_build/html``, a link to the newest good build under ``_build/sites``. A build that
fails, is stopped or is killed leaves the link, and what it points to, as they were. Executed
chapters, computed results and pages that were read are kept between builds; what in the
last site was made from the same is taken over (``tallybook.builder.cache.reuse``). With ``--anew``
nothing is taken from anywhere. It prints a line for each step, with the seconds since it began.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import IO

import psutil

from tallybook import files, project, settings
from tallybook.builder.cache import CHECKED, DOCTREES, STORE, reuse
from tallybook.builder.process import faults, process_guard, progress, time_limit
from tallybook.builder.process.process_guard import SIGNALS
from tallybook.builder.process.progress import say
from tallybook.builder.process.publish import (
    led_away,
    publish,
    put_away,
    remove,
    secured,
    take_turn,
)
from tallybook.errors import TallybookError

# What is kept in staging between builds, and how many of each.
STORED = {STORE: 4}
CATALOGUES = ".locale"  # compiled by Sphinx; without them every translated page is read again


class Stopped(BaseException):
    """Someone wants the build to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main(arguments: list[str]) -> int:
    about = "Build beside the old site, publish with one rename."
    parser = argparse.ArgumentParser(prog="tallybook build", description=about)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder of the book")
    every = "make every file of the site, even if nothing has changed"
    parser.add_argument("--anew", action="store_true", help=every)
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if said := cannot_begin(root):  # before a folder is made
        say(said, sys.stderr)
        return 1
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, _stop)
    try:
        return build(root, options.anew)
    except Stopped as stop:
        say(f"Stopped by {signal.Signals(stop.number).name}. {not_built(root)}", sys.stderr)
        return 128 + stop.number
    except (TallybookError, OSError) as error:
        said = faults.of_files(error, root) if isinstance(error, OSError) else str(error)
        say(f"{said}\n{not_built(root)}", sys.stderr)
        return 1


def cannot_begin(root: Path) -> str:
    """Why nothing can be built in a folder; nothing if it can."""
    if not (root / settings.CONFIG).is_file():
        wanted = "expected the configuration of a report there"
        return f"{settings.CONFIG}: file not found in {root}; {wanted}"
    if files.NO_TEXT.search(str(root)):
        return f"{root}: found a name that is not UTF-8; expected a folder with another name"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if not re.fullmatch(r"\d{1,10}", epoch):
        return f"SOURCE_DATE_EPOCH: found {epoch!r}; expected seconds since 1970, in digits"
    return led_away(root / files.BUILD)


def build(root: Path, anew: bool = False) -> int:
    """Build and publish; returns the exit code, and prints where to look or what went wrong. Raises
    ``OSError`` where ``_build`` cannot be written, ``Stopped`` if a signal comes."""
    work = root / files.BUILD
    staging = work / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    with (work / "build.lock").open("w") as lock:
        take_turn(lock)
        made_from, last = reuse.inputs(root), reuse.read(work)
        if not anew and last.is_current(work, made_from):
            say("Nothing has changed since the last build. Open _build/html/index.html")
            return 0
        if anew:
            put_away(staging / "_build", work)
            (root / CHECKED).unlink(missing_ok=True)
        sweep(work)
        with secured(work) as touched:
            code, text, fault = run(root, staging, lock, {} if anew else {reuse.LAST: str(work)})
        made = staging / "_build"
        if code == 0 and not (made / reuse.NAME).is_file():  # the record is written last
            found = "found an end of Python before the site was whole"
            code, fault = 1, f"{found}; expected code that leaves that to the build"
        touched += reuse.altered(made) if code == 0 else []
        if touched:
            code, fault = 1, touched[0]
            put_away(made, work)  # kept, the next build would not execute the cell that did it
        elif code < 0:
            name = signal.Signals(-code).name
            fault = f"The build was ended from outside by {name}, perhaps for want of memory."
        fault = fault or (time_limit.ended(text, root) or text[-2000:] if code else "")
        log = f"{text}\n{fault}\n" if fault else text
        (work / "build.log").write_bytes(log.encode(errors="backslashreplace"))
        if code:
            say(f"{fault}\n{not_built(root)} All of the log: _build/build.log", sys.stderr)
            return code if code > 0 else 128 - code
        _hear_no_signal()  # from here on the book is built
        site = publish(made / "html", work)
        # A file that was saved meanwhile may be in the site or not: then nobody can say what it is
        # made from.
        reuse.publish(made, work, made_from if reuse.inputs(root) == made_from else "")
        forget_old(staging)
    say(f"The book is built. Open {site.relative_to(root)}/index.html")
    return 0


def sweep(work: Path) -> None:
    """Remove what earlier builds, stopped or not, have left in staging: all but what is stored."""
    left = [*(work / "staging").iterdir(), *(work / "staging").glob("_build/*")]
    for path in left:
        kept = path.name in ("_build", CATALOGUES, *STORED) or path.name.startswith(DOCTREES)
        if not kept:
            put_away(path, work)


def run(root: Path, staging: Path, lock: IO[str], told: dict[str, str]) -> tuple[int, str, str]:
    """jupyter-book on a tether: its exit code, all that it said, and what went wrong. Nothing of it
    is left at work. ``told``: environment variables for it, beside those of every build."""
    mark, said = uuid.uuid4().hex, Said()
    around = {process_guard.MARK: mark, "PYTHONPATH": project.search_path(root)}
    command = [sys.executable, "-m", process_guard.__name__, "build", str(root)]
    process = reader = None
    said.note("the command compared files and kept a copy of the site")
    try:
        process = subprocess.Popen(
            [*command, "--path-output", str(staging)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            cwd=root,
            env=indoors(staging) | around | told,
            start_new_session=True,  # Ctrl-C comes to this process alone, which ends the other
            pass_fds=[lock.fileno()],  # the turn lasts as long as any of the two lives
        )
        # Beside: whoever holds the pipe open after the build's end must not hold up the rest.
        reader = threading.Thread(target=said.collect, args=(process.stdout,), daemon=True)
        reader.start()
        process.wait()
    finally:
        process_guard.end_all(mark)
        if process is not None and process.stdin is not None:  # it is a pipe
            process.stdin.close()
            process.wait()
        if reader is not None:
            reader.join(process_guard.PATIENCE)
        for left in ("home", "tmp"):
            shutil.rmtree(staging / left, ignore_errors=True)
    return process.returncode, "".join(said.lines), said.fault


class Said:
    """What a build has said: the lines of its log, with the seconds since the command was started
    before each step, and why it has failed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.fault = ""
        self.started = psutil.Process().create_time()

    def note(self, text: str) -> None:
        self.lines.append(f"{time.time() - self.started:7.2f} s  {text}\n")

    def collect(self, pipe: IO[str]) -> None:
        """Take all down, and print the steps as they come."""
        began = time.monotonic()
        for line in pipe:
            if fault := progress.told(line, progress.FAULT):
                with contextlib.suppress(ValueError):  # it is not ours
                    self.fault = str(json.loads(fault))
                    continue
            if text := progress.told(line):
                say(f"{time.monotonic() - began:4.0f} s  {text}")
            if noted := text or progress.told(line, progress.MARK):
                self.note(noted)
            else:
                self.lines.append(line)


def environment() -> dict[str, str]:
    """The same environment for every build: nothing of the page may depend on whose it is."""
    told = {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}
    return {**os.environ, **told}


def indoors(staging: Path) -> dict[str, str]:
    """The environment with home and temporary files in staging. Settings and start-up files of
    whoever builds stay out, and what chapters or libraries leave there is removed at its end, or by
    the next build."""
    foreign = re.compile(r"XDG_|IPYTHON|JUPYTER|PYTHON(OPTIMIZE|WARNINGS|DEVMODE)")
    kept = {key: value for key, value in environment().items() if not foreign.match(key)}
    # The date of the commit is asked of git, which may need its settings.
    own = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    for git in filter(Path.is_file, (Path.home() / ".gitconfig", own / "git" / "config")):
        kept.setdefault("GIT_CONFIG_GLOBAL", str(git))
    home, temporary = staging / "home", staging / "tmp"
    home.mkdir()
    temporary.mkdir()
    told = {"TMPDIR": str(temporary), "PYTHONNOUSERSITE": "1"}
    return {**kept, "HOME": str(home), **told}


def forget_old(staging: Path) -> None:
    """Keep stored results of the latest contents only."""
    for name, kept in STORED.items():
        paths = sorted(staging.glob(f"_build/{name}/*"), key=lambda path: path.stat().st_mtime_ns)
        for path in paths[:-kept]:
            remove(path)


def not_built(root: Path) -> str:
    """The last line of a build that has failed."""
    built = (root / "_build" / "html").exists()
    stays = "the last good site stays in place" if built else "there is no site yet"
    return f"The book was not built; {stays}."


def _stop(number: int, _frame: object) -> None:
    _hear_no_signal()  # one is enough; the end itself is not to be interrupted
    raise Stopped(number)


def _hear_no_signal() -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
