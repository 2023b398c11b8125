"""Which builder is at work, the site that it makes, and the page that it is about to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tallybook import files
from tallybook.builder.cache.reuse import SiteManifest
from tallybook.sphinx.state import held

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


@dataclass
class Making:
    """The site that is made: its ``manifest``, the hash of what its pages share (``shared``), once
    all are read, and the pages that were ``taken`` from the last site."""

    manifest: SiteManifest = field(init=False)
    shared: str = ""
    taken: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Page:
    """A page of the site that is about to be written: its name, what its template is given, and its
    text (``None`` for one that Sphinx makes, such as the search)."""

    name: str
    context: dict[str, Any]
    doctree: nodes.document | None

    @property
    def up(self) -> str:
        """The way from the page to the site's root."""
        return "../" * self.name.count("/")


def makes_site(app: Sphinx) -> bool:
    """Whether it makes the site."""
    return app.builder.format == "html"


def group(app: Sphinx, name: str, make: Callable[[], Iterable[Path]], more: str = "") -> None:
    """Have files made, or taken over from the last site if they were made from the same there: all
    that pages share, and ``more``. ``make`` writes them and says which they are."""
    making = held(app, Making)
    key = files.sha256(f"{making.shared} {more}") if more else making.shared
    making.manifest.group(name, key, make)


def write_texts(texts: dict[Path, str]) -> list[Path]:
    """Write files as UTF-8, with one kind of line end on every system."""
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)
