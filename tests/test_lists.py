"""The ledger: filters by keyboard, in the address, and back from it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from tests.visits import until

LEDGER, ROWS = "chapters/ledger.html", "table.claims tbody tr:visible"


def asked(tab) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def left(tab) -> list[str]:
    """The rows that are left, in their order, by what they say."""
    rows = tab.locator(ROWS)
    return rows.evaluate_all("all => all.map((e) => e.textContent.slice(0, 120))")


def test_words_are_given_by_keyboard_and_kept_in_the_address(visit):
    with visit(LEDGER, "phone") as tab:
        every = left(tab)
        tab.locator("form.filters select").first.focus()
        for _ in range(20):
            if tab.evaluate("document.activeElement.name") == "words":
                break
            tab.keyboard.press("Tab")
        tab.keyboard.type("France")
        found = left(tab)
        assert 0 < len(found) < len(every)
        said = tab.locator("form.filters output").inner_text()
        assert said.startswith(f"{len(found)} of {len(every):,} ")
        assert asked(tab) == {"words": ["France"]}
        tab.goto(tab.url)
        assert left(tab) == found
        tab.get_by_role("button", name="All").press("Enter")
        tab.wait_for_url(lambda url: "?" not in url)
        assert left(tab) == every
        tab.goto(f"{tab.url}?verdict=%00%E0&chapter=&other=1#%E0%A4%A")
        assert left(tab) == every and asked(tab) == {}
    with visit(LEDGER, java_script_enabled=False) as tab:
        assert tab.locator("form.filters").is_hidden() and tab.locator(ROWS).first.is_visible()


def test_a_filtered_ledger_leads_to_what_is_left_and_says_how_much(visit, claims):
    """Whoever comes with a choice in the address, and whoever presses Enter or the button."""
    choice = {"verdict": claims[0]["word"], "outlet": claims[0]["outlet"]}
    both = [one for one in claims if [one["word"], one["outlet"]] == [*choice.values()]]
    open_ = [one["claim_id"] for one in claims if one["word"] == "no estimate"]
    with visit(f"{LEDGER}?{urlencode(choice)}") as page:
        assert len(left(page)) == len(both) > 0
    with visit(f"{LEDGER}?verdict=no+estimate", "phone") as page:
        told = page.locator(".ledger output")
        assert told.inner_text() == f"{len(open_)} of {len(claims)} claims"
        assert told.evaluate("e => e === document.activeElement && e.ariaLive === 'polite'")
        assert 0 <= told.bounding_box()["y"] <= 80
        half = page.viewport_size["height"] / 2
        assert page.locator(ROWS).first.bounding_box()["y"] < half
        page.evaluate("scrollTo(0, 0)")
        page.get_by_label("Words").fill("platforms")
        assert page.evaluate("scrollY") < 700  # what is typed does not move the page
        page.keyboard.press("Enter")
        assert 0 <= told.bounding_box()["y"] <= 80
        page.get_by_role("button", name="All claims").click()
        until(page, "!location.search")
        assert told.inner_text() == f"{len(claims)} of {len(claims)} claims"
    # A claim in the address comes before the count.
    with visit(f"{LEDGER}?verdict=no+estimate#claim-{open_[5]}") as page:
        assert 0 <= page.locator(f"#claim-{open_[5]}").bounding_box()["y"] <= 80
