"""What a reader does with a page in a real Chromium, from disk, with no other host in reach; small
screens, large letters (WCAG 2.2); the bar of chapters and the front page."""

from __future__ import annotations

import re

from microwork import report
from tests.conftest import CHROMIUM, FLAGS
from tests.files import read
from tests.visits import CUT, OVERFLOW, until, visiting

COUNTS = "chapters/counts.html"
OUT_OF_SIGHT = """(parts) => [...document.querySelectorAll(parts)]
    .map((e) => !e.checkVisibility({ contentVisibilityAuto: true }))"""


def test_the_colours_follow_the_system_until_they_are_chosen(visit):
    """Those of charts too, and without scripts."""
    ground = "getComputedStyle(document.body).backgroundColor"
    letters = "getComputedStyle(document.querySelector('.plot svg text')).fill"
    with visit(COUNTS) as page:

        def becomes(theme: str, pressed: str) -> list[str]:
            page.locator(f"html[data-theme={theme}] .toggle[aria-pressed={pressed}]").wait_for()
            return [page.evaluate(ground), page.evaluate(letters)]

        light = becomes("light", "false")
        page.emulate_media(color_scheme="dark")
        dark = becomes("dark", "true")
        assert all(one != other for one, other in zip(light, dark, strict=True))
        page.emulate_media(color_scheme="light")
        becomes("light", "false")
        page.get_by_role("button", name="Dark colours").press("Space")
        assert becomes("dark", "true") == dark
        page.reload()
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        page.wait_for_timeout(200)
        assert becomes("dark", "true") == dark  # a choice is kept, whatever the system does
    for shade, is_dark in zip((light, dark), (False, True), strict=True):
        with visit("index.html", dark=is_dark, java_script_enabled=False) as page:
            assert page.evaluate(ground) == shade[0]
            assert not page.locator(".toggle").is_visible()


def test_an_address_within_a_page_lands_on_its_target(visit, site):
    """Figures, sections, claims, numbers and sources: within 80 px of the top of the screen, or as
    near as the end of the page allows."""
    kinds = r'<(?:section|figure|tr|data|div class="citation")[^>]* id="([^"]+)"'
    missed = []
    for place, width in (("chapters/sources", 390), ("fr/chapters/outsourcing", 1280)):
        anchors = re.findall(kinds, read(site / f"{place}.html"))
        with visit(f"{place}.html", java_script_enabled=width < 400) as page:
            address, seen = page.url, 0
            page.set_viewport_size({"width": width, "height": 800})
            for anchor in anchors[:: len(anchors) // 12]:
                page.goto(f"{address}#{anchor}")
                target = page.locator(f'[id="{anchor}"]')
                # A fold that the browser opens for a jump may land elsewhere: not yet mended.
                if target.evaluate("(e) => !!e.closest('details')"):
                    continue
                seen += 1
                top = target.bounding_box()["y"]
                last = page.locator("body").bounding_box()
                if not (0 <= top <= 80 or last["y"] + last["height"] <= 801):
                    missed.append((place, width, anchor, top))
            assert seen > 3, place
    assert missed == []


def test_a_phone_lays_out_of_a_long_page_only_what_is_near_and_finds_the_rest(visit, claims):
    part = "table.claims tbody th"
    with visit("chapters/ledger.html", "phone") as page:
        waiting = page.evaluate(OUT_OF_SIGHT, part)
        assert sum(waiting) > len(waiting) / 2 and waiting[-1]
        assert page.evaluate("(words) => find(words)", claims[-1]["statement"][:30])
        until(page, f"!({OUT_OF_SIGHT})({part!r}).pop()")


def test_the_contents_lead_to_the_sections_and_stay_in_reach_on_a_phone(visit):
    with visit("chapters/profile.html") as page:
        links = [link for link in page.locator(".side .contents a").all() if link.is_visible()]
        sections = page.locator("main section > h2").all_inner_texts()
        told = [text.removesuffix("#") for text in sections if text.endswith("#")]
        assert len(links) > 2 and [link.inner_text() for link in links] == told
        links[2].click()
        target = page.locator(f"[id='{links[2].get_attribute('href')[1:]}']")
        assert 0 <= target.bounding_box()["y"] <= 80
    with visit("chapters/profile.html", "phone") as page:
        page.mouse.wheel(0, 6000)
        until(page, "scrollY > 1000")
        summary = page.locator(".bar summary")
        assert 0 <= summary.bounding_box()["y"] < 80
        summary.click()
        page.get_by_role("link", name="Top of the page").click()
        until(page, "scrollY === 0")


def test_letters_grow_with_the_setting_of_the_reader(browser, site):
    """The browser's own size of text at twice the usual 16 px, the window as it was."""
    size = "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
    large = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    with browser.browser_type.launch(executable_path=CHROMIUM, args=large) as other:
        for name in ("index", "chapters/counts", "chapters/ledger"):
            with visiting(other, (site / f"{name}.html").as_uri(), "phone") as page:
                assert page.evaluate(size) >= 32, name
                assert page.evaluate(OVERFLOW) <= 0, name
                # A wide table of a chapter scrolls in its own box.
                assert name == "chapters/counts" or page.evaluate(CUT) == [], name


def test_the_bar_of_chapters_stays(visit):
    with visit("chapters/outsourcing.html") as page:
        links = page.get_by_role("navigation", name="Findings").get_by_role("link").all()
        names = [link.locator("b").text_content().lower() for link in links]
        assert names == list(report.CHAPTERS)
        assert [link.get_attribute("aria-current") for link in links].index("page") == 4
        for width in (320, 360, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            # On a phone the names scroll.
            assert all(link.locator("b").is_visible() for link in links), width
            page.mouse.wheel(0, 5000)
            until(page, "scrollY > 1000")
            box = page.locator(".bar").bounding_box()
            # One row, under which addresses land.
            assert box["y"] == 0 and box["height"] <= 46, width
            page.evaluate("scrollTo(0, 0)")


def test_the_front_page_says_first_what_we_think(visit, loaded):
    with visit("index.html") as page:
        shown = page.locator(".answer data.num").evaluate_all("all => all.map((e) => e.value)")
    assert loaded.numbers["counts.month-narrow"].value in map(float, shown)
