"""Finds the engine's own words in its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import extract_from_dir

LABEL = re.compile(r'(?<=content:)"([A-Z][a-z ]*)"')  # words in a style sheet
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


def messages(engine: Path) -> Iterator[tuple[str, int, Any]]:
    """Each message that Python, templates, scripts and style sheets show, with file and line."""
    methods = [
        ("**.py", f"{__name__}:{calls.__name__}"),
        ("**.html", "jinja2"),
        ("**.js", "javascript"),
        ("**.css", f"{__name__}:{labels.__name__}"),
    ]
    within = {"**.js": {"parse_template_string": "true"}}
    for file, line, text, _comments, _context in extract_from_dir(
        engine, methods, within, keywords=KEYWORDS
    ):
        yield file, line, text


def calls(
    file: IO[bytes], keywords: Collection[str], _comments: object, options: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """The calls of ``keywords`` in Python. Babel's own extractor does not look into f-strings
    before Python 3.12."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "N_":
                yield from ((line, "_", text, []) for line, text in marked(node.args[0]))
                continue
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if node.func.id in keywords and texts:
                yield node.lineno, node.func.id, tuple(texts) if texts[1:] else texts[0], []


def marked(words: ast.expr) -> Iterator[tuple[int, str]]:
    """The texts that ``N_`` marks, with their lines: of a mapping its values, not its keys."""
    if isinstance(words, ast.Constant) and isinstance(words.value, str):
        yield words.lineno, words.value
    for inside in words.values if isinstance(words, ast.Dict) else getattr(words, "elts", ()):
        yield from marked(inside)


def labels(
    file: IO[bytes], _keywords: object, _comments: object, options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The words that a style sheet shows."""
    for number, line in enumerate(file.read().decode().splitlines(), 1):
        yield from ((number, "_", text, []) for text in LABEL.findall(line))
