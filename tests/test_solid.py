"""The page on how solid each verdict is, against ``claims.json``: order, marks, counts and filters
of the built page."""

from __future__ import annotations

import math
import re

import pytest
from lxml import html

from tests.files import read

NAME = "chapters/solid.html"
SHOWN = ".solid > li:visible"
EDGE = 0.02  # of the width of a strip, left free at each end


@pytest.fixture(scope="module")
def page(site) -> html.HtmlElement:
    return html.fromstring(read(site / NAME))


@pytest.fixture(scope="module")
def resting(claims) -> dict[str, dict]:
    """The claims whose verdicts rest on assumptions, by id."""
    return {claim["claim_id"]: claim for claim in claims if claim["flips"]}


def items(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The claims of the list, in its order."""
    found = page.xpath("//ol[@class='solid']/li")
    return {item.get("id").removeprefix("solid-"): item for item in found}


def near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=2e-4)


def size(claim: dict) -> float:
    return claim["joint"]["size"] if claim["joint"] else math.inf


def place(flip: dict, value: float) -> float:
    """Where a value lies on its strip; a factor lies on logs, where its least is more than 0."""
    least, most = flip["range"]
    if flip["unit"] == "times" and least > 0:
        share = math.log(value / least) / math.log(most / least)
    else:
        share = (value - least) / (most - least)
    return EDGE + (1 - 2 * EDGE) * share


def test_every_verdict_that_rests_on_assumptions_is_there_the_easiest_to_turn_first(page, resting):
    found = list(items(page))
    assert sorted(found) == sorted(resting) and len(found) > 20
    sizes = [size(resting[name]) for name in found]
    assert sizes == sorted(sizes) and sizes[0] < 0.01 and sizes[-1] == math.inf


def test_each_claim_says_its_verdict_and_how_much_turns_it(page, resting):
    for name, item in items(page).items():
        claim, said = resting[name], item.text_content()
        assert claim["statement"] in said and claim["verdict"] in said
        assert (item.get("data-verdict"), item.get("data-chapter")) == (
            claim["verdict"],
            claim["chapter"],
        )
        told = re.search(r"([\d.]+)\u202f% of the way turns it", said)
        if claim["joint"]:
            assert float(told[1]) == pytest.approx(100 * size(claim), rel=0.2)
        else:
            assert told is None and "No plausible change turns it." in said


def test_each_mark_is_a_turn_and_each_turn_has_its_mark_its_word_and_its_text(page, resting):
    seen = 0
    for name, item in items(page).items():
        flips = {flip["assumption"]: flip for flip in resting[name]["flips"]}
        strips = item.xpath(".//ul[@class='axes']/li")
        assert sorted(strip.findtext("p/b") for strip in strips) == sorted(flips)
        for strip in strips:
            flip = flips[strip.findtext("p/b")]
            marks = [float(mark.get("x1").rstrip("%")) / 100 for mark in strip.iter("line")]
            wanted = [place(flip, turn["at"]) for turn in flip["turns"]]
            assert len(marks) == len(wanted), (name, flip["assumption"])
            assert all(map(near, marks, wanted)), (name, flip["assumption"])
            [dot] = strip.iter("circle")
            assert near(float(dot.get("cx").rstrip("%")) / 100, place(flip, flip["value"]))
            verdicts = [turn["verdict"] for turn in flip["turns"]]
            assert [word.text for word in strip.iter("text")] == verdicts
            assert re.findall("“([^”]+)”", strip.find("p/b").tail) == verdicts
            seen += len(marks)
    assert seen == sum(len(f["turns"]) for one in resting.values() for f in one["flips"]) > 30


def test_the_list_filters_by_keyboard_says_what_is_left_and_stands_in_the_address(visit, resting):
    with visit(NAME) as page:
        status = page.locator(".ledger output")
        assert status.get_attribute("aria-live") == "polite"
        assert status.inner_text() == f"{len(resting)} of {len(resting)} claims"
        page.get_by_label("Verdict").focus()
        page.keyboard.press("ArrowDown")
        verdict = page.get_by_label("Verdict").input_value()
        wanted = {name for name, claim in resting.items() if claim["verdict"] == verdict}
        assert page.locator(SHOWN).count() == len(wanted) > 0
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        chapter = page.get_by_label("Chapter").input_value()
        wanted = {name for name in wanted if resting[name]["chapter"] == chapter}
        assert status.inner_text() == f"{len(wanted)} of {len(resting)} claims"
        page.get_by_label("Verdict").select_option("")
        assert page.url.endswith(f"?chapter={chapter}")
        shown = page.locator(SHOWN).evaluate_all("all => all.map((e) => e.id)")
        assert len(shown) == sum(one["chapter"] == chapter for one in resting.values())
        page.goto(page.url)
        assert page.locator(SHOWN).evaluate_all("all => all.map((e) => e.id)") == shown


def test_a_link_to_a_claim_that_is_filtered_away_shows_it(visit, resting):
    with visit(NAME) as page:
        link = page.locator(".carried a").first
        target = link.get_attribute("href")
        own = resting[target.removeprefix("#solid-")]["chapter"]
        other = next(one["chapter"] for one in resting.values() if one["chapter"] != own)
        page.get_by_label("Chapter").select_option(other)
        assert not page.locator(target).is_visible()
        link.click()
        page.locator(target).wait_for(state="visible")
        assert page.locator(target).bounding_box()["y"] < 200
        assert page.get_by_label("Chapter").input_value() == ""


def test_the_smallest_window_shows_every_word_of_the_strips(visit):
    """Words of a strip are inside it and apart, as letters are really drawn."""
    with visit(NAME) as page:
        page.set_viewport_size({"width": 320, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        faults = page.evaluate("""() => [...document.querySelectorAll('.track')].flatMap((svg) => {
            const room = svg.getBoundingClientRect(), words = [...svg.querySelectorAll('text')];
            const boxes = words.map((word) => word.getBoundingClientRect());
            const apart = (a, b) => a.right <= b.left || b.right <= a.left
                || a.bottom - 3 <= b.top || b.bottom - 3 <= a.top;
            return words.filter((word, i) => boxes[i].left < room.left - 1
                || boxes[i].right > room.right + 1 || boxes[i].bottom > room.bottom + 1
                || boxes.some((box, j) => j !== i && !apart(boxes[i], box)))
                .map((word) => word.textContent);
        })""")
        assert page.locator(".track text").count() > 30 and faults == []
