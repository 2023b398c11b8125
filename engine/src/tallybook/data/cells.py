"""How a table is read, and what its cells may look like.

The libraries that read a table are generous, each in its own way: one takes ``1_000`` for a number,
another ``inf``, and both take `` 21 ``. A spreadsheet runs a text such as ``=1+1``. Here is one
narrow rule for all tables. The header is row 1; no cell holds a line break, so a row is a line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from tallybook.errors import TallybookError

DESCRIBE = "python -m tallybook describe"  # and a table: what to run after a change of its columns
SEAL = "python -m tallybook seal"  # what to run after a change that was meant
LISTED = 10  # faults of one file that are named
SHOWN = 60  # characters of a cell that a message repeats

# How a cell of each type is named in a message and written; any other text is of the type string.
# A double tells all numbers of 15 digits apart.
NOUNS = {
    "string": "text",
    "number": "a number in plain digits such as -12.5",
    "integer": "an integer in plain digits such as 1250",
    "boolean": "true or false",
    "date": "a date such as 2019-03-31",
    "yearmonth": "a month such as 2019-03",
}
WRITTEN = {
    "number": re.compile(r"(?!-0(\.0*)?\Z)-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?"),
    "integer": re.compile(r"-?[1-9][0-9]{0,14}|0"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "yearmonth": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])"),
}
# A spreadsheet runs a text that begins with one of these, in ASCII or as wide as Chinese letters.
FORMULA = re.compile("[=+@\t\n\uff0b\uff0d\uff1d\uff20-]")
# What no cell may hold, and what is expected instead. A text may begin with a signed number, as in
# "-13.1%; implies 446.6 for 2021".
REFUSED = {
    re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"): (
        "text without line breaks and invisible characters"
    ),
    re.compile(r"\A\s|\s\Z"): "a cell without spaces around it",
    re.compile(rf"\A(?![+-]\d[\d.,]*%?(?:[ ;]|\Z)){FORMULA.pattern}"): (
        "text that no spreadsheet runs as a formula, so that does not begin with = + - @"
    ),
}

csv.field_size_limit(2**31 - 1)  # an open quotation mark is to be named, however long the file is


class NotCsv(TallybookError):
    """A text is not CSV: row, found and expected."""


def rows(content: bytes) -> list[list[str]]:
    """The cells of a table, row by row, the header first. Raises ``NotCsv``."""
    found: list[list[str]] = []
    if content.startswith(codecs.BOM_UTF8):
        raise NotCsv("row 1", "a byte order mark", "UTF-8 without one")
    try:
        text = content.decode("utf-8")
        found.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        byte = f"the byte 0x{content[error.start]:02x}"
        raise NotCsv(f"row {row}", byte, "text in UTF-8") from None
    except csv.Error as error:
        wanted = "CSV, in which each quotation mark that is opened is closed"
        raise NotCsv(f"row {len(found) + 1}", str(error), wanted) from None
    if (place := content.find(b"\r")) >= 0:
        row = content.count(b"\n", 0, place) + 1
        raise NotCsv(f"row {row}", "a line that ends with CR or CRLF", "LF")
    if len(found) < 2:
        raise NotCsv(f"row {len(found) + 1}", "nothing", "a header and at least one row")
    return found


def fault(cell: str, kind: str = "string") -> str | None:
    """What is wrong with a cell, as found and expected; ``None`` if nothing is. An empty cell is
    not judged here."""
    wanted = next((wanted for pattern, wanted in REFUSED.items() if pattern.search(cell)), None)
    if wanted is None and cell and kind in WRITTEN and not _is_written(cell, kind):
        wanted = NOUNS[kind]
    return wanted and f"found {short(cell)}; expected {wanted}"


def _is_written(cell: str, kind: str) -> bool:
    if not WRITTEN[kind].fullmatch(cell):
        return False
    try:
        return kind != "date" or bool(date.fromisoformat(cell))
    except ValueError:  # the 30th of February
        return False


def listed(lines: Sequence[str], place: str) -> list[str]:
    """The first ``LISTED`` lines; a last line tells how many more there are."""
    more = len(lines) - LISTED
    return [*lines[:LISTED], f"{place}: and {more} more"] if more > 0 else list(lines)


def short(cell: str) -> str:
    """A cell for a message: in quotation marks, on one line, not too long."""
    return repr(cell if len(cell) <= SHOWN else f"{cell[:SHOWN]}...")
