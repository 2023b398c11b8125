"""``_config.yml`` and ``_toc.yml``, read with messages for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from tallybook import files
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
    report's package, or a module; without parts, a page that has neither is simply a page.

    Raises ``SettingsError`` for a chapter without its page or its code, and for a ``_toc.yml`` that
    says none of this.
    """
    found = dict[str, str]()
    parted, listed = _listed(here.root / TOC)
    for name, page in listed.items():
        if not (here.root / f"{page}.md").is_file():
            raise SettingsError(TOC, f"the chapter {page}, but no file {page}.md", "it there")
        if any((here.root / path).is_file() for path in _code(here, name)):
            found[name] = page
        elif parted:
            raise _without_code(here, name, page)
    return found


def refuse_without_code(here: Project) -> None:
    """Raise ``SettingsError`` for a page that is not a chapter as it has no code, though it has a
    cell or names what a chapter of its name would define. The code of a report may not ask this: it
    would read a page."""
    known = chapters(here)
    for name, page in _listed(here.root / TOC)[1].items():
        text = files.text(here.root / f"{page}.md", f"{page}.md")
        if name not in known and re.search(rf"\{{code-cell\}}|`{re.escape(name)}\.", text):
            raise _without_code(here, name, page)


def _code(here: Project, name: str) -> list[str]:
    return [f"{here.package}/{name}/__init__.py", f"{here.package}/{name}.py"]


def _without_code(here: Project, name: str, page: str) -> SettingsError:
    package, module = _code(here, name)
    return SettingsError(
        TOC, f"the chapter {page}, but no file {package}", f"it there, or {module}"
    )


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


def _listed(path: Path) -> tuple[bool, dict[str, str]]:
    """Whether the contents have parts, and the pages that are listed as chapters, without their
    endings, by their names."""
    expected = "the root, then parts with chapters, or chapters alone, each as file: page"
    contents = read(path, expected)
    try:
        parted = "parts" in contents
        first = contents["parts"][0] if parted else contents
        found = [str(page["file"]).removesuffix(".md") for page in first["chapters"]]
        root = contents.get("root", ROOT)
    except (AttributeError, IndexError, KeyError, TypeError):
        raise SettingsError(TOC, "no list of chapters", expected) from None
    if root != ROOT:
        raise SettingsError(TOC, f"the root {root}", f"{ROOT}, as its address is that of the site")
    return parted, {PurePosixPath(page).name: page for page in found}
