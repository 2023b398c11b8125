"""Names that a report or a chapter can have."""

from __future__ import annotations

import builtins
import importlib.util
import keyword
import re
import sys
from pathlib import Path

from tallybook import settings
from tallybook.errors import TallybookError

REPORT, CHAPTER = r"[a-z][a-z0-9_]*", r"[a-z]+"  # their names
IMPORTED = re.compile(r"^(?:from|import) .*$", re.M)  # its words are no names for a chapter


class BeginError(TallybookError):
    """The report or the chapter cannot be begun."""


def check_report(folder: Path) -> None:
    """Raise ``BeginError`` for a folder that is there, or whose name no package can have."""
    name = folder.name
    _check_name(name, REPORT, {"data", "releases"})
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BeginError("new", f"{folder} already", "a folder that is not there")
    if not folder.parent.is_dir():
        raise BeginError("new", f"no folder {folder.parent}", f"it, to make {name} in it")
    if not folder.exists() and importlib.util.find_spec(name):
        raise BeginError("new", f"a package {name!r} that is installed", "another name")


def check_chapter(name: str, root: Path, template: Path) -> None:
    """Raise ``BeginError`` for a name that a file has already, or that its code cannot import."""
    paths = [*template.rglob("*.template")]
    imports = [IMPORTED.findall(path.read_text(encoding="utf-8")) for path in paths]
    _check_name(name, CHAPTER, {*re.findall(CHAPTER, str(imports)), *dir(builtins), "search"})
    package = re.split("[.:]", settings.report_provider(root) or "")[0]
    named = [path.relative_to(template).as_posix().removesuffix(".template") for path in paths]
    places = [f"{package}/NAME", f"{package}/NAME.py", "data/NAME", *named]
    for place in sorted(place for place in places if "NAME" in place):
        place = place.replace("NAME", name).replace("PACKAGE", package)
        if (root / place).exists():
            raise BeginError("new", f"{place} already", "the name of a chapter that is not there")


def _check_name(name: str, form: str, taken: set[str]) -> None:
    wanted = "small letters, as in 'garden'"
    if not re.fullmatch(form, name):
        raise BeginError("new", f"the name {name!r}", wanted)
    if keyword.iskeyword(name) or name in taken or name in sys.stdlib_module_names:
        raise BeginError("new", f"the name {name!r}, which has a meaning of its own", wanted)
