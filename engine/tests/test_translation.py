"""A report in another language: one line of settings, and catalogues. Its pages have every number
and every address of the original; what has no translation is named."""

from __future__ import annotations

import json
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


def ids(page: Path) -> list[str]:
    return html.fromstring(read(page)).xpath("//main//@id")


def numbers(page: Path) -> list[tuple[str, str]]:
    found = html.fromstring(read(page)).xpath("//main//data[contains(@class,'num')]")
    return sorted((one.find("a").get("href").partition("#")[2], one.get("value")) for one in found)


def catalogues(room: Sandbox) -> list[Path]:
    return sorted((room.root / "locale" / LANGUAGE / "LC_MESSAGES").rglob("*.po"))


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
    for path in catalogues(room):
        fill(path)
    room.made(*BUILD)
    return room


@pytest.mark.parametrize("page", ["index.html", "rain.html"])
def test_a_translated_page_has_every_number_and_every_id_of_the_original(room: Sandbox, page: str):
    edition = room.site / LANGUAGE / page
    said, found = html.fromstring(read(edition)).xpath("string(//main)"), ids(edition)
    assert said.count(MARK) > 5 and len(found) == len(set(found))
    assert set(ids(room.site / page)) <= set(found)
    assert numbers(room.site / page) == numbers(edition) != []


def test_each_page_names_the_other_and_its_own_language(room: Sandbox):
    for page, lang, other in (
        ("rain.html", "en", f"{LANGUAGE}/rain.html"),
        (f"{LANGUAGE}/rain.html", LANGUAGE, "../rain.html"),
    ):
        tree = html.fromstring(read(room.site / page))
        assert tree.get("lang") == lang
        assert tree.xpath("//a[@class='language']/@href") == [other]
        codes = tree.xpath("//link[@rel='alternate']/@hreflang")
        assert codes == ["en", LANGUAGE, "x-default"]


def test_a_chart_is_drawn_with_the_words_of_the_edition(room: Sandbox):
    folder = room.site / LANGUAGE / "_charts"
    specs = [json.loads(read(path)) for path in folder.glob("*.vl.json")]
    assert specs and all(MARK in json.dumps(spec) for spec in specs)
    assert all(spec["config"]["locale"]["number"]["decimal"] == "," for spec in specs)


def test_what_has_no_translation_is_named_with_its_place(room: Sandbox):
    staging = room.root / "_build" / "staging" / "_build"
    assert read(staging / f"untranslated.{LANGUAGE}") == ""
    room.edit("rain.md", "\n# ", "\n# Anew ")
    room.made(*BUILD)
    assert "rain.md, line" in read(staging / f"untranslated.{LANGUAGE}")
    again = room.run(*TRANSLATE)
    assert re.search(r"rain\.po, line \d+: 'Anew .+' is fuzzy", again.stdout)
    assert "1 messages to translate" in again.stdout or "messages to translate" in again.stdout


def test_the_original_is_the_same_with_and_without_an_edition(room: Sandbox, garden: Sandbox):
    pages = ["numbers.json", "claims.json"]
    assert all(read(room.site / page) == read(garden.site / page) for page in pages)


def test_an_edition_takes_over_what_a_build_from_nothing_would_make(room: Sandbox):
    """A sentence is added, and its translation is not: both are built beside the last site."""

    def pages() -> dict[str, bytes]:
        folder = room.site / LANGUAGE
        found = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*")}
        return {name: one.read_bytes() for name, one in found.items() if one.is_file()}

    before = pages()
    room.edit("rain.md", "# ", "# Much ")
    room.made(*BUILD)
    taken_over = pages()
    room.made(*BUILD, "--anew")
    assert taken_over == pages() != before
    room.edit("rain.md", "# Much ", "# ")


def test_a_warning_of_the_engine_can_be_suppressed(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    room.edit("rain.md", "{num}`rain.wettest`", "{num}`rain.wetest`")
    room.edit("_config.yml", "  config:\n", "  config:\n    suppress_warnings: [report.number]\n")
    assert "rain.wetest" in read(room.made(*BUILD) / "rain.html")
