"""What may not come into the site: files from outside the report's folder, and hidden ones, which
hold settings and keys; pictures that run code; pictures, frames, style sheets and scripts of other
sites, which the content policy would not show; HTML that leads readers elsewhere or asks them for
something. And no file of the report may change while it is built.

Sphinx publishes whatever file a page names, wherever it lies.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import docutils
from docutils import nodes
from docutils.parsers.rst.directives.misc import Raw
from docutils.parsers.rst.directives.tables import CSVTable
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from tallybook import addresses, files
from tallybook.builder.process import faults, process_guard
from tallybook.sphinx.builders import Page, makes_site
from tallybook.sphinx.building import execute
from tallybook.sphinx.building.page_warnings import Fault, warn
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state, held

OWN = Path(docutils.__file__).parent  # what docutils brings along, such as names of signs
# An element of HTML that loads a file, and the file, with the address of another site.
_LOADED = re.compile(
    r"<(img|i?frame|embed|object|audio|video|source|track|script|link|image)\b[^>]*?"
    r"\s(?:src|data|(?:xlink:)?href)\s*=\s*[\"']?((?:[a-z]+:)?//[^\s\"'>]*)",
    re.I,
)
# HTML that sends readers to another page, moves every link, or asks for what they type.
_REFUSED = re.compile(r"<(meta|base|form|i?frame|frameset|object|embed|portal)(?=[\s/>]|$)", re.I)
_RUNS = re.compile(r"<(script|foreignObject)\b|\son[a-z]+\s*=|javascript:", re.I)  # in a picture
# What Sphinx and MyST-NB add to every page, and the theme has in a form of its own.
IN_THEME = (
    "pygments.css",
    "report.css",
    "mystnb.",
    "doctools.js",
    "sphinx_highlight.js",
    "translations.js",
)
_LINKED = re.compile(r"""\s(?:xlink:)?href\s*=\s*["']?([^"'>]*)""", re.I)
POLICY = "expected a file of the report, as the content policy of the site allows no other"
NEITHER = "expected a page that keeps its readers and asks them for nothing"
OPTIONS = "documentation_options.js"  # of Sphinx; scripts of extensions count on it


def setup(app: Sphinx) -> None:
    for directive in (Raw, CSVTable):  # which would fetch any file, and any page
        (directive.option_spec or {}).pop("url", None)
    app.connect("builder-inited", remember, priority=100)  # before a chapter is executed
    app.connect("env-updated", refuse_changes)
    app.connect("env-check-consistency", refuse_outside)
    app.connect("doctree-resolved", refuse_foreign)


class Before(dict[str, files.State]):
    """Every file of the report when the build began; none where they may change."""


def remember(app: Sphinx) -> None:
    before = held(app, Before)
    before.clear()
    before.update(files.states(Path(app.srcdir)))
    files.refuse_links(Path(app.srcdir))
    root, config, said = Path(app.srcdir), app.config, list[str]()
    allowed = [Path(one).resolve() for one in (str(root), *sys.path)]  # and of an extension
    named = [*config.html_static_path, *config.html_extra_path, *config.templates_path]
    named += filter(None, (config.html_logo, config.html_favicon))
    for place in ((root / str(one)).resolve() for one in named):
        if not any(place.is_relative_to(one) for one in allowed):
            said.append(f"_config.yml: found the file {place}; expected one of the report")
    code = get_state(app).provider.here.package
    for name in before:
        if name.startswith(f"{code}/") and files.NO_TEXT.search(name):  # it is published
            said.append(f"{name}: found a name that is not UTF-8; expected another name")
    for name in sorted(app.env.found_docs):
        path = Path(app.env.doc2path(name))
        if path.exists() and not path.is_file():  # to read it might never end
            shown = path.relative_to(root)
            said.append(f"{shown}: found no plain file; expected the text of a page")
    for name, same in Counter(map(str.lower, app.env.found_docs)).items():
        if same > 1:  # on some machines one would be written over the other
            said.append(f"{name}: found {same} pages whose names differ by capitals; expected one")
    if said:
        raise ExtensionError("\n".join(said))


def refuse_changes(app: Sphinx, _env: BuildEnvironment) -> None:
    """What a cell writes into the report, or somebody saves meanwhile, would be in half of the
    pages."""
    if edition.code(app) or not held(app, Before):
        return  # the build that makes it looks
    before, now = held(app, Before), files.states(Path(app.srcdir))
    # In ours nothing is in the site as yet, unless no code is at work and an edition is being made.
    if process_guard.MARK in os.environ and not held(app, edition.Editions).begun:
        planted = files.below(Path(app.outdir))
        now |= {path.relative_to(app.srcdir).as_posix(): files.state(path) for path in planted}
    names = sorted(name for name in before | now if before.get(name) != now.get(name))
    if not names:
        return
    # Were they kept, the next build would not execute the cell that did it, and not notice.
    shutil.rmtree(execute.folder(app), ignore_errors=True)
    what = {name: "a new file" if name not in before else "it changed" for name in names}
    what |= {name: "it gone" for name in names if name not in now}
    said = "; ".join(f"{name}: found {happened}" for name, happened in what.items())
    raise ExtensionError(
        f"{said}; expected the folder of the report untouched while it is built. Either a cell of a"
        " chapter wrote there, or it was saved by hand meanwhile: then build again"
    )


def refuse_outside(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each file that a page names, whatever links lead there, and that is neither the
    author's nor made by this build for itself; and of each picture that runs code or loads from
    another site."""
    root, tools = Path(app.srcdir).resolve(), OWN.resolve()
    making, site = edition.around(app).resolve(), Path(app.outdir).resolve()
    found: list[Fault] = []
    for docname in sorted(env.found_docs):
        named = {env.doc2path(docname), *env.dependencies.get(docname, ())}
        for known in (env.dlfiles, env.images):
            named |= {path for path, (pages, _target) in known.items() if docname in pages}
        for path in sorted(Path(app.srcdir, one).resolve() for one in named):
            owner, shown = files.whose(path, root), faults.shown(path, root)
            ours = path.is_relative_to(making) and not path.is_relative_to(site)
            if owner is files.Whose.BUILD and not ours:
                made = f"found the file {shown}, which a build has made"
                found.append((docname, 1, f"{made}; expected one of the author's"))
            elif owner is files.Whose.FOREIGN and not path.is_relative_to(tools):
                why = ", hidden or otherwise left out of builds" if shown != str(path) else ""
                said = f"found the file {shown}{why}; expected one of the report"
                found.append((docname, 1, said))
            elif path.suffix == ".svg" and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                if loaded(text) or _RUNS.search(text):
                    found.append((docname, 1, f"found code or another site in {shown}; {NEITHER}"))
    warn(env, "outside", found)


def refuse_foreign(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Warn of each picture, frame and other file of another site in a page, of HTML that no page
    may have, and of each address that leads to no page."""
    found: list[Fault] = []
    for node in doctree.findall(nodes.Element) if makes_site(app) else ():
        linked, said = [], list[str]()
        if isinstance(node, nodes.image) and is_foreign(node["uri"]):
            said = [f"found the picture {node['uri']} of another site; {POLICY}"]
        elif isinstance(node, nodes.raw) and "html" in node.get("format", "").split():
            html, other = node.astext(), f"of another site; {POLICY}"
            said = [f"found <{tag}> with {address} {other}" for tag, address in loaded(html)]
            said += [f"found <{tag}>; {NEITHER}" for tag in _REFUSED.findall(html)]
            linked = _LINKED.findall(html)
        elif isinstance(node, nodes.meta) and "http-equiv" in node:
            said = [f"found <meta> with http-equiv; {NEITHER}"]
        else:
            attributes: dict[str, str] = node.get("attrs") or node.attributes
            linked = [attributes.get("refuri", attributes.get("href", ""))]
        said += filter(None, (addresses.fault(address, inside=True) for address in linked))
        line = node.line or (node.parent.line if node.parent is not None else None) or 1
        found += [(docname, line, one) for one in said]
    warn(app.env, "foreign", found)


def is_foreign(address: str) -> bool:
    """Whether an address is of another site; what stands in the address itself is not."""
    start = address.strip().lower()
    return "://" in start.partition("?")[0] or start.startswith("//")


def loaded(html: str) -> list[tuple[str, str]]:
    """What a piece of HTML loads from other sites: elements and addresses."""
    return _LOADED.findall(html)


def add_files(_app: Sphinx, page: Page) -> None:
    """Give the template the style sheets and scripts that other extensions, ``html_css_files`` and
    ``html_js_files`` add to a page; they stand after those of the theme. Raises ``ExtensionError``
    for one of another site, and for a script that is no file."""
    for kind, name in (("css_files", "added_styles"), ("script_files", "added_scripts")):
        added: list[Any] = []
        for one in sorted(page.context[kind], key=lambda one: getattr(one, "priority", 500)):
            file = str(getattr(one, "filename", one) or "")
            if file.removeprefix("_static/").startswith(IN_THEME):
                continue
            if not file or is_foreign(file):
                what = f"the file {file} of another site" if file else "a script that is no file"
                raise ExtensionError(
                    f"{page.name}: found {what}, which an extension adds to pages; expected a file"
                    " of this site, as its content policy allows no other"
                )
            added.append(one)
        only_options = all(str(one.filename).endswith(OPTIONS) for one in added)
        page.context[name] = [] if only_options else added
