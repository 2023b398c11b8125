"""Texts of Markdown: marks, code and lists."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable


def marked(mark: str, text: str) -> str:
    """Blanks stay outside, where a mark must not meet them; no mark within another of its kind."""
    found = text.strip(" ")
    core = found.replace(mark, "") if mark == "**" else found
    return text.replace(found, f"{mark}{core}{mark}") if core else text


def code(text: str) -> str:
    """A text as code within a line, between more backticks than it holds."""
    fence = ticks(text, 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def ticks(text: str, least: int) -> str:
    """More backticks than a text holds in a row, and so many at least."""
    return "`" * max(least, 1 + max(map(len, re.findall("`+", text)), default=0))


def listed(items: Iterable[tuple[str, str]]) -> str:
    """Texts as a list, each after its mark and set in by its width."""
    lines = [mark + textwrap.indent(text, " " * len(mark))[len(mark) :] for mark, text in items]
    return ("\n\n" if any("\n\n" in line for line in lines) else "\n").join(lines)
