"""Pages that have not changed are not read again: Sphinx's doctrees are kept from build to build.

Sphinx goes by the time of a file; here a page is read again if its content is another, whatever its
time. When the data, the analysis, this package, a setting or the citation change, a configuration
value does, and all pages are read again. What a build leaves that has failed or was stopped is
thrown away: it may be half of one state and half of another.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import CONFIG_OK, BuildEnvironment

from tallybook import files
from tallybook.sphinx import domain

WHOLE = "whole"  # the file that a good build leaves there at its end


def setup(app: Sphinx) -> None:
    app.connect("config-inited", remove_unfinished, priority=1)  # before the environment is loaded
    app.connect("env-get-outdated", changed)
    app.connect("source-read", note, priority=1)  # the text as it is in the file
    app.connect("build-finished", finish, priority=1000)


def remove_unfinished(app: Sphinx, _config: Config) -> None:
    """Throw away doctrees that no good build has left."""
    folder = Path(app.doctreedir)
    if not (folder / WHOLE).exists():
        shutil.rmtree(folder, ignore_errors=True)
    (folder / WHOLE).unlink(missing_ok=True)


def changed(app: Sphinx, env: BuildEnvironment, *_sets: set[str]) -> list[str]:
    """Pages whose content is not the one that was read."""
    return sorted(name for name in env.found_docs & env.all_docs.keys() if _is_other(app, name))


def expected(app: Sphinx) -> set[str]:
    """Pages that will be read, as far as one can tell when the build begins: all if a setting has
    changed, or nothing is kept."""
    there = {name for name in app.env.found_docs if Path(app.env.doc2path(name)).is_file()}
    if app.env.config_status != CONFIG_OK:
        return there
    return {name for name in there if _is_other(app, name)}


def note(app: Sphinx, docname: str, _source: list[str]) -> None:
    domain.of(app.env).data["hashes"][docname] = _hash(app, docname)


def finish(app: Sphinx, exception: Exception | None) -> None:
    folder = Path(app.doctreedir)
    if exception is None and folder.is_dir():
        (folder / WHOLE).touch()


def _is_other(app: Sphinx, docname: str) -> bool:
    return domain.of(app.env).data["hashes"].get(docname) != _hash(app, docname)


def _hash(app: Sphinx, docname: str) -> str:
    return files.digest(Path(app.env.doc2path(docname)))
