"""Which commit of a report is built, or which release, if git or an archive says so."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tallybook import files
from tallybook.errors import TallybookError

# In an archive that git makes, the name of the tag is in this file, if ``.gitattributes`` says
# ``export-subst`` for it.
ARCHIVE = ".git_archival.txt"
# By these git is sent to another repository, or another state of files.
ELSEWHERE = re.compile(r"GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)")


class HistoryError(TallybookError):
    """There is a repository, but git does not say which commit it is at."""


@dataclass(frozen=True)
class Commit:
    """A commit: its hash, its time in seconds since 1970, and the tags that point to it; no tags if
    git sees a file that is changed or new, which is no release."""

    sha: str
    time: int
    tags: tuple[str, ...]


def commit(root: Path) -> Commit | None:
    """The commit at HEAD, if ``root`` is the root of a repository that has one. Raises
    ``HistoryError`` if git fails or is not there."""
    if not (root / ".git").exists() or not git(root, "rev-list", "--all", "-n1"):
        return None
    said = git(root, "log", "-1", "--format=%H%n%ct%n%D", "--decorate-refs=refs/tags")
    sha, time, names = said.split("\n")[:3]
    tags = tuple(re.findall(r"tag: ([^,]+)", names))
    return Commit(sha, int(time), () if tags and not _is_clean(root) else tags)


def _is_clean(root: Path) -> bool:
    """Whether every file of the report is as it was committed, whatever git was told to ignore."""
    if git(root, "status", "--porcelain", "--untracked-files=all"):
        return False
    listed = git(root, "ls-tree", "-r", "-z", "HEAD").split("\0")[:-1]
    known = {name: about.split()[2] for about, name in (line.split("\t", 1) for line in listed)}
    plain = (path for path in files.own(root) if not path.is_symlink())
    names = sorted(path.relative_to(root).as_posix() for path in plain)
    hashes = git(root, "hash-object", "--stdin-paths", told="\n".join(names)).split()
    return all(known.get(name) == one for name, one in zip(names, hashes, strict=True))


def git(root: Path, *command: str, told: str = "") -> str:
    """What a git command prints; ``told``: what it reads. Raises ``HistoryError`` with git's own
    words if it fails."""
    words, names = ["git", "-C", str(root), *command], "surrogateescape"
    around = {key: value for key, value in os.environ.items() if not ELSEWHERE.fullmatch(key)}
    try:
        done = subprocess.run(
            words, input=told, capture_output=True, encoding="utf-8", errors=names, env=around
        )
    except FileNotFoundError:
        wanted = "it, to say which commit is built"
        raise HistoryError(".git", "no command git", wanted) from None
    if done.returncode:
        said = " ".join(done.stderr.split())
        raise HistoryError(f".git: git says {said!r}; expected it to say which commit is built")
    return done.stdout


def archived(root: Path) -> str:
    """The tag of which ``root`` is the archive; empty if it is none, or of no tag."""
    path = root / ARCHIVE
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    found = re.search(r"^describe-name: (\S+)$", text, re.M)
    return found[1] if found else ""


def call_archive_of(tag: str, root: Path) -> None:
    """Let a copy without a history say that it is the archive of a tag."""
    (root / ARCHIVE).write_text(f"describe-name: {tag}\n", encoding="utf-8")
