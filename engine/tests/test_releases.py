"""The example of the manual for a release: what it recorded is found again in a later version."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, ENGINE, EXAMPLE, Sandbox, read

MANUAL = read(ENGINE / "docs" / "build.md")
RECORD = re.search(r'^```json\n(\{\n  "version".*?)^```$', MANUAL, re.M | re.S)[1]
MOVES = re.search(r"^```text\n(old,new.*?)^```$", MANUAL, re.M | re.S)[1]


@pytest.fixture(scope="module")
def site(copy: Callable[[Path], Sandbox]) -> Path:
    room = copy(EXAMPLE)
    room.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    (room.root / "releases").mkdir()
    (room.root / "releases/1.0.0.json").write_text(RECORD, encoding="utf-8")
    (room.root / "releases/redirects.csv").write_text(MOVES, encoding="utf-8")
    return room.made(*BUILD)


def test_a_number_and_a_claim_say_what_they_were(site: Path):
    for name, said in {
        "rain.total": "740.0 (734.0 to 746.0) in version 1.0.0",
        "claim-neighbour-rain": "undecided in version 1.0.0",
    }.items():
        page = html.fromstring(read(site / f"_cite/{name}.html"))
        [link] = [link for link in page.iter("a") if link.text_content() == said]
        assert link.get("href").startswith("https://garden.example/v/1.0.0/")


def test_an_old_address_leads_on(site: Path):
    page = html.fromstring(read(site / "rain.html"))
    note = page.get_element_by_id("rain.july")
    assert "July was the wettest month." in html.tostring(note, encoding="unicode")
    assert [link[2] for link in note.iterlinks()] == ["index.html#rain.wettest"]
    assert "rain.wettest" in read(site / "_cite/rain.july.html")
