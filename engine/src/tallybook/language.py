"""The language in which this process writes, and the catalogues in which it looks words up.

A report is written in English. Every other language has an edition: the same numbers, and words
from gettext catalogues (``.po``), which Poedit or Weblate open. ``locale/<language>/LC_MESSAGES`` of
a report holds one for each page, ``report.po`` for the words of its tables and its code, and
``charts.po`` for those in its charts; the same folder of this package holds ``tallybook.po``, the
engine's own words.
"""

from __future__ import annotations

import contextlib
import gettext as catalogues
import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES = "TALLYBOOK_LANGUAGES"  # environment variable of the kernels: those beside English
FOLDER = "locale"
# MIME type of a cell's output: by language, what an edition shows instead of the rest.
EDITIONS = "application/vnd.report.editions+json"
OWN, REPORT, CHARTS = "tallybook", "report", "charts"  # catalogues that belong to no page
_ENGINE = Path(__file__).resolve().parent


class _Missing(catalogues.NullTranslations):
    """What no catalogue has stays English, and is taken down."""

    def gettext(self, message: str) -> str:
        if message not in _known_results() and any(map(str.isalpha, message)):
            missing[message] = None
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        missing[msgid1] = None
        return msgid1 if n == 1 else msgid2


missing: dict[str, None] = {}  # in the order in which they were looked up
_now = ENGLISH
_loaded: dict[str, catalogues.NullTranslations] = {ENGLISH: catalogues.NullTranslations()}
_results: dict[str, frozenset[str]] = {}


def now() -> str:
    """The language that is written."""
    return _now


def gettext(message: str) -> str:
    """A message in the language that is written; in English, the message itself. One that no
    catalogue has stays as it is (see ``missing``)."""
    return _loaded[_now].gettext(message) if message else message


def ngettext(one: str, many: str, count: float) -> str:
    """A message that depends on a count: ``one`` and ``many`` are what English has for it."""
    # French has the singular up to two, so 1.5 must stay apart from 2.
    return _loaded[_now].ngettext(one, many, count)  # type: ignore[arg-type]  # gettext takes it


def use(language: str, root: Path) -> None:
    """Write that language from now on, with the catalogues of the report in ``root``. Raises
    ``babel.messages.pofile.PoFileError`` for a catalogue that is none."""
    global _now  # noqa: PLW0603 - it is the process that speaks, as with Python's own gettext
    if language not in _loaded:
        found = _Missing()
        for path in catalogue_paths(language, root):
            if path.is_file():
                one = _compiled(path)
                one.add_fallback(found)
                found = one  # type: ignore[assignment]  # one looks up, the next is asked after it
        _loaded[language] = found
    _now = language


@contextlib.contextmanager
def speaking(language: str, root: Path) -> Iterator[None]:
    """Write a language for a while."""
    before = _now
    use(language, root)
    try:
        yield
    finally:
        use(before, root)


def others() -> list[str]:
    """The languages beside English in which charts are drawn, as the build has told its kernels."""
    return os.environ.get(LANGUAGES, "").split()


def folder(language: str, root: Path) -> Path:
    """Where a report has its catalogues of a language."""
    return root / FOLDER / language / "LC_MESSAGES"


def catalogue_paths(language: str, root: Path) -> list[Path]:
    """The catalogues that belong to no page, the engine's first."""
    engine = folder(language, _ENGINE) / f"{OWN}.po"
    return [engine, *(folder(language, root) / f"{name}.po" for name in (CHARTS, REPORT))]


def _compiled(path: Path) -> catalogues.GNUTranslations:
    """A catalogue without its fuzzy messages."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    held = io.BytesIO()
    write_mo(held, catalogue)
    held.seek(0)
    return catalogues.GNUTranslations(held)


def _known_results() -> frozenset[str]:
    """What the catalogues of this language give: a text that comes a second time is in it."""
    if _now not in _results:
        found, texts = _loaded[_now], set()
        while isinstance(found, catalogues.GNUTranslations):
            texts |= set(getattr(found, "_catalog", {}).values())
            found = found._fallback  # type: ignore[attr-defined]
        _results[_now] = frozenset(texts)
    return _results[_now]
