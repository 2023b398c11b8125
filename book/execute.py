"""Chapters are executed side by side, while the report is computed and pages are read.

What is executed lies in jupyter-cache, where myst-nb finds it. A page is read when its own
chapter is ready; pages without code are read first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sqlalchemy.exc import SQLAlchemyError

from book import chart, kernels

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", start, priority=900)  # after myst-nb has read its settings
    app.connect("env-before-read-docs", chapters_last)
    app.connect("source-read", wait)
    app.connect("build-finished", stop)


def start(app: Sphinx) -> None:
    """Begin to execute the chapters that have no stored result."""
    app.executing = {}
    if app.config.nb_execution_mode != "cache":
        return
    _drop_unusable(Path(app.config.nb_execution_cache_path))
    waiting = {}
    for docname in (f"chapters/{name}" for name in app.report_provider.CHAPTERS):
        notebook = _as_read(app, docname)
        if notebook is None:
            continue
        stored = _stored(app, notebook)
        if stored is None:
            waiting[docname] = notebook
        else:
            for cell in stored.cells:
                chart.begin(app, cell)
    if not waiting:
        return
    logger.info("executing %d chapters side by side", len(waiting))
    kernels.warm_up(app.report_provider.KERNEL_IMPORTS)
    pool, storing = ThreadPoolExecutor(os.cpu_count()), Lock()
    # From the last: it is the first that the report, computed meanwhile, waits for last.
    for docname, notebook in reversed(waiting.items()):
        app.executing[docname] = pool.submit(_execute, app, Path(app.env.doc2path(docname)), notebook, storing)
    pool.shutdown(wait=False)


def chapters_last(app: Sphinx, _env: object, docnames: list[str]) -> None:
    """Read first what need not wait."""
    docnames.sort(key=lambda name: (name in app.executing, list(app.executing).index(name) if name in app.executing else 0))


def wait(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Raise the error of a chapter that could not be executed: file, cell, and what Python said."""
    future: Future[ExecutionResult] | None = app.executing.get(docname)
    if future is None:
        return
    shown = Path(app.env.doc2path(docname)).relative_to(app.srcdir).as_posix()
    try:
        result = future.result()
    except RuntimeError as error:  # a kernel that dies at work, or while it starts, or does not start
        raise ExtensionError(f"{shown}: {error}; wanted a kernel that executes the chapter to its end") from None
    if isinstance(result.err, CellTimeoutError):
        limit = app.config.nb_execution_timeout
        raise ExtensionError(f"{shown}: a cell ran longer than {limit} seconds; wanted an end by then\n{_last_cell(result)}")
    if isinstance(result.err, CellExecutionError):
        raise ExtensionError(f"{shown}: {result.err.ename}: {result.err.evalue}\n{_last_cell(result)}")


def stop(app: Sphinx, exception: Exception | None) -> None:
    """A build that has failed starts no further chapter."""
    if exception is not None:
        for future in getattr(app, "executing", {}).values():
            future.cancel()


@contextmanager
def no_more_after_a_fault(app: Sphinx) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        stop(app, error)
        raise


def _last_cell(result: ExecutionResult) -> str:
    """The cell at which the execution ended."""
    cells = [cell for cell in result.nb.cells if cell.cell_type == "code"]
    begun = [cell for cell in cells if cell.get("execution_count") or cell.get("outputs")]
    source = (begun or cells)[-1].source
    return "In the cell: " + " / ".join(line.strip() for line in source.splitlines() if line.strip())[:300]


def _as_read(app: Sphinx, docname: str) -> NotebookNode | None:
    """The chapter as myst-nb will read it; None if there is no such page."""
    path = Path(app.env.doc2path(docname))
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    return create_nb_reader(str(path), app.env.myst_config, app.env.mystnb_config, text).read(text)


def _stored(app: Sphinx, notebook: NotebookNode) -> NotebookNode | None:
    """The executed chapter, if its result is stored whole."""
    cache = get_cache(app.config.nb_execution_cache_path)
    try:
        return cache.get_cache_bundle(cache.match_cache_notebook(notebook).pk).nb
    except Exception:  # noqa: BLE001 - not stored; or in half, or not readable, by a build that was killed
        return None


def _drop_unusable(folder: Path) -> None:
    """A build that is killed while it makes the database leaves one without tables."""
    try:
        get_cache(folder).list_cache_records()
    except (SQLAlchemyError, RuntimeError):  # the cache tells some errors of its database in its own words
        shutil.rmtree(folder)


def _execute(app: Sphinx, path: Path, notebook: NotebookNode, storing: Lock) -> ExecutionResult:
    result = single_nb_execution(
        notebook,
        cwd=str(path.parent),
        timeout=app.config.nb_execution_timeout,
        allow_errors=False,
        meta_override=False,
        kernel_manager_class=kernels.Manager,
        on_cell_executed=lambda cell, **_rest: chart.begin(app, cell),
    )
    if result.err is None:
        with storing:  # one writer to the database at a time
            cache = get_cache(app.config.nb_execution_cache_path)
            # What a killed build left by half; the cache itself fails on a folder without its notebook.
            _, key = cache.create_hashed_notebook(notebook)
            shutil.rmtree(Path(cache.path) / "executed" / key, ignore_errors=True)
            cache.cache_notebook_bundle(
                CacheBundleIn(notebook, str(path), data={"execution_seconds": result.time}),
                check_validity=False,
                overwrite=True,
            )
    return result
