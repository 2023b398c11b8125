"""What a reader does and sees on a page, each once found wanting: finding the way, copying, reading
lines of text; small screens, large text, own colours (WCAG 2.2)."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from tallybook.live import serving
from tallybook.model.widths import em
from tallybook.sphinx import social_image

from microwork import report
from tests.conftest import CHROMIUM, FLAGS
from tests.visits import CUT, OVERFLOW, until, visiting

# Contrast of a colour of each shown element with the ground of the page.
CONTRAST = """([selector, property]) => {
    const part = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const light = (colour) => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map((v) => part(Number(v) / 255));
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    return [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())
        .map((e) => light(getComputedStyle(e)[property]))
        .map((l) => (Math.max(l, ground) + .05) / (Math.min(l, ground) + .05));
}"""


def test_the_contents_of_the_front_page_are_the_questions(visit):
    with visit("index.html") as page:
        questions = page.locator("section.finding h2").all_inner_texts()
        links = [link for link in page.locator(".side .contents a").all() if link.is_visible()]
        links = links[: len(questions)]
        assert len(questions) == len(report.CHAPTERS)
        assert [link.inner_text() for link in links] == questions
        for link in links:
            link.click()
            target = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
            assert 0 <= target.bounding_box()["y"] <= 80


def test_a_chapter_on_a_phone_keeps_its_contents_in_reach_and_leads_back_to_the_top(visit):
    with visit("chapters/profile.html", "phone") as page:
        page.mouse.wheel(0, 6000)
        until(page, "scrollY > 4000")
        summary = page.locator(".bar summary")
        assert 0 <= summary.bounding_box()["y"] < 80
        summary.click()
        page.get_by_role("link", name="Top of the page").click()
        until(page, "scrollY === 0")


def test_a_finding_shows_the_first_picture_of_its_chapter(visit, site):
    with visit("index.html", "phone") as page:
        pictures = [page.locator(f"#finding-{name} svg[role=img]") for name in report.CHAPTERS]
        assert all(picture.is_visible() for picture in pictures)
        shown = [picture.get_attribute("aria-label") for picture in pictures]
        for chapter, label in zip(report.CHAPTERS, shown, strict=True):
            page.goto((site / f"chapters/{chapter}.html").as_uri())
            first = page.locator("figure.chart svg.narrow").first
            assert first.get_attribute("aria-label") == label, chapter


def test_a_finding_is_copied_with_intervals_verdict_and_address(visit, claims):
    (verdict,) = [one["verdict"] for one in claims if one["claim_id"] == "women-share-cnrs"]
    with visit("index.html", permissions=["clipboard-read", "clipboard-write"]) as page:
        finding = page.locator("#finding-profile")
        finding.get_by_role("button", name="Copy this").click()
        finding.get_by_role("button", name="Copied").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        printed = finding.locator("data.num a").first.inner_text()
        assert re.search(rf"{re.escape(printed)} \([^)]* to [^)]*\)", text), text
        assert "Verdict on the claim" in text and verdict in text
        assert text.endswith("/chapters/profile.html")


def test_a_finding_is_copied_where_there_is_no_clipboard_of_the_page(visit):
    """As on a page that did not come over TLS; and what was selected in the end goes."""
    with visit("index.html", permissions=["clipboard-read"]) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Copy this").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.locator("textarea").count() == 0


def test_reasons_on_a_phone_and_the_letters_that_are_used(browser, site):
    # From a server: whoever asks for fonts has the page load itself, which some browsers refuse on
    # disk.
    with (
        serving(site) as address,
        visiting(browser, f"{address}/chapters/income.html", "phone") as page,
    ):
        why = page.locator(".claims .why").first
        assert why.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 14
        stack = page.locator("body").evaluate("e => getComputedStyle(e).fontFamily")
        # Of macOS, Windows, both, Android, Linux.
        for font in ("Charter", "Sitka Text", "Georgia", "Noto Serif", "Liberation Serif"):
            assert font in stack
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        asked = {"nodeId": root, "selector": "#the-story p"}
        node = {"nodeId": session.send("DOM.querySelector", asked)["nodeId"]}
        used = session.send("CSS.getPlatformFontsForNode", node)["fonts"]
        main = max(used, key=lambda font: font["glyphCount"])["familyName"]
        assert "Serif" in main and main in stack, used


def test_the_header_of_a_phone_has_two_rows_of_links(visit):
    with visit("index.html", "phone") as page:
        boxes = [link.bounding_box() for link in page.query_selector_all(".top nav a")]
        rows = [round(box["y"]) for box in boxes]
        assert [rows.count(row) for row in sorted(set(rows))] == [5, 5]
        assert page.locator(".top").bounding_box()["height"] < 125


def test_letters_grow_with_the_setting_of_the_reader(browser, site):
    """The browser's own size of text at twice the usual 16 px, the window as it was."""
    size = "parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"
    large = [*FLAGS, "--blink-settings=defaultFontSize=32"]
    names = ["index", "search", *(f"chapters/{n}" for n in ("counts", "ledger", "retraining"))]
    with browser.browser_type.launch(executable_path=CHROMIUM, args=large) as other:
        for width in ("phone", "desktop"):
            for name in names:
                with visiting(other, (site / f"{name}.html").as_uri(), width) as page:
                    assert page.evaluate(size) >= 32
                    assert page.evaluate(OVERFLOW) <= 0, (name, width)
                    assert page.evaluate(CUT) == [], (name, width)


@pytest.mark.parametrize(("wanted", "animation"), [("reduce", "none"), ("no-preference", "card")])
def test_nothing_moves_for_those_who_asked_for_that(visit, wanted, animation):
    with visit("chapters/counts.html", reduced_motion=wanted) as page:
        page.locator("data.num a").first.focus()
        card = page.locator(".card.open")
        card.wait_for()
        assert card.evaluate("e => getComputedStyle(e).animationName") == animation
        moving = """[...document.querySelectorAll('body *')].filter((e) =>
            parseFloat(getComputedStyle(e).transitionDuration) > 0).length"""
        scroll = "getComputedStyle(document.documentElement).scrollBehavior"
        assert page.evaluate(moving) == 0 and page.evaluate(scroll) == "auto"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("toggled", [False, True], ids=["as the system", "the other"])
def test_own_colours_of_the_system_keep_verdicts_and_charts(visit, dark, toggled):
    """Also where the reader has chosen the colours that do not go with the ground the system
    paints."""
    coloured = {
        ".claims .v": "color",
        ".claims .v svg": "stroke",
        ".whisk path.found": "stroke",
        ".whisk path.said": "stroke",
        ".plot > svg text[fill]": "fill",
    }
    with visit("chapters/profile.html", dark=dark, forced_colors="active") as page:
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        if toggled:
            page.get_by_role("button", name="Dark colours").click()
        for part in coloured.items():
            found = page.evaluate(CONTRAST, list(part))
            assert found and min(found) >= 3, (part, found)


@pytest.mark.parametrize(
    "title",
    ["What the press said about the human work behind AI, and what the data can bear", "Short?"],
)
def test_the_title_on_a_card_is_whole_and_fits(title):
    texts = etree.fromstring(social_image.svg("Microwork", title, "").encode()).findall("{*}text")
    lines = [text for text in texts if text.get("font-weight") == "bold"]
    assert " ".join(line.text for line in lines) == title
    for line in lines:
        width = 1.1 * em(line.text) * float(line.get("font-size"))
        assert float(line.get("x")) + width <= social_image.WIDTH and float(line.get("y")) < 400
