"""Searching the site from disk, in a real browser: numbers, claims, sources, words and the sections
of the pages."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from urllib.parse import quote

import pytest

from microwork import report
from tests.files import load, read
from tests.visits import OVERFLOW, until

GROUPS = [
    f"found-{name}"
    for name in ("answers", "chapters", "ledger", "glossary", "pages", "numbers", "sources")
]
IDS = "parts => parts.map(part => part.id)"
HREFS = "links => links.map(a => a.getAttribute('href'))"


@pytest.fixture(scope="module")
def groups(site):
    text = read(site / "searchrecords.js").removesuffix(";\n")
    return json.loads(text.removeprefix("window.searchRecords="))


@pytest.fixture(scope="module")
def records(groups):
    return {group["id"]: group["records"] for group in groups}


@contextmanager
def searching(visit, name: str = "search.html"):
    """The search page from disk, open for all tests of this file."""
    with visit(name) as page:
        page.get_by_role("searchbox").focus()
        until(page, "!!window.searchRecords")  # the records come when somebody begins
        yield page


@pytest.fixture(scope="module")
def page(visit):
    with searching(visit) as page:
        yield page


@pytest.fixture(scope="module")
def french(visit):
    with searching(visit, "fr/search.html") as page:
        yield page


def found(page, query: str) -> dict[str, list[str]]:
    """What a query typed into the page gives: for each group the addresses, best first."""
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("searchbox").press("Enter")
    return {group: page.eval_on_selector_all(f"#{group} a", HREFS) for group in GROUPS}


def test_every_number_claim_and_source_is_a_record(records, site):
    numbers = load(site / "numbers.json")["numbers"]
    claims = load(site / "claims.json")["claims"]
    assert [record[0] for record in records["numbers"]] == [number["id"] for number in numbers]
    assert [record[0] for record in records["ledger"]] == [claim["claim_id"] for claim in claims]
    assert len(records["sources"]) == read(site / "chapters/sources.html").count('class="citation"')
    assert len(records["glossary"]) > 20
    assert len(records["chapters"]) > 40 and len(records["pages"]) > 40


# A query, the group in which it finds something, and what is among the first eight there.
QUERIES = (
    ("21 €", "numbers", "chapters/numbers.html#income.published-mean"),
    ("260 000", "numbers", "chapters/numbers.html#counts.rounded-registered"),
    ("260,000", "sources", "chapters/sources.html#afp2019"),  # its title has 260.000
    ("FOULE factory registered", "numbers", "chapters/numbers.html#counts.wirk-registered"),
    ("foule factory", "pages", "chapters/settle.html"),
    ("Kässi", "sources", "chapters/sources.html#kassi2021ore"),
    ("tubaro2021blog", "sources", "chapters/sources.html#tubaro2021blog"),
    ("56%", "ledger", "chapters/ledger.html#claim-women-share"),
    ("etiquette", "glossary", "chapters/glossary.html#term-Label-etiquette-annotation"),
    # French words that a page has, without accents.
    ("reentrainement", "chapters", "chapters/retraining.html"),
    # Claims by the words of the press, and by who said them.
    ("PAUVRES", "ledger", "chapters/ledger.html#claim-poverty-22"),
    ("Casilli 21", "ledger", "chapters/ledger.html#claim-income-21"),
    ("stabilité d’emploi", "ledger", "chapters/ledger.html#claim-no-job-stability"),
    ("estimating", "chapters", "chapters/counts.html"),  # the text has "estimate"
    ("capture-recap", "chapters", "chapters/counts.html"),
)


def test_a_query_finds_what_it_must(page):
    missed = {}
    for query, group, address in QUERIES:
        shown = found(page, query)[f"found-{group}"][:8]
        if not any(href.startswith(address) for href in shown):
            missed[query] = shown
    assert missed == {}


def test_the_exact_id_and_the_exact_value_come_first(page):
    assert found(page, "counts.routine-share")["found-numbers"][0].endswith("#counts.routine-share")
    first = page.locator("#found-numbers li").first
    found(page, "15,000")
    assert first.inner_text().startswith("15,000")


FIRST = (
    ("page", "poverty", ["poverty"]),
    ("page", "salaire", ["income"]),
    ("french", "pauvrete", ["poverty"]),
    ("french", "microtravailleurs", ["counts", "profile", "poverty"]),
)


def test_the_first_that_is_found_is_the_chapter_or_one_of_its_claims(page, french, claims):
    kept = {f"chapters/ledger.html#claim-{claim['claim_id']}": claim["chapter"] for claim in claims}
    kept |= {f"chapters/{chapter}.html": chapter for chapter in report.CHAPTERS}
    wrong = {}
    for edition, query, chapters in FIRST:
        first = shown_first(page if edition == "page" else french, query)
        answered = first.partition("#answer-")[2].partition(".")[0]
        if (answered or kept.get(first) or kept.get(first.partition("#")[0])) not in chapters:
            wrong[query] = first
    assert wrong == {}


def test_a_name_finds_first_what_its_owner_said(page, claims):
    first = shown_first(page, "Casilli").partition("#claim-")[2]
    (claim,) = (claim for claim in claims if claim["claim_id"] == first)
    assert "Casilli" in claim["said_by"]


def shown_first(page, query: str) -> str:
    found(page, query)
    return page.locator("#search-results li a").first.get_attribute("href")


def test_what_a_word_means_stands_before_the_lists(page):
    meant = found(page, "poverty")["found-glossary"]
    assert any(href.startswith("chapters/glossary.html#term-Poverty-line") for href in meant)
    order = [group for group in page.locator("#search-results > div").evaluate_all(IDS)]
    assert set(order[:3]) == set(GROUPS[:3]) and order[3:] == GROUPS[3:]


def test_most_words_must_be_there_and_a_figure_is_not_looked_for_inside_another(page, records):
    assert not any(found(page, "zebra").values())
    assert "zebra" in page.get_by_role("status").inner_text()
    assert any(found(page, "casilli zebra").values())
    assert "all of these words" in page.get_by_role("status").inner_text()
    inside = next(record for record in records["numbers"] if record[1].startswith("0."))
    figure, address = re.split(r"\s", inside[1])[0], f"chapters/numbers.html#{inside[0]}"
    assert address in found(page, figure)["found-numbers"]
    assert address not in found(page, figure.removeprefix("0."))["found-numbers"]


def test_every_result_leads_to_a_place_that_exists(site, groups):
    """All records, not only those that some query shows."""
    pages = {}
    for group in groups:
        assert group["records"], group["many"]
        for record in group["records"]:
            path, _, anchor = (group["base"] + record[0]).partition("#")
            if path not in pages:
                pages[path] = read(site / path)
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
            items = page.locator(f"#{group} ul").first.get_by_role("listitem")
            assert items.count() == min(6, len(addresses))
    assert page.locator("#search-results mark").count()


def test_a_search_works_by_keyboard_alone_and_comes_back(visit):
    with visit("search.html") as page:
        page.get_by_role("searchbox").focus()
        page.keyboard.type("wirk-registered")
        page.keyboard.press("Enter")
        page.locator("#found-numbers").wait_for()
        page.keyboard.press("Tab")  # the button; then the first group in the status line
        for reached in ("#found-numbers", "#counts.wirk-registered"):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.hash") == reached
        page.keyboard.press("Enter")
        page.wait_for_url("**/numbers.html#counts.wirk-registered")
        page.go_back()
        assert page.get_by_role("searchbox").input_value() == "wirk-registered"
        assert page.locator("#found-numbers a").first.is_visible()


def test_a_query_in_the_address_is_searched_at_once(visit):
    for query in ('"tubaro" (2021)', "a+b*[<b>"):
        with visit(f"search.html?q={quote(query)}", "phone") as page:
            assert page.get_by_role("searchbox").input_value() == query
            assert page.get_by_role("status").inner_text()
            assert page.evaluate(OVERFLOW) <= 0 and "/search.html?" in page.url


def test_without_javascript_the_search_page_says_where_to_look(visit):
    with visit("search.html", java_script_enabled=False) as page:
        for name in ("numbers", "ledger", "sources", "glossary"):
            assert page.locator(f"main a[href='chapters/{name}.html']").first.is_visible()
