"""The ways through the report: the bar of chapters, the front page, what stands beside a chapter,
what one can do with a chart."""

from __future__ import annotations

import re

from microwork import report
from tests.visits import until

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


def test_the_front_page_says_first_what_we_think(visit, loaded):
    with visit("index.html") as page:
        said = page.locator(".answer").inner_text()
        shown = page.locator(".answer data.num").evaluate_all("all => all.map((e) => e.value)")
    wanted = ["counts.month-narrow"]
    assert {float(value) for value in shown} >= {loaded.numbers[name].value for name in wanted}
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
