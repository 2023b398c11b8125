"""``_config.yml`` and ``_toc.yml``, read with messages for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from tallybook.errors import TallybookError
from tallybook.project import CONFIG, Project

__all__ = ["CONFIG"]
TOC = "_toc.yml"
PARTS = (("execute",), ("html",), ("sphinx",), ("sphinx", "config"))  # what holds keys, if any
ROOT = "index"  # the first page: its address is that of the site


class SettingsError(TallybookError):
    """A file of settings is not there, is no YAML, or does not fit the files of the report."""


class _Once(yaml.SafeLoader):
    """YAML's own takes the last of two keys of one name, and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set[str]()
        for key in (key for key, _value in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                why = f"found the key {key.value} again"
                raise yaml.constructor.ConstructorError(None, None, why, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read(path: Path, expected: str) -> Any:
    """What a file holds. Raises ``SettingsError``, which ends in what was ``expected``."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Once)  # noqa: S506 - it is a safe one
    except FileNotFoundError:
        said = ": file not found"
    except UnicodeDecodeError as error:
        said = f": found the byte 0x{error.object[error.start]:02x}, which is not UTF-8"
    except yaml.YAMLError as error:
        said = _place(error)
    raise SettingsError(f"{path.name}{said}; expected {expected}")


def value(root: Path, *keys: str) -> Any:
    """What ``_config.yml`` says under keys within keys; ``None`` if nothing. Raises
    ``SettingsError`` if the file holds no settings."""
    expected = "the configuration of the report, as keys and values"
    found = read(root / CONFIG, expected)
    if not isinstance(found, dict):
        raise SettingsError(CONFIG, "no keys", expected)
    for part in PARTS:
        if not isinstance(inside := _under(found, part, {}), dict):
            raise SettingsError(f"{CONFIG}, {'.'.join(part)}", repr(inside), "keys and values")
    limit = _under(found, ("execute", "timeout"), 0)
    if not isinstance(limit, int | float):
        raise SettingsError(f"{CONFIG}, execute.timeout", repr(limit), "seconds")
    return _under(found, keys)


def _under(found: Any, keys: Sequence[str], default: Any = None) -> Any:
    for key in keys:
        found = found.get(key, default) if isinstance(found, dict) else default
    return found


def report_provider(root: Path) -> str | None:
    """The provider that ``_config.yml`` names."""
    found = value(root, "sphinx", "config", "report_provider")
    return found if isinstance(found, str) else None


def _place(error: yaml.YAMLError) -> str:
    """Where a text is no YAML, and why."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return f": found no YAML ({' '.join(str(error).split())})"
    mark, why = error.problem_mark, ", ".join(filter(None, [error.context, error.problem]))
    return f", line {mark.line + 1}, column {mark.column + 1}: found no YAML ({why})"


def chapters(here: Project) -> dict[str, str]:
    """The chapters in reading order, each by its name with its page: the first part of
    ``_toc.yml``, or all its pages if it has no parts. A chapter has a package of its name in the
    report's package, or a module.

    Raises ``SettingsError`` for a chapter without its page or its code, and for a ``_toc.yml`` that
    says none of this.
    """
    listed = {PurePosixPath(page).name: page for page in _listed(here.root / TOC)}
    for name, page in listed.items():
        code = [f"{here.package}/{name}/__init__.py", f"{here.package}/{name}.py"]
        for needed in ([f"{page}.md"], code):
            if not any((here.root / path).is_file() for path in needed):
                found = f"the chapter {page}, but no file {needed[0]}"
                raise SettingsError(TOC, found, ", or ".join(["it there", *needed[1:]]))
    return listed


def pages(root: Path) -> list[str]:
    """All pages of the report in ``root`` in reading order, the first page first."""
    found = list(_pages(read(root / TOC, "the root and the pages of the report")))
    if again := sorted({page for page in found if found.count(page) > 1}):
        raise SettingsError(TOC, f"the page {again[0]} twice", "each page once")
    return found


def _pages(part: object) -> Iterator[str]:
    """All pages that a part of the contents names, at whatever depth, without their endings."""
    inside = part if isinstance(part, list) else []
    if isinstance(part, dict):
        yield from (str(part[key]).removesuffix(".md") for key in ("root", "file") if key in part)
        inside = list(part.values())
    for inner in inside:
        yield from _pages(inner)


def _listed(path: Path) -> list[str]:
    """The pages of the chapters, without their endings."""
    expected = "the root, then parts with chapters, or chapters alone, each as file: page"
    contents = read(path, expected)
    try:
        first = contents["parts"][0] if "parts" in contents else contents
        found = [str(page["file"]).removesuffix(".md") for page in first["chapters"]]
        root = contents.get("root", ROOT)
    except (AttributeError, IndexError, KeyError, TypeError):
        raise SettingsError(TOC, "no list of chapters", expected) from None
    if root != ROOT:
        raise SettingsError(TOC, f"the root {root}", f"{ROOT}, as its address is that of the site")
    return found
