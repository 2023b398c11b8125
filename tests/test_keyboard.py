"""The site without a mouse, and as a screen reader is told of it: what axe cannot see."""

from __future__ import annotations

import json

import pytest

from tests.visits import Visit, until

# Everything that can be operated and is shown; links that stand in cards are reached from their
# number.
OPERABLE = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter((e) => !e.closest('.cards') && e.checkVisibility({ visibilityProperty: true }) && !e.disabled)"""


@pytest.mark.parametrize(
    "name", ["chapters/counts.html", "chapters/ledger.html", "chapters/sources.html"]
)
def test_what_has_the_focus_is_not_covered(browser, site, name):
    """Neither by the contents that stay in place nor by the card that a number opens."""
    with Visit(browser, (site / name).as_uri()) as (page, _):
        covered = page.evaluate(f"""() => {{
            const all = ({OPERABLE})(), step = Math.max(1, Math.floor(all.length / 90));
            return all.filter((e, i) => i % step === 0).filter((e) => {{
                e.focus({{ focusVisible: true }});
                const box = e.getClientRects()[0];
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return !(top && (e.contains(top) || top.contains(e)));
            }}).map((e) => e.outerHTML.slice(0, 120));
        }}""")
        assert covered == []


def test_a_card_is_entered_and_left_by_keyboard(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        number = page.locator("data.num a").first
        page.locator("main").focus()
        while not page.evaluate("document.activeElement.matches('data.num a')"):
            page.keyboard.press("Tab")
        card = page.locator(f"[id='{number.get_attribute('data-card')}']")
        card.wait_for(state="visible")
        assert number.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('.card') !== null")
        page.keyboard.press("Escape")
        assert not card.is_visible() and number.get_attribute("aria-expanded") == "false"
        assert page.evaluate("document.activeElement.matches('data.num a')"), (
            "the focus was not given back"
        )
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.card') === null")
        assert visit.errors == []


def test_a_card_that_was_pinned_is_passed_through_by_tab(browser, site):
    """Enter pins it, Tab goes through its links and on to what follows the number; a second Enter
    closes it."""
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        number = page.locator("data.num a").first
        card = page.locator(f"[id='{number.get_attribute('data-card')}']")
        number.focus()
        page.keyboard.press("Enter")
        card.wait_for(state="visible")
        assert page.url.endswith("counts.html"), "a press of Enter left the page"
        for _ in range(card.locator("a[href]").count()):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('.card') !== null")
        page.keyboard.press("Tab")
        assert not card.is_visible()
        assert number.evaluate(
            "a => !!(a.compareDocumentPosition(document.activeElement) &"
            " Node.DOCUMENT_POSITION_FOLLOWING)"
        )
        assert page.evaluate("document.activeElement.closest('.cards') === null")
        number.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert not card.is_visible() and visit.errors == []


def test_folds_open_and_close_by_keyboard(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, _):
        for kind in ("details.more:not(.more-claims)", ".cell details", "figure .tools details"):
            fold = page.locator(kind).first
            fold.locator("> summary").focus()
            for key, state in (("Enter", True), ("Space", False)):
                page.keyboard.press(key)
                assert fold.evaluate("e => e.open") is state, (kind, key)


def test_the_ledger_filters_by_keyboard_and_says_how_many_rows_are_left(browser, site):
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    claims = [claim for claim in claims if not claim["repeats"]]
    with Visit(browser, (site / "chapters/ledger.html").as_uri()) as (page, _):
        status = page.locator(".ledger output")
        assert status.evaluate("e => e.getAttribute('aria-live') || e.role || e.tagName") in (
            "polite",
            "status",
            "OUTPUT",
        )
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


def test_sliders_have_names_and_values_and_their_effect_is_told(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        name = page.locator(
            "figure.chart", has=page.locator("button.go", has_text="Move")
        ).first.get_attribute("id")
        figure = page.locator(f"#{name}")
        figure.locator("button.go").focus()
        page.keyboard.press("Enter")
        figure.locator("input[type=range]").first.wait_for()
        assert page.evaluate("document.activeElement.type") == "range", "the focus did not follow"
        for slider in figure.locator("input[type=range]").all():
            label = slider.get_attribute("aria-label")
            assert len(label) > 3
            assert slider.evaluate("e => e.min !== '' && e.max !== '' && e.value !== ''")
        told = figure.get_by_role("status")
        before, value = told.inner_text(), page.evaluate("document.activeElement.value")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        until(page, "([e, old]) => e.textContent !== old", [told.element_handle(), before])
        assert page.evaluate("document.activeElement.value") != value
        first = figure.locator("input[type=range]").first.get_attribute("aria-label")
        assert told.inner_text().startswith(first), told.inner_text()
        shown = figure.locator("svg.marks text").all_text_contents()
        new = told.inner_text().split("now ", 1)[1].rstrip(".").split("; ")
        assert new and all(text in shown for text in new), (new, shown)
        assert visit.errors == []


def test_dark_follows_the_system_until_it_is_chosen(browser, site):
    with Visit(browser, (site / "index.html").as_uri()) as (page, visit):
        toggle = page.get_by_role("button", name="Dark colours")

        def becomes(theme: str, pressed: str) -> None:
            page.locator(f"html[data-theme={theme}] .toggle[aria-pressed={pressed}]").wait_for()

        becomes("light", "false")
        page.emulate_media(color_scheme="dark")
        becomes("dark", "true")
        page.emulate_media(color_scheme="light")
        becomes("light", "false")
        toggle.focus()
        page.keyboard.press("Space")
        becomes("dark", "true")
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        page.reload()
        becomes("dark", "true")  # a choice is kept, whatever the system does
        page.wait_for_timeout(200)
        becomes("dark", "true")
        assert visit.errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_without_javascript_the_system_decides_and_no_dead_button_is_shown(browser, site, dark):
    with Visit(browser, (site / "index.html").as_uri(), dark=dark, java_script_enabled=False) as (
        page,
        _,
    ):
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert shade == ("rgb(22, 23, 26)" if dark else "rgb(251, 250, 246)")
        assert not page.locator(".toggle").is_visible()
