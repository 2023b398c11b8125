"""A translated page has every address that the original has, and a fault of a page is a warning as
Sphinx gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from lxml import html
from rooms import BUILD, EXAMPLE, PLAIN, Sandbox, read

LANGUAGE, MARK = "xx", "Zub"  # no language there is; each of its sentences begins so


def ids(page: Path) -> list[str]:
    return html.fromstring(read(page)).xpath("//main//@id")


@pytest.fixture(scope="module")
def translated(copy: Callable[[Path], Sandbox]) -> Path:
    """The site of the example in a language into which every text is translated."""
    room = copy(EXAMPLE)
    room.made(*PLAIN, "--builder", "custom", "--custom-builder", "gettext")
    folder = room.root / "locale" / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for template in (room.root / "_build" / "gettext").glob("*.pot"):
        with template.open("rb") as file:
            catalog = read_po(file)
        for message in catalog:
            message.string = f"{MARK} {message.id}" if message.id else message.string
        with (folder / f"{template.stem}.mo").open("wb") as file:
            write_mo(file, catalog)
    settings = f"  config:\n    language: {LANGUAGE}\n    locale_dirs: [locale]\n"
    room.edit("_config.yml", "  config:\n", settings)
    return room.made(*BUILD)


@pytest.mark.parametrize("page", ["index.html", "rain.html"])
def test_a_translated_page_has_every_id_of_the_original(
    garden: Sandbox, translated: Path, page: str
):
    said = html.fromstring(read(translated / page)).xpath("string(//main)")
    found = ids(translated / page)
    assert said.count(MARK) > 5 and len(found) == len(set(found))
    assert set(ids(garden.site / page)) <= set(found)


def test_a_warning_of_the_engine_can_be_suppressed(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    room.edit("rain.md", "{num}`rain.wettest`", "{num}`rain.wetest`")
    room.edit("_config.yml", "  config:\n", "  config:\n    suppress_warnings: [report.number]\n")
    assert "rain.wetest" in read(room.made(*BUILD) / "rain.html")
