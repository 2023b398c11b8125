"""The card of a number, a verdict or a word: by mouse, finger, keyboard and screen
reader, and the link that it is without scripts."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from tests.visits import card_of, until

COUNTS, POVERTY = "chapters/counts.html", "chapters/poverty.html"
IN_CARD = "!!document.activeElement.closest('.card')"
# Of what can be operated and is shown, one in so many that some ninety are looked at; links that
# stand in cards are reached from their number.
COVERED = """() => {
    const all = [...document.querySelectorAll(
        'a[href], button, input, select, summary, [tabindex="0"]'
    )].filter((e) => !e.closest('.cards') && !e.disabled
        && e.checkVisibility({ visibilityProperty: true }));
    const step = Math.max(1, Math.floor(all.length / 90));
    return all.filter((e, i) => i % step === 0).filter((e) => {
        e.focus({ focusVisible: true });
        const box = e.getClientRects()[0];
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !(top && (e.contains(top) || top.contains(e)));
    }).map((e) => e.outerHTML.slice(0, 120));
}"""


def test_a_card_opens_beside_its_line_while_the_mouse_is_there_and_stays_after_a_click(visit):
    """It says first what its sentence prints: an interval in the sentence is one in the card."""
    with visit(POVERTY) as page:
        for number in page.locator("main p data.num a:visible", has_text=" to ").all()[:4]:
            card = card_of(page, number)
            number.hover()
            card.wait_for(state="visible")
            box, line = card.bounding_box(), number.bounding_box()
            below = box["y"] - line["y"] - line["height"]
            above = line["y"] - box["y"] - box["height"]
            assert 0 <= max(below, above) < 20, "the card covers its line or is far from it"
            assert box["y"] >= 0 and box["y"] + box["height"] <= 900
            assert card.locator(".big").inner_text() == number.inner_text()
            page.mouse.move(0, 0)
            card.wait_for(state="hidden")
        number.click()
        card.wait_for(state="visible")
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)
        assert page.url.endswith("poverty.html") and card.is_visible()
        number.click()
        card.wait_for(state="hidden")
        number.click()
        page.mouse.click(5, 400)
        card.wait_for(state="hidden")


def test_a_card_opens_by_tap_inside_the_screen(visit):
    with visit(COUNTS, "phone", has_touch=True, is_mobile=True) as page:
        for number in page.locator("main p data.num a:visible").all()[:5]:
            number.tap()
            card_of(page, number).wait_for(state="visible")
            assert page.locator(".card:popover-open").count() == 1
            box = card_of(page, number).bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 390
            page.keyboard.press("Escape")
        assert page.url.endswith("counts.html")


def test_a_card_is_entered_passed_through_and_left_by_keyboard(visit):
    with visit(COUNTS) as page:
        number = page.locator("data.num a").first
        card = card_of(page, number)
        page.locator("main").focus()
        for _ in range(80):
            if page.evaluate("document.activeElement.matches('data.num a')"):
                break
            page.keyboard.press("Tab")
        page.wait_for_timeout(200)
        assert page.locator(".card:popover-open").count() == 0  # the way on leads past the cards
        page.keyboard.press("Enter")
        until(page, IN_CARD)
        assert page.url.endswith("counts.html"), "a press of Enter left the page"
        assert number.get_attribute("aria-expanded") == "true"
        for _ in range(card.locator("a[href]").count()):
            page.keyboard.press("Tab")
            assert page.evaluate(IN_CARD)
        page.keyboard.press("Tab")
        card.wait_for(state="hidden")
        follows = """(a) => !!(a.compareDocumentPosition(document.activeElement)
            & Node.DOCUMENT_POSITION_FOLLOWING)"""
        assert not page.evaluate(IN_CARD) and number.evaluate(follows)
        number.press("Enter")
        until(page, IN_CARD)
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")
        assert number.get_attribute("aria-expanded") == "false"
        assert number.evaluate("(a) => a === document.activeElement"), "focus was lost"


def test_an_open_card_is_a_dialog_with_a_name_and_moves_only_for_those_who_like_it(visit):
    for motion, animation in (("reduce", "none"), ("no-preference", "card")):
        with visit(COUNTS, dark=motion == "reduce", reduced_motion=motion) as page:
            page.locator("data.num a").first.click()
            card = page.get_by_role("dialog")
            card.wait_for()
            assert card.get_attribute("aria-label").startswith("About ")
            assert card.evaluate("(e) => getComputedStyle(e).animationName") == animation
            found = Axe().run(page, context=".card:popover-open", options={"preload": False})
            assert [rule["id"] for rule in found.response["violations"]] == []


def test_a_number_is_a_link_to_its_row_without_scripts_and_without_cards(visit):
    lost = "document.querySelector('.cards').dataset.file = 'missing.cards.js'"
    for scripts in (False, True):
        how = {"java_script_enabled": scripts, "forgiven": "ERR_FILE_NOT_FOUND"}
        with visit(COUNTS, **how) as page:
            number = page.locator("data.num a").first
            anchor = number.get_attribute("href").split("#")[1]
            if scripts:
                page.evaluate(lost)
            number.click()
            page.wait_for_url(f"**/numbers.html#{anchor}")
            assert page.locator(f'tr[id="{anchor}"]').is_visible()


def test_what_has_the_focus_is_not_covered(visit):
    """By the contents that stay in place."""
    with visit(COUNTS) as page:
        assert page.evaluate(COVERED) == []


def test_our_word_opens_the_reason_of_its_claim_and_leads_to_its_like(visit, claims):
    known = {f"#claim-{claim['claim_id']}": claim for claim in claims}
    with visit(COUNTS) as page:
        chip = page.locator("main td a.v").first
        claim = known[chip.get_attribute("href")]
        chip.click()
        card = page.locator(".card:popover-open")
        card.wait_for()
        assert claim["statement"] in card.inner_text() and claim["reason"] in card.inner_text()
        card.locator(".links a", has_text="with this verdict").click()
        page.wait_for_url("**/ledger.html?verdict=*")
        assert page.get_by_label("Verdict").input_value() == claim["word"]
        wanted = sum(one["word"] == claim["word"] for one in claims)
        assert page.locator("table.claims tbody tr:visible").count() == wanted > 0
