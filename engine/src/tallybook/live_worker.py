"""The process behind ``tallybook live`` that has Sphinx ready, so that a page whose words were
saved stands in the browser within a second or so.

It makes the report's Sphinx once, as Jupyter Book does it and from what the last build has stored,
and never changes it. For each save it forks. The child reads the pages that were saved, writes them
into a folder of their own, and ends: a page with a fault leaves nothing behind. A child only reads
words. Where a code cell has changed, it says that all must be built.

It reads requests from its standard input, one line of JSON each (``[FOLDER, [PAGE, ...]]``), and
ends with it. Each answer is a line too, and so is the news that it is ready: the ``pages`` that
were written; or why the ``whole`` must be built; or the ``fault`` in a page, for a person.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK
from sphinx.util.build_phase import BuildPhase

from tallybook.builder.process import faults, process_guard
from tallybook.sphinx.building import borders, doctrees, execute
from tallybook.sphinx.languages import edition
from tallybook.sphinx.state import get_state, held

_answers = sys.stdout


class Trees(dict[str, nodes.document]):
    """The pages as they were read when the worker was made; to load them takes long."""


class Waiting(Sphinx):
    """Does not build when Jupyter Book tells it to, but as often as it is asked."""

    def build(self, *_: Any) -> None:
        # Of all settings, only where it keeps what it hands to MyST-NB is another than in a build.
        self.env.config_status = CONFIG_OK
        held(self, edition.Editions).begun = True  # by a build, never here
        # What is loaded for one page is there for all that are read later.
        chapters = get_state(self).provider.CHAPTERS.values()
        stored = [name for name in chapters if execute.is_stored(self, name)]
        _write(self, _read(self, set(stored[:1])))
        held(self, Trees).update({name: self.env.get_doctree(name) for name in self.env.found_docs})
        gc.freeze()  # else each child would copy what it only looks at
        _say(pages=[])
        for line in sys.stdin:
            folder, names = json.loads(line)
            _in_child(self, Path(folder), names)


def _in_child(app: Sphinx, folder: Path, names: list[str]) -> None:
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if status:
            _say(whole="the process that reads pages was ended")
        return
    code = 1
    try:
        _say(**_update(app, folder, names))
        code = 0
    except Exception as error:  # noqa: BLE001 - whatever it is, the author is told
        _say(fault=faults.explain(error, Path(app.srcdir)))
        code = 0
    finally:
        os._exit(code)


def _update(app: Sphinx, folder: Path, names: list[str]) -> dict[str, Any]:
    """Read and write what has changed since the worker was started, and ``names``."""
    builder: Any = app.builder
    changed = {*names, *doctrees.changed(app, app.env)}
    for name in sorted(changed):
        if not execute.is_stored(app, name):
            return {"whole": f"{name}.md: a code cell has changed"}
    app.outdir = builder.outdir = type(app.outdir)(folder)
    read = _read(app, changed)
    _write(app, read)
    builder.copy_image_files()
    builder.copy_download_files()
    return {"pages": read}


def _read(app: Sphinx, names: set[str]) -> list[str]:
    """Read pages, whether Sphinx finds that they have changed or not; gives those there are."""
    borders.remember(app)
    held(app, borders.Before).clear()  # what is saved meanwhile is the next request, and no fault
    for name in names:  # Sphinx, made for one build, would give what it was
        app.env._pickled_doctree_cache.pop(name, None)
    asked = app.connect("env-get-outdated", lambda *_: sorted(names))
    found = sorted(names.intersection(app.builder.read()))
    app.disconnect(asked)
    # Sections and figures get their numbers, for which Sphinx looks through every page.
    kept, load = held(app, Trees), app.env.get_doctree

    def loaded(name: str) -> nodes.document:
        return kept[name] if name in kept and name not in names else load(name)

    with mock.patch.object(app.env, "get_doctree", loaded):
        app.emit("env-get-updated", app.env)
    app.env.check_consistency()
    return found


def _write(app: Sphinx, names: list[str]) -> None:
    """Write pages and what stands beside them, and nothing that is of the whole site."""
    builder: Any = app.builder
    app.phase = BuildPhase.RESOLVING
    builder.prepare_writing(set(names))
    StandaloneHTMLBuilder._write_serial(builder, names)


def _say(**answer: Any) -> None:
    print(json.dumps(answer), file=_answers, flush=True)


def main() -> None:
    """Be a worker: the arguments are the folder of the report, and the one to work in."""
    global _answers
    _answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # for all that Sphinx and Jupyter Book print
    root, around = map(Path, sys.argv[1:])
    process_guard.look_less_for_garbage()
    os.umask(0o022)
    import jupyter_book.sphinx
    from jupyter_book.cli.main import main as jupyter_book_command

    jupyter_book.sphinx.Sphinx = Waiting
    try:
        jupyter_book_command(["build", str(root), "--path-output", str(around)])
    except Exception as error:  # noqa: BLE001 - whatever it is, the author is told
        _say(fault=faults.explain(error, root))


if __name__ == "__main__":
    main()
