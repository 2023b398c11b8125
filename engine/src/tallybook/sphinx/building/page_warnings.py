"""Warnings of what is wrong in pages: each has a place and a type, and can be suppressed."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.environment import BuildEnvironment
from sphinx.util import logging

Fault = tuple[str, int, str]  # a page, a line there, and what is wrong

logger = logging.getLogger(__name__)


def warn(env: BuildEnvironment, kind: str, faults: Iterable[Fault], more: str = "") -> None:
    """Warn of what is wrong in pages, unless ``suppress_warnings`` names ``report.kind``. It is one
    warning, the further faults and ``more`` as its further lines: a build ends at the first."""
    if found := list(faults):
        (page, line, said), *others = found
        rest = [f"{env.doc2path(name, False)}:{at}: {text}" for name, at, text in others]
        text = "\n".join(filter(None, [said, *rest, more]))
        logger.warning("%s", text, location=(page, line), type="report", subtype=kind)
