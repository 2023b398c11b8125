"""What readers and machines are told of changes: the feeds, the page of corrections, the line at
the end of a chapter, other versions, and what rests on a source."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree, html
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook import history
from tallybook.release import record
from tallybook.sphinx.redirects import Move

HOME = "https://garden.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
PAGE = "# What was corrected\n\n```{corrections}\n```\n"
CONTENTS = """format: jb-book
root: index
parts:
  - caption: Chapters
    chapters: [{file: rain}]
  - caption: More
    chapters: [{file: corrections}]
"""
SOURCES = '"sources": "index"'
WHY = """id,since,why
rain.total,1.1.0,The gauge was read again.
rain.wettest,1.1.0,July was read again.
rain.beans,1.1.0,A sack was found.
neighbour-rain,1.1.0,He was misheard.
"""


def report(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with a page of corrections and an edition."""
    room = copy(EXAMPLE)
    (room.root / "corrections.md").write_text(PAGE, encoding="utf-8")
    (room.root / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    room.edit("garden/__init__.py", SOURCES, f'{SOURCES}, "corrections": "corrections"')
    room.edit("_config.yml", "    html_theme:", "    report_languages: [fr]\n    html_theme:")
    return room


def recorded(site: Path, version: str = "1.0.0") -> dict:
    """What a release that was the same as a site would have recorded."""
    return {"version": version, "date": "2026-01-31", **record.ids(site)}


@pytest.fixture(scope="module")
def draft(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """Before any release."""
    room = report(copy)
    room.made(*BUILD)
    return room


@pytest.fixture(scope="module")
def release(draft: Sandbox, copy: Callable[[Path], Sandbox]) -> Path:
    """Version 1.1.0, in which three numbers, a verdict and the text of the chapter moved."""
    before = recorded(draft.site)
    for one in before["numbers"]:
        for part in ("value", "low", "high") if one["id"] != "rain.yield" else ():
            one[part] = one[part] and one[part] + 10
    before["claims"][0]["verdict"] = "undecided"
    for page in before["texts"]:
        if page["page"].endswith("rain.html"):
            page["words"] = "0" * 16
    room = report(copy)
    room.edit("CITATION.cff", "version: 1.0.0", "version: 1.1.0")
    room.edit("CITATION.cff", "2026-01-31", "2026-03-01")
    folder = room.root / "releases"
    folder.mkdir()
    (folder / "1.0.0.json").write_text(json.dumps(before), encoding="utf-8")
    (folder / "why.csv").write_text(WHY, encoding="utf-8")
    (folder / "archives.txt").write_text(f"{'0' * 64}  garden-1.0.0.tar.gz\n", encoding="utf-8")
    history.call_archive_of("v1.1.0", room.root)
    return room.made(*BUILD)


def entries(path: Path) -> list[dict[str, str]]:
    """The entries of a feed that is valid, each with its texts and, by relation, its links."""
    tree = etree.parse(path)
    SCHEMA.assertValid(tree)
    ids = [found.text for found in tree.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids), "each has an id of its own"
    return [
        {
            **{part.tag.removeprefix(ATOM): part.text for part in entry if part.text},
            **{link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")},
        }
        for entry in tree.iter(f"{ATOM}entry")
    ]


def test_a_release_with_three_moved_numbers_has_three_entries_of_numbers(release: Path):
    found = entries(release / "changes.atom")
    numbers = [one for one in found if "#claim-" not in one["id"]]
    assert [one["id"] for one in numbers] == [
        f"{HOME}v/1.1.0/#rain.{name}" for name in ("total", "wettest", "beans")
    ]
    first = numbers[0]
    assert first["title"] == (
        "Rain of the year: 751.0 (745.0 to 757.0) mm, now 741.0 (735.0 to 747.0) mm"
    )
    assert "The gauge was read again. (version 1.1.0, rain.total)" in first["summary"]
    assert first["updated"] == "2026-03-01T00:00:00Z"
    assert first["alternate"] == f"{HOME}index.html#rain.total"
    assert first["via"] == f"{HOME}v/1.0.0/_cite/rain.total.html"
    [claim] = [one for one in found if one not in numbers]
    assert claim["title"] == "It rained 300 mm in the year: Undecided, now Too low"
    assert claim["alternate"] == f"{HOME}rain.html#claim-neighbour-rain"


def test_a_feed_of_releases_has_each_of_them(release: Path):
    new, old = entries(release / "releases.atom")
    assert new["summary"] == "3 numbers moved. 1 verdict changed."
    assert (new["id"], new["alternate"]) == (f"{HOME}v/1.1.0/",) * 2
    assert old["summary"] == "The first release." and old["updated"] == "2026-01-31T00:00:00Z"


def test_each_edition_has_its_own_feeds(release: Path):
    french = entries(release / "fr/changes.atom")
    assert len(french) == 4 and french[0]["alternate"].startswith(f"{HOME}fr/index.html#")
    assert french[0]["via"] == f"{HOME}v/1.0.0/fr/_cite/rain.total.html"
    assert french[0]["id"] != entries(release / "changes.atom")[0]["id"]
    assert '"fr"' in read(release / "fr/changes.atom")


@pytest.mark.parametrize("name", ["changes.atom", "releases.atom"])
def test_before_any_release_the_feeds_are_empty_and_valid(draft: Sandbox, name: str):
    assert entries(draft.site / name) == []


def test_the_schema_refuses_what_is_no_feed(draft: Sandbox):
    text = read(draft.site / "changes.atom")
    for spoilt in (text.replace("updated>", "update>"), re.sub("<id>.*</id>", "", text)):
        assert spoilt != text and not SCHEMA.validate(etree.fromstring(spoilt.encode()))


def test_every_page_names_the_feeds(release: Path):
    for name in ("index.html", "rain.html", "corrections.html", "fr/rain.html", "search.html"):
        page = html.fromstring(read(release / name))
        links = page.xpath("//head/link[@type='application/atom+xml']/@href")
        assert links == ["releases.atom", "changes.atom"], name
    page = html.fromstring(read(release / "corrections.html"))
    assert page.xpath("//main//a/@href")[1:3] == ["releases.atom", "changes.atom"]


def test_the_page_of_corrections_says_what_moved_and_why(release: Path):
    page = html.fromstring(read(release / "corrections.html"))
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.iter("tr")]
    assert [
        *("Rain of the yearrain.total", "751.0 (745.0 to 757.0) mm"),
        *("741.0 (735.0 to 747.0) mm", "The gauge was read again."),
    ] in rows
    assert [row[1:] for row in rows if "neighbour-rain" in row[0]] == [
        ["Undecided", "Too low", "He was misheard."]
    ]
    heads = [head.text_content() for head in page.iter("h2")]
    assert heads == ["Version 1.1.0, 1 March 2026", "Version 1.0.0, 31 January 2026"]
    assert "The text changed in: How much did it rain?." in page.text_content()


def test_before_any_release_it_says_so_plainly(draft: Sandbox):
    text = html.fromstring(read(draft.site / "corrections.html")).text_content()
    assert "There is no release yet" in text
    assert 'class="changed">Not released yet. <a' in read(draft.site / "rain.html")


def test_a_chapter_says_when_it_last_changed_and_what(release: Path):
    [line] = html.fromstring(read(release / "rain.html")).xpath("//p[@class='changed']")
    assert line.text.strip() == (
        "Last changed in version 1.1.0 of 1 March 2026: 3 numbers, 1 verdict and the text."
    )
    assert 'class="changed"' not in read(release / "index.html")


def test_words_are_known_by_a_hash_that_numbers_do_not_change(draft: Sandbox, release: Path):
    then, now = (
        {one["page"]: one["words"] for one in recorded(site)["texts"]}
        for site in (draft.site, release)
    )
    assert then["rain.html"] == now["rain.html"] and "fr/rain.html" in then
    assert len(set(then.values())) > 2


def test_a_page_that_is_gone_is_gone_in_every_language(draft: Sandbox):
    before, move = recorded(draft.site), Move("old.html", "rain.html", True, "Why.", "1.1.0", 2)
    before["pages"] += ["old.html", "fr/old.html"]
    pages = {"numbers": "index", "sources": "index"}
    lost = record.vanished(before, draft.site, [move], pages)
    assert lost == [
        f"{name}: an address of release 1.0.0 that leads nowhere"
        for name in ("old.html", "fr/old.html")
    ], "the build would have written them"
    assert len(record.vanished(before, draft.site, [], pages)) == 4


def test_versions_that_are_not_kept_are_not_linked(draft: Sandbox, copy: Callable[[Path], Sandbox]):
    room = report(copy)
    (room.root / "releases").mkdir()
    known = json.dumps(recorded(draft.site, "0.9.0"))
    (room.root / "releases/0.9.0.json").write_text(known, encoding="utf-8")
    site = room.made(*BUILD)
    linked = [path for path in site.rglob("*.html") if f'"{HOME}v/' in read(path)]
    assert linked == []
    assert "in version 0.9.0" in read(site / "_cite/rain.total.html")


def test_a_page_names_the_version_before_and_the_list_of_all(release: Path):
    links = html.fromstring(read(release / "fr/rain.html")).xpath("//head/link")
    found = {link.get("rel"): link.get("href") for link in links}
    assert found["predecessor-version"] == f"{HOME}v/1.0.0/fr/rain.html"
    assert found["timemap"] == f"{HOME}v/timemap.txt"


def test_between_releases_a_citation_names_what_is_not_kept(draft: Sandbox):
    [entry] = json.loads(read(draft.site / "_cite/garden2026.json"))
    assert entry["edition"] == "Version 1.0.0.dev, not kept"
