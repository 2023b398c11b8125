"""What may not come into the site: files from outside the report's folder, and pictures and frames
of other sites, which the content policy would not show.

Sphinx publishes whatever file a page names, wherever it lies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import docutils
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.page_warnings import Fault, warn

OWN = Path(docutils.__file__).parent  # what docutils brings along, such as names of signs
# What loads a file, and where it says which.
LOADS = {
    **dict.fromkeys(("img", "iframe", "frame", "embed", "audio", "video", "source"), "src"),
    **{"object": "data", "track": "src", "script": "src", "link": "href", "image": "href"},
}
FRAMES = ("iframe", "frame", "object", "embed")


def setup(app: Sphinx) -> None:
    app.connect("env-check-consistency", refuse_files)
    app.connect("doctree-resolved", refuse_foreign)


def refuse_files(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each file that a page names and that lies outside the report's folder."""
    found: list[Fault] = []
    for docname in sorted(env.found_docs):
        named = {os.path.join(app.srcdir, one) for one in env.dependencies.get(docname, ())}
        named.add(env.doc2path(docname))
        named |= {
            os.path.join(app.srcdir, one)
            for one, (pages, _target) in env.dlfiles.items()
            if docname in pages
        }
        named |= {
            os.path.join(app.srcdir, one)
            for one, (pages, _target) in env.images.items()
            if docname in pages
        }
        found += [
            (
                docname,
                _line(env, docname, path),
                f"found the file {Path(path).resolve()}; expected one of the report",
            )
            for path in sorted(map(os.path.normpath, named))
            if leads_out(Path(path), Path(app.srcdir))
        ]
    warn(env, "outside", found)


def leads_out(path: Path, root: Path) -> bool:
    """Whether a file lies elsewhere than in the report, whatever links lead there."""
    true = path.resolve()
    return not true.is_relative_to(root.resolve()) and not true.is_relative_to(OWN.resolve())


def refuse_foreign(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Warn of each picture, frame and other file of another site in a page."""
    if not makes_site(app):
        return
    found: list[Fault] = []
    for node in doctree.findall(lambda one: isinstance(one, (nodes.image, nodes.raw))):
        assert isinstance(node, nodes.Element)
        if isinstance(node, nodes.image):
            said = [f"the picture {node['uri']}"] if is_foreign(node["uri"]) else []
        else:
            said = list(loaded(node.astext())) if node.get("format") == "html" else []
        line = node.line or (node.parent.line if node.parent is not None else None) or 1
        found += [
            (
                docname,
                line,
                f"found {one} of another site; expected a file of the report, as the"
                " content policy of the site allows no other",
            )
            for one in said
        ]
    warn(app.env, "foreign", found)


def is_foreign(address: str) -> bool:
    """Whether an address is of another site; what stands in the address itself is not."""
    start = address.strip().lower()
    return "://" in start.partition("?")[0] or start.startswith("//")


def loaded(html: str) -> Iterator[str]:
    """What a piece of HTML loads from other sites, and every frame."""
    parser = _Loads()
    parser.feed(html)
    parser.close()
    yield from parser.found


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(LOADS.get(tag, "")) or ""
        if is_foreign(address):
            self.found.append(f"<{tag}> with {address}")
        elif tag in FRAMES and address[:5].lower() in ("data:", "javas"):
            self.found.append(f"<{tag}> with {address[:40]}")


def _line(env: BuildEnvironment, docname: str, path: str) -> int:
    """The line of a page that names a file."""
    lines = Path(env.doc2path(docname)).read_text(encoding="utf-8").splitlines()
    name = Path(path).name
    return next((at for at, line in enumerate(lines, start=1) if name in line), 1)
