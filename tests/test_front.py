"""The front page: a task to do by pointer or by keys, claims as dots, sentences to copy."""

from __future__ import annotations

import re

from microwork.paths import ROOT

ANSWERED = """counts.month-narrow counts.month-broad profile.women poverty.below-60
income.hour-median income.month-mean outsourcing.venezuela""".split()  # noqa: SIM905

DONE = ".microtask p[aria-live]"


def seconds_and_cents(text: str) -> tuple[float, float]:
    seconds, cents = (float(one) for one in re.findall(r"\d+(?:\.\d+)?(?=\s(?:sec|cent))", text))
    return seconds, cents


def test_the_readmes_say_what_the_report_answers(loaded, site):
    said = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    plain = said.replace("\u202f", " ").replace("\u00a0", " ")
    for name in ANSWERED:
        shown = loaded.show(name, "full").replace("\u202f", " ").replace("\u00a0", " ")
        assert shown in plain, name
    french = " ".join((ROOT / "README.fr.md").read_text(encoding="utf-8").split(" "))
    answers = (site / "fr" / "chapters" / "answers.html").read_text(encoding="utf-8")
    answers = re.sub("\u202f[%€]", "", answers)
    ranges = re.findall(r"\d[\d,\u202f]* à \d(?:[\d,]|\u202f\d)*", french)
    assert len(ranges) > 4 and [one for one in ranges if one not in answers] == []


def test_a_box_drawn_round_the_car_is_paid_by_our_estimate_of_an_hour(visit):
    with visit("index.html", "phone") as page:
        scene = page.locator(".scene")
        scene.scroll_into_view_if_needed()
        frame = scene.bounding_box()
        size = frame["width"] / 480
        page.mouse.move(frame["x"] + 214 * size, frame["y"] + 143 * size)
        page.mouse.down()
        page.mouse.move(frame["x"] + 362 * size, frame["y"] + 214 * size, steps=4)
        page.wait_for_timeout(1500)
        page.mouse.up()
        told = page.locator(DONE).text_content()
        seconds, cents = seconds_and_cents(told)
        hour = float(page.locator(".microtask data.num").first.get_attribute("value"))
        assert told.startswith("Accepted") and seconds >= 1.5
        assert abs(cents - hour * seconds / 36) < 0.1 * cents


def test_the_same_goes_by_keys_and_a_poor_box_is_rejected(visit):
    with visit("index.html") as page:
        page.locator(".scene").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert page.locator(DONE).text_content().startswith("Rejected")
        page.keyboard.press("Enter")
        for key, times in (("ArrowRight", 11), ("ArrowDown", 7), ("Shift+ArrowRight", 5)):
            for _ in range(times):
                page.keyboard.press(key)
        page.keyboard.press("Enter")
        assert page.locator(DONE).text_content().startswith("Accepted")


def test_each_claim_is_a_dot_with_a_card(visit, claims):
    with visit("index.html") as page:
        dots = page.locator(".dots a")
        assert dots.count() == len(claims)
        dots.first.click()
        page.wait_for_selector(".card:popover-open")
        said = dots.first.get_attribute("aria-label").partition(": ")[2]
        assert said in page.locator(".card:popover-open").text_content()


def test_a_sentence_that_one_may_write_can_be_copied(visit, monkeypatch):
    with visit("chapters/counts.html") as page:
        page.evaluate("window.copyText = async (text) => { window.copied = text; return true; }")
        line = page.locator(".may-write li").first
        words = line.evaluate("(li) => li.firstChild.textContent + ''")
        line.locator("button.copy").click()
        copied = page.evaluate("window.copied")
        assert copied and not copied.startswith("“") and copied[:10] in words
