"""What ``tallybook live`` does when a file is saved.

Where only words of pages have changed, the worker (``tallybook.live_worker``) writes these pages
into a draft beside the site, and the rest follows in a build when nothing more is saved. Whatever
else has changed, all is built, and a new worker is made from what that has stored.

The system tells when something happens in a folder. What has changed is then found by comparing all
files with how they were, so that no way in which an editor saves a file goes unnoticed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from tallybook import contents, files, project
from tallybook.builder.process import command
from tallybook.builder.process.progress import say
from tallybook.errors import TallybookError

QUIET = 2.0  # seconds without a save, after which the rest is built
LOOK = 1.0  # seconds between looks at all files and at what is at work, if the system is silent
MOMENT = 0.2  # seconds in which an editor that puts one file in the place of another has done so
NICE = 10  # how far such a build gives way to the worker
LONGEST = 60.0  # seconds; a worker that takes longer hangs
Seen = dict[str, files.State]


class Builds:
    """How many times there was something new to see, and waiting for the next one; the folder with
    pages that are newer than those of the site, if there is one."""

    def __init__(self) -> None:
        self.count, self.what, self.changed = 0, "", threading.Condition()
        self.draft: Path | None = None

    def add(self, what: str = "pages") -> None:
        """``what``: ``pages``, or ``all`` if more than text may look different."""
        with self.changed:
            self.count, self.what = self.count + 1, what
            self.changed.notify_all()

    def after(self, seen: int, seconds: float) -> int:
        """The count when it is no longer ``seen``, or after so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.count != seen, seconds)
            return self.count


def seen(root: Path) -> Seen:
    """The state of every file of the report. Of a loop of links a build says what is wrong."""
    with contextlib.suppress(TallybookError):
        return {path.relative_to(root).as_posix(): files.state(path) for path in files.own(root)}
    return {}


def saves(root: Path, before: Seen, stop: threading.Event) -> Iterator[set[str]]:
    """The names of files that are new, other or gone, as they are saved; every second none, at
    least. ``before``: the files as they were."""
    from watchfiles import watch

    while not stop.is_set():
        folders = {root, *((root / name).parent for name in before)}
        watched = sorted(folder for folder in folders if folder.is_dir())
        options: dict[str, Any] = {"recursive": False, "yield_on_timeout": True, "step": 20}
        for _ in watch(*watched, rust_timeout=int(LOOK * 1000), stop_event=stop, **options):
            if (now := seen(root)).keys() != before.keys():
                stop.wait(MOMENT)
                now = seen(root)
            changed = {name for name, _ in now.items() ^ before.items()}
            others = {(root / name).parent for name in now} - folders
            before = now
            yield changed
            if others:
                break  # a folder that nobody watches yet


class Worker:
    """A process that has Sphinx ready, or is about to."""

    def __init__(self, root: Path) -> None:
        self.work, self.number, self.ready = root / "_build" / "draft", 0, False
        shutil.rmtree(self.work, ignore_errors=True)
        stored, own = root / "_build/staging/_build", self.work / "_build"
        shutil.copytree(stored / ".doctrees", own / ".doctrees")
        for name in command.STORED:
            (own / name).symlink_to(stored / name)
        seal = ".doctrees.sha256"
        shutil.copy(stored / seal, own / seal)
        environment = command.indoors(self.work) | {"PYTHONPATH": project.search_path(root)}
        arguments = ["-m", "tallybook.live_worker", str(root), str(self.work)]
        with (self.work / "log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=root,
                env=environment,
                start_new_session=True,
            )
        self.answers: list[dict[str, Any]] = []
        self.told = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            with self.told:
                self.answers.append(json.loads(line))
                self.told.notify_all()
        with self.told:
            self.answers.append({"whole": "the process that reads pages was ended"})
            self.told.notify_all()

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next answer; ``None`` if there is none in so many seconds."""
        with self.told:
            self.told.wait_for(lambda: self.answers, seconds)
            return self.answers.pop(0) if self.answers else None

    def update(self, pages: list[str]) -> tuple[dict[str, Any], Path]:
        """Have pages read and written; the answer, and the folder where they are."""
        self.number += 1
        folder = self.work / "_build" / f"pages-{self.number}"
        with contextlib.suppress(OSError):  # it was ended; there is an answer that says so
            assert self.process.stdin
            self.process.stdin.write(json.dumps([str(folder), pages]).encode() + b"\n")
            self.process.stdin.flush()
        return self.answer(LONGEST) or {"whole": f"no page within {LONGEST:.0f} s"}, folder

    def end(self) -> None:
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, 9)
        self.process.wait()


class Author:
    """What is at work for whoever writes the report."""

    def __init__(self, root: Path, builds: Builds) -> None:
        self.root, self.builds = root, builds
        self.worker: Worker | None = None
        self.build: subprocess.Popen[bytes] | None = None
        self.all_new = False  # whether the build at work is made for more than words
        self.later: set[str] = set()  # files that were saved since it began
        self.words: set[str] = set()  # pages that were saved since the last good build
        self.due = 0.0  # when what follows later is built; never, if 0

    def follow(self, stop: threading.Event) -> None:
        """Build, and again after each save, until ``stop`` is set or Ctrl-C comes."""
        before = seen(self.root)  # what is saved while the first build is at work counts
        self.begin_all()
        try:
            for changed in saves(self.root, before, stop):
                if changed:
                    self.saved(changed)
                self.look()
        finally:
            self.end()

    def saved(self, changed: set[str]) -> None:
        names = sorted(changed)
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        say(f"\nChanged: {', '.join(names[:3])}{more}")
        self.later |= changed
        pages = {f"{page}.md" for page in contents.pages(self.root)}
        if not all(name in pages and (self.root / name).is_file() for name in names):
            self.begin_all()
            return
        self.words |= {name.removesuffix(".md") for name in names}
        if self.worker and self.worker.ready:
            self.write_words()
        elif not self.build and not self.worker:
            self.begin_all()  # the last one failed

    def write_words(self) -> None:
        """Have the worker write the pages whose words have changed."""
        assert self.worker
        began, self.due = time.monotonic(), 0.0
        answer, folder = self.worker.update(sorted(self.words))
        if why := answer.get("whole"):
            say(f"All is built: {why}.")
            self.begin_all()
        elif fault := answer.get("fault"):
            say(f"{fault}\nThe pages stay as they were.", sys.stderr)
        else:
            self.show(folder)
            written = f"{', '.join(answer['pages'])}: written in {time.monotonic() - began:.1f} s"
            say(f"{written}; other pages and languages, records and search follow.")
            self.due = time.monotonic() + QUIET

    def show(self, folder: Path | None, what: str = "pages") -> None:
        """Serve the pages of a folder before those of the site, and tell the browser."""
        old, self.builds.draft = self.builds.draft, folder
        self.builds.add(what)
        if old:
            shutil.rmtree(old, ignore_errors=True)

    def begin_all(self) -> None:
        """Build all, for more than words have changed: what a worker would write is wrong."""
        if self.worker:
            self.worker.end()
        if self.build:
            self.build.terminate()
            self.build.wait()
        self.worker, self.all_new = None, True
        self.begin()

    def begin(self, nice: int = 0) -> None:
        self.later, self.due = set(), 0.0
        arguments = [sys.executable, "-m", "tallybook", "build", "--root", str(self.root)]
        self.build = subprocess.Popen(arguments, cwd=self.root)
        if nice:
            psutil.Process(self.build.pid).nice(nice)

    def look(self) -> None:
        """See what is done, and begin what is due."""
        if self.build and self.build.poll() is not None:
            self.built(self.build.returncode == 0)
        worker = self.worker
        if worker and not worker.ready and (answer := worker.answer(0)):
            worker.ready = "pages" in answer
            if not worker.ready:
                say(f"Each save will build all: {answer}", sys.stderr)
                worker.end()
                self.worker = None
            elif self.words:
                self.write_words()
            else:
                say("Ready: words that are saved stand in their page at once.")
        if self.due and time.monotonic() > self.due and not self.build:
            self.all_new = False
            self.begin(NICE)

    def built(self, good: bool) -> None:
        self.build = None
        if not good:
            return  # it has said why, and the next save builds again
        if self.all_new:
            self.worker = Worker(self.root)
        self.words = {name.removesuffix(".md") for name in self.later}
        if not self.words:
            self.show(None, "all" if self.all_new else "pages")

    def end(self) -> None:
        if self.worker:
            self.worker.end()
        if self.build:
            self.build.terminate()
            self.build.wait()
