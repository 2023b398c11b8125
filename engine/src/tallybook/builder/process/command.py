"""Build beside the old site, publish with one rename.

    python -m tallybook build [--root DIR] [--anew]

The site is ``_build/html``, a link to the newest good build under ``_build/sites``. A build that
fails, is stopped or is killed leaves the link, and what it points to, as they were. Executed
chapters, computed results, drawings and pages that were read are kept between builds; what in the
last site was made from the same is taken over (``tallybook.builder.cache.reuse``). With ``--anew``
nothing is taken from anywhere. It prints a line for each step, with the seconds since it began.
"""

from __future__ import annotations

import argparse
import contextlib
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

from tallybook import project, settings
from tallybook.builder.cache import CHECKED, DOCTREES, STORE, reuse
from tallybook.builder.process import faults, process_guard, progress, up_to_date
from tallybook.builder.process.process_guard import SIGNALS
from tallybook.builder.process.progress import say
from tallybook.builder.process.publish import (
    Copy,
    publish,
    put_away,
    refuse_others,
    remove,
    take_turn,
)
from tallybook.errors import TallybookError

# What is kept in staging between builds, and how many of each; and what Sphinx keeps there.
STORED = {STORE: 4, ".drawings": 5000}
CATALOGUES = ".locale"  # compiled by Sphinx; without them every translated page is read again
# Ways to run Python in which libraries that a build needs do not work, as none is tested without
# its docstrings.
NOT_KEPT = ("PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONDEVMODE")
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
    if not (root / settings.CONFIG).is_file():  # before a folder is made
        wanted = "expected the configuration of a report there"
        say(f"{settings.CONFIG}: file not found in {root}; {wanted}", sys.stderr)
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


def build(root: Path, anew: bool = False) -> int:
    """Build and publish; returns the exit code, and prints where to look or what went wrong. Raises
    ``OSError`` where ``_build`` cannot be written, ``Stopped`` if a signal comes."""
    work = root / "_build"
    staging = work / "staging"
    staging.mkdir(parents=True, exist_ok=True)
    with (work / "build.lock").open("w") as lock:
        take_turn(lock)
        made_from = up_to_date.inputs(root)
        if not anew and up_to_date.is_so(work, made_from):
            say("Nothing has changed since the last build. Open _build/html/index.html")
            return 0
        refuse_others(work)
        if anew:
            put_away(staging / "_build", work)
            (root / CHECKED).unlink(missing_ok=True)
        sweep(work)
        last, code_now = reuse.read(work), up_to_date.code(root)
        # Where nothing but words have changed, no code runs that has not run before.
        copy = Copy(work) if last.code != code_now or anew else None
        try:
            code, text, fault = run(root, staging, lock, {} if anew else {reuse.LAST: str(work)})
        finally:
            touched = copy.restore() if copy is not None else ""
        if touched:
            code, fault = code or 1, "\n".join(filter(None, [fault, touched]))
        elif code == 0 and (foreign := not_whole(staging / "_build", copy is not None)):
            code, fault = 1, foreign
        if code := _told(root, code, text, fault):
            return code
        _hear_no_signal()  # from here on the book is built
        site = publish(staging / "_build" / "html", work)
        # A file that was saved meanwhile may be in the site or not: then nobody can say what it is
        # made from.
        now = up_to_date.inputs(root)
        reuse.publish(staging / "_build", work, now if now == made_from else "", code_now)
        forget_old(staging)
    say(f"The book is built. Open {site.relative_to(root)}/index.html")
    return 0


def _told(root: Path, code: int, text: str, fault: str) -> int:
    """Keep the log of a build that has ended with ``code``, and say what went wrong; the exit
    code."""
    if code < 0:
        ended = f"The build was ended from outside by {signal.Signals(-code).name}"
        fault = f"{ended}, perhaps for want of memory."
    elif code:
        fault = fault or text[-2000:]
    where = " All of the log: _build/build.log" if keep_log(root / "_build", text, fault) else ""
    if code:
        say(f"{fault}\n{not_built(root)}{where}", sys.stderr)
    return code if code >= 0 else 128 - code


def not_whole(staging: Path, check: bool) -> str:
    """What to say of a site that is not what the build has written; empty if it is. ``check``:
    compare every file with the record that was taken of it."""
    made = reuse.read(staging)
    if not made.sums:  # the record is written last
        found = "found an end of Python before the site was whole"
        return f"{found}; expected code that leaves that to the build"
    foreign = made.different(staging / "html") if check else ""
    expected = "what the build has written, and nothing else"
    return f"_build/staging: found {foreign}; expected {expected}" if foreign else ""


def sweep(work: Path) -> None:
    """Remove what earlier builds, stopped or not, have left in staging: all but what is stored."""
    left = [*(work / "staging").iterdir(), *(work / "staging").glob("_build/*")]
    for path in left:
        kept = path.name in ("_build", CATALOGUES, *STORED) or path.name.startswith(DOCTREES)
        if not kept:
            put_away(path, work)


def keep_log(work: Path, text: str, fault: str) -> bool:
    """Write the log and the fault. On a full disk, what the build has left makes room."""
    log = work / "build.log"
    for make_room in (False, True):
        with contextlib.suppress(OSError):
            if make_room:
                sweep(work)
            log.write_text(f"{text}\n{fault}\n" if fault else text, encoding="utf-8")
            return True
    return False


def run(root: Path, staging: Path, lock: IO[str], told: dict[str, str]) -> tuple[int, str, str]:
    """jupyter-book on a tether: its exit code, all that it said, and what went wrong. Nothing of it
    is left at work. ``told``: environment variables for it, beside those of every build."""
    mark, channel = uuid.uuid4().hex, faults.Channel()
    around = {process_guard.MARK: mark, faults.CHANNEL: str(channel.into)}
    command = [sys.executable, "-m", process_guard.__name__, "build", str(root)]
    process, said = None, bytearray()
    try:
        # A process that is just being started could not be found and ended.
        with process_guard.signals_wait():
            process = subprocess.Popen(
                [*command, "--path-output", str(staging)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=root,
                env=indoors(staging) | around | {"PYTHONPATH": project.search_path(root)} | told,
                start_new_session=True,  # Ctrl-C comes to this process alone, which ends the other
                # The turn lasts as long as any of the two lives.
                pass_fds=[lock.fileno(), channel.into],
            )
            # Beside: whoever holds the pipe open after the build's end must not hold up the rest.
            reader = threading.Thread(
                target=_collect, args=(process.stdout, said, time.monotonic()), daemon=True
            )
            reader.start()
        process.wait()
    finally:
        if process is not None:
            process_guard.end_all(mark)
            if process.stdin is not None:  # it is a pipe
                process.stdin.close()
            process.wait()
            reader.join(process_guard.PATIENCE)
            if process.stdout is not None and not reader.is_alive():
                process.stdout.close()
        fault = channel.message()
        for left in ("home", "tmp"):
            shutil.rmtree(staging / left, ignore_errors=True)
    return process.returncode, said.decode("utf-8", errors="replace"), fault


def environment() -> dict[str, str]:
    """The same environment for every build: nothing of the page may depend on whose it is."""
    kept = {key: value for key, value in os.environ.items() if key not in NOT_KEPT}
    return {**kept, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONUTF8": "1"}


def indoors(staging: Path) -> dict[str, str]:
    """The environment with home and temporary files in staging. Settings and start-up files of
    whoever builds stay out, and what chapters or libraries leave there is removed at its end, or by
    the next build."""
    foreign = re.compile(r"XDG_|IPYTHON|JUPYTER")
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


def _collect(pipe: IO[bytes], said: bytearray, began: float) -> None:
    """Take down all that the build says, and print its steps as they come."""
    rest = b""
    while piece := os.read(pipe.fileno(), 65536):
        said += piece
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            if text := progress.told(line.decode("utf-8", errors="replace")):
                say(f"{time.monotonic() - began:4.0f} s  {text}")


def _stop(number: int, _frame: object) -> None:
    _hear_no_signal()  # one is enough; the end itself is not to be interrupted
    raise Stopped(number)


def _hear_no_signal() -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
