"""``data/sources.bib``, and the table ``data/sources.csv`` that is made from it so that other
tables can point to it.

Every source that a table names has a link to the page of sources. For that link to lead somewhere,
``sources.bib`` has to be readable, to hold that source under a key that can be an address, and to
be what ``sources.csv`` was made from.

Two fields say of our own reading what was read of a source, and when it was taken in. ``read`` is
one of ``words``, or several with commas; without it, nobody recorded what was read. ``urldate``, as
BibLaTeX names it, is the day on which the entry was recorded. ``language`` is the code of the
language of the title, if that is not English.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pybtex import errors
from pybtex.database import Entry
from pybtex.database.input.bibtex import Parser
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing
from pylatexenc.latex2text import LatexNodes2Text

from tallybook import addresses, files
from tallybook.data import cells
from tallybook.errors import TallybookError
from tallybook.language import ENGLISH, listed
from tallybook.language import gettext as _
from tallybook.model import days

BIB = "data/sources.bib"
NAME = "sources.csv"
TABLE = f"data/{NAME}"
COLUMNS = ("key", "kind", "author", "year", "title", "url", "doi", "recorded", "read")
# Such a key is also the address of the source in the page, but for underscores, which become
# hyphens there.
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_style = functools.cache(Style)  # it looks for its parts through all that is installed


class BibliographyError(TallybookError):
    """``sources.bib`` is not what it must be: a line for each fault."""


def paths(folder: Path) -> tuple[Path, Path]:
    """The bibliography of a folder, and the table that is made from it."""
    return folder / "sources.bib", folder / NAME


def faults(folder: Path) -> list[str]:
    """All that is wrong with the bibliography in ``folder``, or between it and ``sources.csv``: a
    line each."""
    books, table = paths(folder)
    try:
        made = table_text(read(books))
    except BibliographyError as error:
        return str(error).splitlines()
    if not table.is_file() or table.read_bytes() == made.encode():
        return []  # that there is no table is said where tables are checked
    return [f"{TABLE}: found other sources than in {BIB}; expected them (run `{cells.SEAL}`)"]


@files.while_unchanged
def read(path: Path) -> dict[str, Entry]:
    """The entries of a bibliography by key. Raises ``BibliographyError`` if there is no such file,
    it is not BibTeX in UTF-8, repeats a key, or has an entry that cannot be printed or linked
    to."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        says = error.strerror if isinstance(error, OSError) else error
        wanted = "the sources of all tables, as BibTeX in UTF-8"
        raise BibliographyError(f"{BIB}: {says}; expected {wanted}") from None
    with errors.capture() as captured:
        try:
            entries = Parser().parse_string(text).entries
        except PybtexError as error:
            captured.append(error)
    found = [_unparsed(error) for error in captured]
    if not found:
        found = [
            f"{_place(key, text)}: {says}"
            for key, entry in entries.items()
            for says in _entry_faults(key, entry)
        ]
    if found:
        raise BibliographyError("\n".join(cells.listed(list(dict.fromkeys(found)), BIB)))
    return dict(entries)


def table_text(entries: dict[str, Entry]) -> str:
    """The text of ``sources.csv``: sorted by key, LaTeX turned into plain Unicode."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    plain = LatexNodes2Text().latex_to_text
    for key, entry in sorted(entries.items()):
        authors = "; ".join(plain(str(person)) for person in entry.persons.get("author", []))
        fields = entry.fields
        copied = [fields.get(name, "") for name in ("url", "doi", "urldate")]
        read = ", ".join(parts(entry))
        known = [key, entry.type, authors, fields.get("year", ""), plain(fields["title"])]
        writer.writerow([*known, *copied, read])
    return out.getvalue()


def _unparsed(error: PybtexError) -> str:
    """An error of the parser as one line."""
    if isinstance(error, PybtexSyntaxError):
        says = f"line {error.lineno}: found a fault in BibTeX: {error.args[0]}"
        return f"{BIB}, {says}; expected entries whose braces and quotation marks are closed"
    return f"{BIB}: found a fault: {error}; expected each key and each field of an entry once"


def _place(key: str, text: str) -> str:
    """The line in which an entry begins."""
    begins = re.search(rf"@\w+\s*[{{(]\s*{re.escape(key)}\s*,", text)
    line = text.count("\n", 0, begins.start()) + 1 if begins else 1
    return f"{BIB}, line {line}, entry {key}"


def _entry_faults(key: str, entry: Entry) -> Iterator[str]:
    """Why an entry cannot be printed or linked to."""
    if not KEY.fullmatch(key):
        wanted = "small letters, digits and single - or _, a letter first"
        yield f"found the key {key!r}; expected {wanted}"
    if (url := entry.fields.get("url")) and (says := addresses.fault(url)):
        yield f"field url: {says}"
    yield from _note_faults(entry)
    try:
        if not entry.fields.get("title"):
            raise FieldIsMissing("title", entry)
        template = getattr(_style(), f"get_{entry.type}_template")(entry)
        template.format_data({"entry": entry, "style": _style(), "bib_data": None})
    except FieldIsMissing as error:
        missing = str(error).removeprefix("missing ").partition(" in ")[0]
        yield f"found no {missing}; expected all that the type {entry.type} is printed with"
    except AttributeError:
        kinds = sorted(name[4:-9] for name in dir(Style) if re.fullmatch(r"get_\w+_template", name))
        yield f"found the type {entry.type!r}; expected one of {', '.join(kinds)}"


def words() -> dict[str, str]:
    """What each word of the field ``read`` stands for."""
    return {
        "whole": _("the whole text"),
        "opening": _("its opening"),
        "abstract": _("its abstract or a summary"),
        "extract": _("an extract"),
        "places": _("at least the places that the tables name"),
        "data": _("its data files"),
        "quoted": _("what other texts say of it"),
        "own": _("our own computation"),
    }


def _note_faults(entry: Entry) -> list[str]:
    """What is wrong with ``read`` and ``urldate``, as field, found and expected."""
    known = words()
    wanted = f"one or more of {', '.join(known)}, with commas between"
    unknown = [part for part in parts(entry) if part not in known]
    found = [f"field read: found {part!r}; expected {wanted}" for part in unknown]
    if "urldate" in entry.fields and day(entry) is None:
        told = entry.fields["urldate"]
        found.append(f"field urldate: found {told!r}; expected a day such as 2026-11-24")
    if not re.fullmatch("[a-z]{2,3}", code := language(entry)):
        found.append(f"field language: found {code!r}; expected a code such as fr")
    return found


def parts(entry: Entry) -> list[str]:
    """The words of the field ``read``; none if it is not there."""
    if "read" not in entry.fields:
        return []
    return [part.strip() for part in entry.fields["read"].split(",")]


def day(entry: Entry) -> date | None:
    """The day of the field ``urldate``; ``None`` if it holds none."""
    try:
        return date.fromisoformat(entry.fields.get("urldate", ""))
    except ValueError:
        return None


def told(entry: Entry) -> str:
    """What was read, in a sentence."""
    if not (read := parts(entry)):
        return _("What was read of it is not recorded.")
    known = words()
    return _("Read: {parts}.").format(parts=listed(known[part] for part in read))


def recorded(entry: Entry) -> str:
    """When the entry was recorded, in a sentence; nothing if that is not known."""
    found = day(entry)
    return _("Recorded on {day}.").format(day=days.in_words(found)) if found else ""


def language(entry: Entry) -> str:
    """The code of the language of the title."""
    return str(entry.fields.get("language", ENGLISH))
