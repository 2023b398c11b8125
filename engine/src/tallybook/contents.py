"""The chapters of the report, as ``_toc.yml`` lists them."""

from __future__ import annotations

from pathlib import PurePosixPath

import yaml

from tallybook.project import Project


class ContentsError(Exception):
    """``_toc.yml`` and the folders do not fit together."""


def chapters(here: Project) -> dict[str, str]:
    """The chapters in reading order, each by its name with its page: the first part of ``_toc.yml``.

    Raises ``ContentsError`` for a chapter without its page or its package, and for a package that is not listed.
    """
    parts = yaml.safe_load((here.root / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    found = {PurePosixPath(page["file"]).name: str(page["file"]) for page in parts[0]["chapters"]}
    for name, page in found.items():
        for needed in (f"{page}.md", f"{here.package}/{name}/__init__.py"):
            if not (here.root / needed).is_file():
                raise ContentsError(
                    f"_toc.yml: found {page} in the first part, but no file {needed}; "
                    f"expected it there, as make new CHAPTER={name} writes it"
                )
    packages = {path.parent.name for path in here.code.glob("*/numbers.py")}
    if unlisted := sorted(packages - set(found)):
        name = unlisted[0]
        beside = PurePosixPath(next(iter(found.values()), name)).with_name(name)
        raise ContentsError(f"_toc.yml: found no {beside} in the first part; expected it, for there is a {here.package}/{name}")
    return found
