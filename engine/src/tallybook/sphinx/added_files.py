"""Style sheets and scripts that other extensions, or ``html_css_files`` and ``html_js_files``, add
to pages: they stand after those of the theme.

The content policy allows files of the site and nothing else. So a script that an extension writes
into pages goes into a file of its own, and a file of another site is refused.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook.sphinx.builders import makes_site

# What Sphinx and myst-nb add to every page, and the theme has in a form of its own.
IN_THEME = (
    "pygments.css",
    "report.css",
    "mystnb.",
    "doctools.js",
    "sphinx_highlight.js",
    "translations.js",
)
OPTIONS = "_static/documentation_options.js"  # of Sphinx; scripts of extensions count on it


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", refuse, priority=990)  # the extensions have added theirs
    app.connect("html-page-context", add, priority=990)
    app.connect("build-finished", write)


def refuse(app: Sphinx) -> None:
    """Raise ``ExtensionError`` for a file of another site."""
    if makes_site(app):
        builder: Any = app.builder
        for one in (*builder._css_files, *builder._js_files):
            _refuse(one, "the extensions of _config.yml")


def add(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: nodes.document | None,
) -> None:
    """Give the template the tags of what was added to a page.

    Raises ``ExtensionError`` for a file of another site, and for a script in this page alone.
    """
    if not makes_site(app):
        return
    styles, scripts = _own(context["css_files"]), _own(context["script_files"])
    inline = _inline(app)
    if not needs_options(app):
        scripts = [one for one in scripts if _name(one) != OPTIONS]
    for one in (*styles, *scripts):
        _refuse(one, pagename)
        if not _name(one) and _body(one) not in inline:
            raise ExtensionError(
                f"{pagename}: found a script that an extension writes into this page alone;"
                " expected one of all pages, or a file, as the content policy of the site allows"
                " no other"
            )
    pathto = context["pathto"]
    context["added_styles"] = [_tag("link", "href", one, pathto) for one in styles]
    context["added_scripts"] = [_tag("script", "src", one, pathto) for one in scripts]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts that extensions would have in each page, a file each."""
    if exception is None and makes_site(app):
        for body in _inline(app):
            (Path(app.outdir) / _file(body)).write_text(body + "\n", encoding="utf-8")


def needs_options(app: Sphinx) -> bool:
    """Whether any script of others is on every page."""
    return bool(_of_all_pages(app))


def _of_all_pages(app: Sphinx) -> list[Any]:
    """The scripts of others on every page: what one page adds is not in Sphinx's first list."""
    return _own(getattr(app.builder, "_orig_js_files", ()))


def _own(found: Iterable[Any]) -> list[Any]:
    """What others have added, each once, in the order in which it is to be loaded."""
    own = {
        _name(one) or _file(_body(one)): one
        for one in sorted(found, key=lambda one: getattr(one, "priority", 500))
        if not _name(one).removeprefix("_static/").startswith(IN_THEME)
        and (_name(one) or _body(one))
    }
    return [] if set(own) <= {OPTIONS} else [*own.values()]


def _inline(app: Sphinx) -> list[str]:
    return [_body(one) for one in _of_all_pages(app) if not _name(one)]


def _name(one: Any) -> str:
    """The name of a file as Sphinx holds it: a text in old extensions; empty for a script that has
    none."""
    name = getattr(one, "filename", one)
    return os.fspath(name) if name else ""


def _body(one: Any) -> str:
    return str(getattr(one, "attributes", {}).get("body") or "")


def _file(body: str) -> str:
    return f"_static/added-{hashlib.sha256(body.encode()).hexdigest()[:16]}.js"


def _refuse(one: Any, place: str) -> None:
    if "://" in _name(one) or _name(one).startswith("//"):
        raise ExtensionError(
            f"{place}: found the file {_name(one)} of another site, which an extension adds to"
            " pages; expected a file of this site, as its content policy allows no other"
        )


def _tag(kind: str, at: str, one: Any, pathto: Callable[..., str]) -> str:
    attributes = {
        **{
            key: value
            for key, value in sorted(getattr(one, "attributes", {}).items())
            if value is not None and key != "body"
        },
        at: pathto(_name(one) or _file(_body(one)), 1),
    }
    said = " ".join(f'{key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{kind} {said}>" + ("</script>" if kind == "script" else "")
