"""``data/sources.bib``, and the table ``data/sources.csv`` that is made from it so that other
tables can point to it.

Every source that a table names has a link to the page of sources. For that link to lead somewhere,
``sources.bib`` has to be readable, to hold that source under a key that can be an address, and to
be what ``sources.csv`` was made from.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path

from pybtex import errors
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser, UndefinedMacro
from pybtex.exceptions import PybtexError
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, TokenRequired
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing
from pylatexenc.latex2text import LatexNodes2Text

from tallybook import addresses, conflicts, files
from tallybook.data import cells, source_notes
from tallybook.data.provenance import source_place
from tallybook.errors import TallybookError

BIB = "data/sources.bib"
NAME = "sources.csv"
TABLE = f"data/{NAME}"
COLUMNS = ("key", "kind", "author", "year", "title", "url", "doi", "recorded", "read")
# Such a key is also the address of the source in the page, but for underscores, which become
# hyphens there.
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
ENTRY = re.compile(r"@\w+\s*[{(]\s*([^\s,}]+)")
_style = functools.cache(Style)  # it looks for its parts through all that is installed
SHOWN = 40  # characters of the text at which a fault was found
WANTED = "expected the sources of all tables, as BibTeX"
RUN = f"run `{cells.SEAL}`"


class BibliographyError(TallybookError):
    """``sources.bib`` is not what it must be: a line for each fault."""


def faults(folder: Path) -> list[str]:
    """All that is wrong with the bibliography in ``folder``, or between it and ``sources.csv``: a
    line each."""
    try:
        entries = read(folder / "sources.bib")
    except BibliographyError as error:
        return str(error).splitlines()
    try:
        kept = cells.rows((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, cells.NotCsv):
        return []  # what is wrong with the table is said where tables are checked
    return cells.listed(_differences(kept, cells.rows(table_text(entries))), TABLE)


@files.while_unchanged
def read(path: Path) -> dict[str, Entry]:
    """The entries of a bibliography by key. Raises ``BibliographyError`` if there is no such file,
    it is not BibTeX in UTF-8, repeats a key, or has an entry that cannot be printed or linked
    to."""
    text = _text(path)
    with errors.capture() as captured:
        try:
            entries = Parser().parse_string(text).entries
        except PybtexError as error:
            captured.append(error)
    found = [_told(error, text) for error in captured]
    if not found:
        places = {key: f"{BIB}, line {line}" for key, line in _lines(text)}
        found = [
            f"{places.get(key, BIB)}, entry {key}: {says}"
            for key in entries
            for says in _entry_faults(key, entries)
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
        read = ", ".join(source_notes.parts(entry))
        known = [key, entry.type, authors, fields.get("year", ""), plain(fields["title"])]
        writer.writerow([*known, *copied, read])
    return out.getvalue()


def _text(path: Path) -> str:
    """The text of the file, free of characters that cannot be seen."""
    if files.leads_out(path):  # a message would quote a file that is none of the report's
        raise BibliographyError(f"{BIB}: found a link out of its folder; {WANTED}")
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except FileNotFoundError:
        raise BibliographyError(f"{BIB}: file not found; {WANTED}") from None
    except UnicodeDecodeError as error:
        line, byte = content[: error.start].count(b"\n") + 1, content[error.start]
        place, found = f"{BIB}, line {line}", f"the byte 0x{byte:02x}"
        raise BibliographyError(place, found, "text in UTF-8") from None
    # The parser takes what stands between two entries for a remark.
    if says := conflicts.fault(content):
        raise BibliographyError(f"{BIB}, {says}")
    if not text.strip():
        raise BibliographyError(f"{BIB}: found an empty file; {WANTED}")
    for letter in cells.unwanted(text):
        if letter not in "\n\t":
            place, found = f"{BIB}, line {_line(text, letter)}", cells.character(letter)
            raise BibliographyError(place, found, cells.CLEAN)
    return text


def _line(text: str, part: str) -> int:
    """The line in which a part of a text stands."""
    return text.count("\n", 0, text.index(part)) + 1


def _told(error: PybtexError, text: str) -> str:
    """An error of the parser as one line."""
    if not isinstance(error, PybtexSyntaxError):
        return _of_an_entry(str(error), text)
    start, line, place = error.error_context_info
    key = ENTRY.match(text, start)
    entry, says = f", entry {key[1]}" if key else "", str(error.args[0])
    rest = text[place:].lstrip().split("\n")[0][:SHOWN]
    if isinstance(error, PrematureEOF):
        line = text.count("\n", 0, start) + 1
        found = "no end of what begins here"
        wanted = "a closing brace or quotation mark for each that is opened"
    elif isinstance(error, UndefinedMacro):
        found, wanted = repr(says), "a value in braces or quotation marks"
    elif isinstance(error, TokenRequired):
        found, wanted = repr(rest), says.removesuffix(" expected")
    else:
        found = f"{says} before {rest!r}"
        wanted = "a closing brace for each that is opened, and no other"
    return f"{BIB}, line {line}{entry}: found {found}; expected {wanted}"


def _of_an_entry(says: str, text: str) -> str:
    """A complaint about an entry that could be read: a key or field twice, or a strange name."""
    words = {word.lower() for word in re.findall(r"[^\s'\"]+", says)}
    lines = [line for key, line in _lines(text) if key.lower() in words]
    quoted = re.search(r"'(.+)'", says)
    if quoted and quoted[1] in text:
        lines = [_line(text, quoted[1])]
    place = f", line {lines[-1]}" if lines else ""
    wanted = "each key once, each field once, and names as BibTeX writes them"
    return f"{BIB}{place}: found a fault: {says}; expected {wanted}"


def _lines(text: str) -> list[tuple[str, int]]:
    """Key and line of each entry."""
    return [(found[1], text.count("\n", 0, found.start(1)) + 1) for found in ENTRY.finditer(text)]


def _entry_faults(key: str, entries: dict[str, Entry]) -> Iterator[str]:
    """Why an entry cannot be printed or linked to."""
    entry, place = entries[key], source_place(key)
    if not KEY.fullmatch(key):
        wanted = "small letters, digits and single - or _, a letter first"
        yield f"found the key {key!r}; expected {wanted}"
    if like := [other for other in entries if other < key and source_place(other) == place]:
        wanted = "keys that differ in more than - and _"
        yield f"found the key {key!r}, which is {like[0]!r} in an address; expected {wanted}"
    if not entry.fields.get("title"):
        yield "found no title; expected one"
    if (url := entry.fields.get("url")) and (says := addresses.fault(url)):
        yield f"field url: {says}"
    yield from source_notes.faults(entry)
    if not hasattr(Style, f"get_{entry.type}_template"):
        kinds = sorted(name[4:-9] for name in dir(Style) if re.fullmatch(r"get_\w+_template", name))
        yield f"found the type {entry.type!r}; expected one of {', '.join(kinds)}"
    elif missing := _missing(entry.type, frozenset(entry.fields), frozenset(entry.persons)):
        yield f"{missing}; expected all that an entry of the type {entry.type!r} is printed with"


@functools.cache
def _missing(kind: str, fields: frozenset[str], people: frozenset[str]) -> str | None:
    """The field that the page of sources wants of such an entry, if these do not hold it."""
    somebody = dict.fromkeys(people, [Person("Some Body")])
    entry = Entry(kind, fields=[(name, "text") for name in sorted(fields)], persons=somebody)
    entry.key = "key"
    style = _style()
    made_from = {"entry": entry, "style": style, "bib_data": None}
    try:
        getattr(style, f"get_{kind}_template")(entry).format_data(made_from)
    except FieldIsMissing as error:
        return f"found no {str(error).removeprefix('missing ').removesuffix(' in key')}"
    return None


def _differences(kept: list[list[str]], made: list[list[str]]) -> list[str]:
    """Where ``sources.csv`` is not the table that ``sources.bib`` gives."""
    old, new = ({row[0]: row for row in rows if row} for rows in (kept, made))
    return [
        f"{TABLE}, source {key}: found {_row(old, key)}; expected {_row(new, key)}, as {BIB} has it"
        f" ({RUN})"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _row(rows: dict[str, list[str]], key: str) -> str:
    return cells.short(", ".join(rows[key])) if key in rows else "no row"
