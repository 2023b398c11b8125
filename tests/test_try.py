"""The panel of an answer in a real Chromium: it computes as Python does, keeps the answer in sight,
and takes nonsense in an address for what it is."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from tallybook.answers import trying
from tallybook.answers.factors import judged
from tallybook.answers.scales import printed
from tallybook.model.formatting import short

from tests.conftest import run
from tests.visits import until

PAGE, ID = "chapters/answers.html", "counts.month-narrow"
COMPUTED = """(asked) => asked.map(([id, settings]) => {
    const found = answersTry.compute(id, settings);
    return ["median", "low", "high"].map((part) => answersTry.short(found[part]));
})"""
# Of each slider that has the focus: whether the answer is in the window, and not over the slider.
IN_SIGHT = """(fold) => [...fold.querySelectorAll("input[type=range]")].map((slider) => {
    slider.focus();
    const [bar, head, own] = [document.querySelector(".bar"), fold.querySelector(".head"), slider]
        .map((part) => part.getBoundingClientRect());
    return head.top >= bar.bottom - 1 && own.top >= head.bottom && own.bottom <= innerHeight;
})"""
READY = ".try[open] .head .says b >> nth=0"


def setting(factors, at_ends: bool, draw: random.Random) -> dict[str, list[float]]:
    """Some factors between other ends, anywhere on their sliders or where these end."""
    found = {}
    for one in factors:
        low, high = one.quantiles[[0, -1]]
        step, inside = (
            (high - low) / 200,
            sorted((draw.uniform(low, high), draw.uniform(low, high))),
        )
        ends = draw.choice([(low, high), (low, low + step), (high - step, high)])
        if draw.random() < 0.25:
            found[one.id] = printed(one.scale, ends if at_ends else inside).tolist()
    return found


def test_a_page_computes_the_digits_that_python_does(visit, loaded):
    draw, asked, expected = random.Random(42), [], []
    for name, one in loaded.answered.answers.items():
        drawn = [setting(one.factors, place % 2 == 0, draw) for place in range(40)]
        for settings in drawn[:6]:
            factors = {factor.id: factor for factor in one.factors}
            moved = {
                key: replace(factors[key], quantiles=judged(factors[key].scale, *ends))
                for key, ends in settings.items()
            }
            found = trying.otherwise(loaded.answered, name, moved)
            asked.append([name, settings])
            expected.append([short(end, 2) for end in (found.median, found.low, found.high)])
    with visit(f"{PAGE}?answer={ID}") as page:
        page.locator(".try[open] form").wait_for()
        got = page.evaluate(COMPUTED, asked)
        tails = page.evaluate("[-6, -3, 0, 1].map(answersTry.normal)")
    assert [one for one in zip(asked, got, expected, strict=True) if one[1] != one[2]] == []
    normal = [9.865876450376946e-10, 0.0013498980316300933, 0.5, 0.8413447460685429]
    assert tails == pytest.approx(normal, rel=1e-12)


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_first_the_reader_then_ours_and_the_answer_stays_in_sight(visit, book_root, width):
    with visit(f"{PAGE}?answer={ID}", width) as page:
        fold, ours = page.locator(".try[open]"), page.locator(f"[id='answer-{ID}'] > .says")
        fold.locator("form").wait_for()
        assert not ours.is_visible() and not fold.locator(".head").is_visible()
        for high, rows in (("20,000", 0), ("100,000", 2)):
            fold.get_by_label("Low", exact=True).fill("30,000")
            fold.get_by_label("High", exact=True).fill(high)
            fold.get_by_role("button", name="Compare").click()
            until(page, f"document.querySelectorAll('.try[open] .rows svg').length === {rows}")
            assert bool(fold.locator(".note").inner_text()) == (rows == 0)
        told, head = ours.inner_text(), fold.locator(".head .says")
        assert head.inner_text() == told
        fold.locator("details summary").click()
        sight = fold.evaluate(IN_SIGHT)
        assert len(sight) > 40 and all(sight), sight
        fold.locator("input[type=range]").first.press("PageUp")
        until(page, "location.search.includes('month_of_year=')")
        moved = head.inner_text()
        assert moved != told
        assert fold.locator("[role=status]").inner_text() == f"With your ranges: {moved}"
        pair = page.evaluate("location.search.match(/month_of_year=[^&]+/)[0]")
        if width == "desktop":
            done = run(book_root, "-m", "tallybook", "try", ID, pair)
            assert done.stdout.strip() == moved
        page.reload()
        page.locator(READY).wait_for()
        assert head.inner_text() == moved
        fold.get_by_role("button", name="Back to our ranges").click()
        until(page, "!location.search.includes('month_of_year')")
        assert head.inner_text() == told and "mine=30000..100000" in page.url


NONSENSE = (
    *("month_of_year=a..b", "month_of_year=30..20", "women_survey=20..30", "__proto__=1..2"),
    *("mine=-1..5", f"{'x' * 10_000}=1..2"),
)


def test_nonsense_in_an_address_is_told_in_a_line_and_the_rest_counts(visit):
    for query in NONSENSE:
        with visit(f"{PAGE}?answer={ID}&{query}&click_part=1.5..2") as page:
            page.locator(READY).wait_for()
            said = page.locator(".try[open] .note").inner_text()
            assert 0 < len(said) <= 80 and "xx" not in said and "99" not in said, query
            assert page.locator(".try[open] output", has_text="1.5% to 2%").count() == 1
    for asked in ("nope", "x" * 10_000):
        with visit(f"{PAGE}?answer={asked}") as page:
            assert 0 < len(page.locator("p.note").first.inner_text()) <= 80
            assert page.locator(".try[open]").count() == 0
    # A French reader writes a comma.
    with visit(f"fr/{PAGE}?answer={ID}&month_of_year=20,5..30&mine=1e4..50000,5") as page:
        page.locator(READY).wait_for()
        assert page.locator(".try[open] .note").inner_text() == ""
        assert page.locator(".try[open] output", has_text="20,5 % à 30 %").count() == 1
