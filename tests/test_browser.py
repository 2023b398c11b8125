"""What a reader does with a page in a real Chromium, from disk and from a server, with no other
host in reach."""

from __future__ import annotations

import json
import re

import pytest

from microwork import report
from tests.conftest import explore
from tests.visits import Visit, serving, unfold


@pytest.fixture(scope="module")
def server(site):
    with serving(site) as address:
        yield address


@pytest.mark.parametrize("from_disk", [True, False], ids=["disk", "server"])
def test_sliders_move_the_numbers_shown(browser, site, server, from_disk):
    address = (
        (site / "chapters/counts.html").as_uri() if from_disk else f"{server}/chapters/counts.html"
    )
    with Visit(browser, address) as (page, visit):
        name = page.locator(
            "figure.chart", has=page.locator("button.go", has_text="Move")
        ).first.get_attribute("id")
        figure = page.locator(
            f"#{name}"
        )  # by its name: the button's words change when it is pressed
        assert "vega" not in " ".join(
            page.eval_on_selector_all("script[src]", "s => s.map(x => x.src)")
        ).replace("theme", "")
        explore(figure)
        slider = figure.locator("input[type=range]").first
        slider.wait_for()
        before = (
            figure.locator(".plot text").all_inner_texts()
            or figure.locator(".plot text").all_text_contents()
        )
        slider.focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        after = figure.locator(".plot text").all_text_contents()
        assert [t for t in after if t not in before], "no text of the chart moved"
        assert visit.errors == [] and visit.foreign == []


def test_every_chart_can_be_explored(browser, site):
    for chapter in report.CHAPTERS:
        with Visit(browser, (site / f"chapters/{chapter}.html").as_uri()) as (page, visit):
            unfold(page)
            moving = page.locator("figure.chart", has=page.locator("button.go")).all()
            assert moving
            for figure in moving:
                explore(figure)
            assert visit.errors == [] and visit.foreign == []


def test_the_dark_toggle_recolours_page_and_charts_at_once_and_is_remembered(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        colour = """() => [getComputedStyle(document.body).backgroundColor,
                           getComputedStyle(document.querySelector('.plot svg text')).fill]"""
        before = page.evaluate(colour)
        page.get_by_role("button", name="dark").or_(
            page.get_by_role("button", name="theme")
        ).first.click()
        after = page.evaluate(colour)
        assert before[0] != after[0] and before[1] != after[1]
        page.reload()
        assert page.evaluate(colour) == after
        assert visit.errors == []


def number(page):
    return page.locator("data.num a").first


def test_a_card_opens_by_mouse_and_keyboard_and_closes_with_escape(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        card = page.locator("#" + number(page).get_attribute("data-card").replace(".", r"\."))
        number(page).hover()
        card.wait_for(state="visible")
        box, line = card.bounding_box(), number(page).bounding_box()
        assert box["y"] >= line["y"] + line["height"] or box["y"] + box["height"] <= line["y"], (
            "the card covers its line"
        )
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")
        page.mouse.move(0, 0)
        number(page).focus()
        card.wait_for(state="visible")
        assert "How" in card.inner_text()
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")
        assert visit.errors == []


def test_a_card_opens_by_tap_inside_the_screen(browser, site):
    with Visit(
        browser, (site / "chapters/counts.html").as_uri(), "phone", has_touch=True, is_mobile=True
    ) as (page, visit):
        number(page).tap()
        card = page.locator("#" + number(page).get_attribute("data-card").replace(".", r"\."))
        card.wait_for(state="visible")
        box = card.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        assert "counts.html" in page.url and page.url.count("numbers.html") == 0
        assert visit.errors == []


def test_a_click_pins_a_card_and_a_second_closes_it(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, visit):
        card = page.locator("#" + number(page).get_attribute("data-card").replace(".", r"\."))
        number(page).click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(600)
        assert card.is_visible() and page.url.endswith("counts.html"), (
            "a click left the page, or its card did not stay"
        )
        assert card.locator(".big").inner_text() == number(page).inner_text()
        number(page).click()
        card.wait_for(state="hidden")
        assert visit.errors == []


def test_a_card_says_first_what_its_sentence_prints(browser, site):
    """An interval in the sentence is an interval in the card."""
    with Visit(browser, (site / "chapters/poverty.html").as_uri()) as (page, _):
        ranged = page.locator("main p data.num a:visible", has_text=" to ").first
        ranged.click()
        card = page.locator("#" + ranged.get_attribute("data-card").replace(".", r"\."))
        assert card.locator(".big").inner_text() == ranged.inner_text()


LISTS = ("ledger", "numbers")
SCREENS = [(390, True), (1280, False), (390, False), (1280, True)]
# Every list on every screen; every chapter on two of them, and on the others once a week.
LANDINGS = [
    pytest.param(page, *screen, id=f"{page}-{screen}") for page in LISTS for screen in SCREENS
] + [
    pytest.param(
        page,
        *screen,
        id=f"{page}-{screen}",
        marks=[pytest.mark.weekly] if screen in SCREENS[2:] else [],
    )
    for page in report.CHAPTERS
    for screen in SCREENS
]


@pytest.mark.parametrize(("chapter", "width", "javascript"), LANDINGS)
def test_an_address_within_a_page_lands_on_its_target(browser, site, chapter, width, javascript):
    """Figures, sections, claims and numbers: within 80 px of the top of the screen, or as near as
    the end of the page allows.

    Some are opened as a reader opens a link from elsewhere, all others as a jump within the page.
    """
    address = (site / f"chapters/{chapter}.html").as_uri()
    text = (site / f"chapters/{chapter}.html").read_text(encoding="utf-8")
    names = re.findall(r'<(?:section|figure|tr|data)[^>]* id="([^"]+)"', text)
    asked = names[:: max(1, len(names) // 20)]
    with Visit(browser, f"{address}#{asked[0]}", java_script_enabled=javascript) as (page, _):
        page.set_viewport_size({"width": width, "height": 800})
        missed, seen = [], 0
        for place, name in enumerate(asked):
            page.goto(
                f"{address}?{name}#{name}"
                if place % 10 == 5
                else f"{page.url.partition('#')[0]}#{name}"
            )
            target = page.locator(f'[id="{name}"]')
            if not target.is_visible():
                continue  # it lies in a fold
            seen += 1
            top = target.bounding_box()["y"]
            last = page.locator("body").bounding_box()
            at_end = last["y"] + last["height"] <= 801
            if not (0 <= top <= 80 or at_end):
                missed.append((name, top))
        assert missed == [] and seen > 5


def test_a_chart_that_is_explored_stays_where_it_was(browser, site):
    with Visit(browser, (site / "chapters/income.html").as_uri()) as (page, _):
        for figure in page.locator("figure.chart:has(button.go)").all()[:3]:
            figure.scroll_into_view_if_needed()
            before = figure.bounding_box()["y"]
            explore(figure)
            assert abs(figure.bounding_box()["y"] - before) <= 2


def test_without_javascript_a_number_is_a_link_to_its_row(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri(), java_script_enabled=False) as (
        page,
        _,
    ):
        anchor = number(page).get_attribute("href").split("#")[1]
        number(page).click()
        assert page.url.endswith(f"numbers.html#{anchor}")
        assert page.locator(f'tr[id="{anchor}"]').is_visible()


def test_the_ledger_filters(browser, site):
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    claims = [claim for claim in claims if not claim["repeats"]]
    with Visit(browser, (site / "chapters/ledger.html").as_uri()) as (page, visit):
        rows = page.locator("table.claims tbody tr:visible")
        assert rows.count() == len(claims)
        verdict = claims[0]["verdict"]
        page.get_by_label("Verdict").select_option(verdict)
        assert rows.count() == sum(claim["verdict"] == verdict for claim in claims)
        outlet = next(claim["outlet"] for claim in claims if claim["verdict"] == verdict)
        page.get_by_label("Outlet").select_option(outlet)
        assert rows.count() == sum(
            claim["verdict"] == verdict and claim["outlet"] == outlet for claim in claims
        )
        page.get_by_label("Verdict").select_option("")
        page.get_by_label("Outlet").select_option("")
        page.get_by_label("Chapter").select_option("counts")
        assert rows.count() == sum(claim["chapter"] == "counts" for claim in claims)
        page.get_by_label("Words").fill("Foule Factory")
        assert 0 < rows.count() < len(claims)
        assert visit.errors == [] and visit.foreign == []


def test_the_ledger_is_whole_without_javascript(browser, site):
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    claims = [claim for claim in claims if not claim["repeats"]]
    with Visit(browser, (site / "chapters/ledger.html").as_uri(), java_script_enabled=False) as (
        page,
        _,
    ):
        assert page.locator("table.claims tbody tr:visible").count() == len(claims)


def test_a_phone_lays_out_of_a_long_list_only_what_is_near_and_finds_the_rest(browser, site):
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    last = [claim["statement"] for claim in claims if not claim["repeats"]][-1]
    with Visit(browser, (site / "chapters/ledger.html").as_uri(), "phone") as (page, _):
        out_of_sight = """[...document.querySelectorAll('table.claims tbody th')]
            .map((e) => !e.checkVisibility({ contentVisibilityAuto: true }))"""
        waiting = page.evaluate(out_of_sight)
        assert sum(waiting) > len(waiting) / 2 and waiting[-1]
        assert page.evaluate("(words) => find(words)", last[:30])
        assert not page.evaluate(out_of_sight)[-1]


def test_search_works_from_disk(browser, site):
    with Visit(browser, (site / "search.html").as_uri() + "?q=registered") as (page, visit):
        page.locator("#search-results li").first.wait_for()
        assert visit.errors == [] and visit.foreign == []
