"""Faults of a report's code that are known without running it, before any chapter is executed."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

from tallybook import files
from tallybook.builder.process import faults
from tallybook.errors import TallybookError


class CodeError(TallybookError):
    """A module of the report cannot be imported."""


def check(root: Path, package: str) -> None:
    """Raise ``CodeError`` with a line for each syntax error and each module that is not there."""
    paths = sorted(path for path in files.own(root / package) if path.suffix == ".py")
    if found := [fault for path in paths for fault in _faults(path, root, package)]:
        raise CodeError("\n".join(found))


def _faults(path: Path, root: Path, package: str) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except SyntaxError as error:
        yield faults.syntax(error, root)
        return
    for line, module in _imports(tree):
        if not _is_there(module, root, package):
            own = _is_own(module, package)
            expected = f"a module of {package}" if own else "a package that is installed"
            place = f"{faults.shown(path, root)}:{line}"
            yield f"{place}: found the import of {module!r}; expected {expected}"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and module of each import that always runs: none in a function, or under a condition."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def _is_there(module: str, root: Path, package: str) -> bool:
    """Whether a module can be found. Of a package of others, only the package is looked for."""
    if not _is_own(module, package):
        return importlib.util.find_spec(module.partition(".")[0]) is not None
    path = root.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def _is_own(module: str, package: str) -> bool:
    return module.partition(".")[0] == package
