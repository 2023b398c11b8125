"""The language in which this process writes, and the catalogues in which it looks words up.

A report is written in English. Every other language has an edition: the same numbers, and words
from gettext catalogues (``.po``), which Poedit or Weblate open. ``locale/<language>/LC_MESSAGES``
of a report holds one for each page, ``report.po`` for the words of its tables and its code, and
``charts.po`` for those in its charts; the same folder of this package holds ``tallybook.po``, the
engine's own words.
"""

from __future__ import annotations

import contextlib
import gettext as catalogues
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TypeVar

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol

ENGLISH = "en"
LANGUAGES = "TALLYBOOK_LANGUAGES"  # environment variable of the kernels: those beside English
# Environment variable: a folder for the words that are to be translated.
COLLECTED = "TALLYBOOK_COLLECTED"
FOLDER = "locale"
# MIME type of a cell's output: by language, what an edition shows instead of the rest.
EDITIONS = "application/vnd.report.editions+json"
ASKED = "application/vnd.report.asked+json"  # messages that were looked up for it
# Catalogues that belong to no page: the engine's, and the report's.
OWN, REPORT, CHARTS = "tallybook", "report", "charts"
PAGELESS = (REPORT, CHARTS)
_ENGINE = Path(__file__).resolve().parent


T = TypeVar("T")
Message = str | tuple[str, ...]  # a text, or what English has for one and for many

asked: dict[Message, None] = {}  # what was looked up for another language, in that order
_filled: set[str] = set()  # what was put together from messages that were looked up
_now = ENGLISH
_loaded: dict[str, catalogues.NullTranslations] = {ENGLISH: catalogues.NullTranslations()}
_roots: dict[str, Path] = {}  # of which report they are


class Template(str):
    """A message with holes, in another language. What it is filled to is known afterwards, so that
    nobody looks it up again."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        text = str(self).format(*values, **named)
        return said(text)


def collect(path: Path, in_cells: Iterable[str | Sequence[str]]) -> None:
    """Write what was looked up for the language that is written, a line of JSON for each message:
    whether it was for the report or in cells (``charts``), and the message."""
    given = {*messages(_loaded[_now]).values()}
    cells = (one if isinstance(one, str) else tuple(one) for one in in_cells)
    told = [(REPORT, text) for text in asked] + [(CHARTS, text) for text in cells]
    # A text that has been looked up already may come again.
    lines = [pair for pair in dict.fromkeys(told) if pair[1] not in given or known(pair[1])]
    text = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in lines)
    path.write_text(text, encoding="utf-8")


def own_name(language: str) -> str:
    """What a language calls itself, such as "Français"."""
    return capital(str(Locale.parse(language).get_display_name(language)))


def known(message: object) -> bool:
    """Whether a catalogue of the language that is written has the message."""
    return message in messages(_loaded[_now])


def messages(catalogue: catalogues.NullTranslations) -> dict[object, str]:
    """What a catalogue has for each message; gettext itself says only what it gives."""
    found: dict[object, str] = vars(catalogue).get("_catalog", {})
    return found


def now() -> str:
    """The language that is written."""
    return _now


def to_tables() -> str:
    """The way from the pages of the language that is written to what all languages share: tables,
    and what runs a chapter."""
    return "" if _now == ENGLISH else "../"


def gettext(message: str) -> str:
    """A message in the language that is written; in English, or where no catalogue has it, the
    message itself."""
    if _now == ENGLISH or message in _filled or not any(map(str.isalpha, message)):
        return message
    asked[message] = None
    return _whole(_loaded[_now].gettext(message))


def N_(words: T) -> T:  # noqa: N802 - as catalogues call it everywhere
    """Mark a text, or the values of a mapping, as words of the engine that are looked up later."""
    return words


def if_known(text: str) -> str:
    """A text that may be a name, which stays, or words of ours, which a catalogue has: the message
    in the language that is written if one has it."""
    return said(gettext(text) if known(text) else text)


def ngettext(one: str, many: str, count: float) -> str:
    """A message that depends on a count: ``one`` and ``many`` are what English has for it."""
    if _now != ENGLISH:
        asked[one, many] = None
    found = _loaded[_now].ngettext(one, many, _counted(count))
    return found if _now == ENGLISH else _whole(found)


def _counted(count: float) -> int:
    """A whole number with which a word has the same form, for catalogues know no others: 1.5 is
    more than one in English, and not in French."""
    if float(count).is_integer():
        return abs(int(count))
    return 1 if Locale.parse(_now).plural_form(count) == "one" else 2


def listed(parts: Iterable[str]) -> str:
    """Parts in one line, the last of them after "and"."""
    return reduce(lambda a, b: gettext("{first} and {second}").format(first=a, second=b), parts)


def capital(text: str) -> str:
    """A text as it opens a sentence."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """A text as a sentence ends, which a title with a question mark does already."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def semicolon() -> str:
    """What stands between the parts of a line that have commas themselves, with the spaces of the
    language."""
    return gettext("{first}; {second}").format(first="", second="")


def said(text: str) -> str:
    """A text that was put together in the language that is written: nobody looks it up again."""
    if _now != ENGLISH:
        _filled.add(text)
    return text


def decimal(text: str) -> str:
    """A number as a file has it, with the decimal sign of the language that is written."""
    return text.replace(".", get_decimal_symbol(_now))


def _whole(text: str) -> str:
    return Template(text) if "{" in text else text


def use(language: str, root: Path, names: Sequence[str] = ()) -> None:
    """Write that language from now on, with the engine's catalogue and those of the report in
    ``root`` (all, or ``names``). Raises ``PoFileError`` of Babel for a catalogue that is none."""
    global _now  # noqa: PLW0603 - it is the process that speaks, as with Python's own gettext
    if language not in _loaded or _roots.get(language) != root:
        paths = catalogue_paths(language, root, names or PAGELESS)
        found: catalogues.NullTranslations | None = None
        for one in (_compiled(path) for path in reversed(paths) if path.is_file()):
            found = found or one  # what the others have besides is added
            messages(found).update(messages(one) | messages(found))
        _loaded[language] = found or catalogues.NullTranslations()
        _roots[language] = root
    _now = language


@contextlib.contextmanager
def speaking(language: str, root: Path, names: Sequence[str] = ()) -> Iterator[None]:
    """Write a language for a while (see ``use``)."""
    before = _now
    use(language, root, names)
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


def catalogue_paths(language: str, root: Path, names: Sequence[str]) -> list[Path]:
    """Catalogues that belong to no page, those that are asked last first: the engine's own, and
    what a report has in its place, or in a language that the engine does not have."""
    engine = folder(language, _ENGINE) / f"{OWN}.po"
    return [engine, *(folder(language, root) / f"{name}.po" for name in (OWN, *names))]


def _compiled(path: Path) -> catalogues.GNUTranslations:
    """A catalogue without its fuzzy messages."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    held = io.BytesIO()
    write_mo(held, catalogue)
    held.seek(0)
    return catalogues.GNUTranslations(held)
