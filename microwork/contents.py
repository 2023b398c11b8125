"""The chapters of the report, as ``_toc.yml`` lists them."""

from __future__ import annotations

from pathlib import Path

import yaml

from microwork.paths import ROOT


class ContentsError(Exception):
    """``_toc.yml`` and the folders do not fit together."""


def chapters(root: Path = ROOT) -> tuple[str, ...]:
    """Names of the chapters in reading order: the first part of ``_toc.yml``.

    Raises ``ContentsError`` for a chapter without its page or its package, and for a package that is not listed.
    """
    parts = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    found = tuple(Path(page["file"]).name for page in parts[0]["chapters"])
    for name in found:
        for needed in (f"chapters/{name}.md", f"microwork/{name}/__init__.py"):
            if not (root / needed).is_file():
                raise ContentsError(
                    f"_toc.yml: found chapters/{name} in the first part, but no file {needed}; "
                    f"expected it there, as make new CHAPTER={name} writes it"
                )
    packages = {path.parent.name for path in (root / "microwork").glob("*/numbers.py")}
    if unlisted := sorted(packages - set(found)):
        name = unlisted[0]
        raise ContentsError(f"_toc.yml: found no chapters/{name} in the first part; expected it, for there is a microwork/{name}")
    return found


CHAPTERS = chapters()
