"""Searching the site from disk, in a real browser: numbers, claims, sources, words and the sections
of the pages."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote, urlparse

import pytest

from tests.visits import WIDTHS, Visit

GROUPS = ["found-sections", "found-numbers", "found-claims", "found-sources", "found-words"]


@pytest.fixture(scope="module")
def records(site):
    text = (site / "searchrecords.js").read_text(encoding="utf-8")
    return {
        group["many"]: group["records"]
        for group in json.loads(text.removeprefix("window.searchRecords=").rstrip(";\n"))
    }


@pytest.fixture(scope="module")
def page(browser, site):
    """The search page from disk, open for all tests of this file."""
    with Visit(browser, (site / "search.html").as_uri()) as (page, visit):
        yield page
        assert visit.errors == [] and visit.foreign == []


def found(page, query: str) -> dict[str, list[str]]:
    """What a query typed into the page gives: for each group the addresses, best first."""
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    return {
        group: page.eval_on_selector_all(
            f"#{group} a", "links => links.map(a => a.getAttribute('href'))"
        )
        for group in GROUPS
    }


def test_every_number_claim_and_source_is_a_record(records, site):
    numbers = json.loads((site / "numbers.json").read_text(encoding="utf-8"))["numbers"]
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert [record[0] for record in records["numbers"]] == [number["id"] for number in numbers]
    assert [record[0] for record in records["claims"]] == [claim["claim_id"] for claim in claims]
    assert len(records["sources"]) == (site / "chapters/sources.html").read_text(
        encoding="utf-8"
    ).count('class="citation"')
    assert len(records["words"]) > 20 and len(records["page sections"]) > 60


@pytest.mark.parametrize(
    ("query", "group", "address"),
    [
        ("21", "numbers", "chapters/numbers.html#income.published-mean"),
        ("21 EUR", "numbers", "chapters/numbers.html#income.published-mean"),
        ("21 €", "numbers", "chapters/numbers.html#income.published-mean"),
        ("260,000", "numbers", "chapters/numbers.html#counts.rounded-registered"),
        ("260 000", "numbers", "chapters/numbers.html#counts.rounded-registered"),
        ("260000", "claims", "chapters/ledger.html#claim-fr-registered"),
        ("260,000", "sources", "chapters/sources.html#afp2019"),  # its title has 260.000
        ("foule factory", "sections", "chapters/settle.html#document-wirk-registrations"),
        ("FOULE factory registered", "numbers", "chapters/numbers.html#counts.wirk-registered"),
        ("tubaro", "sources", "chapters/sources.html#tubaro2021blog"),
        ("kassi", "sources", "chapters/sources.html#kassi2021ore"),
        ("Kässi", "sources", "chapters/sources.html#kassi2021ore"),
        ("counts.mc-routine", "numbers", "chapters/numbers.html#counts.mc-routine"),
        ("tubaro2021blog", "sources", "chapters/sources.html#tubaro2021blog"),
        ("56%", "claims", "chapters/ledger.html#claim-women-share"),
        ("counts something else le monde", "claims", "chapters/ledger.html#claim-fr-registered"),
        ("etiquette", "words", "chapters/glossary.html#term-Label-etiquette-annotation"),
        ("verdicts", "sections", "chapters/methods.html"),
        (
            "pauvreté",
            "sections",
            "chapters/poverty.html",
        ),  # French words find what English ones do, with and without accents
        ("reentrainement", "sections", "chapters/retraining.html"),
        ("sous-traitance", "sections", "chapters/outsourcing.html"),
        ("tâcherons du clic", "sections", "chapters/counts.html"),
        ("femmes", "sections", "chapters/profile.html"),
        ("rémunération", "sections", "chapters/income.html"),
        ("estimating", "sections", "chapters/counts.html"),  # the text has "estimate"
        ("capture-recap", "sections", "chapters/counts.html"),
    ],
)
def test_a_query_finds_what_it_must(page, query, group, address):
    shown = found(page, query)[f"found-{group}"]
    assert any(href.startswith(address) for href in shown[:8]), shown[:8]


def test_the_exact_id_and_the_exact_value_come_first(page):
    assert found(page, "counts.mc-routine")["found-numbers"][0].endswith("#counts.mc-routine")
    first = page.locator("#found-numbers li").first
    found(page, "15,000")
    assert first.inner_text().startswith("15,000")


@pytest.mark.parametrize(
    ("query", "word", "chapter"),
    [("poverty", "Poverty-line", "poverty"), ("registered", "Registered", "counts")],
)
def test_what_a_word_means_and_the_chapter_stand_before_lists(page, query, word, chapter):
    found(page, query)
    addresses = page.eval_on_selector_all(
        ", ".join(f"#{group} a" for group in GROUPS),
        "links => links.map(a => a.getAttribute('href'))",
    )
    kinds = [
        f"chapters/glossary.html#term-{word}",
        f"chapters/{chapter}.html",
        "chapters/sources.html",
        "chapters/numbers.html",
    ]
    first = [
        next(place for place, href in enumerate(addresses) if href.startswith(kind))
        for kind in kinds[:2]
    ]
    lists = [place for place, href in enumerate(addresses) if href.startswith(tuple(kinds[2:]))]
    assert first == sorted(first) and first[-1] < min(lists)


def test_all_words_must_be_there_and_a_figure_is_not_looked_for_inside_another(page, records):
    assert not any(found(page, "casilli zebra").values())
    assert "zebra" in page.get_by_role("status").inner_text()
    inside = next(record for record in records["numbers"] if record[1].startswith("0."))
    figure = inside[1].split()[0].split("\u202f")[0]
    assert f"chapters/numbers.html#{inside[0]}" in found(page, figure)["found-numbers"]
    assert (
        f"chapters/numbers.html#{inside[0]}"
        not in found(page, figure.removeprefix("0."))["found-numbers"]
    )


def test_every_result_leads_to_a_place_that_exists(site, records):
    """All records, not only those that some query shows."""
    text = (site / "searchrecords.js").read_text(encoding="utf-8")
    pages: dict[str, str] = {}
    for group in json.loads(text.removeprefix("window.searchRecords=").rstrip(";\n")):
        assert group["records"], group["many"]
        for record in group["records"]:
            path, _, anchor = (group["base"] + record[0]).partition("#")
            if path not in pages:
                pages[path] = (site / path).read_text(encoding="utf-8")
            assert not anchor or f'id="{anchor}"' in pages[path], f"{path}#{anchor}"
            assert record[1].strip(), record


def test_results_are_lists_under_headings_and_the_status_counts_them(page):
    shown = found(page, "tubaro")
    status = page.get_by_role("status").inner_text()
    for group, addresses in shown.items():
        heading = page.locator(f"#{group} h2")
        assert heading.count() == bool(addresses)
        if addresses:
            count = heading.inner_text().split()[0]
            assert int(count) == len(addresses) and f"{count} " in status
            assert page.locator(f"#{group} ul").first.get_by_role("listitem").count() == min(
                6, len(addresses)
            )
    assert page.locator("#search-results mark").count()


def test_a_search_works_by_keyboard_alone_and_comes_back(browser, site):
    with Visit(browser, (site / "search.html").as_uri()) as (page, visit):
        page.get_by_role("searchbox").focus()
        page.keyboard.type("wirk-registered")
        page.keyboard.press("Enter")
        page.locator("#found-numbers").wait_for()
        page.keyboard.press("Tab")  # the button
        page.keyboard.press("Tab")  # the first group in the status line
        assert page.evaluate("document.activeElement.hash") == "#found-numbers"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.hash") == "#counts.wirk-registered"
        page.keyboard.press("Enter")
        page.wait_for_url("**/numbers.html#counts.wirk-registered")
        page.go_back()
        assert page.get_by_role("searchbox").input_value() == "wirk-registered"
        assert page.locator("#found-numbers a").first.is_visible()
        assert visit.errors == [] and visit.foreign == []


@pytest.mark.parametrize("query", ["21 EUR", "foule factory", '"tubaro" (2021)', "a+b*[", "<b>"])
def test_a_query_in_the_address_is_searched_at_once(browser, site, query):
    with Visit(browser, (site / "search.html").as_uri() + "?q=" + quote(query), "phone") as (
        page,
        visit,
    ):
        assert page.get_by_role("searchbox").input_value() == query
        assert page.get_by_role("status").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]["width"]
        assert "search.html" in unquote(urlparse(page.url).path)
        assert visit.errors == [] and visit.foreign == []


def test_without_javascript_the_search_page_says_where_to_look(browser, site):
    with Visit(browser, (site / "search.html").as_uri(), java_script_enabled=False) as (page, _):
        for name in ("numbers", "ledger", "sources", "glossary"):
            assert page.locator(
                f"noscript a[href='chapters/{name}.html'], main a[href='chapters/{name}.html']"
            ).first.is_visible()
