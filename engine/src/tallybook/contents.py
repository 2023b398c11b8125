"""The chapters of the report, as ``_toc.yml`` lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tallybook import settings
from tallybook.errors import TallybookError
from tallybook.project import Project

FILE = "_toc.yml"
ROOT = "index"  # the first page: its address is that of the site


class ContentsError(TallybookError):
    """``_toc.yml`` and the folders do not fit together."""


def chapters(here: Project) -> dict[str, str]:
    """The chapters in reading order, each by its name with its page: the first part of
    ``_toc.yml``, or all its pages if it has no parts. A chapter has a package of its name in the
    report's package, or a module.

    Raises ``ContentsError`` for a chapter without its page or its code, and for a ``_toc.yml`` that
    says none of this.
    """
    pages = {PurePosixPath(page).name: page for page in _listed(here.root / FILE)}
    for name, page in pages.items():
        code = [f"{here.package}/{name}/__init__.py", f"{here.package}/{name}.py"]
        for needed in ([f"{page}.md"], code):
            if not any((here.root / path).is_file() for path in needed):
                found = f"the chapter {page}, but no file {needed[0]}"
                raise ContentsError(FILE, found, ", or ".join(["it there", *needed[1:]]))
    return pages


def pages(root: Path) -> list[str]:
    """All pages of the report in ``root`` in reading order, the first page first."""
    return list(_pages(settings.read(root / FILE, "the root and the pages of the report")))


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
    try:
        contents = settings.read(path, expected)
        first = contents["parts"][0] if "parts" in contents else contents
        found = [str(page["file"]).removesuffix(".md") for page in first["chapters"]]
        root = contents.get("root", ROOT)
    except settings.SettingsError as error:
        raise ContentsError(str(error)) from None
    except (AttributeError, IndexError, KeyError, TypeError):
        raise ContentsError(FILE, "no list of chapters", expected) from None
    if root != ROOT:
        expected = f"{ROOT}, as its address is that of the site"
        raise ContentsError(FILE, f"the root {root}", expected)
    return found
