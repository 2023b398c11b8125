"""What a page shares with all others, as one hash: a page whose own text and whose surroundings are
the same is the same. Kept although it is long: an author who changes a sentence waits a third as
long.

It is meant to leave nothing out. Every file of the report counts but the texts of the pages, and so
do this package, the installed packages and all settings. What pages give each other (titles, order,
labels, the numbers of figures, the bibliography, where each number stands) is all that Sphinx's
environment holds, but for what is named here with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx

from tallybook import files, language
from tallybook.project import ENGINE
from tallybook.sphinx import domain
from tallybook.sphinx.languages import edition

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.domain import BibtexDomain

_ATOMS = (str, bytes, int, float, type(None), PurePath)
_COLLECTIONS = (list, tuple, set, frozenset)
# Attributes of the environment that no page shows.
_NOT_SHOWN = (  # noqa: SIM905
    # By which Sphinx decides what to read.
    "all_docs dependencies included reread_always"
    # The settings are hashed by their values.
    " config config_status config_status_extra version project"
    # Of reading, which has left its doctree.
    " settings srcdir doctreedir temp_data ref_context"
    " titles_old nb_new_exec_data versioning_condition versioning_compare"
    # Of a page for itself (see ``of_page``); domains see below.
    " metadata nb_metadata domaindata"
).split()
# What domains hold and no other page shows, by domain: lines, times, and what is in the page's own
# doctree.
_OF_ONE_PAGE = {
    "report": ("uses", "unknown", "tables", "hashes", "texts", "charts"),
    "cite": ("bibdata", "citations", "citation_refs"),  # see ``_bibliography``
    "math": ("has_equations",),
    "index": ("entries",),
}


def of(app: Sphinx) -> str:
    """Hex sha256 over all that every page of this build shares; to be asked when all pages have
    been read."""
    root = Path(app.srcdir)
    pages = {Path(app.env.doc2path(name)) for name in app.env.found_docs}
    pages |= set((root / language.FOLDER).rglob("*.po"))  # in the doctrees, or see below
    parts = [
        files.tools(),
        files.contents(root, (path for path in files.own(root) if path not in pages)),
        edition.words(app),
        files.contents(ENGINE, files.own(ENGINE)),
        plain({value.name: value.value for value in app.config}),
        plain(app.builder.name),
        # The hour, if a page is to show it.
        plain(getattr(app.builder, "globalcontext", {}).get("last_updated")),
        plain(_environment(app)),
    ]
    return files.sha256("\n".join(parts).encode())


def of_page(app: Sphinx, docname: str, around: str) -> str:
    """Hex sha256 over all that a page is made from. ``around``: what ``of`` gives."""
    doctree = files.digest(Path(app.doctreedir) / f"{docname}.doctree")
    report = domain.of(app.env)
    meta, uses = app.env.metadata.get(docname), report.data["uses"].get(docname)
    own = plain([meta, uses, report.borrowed(docname)])
    return files.sha256(f"{around} {doctree} {own}".encode())


def _environment(app: Sphinx) -> dict[str, Any]:
    """What the environment holds of pages for each other."""
    held = {
        name: value
        for name, value in app.env.__getstate__().items()
        if name not in _NOT_SHOWN and not name.startswith("_")
    }
    for name, data in app.env.domaindata.items():
        own = _OF_ONE_PAGE.get(name, ())
        held[f"domain {name}"] = {key: value for key, value in data.items() if key not in own}
    report = domain.of(app.env)
    shown = report.data["charts"].items()
    charts = {name: (chart["docname"], chart["caption"]) for name, chart in shown}
    return held | {"places": report.places(), "charts": charts, "bibliography": _bibliography(app)}


def _bibliography(app: Sphinx) -> list[object]:
    """Every entry's place and label, and the files from which they are printed: quicker than the
    entries, and says the same."""
    domain = cast("BibtexDomain", app.env.get_domain("cite"))
    entries = [
        (one.citation_id, one.bibliography_key, one.key, one.formatted_entry.label)
        for one in domain.citations
    ]
    return [entries, [(path, files.digest(path)) for path in domain.bibdata.bibfiles]]


def plain(value: object, within: frozenset[int] = frozenset()) -> str:
    """A value as text that is the same for the same value, in whatever order its parts came
    together. ``within``: what it is a part of, by identity; a part that leads back there is cut
    off."""
    if isinstance(value, _ATOMS):
        return repr(value)
    if isinstance(value, nodes.Node):
        return repr(value.pformat())
    if isinstance(value, (type, FunctionType)):
        return f"{value.__module__}.{value.__qualname__}"
    if id(value) in within:
        return "..."
    inside = within | {id(value)}
    if isinstance(value, Mapping):
        more = plain(vars(value), inside) if hasattr(value, "__dict__") else ""
        pairs = sorted(f"{plain(key)}:{plain(part, inside)}" for key, part in value.items())
        return f"{{{','.join(pairs)}}}{more}"
    held = value if isinstance(value, _COLLECTIONS) else _stored(value)
    parts = [plain(part, inside) for part in held]
    return f"({','.join(sorted(parts) if isinstance(value, (set, frozenset)) else parts)})"


def _stored(value: object) -> list[Any]:
    """What pickle would store of an object, which is all that tells it from another of its kind."""
    form = value.__reduce_ex__(4)
    if isinstance(form, str):
        return [form]
    return [list(part) if isinstance(part, Iterator) else part for part in form]
