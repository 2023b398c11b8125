"""Files of a report that no key of the cache covers may not be read by its code: they could change,
and the number that they gave would stay."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from tallybook import files, settings
from tallybook.builder.cache.results import TEXTS
from tallybook.builder.process import faults, process_guard
from tallybook.errors import TallybookError
from tallybook.project import ENGINE

WANTED = "a file that a build looks after: not hidden, no log, no page, of no other project"
_watched = set[Path]()


def watch(root: Path) -> None:
    """From now on, in this process of a build, raise ``TallybookError`` in code of the report that
    opens such a file. It cannot be taken back."""
    if process_guard.MARK in os.environ and root not in _watched:
        _watched.add(root)
        sys.addaudithook(partial(_refuse, root, f"{root}{os.sep}", f"{root / files.BUILD}{os.sep}"))


def _refuse(root: Path, inside: str, built: str, event: str, arguments: tuple[Any, ...]) -> None:
    if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    name = os.path.abspath(os.fsdecode(arguments[0]))
    # Most files are of Python or of the build: of these no more is asked.
    if name.startswith(built) or not name.startswith(inside):
        return
    if arguments[2] & (os.O_WRONLY | os.O_RDWR):
        return
    path = Path(name)
    if is_seen(path, root) or not path.is_file():
        return
    frame = sys._getframe(1)
    while frame := frame.f_back:  # type: ignore[assignment]
        name = frame.f_code.co_filename
        if name == settings.__file__:
            return  # the list of pages: what the chapters are is in the key
        if "ipykernel_" in name or faults.is_of_report(Path(name), root):
            shown = path.relative_to(root).as_posix()
            raise TallybookError(shown, "code that reads it", WANTED)


def is_seen(path: Path, root: Path) -> bool:
    """Whether a file is of another folder than the report's, or changes the key of what is kept."""
    theirs = (ENGINE, Path(sys.prefix))
    if not path.is_relative_to(root) or any(path.is_relative_to(one) for one in theirs):
        return True
    parts = [one for one in path.relative_to(root).parts if one != "__pycache__"]
    code = root.joinpath(*parts[:-1], parts[-1].removesuffix(".pyc"))  # from which it was compiled
    between = [one for one in path.parents if one.is_relative_to(root) and one != root]
    text = path.suffix in TEXTS and parts[0] not in ("data", "locale")
    text |= path == root / settings.TOC
    apart = any((one / "pyproject.toml").is_file() for one in between)
    owner = files.whose(code, root)
    seen = owner is files.Whose.AUTHOR and not text and not apart
    return seen or owner is files.Whose.BUILD
