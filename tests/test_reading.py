"""What a reader does and sees on a page, each once found wanting: finding the way, choosing,
copying, reading lines of text."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree
from tallybook.model.widths import em
from tallybook.sphinx import social_image

from microwork import report
from tests.conftest import explore
from tests.visits import Visit, until


def test_the_contents_of_the_front_page_are_the_questions(browser, site):
    with Visit(browser, (site / "index.html").as_uri()) as (page, _):
        links = page.locator(".side .contents a")
        shown = [link for link in links.all() if link.is_visible()]
        questions = page.locator("section.finding h2").all_inner_texts()
        assert (
            len(questions) == len(report.CHAPTERS)
            and [link.inner_text() for link in shown][: len(questions)] == questions
        )
        for link in shown[: len(questions)]:
            link.click()
            assert (
                0
                <= page.locator(f"[id='{link.get_attribute('href')[1:]}']").bounding_box()["y"]
                <= 80
            )


def test_a_chapter_on_a_phone_keeps_its_contents_in_reach_and_leads_back_to_the_top(browser, site):
    with Visit(browser, (site / "chapters/profile.html").as_uri(), "phone") as (page, visit):
        page.mouse.wheel(0, 6000)
        until(page, "scrollY > 4000")
        summary = page.locator(".lead-in summary")
        assert 0 <= summary.bounding_box()["y"] < 80
        summary.click()
        page.get_by_role("link", name="Top of the page").click()
        until(page, "scrollY === 0")
        assert visit.errors == []


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_a_finding_shows_the_first_picture_of_its_chapter(site, browser, chapter):
    with Visit(browser, (site / "index.html").as_uri(), "phone") as (page, _):
        picture = page.locator(f"#finding-{chapter} svg[role=img]")
        shown = picture.get_attribute("aria-label")
        assert picture.is_visible()
        page.goto((site / f"chapters/{chapter}.html").as_uri())
        assert page.locator("figure.chart svg.narrow").first.get_attribute("aria-label") == shown


def test_a_finding_is_copied_with_intervals_verdict_and_address(browser, site):
    claims = {
        claim["claim_id"]: claim
        for claim in json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    }
    with Visit(
        browser, (site / "index.html").as_uri(), permissions=["clipboard-read", "clipboard-write"]
    ) as (page, visit):
        finding = page.locator("#finding-profile")
        button = finding.get_by_role("button", name="Copy this")
        button.click()
        finding.get_by_role("button", name="Copied").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        printed = finding.locator("data.num a").first.inner_text()
        assert re.search(rf"{re.escape(printed)} \([^)]* to [^)]*\)", text), text
        assert "Verdict on the claim" in text and claims["women-share-cnrs"]["verdict"] in text
        assert text.endswith("/chapters/profile.html") and visit.errors == []


def test_a_finding_is_copied_where_there_is_no_clipboard_of_the_page(browser, site):
    """As on a page that did not come over TLS; and what was selected in the end goes."""
    with Visit(browser, (site / "index.html").as_uri(), permissions=["clipboard-read"]) as (
        page,
        visit,
    ):
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Copy this").first.click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.locator("textarea").count() == 0 and visit.errors == []


def test_a_part_of_the_strip_and_a_card_lead_to_the_claims_of_a_verdict(browser, site):
    claims = [
        claim
        for claim in json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
        if not claim["repeats"]
    ]
    with Visit(browser, (site / "index.html").as_uri()) as (page, visit):
        part = page.locator(".strip [data-card=card-verdict-undecided]")
        part.click()
        page.wait_for_url("**/ledger.html?verdict=undecided")
        wanted = sum(claim["verdict"] == "undecided" for claim in claims)
        assert page.locator("table.claims tbody tr:visible").count() == wanted > 0
        assert page.get_by_label("Verdict").input_value() == "undecided"
        page.goto((site / "chapters/poverty.html").as_uri())
        page.locator(".verdict-line a.v").first.click()
        page.locator(".card.open .links a").click()
        page.wait_for_url("**/ledger.html?verdict=*")
        assert visit.errors == []


def test_a_choice_in_the_ledger_stands_in_its_address(browser, site):
    with Visit(browser, (site / "chapters/ledger.html").as_uri()) as (page, _):
        page.get_by_label("Chapter").select_option("income")
        page.get_by_label("Words").fill("euros")
        shown = page.locator("table.claims tbody tr:visible").count()
        assert page.url.endswith("?chapter=income&words=euros")
        page.goto(page.url)
        assert page.locator("table.claims tbody tr:visible").count() == shown > 0


def test_the_ledger_shows_the_verdicts_that_an_assumption_turns(browser, site):
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    wanted = sum(
        bool(claim["fragile"] and claim["fragile"]["turning"])
        for claim in claims
        if not claim["repeats"]
    )
    with Visit(browser, (site / "chapters/ledger.html").as_uri()) as (page, visit):
        page.get_by_label("Assumptions").select_option("at least one turns it")
        rows = page.locator("table.claims tbody tr:visible")
        assert rows.count() == wanted > 0 and visit.errors == []
        assert all("turns it" in text or "turn it" in text for text in rows.all_inner_texts())


def test_the_ring_of_a_slider_crosses_no_text(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri()) as (page, _):
        name = page.locator(
            "figure.chart", has=page.locator("button.go", has_text="Move")
        ).first.get_attribute("id")
        figure = page.locator(f"#{name}")
        explore(figure)
        slider = figure.locator("input[type=range]").first
        slider.focus()
        page.keyboard.press("ArrowRight")
        ring = slider.evaluate("""slider => {
            const box = slider.getBoundingClientRect(), style = getComputedStyle(slider);
            const more = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
            return [box.left - more, box.top - more, box.right + more, box.bottom + more, style.outlineStyle !== 'none'];
        }""")
        texts = slider.evaluate("""slider => {
            const range = document.createRange(), found = [];
            const walk = document.createTreeWalker(slider.closest('figure'), NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) if (node.data.trim()) {
                range.selectNodeContents(node);
                found.push(...[...range.getClientRects()].map((box) => [box.left, box.top, box.right, box.bottom]));
            }
            return found;
        }""")
        assert ring[4] and texts, "no ring, or no label"
        assert [
            box
            for box in texts
            if box[0] < ring[2] and ring[0] < box[2] and box[1] < ring[3] and ring[1] < box[3]
        ] == []


def test_reasons_on_a_phone_and_the_letters_that_are_used(browser, site):
    with Visit(browser, (site / "chapters/income.html").as_uri(), "phone") as (page, _):
        size = page.locator(".claims .why").first.evaluate(
            "e => parseFloat(getComputedStyle(e).fontSize)"
        )
        assert size >= 14
        stack = page.locator("body").evaluate("e => getComputedStyle(e).fontFamily")
        for font in (
            "Charter",
            "Sitka Text",
            "Georgia",
            "Noto Serif",
            "Liberation Serif",
        ):  # macOS, Windows, both, Android, Linux
            assert font in stack
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#the-story p"})[
            "nodeId"
        ]
        used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        main = max(used, key=lambda font: font["glyphCount"])["familyName"]
        assert "Serif" in main and main in stack, used


@pytest.mark.parametrize(
    "title",
    ["What the press said about the human work behind AI, and what the data can bear", "Short?"],
)
def test_the_title_on_a_card_is_whole_and_fits(title):
    texts = etree.fromstring(social_image.svg("Microwork", title, "").encode()).findall("{*}text")
    lines = [text for text in texts if text.get("font-weight") == "bold"]
    assert " ".join(line.text for line in lines) == title
    for line in lines:
        assert (
            float(line.get("x")) + 1.1 * em(line.text) * float(line.get("font-size"))
            <= social_image.WIDTH
            and float(line.get("y")) < 400
        )
