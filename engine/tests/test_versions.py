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
from rooms import BUILD, ENGINE, EXAMPLE, Sandbox, git, read
from tallybook import history
from tallybook.sphinx.versions import numbering

HOME = "https://garden.example/"
DOI = """identifiers:
  - {type: doi, value: 10.5281/zenodo.11, description: This version}
  - {type: doi, value: 10.5281/zenodo.10, description: All versions}
preferred-citation: {type: book, doi: 10.5281/zenodo.11}
"""
META = '{"identifier": "https://doi.org/10.5281/zenodo.11"}'
LICENCE = "https://spdx.org/licenses/CC0-1.0.html"
ORCID = "https://orcid.org/0000-0002-1825-0097"


def committed(root: Path) -> None:
    (root / ".gitignore").write_text("_build/\n__pycache__/\n", encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "First")


def archive(root: Path, to: Path) -> Path:
    """The files of the newest commit as git packs them, unpacked."""
    to.mkdir()
    packed = git(root, "archive", "HEAD")
    subprocess.run(["tar", "-x", "-C", str(to)], input=packed, check=True)
    return to


def head(site: Path, name: str = "index.html") -> dict[str, list[str]]:
    """What the head of a page says, by the name of the element's attribute that names it."""
    tree, found = html.fromstring(read(site / name)), dict[str, list[str]]()
    for element in tree.xpath("//head/meta[@content] | //head/link[@href]"):
        key = element.get("name") or element.get("property") or element.get("rel")
        found.setdefault(key, []).append(element.get("content") or element.get("href"))
    return found


@pytest.fixture(scope="module")
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    """The example with a history, somebody to tell, a named author and DOIs."""
    room = copy(EXAMPLE)
    told = f"license: CC0-1.0\n{DOI}contact:\n  - {{name: Ada, email: ada@garden.example}}\n"
    with (room.root / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write(told)
    (room.root / "codemeta.json").write_text(META, encoding="utf-8")
    name = "    family-names: Gardener\n"
    room.edit("CITATION.cff", name, f"{name}    orcid: {ORCID}\n")
    committed(room.root)
    return room


@pytest.fixture(scope="module")
def states(room: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site before a release, with a repository, and that of the release, without."""
    repository = ("contact:", "repository-code: https://code.example/garden/\ncontact:")
    found = {}
    for state, edit in (("draft", repository), ("release", repository[::-1])):
        room.edit("CITATION.cff", *edit)
        to = tmp_path_factory.mktemp(state) / "site"
        found[state] = Path(shutil.copytree(room.made(*BUILD), to))
        git(room.root, "tag", "-f", "v1.0.0")
    return found


def test_between_releases_a_build_says_so_and_is_cited_where_it_is(states: dict[str, Path]):
    site = states["draft"]
    assert "version 1.0.0.dev, not released" in read(site / "index.html")
    found = head(site, "rain.html")
    assert found["citation_public_url"] == [HOME + "rain.html"] and "citation_doi" not in found
    assert json.loads(read(site / "numbers.json"))["version"] == "1.0.0.dev"
    [entry] = json.loads(read(site / "_cite/garden2026.json"))
    assert entry["URL"] == HOME and "DOI" not in entry, "the DOI is that of the release"
    assert entry["edition"].startswith("Version 1.0.0.dev, commit ")


def test_a_release_is_cited_where_it_stays(states: dict[str, Path]):
    site, stays = states["release"], f"{HOME}v/1.0.0/"
    assert "not released" not in read(site / "index.html")
    found = head(site, "rain.html")
    assert found["citation_public_url"] == [f"{stays}rain.html"]
    assert found["canonical"] == [f"{HOME}rain.html"], "indexes know the newest version"
    about = json.loads(read(site / "numbers.json"))
    assert [about[key] for key in ("url", "version", "licence")] == [stays, "1.0.0", LICENCE]
    [entry] = json.loads(read(site / "_cite/chapter-rain.json"))
    assert entry["URL"] == f"{stays}rain.html" and "DOI" not in entry, "it is that of the whole"


def test_the_archive_of_a_tag_is_that_release_and_no_other_copy_is(
    copy: Callable[[Path], Sandbox], tmp_path: Path
):
    root = copy(EXAMPLE).root
    shutil.copy(ENGINE.parent / history.ARCHIVE, root)
    (root / ".gitattributes").write_text(f"{history.ARCHIVE} export-subst\n", encoding="utf-8")
    assert numbering.of(root, "1.0.0") == "1.0.0.dev", "a copy of the files"
    git(root, "init", "-q")
    assert numbering.of(root, "1.0.0") == "1.0.0.dev", "no commit yet"
    committed(root)
    assert numbering.of(archive(root, tmp_path / "before"), "1.0.0") == "1.0.0.dev"
    git(root, "tag", "v1.0.0")
    assert numbering.of(root, "1.0.0") == "1.0.0"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_DIR", str(tmp_path / "of another repository"))
        assert numbering.of(root, "1.0.0") == "1.0.0"
    # It has been changed since, whatever git is told not to look at.
    (root / "more.csv").touch()
    assert numbering.of(root, "1.0.0") == "1.0.0.dev"
    git(root, "config", "status.showUntrackedFiles", "no")
    assert numbering.of(root, "1.0.0") == "1.0.0.dev"
    (root / ".git/info/exclude").write_text("more.csv\n", encoding="utf-8")
    assert numbering.of(root, "1.0.0") == "1.0.0.dev"
    (root / "more.csv").unlink()
    page = read(root / "index.md")
    git(root, "update-index", "--assume-unchanged", "index.md")
    (root / "index.md").write_text(f"{page}More.\n", encoding="utf-8")
    assert numbering.of(root, "1.0.0") == "1.0.0.dev"
    (root / "index.md").write_text(page, encoding="utf-8")
    assert numbering.of(archive(root, tmp_path / "tagged"), "1.0.0") == "1.0.0"
    assert numbering.of(tmp_path / "tagged", "1.1.0") == "1.1.0.dev", "it has been raised since"
    git(root, "commit", "-qm", "Second", "--allow-empty")
    assert numbering.of(archive(root, tmp_path / "after"), "1.0.0") == "1.0.0.dev"


def test_a_doi_and_an_author_stand_in_one_place_and_go_everywhere(states: dict[str, Path]):
    site = states["release"]
    found = head(site)
    assert found["citation_doi"] == ["10.5281/zenodo.11"]
    scripts = html.fromstring(read(site / "index.html")).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    [book] = map(json.loads, scripts)
    assert book["identifier"].endswith("zenodo.11") and book["sameAs"].endswith("zenodo.10")
    assert book["author"] == [{"@type": "Person", "@id": ORCID, "name": "Ada Gardener"}]
    assert json.loads(read(site / "data/datapackage.json"))["id"].endswith("zenodo.11")
    # Those of the report, and of each of its parts: chapters, charts, claims, answers, numbers.
    made = [path for path in site.glob("_cite/*") if not path.name.endswith(".oembed.json")]
    assert {"chapter", "claim", "rain"} <= {path.name.partition("-")[0] for path in made}
    assert [path for path in made if "10.5281/zenodo.11" not in read(path)] == []


def test_an_error_is_reported_by_mail_until_there_is_a_repository(
    states: dict[str, Path], garden: Sandbox
):
    def ways(site: Path, name: str) -> list[str]:
        found = html.fromstring(read(site / name)).xpath("//a/@href")
        return [way for way in found if "mailto:" in way or "issues/new" in way]

    [way] = ways(states["release"], "rain.html")  # in the footer
    asked = parse_qs(urlsplit(way).query)
    assert way.startswith("mailto:ada@garden.example?")
    assert asked["subject"] == ["Error in rain.html, version 1.0.0"]
    assert not ways(garden.site, "rain.html"), "nobody to tell, no link"
    *_, way = ways(states["draft"], "rain.html")
    fields = parse_qs(urlsplit(way).query)
    assert way.startswith("https://code.example/garden/issues/new?")
    assert fields["template"] == ["number.yml"] and fields["page"][0].startswith(HOME)


def test_crawlers_and_lost_visitors_find_what_they_ask_for(states: dict[str, Path]):
    site = states["release"]
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    urls = [place.text for place in ElementTree.parse(site / "sitemap.xml").iter(name)]
    assert {HOME, f"{HOME}rain.html"} <= set(urls)
    assert f"Sitemap: {HOME}sitemap.xml" in read(site / "robots.txt").splitlines()
    page = html.fromstring(read(site / "404.html"))
    places = [way for way in page.xpath("//*/@href | //*/@src") if not way.startswith("mailto:")]
    assert places and all(way.startswith("/") for way in places)
    assert all((site / unquote(way)[1:]).is_file() for way in places)
