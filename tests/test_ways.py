"""The ways through the report: the bar of chapters, the depths of a chapter, the chip of a verdict,
what one can do with a chart."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from microwork import report
from tests.files import load
from tests.visits import until

INCOME = "chapters/income.html"
THIN = "\u202f"  # a narrow space that does not break
# Each depth with what it shows first of its own.
SHOWN = {"short": ".three", "story": "#the-story > p", "evidence": "table.claims"}
VAGUE = re.compile(r"\b(little|few|fewer|many|most|mostly|nearly|hardly|several|some)\b", re.I)


def depth(page, name: str):
    return page.locator(f".depth input[value={name}]")


def shown(page) -> list[str]:
    return [name for name, part in SHOWN.items() if page.locator(part).first.is_visible()]


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_bar_of_chapters_stays_and_says_each_verdict(visit, claims, width, dark):
    verdicts = {claim["claim_id"]: claim["verdict"] for claim in claims}
    with visit("chapters/outsourcing.html", dark=dark) as page:
        page.set_viewport_size({"width": width, "height": 700})
        links = page.get_by_role("navigation", name="Findings").get_by_role("link")
        names = [link.get_attribute("aria-label") for link in links.all()]
        assert [name.split()[1].strip(":").lower() for name in names] == list(report.CHAPTERS)
        assert names[4] == f"5 Outsourcing: {verdicts['ve-nerve-centre']}"
        assert all(link.locator("svg").is_visible() for link in links.all())
        assert [link.get_attribute("aria-current") for link in links.all()].index("page") == 4
        top = page.locator("h1").bounding_box()["y"]
        page.mouse.wheel(0, 5000)
        until(page, "scrollY > 3000")
        box = page.locator(".bar").bounding_box()
        assert box["y"] == 0 and box["height"] <= 46  # one row, under which addresses land
        page.evaluate("scrollTo(0, 0)")
        assert page.locator("h1").bounding_box()["y"] == top
        page.emulate_media(media="print")
        assert not page.locator(".bar").is_visible() and not page.locator(".depth").is_visible()


def test_nothing_shifts_while_a_page_with_a_chosen_depth_loads(visit):
    with visit(f"{INCOME}?depth=short") as page:
        moved = """() => new Promise((done) => {
            new PerformanceObserver((list) => done(list.getEntries().map((e) => e.value)))
                .observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done([]), 500);
        })"""
        assert sum(page.evaluate(moved)) < 0.01
        assert depth(page, "short").is_checked() and shown(page) == ["short"]


def test_a_depth_is_chosen_by_keyboard_stands_in_the_address_and_is_remembered(visit, site):
    with visit(INCOME) as page:
        assert shown(page) == [*SHOWN] and depth(page, "evidence").is_checked()
        depth(page, "evidence").focus()
        page.keyboard.press("ArrowLeft")
        assert shown(page) == ["short", "story"] and page.url.endswith("?depth=story")
        page.get_by_role("link", name="This chapter goes on").click()
        assert depth(page, "story").bounding_box()["y"] >= 0
        depth(page, "evidence").check()
        assert not page.get_by_text("This chapter goes on").is_visible()
        depth(page, "story").check()
        page.goto((site / "chapters/poverty.html").as_uri())
        assert shown(page) == ["short", "story"] and depth(page, "story").is_checked()
        page.emulate_media(media="print")
        assert shown(page) == [*SHOWN]


@pytest.mark.parametrize("place", ["can-anybody-live-on-it", "claim-income-21", "income-crowd"])
def test_a_place_that_is_asked_for_is_shown_at_every_depth(visit, place):
    with visit(INCOME) as page:
        depth(page, "short").check()
        page.evaluate("(place) => { location.hash = place }", place)
        target = page.locator(f"[id='{place}']")
        assert target.is_visible() and 0 <= target.bounding_box()["y"] <= 80


def test_without_scripts_all_is_there_and_the_choice_works(visit):
    with visit(INCOME, java_script_enabled=False) as page:
        assert shown(page) == [*SHOWN]
        depth(page, "short").check()
        assert shown(page) == ["short"]


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_times_are_those_of_the_words_that_each_depth_shows(visit, chapter):
    """Counted anew on what the browser shows, less what is no text to read."""
    words = """() => {
        const apart = 'svg, .depth, .tools, .cell, .cite, .references, .downloads, .beside,'
            + ' .headerlink, .caption-number, details > :not(summary), .to-chapter, thead, caption';
        const walk = document.createTreeWalker(document.querySelector('main > section'),
            NodeFilter.SHOW_TEXT);
        let text = '';
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            if (!node.parentElement.closest(apart) && node.parentElement.checkVisibility())
                text += ' ' + node.data;
        }
        return text.split(/\\s+/).filter((word) => /[\\p{L}\\p{N}]/u.test(word)).length;
    }"""
    with visit(f"chapters/{chapter}.html") as page:
        for name in SHOWN:
            depth(page, name).check()
            said = page.locator(f"label:has([value={name}]) small").inner_text()
            figure, unit = said.split()
            seconds = float(figure) * {"sec": 1, "min": 60}[unit]
            counted = 60 * page.evaluate(words) / 250
            # To the minute; of some words it is a question whether they are read.
            assert abs(seconds - counted) <= 30 + counted / 20


def test_no_code_parts_the_bullets_from_the_story(site):
    for chapter in report.CHAPTERS:
        text = (site / f"chapters/{chapter}.html").read_text(encoding="utf-8")
        between = text[text.index('class="three') : text.index('id="the-story"')]
        assert "<details" not in between, chapter


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_chip_of_the_answer_stands_alone_and_opens_the_reason_of_its_claim(
    visit, claims, chapter
):
    with visit(f"chapters/{chapter}.html") as page:
        chip = page.locator(".verdict-line > a.v")
        assert chip.evaluate("""(e) => {
            const range = document.createRange();
            range.setStartAfter(e);
            range.setEndAfter(e.parentElement.lastChild);
            const below = [...range.getClientRects()].filter((box) => box.width > 1);
            return below.every((box) => box.top >= e.getBoundingClientRect().bottom - 1);
        }""")
        claim_id = chip.get_attribute("href").removeprefix("#claim-")
        (claim,) = [one for one in claims if one["claim_id"] == claim_id]
        chip.click()
        card = page.locator(".card.open")
        card.wait_for()
        assert claim["statement"] in card.inner_text() and claim["reason"] in card.inner_text()
        row = card.locator(".links a").first
        row.click()
        assert page.url.endswith(f"#claim-{claim_id}")


def test_the_chip_of_a_row_opens_the_fold_of_its_claim(visit):
    with visit("chapters/ledger.html") as page:
        row = page.locator("table.claims tbody tr").nth(7)
        assert not row.locator("details").evaluate("e => e.open")
        row.locator("a.v").click()
        assert row.locator("details").evaluate("e => e.open")
        assert page.evaluate("document.activeElement.textContent") == "More on this verdict"
        verdict = row.locator("a.v").inner_text()
        assert row.locator("details").inner_text().splitlines()[1].lower().startswith(verdict)


def test_one_control_holds_all_ways_to_use_a_chart(visit):
    with visit(INCOME, java_script_enabled=False) as page:
        for tools in page.locator("figure.chart .tools").all():
            assert tools.locator(":scope > :visible").count() == 1
            name = tools.locator("summary").get_attribute("aria-label")
            assert re.fullmatch(r"Use this chart: [a-z0-9-]+", name)
        first = page.locator("#income-first .tools")
        first.locator("summary").press("Enter")
        links = [link.inner_text() for link in first.locator(".links a").all()]
        assert links[:5] == ["CSV", "SVG", "PNG", "Address", "Cite"]
        assert first.locator("table").is_visible()


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_a_filtered_ledger_leads_to_what_is_left(visit, claims, width):
    """Whoever comes with a choice in the address, and whoever presses Enter or the button."""
    count = sum(claim["verdict"] == "undecided" for claim in claims)
    first = "table.claims tbody tr:visible >> nth=0"
    with visit("chapters/ledger.html?verdict=undecided", width) as page:
        told = page.locator(".ledger output")
        assert told.inner_text() == f"{count} of {len(claims)} claims"
        assert told.evaluate("e => e === document.activeElement && e.ariaLive === 'polite'")
        assert 0 <= told.bounding_box()["y"] <= 80
        assert page.locator(first).bounding_box()["y"] < page.viewport_size["height"] / 2
        page.evaluate("scrollTo(0, 0)")
        page.get_by_label("Words").fill("Madagascar")
        assert page.evaluate("scrollY") < 700  # what is typed does not move the page
        page.keyboard.press("Enter")
        assert 0 <= told.bounding_box()["y"] <= 80
        page.get_by_role("button", name="All claims").click()
        until(page, "!location.search")
        assert told.inner_text() == f"{len(claims)} of {len(claims)} claims"


def test_a_claim_in_the_address_of_a_filtered_ledger_comes_before_the_count(visit, claims):
    claim = [one["claim_id"] for one in claims if one["verdict"] == "undecided"][5]
    with visit(f"chapters/ledger.html?verdict=undecided#claim-{claim}") as page:
        assert 0 <= page.locator(f"#claim-{claim}").bounding_box()["y"] <= 80


def test_the_front_page_says_first_what_was_found_and_how_weak_the_tests_are(visit, claims):
    measured = [one for one in claims if one["check"] in ("recount", "neighbour", "bound")]
    turning = [one for one in claims if one["fragile"] and one["fragile"]["turning"]]
    verdicts = Counter(one["verdict"] for one in claims)
    cases = Counter(one["verdict"] for one in claims if one["asserts"] == "case")
    counts = [len(claims), len(measured), len(turning), verdicts["holds"], verdicts["documented"]]
    counts += [cases["documented"], verdicts["counts something else"]]
    with visit("index.html") as page:
        said = page.locator(".answer").inner_text()
    assert [int(figure) for figure in re.findall(r"\d+", said)] == counts
    # What it says without a number: that these are tested ones, and that most tests are weak.
    assert all(one in measured for one in turning) and 2 * len(turning) > len(measured)
    assert "weak" in said and not VAGUE.search(said)


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_the_margin_quotes_the_press_and_shows_computed_numbers(visit, site, claims, chapter):
    """In a wide window alone; a short quotation in the language in which it was printed, with what
    it means."""
    numbers = {one["id"]: one for one in load(site / "numbers.json")["numbers"]}
    own = {f"#claim-{one['claim_id']}": one for one in claims if one["chapter"] == chapter}
    with visit(f"chapters/{chapter}.html") as page:
        for quotation in page.locator("blockquote.beside").all():
            words = quotation.locator("q").inner_text()
            claim = own[quotation.locator("a").get_attribute("href")]
            assert words == re.sub(r"(?<=\d) (?=\d{3})", THIN, claim["key_phrase"])
            assert sum(any(map(str.isalnum, word)) for word in words.split()) <= 8
            assert quotation.locator("q").get_attribute("lang") == "fr"
            beside_the_answer = quotation.evaluate(
                "e => e.previousElementSibling.matches('.answer')"
            )
            assert beside_the_answer or claim["statement"] in quotation.inner_text()
        for card in page.locator("div.beside").all():
            name = card.locator("a").first.get_attribute("href").partition("#")[2]
            assert (
                numbers[name]["label"] in card.text_content() and numbers[name]["low"] is not None
            )
        beside = page.locator(".beside")
        assert beside.count() >= 3 and all(one.is_visible() for one in beside.all())
        gaps = page.evaluate("""() => [...document.querySelectorAll('#the-story > p:not(.tally)')]
            .map((e, i, all) => i && e.getBoundingClientRect().top
                - all[i - 1].getBoundingClientRect().bottom)""")
        assert max(gaps) < 40, "what stands beside the text parts its paragraphs"
        page.set_viewport_size({"width": 900, "height": 800})
        assert not any(one.is_visible() for one in beside.all())
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(media="print")
        assert not any(one.is_visible() for one in beside.all())
