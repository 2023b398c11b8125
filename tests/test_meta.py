"""What the pages tell machines, read back with parsers that are not ours and compared with one
another."""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections import Counter

import extruct
import pytest
from lxml import html
from tallybook import data
from tallybook.claims.styles import STYLES
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
    YEAR,
    Head,
    cited,
    in_site,
    page,
    title_of,
)


@pytest.fixture(params=report.CHAPTERS)
def chapter(request):
    return request.param


def test_highwire_and_canonical_address_of_a_chapter(site, chapter):
    head = Head(page(site, f"chapters/{chapter}.html"))
    stays = [f"{STAYS}chapters/{chapter}.html"]
    wanted = {
        "citation_title": [title_of(site, chapter)],
        "citation_author": [f"{AUTHOR},"],  # the comma keeps the name of an organisation whole
        "author": [AUTHOR],
        "citation_inbook_title": [CITATION["title"]],
        "citation_language": ["en"],
        "citation_fulltext_html_url": stays,
        "prism.edition": [EDITION],
        "citation_publication_date": [str(CITATION["date-released"]).replace("-", "/")],
    }
    assert {name: head.meta.get(name) for name in wanted} == wanted
    assert head.links["canonical"] == [f"{BASE}chapters/{chapter}.html"]
    assert head.links["cite-as"] == stays
    assert "citation_pdf_url" not in head.meta, "there is no public PDF"
    [description] = head.meta["description"]
    assert len(description.split()) > 20 and len(description) <= 160


def test_the_book_itself_has_no_chapter_of_its_own(site):
    head = Head(page(site, "index.html"))
    assert head.meta["citation_title"] == [CITATION["title"]]
    assert "citation_inbook_title" not in head.meta
    assert head.links["canonical"] == head.meta["og:url"] == [BASE]
    assert head.links["cite-as"] == [STAYS]


def told(site, name: str, syntax: str = "json-ld") -> list[dict]:
    return extruct.extract(page(site, name), syntaxes=[syntax])[syntax]


def test_open_graph_has_a_card_that_exists_and_has_the_size_it_says(site, chapter):
    [found] = told(site, f"chapters/{chapter}.html", "opengraph")
    values = dict(found["properties"])
    assert values["og:title"] == title_of(site, chapter)
    card = in_site(site, values["og:image"]).read_bytes()
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (1200, 630)
    assert values["og:image:width"] == "1200" and values["og:image:alt"]


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


def test_the_card_of_a_chapter_shows_a_chart_beside_its_words(browser, site, chapter):
    card = (site / f"_cards/{chapter}.png").read_bytes()
    with browser.new_context() as context:
        drawn = context.new_page().evaluate(
            DRAWN, f"data:image/png;base64,{b64encode(card).decode()}"
        )
    assert drawn > 3_000


@pytest.mark.parametrize("name", ["counts.mc-routine", "counts-crowd", "claim-fr-total-cnrs"])
def test_a_number_a_chart_and_a_claim_are_shared_with_the_card_of_their_chapter(site, name):
    [found] = told(site, f"_cite/{name}.html", "opengraph")
    values = dict(found["properties"])
    assert in_site(site, values["og:image"]) == site / "_cards/counts.png"
    assert values["og:url"] == Head(page(site, f"_cite/{name}.html")).links["canonical"][0]


def test_json_ld_of_a_chapter_names_the_book_and_tables_that_exist(site, chapter):
    records = {record["@type"]: record for record in told(site, f"chapters/{chapter}.html")}
    made = records["Chapter"]
    assert made["name"] == title_of(site, chapter) and made["isPartOf"]["name"] == CITATION["title"]
    assert made["author"][0]["name"] == AUTHOR
    files = [in_site(site, part["contentUrl"]) for part in records["Dataset"]["distribution"]]
    assert all(path.is_file() for path in files)
    assert {path.parent.name for path in files} == {chapter}


def test_json_ld_of_the_book_lists_its_chapters(site):
    [book] = told(site, "index.html")
    assert book["@type"] == "Book" and book["version"] == str(CITATION["version"])
    assert [in_site(site, part["@id"]).stem for part in book["hasPart"]] == list(report.CHAPTERS)


def test_every_claim_has_a_page_with_its_review_and_no_other_page_has_one(site):
    claims = {claim["claim_id"]: claim for claim in load(site / "claims.json")["claims"]}
    assert not told(site, "chapters/ledger.html")
    rated, speakers, addresses = 0, Counter(), 0
    for claim_id, claim in claims.items():
        name = f"_cite/claim-{claim_id}.html"
        [review] = told(site, name)
        head = Head(page(site, name))
        assert review["@type"] == "ClaimReview" and "robots" not in head.meta
        assert head.links["canonical"] == [review["url"]] == [BASE + name]
        assert f"<loc>{BASE}{name}</loc>" in read(site / "sitemap.xml")
        assert review["reviewRating"]["alternateName"].lower() == claim["verdict"]
        assert review["reviewBody"] == claim["reason"]
        said = review["itemReviewed"]
        assert said["appearance"]["publisher"]["name"] == claim["outlet"]
        assert said["datePublished"] == claim["date"]
        speaker = said.get("author", {"@type": ""})
        assert claim["said_by"].startswith(speaker.get("name", ""))
        speakers[speaker["@type"]] += 1
        rated += "ratingValue" in review["reviewRating"]
        addresses += said["appearance"].get("url", "").startswith("http")
    assert speakers.keys() == {"Person", "Organization", ""} and speakers["Person"] > 50
    settled = [one for one in claims.values() if STYLES[one["verdict"]].rating]
    assert rated == len(settled) > 10
    known = {row["key"] for row in data.records("sources") if row["url"]}
    places = {row["claim_id"]: row["source_key"] for row in data.records("claims")}
    assert addresses == sum(places[claim_id] in known for claim_id in claims) > 20


@pytest.mark.parametrize("name", ["index.html", *(f"chapters/{n}.html" for n in report.CHAPTERS)])
def test_signposts_lead_to_files_of_the_site(site, name):
    links = Head(page(site, name)).links
    assert "https://creativecommons.org/licenses/by/4.0/" in links["license"]
    for rel in ("cite-as", "author", "describedby", "item", "collection"):
        for address in links.get(rel, []):
            assert in_site(site, address).is_file(), address


def test_the_exports_agree_with_the_page_and_the_citation_file(site, chapter):
    made = site / f"_cite/microwork{YEAR}{chapter}"
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
    assert len(bounded) > 300
    for number in bounded[::20]:
        tree = html.fromstring(page(site, f"_cite/{number.id}.html"))
        [title] = tree.xpath("//meta[@name='citation_title']/@content")
        assert loaded.show(number.id, "full") in title
        files = zip(("bib", "ris", "json"), tree.xpath("//pre/text()")[:3], strict=True)
        assert cited(dict(files))[0] == title


def test_a_strict_policy_on_every_page(site):
    for path in site.rglob("*.html"):
        [policy] = Head(read(path)).meta["Content-Security-Policy"]
        # What is shown in a frame has no script, and may load none.
        allowed = [] if path.parent.name == "_embed" else ["script-src 'self'"]
        assert "default-src 'none'" in policy
        assert [part for part in policy.split("; ") if part.startswith("script-src")] == allowed
        assert "unsafe" not in policy and "http" not in policy
