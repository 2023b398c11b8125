"""PNG pictures, kept from one build to the next: drawing them is the slowest part of a build that has nothing to do.

A picture lies in the folder ``.pictures`` of the build under the hash of all it is made from: its SVG, its scale, the
fonts, and the version of the library that draws it. What a build has not asked for is thrown away at its end.
"""

from __future__ import annotations

import functools
import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from sphinx.application import Sphinx

from book import render


def setup(app: Sphinx) -> None:
    app.connect("build-finished", prune, priority=900)


def png(app: Sphinx, svg: str, scale: int) -> bytes:
    """The picture of a standalone SVG, as ``render.png`` draws it."""
    kept = _store(app) / f"{_key(svg, scale)}.png"
    app.pictures = getattr(app, "pictures", set()) | {kept.name}
    if kept.is_file():
        return kept.read_bytes()
    drawn = render.png(svg, scale)
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(drawn)
    os.replace(fresh, kept)  # a build that is broken off leaves no half picture
    return drawn


def prune(app: Sphinx, exception: Exception | None) -> None:
    """Keep only what this build has used."""
    if exception is None:
        for path in _store(app).glob("*"):
            if path.name not in getattr(app, "pictures", ()):
                path.unlink()


def _store(app: Sphinx) -> Path:
    return Path(app.outdir).parent / ".pictures"


def _key(svg: str, scale: int) -> str:
    return hashlib.sha256(f"{_drawn_with()}\n{scale}\n{svg}".encode()).hexdigest()


@functools.cache
def _drawn_with() -> str:
    """The library's version and the fonts, as text that changes when they do."""
    fonts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(render.FONT_FOLDER.glob("*.ttf"))]
    return " ".join([version("vl-convert-python"), *fonts])
