"""A report in another language: one line of settings, and catalogues. What has no translation is
named."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from rooms import BUILD, EXAMPLE, Sandbox, read

# Esperanto as nobody speaks it: each message begins so.
LANGUAGE, MARK = "eo", "Zub"
TRANSLATE = (sys.executable, "-m", "tallybook", "translate")


def fill(path: Path) -> None:
    """Translate every message of a catalogue."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    for message in catalog:
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = tuple(f"{MARK} {one}" for one in ids)
            message.string = texts if texts[1:] else texts[0]
    with path.open("wb") as file:
        write_po(file, catalog)


@pytest.fixture(scope="module")
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with an edition."""
    room = copy(EXAMPLE)
    room.edit("_config.yml", "  config:\n", f"  config:\n    report_languages: [{LANGUAGE}]\n")
    done = room.run(*TRANSLATE)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert re.search(r"rain\.po, line \d+: '.+' has no translation", done.stdout)
    for path in (room.root / "locale" / LANGUAGE / "LC_MESSAGES").rglob("*.po"):
        fill(path)
    room.made(*BUILD)
    return room


@pytest.mark.weekly
def test_what_has_no_translation_is_named_and_in_each_language_what_has_changed_is_read(
    room: Sandbox,
):
    def pages() -> dict[str, bytes]:
        folder = room.site / LANGUAGE
        found = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*")}
        return {name: one.read_bytes() for name, one in found.items() if one.is_file()}

    untranslated = room.root / "_build" / "staging" / "_build" / f"untranslated.{LANGUAGE}"
    before = pages()
    assert read(untranslated) == ""
    room.edit("rain.md", "\n# ", "\n# Anew ")
    os.utime(room.root / "rain.md", (0, 0))  # it is its content that counts
    said = room.run(*BUILD).stdout
    # In each language that page alone is read.
    told = re.findall(r"(?m)^ *\d+ s  (?:edition \w+: )?2 pages: (.*)", said)
    assert told == ["1 read, the others have not changed"] * 2, said
    assert "rain.md, line" in read(untranslated)
    assert pages() != before
