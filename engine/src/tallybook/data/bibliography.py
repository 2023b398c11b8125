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
from collections.abc import Iterable
from pathlib import Path

from pybtex import errors
from pybtex.database import Entry, Person
from pybtex.database.input.bibtex import Parser, UndefinedMacro
from pybtex.exceptions import PybtexError
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, TokenRequired
from pybtex.style.formatting.unsrt import Style
from pybtex.style.template import FieldIsMissing
from pylatexenc.latex2text import LatexNodes2Text

from tallybook import conflicts, files
from tallybook.data import cells, source_notes

BIB = "data/sources.bib"
TABLE = "data/sources.csv"
COLUMNS = ("key", "kind", "author", "year", "title", "url", "doi", "recorded", "read")
# Such a key is also the address of the source in the page, but for underscores, which become
# hyphens there.
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
ENTRY = re.compile(r"@\w+\s*[{(]\s*([^\s,}]+)")
SHOWN = 40  # characters of the text at which a fault was found


class BibliographyError(Exception):
    """``sources.bib`` is not what it must be: a line for each fault, with the place, what was found
    and what was wanted."""


def faults(folder: Path, tables: Iterable[str]) -> list[str]:
    """All that is wrong with the bibliography in ``folder``, or between it and ``sources.csv``: a
    line each.

    ``tables``: paths of all tables below ``folder``.
    """
    try:
        entries = read(folder / "sources.bib")
    except BibliographyError as error:
        return str(error).splitlines()
    try:
        kept = cells.rows((folder / "sources.csv").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, cells.NotCsv):
        return []  # what is wrong with the table is said where tables are checked
    return cells.listed(_differences(kept, cells.rows(table_text(entries)), folder, tables), TABLE)


def read(path: Path) -> dict[str, Entry]:
    """The entries of a bibliography by key.

    Raises ``BibliographyError`` if there is no such file, it is not BibTeX in UTF-8, repeats a key,
    or has an entry that cannot be printed or linked to.
    """
    return dict(_read(path, files.state(path)))


@functools.cache
def _read(path: Path, _state: files.State) -> dict[str, Entry]:
    text = _text(path)
    with errors.capture() as captured:
        try:
            entries = Parser().parse_string(text).entries
        except PybtexError as error:
            captured.append(error)
    found = [_told(error, text) for error in captured]
    if not found:
        places = {key: f"{BIB}, line {line}" for key, line in _lines(text)}
        faulty = {key: _entry_faults(key, entries) for key in entries}
        found = [
            f"{places.get(key, BIB)}, entry {key}: {says}"
            for key, each in faulty.items()
            for says in each
        ]
    if found:
        raise BibliographyError("\n".join(cells.listed(list(dict.fromkeys(found)), BIB)))
    return dict(entries.items())


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
        writer.writerow(
            [
                key,
                entry.type,
                authors,
                fields.get("year", ""),
                plain(fields["title"]),
                *copied,
                read,
            ]
        )
    return out.getvalue()


def _text(path: Path) -> str:
    """The text of the file, free of characters that cannot be seen."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except FileNotFoundError:
        raise BibliographyError(
            f"{BIB}: file not found; expected the sources of all tables, as BibTeX"
        ) from None
    except UnicodeDecodeError as error:
        line, byte = content[: error.start].count(b"\n") + 1, content[error.start]
        raise BibliographyError(
            f"{BIB}, line {line}: found the byte 0x{byte:02x}; expected text in UTF-8"
        ) from None
    if says := conflicts.fault(
        content
    ):  # the parser takes what stands between two entries for a remark
        raise BibliographyError(f"{BIB}, {says}")
    if not text.strip():
        raise BibliographyError(
            f"{BIB}: found an empty file; expected the sources of all tables, as BibTeX"
        )
    for letter in cells.unwanted(text):
        if letter not in "\n\t":
            line = text.count("\n", 0, text.index(letter)) + 1
            says = (
                f"found {cells.character(letter)}; expected text without control or invisible"
                " characters"
            )
            raise BibliographyError(f"{BIB}, line {line}: {says}")
    return text


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
        found, wanted = (
            "no end of what begins here",
            "a closing brace or quotation mark for each that is opened",
        )
    elif isinstance(error, UndefinedMacro):
        found, wanted = repr(says), "a value in braces or quotation marks"
    elif isinstance(error, TokenRequired):
        found, wanted = repr(rest), says.removesuffix(" expected")
    else:
        found, wanted = (
            f"{says} before {rest!r}",
            "a closing brace for each that is opened, and no other",
        )
    return f"{BIB}, line {line}{entry}: found {found}; expected {wanted}"


def _of_an_entry(says: str, text: str) -> str:
    """A complaint about an entry that could be read: a key or a field that comes twice, or a name
    that is none."""
    words = {word.lower() for word in re.findall(r"[^\s'\"]+", says)}
    lines = [line for key, line in _lines(text) if key.lower() in words]
    quoted = re.search(r"'(.+)'", says)
    if quoted and quoted[1] in text:
        lines = [text.count("\n", 0, text.index(quoted[1])) + 1]
    place = f", line {lines[-1]}" if lines else ""
    return (
        f"{BIB}{place}: found a fault: {says}; expected each key once, each field once, and names"
        " as BibTeX writes them"
    )


def _lines(text: str) -> list[tuple[str, int]]:
    """Key and line of each entry."""
    return [(found[1], text.count("\n", 0, found.start(1)) + 1) for found in ENTRY.finditer(text)]


def _entry_faults(key: str, entries: dict[str, Entry]) -> list[str]:
    """Why an entry cannot be printed or linked to."""
    entry, found = entries[key], []
    if not KEY.fullmatch(key):
        found.append(
            f"found the key {key!r}; expected small letters, digits and single - or _, a letter"
            " first"
        )
    if like := [
        other
        for other in entries
        if other < key and other.replace("_", "-") == key.replace("_", "-")
    ]:
        found.append(
            f"found the key {key!r}, which is {like[0]!r} in an address; expected keys that differ"
            " in more than - and _"
        )
    if not entry.fields.get("title"):
        found.append("found no title; expected one")
    found += source_notes.faults(entry)
    if not hasattr(Style, f"get_{entry.type}_template"):
        kinds = sorted(name[4:-9] for name in dir(Style) if re.fullmatch(r"get_\w+_template", name))
        found.append(f"found the type {entry.type!r}; expected one of {', '.join(kinds)}")
    elif missing := _missing(entry.type, frozenset(entry.fields), frozenset(entry.persons)):
        found.append(
            f"{missing}; expected all that an entry of the type {entry.type!r} is printed with"
        )
    return found


@functools.cache
def _missing(kind: str, fields: frozenset[str], people: frozenset[str]) -> str | None:
    """The field that the style of the page of sources wants of an entry of this type, if these
    fields do not hold it."""
    style = _style()
    somebody = dict.fromkeys(people, [Person("Some Body")])
    entry = Entry(kind, fields=[(name, "text") for name in sorted(fields)], persons=somebody)
    entry.key = "key"
    try:
        getattr(style, f"get_{kind}_template")(entry).format_data(
            {"entry": entry, "style": style, "bib_data": None}
        )
    except FieldIsMissing as error:
        return f"found no {str(error).removeprefix('missing ').removesuffix(' in key')}"
    return None


@functools.cache
def _style() -> Style:
    return Style()  # each time it looks for its parts through all that is installed


def _differences(
    kept: list[list[str]], made: list[list[str]], folder: Path, tables: Iterable[str]
) -> list[str]:
    """Where ``sources.csv`` is not the table that ``sources.bib`` gives."""
    seal = f"run `{cells.SEAL}`"
    if not kept:
        return []  # as above
    if kept[0] != made[0]:
        return [
            f"{TABLE}, row 1: found {', '.join(kept[0])}; expected {', '.join(COLUMNS)} ({seal})"
        ]
    old = {row[0]: (number, row) for number, row in enumerate(kept[1:], start=2) if row}
    new = {row[0]: row for row in made[1:]}
    found = []
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            found.append(
                f"{TABLE}: found no row for {key!r}, which is in {BIB}; expected one row for each"
                f" entry ({seal})"
            )
        elif key not in new:
            wanted = f"an entry for it{_uses(key, folder, tables)}"
            found.append(
                f"{TABLE}, row {old[key][0]}, column key: found {key!r}, which is not in {BIB};"
                f" expected {wanted}"
            )
        else:
            number, row = old[key]
            found += [
                f"{TABLE}, row {number}, column {column}: found {cells.short(was)}; expected"
                f" {cells.short(now)}, as {BIB} has it for {key!r} ({seal})"
                for column, was, now in zip(COLUMNS, row, new[key], strict=False)
                if was != now
            ]
    return found


def _uses(key: str, folder: Path, tables: Iterable[str]) -> str:
    """Which rows of the tables name a source, and so what can be done if it is to go."""
    places = []
    for path in tables:
        try:
            header, *others = cells.rows((folder / path).read_text(encoding="utf-8"))
        except (OSError, ValueError, cells.NotCsv):
            continue  # said where tables are checked
        if "source_key" in header:
            at = header.index("source_key")
            places += [
                f"data/{path}, row {number}"
                for number, row in enumerate(others, start=2)
                if row[at : at + 1] == [key]
            ]
    if not places:
        return f" (if it is meant to go, run `{cells.SEAL}`)"
    rows = (
        "the row that names it is"
        if len(places) == 1
        else f"{len(places)} rows name it, the first is"
    )
    return (
        f": {rows} {places[0]} (if it is meant to go, name another source there and run"
        f" `{cells.SEAL}`)"
    )
