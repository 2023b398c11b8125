"""Small screens, large text, own colours: WCAG 2.2 at the places where pages of this kind break."""

from __future__ import annotations

import pytest

from tests.conftest import CHROMIUM, FLAGS
from tests.test_browser import PAGES, Visit, unfold

SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
# As a reader's own style sheet comes in: the policy of the page, which allows no style in it, has no say in that.
OWN = """(css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text that reaches out of a box which cuts it off; what is hidden on purpose and code that scrolls are left out.
CUT = """() => [...document.querySelectorAll('body *')].filter((e) => {
    if (!(e instanceof HTMLElement) || e.closest('.sr, .cards, pre, .skip') || !e.checkVisibility()) return false;
    const style = getComputedStyle(e);
    return (style.overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)
        || (style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 1);
}).map((e) => e.outerHTML.slice(0, 120))"""
# Targets under 24 px that have another within 24 px of their middle; links in a sentence are exempt.
SMALL = """() => {
    const boxes = [...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter((e) => !e.closest('.cards') && e.checkVisibility({ visibilityProperty: true }) && e.className !== 'skip')
        .map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
    const inText = (e) => {
        const block = e.closest('p, li, td, th, dd, dt, figcaption, h1, h2, h3, h4, caption, small, div');
        return block && getComputedStyle(e).display === 'inline' && block.textContent.trim().length > e.textContent.trim().length;
    };
    const middle = (box) => [box.x + box.width / 2, box.y + box.height / 2];
    const small = boxes.filter(([e, box]) => (box.width < 23.9 || box.height < 23.9) && !inText(e));
    return small.filter(([e, box]) => boxes.some(([other, room]) => {
        if (other === e || other.contains(e) || e.contains(other)) return false;
        const [x, y] = middle(box);
        const dx = Math.max(room.left - x, 0, x - room.right), dy = Math.max(room.top - y, 0, y - room.bottom);
        return Math.hypot(dx, dy) < 12;
    })).map(([e, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${e.outerHTML.slice(0, 100)}`);
}"""


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


@pytest.mark.parametrize("name", PAGES)
def test_text_reflows_in_320_pixels_with_room_for_fingers_and_own_spacing(browser, site, name):
    with Visit(browser, (site / name).as_uri(), "phone") as (page, visit):
        assert page.evaluate(SMALL) == []
        unfold(page)
        assert page.evaluate(SMALL) == []
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == []
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate(OWN, SPACING)
        assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == [], "own spacing at 390 px"
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == [], "own spacing at 1280 px"
        page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at twice its size
        assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == [], "zoom of 200 %"
        assert visit.errors == []


def test_the_header_of_a_phone_has_two_rows_of_links(browser, site):
    with Visit(browser, (site / "index.html").as_uri(), "phone") as (page, _):
        boxes = [link.bounding_box() for link in page.query_selector_all(".top nav a")]
        rows = sorted({round(box["y"]) for box in boxes})
        assert len(boxes) == 9 and len(rows) == 2
        assert [sum(round(box["y"]) == row for box in boxes) for row in rows] == [5, 4]
        assert page.locator(".top").bounding_box()["height"] < 125


@pytest.mark.parametrize(
    "name", ["index.html", "chapters/counts.html", "chapters/ledger.html", "chapters/retraining.html", "search.html"]
)
def test_letters_grow_with_the_setting_of_the_reader(browser, site, name):
    """The browser's own size of text at twice the usual 16 px, the window as it was."""
    large = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    try:
        for width in ("phone", "desktop"):
            with Visit(large, (site / name).as_uri(), width) as (page, _):
                assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)") >= 32
                assert page.evaluate(OVERFLOW) <= 0 and page.evaluate(CUT) == [], width
    finally:
        large.close()


def test_nothing_moves_for_those_who_asked_for_that(browser, site):
    for wanted, animation in (("reduce", "none"), ("no-preference", "card")):
        with Visit(browser, (site / "chapters/counts.html").as_uri(), reduced_motion=wanted) as (page, _):
            page.locator("data.num a").first.focus()
            page.locator(".card.open").wait_for()
            assert page.locator(".card.open").evaluate("e => getComputedStyle(e).animationName") == animation
            moving = page.evaluate("""() => [...document.querySelectorAll('body *')].filter((e) =>
                parseFloat(getComputedStyle(e).transitionDuration) > 0).length""")
            assert moving == 0 and page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("toggled", [False, True], ids=["as the system", "the other"])
def test_own_colours_of_the_system_keep_verdicts_and_charts(browser, site, dark, toggled):
    """Also where the reader has chosen the colours that do not go with the ground the system paints."""
    with Visit(browser, (site / "chapters/profile.html").as_uri(), dark=dark, forced_colors="active") as (page, _):
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
