"""Marks that git leaves in a file where two changes could not be merged."""

from __future__ import annotations

import re

# A line of seven equals signs under a line of text makes it a heading in Markdown, so it counts
# only after an empty line. In a conflict that nobody has touched, the other marks stand beside it.
_MARK = re.compile(
    rb"^(?:<{7}|>{7})(?=[ \r\n]|\Z)|(?:(?<=\n\n)|(?<=\r\n\r\n)|\A)={7}(?=\r?\n|\Z)", re.M
)


def fault(content: bytes) -> str | None:
    """The first mark in the bytes of a file: line, found, wanted."""
    mark = _MARK.search(content)
    if mark is None:
        return None
    line = content.count(b"\n", 0, mark.start()) + 1
    wanted = "text in which the conflict is resolved"
    return f"line {line}: found the conflict marker {mark[0].decode()!r}; expected {wanted}"
