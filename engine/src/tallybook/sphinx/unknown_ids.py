"""All numbers that pages print and nobody has defined, told once the report is computed.

Sphinx would end at the first one, and only when the chapter of its page has been executed. Here the
text of the pages is looked through for the role ``{num}``. What a cell or a table prints is not
seen here; its ids are checked when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from tallybook.data import cells
from tallybook.model.numbers import Registry
from tallybook.sphinx import doctrees
from tallybook.sphinx.state import get_state

ROLE = "num"
BREAKS = ("softbreak", "hardbreak")
# Directives whose content is text. That of others, such as code, is left to whoever reads the page.
TEXT = (  # noqa: SIM905
    "admonition attention caution danger error hint important note tip warning"
    " answer chart container details finding figure margin sidebar topic"
).split()


class Use(NamedTuple):
    """Where a page prints a number."""

    line: int
    name: str


def check(app: Sphinx) -> None:
    """Raise ``ExtensionError`` with a line for each unknown id in pages to be read, ten at most."""
    env: Any = app.env  # myst-parser has left its settings there
    parser = create_md_parser(env.myst_config, RendererHTML)
    known, unknown = get_state(app).report.numbers, list[tuple[str, Use]]()
    for docname in sorted(doctrees.expected(app)):
        path = Path(env.doc2path(docname))
        if path.suffix == ".md":
            page = env.doc2path(docname, False)
            found = uses(parser, path.read_text(encoding="utf-8"))
            unknown += [(page, use) for use in found if use.name not in known]
    if unknown:
        raise ExtensionError("\n".join(told(unknown, known)))


def uses(parser: MarkdownIt, text: str) -> list[Use]:
    """Every number that a page in Markdown prints, with its line."""
    return list(_uses(parser, text, 1))


def told(unknown: list[tuple[str, Use]], known: Registry) -> list[str]:
    """A line for each unknown id; of many, the first, and how many more there are."""
    # To look for ids that are near takes long: only for those that are named.
    first = unknown[: cells.LISTED]
    named = [f"{page}:{use.line}: {_fault(use.name, known)}" for page, use in first]
    more = len(unknown) - len(named)
    return [*named, f"and {more} more numbers that are used but not defined"] if more else named


def _uses(parser: MarkdownIt, text: str, first: int) -> Iterator[Use]:
    for token in parser.parse(text):
        start = first + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield from _in_line(token.children or [], start)
        elif token.type in ("fence", "colon_fence") and _holds_text(token.info):
            yield from _uses(parser, token.content, start + 1)


def _in_line(tokens: Iterable[Token], line: int) -> Iterator[Use]:
    for token in tokens:
        line += token.type in BREAKS
        if token.type == "myst_role" and token.meta["name"] == ROLE:
            yield Use(line, token.content.partition("|")[0].strip())


def _holds_text(info: str) -> bool:
    name, closed, _ = info.strip().removeprefix("{").partition("}")
    return bool(closed) and name in TEXT


def _fault(name: str, known: Registry) -> str:
    try:
        known[name]
    except Exception as error:  # noqa: BLE001 - of whatever kind; its text names the id
        return str(error)
    return f"number {name!r} is used but not defined"
