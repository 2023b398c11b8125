"""The builder of the site: Sphinx's own, but that pages are taken over from the last site where
they were made from the same; and what a build says of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from tallybook.builder.cache import reuse
from tallybook.builder.process.progress import mark, step
from tallybook.builder.process.publish import put_away
from tallybook.sphinx.builders import Making
from tallybook.sphinx.building import fingerprint, writers
from tallybook.sphinx.languages import edition
from tallybook.sphinx.pages import markdown, popovers
from tallybook.sphinx.state import held


class Site(StandaloneHTMLBuilder):
    """Makes the site."""

    name = "html"

    def _write_serial(self, docnames: Sequence[str]) -> None:
        making = held(self.app, Making)
        making.shared = fingerprint.of(self.app)
        writers.begin(self.app)
        # A page that is taken over would not say which pictures of its own are to be copied.
        illustrated = {name for holders, _file in self.env.images.values() for name in holders}
        keys = {name: fingerprint.of_page(self.app, name, making.shared) for name in docnames}
        making.taken = {
            name
            for name in docnames
            if name not in illustrated and making.manifest.take(f"page {name}", keys[name])
        }
        left = [name for name in docnames if name not in making.taken]
        super()._write_serial(left)
        for name in left:
            page = Path(self.get_outfilename(name))
            beside = popovers.beside(page), Path(self.outdir) / markdown.path(name)
            sources = (Path(self.outdir) / "_sources").glob(f"{name}.*")
            written = [path for path in (page, *beside, *sources) if path.is_file()]
            making.manifest.note(f"page {name}", keys[name], written)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        # First as Markdown: what writes the page takes parts out of its doctree.
        markdown.write(self.app, docname, doctree)
        super().write_doc(docname, doctree)

    def _get_translations_js(self) -> str:
        """None: it is for Sphinx's own search."""
        return ""


def setup(app: Sphinx) -> None:
    app.add_builder(Site, override=True)
    app.connect("config-inited", build_aside, priority=1)  # before its output is taken down
    app.connect("builder-inited", begin, priority=1)
    app.connect("env-before-read-docs", count)
    app.connect("env-updated", pages_read)
    app.connect("build-finished", pages_written, priority=1)


def build_aside(app: Sphinx, _config: Config) -> None:
    """A plain ``jupyter-book build`` writes into ``_build/html`` as it does without us, but never
    through the link into a site that was published, which Sphinx has followed: it writes beside it,
    and takes the place of the link without a fault."""
    link = Path(app.srcdir) / "_build" / "html"
    if link.is_symlink() and Path(app.outdir).resolve() == link.resolve():
        aside = link.with_name("html.plain")
        put_away(aside, link.parent)  # of one that has failed
        aside.mkdir()
        app.outdir = type(app.outdir)(aside)
        app.connect("build-finished", take_the_place, priority=999)


def take_the_place(app: Sphinx, error: Exception | None) -> None:
    if error is None and not app._warncount and app.builder.format == "html":
        link = Path(app.srcdir) / "_build" / "html"
        link.unlink()
        Path(app.outdir).rename(link)


def begin(app: Sphinx) -> None:
    held(app, Making).manifest = reuse.begin(Path(app.outdir), edition.code(app))


class Read:
    """How many pages are read in this build; the others have not changed."""

    pages = 0


def count(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    mark(f"{of_edition(app)}what was read before is loaded")
    held(app, Read).pages = len(docnames)


def pages_read(app: Sphinx, env: BuildEnvironment) -> None:
    pages, read = len(env.found_docs), held(app, Read).pages
    how = "read" if read == pages else f"{read} read, the others have not changed"
    step(f"{of_edition(app)}{pages} pages: {how}")


def of_edition(app: Sphinx) -> str:
    """What a step of an edition begins with; empty for the report itself."""
    return f"edition {edition.code(app)}: " if edition.code(app) else ""


def pages_written(app: Sphinx, error: Exception | None) -> None:
    """Say how many pages were written; the others were taken from the last site."""
    if error is None and not edition.code(app):
        taken = len(held(app, Making).taken)
        some = f"{len(app.env.found_docs) - taken} written, the others are as they were"
        step(f"pages: {some if taken else 'written'}")
