"""What programs read instead of pages: Markdown, the list of it, schemas; and what hosts are
told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from tallybook.sphinx.citing import meta

from tests.files import load, read
from tests.published import BASE, STAYS, Head, page

SITES = ("", "fr/")
MARKDOWN = MarkdownIt("commonmark").enable("table")
RAW = re.compile(r"\{[\w:+-]+\}`|\[\[[\w.|-]+\]\]|```|attachment:")


def links(text: str) -> list[str]:
    """Where the links of a Markdown text lead."""
    found = (token for block in MARKDOWN.parse(text) for token in block.children or ())
    return [str(token.attrs["href"]) for token in found if token.type == "link_open"]


def in_site(site: Path, address: str) -> Path:
    place = address.removeprefix(STAYS).removeprefix(BASE).partition("#")[0]
    return site / (f"{place}index.html" if place.endswith("/") or not place else place)


@pytest.mark.parametrize("folder", SITES)
def test_every_page_has_its_markdown_which_its_head_names_and_which_a_list_names(site, folder):
    home = site / folder
    pages = [home / "index.html", *sorted((home / "chapters").glob("*.html"))]
    assert len(pages) > 10
    found = read(home / "llms.txt")
    blocks = MARKDOWN.parse(found)
    assert [block.tag for block in blocks if block.type == "heading_open"][:2] == ["h1", "h2"]
    assert found.partition("\n\n")[2].startswith("> ")
    listed, led = {in_site(site, address) for address in links(found)}, set(links(found))
    for page_ in pages:
        plain = page_.with_suffix(".md")
        address = f"{BASE}{plain.relative_to(site).as_posix()}"
        text = read(plain)
        assert address in Head(read(page_)).links["alternate"] and plain in listed
        assert text.startswith("# ") and not RAW.search(text), plain
        led.update(links(text))
    ours = [address for address in led if address.startswith(BASE)]
    assert len(ours) > 100
    assert [address for address in ours if not in_site(site, address).is_file()] == []


@pytest.mark.parametrize("name", ["income", "counts", "poverty"])
def test_a_number_stands_with_its_interval_and_a_claim_with_its_verdict(site, loaded, name):
    """At least once where the page prints it in its text; some sentences say its ends apart."""
    text = read(site / f"chapters/{name}.md")
    there = set(re.findall(rf"chapters/numbers\.html#({name}\.[\w.-]+)\)", text))
    bounded = {one for one in there if loaded.numbers[one].low is not None}
    assert len(bounded) > 5
    plain = text.replace("\\", "")

    def stands(one: str) -> bool:
        ends = (loaded.show(one, "low").split("\u202f")[0], loaded.show(one, "high"))
        return loaded.show(one, "interval") in plain or all(end in plain for end in ends)

    assert [one for one in sorted(bounded) if not stands(one)] == []
    for claim in loaded.claims.values():
        if claim.chapter == name and not claim.repeats:
            verdict = loaded.judgements[claim.claim_id].verdict
            assert re.search(rf"\*\*\[{verdict}\]\(\S+#claim-{claim.claim_id}\)", text)


# Schemas


@pytest.mark.parametrize("folder", SITES)
@pytest.mark.parametrize(
    ("name", "wrong"),
    [("numbers", {"high": None}), ("answers", {"doubled": None}), ("claims", {"word": None})],
)
def test_data_are_as_their_schema_says_which_refuses_what_is_wrong(site, folder, name, wrong):
    found = load(site / folder / f"{name}.json")
    schema = load(site / folder / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert found["$schema"] == schema["$id"]
    version = schema["properties"]["schemaVersion"]["const"]
    assert found["schemaVersion"] == version
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in checker.iter_errors(found)] == []
    # Nothing stands in the file that the schema does not tell of.
    assert found.keys() == schema["properties"].keys()
    described = schema["$defs"]["record"]["properties"]
    assert all(one.keys() == described.keys() for one in found[name])
    (field,) = wrong
    record = next(one for one in found[name] if one[field] is not None)
    record |= wrong
    assert not checker.is_valid(found)


def test_hosts_are_told_that_other_sites_may_read_all(site):
    path, *headers = read(site / "_headers").splitlines()
    assert path == "/*" and "  Access-Control-Allow-Origin: *" in headers
    [policy] = Head(page(site, "chapters/income.html")).meta["Content-Security-Policy"]
    assert policy == meta.POLICY and "frame-ancestors" not in policy
