"""What the pages tell machines, read back with parsers that are not ours and compared with one
another."""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode

import extruct
import pytest
from lxml import html
from tallybook import data
from tallybook.data import terms

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
    records = {record["@type"]: record for record in told(site, where)}
    made = records["Chapter"]
    assert made["name"] == title and made["isPartOf"]["name"] == CITATION["title"]
    assert made["author"][0]["name"] == AUTHOR
    files = [in_site(site, part["contentUrl"]) for part in records["Dataset"]["distribution"]]
    assert files and all(path.is_file() and path.parent.name == name for path in files)


def test_what_the_head_of_the_book_says(site):
    head = Head(page(site, "index.html"))
    assert head.meta["citation_title"] == [CITATION["title"]]
    assert "citation_inbook_title" not in head.meta and head.links["canonical"] == [BASE]
    assert head.meta["citation_public_url"] == [STAYS]
    [book] = told(site, "index.html")
    assert book["@type"] == "Book" and book["version"] == str(CITATION["version"])
    assert [in_site(site, part["@id"]).stem for part in book["hasPart"]] == list(report.CHAPTERS)


def test_vocabularies_that_nothing_reads_are_on_no_page(site):
    for path in [site / "index.html", *(site / "chapters").glob("*.html")]:
        head = Head(read(path))
        old = ("DC.", "prism.", "eprints.", "twitter:")
        assert [name for name in head.meta if str(name).startswith(old)] == []
        assert not head.links.keys() & {"cite-as", "describedby", "item", "collection", "type"}


def told(site, name: str, syntax: str = "json-ld") -> list[dict]:
    return extruct.extract(page(site, name), syntaxes=[syntax])[syntax]


# Pixels of the right half of a picture that are not paper, in a page of no site, whose pixels a
# script may read.
DRAWN = """async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 630 });
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(640, 0, 560, 630), colours = new Map();
    for (let at = 0; at < data.length; at += 4) {
        const colour = data.slice(at, at + 3).join();
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
    }
    return data.length / 4 - Math.max(...colours.values());
}"""


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_card_of_a_chapter_shows_a_chart_beside_its_words(browser, site, chapter):
    card = (site / f"_cards/{chapter}.png").read_bytes()
    with browser.new_context() as context:
        drawn = context.new_page().evaluate(
            DRAWN, f"data:image/png;base64,{b64encode(card).decode()}"
        )
    assert drawn > 3_000


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
    entities = {one["@id"]: one for one in load(site / "ro-crate-metadata.json")["@graph"]}
    root = entities["./"]

    versions = {one["version"] for one in (codemeta, project, package, root)}
    assert versions == {str(CITATION["version"])}
    authors = {codemeta["author"][0]["name"], project["authors"][0]["name"]}
    authors |= {package["contributors"][0]["title"], entities[root["author"][0]["@id"]]["name"]}
    assert authors == {AUTHOR}
    assert CITATION["title"] == codemeta["name"] == root["name"] == project["description"]
    assert package["title"].startswith(CITATION["title"].partition(":")[0])
    abstract = " ".join(CITATION["abstract"].split())
    assert abstract == codemeta["description"] == root["description"]
    code, content = CITATION["license"], CITATION["preferred-citation"]["license"]
    assert project["license"] == code
    assert [licence["name"] for licence in package["licenses"]] == [content]
    assert root["license"]["@id"] == package["licenses"][0]["path"]
    assert codemeta["license"].rpartition("/")[2] == code
    assert codemeta["hasPart"][0]["license"].rpartition("/")[2] == content
    deposit = load(ROOT / ".zenodo.json")
    assert deposit["license"] == content.lower()
    assert content in deposit["notes"] and code in deposit["notes"]
    both = [root["license"], {"@id": f"https://spdx.org/licenses/{code}"}]
    for name in ("income.ipynb", "microwork.zip"):
        assert entities[f"_downloads/{name}"]["license"] == both
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


def test_the_crate_lists_chapters_tables_and_notebooks_and_names_only_what_it_describes(site):
    """What a validator asks of a crate is in ``test_validators.py``."""
    text = read(site / "ro-crate-metadata.json")
    entities = {entity["@id"]: entity for entity in load(site / "ro-crate-metadata.json")["@graph"]}
    parts = {part["@id"] for part in entities["./"]["hasPart"]}
    assert all((site / part).is_file() and entities[part]["@type"] == "File" for part in parts)
    for name in report.CHAPTERS:
        assert parts.issuperset((f"chapters/{name}.html", f"_downloads/{name}.ipynb"))
    assert "_downloads/microwork.zip" in parts
    named = set(re.findall(r'\{\s*"@id": "([^"]+)"\s*\}', text))
    assert named - entities.keys() == {"https://w3id.org/ro/crate/1.1"}


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_a_licence_is_claimed_for_a_table_only_where_its_description_names_one(site, chapter):
    entities = {one["@id"]: one for one in load(site / "ro-crate-metadata.json")["@graph"]}
    found = told(site, f"chapters/{chapter}.html")
    [dataset] = [record for record in found if record["@type"] == "Dataset"]
    claimed = set()
    for download in dataset["distribution"]:
        name = download["contentUrl"].removeprefix(f"{BASE}data/").removesuffix(".csv")
        described = data.describe(name)
        wanted = [licence["path"] for licence in described["licenses"] if "name" in licence]
        in_crate = [one["@id"] for one in entities[f"data/{name}.csv"].get("license", [])]
        assert download.get("license", []) == in_crate == wanted, name
        assert wanted or download["description"] == terms.remark(described), name
        claimed |= set(wanted)
    assert dataset["license"] == sorted(claimed)


def test_the_citation_of_a_number_has_its_interval(site, loaded):
    bounded = [one for one in loaded.numbers if one.low is not None]
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
