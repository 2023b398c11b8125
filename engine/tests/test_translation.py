"""A report in another language: one line of settings, and catalogues. Its pages have every number
and every address of the original; what has no translation is named."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from lxml import html
from rooms import BUILD, EXAMPLE, Sandbox, read

# Esperanto as nobody speaks it: each message begins so.
LANGUAGE, MARK = "eo", "Zub"
TRANSLATE = (sys.executable, "-m", "tallybook", "translate")


def numbers(page: html.HtmlElement) -> list[tuple[str, str]]:
    found = page.xpath("//main//data[contains(@class,'num')]")
    return sorted((one.find("a").get("href").partition("#")[2], one.get("value")) for one in found)


def fill(path: Path) -> None:
    """Translate every message of a catalogue."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=LANGUAGE)
    for message in catalog:
        if message.id:
            message.string = f"{MARK} {message.id}"
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


def test_an_edition_has_every_number_and_id_of_the_original_and_its_own_words(
    room: Sandbox, garden: Sandbox
):
    for name in ("index.html", "rain.html"):
        own, edition = (
            html.fromstring(read(room.site / folder / name)) for folder in ("", LANGUAGE)
        )
        said, ids = edition.xpath("string(//main)"), edition.xpath("//main//@id")
        assert said.count(MARK) > 5 and len(ids) == len(set(ids))
        assert set(own.xpath("//main//@id")) <= set(ids)
        assert numbers(own) == numbers(edition) != []
        assert (own.get("lang"), edition.get("lang")) == ("en", LANGUAGE)
        assert own.xpath("//a[@class='language']/@href") == [f"{LANGUAGE}/{name}"]
        assert edition.xpath("//a[@class='language']/@href") == [f"../{name}"]
        codes = edition.xpath("//link[@rel='alternate']/@hreflang")
        assert codes == ["en", LANGUAGE, "x-default"]
    figures = html.fromstring(read(room.site / LANGUAGE / "rain.html")).xpath("//figure//*/text()")
    assert MARK in " ".join(figures)
    for name in ("numbers.json", "claims.json"):
        assert read(room.site / name) == read(garden.site / name)


def test_what_has_no_translation_is_named_and_an_edition_is_what_a_build_anew_makes(room: Sandbox):
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
    taken_over = pages()
    again = room.run(*TRANSLATE)  # builds every file anew
    assert re.search(r"rain\.po, line \d+: 'Anew .+' is fuzzy", again.stdout)
    assert "messages to translate" in again.stdout
    assert taken_over == pages() != before
