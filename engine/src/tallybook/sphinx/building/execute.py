"""Chapters are executed side by side, while the report is computed and pages are read.

An executed chapter is stored with the other results of the same state of the report. Each build
hands those that still hold to a fresh jupyter-cache, where myst-nb looks for them. A
page is read when its own chapter is ready; pages without code are read first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import create_nb_reader
from myst_nb.sphinx_ import NbMetadataCollector
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook import files
from tallybook.builder.cache import results
from tallybook.builder.notebooks import kernels, languages
from tallybook.builder.process import progress
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.building import doctrees
from tallybook.sphinx.directives import chart
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state, held


@dataclass
class Chapters:
    """Chapters at work (``executing``), and their notebooks, which those at work fill as they go
    (``executed``); both by page."""

    executing: dict[str, Future[ExecutionResult]] = field(default_factory=dict)
    executed: dict[str, NotebookNode] = field(default_factory=dict)
    drawing: Executor | None = None  # processes that draw charts


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", start, priority=900)  # after myst-nb has read its settings
    app.connect("env-before-read-docs", chapters_last)
    app.connect("source-read", wait)
    app.connect("build-finished", stop)


def start(app: Sphinx) -> None:
    """Find stored chapters among those that will be read, and begin to execute the others, beside
    all that comes before."""
    # The cache's database is made afresh: what is kept are files.
    shutil.rmtree(app.config.nb_execution_cache_path, ignore_errors=True)
    begin(app, doctrees.expected(app))


def was_executed(app: Sphinx, docname: str) -> bool:
    """Whether a page that has been read, in this build or an earlier one, had cells that were
    executed: MyST-NB notes it."""
    return "exec_data" in NbMetadataCollector.get_doc_data(app.env).get(docname, {})


def is_stored(app: Sphinx, docname: str) -> bool:
    """Whether a page, as its file is now, has no cells but such as are executed and stored."""
    notebook = _as_read(app, docname)
    return notebook is None or _target(app, docname, notebook).is_file()


def begin(app: Sphinx, docnames: Iterable[str]) -> None:
    """See to it that these pages, if they are chapters, are executed."""
    if app.config.nb_execution_mode != "cache":
        return
    chapters, waiting = held(app, Chapters), {}
    if maker := edition.maker():
        chapters.executed |= held(maker, Chapters).executed
    executed, pages = chapters.executed, get_state(app).provider.homes.values()
    for docname in (name for name in pages if name in docnames and name not in executed):
        notebook = _as_read(app, docname)
        if notebook is None:
            continue
        target = _target(app, docname, notebook)
        stored = _stored(target)
        executed[docname] = stored or notebook
        if stored is None:
            waiting[docname] = notebook, target
    if not waiting:
        return
    progress.step(f"executing {', '.join(docname.rpartition('/')[2] for docname in waiting)}")
    kernels.warm_up(get_state(app).provider.KERNEL_IMPORTS)
    pool, storing = ThreadPoolExecutor(os.cpu_count()), Lock()
    # Drawings take half of the processors: the rest compute what is drawn.
    chapters.drawing = kernels.pool(max(1, (os.cpu_count() or 1) // 2), kernels.NICE)
    # From the last: it is the first that the report, computed meanwhile, waits for last.
    for docname, (notebook, target) in reversed(waiting.items()):
        path = Path(app.env.doc2path(docname))
        chapters.executing[docname] = pool.submit(_execute, app, path, notebook, target, storing)
    pool.shutdown(wait=False)


def executed(app: Sphinx, docname: str) -> NotebookNode:
    """A chapter with what its cells have shown, whether its page was read in this build or in an
    earlier one."""
    chapters = held(app, Chapters)
    if docname not in chapters.executed:
        begin(app, [docname])
        if docname in chapters.executing:  # the stored one is gone
            wait(app, docname, [])
    return chapters.executed[docname]


def folder(app: Sphinx) -> Path:
    """Where executed chapters are stored for this state of the report, and the same words in charts
    in other languages."""
    return Path(os.environ[results.FOLDER]) / edition.words_of_cells(app)


def chapters_last(app: Sphinx, _env: object, docnames: list[str]) -> None:
    """Read first what need not wait. Sphinx may have reasons of its own to read a page: its chapter
    is begun now."""
    begin(app, docnames)
    order = list(held(app, Chapters).executing)
    if not order and makes_site(app):
        edition.begin(app)
    docnames.sort(key=lambda name: order.index(name) + 1 if name in order else 0)


def wait(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Hand a chapter to myst-nb when its page is about to be read. Raises the error of one that
    could not be executed: file, cell, and what Python said."""
    chapters, path = held(app, Chapters), Path(app.env.doc2path(docname))
    if docname not in chapters.executing:
        if docname in chapters.executed:  # it is stored
            _hand_over(app, chapters.executed[docname], path)
        return
    shown = path.relative_to(app.srcdir).as_posix()
    try:
        result = chapters.executing[docname].result()
    except RuntimeError as error:  # a kernel that dies, at work or before, or does not start
        fault = f"{shown}: {error}; expected a kernel that executes the chapter to its end"
        raise ExtensionError(fault) from None
    if isinstance(result.err, CellTimeoutError):
        limit = app.config.nb_execution_timeout
        fault = f"a cell ran longer than {limit} seconds; expected an end by then"
        raise ExtensionError(f"{shown}: {fault}\n{_last_cell(result)}")
    if isinstance(result.err, CellExecutionError):
        fault = f"{result.err.ename}: {result.err.evalue}"
        raise ExtensionError(f"{shown}: {fault}\n{_last_cell(result)}")


def stop(app: Sphinx, exception: Exception | None) -> None:
    """A build that has failed starts no further chapter."""
    if drawing := held(app, Chapters).drawing:
        drawing.shutdown(wait=False, cancel_futures=True)
    if exception is not None:
        for future in held(app, Chapters).executing.values():
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
    lines = (line.strip() for line in (begun or cells)[-1].source.splitlines())
    return "In the cell: " + " / ".join(filter(None, lines))[:300]


def _as_read(app: Sphinx, docname: str) -> NotebookNode | None:
    """The chapter as myst-nb will read it; None if there is no such page, or it is plain text
    without cells."""
    path = Path(app.env.doc2path(docname))
    if not path.is_file():
        return None
    text = files.text(path, app.env.doc2path(docname, False))
    env: Any = app.env  # myst-parser and myst-nb have left their settings there
    reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
    notebook: NotebookNode | None = reader.read(text) if reader else None
    return notebook


def _target(app: Sphinx, docname: str, notebook: NotebookNode) -> Path:
    """Where a chapter is stored when it has been executed: under what jupyter-cache knows it by, a
    hash of its code cells."""
    key: str = get_cache(app.config.nb_execution_cache_path).create_hashed_notebook(notebook)[1]
    return folder(app) / f"{get_state(app).chapter_of(docname)}-{key}.ipynb"


def _stored(path: Path) -> NotebookNode | None:
    """The executed chapter, if it is stored."""
    if not path.is_file():
        return None
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def _hand_over(app: Sphinx, notebook: NotebookNode, path: Path, seconds: float = 0.0) -> None:
    """Put an executed chapter where myst-nb looks for it."""
    code = edition.code(app)
    shown = chart.as_text(languages.shown(notebook, code))
    held(app, edition.Asked).in_cells += languages.asked(notebook, code)
    bundle = CacheBundleIn(shown, str(path), data={"execution_seconds": seconds})
    cache = get_cache(app.config.nb_execution_cache_path)
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _execute(
    app: Sphinx, path: Path, notebook: NotebookNode, target: Path, storing: Lock
) -> ExecutionResult:
    result = single_nb_execution(
        notebook,
        cwd=str(path.parent),
        timeout=app.config.nb_execution_timeout,
        allow_errors=False,
        meta_override=False,
        kernel_manager_class=kernels.Manager,
    )
    drawing = held(app, Chapters).drawing
    if result.err is None and drawing:
        chart.draw(notebook, drawing)
        # nbformat would indent it, which takes many times as long.
        files.write_whole(target, json.dumps(notebook).encode("utf-8"))
        with storing:  # one writer to the database at a time
            _hand_over(app, notebook, path, result.time)
        progress.step(f"chapter {path.stem}: executed in {result.time:.0f} s")
    return result
