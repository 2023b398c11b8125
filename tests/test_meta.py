"""What the pages tell machines, read back with parsers that are not ours and compared with one
another: heads, exports, schemas, Markdown."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import extruct
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from tallybook.data import bibliography
from tallybook.sphinx.citing import meta

from microwork import report
from microwork.paths import BIBLIOGRAPHY, ROOT
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

SITES = ("", "fr/")
MARKDOWN = MarkdownIt("commonmark").enable("table")
RAW = re.compile(r"\{[\w:+-]+\}`|\[\[[\w.|-]+\]\]|```|attachment:")


def told(site, name: str, syntax: str = "json-ld") -> list[dict]:
    return extruct.extract(page(site, name), syntaxes=[syntax])[syntax]


@pytest.mark.parametrize("name", report.CHAPTERS)
def test_what_the_head_of_a_chapter_says(site, name):
    """Highwire, Open Graph and JSON-LD; the canonical address is the newest version's. BibTeX,
    RIS and CSL-JSON agree with it."""
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
    assert len(description.split()) > 15 and len(description) <= 160
    [graph] = told(site, where, "opengraph")
    values = dict(graph["properties"])
    card = in_site(site, values["og:image"]).read_bytes()
    assert values["og:title"] == title and card[:8] == b"\x89PNG\r\n\x1a\n"
    [made] = told(site, where)
    assert made["@type"] == "Chapter" and made["isPartOf"]["name"] == CITATION["title"]
    assert made["name"] == title and made["author"][0]["name"] == AUTHOR
    file = site / f"_cite/chapter-{name}"
    files = {end: read(file.with_suffix(f".{end}")) for end in ("bib", "ris", "json")}
    assert cited(files) == (title, STAYS + where)


def test_all_that_describes_the_report_agrees(site):
    """Title, version, author, words and licences, wherever a machine may look for them."""
    codemeta = load(ROOT / "codemeta.json")
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    package = load(site / "data/datapackage.json")
    [book] = told(site, "index.html")
    head = Head(page(site, "index.html"))
    assert head.meta["citation_title"] == [CITATION["title"]] and head.links["canonical"] == [BASE]
    assert "citation_inbook_title" not in head.meta and book["@type"] == "Book"
    assert [in_site(site, part["@id"]).stem for part in book["hasPart"]] == list(report.CHAPTERS)

    versions = {one["version"] for one in (codemeta, project, package, book)}
    assert versions == {str(CITATION["version"])}
    authors = {codemeta["author"][0]["name"], project["authors"][0]["name"]}
    authors |= {package["contributors"][0]["title"], book["author"][0]["name"]}
    assert authors == {AUTHOR}
    assert CITATION["title"] == codemeta["name"] == book["name"] == project["description"]
    abstract = " ".join(CITATION["abstract"].split())
    deposit = load(ROOT / ".zenodo.json")
    assert abstract == codemeta["description"] == deposit["description"]
    preferred = CITATION["preferred-citation"]
    licence, content = CITATION["license"], preferred["license"]
    assert project["license"] == licence == codemeta["license"].rpartition("/")[2]
    assert [one["name"] for one in package["licenses"]] == [content]
    assert book["license"] == package["licenses"][0]["path"]
    assert deposit["license"] == content.lower()
    assert content in deposit["notes"] and licence in deposit["notes"]
    related = {one["identifier"] for one in deposit["related_identifiers"]}
    assert related <= {
        entry.fields.get("doi") for entry in bibliography.read(BIBLIOGRAPHY).values()
    }
    day = CITATION["date-released"]
    assert codemeta["datePublished"] == str(day) and codemeta["keywords"] == CITATION["keywords"]
    wanted = {part: CITATION[part] for part in ("title", "authors", "url")}
    wanted |= {"type": "book", "edition": EDITION}
    wanted |= {"date-published": day, "year": day.year, "month": day.month}
    assert wanted.items() <= preferred.items() and CITATION["url"] == BASE


def test_a_strict_policy_on_every_page_and_hosts_are_told_that_other_sites_may_read_all(site):
    for path in site.rglob("*.html"):
        [policy] = Head(read(path)).meta["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert "unsafe" not in policy and "http" not in policy
    assert "frame-ancestors" not in meta.POLICY
    path, *headers = read(site / "_headers").splitlines()
    assert path == "/*" and "  Access-Control-Allow-Origin: *" in headers


# Markdown and JSON instead of pages


def links(text: str) -> list[str]:
    """Where the links of a Markdown text lead."""
    found = (token for block in MARKDOWN.parse(text) for token in block.children or ())
    return [str(token.attrs["href"]) for token in found if token.type == "link_open"]


def file_of(site: Path, address: str) -> Path:
    place = address.removeprefix(STAYS).removeprefix(BASE).partition("#")[0]
    return site / (f"{place}index.html" if place.endswith("/") or not place else place)


@pytest.mark.parametrize("folder", SITES)
def test_every_page_has_its_markdown_which_its_head_names_and_which_a_list_names(site, folder):
    home = site / folder
    led = set(links(read(home / "llms.txt")))
    listed = {file_of(site, address) for address in led}
    for path in [home / "index.html", *sorted((home / "chapters").glob("*.html"))]:
        plain = path.with_suffix(".md")
        address, text = f"{BASE}{plain.relative_to(site).as_posix()}", read(plain)
        assert address in Head(read(path)).links["alternate"] and plain in listed
        assert text.startswith("# ") and not RAW.search(text), plain
        led.update(links(text))
    ours = [address for address in led if address.startswith(BASE)]
    assert len(ours) > 100
    assert [address for address in ours if not file_of(site, address).is_file()] == []


@pytest.mark.parametrize("name", ["income", "counts"])
def test_in_markdown_a_number_stands_with_its_interval_and_a_claim_with_its_verdict(
    site, loaded, name
):
    text = read(site / f"chapters/{name}.md")
    rows = re.findall(r"^\| \[.*#([\w.-]+)\) \| (.*?) \|", text, re.M)
    foot = {one: interval.replace("\\$", "$") for one, interval in rows}
    low = {one.id for one in loaded.numbers if one.low is not None}
    there = set(re.findall(r"chapters/numbers\.html#([\w.-]+)\)", text))
    bounded = {one: loaded.show(one, "interval") for one in there if one in low}
    assert len(bounded) > 5 and bounded.items() <= foot.items()
    for claim in loaded.claims.values():
        if claim.chapter == name and not claim.repeats:
            verdict = loaded.judgements[claim.claim_id].verdict
            assert re.search(rf"\*\*\[{verdict}\]\(\S+#claim-{claim.claim_id}\)", text)


WRONG = {"numbers": {"high": None}, "answers": {"doubled": None}, "claims": {"word": None}}


@pytest.mark.parametrize("folder", SITES)
@pytest.mark.parametrize("name", WRONG)
def test_data_are_as_their_schema_says_which_refuses_what_is_wrong(site, folder, name):
    found = load(site / folder / f"{name}.json")
    schema = load(site / folder / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert found["$schema"] == schema["$id"]
    assert found["schemaVersion"] == schema["properties"]["schemaVersion"]["const"]
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in checker.iter_errors(found)] == []
    # Nothing stands in the file that the schema does not tell of.
    assert found.keys() == schema["properties"].keys()
    described = schema["$defs"]["record"]["properties"]
    assert all(one.keys() == described.keys() for one in found[name])
    (field,) = WRONG[name]
    record = next(one for one in found[name] if one[field] is not None)
    record |= WRONG[name]
    assert not checker.is_valid(found)
