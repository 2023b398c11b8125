"""Roots to build: small reports, each in a folder of its own, and the commands that build them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tallybook import files

ENGINE = Path(__file__).resolve().parent.parent
SOURCE, EXAMPLE = ENGINE / "src", ENGINE / "examples" / "garden"
UNBUILT = shutil.ignore_patterns("_build", "__pycache__")
BUILD = (sys.executable, "-m", "tallybook", "build")
PLAIN = (
    sys.executable,
    "-c",
    "from jupyter_book.cli.main import main; main()",
    "build",
    ".",
)  # jupyter-book build .


@dataclass(frozen=True)
class Sandbox:
    """A root that a test may build and spoil, and the environment of its commands."""

    root: Path
    alone: dict[str, str]

    @property
    def site(self) -> Path:
        return self.root / "_build" / "html"

    def run(
        self, *command: str, to: int | IO[str] = subprocess.PIPE
    ) -> subprocess.CompletedProcess[str]:
        """``to``: where the command prints, if it is not to be read."""
        where = {"stdout": to, "stderr": subprocess.PIPE}
        return subprocess.run(
            command, cwd=self.root, env=self.alone, text=True, timeout=3000, **where
        )

    def made(self, *command: str) -> Path:
        """The site as a command makes it, which has to succeed."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return self.site

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} holds no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Has Sphinx ready, and forks for each folder that it reads: a site is built there.
READY = """
import os, sys
from jupyter_book.cli.main import main
import jupyter_book.sphinx, myst_nb.sphinx_ext, sphinx_external_toc, sphinxcontrib.bibtex
import tallybook.sphinx.extension
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(2, 1)
        os.chdir(line.strip())
        main(["build", "."])
    print(os.waitpid(child, 0)[1], flush=True)
"""


class Elsewhere:
    """Clean builds of reports in another folder, each state of one once."""

    def __init__(self, folder: Path, alone: dict[str, str]) -> None:
        self.folder, self.known = folder, dict[str, dict[str, bytes]]()
        self.log = (folder.parent / "elsewhere.log").open("w+")
        told = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": self.log}
        self.process = subprocess.Popen(
            [sys.executable, "-c", READY], cwd=folder.parent, env=alone, text=True, **told
        )

    def built(self, root: Path) -> dict[str, bytes]:
        """The site of the files of a report."""
        state = files.contents(root, files.own(root))
        if state not in self.known:
            shutil.rmtree(self.folder, ignore_errors=True)
            shutil.copytree(root, self.folder, ignore=files.left_out)
            assert self.process.stdin and self.process.stdout
            print(self.folder, file=self.process.stdin, flush=True)
            assert self.process.stdout.readline().strip() == "0", read(Path(self.log.name))[-3000:]
            self.known[state] = contents(self.folder / "_build/html")
        return self.known[state]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def git(root: Path, *arguments: str) -> bytes:
    """What git prints."""
    who = ("-c", "user.name=A", "-c", "user.email=a@b.example")
    command = ["git", "-C", str(root), *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def contents(site: Path) -> dict[str, bytes]:
    """The files of a site, but for wheels, which hold the time of what they pack."""
    files = (path for path in site.resolve().rglob("*") if path.is_file() and path.suffix != ".whl")
    return {path.relative_to(site.resolve()).as_posix(): path.read_bytes() for path in files}
