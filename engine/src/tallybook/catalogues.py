"""What is wrong in a catalogue: a translation prints the numbers of its message, and no others.

What a translation must have as its message has it: roles with their targets, ``[[id|part]]``,
holes such as ``{name}``, and tags of HTML. Numbers stand in the order of the message, since two in
each other's place would be read as each other; the flag ``reordered`` (``#, reordered``) says that
another order is meant. What is fuzzy or empty is not shown, so nothing is asked of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import shorten

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from tallybook import files, language
from tallybook.builder.process.faults import shown
from tallybook.errors import TallybookError

REORDERED = "reordered"
# A line of a catalogue; a head with another charset, or with more forms of a plural than there are,
# which would all be made.
_LINE = re.compile(r'|#.*|((msgid|msgid_plural|msgctxt|msgstr(\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"')
_HEAD = re.compile(
    r'"Content-Type:.*charset=(?!utf-?8\W).*|"Plural-Forms: *nplurals= *\d\d.*', re.I
)
_PLACED = re.compile(
    r"\{(?P<role>[a-z:-]+)\}`(?P<told>[^`]*)`|\[\[[^\]]*\]\]|\{@?[\w-]*\}|%s"
    r"|<[a-zA-Z/!?][^>]*>|<[a-zA-Z/!?]"
)
_WORDS = ("struck", "abbr", "sub", "sup")  # roles that hold words, which are translated


def check(root: Path, codes: Iterable[str]) -> None:
    """Check every catalogue of some languages, those of a report and the engine's. Raises
    ``TallybookError`` with a line for each fault."""
    own = [path for code in codes for path in language.folder(code, root).rglob("*.po")]
    theirs = (language.catalogue_paths(code, root, ())[0] for code in codes)
    paths = sorted({*filter(Path.is_file, (*own, *theirs))})
    if found := [fault for path in paths for fault in faults(path, shown(path, root))]:
        raise TallybookError("\n".join(found))


def faults(path: Path, place: str) -> Iterator[str]:
    """All that is wrong in a catalogue, with ``place`` and line, found and expected. Of one that
    cannot be read, the first fault. Raises ``TallybookError`` for one that is not UTF-8."""
    for number, line in enumerate(map(str.strip, files.text(path, place).split("\n")), 1):
        if not _LINE.fullmatch(line) or _HEAD.match(line):
            wanted = "lines of a catalogue in UTF-8, with texts in quotes"
            found = shorten(line, 60, placeholder="…")
            yield f"{place}:{number}: found {found!r}; expected {wanted}"
            return
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        at = getattr(error, "lineno", 0) + 1
        yield f"{place}:{at}: found {error}; expected a catalogue of gettext"
        return
    for message in catalogue:
        if message.id and not message.fuzzy:
            yield from (f"{place}:{message.lineno}: {said}" for said in _of_message(message))


def _of_message(message: Message) -> Iterator[str]:
    """What a translation has otherwise than its message: each form of a plural is held against
    either form of English."""
    ids, texts = (
        [*one] if isinstance(one, tuple | list) else [str(one)]
        for one in (message.id, message.string or "")
    )
    for text in filter(None, texts):
        found, wanted, how = placed(text), [placed(one) for one in ids], ""
        if same := [one for one in wanted if Counter(one) == Counter(found)]:
            found, *wanted = map(_numbers, (found, *same))
            how = f" in this order (if another is meant, mark the message with #, {REORDERED})"
        if found not in wanted and not (same and REORDERED in message.flags):
            said = [", ".join(one) or "no placeholder" for one in (found, wanted[-1])]
            yield f"found {said[0]}; expected {said[1]}{how}"


def placed(text: str) -> list[str]:
    """What a translation has as its message has it, in the order of the text. Of a role with words
    and a target it is the target; targets in the glossary may begin with either letter."""
    found = []
    for one in _PLACED.finditer(text):
        if one["role"] is None:
            found.append(one[0].replace("../", ""))  # an edition lies a folder deeper
        elif one["role"] not in _WORDS:
            target = re.sub(r".*<([^>]+)>\s*$", r"\1", one["told"], flags=re.S).strip()
            target = target.lower() if one["role"] == "term" else target
            found.append(f"{{{one['role']}}}`{target}`")
    return found


def _numbers(placed: list[str]) -> list[str]:
    return [one for one in placed if one.startswith(("{num}", "[["))]
