"""What a cell of a table may look like, letter by letter.

The libraries that read a table are generous, each in its own way: one takes ``1_000`` and Arabic
digits for a number, another takes ``inf``, and both take `` 21 ``. A spreadsheet runs a text such
as ``=1+1`` as a formula. Here is one narrow rule for all tables. A row is a record of the file, and
the header is row 1; a cell may hold no line break, so a row is also a line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tallybook.errors import TallybookError

# Three times the longest cell of data/, which holds a day's 48 measurements in 336 characters.
LONGEST = 1_000
CLEAN = "text without control or invisible characters"
DESCRIBE = "python -m tallybook describe"  # and a table: what to run after a change of its columns
SEAL = "python -m tallybook seal"  # what to run after a change that was meant
LISTED = 10  # faults of one file that are named
SHOWN = 60  # characters of a cell that a message repeats
PLACES = 15  # a double tells all numbers of 15 digits apart

# The words for each type in a message, and how its cells are written. Any other cell is text.
NOUNS = {
    "string": "text",
    "number": "a number",
    "integer": "an integer",
    "boolean": "a boolean",
    "date": "a date such as 2019-03-31",
    "yearmonth": "a month such as 2019-03",
}
WRITTEN = {
    "number": re.compile(r"(?!-0(\.0*)?\Z)-?(0|[1-9][0-9]*)(\.[0-9]+)?"),
    "integer": re.compile(r"-?[1-9][0-9]*|0"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "yearmonth": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"),
}
HOW = {
    "number": f"in plain digits such as -12.5, at most {PLACES} on either side of the point",
    "integer": f"in plain digits such as 1250, at most {PLACES}",
    "boolean": "written true or false",
}
MINUS_ZERO = re.compile(r"-0(\.0*)?")
LONG_DIGITS = re.compile(f"[0-9]{{{PLACES + 1}}}")

# A spreadsheet runs a text that begins with one of these, in ASCII or in the width of Chinese
# characters, or after a tab.
FORMULA = re.compile("[=+@\t\n\uff0b\uff0d\uff1d\uff20-]")
# A remark such as "-13.1%; implies 446.6 for 2021": a signed number, then words. It holds nothing
# that calls or computes.
SIGNED = re.compile(r"[+-]\d[\d.,]*%?;?(?: (?:[+-]?\d[\d.,]*%?;?|[\w.,;%]+))*", re.ASCII)

# Control and format characters (these hold the bidirectional and most zero-width ones), separators
# of lines and paragraphs, surrogates, private characters.
FORBIDDEN = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
# What also prints nothing: fillers, selectors of variants, a joiner.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)

csv.field_size_limit(2**31 - 1)  # the cell that is too long is to be named, not just its row


class Fault(NamedTuple):
    """One thing wrong with a table; ``row`` 0 and ``column`` "" stand for all of them."""

    row: int
    column: str
    says: str

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{row}{column}: {self.says}"


class NotCsv(TallybookError):
    """A text is not CSV: ``fault`` says where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def text_fault(content: bytes) -> str | None:
    """Where the bytes of a table are not text as it is kept here: row, found, wanted."""
    if not content.strip():
        return "row 1: found an empty file; expected a header and at least one row"
    if b"\n" not in content.strip():
        return "row 2: found no row below the header; expected at least one"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        return "row 1: found text in UTF-16, or zero bytes; expected text in UTF-8"
    if content.startswith(codecs.BOM_UTF8):
        return "row 1: found a byte order mark; expected text in UTF-8 without one"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row, byte = row_at(content, error.start), content[error.start]
        return f"row {row}: found the byte 0x{byte:02x}; expected text in UTF-8"
    if b"\r" in content:
        row = row_at(content, content.index(b"\r"))
        wanted = "LF (with git: core.autocrlf false)"
        return f"row {row}: found a line that ends with CR or CRLF; expected {wanted}"
    return None


def row_at(content: bytes, place: int) -> int:
    """The row in which a byte stands; a line break between quotation marks begins none."""
    return sum(piece.count(b"\n") for piece in content[:place].split(b'"')[::2]) + 1


def rows(text: str) -> list[list[str]]:
    """The cells of a table, row by row, the header first. Raises ``NotCsv`` for a quotation mark
    that is not closed, or that is followed by more than the end of the cell."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[list[str]] = []
    try:
        found.extend(reader)
    except csv.Error as error:
        says = "more text after a closing quotation mark"
        if "unexpected end" in str(error):
            says = "a quotation mark that is not closed"
        wanted = "a cell in quotation marks to end with one, before a comma or the end of the line"
        raise NotCsv(Fault(len(found) + 1, "", f"found {says}; expected {wanted}")) from None
    return found


def fault(cell: str, kind: str = "string") -> str | None:
    """What is wrong with one cell, as found and wanted; ``None`` if nothing is. An empty cell is
    not judged here."""
    if len(cell) > LONGEST:
        return f"found {short(cell)}, {len(cell)} characters; expected at most {LONGEST} in a cell"
    for letter in unwanted(cell):
        return f"found {character(letter)} in {short(cell)}; expected {CLEAN}"
    if cell != cell.strip():
        return f"found {short(cell)}; expected {NOUNS.get(kind, 'text')} without spaces around it"
    if kind in WRITTEN:
        too_long = kind in HOW and LONG_DIGITS.search(cell)
        no_day = kind == "date" and not _is_day(cell)
        if cell and (too_long or no_day or not WRITTEN[kind].fullmatch(cell)):
            return f"found {_with_foreign(cell)}; expected {NOUNS[kind]}{_how(cell, kind)}"
    elif runs(cell):
        wanted = "text that no spreadsheet runs as a formula"
        rule = "neither it nor what follows a semicolon may begin with = + - @"
        return f"found {short(cell)}; expected {wanted}: {rule}"
    return None


def _is_day(cell: str) -> bool:
    try:
        return bool(date.fromisoformat(cell))
    except ValueError:
        return False


def runs(cell: str) -> bool:
    """Whether a spreadsheet would run a text, or a part of it between semicolons, as a formula."""
    parts = map(str.strip, cell.split(";"))
    return any(FORMULA.match(part) and not SIGNED.fullmatch(part) for part in parts)


def unwanted(text: str) -> list[str]:
    """The characters of a text that no cell may hold, each once. A line break is one of them."""
    if text.isprintable() and not UNSEEN.search(text):
        return []
    return sorted(
        letter
        for letter in set(text)
        if unicodedata.category(letter) in FORBIDDEN or UNSEEN.match(letter)
    )


def character(letter: str) -> str:
    """An unwanted character by its number and its name, as it cannot be seen."""
    if letter == "\n":
        return "a line break"
    name = unicodedata.name(letter, "")
    return f"the character U+{ord(letter):04X}" + (f" ({name.lower()})" if name else "")


def listed(lines: Sequence[str], place: str) -> list[str]:
    """The first ``LISTED`` lines; a last line tells how many more there are."""
    more = len(lines) - LISTED
    return [*lines[:LISTED], f"{place}: and {more} more"] if more > 0 else list(lines)


def short(cell: str) -> str:
    """A cell for a message: in quotation marks, on one line, not too long."""
    return repr(cell if len(cell) <= SHOWN else f"{cell[:SHOWN]}...")


def _with_foreign(cell: str) -> str:
    """A cell that should be digits; what only looks like one of them is named."""
    strange = next((letter for letter in cell if not letter.isascii()), None)
    return short(cell) + (f" with {character(strange)}" if strange else "")


def _how(cell: str, kind: str) -> str:
    if kind == "number" and "," in cell:
        return " with a decimal point"
    if kind in ("number", "integer") and MINUS_ZERO.fullmatch(cell):
        return "; zero has no sign"
    return f" {HOW[kind]}" if kind in HOW else ""
