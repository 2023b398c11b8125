"""What a reader does with a page in a real Chromium, from disk, with no other host in reach."""

from __future__ import annotations

import re

import pytest

from microwork import report
from tests.files import read
from tests.visits import card_of, until

COUNTS = "chapters/counts.html"
ROWS = "table.claims tbody tr:visible"


def test_the_dark_toggle_recolours_page_and_charts_at_once_and_is_remembered(visit):
    colours = """() => [getComputedStyle(document.body).backgroundColor,
                        getComputedStyle(document.querySelector('.plot svg text')).fill]"""
    with visit(COUNTS) as page:
        before = page.evaluate(colours)
        page.get_by_role("button", name="Dark colours").click()
        after = page.evaluate(colours)
        assert before[0] != after[0] and before[1] != after[1]
        page.reload()
        assert page.evaluate(colours) == after


def test_a_card_opens_under_the_mouse_beside_its_line_and_closes_with_escape(visit):
    with visit(COUNTS) as page:
        number = page.locator("data.num a").first
        card = card_of(page, number)
        number.hover()
        card.wait_for(state="visible")
        box, line = card.bounding_box(), number.bounding_box()
        below, above = box["y"] - line["y"] - line["height"], line["y"] - box["y"] - box["height"]
        assert max(below, above) >= 0, "the card covers its line"
        assert "How" in card.inner_text()
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")


def test_a_card_opens_by_tap_inside_the_screen(visit):
    with visit(COUNTS, "phone", has_touch=True, is_mobile=True) as page:
        number = page.locator("data.num a").first
        number.tap()
        card_of(page, number).wait_for(state="visible")
        box = card_of(page, number).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert page.url.endswith("counts.html")


def test_a_click_pins_a_card_and_a_second_closes_it(visit):
    with visit(COUNTS) as page:
        number = page.locator("data.num a").first
        card = card_of(page, number)
        number.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)
        assert page.url.endswith("counts.html") and card.is_visible()
        assert card.locator(".big").inner_text() == number.inner_text()
        number.click()
        card.wait_for(state="hidden")


def test_a_card_says_first_what_its_sentence_prints(visit):
    """An interval in the sentence is an interval in the card."""
    with visit("chapters/poverty.html") as page:
        ranged = page.locator("main p data.num a:visible", has_text=" to ").first
        ranged.click()
        assert card_of(page, ranged).locator(".big").inner_text() == ranged.inner_text()


# Every list on every screen; every chapter on two of them, and on the others once a week.
SCREENS = [(390, True), (1280, False), (390, False), (1280, True)]
LANDINGS = [
    pytest.param(
        f"chapters/{page}.html",
        *screen,
        id=f"{page}-{screen}",
        marks=[pytest.mark.weekly] if page in report.CHAPTERS and screen in SCREENS[2:] else [],
    )
    for page in ("ledger", "numbers", "sources", *report.CHAPTERS)
    for screen in SCREENS
]
LANDINGS += [("fr/chapters/outsourcing.html", 390, True), ("fr/chapters/ledger.html", 1280, False)]


@pytest.mark.parametrize(("name", "width", "javascript"), LANDINGS)
def test_an_address_within_a_page_lands_on_its_target(visit, site, name, width, javascript):
    """Figures, sections, claims, numbers and sources: within 80 px of the top of the screen, or as
    near as the end of the page allows.

    Some are opened as a reader opens a link from elsewhere, all others as a jump within the page.
    """
    anchors = re.findall(
        r'<(?:section|figure|tr|data|div class="citation")[^>]* id="([^"]+)"', read(site / name)
    )
    asked = anchors[:: max(1, len(anchors) // 20)]
    with visit(f"{name}#{asked[0]}", java_script_enabled=javascript) as page:
        address = page.url.partition("#")[0]
        page.set_viewport_size({"width": width, "height": 800})
        missed, seen = [], 0
        for place, anchor in enumerate(asked):
            start = f"{address}?{anchor}" if place % 10 == 5 else page.url.partition("#")[0]
            page.goto(f"{start}#{anchor}")
            target = page.locator(f'[id="{anchor}"]')
            if not target.is_visible():
                continue  # it lies in a fold
            seen += 1
            top = target.bounding_box()["y"]
            last = page.locator("body").bounding_box()
            if not (0 <= top <= 80 or last["y"] + last["height"] <= 801):
                missed.append((anchor, top))
        assert missed == [] and seen > 5


def test_without_javascript_a_number_is_a_link_to_its_row(visit):
    with visit(COUNTS, java_script_enabled=False) as page:
        number = page.locator("data.num a").first
        anchor = number.get_attribute("href").split("#")[1]
        number.click()
        assert page.url.endswith(f"numbers.html#{anchor}")
        assert page.locator(f'tr[id="{anchor}"]').is_visible()


def test_the_ledger_filters(visit, claims):
    def count(**wanted: str) -> int:
        return sum(wanted.items() <= claim.items() for claim in claims)

    with visit("chapters/ledger.html") as page:
        rows = page.locator(ROWS)
        assert rows.count() == len(claims)
        verdict, outlet = claims[0]["verdict"], claims[0]["outlet"]
        page.get_by_label("Verdict").select_option(verdict)
        assert rows.count() == count(verdict=verdict)
        page.get_by_label("Outlet").select_option(outlet)
        assert rows.count() == count(verdict=verdict, outlet=outlet)
        page.get_by_label("Verdict").select_option("")
        page.get_by_label("Outlet").select_option("")
        page.get_by_label("Chapter").select_option("counts")
        assert rows.count() == count(chapter="counts")
        page.get_by_label("Words").fill("Foule Factory")
        assert 0 < rows.count() < len(claims)


def test_a_choice_in_the_ledger_stands_in_its_address(visit):
    with visit("chapters/ledger.html") as page:
        page.get_by_label("Chapter").select_option("income")
        page.get_by_label("Words").fill("euros")
        shown = page.locator(ROWS).count()
        assert page.url.endswith("?chapter=income&words=euros")
        page.goto(page.url)
        assert page.locator(ROWS).count() == shown > 0


def test_the_ledger_shows_the_verdicts_that_an_assumption_turns(visit, claims):
    wanted = sum(bool(claim["fragile"] and claim["fragile"]["turning"]) for claim in claims)
    with visit("chapters/ledger.html") as page:
        page.get_by_label("Assumptions").select_option("at least one turns it")
        texts = page.locator(ROWS).all_inner_texts()
        assert len(texts) == wanted > 0
        assert all("turns it" in text or "turn it" in text for text in texts)


def test_a_part_of_the_strip_and_a_card_lead_to_the_claims_of_a_verdict(visit, claims, site):
    with visit("index.html") as page:
        page.locator(".strip [data-card=card-verdict-undecided]").click()
        page.wait_for_url("**/ledger.html?verdict=undecided")
        wanted = sum(claim["verdict"] == "undecided" for claim in claims)
        assert page.locator(ROWS).count() == wanted > 0
        assert page.get_by_label("Verdict").input_value() == "undecided"
        page.goto((site / "chapters/poverty.html").as_uri())
        page.locator(".verdict-line a.v").first.click()
        page.locator(".card.open .links a", has_text="with this verdict").click()
        page.wait_for_url("**/ledger.html?verdict=*")


OUT_OF_SIGHT = """(parts) => [...document.querySelectorAll(parts)]
    .map((e) => !e.checkVisibility({ contentVisibilityAuto: true }))"""


@pytest.mark.parametrize(
    ("name", "parts"), [("sources", ".citation p"), ("retraining", "section.evidence > h2")]
)
def test_a_phone_lays_out_of_a_long_page_only_what_is_near(visit, name, parts):
    with visit(f"chapters/{name}.html", "phone") as page:
        waiting = page.evaluate(OUT_OF_SIGHT, parts)
        assert sum(waiting) > len(waiting) / 2 and waiting[-1]
        page.locator(parts).last.scroll_into_view_if_needed()
        until(page, f"!({OUT_OF_SIGHT})({parts!r}).pop()")


def test_a_phone_lays_out_of_a_long_list_only_what_is_near_and_finds_the_rest(visit, claims):
    rows = "table.claims tbody th"
    with visit("chapters/ledger.html", "phone") as page:
        waiting = page.evaluate(OUT_OF_SIGHT, rows)
        assert sum(waiting) > len(waiting) / 2 and waiting[-1]
        assert page.evaluate("(words) => find(words)", claims[-1]["statement"][:30])
        assert not page.evaluate(OUT_OF_SIGHT, rows)[-1]
