"""What the pages tell machines, read back with parsers that are not ours and compared with one
another."""

from __future__ import annotations

import tomllib

import extruct
import pytest
from lxml import html

from microwork import report
from microwork.paths import ROOT
from tests.files import load, read
from tests.published import (
    AUTHOR,
    BASE,
    CITATION,
    EDITION,
    STAYS,
    Head,
    cited,
    in_site,
    page,
    title_of,
)


@pytest.mark.parametrize("name", report.CHAPTERS)
def test_what_the_head_of_a_chapter_says(site, name):
    """Highwire, Open Graph and JSON-LD; the canonical address is that of the newest version."""
    where = f"chapters/{name}.html"
    head, title = Head(page(site, where)), title_of(site, name)
    wanted = {
        "citation_title": [title],
        "citation_author": [f"{AUTHOR},"],  # the comma keeps the name of an organisation whole
        "author": [AUTHOR],
        "citation_inbook_title": [CITATION["title"]],
        "citation_language": ["en"],
        "citation_fulltext_html_url": [STAYS + where],
        "citation_public_url": [STAYS + where],
        "citation_publication_date": [str(CITATION["date-released"]).replace("-", "/")],
    }
    assert {name: head.meta.get(name) for name in wanted} == wanted
    assert head.links["canonical"] == [BASE + where]
    [description] = head.meta["description"]
    assert len(description.split()) > 20 and len(description) <= 160
    [graph] = told(site, where, "opengraph")
    values = dict(graph["properties"])
    card = in_site(site, values["og:image"]).read_bytes()
    assert values["og:title"] == title and card[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (1200, 630)
    [made] = told(site, where)
    assert made["@type"] == "Chapter" and made["isPartOf"]["name"] == CITATION["title"]
    assert made["name"] == title and made["author"][0]["name"] == AUTHOR


def test_what_the_head_of_the_book_says(site):
    head = Head(page(site, "index.html"))
    assert head.meta["citation_title"] == [CITATION["title"]]
    assert "citation_inbook_title" not in head.meta and head.links["canonical"] == [BASE]
    assert head.meta["citation_public_url"] == [STAYS]
    [book] = told(site, "index.html")
    assert book["@type"] == "Book" and book["version"] == str(CITATION["version"])
    assert [in_site(site, part["@id"]).stem for part in book["hasPart"]] == list(report.CHAPTERS)


def told(site, name: str, syntax: str = "json-ld") -> list[dict]:
    return extruct.extract(page(site, name), syntaxes=[syntax])[syntax]


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_exports_agree_with_the_page_and_the_citation_file(site, chapter):
    made = site / f"_cite/chapter-{chapter}"
    files = {end: read(made.with_suffix(f".{end}")) for end in ("bib", "ris", "json")}
    title = title_of(site, chapter)
    assert cited(files) == (title, f"{STAYS}chapters/{chapter}.html")
    _, _, block = page(site, f"chapters/{chapter}.html").partition('<section class="cite"')
    assert title in block.replace("&#x27;", "'") and AUTHOR in block and EDITION in block


def test_all_that_describes_the_report_agrees(site):
    """Title, version, author, words and licences, wherever a machine may look for them."""
    codemeta = load(ROOT / "codemeta.json")
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    package = load(site / "data/datapackage.json")
    [book] = told(site, "index.html")

    versions = {one["version"] for one in (codemeta, project, package, book)}
    assert versions == {str(CITATION["version"])}
    authors = {codemeta["author"][0]["name"], project["authors"][0]["name"]}
    authors |= {package["contributors"][0]["title"], book["author"][0]["name"]}
    assert authors == {AUTHOR}
    assert CITATION["title"] == codemeta["name"] == book["name"] == project["description"]
    assert package["title"].startswith(CITATION["title"].partition(":")[0])
    abstract = " ".join(CITATION["abstract"].split())
    assert abstract == codemeta["description"]
    code, content = CITATION["license"], CITATION["preferred-citation"]["license"]
    assert project["license"] == code
    assert [licence["name"] for licence in package["licenses"]] == [content]
    assert book["license"] == package["licenses"][0]["path"]
    assert codemeta["license"].rpartition("/")[2] == code
    assert codemeta["hasPart"][0]["license"].rpartition("/")[2] == content
    deposit = load(ROOT / ".zenodo.json")
    assert deposit["description"] == abstract and deposit["license"] == content.lower()
    assert content in deposit["notes"] and code in deposit["notes"]
    assert codemeta["runtimePlatform"].endswith(project["requires-python"].removeprefix(">="))
    assert codemeta["datePublished"] == str(CITATION["date-released"])
    assert codemeta["keywords"] == CITATION["keywords"]


def test_the_citation_file_asks_to_be_cited_as_the_book_that_its_pages_are():
    day = CITATION["date-released"]
    wanted = {part: CITATION[part] for part in ("title", "authors", "url")}
    wanted |= {"type": "book", "edition": EDITION}
    wanted |= {"date-published": day, "year": day.year, "month": day.month}
    assert wanted.items() <= CITATION["preferred-citation"].items()
    assert CITATION["url"] == BASE and CITATION["repository-code"].startswith("https://")


def test_the_citation_of_a_number_has_its_interval(site, loaded):
    """But that of an answer, which is cited by its question."""
    answers = loaded.answered.answers
    bounded = [one for one in loaded.numbers if one.low is not None and one.id not in answers]
    printed = [one for one in bounded if (site / f"_cite/{one.id}.html").is_file()]
    assert len(printed) > 200
    for number in printed[::20]:
        tree = html.fromstring(page(site, f"_cite/{number.id}.html"))
        [title] = tree.xpath("//meta[@name='citation_title']/@content")
        assert loaded.show(number.id, "full") in title
        files = zip(("bib", "ris", "json"), tree.xpath("//pre/text()")[:3], strict=True)
        assert cited(dict(files))[0] == title


def test_a_strict_policy_on_every_page(site):
    for path in site.rglob("*.html"):
        [policy] = Head(read(path)).meta["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "http" not in policy
