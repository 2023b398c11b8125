"""Whose a file is: the author's, which a build looks after and leaves alone, the build's own, or
foreign; and one hash over any files."""

from __future__ import annotations

import codecs
import fnmatch
import functools
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from tallybook.errors import TallybookError

BUILD = "_build"  # below the folder of a report: whatever builds make
# Hidden files, what is built or installed, and what a command has printed.
LEFT_OUT = (  # noqa: SIM905
    f".* {BUILD} dist __pycache__ node_modules *.egg-info *.pyc *~ *.log"
).split()
NO_TEXT = re.compile("[\ud800-\udfff]")  # in a name: bytes that are not UTF-8
# What tells one state of a file from another without reading it; None if there is no such file.
State = tuple[int, int, int] | None

P = ParamSpec("P")
R = TypeVar("R")


class Whose(Enum):
    """Who has made a file, as far as a build is concerned."""

    AUTHOR = "the author's: no build writes it, and each looks after every change of it"
    BUILD = "the build's own, to be made anew or deleted"
    FOREIGN = "of nobody whom a build knows: outside the report, or of a name that is left out"


def whose(path: Path, root: Path) -> Whose:
    """Whose a file or folder is, by the place where it lies: ``path`` and ``root`` are absolute.
    Links are not followed, so whoever asks of what a link leads to resolves both before."""
    if not path.is_relative_to(root):
        return Whose.FOREIGN
    parts = path.relative_to(root).parts
    if parts[:1] == (BUILD,):
        return Whose.BUILD
    return Whose.FOREIGN if left_out(root, parts) else Whose.AUTHOR


def own(root: Path) -> Iterator[Path]:
    """Every file below ``root`` that is the author's, in no order."""
    for folder, names in _walk(root):
        yield from (path for name in names if (path := Path(folder, name)).is_file())


def refuse_links(root: Path) -> None:
    """Raise ``TallybookError`` for every link of the author's below ``root`` that leads to what is
    not the author's, where nobody sees a change, or to a folder in which it lies."""
    home, found = root.resolve(), list[str]()
    for folder, names in _walk(root, folders=True):
        for path in filter(Path.is_symlink, (Path(folder, name) for name in names)):
            to = Path(os.path.realpath(path))
            if whose(to, home) is not Whose.AUTHOR or Path(folder).resolve().is_relative_to(to):
                wanted = "expected a file of the report, as a build looks after no others"
                found.append(f"{path.relative_to(root)}: found a link to {to}; {wanted}")
    if found:
        raise TallybookError("\n".join(sorted(found)))


def left_out(_folder: str | Path, names: Iterable[str]) -> list[str]:
    """Those of the names in a folder that a build passes over, as ``shutil.copytree`` asks it."""
    return [name for name in names if _is_left_out(name)]


@functools.cache
def _is_left_out(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in LEFT_OUT)


def _walk(root: Path, folders: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Each folder of the author's with the names of its files, and of its ``folders``."""
    for folder, inside, names in os.walk(root):
        inside[:] = [name for name in inside if not _is_left_out(name)]
        found = [name for name in names if not _is_left_out(name)]
        yield folder, [*inside, *found] if folders else found


def below(folder: Path) -> Iterator[Path]:
    """Every file below ``folder``, in no order."""
    return (Path(place, name) for place, _folders, names in os.walk(folder) for name in names)


def contents(root: Path, paths: Iterable[Path]) -> str:
    """Hex sha256 over names and bytes of files below ``root``."""
    names = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    return sha256("".join(f"{name}\0{digest(path)}\0" for name, path in names))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all, whenever this process ends; folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.next")
    try:
        fresh.write_bytes(content)
        os.replace(fresh, path)
    except OSError as error:  # of a full disk says no name
        fresh.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None


def sha256(content: bytes | str) -> str:
    """Hex sha256 of bytes, or of a text, in which names of files need not be UTF-8."""
    whole = content.encode(errors="surrogateescape") if isinstance(content, str) else content
    return hashlib.sha256(whole).hexdigest()


def text(path: Path, name: str) -> str:
    """A file that a person has written. Raises ``TallybookError`` with its ``name`` if it is not
    plain UTF-8."""
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF8):
        raise TallybookError(f"{name}:1", "a byte order mark", "UTF-8 without one")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line, byte = content.count(b"\n", 0, error.start) + 1, content[error.start]
        raise TallybookError(f"{name}:{line}", f"the byte 0x{byte:02x}", "UTF-8") from None


def state(path: Path) -> State:
    """Time, size and inode of a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def states(root: Path) -> dict[str, State]:
    """The state of every file of a report, by its path from ``root``."""
    return {path.relative_to(root).as_posix(): state(path) for path in own(root)}


def while_unchanged(
    function: Callable[Concatenate[Path, P], R],
) -> Callable[Concatenate[Path, P], R]:
    """A function of a file, and of more, that is kept while the file is the same."""

    kept: Any = functools.cache(lambda _state, *given, **named: function(*given, **named))

    @functools.wraps(function)
    def wrapper(path: Path, /, *more: P.args, **named: P.kwargs) -> R:
        found: R = kept(state(path), path, *more, **named)
        return found

    return wrapper


@while_unchanged
def digest(path: Path) -> str:
    """Hex sha256 of a file. Raises ``OSError`` if there is none."""
    return sha256(path.read_bytes())


def tools() -> str:
    """Python and the installed packages with their versions, as their folders' names say it."""
    places = filter(Path.is_dir, map(Path, sys.path))
    found = {path.name for place in places for path in place.glob("*.*-info")}
    named = sorted(name for name in found if name.endswith((".dist-info", ".egg-info")))
    return "\n".join([sys.version, *named])
