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
import select
import shutil
import subprocess
import sys
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
LOOK = 1.0  # seconds between looks at all files and at what is at work, if the system is silent
MOMENT = 0.2  # seconds in which an editor that puts one file in the place of another has done so
NICE = 10  # how far the build of the rest gives way to others, 0 to 19
LONGEST = 120.0  # seconds; a worker that takes longer for a page hangs


class Builds:
    """The folder with pages that are newer than the site's, if any."""

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
        self.work, self.number, self.ready = root / "_build" / "draft", 0, False
        shutil.rmtree(self.work, ignore_errors=True)
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


class Author:
    """What is at work for whoever writes the report in ``root``."""

    def __init__(self, root: Path, builds: Builds) -> None:
        self.root, self.builds = root, builds
        self.worker: Worker | None = None
        self.build: subprocess.Popen[str] | None = None
        self.words: set[str] = set()  # pages that are not in the site as they were saved
        self.due = 0.0  # when the rest is to be built; never, if 0

    def follow(self) -> None:
        """Build, and again after each save, until Ctrl-C comes."""
        before = files.states(self.root)  # what is saved while the first build is at work counts
        try:
            self.build_all()
            while True:
                if (now := files.states(self.root)) == before:
                    wait_for_a_save(self.root, before)
                    now = files.states(self.root)
                if now.keys() != before.keys():
                    time.sleep(MOMENT)
                    now = files.states(self.root)
                if changed := {name for name, _ in now.items() ^ before.items()}:
                    self.saved(sorted(changed))
                before = now
                self.look()
        finally:
            self.end()

    def saved(self, names: list[str]) -> None:
        say(f"\nChanged: {', '.join(names)}")
        pages = set()
        with contextlib.suppress(TallybookError):  # of settings.pages: a build says it
            pages = {f"{page}.md" for page in settings.pages(self.root)}
        if not self.worker or not all(n in pages and (self.root / n).is_file() for n in names):
            self.build_all()
            return
        self.end_build()  # of the rest, which is now another
        self.words |= {name.removesuffix(".md") for name in names}
        if self.worker.ready:
            self.write_words()

    def write_words(self) -> None:
        """Have the worker write the pages whose words have changed, and show them."""
        assert self.worker
        began, self.due = time.monotonic(), 0.0
        answer, folder = self.worker.write(sorted(self.words))
        if why := answer.get("whole"):
            say(f"All is built: {why}.")
            self.build_all()
        elif fault := answer.get("fault"):
            say(f"{fault}\nThe pages stay as they were.", sys.stderr)
        else:
            self.builds.draft = folder
            written = f"{', '.join(answer['pages'])}: written in {time.monotonic() - began:.1f} s"
            say(f"{written}; other pages and languages, records and search follow.")
            self.due = time.monotonic() + QUIET

    def build_all(self) -> None:
        """Build all: what the worker would write may be wrong."""
        self.end()
        self.build = self.started()

    def started(self, **options: Any) -> subprocess.Popen[str]:
        """A build. What it says is shown, or read when it has ended."""
        arguments = [sys.executable, "-m", "tallybook", "build", "--root", str(self.root)]
        self.due = 0.0
        return subprocess.Popen(arguments, cwd=self.root, text=True, **options)

    def look(self) -> None:
        """See what is done, and begin what is due."""
        if self.build and self.build.poll() is not None:
            self.built(self.build)
        elif self.worker and not self.worker.ready and (answer := self.worker.answer(0)):
            self.worker.ready = True
            if "pages" not in answer:
                say(f"Each save will build all: {answer}", sys.stderr)
                self.end()
            elif self.words:
                self.write_words()
            else:
                say("Ready: words that are saved stand in their page at once.")
        elif self.due and time.monotonic() > self.due:
            self.build = self.started(stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            psutil.Process(self.build.pid).nice(NICE)

    def built(self, build: subprocess.Popen[str]) -> None:
        """Show what a build has made, or what it has said when it could not."""
        self.build, said = None, build.stdout.read() if build.stdout else ""
        if build.returncode:
            say(said, sys.stderr)
            return
        self.words = set()
        self.builds.draft = None
        if self.worker:
            say("The rest is built.")
        else:
            self.worker = Worker(self.root)

    def end_build(self) -> None:
        if self.build:
            self.build.terminate()
            self.build.wait()
        self.build = None

    def end(self) -> None:
        self.end_build()
        if self.worker:
            self.worker.end()
        self.worker = None
