"""What is wrong in a catalogue: a translation prints the numbers of its message, and no others.

What a translation must have as its message has it: roles with their targets, ``[[id|part]]``,
holes such as ``{name}``, and tags of HTML. Numbers stand in the order of the message, since two in
each other's place would be read as each other. Where a language wants another order, the flag
``reordered`` of the message (``#, reordered``) says that it is meant. What is fuzzy or empty is not
shown, so nothing is asked of it.
"""

from __future__ import annotations

import codecs
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
SHOWN = 10  # faults that are told
# A line of a catalogue that is neither empty nor a remark.
_LINE = re.compile(r'((msgid|msgid_plural|msgctxt|msgstr(\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"')
_FORMS = re.compile(r"nplurals\s*=\s*\d\d+")  # all are made before the first is read
_PLACED = re.compile(
    r"\{(?P<role>[a-z:-]+)\}`(?P<told>[^`]*)`|\[\[[^\]]*\]\]|\{@?[\w-]*\}|%s"
    r"|<[a-zA-Z/!?][^>]*>|<[a-zA-Z/!?]"
)
_TARGET = re.compile(r"<([^>]+)>\s*$")
_NUMBER = re.compile(r"\{num\}|\[\[")
_WORDS = ("struck", "abbr", "sub", "sup")  # roles that hold words, which are translated


class CatalogueError(TallybookError):
    """A catalogue cannot be read, or a translation prints something else than its message."""


def check(root: Path, codes: Iterable[str], remembered: Path) -> None:
    """Check every catalogue of some languages of a report, and the engine's. ``remembered``: a file
    for a hash of those that were found sound, which are not read again. Raises ``CatalogueError``
    with a line for each fault, ten at most."""
    own = [path for code in codes for path in language.folder(code, root).rglob("*.po")]
    theirs = (language.catalogue_paths(code, root, ())[0] for code in codes)
    paths = sorted({*filter(Path.is_file, (*own, *theirs))})
    key = files.sha256(" ".join(map(files.digest, [Path(__file__), *paths])))
    if remembered.is_file() and remembered.read_bytes() == key.encode():
        return
    if found := [fault for path in paths for fault in faults(path, shown(path, root))]:
        more = [f"{len(found) - SHOWN} more faults"] if len(found) > SHOWN else []
        raise CatalogueError("\n".join(found[:SHOWN] + more))
    files.write_whole(remembered, key.encode())


def faults(path: Path, place: str) -> Iterator[str]:
    """All that is wrong in a catalogue, with ``place`` and line, found and expected. Of one that
    cannot be read, the first fault. Raises ``TallybookError`` for one that is not UTF-8."""
    for number, line in enumerate(map(str.strip, files.text(path, place).split("\n")), 1):
        if forms := _FORMS.search(line):
            yield f"{place}:{number}: found {forms[0]!r}; expected fewer than ten forms"
            return
        if line and not line.startswith("#") and not _LINE.fullmatch(line):
            found = shorten(line, 60, placeholder="…")
            wanted = "msgid or msgstr with a text in quotes"
            yield f"{place}:{number}: found {found!r}; expected {wanted}"
            return
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        if codecs.lookup(catalogue.charset or "utf-8").name != "utf-8":
            raise LookupError(f"the charset {catalogue.charset}")
    except PoFileError as error:
        yield f"{place}:{error.lineno + 1}: found {error}; expected a catalogue of gettext"
    except (ValueError, LookupError, SyntaxError) as error:
        yield f"{place}:1: found a head that says {error}; expected that of a catalogue in UTF-8"
    else:
        for message in catalogue:
            if message.id and not message.fuzzy:
                yield from _of_message(message, place)


def _of_message(message: Message, place: str) -> Iterator[str]:
    """What a translation has otherwise than its message: each form of a plural is held against
    either form of English."""
    ids, texts = (
        [*one] if isinstance(one, tuple | list) else [str(one)]
        for one in (message.id, message.string or "")
    )
    for text in filter(None, texts):
        found, wanted, how = placed(text), [placed(one) for one in ids], ""
        if same := [one for one in wanted if Counter(one) == Counter(found)]:
            found, wanted = _numbers(found), [*map(_numbers, same)]
            how = f" in this order (if another is meant, mark the message with #, {REORDERED})"
        if found not in wanted and not (same and REORDERED in message.flags):
            said = [", ".join(one) or "no placeholder" for one in (found, wanted[-1])]
            yield f"{place}:{message.lineno}: found {said[0]}; expected {said[1]}{how}"


def placed(text: str) -> list[str]:
    """What a translation has as its message has it, in the order of the text. Of a role with words
    and a target it is the target; targets in the glossary may begin with either letter."""
    found = []
    for one in _PLACED.finditer(text):
        role, told = one["role"], one["told"]
        if role is None:
            found.append(one[0].replace("../", ""))  # an edition lies a folder deeper
        elif role not in _WORDS:
            target = _TARGET.search(told)
            named = target[1] if target else told
            found.append(f"{{{role}}}`{named.lower() if role == 'term' else named.strip()}`")
    return found


def _numbers(found: list[str]) -> list[str]:
    return [*filter(_NUMBER.match, found)]
