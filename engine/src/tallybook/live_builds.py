"""What ``tallybook live`` does when a file is saved.

Where only words of pages have changed, the worker (``tallybook.live_worker``) writes these pages
into a draft beside the site, and the rest follows in a build when nothing more is saved. Whatever
else has changed, all is built, and a new worker is made from what that has stored. Until it is
ready, the last site is served with drafts of the last worker: words that are saved meanwhile are
seen at once, and all numbers on a page fit each other. Then site and worker are replaced together.

The system tells when something happens in a folder. What has changed is then found by comparing all
files with how they were, so that no way in which an editor saves a file goes unnoticed.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil
from watchfiles import watch

from tallybook import files, project, settings
from tallybook.builder.process import command
from tallybook.builder.process.progress import say
from tallybook.errors import TallybookError

QUIET = 3.0  # seconds without a save, after which the rest is built
LOOK = 0.5  # seconds between looks at all files and at what is at work, if the system is silent
MOMENT = 0.2  # seconds in which an editor that puts one file in the place of another has done so
NICE = 10  # how far a build gives way to the worker, 0 to 19
LONGEST = 120.0  # seconds; a worker that takes longer for a page hangs


class Builds:
    """The site that is served, if it need not be the newest one, and the folder with pages that are
    newer than its own, if any."""

    site: Path | None = None
    draft: Path | None = None


def wait_for_a_save(root: Path, names: Iterable[str]) -> None:
    """Return when something happens in a folder of these files, or now and then, so that whoever
    waits can see to other things."""
    folders = {root, *((root / name).parent for name in names)}
    there = sorted(folder for folder in folders if folder.is_dir())
    wait: Any = {"step": 20, "rust_timeout": int(LOOK * 1000), "yield_on_timeout": True}
    next(watch(*there, recursive=False, **wait))


class Worker:
    """A process that has Sphinx ready, or is about to."""

    def __init__(self, root: Path) -> None:
        drafts, self.number = root / "_build" / "draft", 0
        drafts.mkdir(exist_ok=True)
        self.work = Path(tempfile.mkdtemp(dir=drafts))
        stored, own = root / "_build/staging/_build", self.work / "_build"
        shutil.copytree(stored / ".doctrees", own / ".doctrees")
        for path in (stored / name for name in command.STORED):
            (own / path.name).symlink_to(path)
        environment = command.indoors(self.work) | {"PYTHONPATH": project.search_path(root)}
        with (self.work / "log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tallybook.live_worker", str(root), str(self.work)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=root,
                env=environment,
                start_new_session=True,
            )

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """The next answer; ``None`` if there is none in so many seconds."""
        assert self.process.stdout
        if not select.select([self.process.stdout], [], [], seconds)[0]:
            return None
        line = self.process.stdout.readline() or b'{"whole": "the worker was ended"}'
        found: dict[str, Any] = json.loads(line)
        return found

    def write(self, pages: list[str]) -> tuple[dict[str, Any], Path]:
        """Have pages read and written; the answer, and the folder where they are."""
        self.number += 1
        old, folder = (self.work / f"_build/pages-{self.number - back}" for back in (2, 0))
        shutil.rmtree(old, ignore_errors=True)  # the last one may be being read
        with contextlib.suppress(BrokenPipeError):  # it was ended, as its answer will say
            assert self.process.stdin
            self.process.stdin.write(json.dumps([str(folder), pages]).encode() + b"\n")
            self.process.stdin.flush()
        return self.answer(LONGEST) or {"whole": f"no page within {LONGEST:.0f} s"}, folder

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)  # with the process that reads a page
        self.process.wait()
        shutil.rmtree(self.work, ignore_errors=True)


class Author:
    """What is at work for whoever writes the report in ``root``."""

    def __init__(self, root: Path, builds: Builds) -> None:
        self.root, self.builds = root, builds
        self.worker: Worker | None = None  # of the site that is served
        self.next: Worker | None = None  # of the newest site, and not ready
        self.build: subprocess.Popen[str] | None = None
        self.words: set[str] = set()  # pages that are not in the newest site as they were saved
        self.whole = False  # whether more than words is not in it
        self.due = 0.0  # when it is to be built; never, if 0

    def follow(self) -> None:
        """Build, and again after each save, until Ctrl-C comes."""
        before = files.states(self.root)  # what is saved while the first build is at work counts
        shutil.rmtree(self.root / "_build/draft", ignore_errors=True)
        try:
            self.build_all()
            while True:
                if (now := files.states(self.root)) == before:
                    wait_for_a_save(self.root, before)
                    now = files.states(self.root)
                if now.keys() != before.keys():
                    time.sleep(MOMENT)
                    now = files.states(self.root)
                changed, before = {name for name, _ in now.items() ^ before.items()}, now
                try:
                    self.saved(sorted(changed))
                    self.look()
                except OSError as error:  # what a build has made is gone
                    say(f"{error}; all is built when a file is saved.", sys.stderr)
                    self.end()
        finally:
            self.end()

    def saved(self, names: list[str]) -> None:
        if not names:
            return
        say(f"\nChanged: {', '.join(names)}")
        pages = set[str]()
        with contextlib.suppress(TallybookError, OSError):  # of settings.pages: a build says it
            pages = {f"{page}.md" for page in settings.pages(self.root)}
        if not self.worker or not all(n in pages and (self.root / n).is_file() for n in names):
            self.build_all()
            return
        self.words |= {name.removesuffix(".md") for name in names}
        outdated, self.build = self.build, None  # what is to be built is another now
        try:
            self.write_words(self.worker)  # first of all
        finally:
            _end(outdated)

    def write_words(self, worker: Worker) -> None:
        """Have the worker write the pages whose words have changed, and show them."""
        began = time.monotonic()
        answer, folder = worker.write(sorted(self.words))
        self.due = time.monotonic() + QUIET
        if why := answer.get("whole"):
            say(f"All is built: {why}.")
            self.build_all()
        elif fault := answer.get("fault"):
            if self.whole or self.next:  # it may be of what is not yet built
                say("The pages follow when all is built.")
                return
            self.due = 0.0
            say(f"{fault}\nThe pages stay as they were.", sys.stderr)
        else:
            self.builds.draft = folder
            written = f"{', '.join(answer['pages'])}: written in {time.monotonic() - began:.1f} s"
            say(f"{written}; other pages and languages, records and search follow.")

    def build_all(self) -> None:
        """Build all now: what the worker would write may be wrong."""
        self.whole = True
        self.start()

    def start(self) -> None:
        """Begin a build in place of the one that is at work. What it says is shown, or read when it
        has ended if it is of the rest."""
        _end(self.build)
        arguments = [sys.executable, "-m", "tallybook", "build", "--root", str(self.root)]
        pipe = None if self.whole else subprocess.PIPE
        self.due = 0.0
        self.build = subprocess.Popen(
            arguments, cwd=self.root, text=True, stdout=pipe, stderr=pipe and subprocess.STDOUT
        )
        if self.worker:
            with contextlib.suppress(psutil.Error):  # it has ended already
                psutil.Process(self.build.pid).nice(NICE)

    def look(self) -> None:
        """See what is done, and begin what is due."""
        if self.build and self.build.poll() is not None:
            self.built(self.build)
        elif self.next and (answer := self.next.answer(0)):
            self.replace(self.next, answer)
        elif self.due and not self.next and time.monotonic() > self.due:
            self.start()

    def built(self, build: subprocess.Popen[str]) -> None:
        """Show what a build has made, or what it has said when it could not."""
        self.build, said = None, build.stdout.read() if build.stdout else ""
        if build.returncode:
            say(said, sys.stderr)
            return
        self.words = set()
        if self.whole:
            if not self.worker or self.next:  # the site that is served may be gone
                self.serve()
            _end(self.next)
            self.next, self.whole = Worker(self.root), False
        else:
            self.serve()
            say("The rest is built.")

    def serve(self) -> None:
        """Serve the newest site, without drafts."""
        self.builds.site, self.builds.draft = (self.root / "_build/html").resolve(), None

    def replace(self, worker: Worker, answer: dict[str, Any]) -> None:
        """Serve the newest site, with drafts of the worker that was made from it."""
        old, self.worker, self.next = self.worker, worker, None
        self.serve()
        _end(old)
        if "pages" not in answer:
            say(f"Each save will build all: {answer}", sys.stderr)
            _end(worker)
            self.worker = None
        elif self.words:
            self.write_words(worker)
        else:
            say("Ready: words that are saved stand in their page at once.")

    def end(self) -> None:
        for one in (self.build, self.worker, self.next):
            _end(one)
        self.build = self.worker = self.next = None
        self.builds.site = self.builds.draft = None


def _end(one: Worker | subprocess.Popen[str] | None) -> None:
    if isinstance(one, Worker):
        one.end()
    elif one:
        one.terminate()
        one.wait()
