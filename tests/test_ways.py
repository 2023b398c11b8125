"""The ways through the report: the bar of chapters, the front page, what stands beside a chapter,
what one can do with a chart."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from tallybook.model.widths import em
from tallybook.sphinx.citing import social_image

from microwork import report
from tests.visits import until

INCOME = "chapters/income.html"
THIN = "\u202f"  # a narrow space that does not break
VAGUE = re.compile(r"\b(little|few|fewer|many|most|mostly|nearly|hardly|several|some)\b", re.I)


def test_the_bar_of_chapters_stays_and_says_each_verdict(visit, claims):
    verdicts = {claim["claim_id"]: claim["word"] for claim in claims}
    with visit("chapters/outsourcing.html") as page:
        links = page.get_by_role("navigation", name="Findings").get_by_role("link").all()
        names = [link.get_attribute("aria-label") for link in links]
        assert [name.split()[1].strip(":").lower() for name in names] == list(report.CHAPTERS)
        assert names[4] == f"5 Outsourcing: {verdicts['ve-nerve-centre']}"
        assert [link.get_attribute("aria-current") for link in links].index("page") == 4
        for width in (320, 360, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert all(link.locator("svg").is_visible() for link in links), width
            page.mouse.wheel(0, 5000)
            until(page, "scrollY > 3000")
            box = page.locator(".bar").bounding_box()
            # One row, under which addresses land.
            assert box["y"] == 0 and box["height"] <= 46, width
            page.evaluate("scrollTo(0, 0)")


def test_the_header_of_a_phone_has_two_rows_of_links(visit):
    with visit("index.html", "phone") as page:
        boxes = [link.bounding_box() for link in page.query_selector_all(".top nav a")]
        rows = Counter(round(box["y"]) for box in boxes)
        assert sorted(rows.values()) == [5, 5]
        assert page.locator(".top").bounding_box()["height"] < 125


def test_the_front_page_says_first_what_we_think(visit, numbers):
    with visit("index.html") as page:
        said = page.locator(".answer").inner_text()
        shown = page.locator(".answer data.num").evaluate_all("all => all.map((e) => e.value)")
    wanted = ["counts.month-narrow", "income.hour-median", "poverty.below-60"]
    assert {float(value) for value in shown} >= {numbers[name]["value"] for name in wanted}
    assert "four chances in five" in said and not VAGUE.search(said)


def test_a_finding_shows_the_first_picture_of_its_chapter(visit, site):
    with visit("index.html", "phone") as page:
        pictures = [page.locator(f"#finding-{name} svg[role=img]") for name in report.CHAPTERS]
        assert all(picture.is_visible() for picture in pictures)
        shown = [picture.get_attribute("aria-label") for picture in pictures]
        for chapter, label in zip(report.CHAPTERS, shown, strict=True):
            page.goto((site / f"chapters/{chapter}.html").as_uri())
            first = page.locator("figure.chart svg.narrow").first
            assert first.get_attribute("aria-label") == label, chapter


def test_no_code_parts_the_bullets_from_the_story(site):
    for chapter in report.CHAPTERS:
        text = (site / f"chapters/{chapter}.html").read_text(encoding="utf-8")
        between = text[text.index('class="three') : text.index('id="the-story"')]
        assert "<details" not in between, chapter


def test_one_control_holds_all_ways_to_use_a_chart(visit):
    with visit(INCOME, java_script_enabled=False) as page:
        for tools in page.locator("figure.chart .tools").all():
            assert tools.locator(":scope > :visible").count() == 1
            name = tools.locator("summary").get_attribute("aria-label")
            assert re.fullmatch(r"Use this chart: [a-z0-9-]+", name)
        first = page.locator("#income-first .tools")
        first.locator("summary").press("Enter")
        links = [link.inner_text() for link in first.locator(".links a").all()]
        assert {"CSV", "SVG", "Address", "Cite"} <= set(links)
        assert first.locator("table").is_visible()


def test_the_title_on_the_card_of_a_page_is_whole_and_fits():
    title = "What the press said about the human work behind AI, and what the data can bear"
    texts = etree.fromstring(social_image.svg("Microwork", title).encode()).findall("{*}text")
    lines = [text for text in texts if text.get("font-weight") == "bold"]
    assert " ".join(line.text for line in lines) == title
    for line in lines:
        width = 1.1 * em(line.text) * float(line.get("font-size"))
        assert float(line.get("x")) + width <= social_image.WIDTH and float(line.get("y")) < 400
