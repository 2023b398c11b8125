"""Chapters are executed side by side, before Sphinx reads them one after the other.

What is executed lies in jupyter-cache, where myst-nb finds it. A chapter that fails here is left
to myst-nb, which executes it again and reports the cell.
"""

from __future__ import annotations

import os
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.executors import load_executor
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", execute)


def execute(app: Sphinx, _env: object, docnames: list[str]) -> None:
    """Execute those chapters that will be read and have no stored result."""
    if app.config.nb_execution_mode != "cache" or (os.cpu_count() or 1) < 2:
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    wanted = [f"chapters/{name}" for name in app.report_provider.CHAPTERS]
    waiting = [Path(app.env.doc2path(name)) for name in docnames if name in wanted]
    waiting = [path for path in waiting if not _stored(app, cache, path)]
    if len(waiting) < 2:
        return
    for path in waiting:
        cache.add_nb_to_project(str(path), read_data={"name": "myst_nb_md", "type": "plugin"})
    logger.info("executing %d chapters side by side", len(waiting))
    done = load_executor("local-parallel", cache).run_and_cache(
        filter_uris=[str(path) for path in waiting], timeout=app.config.nb_execution_timeout, allow_errors=False
    )
    logger.info("executed %d, left to be reported: %d", len(done.succeeded), len(done.excepted) + len(done.errored))


def _stored(app: Sphinx, cache: object, path: Path) -> bool:
    reader = create_nb_reader(str(path), app.env.myst_config, app.env.mystnb_config, path.read_text(encoding="utf-8"))
    try:
        cache.match_cache_notebook(reader.read(path.read_text(encoding="utf-8")))
    except KeyError:
        return False
    return True
