"""The report that this process works on: its folder and its package. A report says so once, when
its package is imported."""

from __future__ import annotations

import functools
import os
import pkgutil
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallybook.errors import TallybookError

# The file that holds the address of the page of sources, where a report was taken from its site.
SOURCES = "sources-page.txt"
CONFIG = "_config.yml"  # in the folder of a report
ENGINE = Path(__file__).resolve().parent


class ProjectError(TallybookError):
    """Nobody has said which report is meant."""


@dataclass(frozen=True)
class Unit:
    """A unit of a report: what it does to how a number prints.

    counted: its whole numbers were counted or published, and are shown to the last digit.
    one: its name beside a value of one, such as ``hour`` for ``hours``; empty: the same.
    """

    counted: bool = False
    one: str = ""


@dataclass(frozen=True)
class Project:
    """Where a report lies.

    Attributes
    ----------
    root: the folder with ``_config.yml`` and ``_toc.yml``.
    package: name of the Python package with the analysis, which lies in ``root``.
    units: the units that it declares, by name.
    """

    root: Path
    package: str
    units: Mapping[str, Unit] = field(default_factory=dict, compare=False)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def code(self) -> Path:
        return self.root / self.package

    @property
    def lock(self) -> Path:
        return self.root / "requirements.txt"


def search_path(root: Path) -> str:
    """``PYTHONPATH`` for a process that works on the report in ``root`` with this engine. What is
    there already comes after Python's own and the installed modules, and replaces none of them."""
    installed = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib")]
    inherited = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    return os.pathsep.join(dict.fromkeys([str(root), str(ENGINE.parent), *installed, *inherited]))


def later(name: str) -> Callable[..., Any]:
    """The function ``module:function``, imported when it is called: a build that takes all numbers
    from the last one need not wait for the modules that compute them."""
    return functools.partial(_called, name)


def _called(name: str, *given: Any) -> Any:
    return pkgutil.resolve_name(name)(*given)


_here: list[Project] = []


def use(root: Path, package: str, units: Mapping[str, Unit] | None = None) -> Project:
    """Say which report this process works on, and which units it declares.

    To be called in the report's own package, so that every import says it, in a kernel too.
    """
    _here[:] = [Project(root, package, units or {})]
    return _here[0]


def units() -> Mapping[str, Unit]:
    """The units that the report of this process declares; none if nobody has named a report."""
    return _here[0].units if _here else {}


def named() -> list[Project]:
    """The report that this process works on, if anybody has named one."""
    return list(_here)


def here() -> Project:
    """The report that this process works on. Raises ``ProjectError`` if ``use`` was not called."""
    if not _here:
        wanted = "tallybook.project.use(root, package) in the report's package, imported first"
        raise ProjectError(f"found no report; expected {wanted}")
    return _here[0]
