"""Why a build failed, in words for a person."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from pathlib import Path

from tallybook import files
from tallybook.errors import TallybookError
from tallybook.project import ENGINE

UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT)
AFTER_LINE = re.compile(r"^(\S+:\d+:)(?=\S)")  # a warning, as Sphinx makes it an error
DRAWN = re.compile(r"\x1b\[[0-9;]*m|^=+$", re.M)  # colours, and the lines of Jupyter Book's boxes


def explain(error: BaseException, root: Path) -> str:
    """What went wrong, without a traceback: one line, or one for each fault. The message of an
    error that was raised for a person stands as it is. Any other error gets the place in the code
    where it was raised."""
    error = _behind(error)
    if _is_for_a_person(error, root):
        said = DRAWN.sub("", str(error)).strip().replace(f"{root}/", "")
        return AFTER_LINE.sub(r"\1 ", said)
    return _with_place(error, root)


def of_files(error: OSError, root: Path) -> str:
    """An error of the file system in one line: where, what the system said, what was expected."""
    path = Path(os.fsdecode(error.filename)) if error.filename else root / "_build"
    wanted = "a file or folder that can be read"
    if path.is_relative_to(root / "_build"):
        wanted = "to write there, as a build writes into _build and nowhere else"
    elif error.errno in UNWRITABLE and (os.access(path, os.R_OK) or not os.path.lexists(path)):
        wanted = "a folder that can be written"
    return f"{shown(path, root)}: {error.strerror or error}; expected {wanted}"


def shown(path: Path, root: Path) -> str:
    """A path as messages name it: from the folder of the report, or of the engine's package."""
    for start in (root, ENGINE.parent):
        if path.is_relative_to(start):
            return path.relative_to(start).as_posix()
    return str(path)


def _behind(error: BaseException) -> BaseException:
    """The error that another one only passes on. Jupyter Book says "Look above for the cause".
    Sphinx says which function failed, by its address in memory."""
    from sphinx.errors import ExtensionError  # slow to import, and not needed by the build command

    cause = error.__cause__
    passed_on = isinstance(error, RuntimeError) and "Look above for the cause" in str(error)
    passed_on |= isinstance(error, ExtensionError) and " at 0x" in error.message
    return _behind(cause) if passed_on and cause is not None else error


def _is_for_a_person(error: BaseException, root: Path) -> bool:
    """Whether the text was written to be read alone: by Sphinx, or by the engine or the report."""
    from docutils.utils import SystemMessage
    from sphinx.errors import SphinxError

    if isinstance(error, (TallybookError, SphinxError, SystemMessage)):
        return True
    module = sys.modules.get(type(error).__module__)
    path = Path(getattr(module, "__file__", None) or "/")
    return bool(DRAWN.match(str(error).strip())) or is_of_report(path, root)


def is_of_report(path: Path, root: Path) -> bool:
    """Whether a file is the report's own, and not of the engine or of installed packages."""
    return files.whose(path, root) is files.Whose.AUTHOR and not path.is_relative_to(ENGINE)


def _with_place(error: BaseException, root: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return syntax(error, root)
    place = _place(error, root)
    text = f"{type(error).__name__}: {' '.join(str(error).split())}".removesuffix(": ")
    if isinstance(error, OSError) and error.filename:
        text = of_files(error, root)
        if not (root / place.rpartition(":")[0]).is_file():
            return text  # it was a file of the report that the engine could not read or write
    return f"{place}: {text}" if place else text


def syntax(error: SyntaxError, root: Path) -> str:
    """A syntax error in one line."""
    place = f"{shown(Path(error.filename or ''), root)}:{error.lineno}"
    return f"{place}: found {' '.join((error.text or '').split())!r} ({error.msg}); expected Python"


def _place(error: BaseException, root: Path) -> str:
    """The file and line where an error was raised: the last ones in the report's code, if any."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_of_report(Path(frame.filename), root)]
    for frame in (own or frames)[-1:]:
        return f"{shown(Path(frame.filename), root)}:{frame.lineno}"
    return ""
