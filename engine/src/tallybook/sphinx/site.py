"""The builder of the site:

Sphinx's own, but that pages are taken over from the last site where they were made from the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import INVENTORY_FILENAME, StandaloneHTMLBuilder

from tallybook.builder.cache import reuse
from tallybook.sphinx import background_outputs, popovers, shared_fingerprint
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import get_state


class Site(StandaloneHTMLBuilder):
    """Makes the site."""

    name = "html"

    def _write_serial(self, docnames: Sequence[str]) -> None:
        shared = get_state(self.app)
        shared.surroundings = shared_fingerprint.of(self.app)
        background_outputs.begin(self.app)
        with_pictures = {
            docname for holders, _name in self.env.images.values() for docname in holders
        }
        keys = {
            name: shared_fingerprint.of_page(self.app, name, shared.surroundings)
            for name in docnames
        }
        # A page that is taken over would not say which pictures of its own are to be copied.
        shared.taken = {
            name
            for name in docnames
            if name not in with_pictures and shared.making.take(f"page {name}", keys[name])
        }
        left = [name for name in docnames if name not in shared.taken]
        super()._write_serial(left)
        for name in left:
            page = Path(self.get_outfilename(name))
            shared.making.note(
                f"page {name}",
                keys[name],
                [path for path in (page, popovers.beside(page)) if path.is_file()],
            )

    def dump_inventory(self) -> None:
        """The inventory holds what pages share, and nothing else."""
        shared = get_state(self.app)
        shared.making.group("inventory", shared.surroundings, self._dumped)

    def _dumped(self) -> list[Path]:
        super().dump_inventory()
        return [Path(self.outdir) / INVENTORY_FILENAME]


def setup(app: Sphinx) -> None:
    app.add_builder(Site, override=True)
    app.connect("builder-inited", begin, priority=1)
    app.connect(
        "build-finished", finish, priority=990
    )  # when all is written, before a plain build publishes


def begin(app: Sphinx) -> None:
    get_state(app).making = reuse.begin(Path(app.outdir))


def finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and makes_site(app):
        get_state(app).making.finish()
