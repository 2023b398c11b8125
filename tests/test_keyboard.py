"""The site without a mouse, and as a screen reader is told of it: what axe cannot see."""

from __future__ import annotations

import pytest

from tests.visits import card_of

IN_CARD = "document.activeElement.closest('.card') !== null"
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


@pytest.mark.parametrize("name", ["counts", "ledger", "sources"])
def test_what_has_the_focus_is_not_covered(visit, name):
    """Neither by the contents that stay in place nor by the card that a number opens."""
    with visit(f"chapters/{name}.html") as page:
        assert page.evaluate(COVERED) == []


def test_a_card_is_entered_and_left_by_keyboard(visit):
    with visit(COUNTS) as page:
        number = page.locator("data.num a").first
        card = card_of(page, number)
        page.locator("main").focus()
        while not page.evaluate("document.activeElement.matches('data.num a')"):
            page.keyboard.press("Tab")
        card.wait_for(state="visible")
        assert number.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        assert page.evaluate(IN_CARD)
        page.keyboard.press("Escape")
        assert not card.is_visible() and number.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.matches('data.num a')"), "focus was lost"
        page.keyboard.press("Tab")
        assert not page.evaluate(IN_CARD)


def test_a_card_that_was_pinned_is_passed_through_by_tab(visit):
    """Enter pins it, Tab goes through its links and on to what follows the number; a second Enter
    closes it."""
    with visit(COUNTS) as page:
        number = page.locator("data.num a").first
        card = card_of(page, number)
        number.focus()
        page.keyboard.press("Enter")
        card.wait_for(state="visible")
        assert page.url.endswith("counts.html"), "a press of Enter left the page"
        for _ in range(card.locator("a[href]").count()):
            page.keyboard.press("Tab")
            assert page.evaluate(IN_CARD)
        page.keyboard.press("Tab")
        assert not card.is_visible() and not page.evaluate(IN_CARD)
        assert number.evaluate(
            "a => !!(a.compareDocumentPosition(document.activeElement) &"
            " Node.DOCUMENT_POSITION_FOLLOWING)"
        )
        number.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert not card.is_visible()


def test_folds_open_and_close_by_keyboard(visit):
    with visit(COUNTS) as page:
        for kind in ("details.more:not(.more-claims)", ".cell details", "figure .tools details"):
            fold = page.locator(kind).first
            fold.locator("> summary").focus()
            for key, state in (("Enter", True), ("Space", False)):
                page.keyboard.press(key)
                assert fold.evaluate("e => e.open") is state, (kind, key)


def test_the_ledger_filters_by_keyboard_and_says_how_many_rows_are_left(visit, claims):
    with visit("chapters/ledger.html") as page:
        status = page.locator(".ledger output")
        live = status.evaluate("e => e.getAttribute('aria-live') || e.role || e.tagName")
        assert live in ("polite", "status", "OUTPUT")
        assert status.inner_text() == f"{len(claims)} of {len(claims)} claims"
        page.get_by_label("Verdict").focus()
        page.keyboard.press("ArrowDown")
        verdict = page.get_by_label("Verdict").input_value()
        left = sum(claim["verdict"] == verdict for claim in claims)
        assert verdict and status.inner_text() == f"{left} of {len(claims)} claims"
        for _ in ("outlet", "chapter", "assumptions", "words"):
            page.keyboard.press("Tab")
        page.keyboard.type("zebra")
        assert status.inner_text() == f"0 of {len(claims)} claims"


def test_dark_follows_the_system_until_it_is_chosen(visit):
    with visit("index.html") as page:

        def becomes(theme: str, pressed: str) -> None:
            page.locator(f"html[data-theme={theme}] .toggle[aria-pressed={pressed}]").wait_for()

        becomes("light", "false")
        page.emulate_media(color_scheme="dark")
        becomes("dark", "true")
        page.emulate_media(color_scheme="light")
        becomes("light", "false")
        page.get_by_role("button", name="Dark colours").focus()
        page.keyboard.press("Space")
        becomes("dark", "true")
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        page.reload()
        becomes("dark", "true")  # a choice is kept, whatever the system does
        page.wait_for_timeout(200)
        becomes("dark", "true")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_without_javascript_the_system_decides_and_no_dead_button_is_shown(visit, dark):
    with visit("index.html", dark=dark, java_script_enabled=False) as page:
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert shade == ("rgb(22, 23, 26)" if dark else "rgb(251, 250, 246)")
        assert not page.locator(".toggle").is_visible()
