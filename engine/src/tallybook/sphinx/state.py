"""What the parts of one build share, gone when it ends.

Every part may use ``State``. What one part keeps for itself, or hands to a few others, is an object
of a class of its own (``held``). What pages hold is not here but in the domain
(``tallybook.sphinx.domain``), which is stored with them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # these are slow to import
    from sphinx.application import Sphinx

    from tallybook.release.record import Reason
    from tallybook.report import Provider, Report

# Of the site: where each thing that can be cited and embedded has its page, and files beside it.
RECORDS = "_cite"
Held = TypeVar("Held")


@dataclass
class State:
    """What gives the report, and what it gave; ``CITATION.cff``, the day the pages carry and the
    commit that is built, the records of all releases, and ``why`` things changed, by id and
    version."""

    provider: Provider = field(init=False)
    report: Report = field(init=False)
    citation: dict[str, Any] = field(default_factory=dict)
    built: date = field(init=False)
    commit: str = ""
    releases: list[dict[str, Any]] = field(default_factory=list)
    why: dict[tuple[str, str], Reason] = field(default_factory=dict)

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


def held(app: Sphinx, kind: type[Held]) -> Held:
    """This build's object of a class, made when it is first asked for."""
    objects: dict[type, Any] = app.__dict__.setdefault("report_state", {})
    if kind not in objects:
        objects[kind] = kind()
    found: Held = objects[kind]
    return found


def get_state(app: Sphinx) -> State:
    """What all parts of this build share."""
    return held(app, State)
