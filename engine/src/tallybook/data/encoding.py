"""What a table's bytes must be before anyone looks for rows in them: UTF-8, no byte order mark,
lines that end in LF."""

from __future__ import annotations

import codecs


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
    """The row in which a byte stands, as all messages count: a line break between quotation marks
    does not begin a row."""
    return sum(piece.count(b"\n") for piece in content[:place].split(b'"')[::2]) + 1
