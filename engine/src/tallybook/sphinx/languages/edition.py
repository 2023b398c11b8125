"""Editions of the report in other languages, made in the same build.

``report_languages`` in ``_config.yml`` lists them. Each is a build of Sphinx's own, with its
catalogues, into a folder of the site named by its language. It is made in a process of its own that
is forked as soon as no chapter is to be executed: all that was computed and imported is there
already. A build per language without that would take nearly twice as long.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives, roles
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import (
    additional_nodes,
    docutils_namespace,
    patch_docutils,
    unregister_node,
)
from sphinx.util.parallel import ParallelTasks

from tallybook import files, language
from tallybook.builder.process import progress
from tallybook.sphinx.state import get_state, held

# The build that makes the edition which is built now.
_maker: ContextVar[Sphinx | None] = ContextVar("maker", default=None)


class Asked:
    """What cells of this build have looked up for its language, and the texts of pages that are not
    translated, each with its page and line."""

    def __init__(self) -> None:
        self.in_cells: list[str] = []
        self.left: list[str] = []


class Aside:
    """A part of a build in a process of its own, forked from it; and the ``result`` of its work."""

    def __init__(self) -> None:
        self.process = ParallelTasks(1)
        self.begun = False
        self.result: Any = None

    def begin(self, work: Callable[[], Any]) -> None:
        self.begun = True
        self.process.add_task(partial(_frozen, work), result_func=self._take)

    def end(self) -> Any:
        """Wait for it; its result. Raises ``SphinxParallelError`` with what went wrong."""
        self.process.join()
        return self.result

    def stop(self) -> None:
        self.process.terminate()

    def _take(self, _argument: None, result: Any) -> None:
        self.result = result


def _frozen(work: Callable[[], Any]) -> Any:
    gc.freeze()  # nothing that it has got is searched for garbage
    return work()


class Editions(Aside):
    """Where they are made."""


def setup(app: Sphinx) -> None:
    app.add_config_value("report_languages", [], "env", [list])
    app.add_config_value("report_edition", "", "env", [str])
    app.add_config_value("report_around", "", "", [str])
    app.connect("builder-inited", keep_aside, priority=600)  # after MyST-NB
    app.connect("doctree-read", note_untranslated)
    app.connect("doctree-resolved", tell_language)


def keep_aside(app: Sphinx) -> None:
    """MyST-NB would put its notebooks beside the folder of the edition, which is in the site."""
    if code(app):
        env: Any = app.env  # MyST-NB has left its settings there
        notebooks = around(app) / own(app, "jupyter_execute")
        env.mystnb_config = env.mystnb_config.copy(output_folder=str(notebooks))


def note_untranslated(app: Sphinx, doctree: nodes.document) -> None:
    """Take down what Sphinx has found no translation for."""
    if not code(app):
        return
    for node in doctree.findall(nodes.Element):
        if node.get("translated") is False:
            leave(app, f"{app.env.docname}.md, line {node.line}", node.astext())


def tell_language(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark what stands in italics in a term of the glossary as words of the other language."""
    others = [language.ENGLISH] if code(app) else app.config.report_languages
    if docname == get_state(app).page("glossary") and len(others) == 1:
        for term in doctree.findall(nodes.term):
            for words in term.findall(nodes.emphasis):
                words["classes"].append(f"language-{others[0]}")  # docutils makes it ``lang``


def leave(app: Sphinx, place: str, text: str) -> None:
    """Take down a text of a page that is not translated."""
    held(app, Asked).left.append(f"{place}: {text[:60]!r}")


def code(app: Sphinx) -> str:
    """The language of the edition that is made; empty for the report itself, and where a part of
    the extension is used by itself."""
    return str(getattr(getattr(app, "config", None), "report_edition", ""))


def maker() -> Sphinx | None:
    """The build that makes the edition which is built now, with all that it has computed; nothing
    while the report itself is built."""
    return _maker.get()


def around(app: Sphinx) -> Path:
    """The folder beside the site, with all that is kept from build to build."""
    return Path(getattr(app.config, "report_around", "") or Path(app.outdir).parent)


def own(app: Sphinx, name: str) -> str:
    """The name, beside the site, of something that each edition has for itself."""
    edition = code(app)
    return f"{name}.{edition}" if edition else name


def others(app: Sphinx) -> list[str]:
    """The languages of the editions that this build makes beside its own."""
    return [] if code(app) else list(app.config.report_languages)


def words(app: Sphinx) -> str:
    """A hash of the words that an edition takes from no page's catalogue; empty for the report."""
    edition, names = code(app), language.PAGELESS
    paths = language.catalogue_paths(edition, Path(app.srcdir), names)
    return _digest(paths) if edition else ""


def words_of_cells(app: Sphinx) -> str:
    """A hash of the words of other languages that cells show."""
    codes = os.environ.get(language.LANGUAGES, "").split()
    charts = [language.folder(code, Path(app.srcdir)) / f"{language.CHARTS}.po" for code in codes]
    return files.sha256(f"{codes} {_digest(charts)}")[:16]


def _digest(paths: list[Path]) -> str:
    return files.sha256(" ".join(files.digest(path) for path in paths if path.is_file()))


class Other(NamedTuple):
    """A page in a language: the language, its own name for itself, the way there from the page as
    it is built now, and its address."""

    code: str
    name: str
    href: str
    address: str


def base(app: Sphinx) -> str:
    """The address of the site with all its editions."""
    return str(app.config.html_baseurl).removesuffix(folder(app))


def folder(app: Sphinx) -> str:
    """Where the site has this edition, with a slash at the end; empty for the report itself."""
    return f"{code(app)}/" if code(app) else ""


def place(app: Sphinx, docname: str) -> str:
    """Where a page is in its edition of the site; the home page is the edition itself."""
    return "" if docname == app.config.root_doc else app.builder.get_target_uri(docname)


def everywhere(app: Sphinx, docname: str) -> list[Other]:
    """A page in each language of the site, the report's own first."""
    up, uri = "../" * f"{folder(app)}{docname}".count("/"), app.builder.get_target_uri(docname)
    folders = {language.ENGLISH: ""} | {one: f"{one}/" for one in app.config.report_languages}
    return [
        Other(
            one,
            language.own_name(one),
            f"{up}{into}{uri}",
            f"{base(app)}{into}{place(app, docname)}",
        )
        for one, into in folders.items()
    ]


def elsewhere(app: Sphinx, docname: str) -> list[Other]:
    """A page in each other language of the site."""
    here = code(app) or language.ENGLISH
    return [one for one in everywhere(app, docname) if one.code != here]


def begin(app: Sphinx) -> None:
    """Start to make them, unless they are being made already."""

    def make_all() -> None:
        for one in others(app):
            make(app, one)

    if others(app) and not held(app, Editions).begun:
        held(app, Editions).begin(make_all)


def make(app: Sphinx, code: str) -> None:
    """Build the edition in one language. Raises ``ExtensionError`` if it has a fault."""
    root, beside, out = Path(app.srcdir), around(app), Path(app.outdir) / code
    settings = {
        **app.config.overrides,
        "extensions": list(app.config.extensions),
        "language": code,
        "report_edition": code,
        "report_around": str(beside),
        "html_baseurl": f"{base(app)}{code}/",
        "locale_dirs": [str(_catalogues(root, beside / ".locale", code))],
        "gettext_compact": False,
    }
    out.mkdir(exist_ok=True)
    progress.mark(f"edition {code}: begun")
    builder = app.builder.name
    with language.speaking(code, root):
        made = _build(app, settings, (out, beside / f".doctrees.{code}"), builder)
        language.collect(beside / f"shown.{code}", held(made, Asked).in_cells)
        left = "".join(f"{text}\n" for text in held(made, Asked).left)
        (beside / f"untranslated.{code}").write_text(left, encoding="utf-8")
        if into := os.environ.get(language.COLLECTED):
            shutil.copy(beside / f"shown.{code}", into)
            _build(app, settings, (Path(into) / "pages", beside / ".doctrees.pages"), "gettext")
    progress.step(f"edition {code}: written")


def _build(app: Sphinx, settings: dict[str, Any], folders: tuple[Path, Path], name: str) -> Sphinx:
    """One build of Sphinx's, with output and doctrees in two folders."""
    with _afresh(app):
        one = Sphinx(
            app.srcdir,
            None,  # the settings are all in ``settings``
            *folders,
            name,
            dict(settings),
            status=None,
            warningiserror=True,
            keep_going=True,
        )
        one.build()
    if one.statuscode:
        raise ExtensionError(f"the edition in {settings['language']} has warnings")
    return one


def _catalogues(root: Path, beside: Path, code: str) -> Path:
    """A copy of the catalogues of pages beside the site, and of no others: Sphinx compiles them
    where they lie, and a report's folders stay as they are."""
    pageless = language.catalogue_paths(code, root, language.PAGELESS)
    found = {*filter(Path.is_file, language.folder(code, root).rglob("*.po"))}.difference(pageless)
    copies = {beside / path.relative_to(root / language.FOLDER): path for path in found}
    for old in list(files.below(beside / code)):  # and what Sphinx compiled
        if old.with_suffix(".po") not in copies:
            old.unlink()
    for copy, path in copies.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.is_file() or files.digest(copy) != files.digest(path):
            shutil.copyfile(path, copy)
    return beside


@contextlib.contextmanager
def _afresh(app: Sphinx) -> Any:
    """docutils as it is before Sphinx has registered anything with it, for a build of ``app``'s."""
    made_by = _maker.set(app)
    directives._directives, roles._roles = {}, {}  # type: ignore[attr-defined]
    for node in list(additional_nodes):
        unregister_node(node)
        additional_nodes.discard(node)
    try:
        with patch_docutils(), docutils_namespace():
            yield
    finally:
        _maker.reset(made_by)
