"""Why a build failed, in words for a person, and the way of these words to the build command.

Many processes and threads write to the log of a build at the same time, so no message can be taken
out of it again. The message has a channel of its own: a pipe from the process that builds to the
build command. A pipe needs no room on a disk, which may be what is wanting.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from tallybook.errors import TallybookError
from tallybook.project import ENGINE

CHANNEL = "TALLYBOOK_FAULTS"  # environment variable: the file descriptor of the pipe
LONGEST = 16_000  # bytes of a message; a pipe holds at least as many before anyone reads it
LITTLE = 1 << 20  # bytes; what fails with less room on the disk fails because of that
FULL = (errno.ENOSPC, errno.EDQUOT)
FULL_DATABASE = "database or disk is full"  # SQLite's words, in which jupyter-cache reports it
AFTER_LINE = re.compile(r"^(\S+:\d+:)(?=\S)")  # a warning, as Sphinx makes it an error
DRAWN = re.compile(r"\x1b\[[0-9;]*m|^=+$", re.M)  # colours, and the lines of Jupyter Book's boxes


class Channel:
    """The build command's side: opens the pipe, and reads the message when the build has ended."""

    def __init__(self) -> None:
        self._from, self.into = os.pipe()

    def message(self) -> str:
        """What was told; empty if nothing was. Closes the channel."""
        os.close(self.into)
        os.set_blocking(self._from, False)  # a process that is left over may hold the other end
        try:
            return os.read(self._from, LONGEST).decode("utf-8", errors="replace")
        except BlockingIOError:
            return ""
        finally:
            os.close(self._from)


def channel() -> int | None:
    """The side of the process that builds: what to write to. Those it starts do not get it."""
    told = os.environ.pop(CHANNEL, None)
    if told is None:
        return None
    os.set_inheritable(int(told), False)
    return int(told)


def tell(into: int | None, message: str) -> None:
    """Send a message to the build command, if there is one."""
    if into is not None:
        os.write(into, message.encode("utf-8")[:LONGEST])


def explain(error: BaseException, root: Path) -> str:
    """What went wrong, without a traceback: one line, or one for each fault. The message of an
    error that was raised for a person stands as it is. Any other error gets the place in the code
    where it was raised."""
    error = _behind(error)
    if (number := _full(error)) is not None:
        return disk_is_full(number)
    if _is_for_a_person(error, root):
        said = DRAWN.sub("", str(error)).strip().replace(f"{root}/", "")
        return AFTER_LINE.sub(r"\1 ", said)
    return _with_place(error, root)


def of_files(error: OSError, root: Path) -> str:
    """An error of the file system in one line: where, what the system said, what was expected."""
    if (number := _full(error)) is not None:
        return disk_is_full(number)
    path = Path(os.fsdecode(error.filename)) if error.filename else root / "_build"
    wanted = "a file or folder that can be read"
    if path.is_relative_to(root / "_build"):
        wanted = "to write there, as a build writes into _build and nowhere else"
    return f"{shown(path, root)}: {error.strerror or error}; expected {wanted}"


def disk_is_full(number: int = errno.ENOSPC) -> str:
    return f"_build: found a full disk ({os.strerror(number)}); expected room there for a build"


def has_no_room(folder: Path) -> bool:
    """Whether the disk of a folder is as good as full."""
    try:
        return shutil.disk_usage(folder).free < LITTLE
    except OSError:
        return False


def shown(path: Path, root: Path) -> str:
    """A path as messages name it: from the folder of the report, or of the engine's package."""
    for start in (root, ENGINE.parent):
        if path.is_relative_to(start):
            return path.relative_to(start).as_posix()
    return str(path)


def of_exit(error: SystemExit, root: Path) -> str:
    """What to say of an exit by code of the report; empty if others have ended the build."""
    frames = traceback.extract_tb(error.__traceback__)
    own = any(is_of_report(Path(frame.filename), root) for frame in frames)
    return explain(error, root) if own else ""


def remember_place(error: BaseException, root: Path) -> None:
    """Note on an error where it was raised: another process that gets it has no traceback of it."""
    if not _noted(error) and (place := _place(error, root)):
        error.add_note(place)


def _behind(error: BaseException) -> BaseException:
    """The error that another one only passes on. Jupyter Book says "Look above for the cause".
    Sphinx says which function failed, by its address in memory."""
    from sphinx.errors import ExtensionError  # slow to import, and not needed by the build command

    cause = error.__cause__
    passed_on = isinstance(error, RuntimeError) and "Look above for the cause" in str(error)
    passed_on |= isinstance(error, ExtensionError) and " at 0x" in error.message
    return _behind(cause) if passed_on and cause is not None else error


def _full(error: BaseException) -> int | None:
    """The number of the error if the disk is full, whoever has reported it, in whatever words."""
    said = "\n".join(_all_texts(error))
    if FULL_DATABASE in said:
        return errno.ENOSPC
    return next((number for number in FULL if os.strerror(number) in said), None)


def _all_texts(error: BaseException | None) -> Iterator[str]:
    """The texts of an error, of those that led to it, and of the process that it comes from."""
    while error is not None:
        yield str(error)
        yield str(getattr(error, "traceback", ""))  # of Sphinx's SphinxParallelError
        error = error.__cause__ or error.__context__


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
    if not path.is_relative_to(root) or path.is_relative_to(ENGINE):
        return False
    return not any(part.startswith((".", "_build")) for part in path.relative_to(root).parts)


def _with_place(error: BaseException, root: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename:
        return syntax(error, root)
    place = _noted(error) or _place(error, root)
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        wanted = "code that leaves the end to the build"
        return f"{place or 'the code of the report'}: found {error!r}; expected {wanted}"
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


def _noted(error: BaseException) -> str:
    return next(iter(getattr(error, "__notes__", [])), "")
