"""No page is published with the marks of a conflict that git could not merge, nor with a file that
it includes."""

from __future__ import annotations

import os
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook import conflicts


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", check, priority=100)  # before a chapter is executed
    app.connect("env-before-read-docs", check, priority=100)  # when pages that are new are known
    app.connect("env-check-consistency", check, priority=100)  # when it is known what pages include


def check(app: Sphinx, *_: object) -> None:
    """Look through all pages and what they are known to include."""
    root, env = Path(app.srcdir), app.env
    paths = {Path(env.doc2path(name)) for name in env.found_docs}
    paths |= {root / name for name in set().union(*env.dependencies.values())}
    there = (path for path in sorted(paths) if path.is_file())
    faults = ((path, conflicts.fault(path.read_bytes())) for path in there)
    found = [f"{os.path.relpath(path, root)}, {says}" for path, says in faults if says]
    if found:
        raise ExtensionError("\n".join(found))
