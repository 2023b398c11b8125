"""Style sheets and scripts of the theme without comments and blanks, which are for their authors: a
third less to fetch.

Words that a script prints stand in it as ``_("words")``, where Babel finds them; those of a style
sheet are its ``content``. What is written has the words themselves, in the language of the edition:
a page loads no catalogue.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import rcssmin
import rjsmin
from sphinx.application import Sphinx

from tallybook.extraction import LABEL
from tallybook.language import gettext as _
from tallybook.project import ENGINE

# The colours, light and dark, that the page of a thing has from the style sheet of the report.
_COLOURS = re.compile(r"^:root\{.*?\}|^@media screen[^{]*\{\n:root.*?\}\}", re.M | re.S)
FRAMED = "embed.css"
_WORDS = re.compile(r'(?<![\w$.])_\(("(?:[^"\\]|\\.)*")\)')


def spoken(script: str) -> str:
    """A script with its words in the language that is written."""
    return _WORDS.sub(lambda found: json.dumps(_(json.loads(found[1])), ensure_ascii=False), script)


def spoken_sheet(sheet: str) -> str:
    """A style sheet with its words in the language that is written."""
    return LABEL.sub(lambda found: json.dumps(_(found[1]), ensure_ascii=False), sheet)


def coloured(sheet: str) -> str:
    """The style sheet of the page of a thing, which loads no other."""
    report = (STATIC / "report.css").read_text(encoding="utf-8")
    return "\n".join([*_COLOURS.findall(report)[:3], sheet])


STATIC = ENGINE / "theme" / "static"


def minify(app: Sphinx) -> None:
    """Write the theme's own files again, each as small as it works."""
    for path in sorted(STATIC.iterdir()):
        if path.suffix not in (".css", ".js"):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".js":
            small = rjsmin.jsmin(spoken(text))
        else:
            small = rcssmin.cssmin(spoken_sheet(coloured(text) if path.name == FRAMED else text))
        (Path(app.outdir) / "_static" / path.name).write_text(f"{small}\n", encoding="utf-8")
