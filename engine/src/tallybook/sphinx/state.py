"""What the parts of one build share: typed, in one place, made when the build begins and gone with
it.

What pages hold is not here but in the domain (``tallybook.sphinx.domain``), which is stored with
them.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # these are slow to import
    from nbformat import NotebookNode
    from sphinx.application import Sphinx
    from sphinx.util.parallel import ParallelTasks

    from tallybook.builder.cache.reuse import SiteManifest
    from tallybook.pictures.drawings import Drawings
    from tallybook.report import Provider, Report


RECORDS = (  # of the site: where each thing that can be cited has a small page, and files for reference managers
    "_cite"
)


@dataclass(frozen=True)
class Move:
    """One line of ``releases/redirects.csv`` (see ``tallybook.sphinx.redirects``)."""

    old: str
    new: str
    why: str
    since: str
    row: int


@dataclass
class State:
    """Attributes

    provider, report: what gives the report, and what it gave.
    checked: whether the tables have been.
    citation, built: ``CITATION.cff``, and the day the pages carry.
    executing, executed: chapters at work, and their notebooks, by page.
    drawings: where charts are drawn.
    moves, releases: redirects by the old address, and the records of all releases.
    earlier: the numbers of each release before this version, once asked for (see ``versions``).
    lock: holds the turn of a plain build that publishes.
    reference: a reference in APA style with stand-ins for title and address.
    read: how many pages are read in this build; the others have not changed.
    files: what the report's folder held when the build began.
    making, surroundings: the site that is made, and the hash of what its pages share, once all are
        read.
    taken: pages that were taken from the last site.
    meanwhile, written_meanwhile: the process that writes what is no page, and whether it has.
    """

    provider: Provider = field(init=False)
    report: Report = field(init=False)
    checked: bool = False
    citation: dict[str, Any] = field(default_factory=dict)
    built: date = field(init=False)
    executing: dict[str, Future[Any]] = field(default_factory=dict)
    executed: dict[str, NotebookNode] = field(default_factory=dict)
    drawings: Drawings = field(init=False)
    moves: dict[str, Move] = field(default_factory=dict)
    releases: list[dict[str, Any]] = field(default_factory=list)
    earlier: list[tuple[str, dict[str, Any]]] | None = None
    lock: IO[str] | None = None
    reference: str = ""
    read: int = 0
    files: Any = None
    making: SiteManifest = field(init=False)
    surroundings: str = ""
    taken: set[str] = field(default_factory=set)
    meanwhile: ParallelTasks | None = None
    written_meanwhile: bool = False

    def page(self, part: str) -> str:
        """The page that plays a part (see ``report.Provider``); empty if there is none."""
        return self.provider.PAGES.get(part, "")

    def chapter_of(self, docname: str) -> str:
        """The name of the chapter that a page is; empty for any other page."""
        return next((name for name, page in self.provider.CHAPTERS.items() if page == docname), "")


def language(app: Sphinx) -> str:
    """The language of the report as HTML and the vocabularies of metadata write it, such as
    ``pt-BR``."""
    return str(app.config.language).replace("_", "-")


def get_state(app: Sphinx) -> State:
    """The state of this build."""
    shared: dict[str, State] = app.__dict__
    if "report_state" not in shared:
        shared["report_state"] = State()
    return shared["report_state"]
