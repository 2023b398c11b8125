"""Small screens, large text, own colours: WCAG 2.2 at the places where pages of this kind break."""

from __future__ import annotations

import pytest

from tests.conftest import CHROMIUM, FLAGS
from tests.visits import CUT, OVERFLOW, Visit

# Contrast of a colour of each shown element with the ground of the page.
CONTRAST = """([selector, property]) => {
    const part = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((v) => part(Number(v) / 255));
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())
        .map((e) => light(getComputedStyle(e)[property])).map((l) => (Math.max(l, ground) + .05) / (Math.min(l, ground) + .05));
}"""


def test_the_header_of_a_phone_has_two_rows_of_links(browser, site):
    with Visit(browser, (site / "index.html").as_uri(), "phone") as (page, _):
        boxes = [link.bounding_box() for link in page.query_selector_all(".top nav a")]
        rows = sorted({round(box["y"]) for box in boxes})
        assert len(boxes) == 10 and len(rows) == 2
        assert [sum(round(box["y"]) == row for box in boxes) for row in rows] == [5, 5]
        assert page.locator(".top").bounding_box()["height"] < 125


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "chapters/counts.html",
        "chapters/ledger.html",
        "chapters/retraining.html",
        "search.html",
    ],
)
def test_letters_grow_with_the_setting_of_the_reader(browser, site, name):
    """The browser's own size of text at twice the usual 16 px, the window as it was."""
    large = browser.browser_type.launch(
        executable_path=CHROMIUM, args=[*FLAGS, "--blink-settings=defaultFontSize=32"]
    )
    try:
        for width in ("phone", "desktop"):
            with Visit(large, (site / name).as_uri(), width) as (page, _):
                assert (
                    page.evaluate(
                        "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
                    )
                    >= 32
                )
                assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == [], width
    finally:
        large.close()


def test_nothing_moves_for_those_who_asked_for_that(browser, site):
    for wanted, animation in (("reduce", "none"), ("no-preference", "card")):
        with Visit(browser, (site / "chapters/counts.html").as_uri(), reduced_motion=wanted) as (
            page,
            _,
        ):
            page.locator("data.num a").first.focus()
            page.locator(".card.open").wait_for()
            assert (
                page.locator(".card.open").evaluate("e => getComputedStyle(e).animationName")
                == animation
            )
            moving = page.evaluate("""() => [...document.querySelectorAll('body *')].filter((e) =>
                parseFloat(getComputedStyle(e).transitionDuration) > 0).length""")
            assert (
                moving == 0
                and page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
                == "auto"
            )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("toggled", [False, True], ids=["as the system", "the other"])
def test_own_colours_of_the_system_keep_verdicts_and_charts(browser, site, dark, toggled):
    """Also where the reader has chosen the colours that do not go with the ground the system
    paints."""
    with Visit(
        browser, (site / "chapters/profile.html").as_uri(), dark=dark, forced_colors="active"
    ) as (page, _):
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        if toggled:
            page.get_by_role("button", name="Dark colours").click()
        for selector, prop in (
            (".claims .v", "color"),
            (".claims .v svg", "stroke"),
            (".whisk path.found", "stroke"),
            (".whisk path.said", "stroke"),
            (".plot > svg text[fill]", "fill"),
        ):
            found = page.evaluate(CONTRAST, [selector, prop])
            assert found and min(found) >= 3, (selector, found)
