"""The long lists: filters and order by keyboard, in the address, and back from it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.files import load
from tests.visits import OVERFLOW

ROWS = {
    "ledger": "table.claims tbody tr",
    "numbers": "table.numbers tbody tr",
    "sources": ".citation",
    "settle": ".settles",
}
ORDERS = {"ledger": "date", "numbers": "name", "sources": "year", "settle": "title"}
KEYS = {
    "ledger": "(row) => row.querySelector('time').dateTime",
    "numbers": "(row) => row.id",
    "sources": "(row) => (row.textContent.match(/, ((?:19|20)[0-9]{2})\\./) ?? ['', ''])[1]",
    "settle": "(row) => row.closest('section').querySelector('h2').textContent",
}


def asked(tab) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def ids(tab, name: str) -> list[str]:
    """The rows that are left, in their order, by what they say."""
    rows = tab.locator(f"{ROWS[name]}:visible")
    return rows.evaluate_all("all => all.map((e) => e.textContent.slice(0, 120))")


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("name", ROWS)
def test_words_and_an_order_are_given_by_keyboard_and_kept_in_the_address(visit, name, width):
    with visit(f"chapters/{name}.html", width) as tab:
        every = ids(tab, name)
        tab.locator("form.filters select").first.focus()
        while tab.evaluate("document.activeElement.name") != "words":
            tab.keyboard.press("Tab")
        tab.keyboard.type("France")
        found = ids(tab, name)
        assert 0 < len(found) < len(every)
        said = tab.locator("form.filters output").inner_text()
        assert said.startswith(f"{len(found)} of {len(every):,} ")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.name") == "sort"
        tab.get_by_label("Order").select_option(ORDERS[name])
        arranged = ids(tab, name)
        assert sorted(arranged) == sorted(found)
        assert asked(tab) == {"words": ["France"], "sort": [ORDERS[name]]}
        tab.goto(tab.url)
        assert ids(tab, name) == arranged
        tab.get_by_role("button", name="All").press("Enter")
        tab.wait_for_url(lambda url: "?" not in url)
        assert ids(tab, name) == every
        assert tab.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("name", ROWS)
def test_rows_come_in_the_order_that_is_asked_for(visit, name):
    with visit(f"chapters/{name}.html?sort={ORDERS[name]}") as tab:
        parts = ["section[data-chapter]"] if name == "numbers" else ["main"]
        for part in tab.locator(parts[0]).all():
            keys = part.locator(ROWS[name]).evaluate_all(f"all => all.map({KEYS[name]})")
            right = "(keys) => [...keys].sort(new Intl.Collator('en', { numeric: true }).compare)"
            known = [key for key in keys if key]
            assert len(known) > 1 and known == tab.evaluate(right, known)


@pytest.mark.parametrize("name", ROWS)
def test_nonsense_in_the_address_is_left_out(visit, name):
    wrong = "sort=zebra&verdict=%00%E0&chapter=&grade=Z&sort=name&other=1"
    with visit(f"chapters/{name}.html") as tab:
        every = ids(tab, name)
        tab.goto(f"{tab.url}?{wrong}#%E0%A4%A")
        assert ids(tab, name) == every and asked(tab) == {}
        assert tab.locator("form.filters select").first.input_value() == ""


def test_numbers_of_a_chapter_and_sources_of_a_grade(visit, site):
    numbers = load(site / "numbers.json")["numbers"]
    with visit("chapters/numbers.html?chapter=income") as tab:
        wanted = sum(number["chapter"] == "income" for number in numbers)
        assert len(ids(tab, "numbers")) == wanted > 0
        assert tab.locator("section[data-chapter]:visible").count() == 1
    with visit("chapters/sources.html?grade=Grade+A") as tab:
        assert ids(tab, "sources")
        texts = tab.locator(".citation:visible").all_inner_texts()
        assert all("Grade A." in text for text in texts)
        whole = tab.locator(".citation").all_text_contents()
        assert len(texts) == sum("Grade A." in text for text in whole)


def test_documents_that_would_settle_claims_of_a_verdict(visit, site):
    claims = load(site / "claims.json")["claims"]
    with visit("chapters/settle.html?verdict=undecided") as tab:
        wanted = sum(
            len(claim["settles"])
            for claim in claims
            if claim["verdict"] == "undecided" and not claim["repeats"]
        )
        assert len(ids(tab, "settle")) == wanted > 0
        sections = tab.locator("section[id^=document-]:visible").all()
        assert sections and all(one.locator(".settles:visible").count() for one in sections)


@pytest.mark.parametrize("name", ROWS)
def test_without_scripts_the_whole_list_stands(visit, name):
    with visit(f"chapters/{name}.html", java_script_enabled=False) as tab:
        assert tab.locator("form.filters").is_hidden()
        assert tab.locator(ROWS[name]).first.is_visible()
