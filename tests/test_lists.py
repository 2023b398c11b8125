"""The long lists: filters by keyboard, in the address, and back from it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from tests.visits import until

LISTS = {"ledger": "table.claims tbody tr"}  # their rows


def asked(tab) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.url).query)


def left(tab, name: str) -> list[str]:
    """The rows that are left, in their order, by what they say."""
    rows = tab.locator(f"{LISTS[name]}:visible")
    return rows.evaluate_all("all => all.map((e) => e.textContent.slice(0, 120))")


def test_words_are_given_by_keyboard_and_kept_in_the_address(visit):
    for name, rows in LISTS.items():
        with visit(f"chapters/{name}.html", "phone") as tab:
            every = left(tab, name)
            tab.locator("form.filters select").first.focus()
            while tab.evaluate("document.activeElement.name") != "words":
                tab.keyboard.press("Tab")
            tab.keyboard.type("France")
            found = left(tab, name)
            assert 0 < len(found) < len(every)
            said = tab.locator("form.filters output").inner_text()
            assert said.startswith(f"{len(found)} of {len(every):,} ")
            assert asked(tab) == {"words": ["France"]}
            tab.goto(tab.url)
            assert left(tab, name) == found
            tab.get_by_role("button", name="All").press("Enter")
            tab.wait_for_url(lambda url: "?" not in url)
            assert left(tab, name) == every
            wrong = "verdict=%00%E0&chapter=&other=1"
            tab.goto(f"{tab.url}?{wrong}#%E0%A4%A")
            assert left(tab, name) == every and asked(tab) == {}
        with visit(f"chapters/{name}.html", java_script_enabled=False) as tab:
            assert tab.locator("form.filters").is_hidden()
            assert tab.locator(rows).first.is_visible()


def test_each_choice_leaves_the_rows_that_have_it(visit, claims):
    def count(**wanted: str) -> int:
        return sum(wanted.items() <= claim.items() for claim in claims)

    word, outlet = claims[0]["word"], claims[0]["outlet"]
    wanted = {
        ("ledger", urlencode({"verdict": word, "outlet": outlet})): count(word=word, outlet=outlet),
        ("ledger", "chapter=counts"): count(chapter="counts"),
    }
    found = {}
    for name, query in wanted:
        with visit(f"chapters/{name}.html?{query}") as tab:
            found[name, query] = len(left(tab, name))
    assert found == wanted and all(found.values())


def test_a_filtered_ledger_leads_to_what_is_left_and_says_how_much(visit, claims):
    """Whoever comes with a choice in the address, and whoever presses Enter or the button."""
    open_ = [one["claim_id"] for one in claims if one["word"] == "no estimate"]
    first = "table.claims tbody tr:visible >> nth=0"
    for width in ("phone", "desktop"):
        with visit("chapters/ledger.html?verdict=no+estimate", width) as page:
            told = page.locator(".ledger output")
            assert told.inner_text() == f"{len(open_)} of {len(claims)} claims"
            assert told.evaluate("e => e === document.activeElement && e.ariaLive === 'polite'")
            assert 0 <= told.bounding_box()["y"] <= 80
            half = page.viewport_size["height"] / 2
            assert page.locator(first).bounding_box()["y"] < half
            page.evaluate("scrollTo(0, 0)")
            page.get_by_label("Words").fill("platforms")
            assert page.evaluate("scrollY") < 700  # what is typed does not move the page
            page.keyboard.press("Enter")
            assert 0 <= told.bounding_box()["y"] <= 80
            page.get_by_role("button", name="All claims").click()
            until(page, "!location.search")
            assert told.inner_text() == f"{len(claims)} of {len(claims)} claims"
    # A claim in the address comes before the count.
    with visit(f"chapters/ledger.html?verdict=no+estimate#claim-{open_[5]}") as page:
        assert 0 <= page.locator(f"#claim-{open_[5]}").bounding_box()["y"] <= 80
