"""A plain ``jupyter-book build`` publishes like ours does.

It would write through the link into the site that is published: here it is sent to a folder of its
own, which takes the link over only if the build succeeds.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

from sphinx.application import Sphinx
from sphinx.config import Config

from tallybook.builder.process.publish import publish, put_away, take_turn
from tallybook.sphinx.state import held

ASIDE = "html.aside"


class Turn:
    """Holds the turn of a plain build that publishes."""

    lock: IO[str] | None = None


def setup(app: Sphinx) -> None:
    # Before anything takes down where the output goes; and when all has been written.
    app.connect("config-inited", build_aside, priority=1)
    app.connect("build-finished", publish_aside, priority=999)


def build_aside(app: Sphinx, _config: Config) -> None:
    """Send a build that would write into the published site to a folder beside it."""
    work = Path(app.srcdir) / "_build"
    if Path(app.outdir).resolve() != (work / "html").resolve():  # Sphinx has followed the link
        return
    lock = held(app, Turn).lock = (work / "build.lock").open("w")
    take_turn(lock)
    put_away(work / ASIDE, work)
    (work / ASIDE).mkdir()
    app.outdir = type(app.outdir)(work / ASIDE)


def publish_aside(app: Sphinx, exception: Exception | None) -> None:
    """Publish what was built aside, if it was built without a fault."""
    good = exception is None and not app._warncount
    if held(app, Turn).lock and good and app.builder.format == "html":
        work = Path(app.srcdir) / "_build"
        publish(work / ASIDE, work)
