"""What the pages tell machines, read back with parsers that are not ours and compared with one
another."""

from __future__ import annotations

import json
import tomllib
import zipfile

import bibtexparser
import extruct
import frictionless
import pytest
import rispy
from tallybook import data
from tallybook.data import terms

from microwork import report
from microwork.paths import ROOT
from tests.published import AUTHOR, BASE, CITATION, STAYS, Head, in_site, page, title_of


@pytest.fixture(params=report.CHAPTERS)
def chapter(request):
    return request.param


def test_highwire_and_canonical_address_of_a_chapter(site, chapter):
    head = Head(page(site, f"chapters/{chapter}.html"))
    assert head.meta["citation_title"] == [title_of(site, chapter)]
    assert head.meta["citation_author"] == [f"{AUTHOR},"], (
        "the comma keeps the name of an organisation whole"
    )
    assert head.meta["author"] == [AUTHOR]
    assert head.meta["citation_inbook_title"] == [CITATION["title"]]
    assert head.meta["citation_language"] == ["en"]
    assert head.links["canonical"] == [f"{BASE}chapters/{chapter}.html"]
    assert (
        head.meta["citation_fulltext_html_url"]
        == head.links["cite-as"]
        == [f"{STAYS}chapters/{chapter}.html"]
    )
    assert head.meta["citation_publication_date"] == [
        str(CITATION["date-released"]).replace("-", "/")
    ]
    assert "citation_pdf_url" not in head.meta, "there is no public PDF"
    assert len(head.meta["description"][0].split()) > 20 and len(head.meta["description"][0]) <= 160


def test_the_book_itself_has_no_chapter_of_its_own(site):
    head = Head(page(site, "index.html"))
    assert head.meta["citation_title"] == [CITATION["title"]]
    assert "citation_inbook_title" not in head.meta
    assert head.links["canonical"] == head.meta["og:url"] == [BASE] and head.links["cite-as"] == [
        STAYS
    ]


def test_open_graph_has_a_card_that_exists_and_has_the_size_it_says(site, chapter):
    found = extruct.extract(page(site, f"chapters/{chapter}.html"), syntaxes=["opengraph"])[
        "opengraph"
    ][0]["properties"]
    values = dict(found)
    assert values["og:title"] == title_of(site, chapter)
    card = in_site(site, values["og:image"]).read_bytes()
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (1200, 630)
    assert values["og:image:width"] == "1200" and values["og:image:alt"]


def json_ld(site, name):
    return extruct.extract(page(site, name), syntaxes=["json-ld"])["json-ld"]


def test_json_ld_of_a_chapter_names_the_book_and_tables_that_exist(site, chapter):
    records = {record["@type"]: record for record in json_ld(site, f"chapters/{chapter}.html")}
    made = records["Chapter"]
    assert made["name"] == title_of(site, chapter) and made["isPartOf"]["name"] == CITATION["title"]
    assert made["author"][0]["name"] == AUTHOR
    files = [in_site(site, part["contentUrl"]) for part in records["Dataset"]["distribution"]]
    assert files and all(path.is_file() for path in files)
    assert {path.parent.name for path in files} == {chapter}


def test_json_ld_of_the_book_lists_its_chapters(site):
    [book] = json_ld(site, "index.html")
    assert book["@type"] == "Book" and book["version"] == str(CITATION["version"])
    assert [in_site(site, part["@id"]).stem for part in book["hasPart"]] == list(report.CHAPTERS)


def test_a_claim_review_for_every_claim_of_the_ledger(site):
    reviews = json_ld(site, "chapters/ledger.html")
    claims = {claim["claim_id"]: claim for claim in json.loads(page(site, "claims.json"))["claims"]}
    assert len(reviews) == len(claims)
    for review in reviews:
        claim = claims[review["url"].partition("#claim-")[2]]
        assert review["@type"] == "ClaimReview"
        assert review["reviewRating"]["alternateName"].lower() == claim["verdict"]
        assert review["reviewBody"] == claim["reason"]
        assert review["itemReviewed"]["appearance"]["publisher"]["name"] == claim["outlet"]
        assert review["itemReviewed"]["datePublished"] == claim["date"]
        assert review["itemReviewed"]["author"]["name"] == claim["said_by"]
    addresses = [review["itemReviewed"]["appearance"].get("url") for review in reviews]
    assert any(addresses) and all(url.startswith("http") for url in addresses if url), (
        "where the bibliography has one"
    )


def test_signposts_lead_to_files_of_the_site(site, chapter):
    for name in (f"chapters/{chapter}.html", "index.html"):
        links = Head(page(site, name)).links
        assert "https://creativecommons.org/licenses/by/4.0/" in links["license"]
        for rel in ("cite-as", "author", "describedby", "item", "collection"):
            for address in links.get(rel, []):
                assert in_site(site, address).is_file(), address


def test_the_exports_agree_with_the_page_and_the_citation_file(site, chapter):
    folder = site / "_cite"
    key = f"microwork{CITATION['date-released'].year}{chapter}"
    [entry] = bibtexparser.parse_file(str(folder / f"{key}.bib")).entries
    plain = {field.key: field.value.replace("{", "").replace("}", "") for field in entry.fields}
    [record] = rispy.loads((folder / f"{key}.ris").read_text(encoding="utf-8"))
    [csl] = json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
    title, address = title_of(site, chapter), f"{STAYS}chapters/{chapter}.html"
    assert (
        entry.entry_type == "incollection"
        and record["type_of_reference"] == "CHAP"
        and csl["type"] == "chapter"
    )
    assert plain["title"] == record["title"] == csl["title"] == title
    assert (
        plain["booktitle"]
        == record["secondary_title"]
        == csl["container-title"]
        == CITATION["title"]
    )
    assert plain["author"] == record["authors"][0] == csl["author"][0]["literal"] == AUTHOR
    assert (
        plain["edition"] == record["edition"] == csl["edition"] == f"Version {CITATION['version']}"
    )
    assert plain["url"] == record["urls"][0] == csl["URL"] == address
    html = page(site, f"chapters/{chapter}.html")
    block = html[html.index('<section class="cite"') :]
    assert (
        title in block.replace("&#x27;", "'")
        and AUTHOR in block
        and f"Version {CITATION['version']}" in block
    )


def test_all_that_describes_the_report_agrees(site):
    """Title, version, author, words and licences, wherever a machine may look for them."""
    codemeta = json.loads((ROOT / "codemeta.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = json.loads(page(site, "data/datapackage.json"))
    crate = json.loads(page(site, "ro-crate-metadata.json"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    root = entities["./"]

    versions = {
        str(CITATION["version"]),
        codemeta["version"],
        project["version"],
        package["version"],
        root["version"],
    }
    assert len(versions) == 1, versions
    authors = [
        CITATION["authors"][0]["name"],
        codemeta["author"][0]["name"],
        project["authors"][0]["name"],
    ]
    authors += [package["contributors"][0]["title"], entities[root["author"][0]["@id"]]["name"]]
    assert len(set(authors)) == 1, authors
    assert CITATION["title"] == codemeta["name"] == root["name"] == project["description"]
    assert package["title"].startswith(CITATION["title"].partition(":")[0])
    abstract = " ".join(CITATION["abstract"].split())
    assert abstract == codemeta["description"] == root["description"]
    code, content = CITATION["license"]
    assert project["license"] == code and [licence["name"] for licence in package["licenses"]] == [
        content
    ]
    assert root["license"]["@id"] == package["licenses"][0]["path"]
    assert [address.rpartition("/")[2] for address in codemeta["license"]] == [code, content]
    assert codemeta["runtimePlatform"].endswith(project["requires-python"].removeprefix(">="))
    assert codemeta["datePublished"] == str(CITATION["date-released"])
    assert codemeta["keywords"] == CITATION["keywords"]


def test_the_citation_file_asks_to_be_cited_as_the_book_that_its_pages_are():
    wanted, day = CITATION["preferred-citation"], CITATION["date-released"]
    assert wanted["type"] == "book" and wanted["edition"] == f"Version {CITATION['version']}"
    assert [wanted[part] for part in ("title", "authors", "url")] == [
        CITATION["title"],
        CITATION["authors"],
        BASE,
    ]
    assert (wanted["date-published"], wanted["year"], wanted["month"]) == (day, day.year, day.month)
    assert CITATION["url"] == BASE and CITATION["repository-code"].startswith("https://")


def test_the_crate_lists_chapters_tables_and_notebooks_and_all_of_them_exist(site):
    crate = json.loads(page(site, "ro-crate-metadata.json"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert (
        descriptor["conformsTo"]["@id"] == "https://w3id.org/ro/crate/1.1"
        and descriptor["about"]["@id"] == "./"
    )
    for field in ("name", "description", "datePublished", "license"):
        assert root[field]
    parts = [part["@id"] for part in root["hasPart"]]
    assert all((site / part).is_file() and entities[part]["@type"] == "File" for part in parts)
    for name in report.CHAPTERS:
        assert {f"chapters/{name}.html", f"_downloads/{name}.ipynb", f"_downloads/{name}.py"} < set(
            parts
        )
    assert (
        "_downloads/requirements.txt" in parts and sum(part.endswith(".whl") for part in parts) == 2
    )
    assert all(
        reference in entities for entity in crate["@graph"] for reference in references(entity)
    )


def test_a_licence_is_claimed_for_a_table_only_where_its_description_names_one(site, chapter):
    entities = {
        entity["@id"]: entity
        for entity in json.loads(page(site, "ro-crate-metadata.json"))["@graph"]
    }
    found = extruct.extract(page(site, f"chapters/{chapter}.html"), syntaxes=["json-ld"])["json-ld"]
    [dataset] = [record for record in found if record["@type"] == "Dataset"]
    claimed = set()
    for download in dataset["distribution"]:
        name = download["contentUrl"].removeprefix(f"{BASE}data/").removesuffix(".csv")
        wanted = [
            licence["path"] for licence in data.describe(name)["licenses"] if "name" in licence
        ]
        assert download.get("license", []) == wanted, name
        assert [one["@id"] for one in entities[f"data/{name}.csv"].get("license", [])] == wanted, (
            name
        )
        assert wanted or download["description"] == terms.remark(data.describe(name)), name
        claimed |= set(wanted)
    assert dataset["license"] == sorted(claimed)


def references(value):
    if isinstance(value, dict):
        for name, inside in value.items():
            if name != "conformsTo":
                yield from (
                    [inside["@id"]]
                    if isinstance(inside, dict) and set(inside) == {"@id"}
                    else references(inside)
                )
    elif isinstance(value, list):
        for inside in value:
            yield from (
                [inside["@id"]]
                if isinstance(inside, dict) and set(inside) == {"@id"}
                else references(inside)
            )


def test_the_tables_of_a_chapter_are_a_valid_package_of_their_own(site, chapter, tmp_path):
    with zipfile.ZipFile(site / f"_downloads/{chapter}-data.zip") as archive:
        archive.extractall(tmp_path)
    checked = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert checked.valid, checked.flatten(["name", "type", "note"])


def test_a_strict_policy_on_every_page(site):
    for path in site.rglob("*.html"):
        [policy] = Head(path.read_text(encoding="utf-8")).meta["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self';" in policy
        assert "unsafe" not in policy and "http" not in policy
