"""Style sheets and scripts of the theme without comments and blanks, which are for their authors: a
third less to fetch.

Words that a script prints stand in it as ``_("words")``, where Babel finds them. What is written
has the words themselves, in the language of the edition: a page loads no catalogue.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import rcssmin
import rjsmin
from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.project import ENGINE

_WORDS = re.compile(r'(?<![\w$.])_\(("(?:[^"\\]|\\.)*")\)')


def spoken(script: str) -> str:
    """A script with its words in the language that is written."""
    return _WORDS.sub(lambda found: json.dumps(_(json.loads(found[1])), ensure_ascii=False), script)


MINIFIED = {".css": rcssmin.cssmin, ".js": lambda script: rjsmin.jsmin(spoken(script))}


def minify(app: Sphinx) -> None:
    """Write the theme's own files again, each as small as it works. What others wrote, in
    ``vendor``, stays as it came."""
    for path in sorted((ENGINE / "theme" / "static").iterdir()):
        if path.suffix in MINIFIED:
            small = MINIFIED[path.suffix](path.read_text(encoding="utf-8")) + "\n"
            (Path(app.outdir) / "_static" / path.name).write_text(small, encoding="utf-8")
