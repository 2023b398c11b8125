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
@pytest.mark.parametrize(
    ("name", "wrong"), [("numbers", {"high": None}), ("claims", {"verdict": None})]
)
def test_data_are_as_their_schema_says_which_refuses_what_is_wrong(site, folder, name, wrong):
    found = load(site / folder / f"{name}.json")
    schema = load(site / folder / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert found["$schema"] == schema["$id"]
    version = schema["properties"]["schemaVersion"]["const"]
    assert found["schemaVersion"] == numbers.VERSION == version
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


def test_every_page_is_sent_with_one_policy_and_only_pages_of_things_in_frames(site):
    pages = [one.relative_to(site).as_posix() for one in site.rglob("*.html")]
    # A few of each folder.
    few = {name.rpartition("/")[0]: name for name in pages}.values()
    assert len(few) > 3
    for name in few:
        for address in (f"/{name}", f"/{name.removesuffix('.html')}", f"/v/1.2.3/{name}"):
            heads = sent(site, address)
            wanted = meta.POLICY if "/_cite/" in address else host_headers.UNFRAMED
            assert heads["Content-Security-Policy"] == [wanted], address
            assert heads["X-Content-Type-Options"] == ["nosniff"]
            assert len(heads["Cache-Control"]) == 1, address
    assert sent(site, "/")["Content-Security-Policy"] == [host_headers.UNFRAMED]
    assert "frame-ancestors" not in meta.POLICY
    [policy] = Head(page(site, "chapters/income.html")).meta["Content-Security-Policy"]
    assert f"{policy}; frame-ancestors 'none'" == host_headers.UNFRAMED


def test_other_sites_may_read_the_data_and_no_page(site):
    for name in ("numbers.json", "fr/claims.json", "data/claims.csv", "chapters/income.md"):
        assert (site / name).is_file()
        assert sent(site, f"/{name}")["Access-Control-Allow-Origin"] == ["*"]
    assert "Access-Control-Allow-Origin" not in sent(site, "/chapters/income.html")


def test_the_file_keeps_to_the_limits_of_hosts(site):
    """Of Cloudflare: a hundred rules, lines of 2,000 letters, one asterisk in each path."""
    assert len(rules(site)) <= 100
    assert max(map(len, read(site / "_headers").splitlines())) < 2000
    assert all(path.count("*") <= 1 for path in rules(site))
