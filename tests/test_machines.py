"""What programs read instead of pages: Markdown, the list of it, schemas, and what hosts are told
to send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from markdown_it import MarkdownIt
from tallybook.sphinx import host_headers, meta, numbers

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
def test_every_page_has_its_markdown_which_its_head_names(site, folder):
    pages = [site / folder / "index.html", *sorted((site / folder / "chapters").glob("*.html"))]
    named = [Head(read(one)).links.get("alternate", []) for one in pages]
    there = {
        one.relative_to(site).with_suffix(".md").as_posix(): found
        for one, found in zip(pages, named, strict=True)
        if found  # a page that leads on has none
    }
    assert len(there) > 10
    for name, found in there.items():
        assert f"{BASE}{name}" in found
        text = read(site / name)
        assert text.startswith("# ") and not RAW.search(text), name


@pytest.mark.parametrize("folder", SITES)
def test_links_of_markdown_lead_to_files_of_the_site(site, folder):
    ours = {
        address
        for path in [site / folder / "llms.txt", *sorted((site / folder).rglob("*.md"))]
        for address in links(read(path))
        if address.startswith(BASE)
    }
    assert len(ours) > 100
    assert [address for address in ours if not in_site(site, address).is_file()] == []


@pytest.mark.parametrize("folder", SITES)
def test_the_list_has_the_form_that_programs_expect(site, folder):
    text = read(site / folder / "llms.txt")
    blocks = MARKDOWN.parse(text)
    assert [block.tag for block in blocks if block.type == "heading_open"][:2] == ["h1", "h2"]
    assert text.partition("\n\n")[2].startswith("> ")
    listed = {in_site(site, address) for address in links(text)}
    assert listed.issuperset((site / folder).glob("chapters/*.md"))
    assert site / folder / "index.md" in listed


@pytest.mark.parametrize("name", ["income", "counts", "poverty"])
def test_a_number_stands_with_its_interval_and_the_verdict_that_rests_on_it(site, loaded, name):
    """At least once where the page prints it in its text."""
    text = read(site / f"chapters/{name}.md")
    there = set(re.findall(rf"chapters/numbers\.html#({name}\.[\w.-]+)\)", text))
    bounded = {one for one in there if loaded.numbers[one].low is not None}
    assert len(bounded) > 5
    plain = text.replace("\\", "")
    assert [one for one in bounded if loaded.show(one, "interval") not in plain] == []
    ways = {
        claim_id: judgement.verdict
        for claim_id, judgement in loaded.judgements.items()
        if judgement.found and not loaded.claims[claim_id].repeats
    }
    mine = [one for one in ways if loaded.claims[one].chapter == name]
    for claim_id in mine:
        row = rf"Verdict: \*\*\[{ways[claim_id]}\]\(\S+#claim-{claim_id}\)"
        assert re.search(row, text), claim_id


def test_a_figure_of_the_press_is_told_with_the_verdict_on_it(site):
    said = (
        r"\[21 EUR\]\(\S+\) \(verdict on \[CNRS Le Journal, 24 May 2019\]"
        r"\(\S+\): \**([\w ,]+)\**\)"
    )
    [verdict] = set(re.findall(said, read(site / "chapters/income.md").replace("\u202f", " ")))
    claims = {one["claim_id"]: one["verdict"] for one in load(site / "claims.json")["claims"]}
    assert verdict == claims["income-21"]


def test_charts_are_told_in_words(site):
    text = read(site / "chapters/income.md")
    drawings = re.findall(r"\[Drawing\]\((\S+)\)", text)
    assert drawings and "![" not in text
    assert all(in_site(site, address).is_file() for address in drawings)


# Schemas


@pytest.mark.parametrize("folder", SITES)
@pytest.mark.parametrize("name", ["numbers", "claims"])
def test_data_are_as_their_schema_says(site, folder, name):
    found = load(site / folder / f"{name}.json")
    schema = load(site / folder / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert (
        found["$schema"]
        == schema["$id"]
        == f"{STAYS}{folder}{name}.schema.json".replace(
            STAYS + folder, schema["$id"].rpartition("/")[0] + "/"
        )
    )
    assert (
        found["schemaVersion"] == numbers.VERSION == schema["properties"]["schemaVersion"]["const"]
    )
    checker = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [error.message for error in checker.iter_errors(found)] == []
    # Nothing stands in the file that the schema does not tell of.
    assert found.keys() == schema["properties"].keys()
    record = schema["$defs"]["record"]["properties"]
    assert all(one.keys() == record.keys() for one in found[name])


@pytest.mark.parametrize(
    ("name", "field", "wrong"),
    [("numbers", "high", None), ("numbers", "value", "12"), ("claims", "verdict", None)],
)
def test_a_schema_refuses_what_is_wrong(site, name, field, wrong):
    found, schema = load(site / f"{name}.json"), load(site / f"{name}.schema.json")
    record = next(one for one in found[name] if one[field] is not None)
    record[field] = wrong
    assert not Draft202012Validator(schema).is_valid(found)


# What hosts send


def rules(site: Path) -> dict[str, dict[str, str]]:
    """The rules of the file, by path."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in read(site / "_headers").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
        else:
            path = line
            assert path not in found
            found[path] = {}
    return found


def sent(site: Path, address: str) -> dict[str, list[str]]:
    """What a host sends for an address: all that fits."""
    heads: dict[str, list[str]] = {}
    for path, told in rules(site).items():
        parts = (
            ".*" if one == "*" else "[^/]+" if one[0] == ":" else re.escape(one)
            for one in re.findall(r"\*|:\w+|[^*:]+", path)
        )
        if re.fullmatch("".join(parts), address):
            for name, value in told.items():
                heads.setdefault(name, []).append(value)
    return heads


def test_every_page_is_sent_with_one_policy_and_in_no_frame(site):
    pages = [one.relative_to(site).as_posix() for one in site.rglob("*.html")]
    assert len(pages) > 1000
    seen = {}
    for name in pages:
        folder = name.rpartition("/")[0]
        if seen.setdefault(folder, 0) > 3:
            continue
        seen[folder] += 1
        for address in (f"/{name}", f"/{name.removesuffix('.html')}", f"/v/1.2.3/{name}"):
            heads = sent(site, address)
            wanted = meta.POLICY if "/_cite/" in address else host_headers.UNFRAMED
            assert heads["Content-Security-Policy"] == [wanted], address
            assert heads["X-Content-Type-Options"] == ["nosniff"]
            assert len(heads["Cache-Control"]) == 1, address
    assert sent(site, "/")["Content-Security-Policy"] == [host_headers.UNFRAMED]
    assert "frame-ancestors" not in sent(site, "/_cite/income.html")["Content-Security-Policy"][0]


@pytest.mark.parametrize(
    "address",
    ["numbers.json", "fr/claims.json", "data/sources.csv", "chapters/income.md", "llms.txt"],
)
def test_other_sites_may_read_the_data(site, address):
    assert (site / address).is_file() or address == "data/sources.csv"
    assert sent(site, f"/{address}")["Access-Control-Allow-Origin"] == ["*"]
    assert "Access-Control-Allow-Origin" not in sent(site, "/chapters/income.html")


def test_the_file_keeps_to_the_limits_of_hosts(site):
    """Of Cloudflare: a hundred rules, lines of 2,000 letters, one asterisk in each path."""
    assert len(rules(site)) <= 100
    assert max(map(len, read(site / "_headers").splitlines())) < 2000
    assert all(path.count("*") <= 1 for path in rules(site))


def test_the_policy_of_the_file_is_the_one_in_the_pages(site):
    [policy] = Head(page(site, "chapters/income.html")).meta["Content-Security-Policy"]
    [told] = sent(site, "/chapters/income.html")["Content-Security-Policy"]
    assert told == f"{policy}; frame-ancestors 'none'"
