"""A table that came to harm on its way is refused, and a build with such tables ends before any
page is made.

What else can be wrong with a table is tested in ``tests/test_data.py`` and ``tests/test_cells.py``;
missing and resealed ones in ``tests/test_book.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tallybook import data

from microwork.paths import DATA
from tests.drills.room import Sandbox, refused

NAME = "counts/inputs"
TABLE = f"data/{NAME}.csv"
SHA = f"{TABLE}: found sha256 [0-9a-f]{{64}}; expected [0-9a-f]{{64}}"


def cut(content: bytes) -> bytes:
    """In the middle of a cell of the last row."""
    last = content[:-1].rindex(b"\n") + 1
    return content[: last + content[last:].index(b",") + 3]


def flip(content: bytes) -> bytes:
    """One bit of one digit: 14903 becomes 14902."""
    place = content.index(b"14903") + 4
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


LETTER = "ô"
ROW = (DATA / f"{NAME}.csv").read_text(encoding="utf-8").partition(LETTER)[0].count(
    "\n"
) + 1  # of the first such letter
HARM: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "truncated": (cut, rf"{TABLE}, row \d+, column source_key: found nothing; expected text"),
    "one byte flipped": (flip, SHA),
    "one byte of a letter flipped": (
        lambda content: content.replace(LETTER.encode(), b"\xc3\x34", 1),
        rf"{TABLE}, row {ROW}: found the byte 0xc3; expected text in UTF-8",
    ),
    "Latin-1": (
        lambda content: content.decode().encode("latin-1", errors="replace"),
        rf"{TABLE}, row {ROW}: found the byte 0xf4; expected text in UTF-8",
    ),
    "UTF-16": (
        lambda content: content.decode().encode("utf-16"),
        rf"{TABLE}, row 1: found text in UTF-16, or zero bytes; expected text in UTF-8",
    ),
    "CRLF": (
        lambda content: content.replace(b"\n", b"\r\n"),
        rf"{TABLE}, row 1: found a line that ends with CR or CRLF; expected LF",
    ),
    "BOM": (
        lambda content: b"\xef\xbb\xbf" + content,
        rf"{TABLE}, row 1: found a byte order mark; expected",
    ),
    "a row twice": (
        lambda content: content + content.splitlines(keepends=True)[1],
        (
            rf"{TABLE}, row \d+, column fact_id: found a key that stands in the table already;"
            r" expected each key once"
        ),
    ),
    "decimal comma": (
        lambda content: content.replace(b",14903,", b',"14903,0",', 1),
        f"{TABLE}, row 2, column value: found '14903,0'; expected a number with a decimal point",
    ),
    "no number": (
        lambda content: content.replace(b",14903,", b",1e400,", 1),
        f"{TABLE}, row 2, column value: found '1e400'; expected a number in plain digits",
    ),
    "foreign digits": (
        lambda content: content.replace(b",14903,", ",\u0661\u0664,".encode(), 1),
        (
            rf"{TABLE}, row 2, column value: found '\u0661\u0664' with the character U\+0661"
            r" \(arabic-indic digit one\); expected"
        ),
    ),
    "a formula": (
        lambda content: content.replace(b",14903,persons,", b",14903,=cmd|' /C calc'!A0,", 1),
        (
            f"{TABLE}, row 2, column unit: found .*; expected text that no spreadsheet runs as a"
            " formula"
        ),
    ),
    "text turned round": (
        lambda content: content.replace(b",14903,persons,", ",14903,per\u202esnos,".encode(), 1),
        rf"{TABLE}, row 2, column unit: found the character U\+202E \(right-to-left override\) in ",
    ),
    "a cell of a megabyte": (
        lambda content: content.replace(
            b",14903,persons,", b",14903," + b"x" * 1_000_000 + b",", 1
        ),
        (
            f"{TABLE}, row 2, column unit: found 'x{{60}}...', 1000000 characters; expected at most"
            " 1000 in a cell"
        ),
    ),
}


@pytest.mark.parametrize("what", HARM)
def test_a_harmed_table_is_refused(data_copy: Path, what: str):
    change, wanted = HARM[what]
    path = data_copy / f"{NAME}.csv"
    good = path.read_bytes()
    path.write_bytes(change(good))
    assert path.read_bytes() != good
    first, *more = data.faults(NAME, data_copy)
    assert re.search(wanted, first) and len(more) < 2, (first, more)


def harm(folder: Path, name: str) -> str:
    """Put a byte that is no text into the second row of a table; returns what must be said of it."""
    path = folder / f"{name}.csv"
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], b"\xff" + lines[1], *lines[2:]]))
    return rf"data/{name}\.csv, row 2: found the byte 0xff; expected text in UTF-8"


def test_all_tables_with_a_fault_are_named_at_once(data_copy: Path):
    """Nobody has to check five times to hear of five faults."""
    names = (
        "counts/shares",
        "income/shares",
        "profile/shares",
        "retraining/shares",
        "outsourcing/shares",
    )
    wanted = [harm(data_copy, name) for name in names]
    with pytest.raises(data.DataError) as raised:
        data.check_all(data_copy)
    for said in wanted:
        assert re.search(said, str(raised.value))


def test_a_build_names_all_that_is_wrong_at_once_and_makes_no_page(room: Sandbox):
    """A table and the bibliography, each a line."""
    table = min((room.root / "data").glob("*/*.csv"))
    wanted = harm(
        room.root / "data", table.relative_to(room.root / "data").with_suffix("").as_posix()
    )
    bibliography = room.root / "data/sources.bib"
    bibliography.write_bytes(bibliography.read_bytes().rstrip()[:-1])
    refused(
        room.build(),
        wanted,
        r"data/sources\.bib, line \d+, entry \w+: found no end of what begins here",
        lines=4,
    )
    assert not list(room.staging.glob("html/**/*.html")), (
        "pages were made before the tables were checked"
    )
