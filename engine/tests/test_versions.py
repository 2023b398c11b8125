"""What a build calls itself, where it is cited, who is told of errors, and what crawlers and lost
visitors find."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html
from rooms import BUILD, ENGINE, EXAMPLE, PLAIN, Sandbox, read
from tallybook import history
from tallybook.sphinx import cff, versions

HOME = "https://garden.example/"
DOI = """identifiers:
  - {type: doi, value: 10.5281/zenodo.11, description: This version}
  - {type: doi, value: 10.5281/zenodo.10, description: All versions}
"""
LICENCE = "https://spdx.org/licenses/CC0-1.0.html"
ORCID = "https://orcid.org/0000-0002-1825-0097"


def git(room: Sandbox, *arguments: str) -> None:
    who = {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@b.example",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@b.example",
    }
    subprocess.run(
        ["git", "-C", str(room.root), *arguments],
        env=room.alone | who,
        check=True,
        capture_output=True,
    )


def archive(room: Sandbox, to: Path) -> Path:
    """The files of the newest commit as git packs them, unpacked."""
    to.mkdir()
    packed = subprocess.run(
        ["git", "-C", str(room.root), "archive", "HEAD"], check=True, capture_output=True
    ).stdout
    subprocess.run(["tar", "-x", "-C", str(to)], input=packed, check=True)
    return to


def head(site: Path, name: str = "index.html") -> dict[str, list[str]]:
    """What the head of a page says, by the name of the element's attribute that names it."""
    tree, found = html.fromstring(read(site / name)), dict[str, list[str]]()
    for element in tree.xpath("//head/meta[@content] | //head/link[@href]"):
        key = (
            element.get("name")
            or element.get("property")
            or element.get("rel")
            or element.get("http-equiv")
        )
        found.setdefault(key, []).append(element.get("content") or element.get("href"))
    return found


@pytest.fixture(scope="module")
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with a history, somebody to tell, a named author and DOIs."""
    room = copy(EXAMPLE)
    with (room.root / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write(
            f"license: CC0-1.0\n{DOI}contact:\n  - {{name: Ada, email: ada@garden.example}}\n"
        )
    room.edit(
        "CITATION.cff",
        "    family-names: Gardener\n",
        f"    family-names: Gardener\n    orcid: {ORCID}\n",
    )
    git(room, "init", "-q")
    git(room, "add", ".")
    git(room, "commit", "-qm", "First")
    return room


@pytest.fixture(scope="module")
def states(room: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site of the same commit before and after it is tagged."""
    found = {}
    for state in ("draft", "release"):
        found[state] = Path(
            shutil.copytree(room.made(*BUILD), tmp_path_factory.mktemp(state) / "site")
        )
        git(room, "tag", "-f", "v1.0.0")
    return found


def test_between_releases_a_build_says_so_and_is_cited_where_it_is(states: dict[str, Path]):
    site = states["draft"]
    assert "version 1.0.0.dev, not released" in read(site / "index.html")
    assert head(site, "rain.html")["citation_public_url"] == [HOME + "rain.html"]
    assert json.loads(read(site / "numbers.json"))["version"] == "1.0.0.dev"
    [entry] = json.loads(read(next(site.glob("_cite/garden2026.json"))))
    assert entry["URL"] == HOME and "DOI" not in entry, "the DOI is that of the release"
    assert "citation_doi" not in head(site)


def test_a_release_is_cited_where_it_stays(states: dict[str, Path]):
    site, stays = states["release"], f"{HOME}v/1.0.0/"
    assert "not released" not in read(site / "index.html")
    found = head(site, "rain.html")
    assert (
        found["citation_public_url"] == found["citation_fulltext_html_url"] == [f"{stays}rain.html"]
    )
    assert found["canonical"] == [f"{HOME}rain.html"], "of the newest version, for indexes"
    about = json.loads(read(site / "numbers.json"))
    assert (
        about["url"] == stays
        and about["version"] == "1.0.0"
        and about["date"]
        and about["licence"] == LICENCE
    )
    [record] = json.loads(read(site / "_cite/chapter-rain.json"))
    assert record["URL"] == f"{stays}rain.html" and "DOI" not in record, (
        "the DOI is that of the whole"
    )


def test_a_copy_without_a_history_is_no_release(garden: Sandbox):
    assert "version 1.0.0.dev, not released" in read(garden.site / "index.html")
    assert head(garden.site, "rain.html")["citation_public_url"] == [HOME + "rain.html"]


def test_the_archive_of_a_tag_is_that_release_and_no_other_archive_is(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    room = copy(EXAMPLE)
    shutil.copy(ENGINE.parent / history.ARCHIVE, room.root)
    (room.root / ".gitattributes").write_text(f"{history.ARCHIVE} export-subst\n", encoding="utf-8")
    assert versions.of(room.root, "1.0.0") == "1.0.0.dev", "a copy of the files"
    git(room, "init", "-q")
    assert versions.of(room.root, "1.0.0") == "1.0.0.dev", "no commit yet"
    git(room, "add", ".")
    git(room, "commit", "-qm", "First")
    assert versions.of(archive(room, tmp_path / "before"), "1.0.0") == "1.0.0.dev"
    git(room, "tag", "v1.0.0")
    assert versions.of(room.root, "1.0.0") == "1.0.0"
    assert versions.of(archive(room, tmp_path / "tagged"), "1.0.0") == "1.0.0"
    assert versions.of(tmp_path / "tagged", "1.1.0") == "1.1.0.dev", (
        "the version has been raised since"
    )
    git(room, "commit", "-qm", "Second", "--allow-empty")
    assert versions.of(archive(room, tmp_path / "after"), "1.0.0") == "1.0.0.dev"


def test_a_git_that_fails_stops_the_build(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    git(room, "init", "-q")
    (room.root / ".git" / "HEAD").write_text("ref: nowhere", encoding="utf-8")
    done = room.run(*BUILD)
    line, last = done.stderr.strip().splitlines()
    assert (
        done.returncode == 1
        and line.startswith(".git: git says 'fatal: ")
        and last.startswith("The book was not built")
    )
    assert line.endswith("; expected it to say which commit is built")
    done = room.run(*PLAIN)
    assert done.returncode != 0 and ".git: git says 'fatal: " in done.stdout + done.stderr


def test_a_doi_and_an_author_stand_in_one_place_and_go_everywhere(states: dict[str, Path]):
    site = states["release"]
    assert head(site)["citation_doi"] == ["10.5281/zenodo.11"]
    [book] = map(
        json.loads,
        html.fromstring(read(site / "index.html")).xpath(
            "//script[@type='application/ld+json']/text()"
        ),
    )
    assert book["identifier"].endswith("zenodo.11") and book["sameAs"].endswith("zenodo.10")
    assert book["author"] == [{"@type": "Person", "@id": ORCID, "name": "Ada Gardener"}]
    for ending in ("bib", "ris", "json"):
        assert "10.5281/zenodo.11" in read(site / f"_cite/garden2026.{ending}")
    crate = {
        part["@id"]: part for part in json.loads(read(site / "ro-crate-metadata.json"))["@graph"]
    }
    assert crate["./"]["author"] == [{"@id": ORCID}] and crate[ORCID]["name"] == "Ada Gardener"


def test_without_a_doi_no_page_has_a_trace_of_one(garden: Sandbox):
    assert not [path.name for path in garden.site.rglob("*.html") if "doi" in read(path).lower()]


def test_a_licence_is_declared_only_where_one_is_named(states: dict[str, Path], garden: Sandbox):
    assert f'"license": "{LICENCE}"' in read(states["release"] / "index.html")
    assert json.loads(read(garden.site / "numbers.json"))["licence"] is None
    own = [
        *garden.site.glob("*.html"),
        garden.site / "numbers.json",
        *garden.site.glob("_charts/*.svg"),
    ]
    assert [path.name for path in own if "creativecommons.org/licenses/by" in read(path)] == []
    assert cff.licence({"license": ["MIT", "CC-BY-4.0"]}) == ""


def test_a_doi_of_something_unknown_is_refused(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    with (room.root / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write(DOI.replace("This version", "Some version"))
    done = room.run(*BUILD)
    assert done.returncode != 0
    assert (
        "CITATION.cff, identifiers: found 'Some version' with a DOI; expected the description 'This"
        " version' or" in done.stderr
    )


def test_an_error_is_reported_by_mail_until_there_is_a_repository(
    room: Sandbox, states: dict[str, Path], garden: Sandbox
):
    def ways(site: Path, name: str) -> list[str]:
        return [
            way
            for way in html.fromstring(read(site / name)).xpath("//a/@href")
            if "mailto:" in way or "issues/new" in way
        ]

    [way] = ways(states["release"], "rain.html")  # in the footer
    asked = parse_qs(urlsplit(way).query)
    assert way.startswith("mailto:ada@garden.example?") and asked["subject"] == [
        "Error in rain.html, version 1.0.0"
    ]
    assert not ways(garden.site, "rain.html"), "nobody to tell, no link"
    cards_file = next(states["release"].glob("*.cards.js"))
    assert read(cards_file).count("mailto:") == read(cards_file).count("Cite this number")
    room.edit("CITATION.cff", "contact:", "repository-code: https://code.example/garden/\ncontact:")
    site = room.made(*BUILD)
    [way] = ways(site, "rain.html")
    fields = parse_qs(urlsplit(way).query)
    assert way.startswith("https://code.example/garden/issues/new?")
    assert fields["number"] == ["rain.html"]
    assert fields["template"] == ["number.yml"] and fields["page"][0].startswith(HOME)


def test_crawlers_and_lost_visitors_find_what_they_ask_for(states: dict[str, Path]):
    site = states["release"]
    urls = [
        place.text
        for place in ElementTree.parse(site / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    assert urls == [HOME, f"{HOME}rain.html"]
    assert f"Sitemap: {HOME}sitemap.xml" in read(site / "robots.txt").splitlines()
    page = html.fromstring(read(site / "404.html"))
    places = [way for way in page.xpath("//*/@href | //*/@src") if not way.startswith("mailto:")]
    assert places and all(
        way.startswith("/") and (site / unquote(way)[1:]).is_file() for way in places
    )
