"""Style sheets and scripts of the theme without comments and blanks, which are for their authors: a
third less to fetch."""

from __future__ import annotations

from pathlib import Path

import rcssmin
import rjsmin
from sphinx.application import Sphinx

from tallybook.project import ENGINE
from tallybook.sphinx.builders import makes_site

MINIFIED = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def setup(app: Sphinx) -> None:
    app.connect("build-finished", minify)


def minify(app: Sphinx, exception: Exception | None) -> None:
    """Write the theme's own files again, each as small as it works.

    What others wrote, in ``vendor``, stays as it came.
    """
    if exception is not None or not makes_site(app):
        return
    for path in sorted((ENGINE / "theme" / "static").iterdir()):
        if path.suffix in MINIFIED:
            made = Path(app.outdir) / "_static" / path.name
            made.write_text(
                MINIFIED[path.suffix](path.read_text(encoding="utf-8")) + "\n", encoding="utf-8"
            )
