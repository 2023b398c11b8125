"""A guard against changes to the report's folder during a build.

A cell that writes into the folder would change what the next build reads, and a file saved by hand
meanwhile would give pages half of which are old. Either is found by comparing all files before the
chapters are executed with all files afterwards. So is what a cell puts where the site is made.
``tallybook.builder.process.command`` gives cells a home and a folder for temporary files of their
own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook import files
from tallybook.sphinx import edition, execute
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.state import held

SHOWN = 5
Listing = dict[str, tuple[int, int, int]]


class Before:
    """What the report's folder held when the build began, and that of the site."""

    files: Listing
    output: Listing


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", remember, priority=100)  # before the first chapter is executed
    app.connect("builder-inited", remember_output, priority=890)  # what extensions put there
    # After the last, and before anything of this build is stored.
    app.connect("env-updated", lambda app, _env: compare(app, before_writing=True))
    app.connect("build-finished", compare_again, priority=700)  # when editions have been made


def remember(app: Sphinx) -> None:
    if edition.code(app):
        return  # the build that makes it looks
    root = Path(app.srcdir)
    try:
        held(app, Before).files = listing(root, files.own(root))
    except files.LoopError as error:
        raise ExtensionError(str(error)) from None


def remember_output(app: Sphinx) -> None:
    if makes_site(app) and not edition.code(app):
        out = Path(app.outdir)
        held(app, Before).output = listing(out.parent, files.below(out))


def compare(app: Sphinx, before_writing: bool = False) -> None:
    """Refuse a build during which a file appeared, changed or went. Before a page is written the
    folder of the site holds what it held before cells were executed."""
    if edition.code(app):
        return
    root, out = Path(app.srcdir), Path(app.outdir)
    now = listing(root, files.own(root))
    before = held(app, Before).files
    if before_writing and makes_site(app):
        before, now = before | held(app, Before).output, now | listing(out.parent, files.below(out))
    changes = differences(before, now)
    if not changes:
        return
    # Were they kept, the next build would not execute the cell that did it, and not notice.
    shutil.rmtree(execute.folder(app), ignore_errors=True)
    more = [f"and {len(changes) - SHOWN} more"] if len(changes) > SHOWN else []
    raise ExtensionError(
        f"{'; '.join([*changes[:SHOWN], *more])}; expected the folder of the report untouched while"
        " it is built. Either a cell of a chapter wrote there, or it was saved by hand meanwhile:"
        " then build again"
    )


def compare_again(app: Sphinx, exception: Exception | None) -> None:
    if exception is None:
        compare(app)


def listing(root: Path, paths: Iterable[Path]) -> Listing:
    """Time, size and inode of files below ``root``, by their paths there."""
    states = ((path, files.state(path)) for path in paths)
    # An editor at work may have removed one meanwhile.
    return {path.relative_to(root).as_posix(): found for path, found in states if found}


def differences(before: Listing, after: Listing) -> list[str]:
    """What happened to which file, in words."""

    def happened(name: str) -> str:
        if name not in before:
            return "a new file"
        return "it changed" if name in after else "it gone"

    names = {name for name, _state in before.items() ^ after.items()}
    return [f"{name}: found {happened(name)}" for name in sorted(names)]
