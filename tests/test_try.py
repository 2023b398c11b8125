"""The panel of an answer in a real Chromium: it computes as Python does, keeps the answer in sight,
and takes nonsense in an address for what it is; and the command that says the same."""

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
SETTINGS, STEPS = 40, 200
COMPUTED = """(asked) => asked.map(([id, settings]) => {
    const found = answersTry.compute(id, settings);
    return ["median", "low", "high"].map((part) => answersTry.short(found[part]));
})"""
# Of each slider that has the focus: whether the answer is in the window, and not over the slider.
IN_SIGHT = """(fold) => [...fold.querySelectorAll("input[type=range]")].map((slider) => {
    slider.focus();
    const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
    const head = fold.querySelector(".head").getBoundingClientRect();
    const own = slider.getBoundingClientRect();
    return head.top >= bar - 1 && own.top >= head.bottom && own.bottom <= innerHeight;
})"""


def setting(factors, ends: bool, draw: random.Random) -> dict[str, list[float]]:
    """Some factors between other ends, as a reader may move them: anywhere on their sliders, or at
    one end or both."""
    found = {}
    for one in factors:
        if draw.random() < 0.4:
            low, high = one.quantiles[[0, -1]]
            step = (high - low) / STEPS
            at_ends = ((low, high), (low, low + step), (high - step, high))
            inside = sorted((draw.uniform(low, high), draw.uniform(low, high)))
            found[one.id] = printed(one.scale, draw.choice(at_ends) if ends else inside).tolist()
    return found


@pytest.fixture
def panel(visit):
    """Opens a panel by what the address says after the question mark."""

    def opened(query: str = "", width: str = "desktop", page: str = PAGE):
        return visit(f"{page}?answer={ID}{query}", width)

    return opened


def test_a_page_computes_the_digits_that_python_does(panel, loaded):
    draw, asked, expected = random.Random(42), [], []
    for name, one in loaded.answered.answers.items():
        for place in range(SETTINGS):
            settings = setting(one.factors, place % 2 == 0, draw)
            moved = {
                factor.id: replace(factor, quantiles=judged(factor.scale, *settings[factor.id]))
                for factor in one.factors
                if factor.id in settings
            }
            found = trying.otherwise(loaded.answered, name, moved)
            asked.append([name, settings])
            expected.append([short(end, 2) for end in (found.median, found.low, found.high)])
    with panel() as page:
        page.locator(".try[open] form").wait_for()
        got = page.evaluate(COMPUTED, asked)
        tails = page.evaluate("[-6, -3, -2.9, 0, 1].map(answersTry.normal)")
    wrong = [one for one in zip(asked, got, expected, strict=True) if one[1] != one[2]]
    assert not wrong, (len(wrong), wrong[0])
    normal = [9.865876450376946e-10, 0.0013498980316300933, 0.0018658133003840378, 0.5]
    assert tails == pytest.approx([*normal, 0.8413447460685429], rel=1e-12)


def test_first_the_reader_then_ours_and_the_answer_stays_in_sight(panel, visit):
    for width in ("phone", "desktop"):
        with panel("", width) as page:
            fold, says = page.locator(".try[open]"), page.locator(f"[id='answer-{ID}'] > .says")
            fold.locator("form").wait_for()
            assert not says.is_visible() and not fold.locator(".head").is_visible()
            fold.get_by_label("Low").fill("30,000")
            fold.get_by_label("High").fill("20,000")
            fold.get_by_role("button", name="Compare").click()
            assert "first the lower" in fold.locator(".note").inner_text()
            fold.get_by_label("High").fill("100,000")
            fold.get_by_role("button", name="Compare").click()
            head = fold.locator(".head .says")
            ours = says.inner_text()
            assert head.inner_text() == ours and fold.locator(".rows svg").count() == 2
            fold.locator("details summary").click()
            sight = fold.evaluate(IN_SIGHT)
            assert len(sight) > 40 and all(sight), sight
            first = fold.locator("input[type=range]").first
            first.press("PageUp")
            until(page, "location.search.includes('month_of_year=')")
            assert head.inner_text() != ours and fold.locator(".rows svg").count() == 3
            told = fold.locator("[role=status]").inner_text()
            assert told == f"With your ranges: {head.inner_text()}"
            address, changed = page.url, head.inner_text()
            with visit(f"{PAGE}?{address.partition('?')[2]}", width) as again:
                again.locator(".head .says").wait_for()
                until(again, "document.querySelector('.head .says b')")
                assert again.locator(".head .says").inner_text() == changed
            fold.get_by_role("button", name="Back to our ranges").click()
            until(page, "!location.search.includes('month_of_year')")
            assert head.inner_text() == ours and "mine=30000..100000" in page.url


@pytest.mark.parametrize(
    "query",
    [
        "&month_of_year=a..b",
        "&month_of_year=30..20",
        "&month_of_year=0..20",
        "&month_of_year=20,5..30",
        "&women_survey=20..30",
        "&__proto__=1..2",
        "&mine=-1..5",
        "&mine=5",
        f"&{'x' * 10_000}=1..2",
        f"&mine={'9' * 10_000}..2",
    ],
)
def test_nonsense_in_an_address_is_told_in_a_line_and_the_rest_counts(panel, query):
    with panel(f"{query}&click_part=1.5..2") as page:
        page.locator(".head .says b").first.wait_for()
        said = page.locator(".try[open] .note").inner_text()
        assert 0 < len(said) <= 80 and "xx" not in said and "99" not in said
        assert page.locator(".try[open] output", has_text="1.5 % to 2 %").count() == 1


def test_an_unknown_answer_is_told_and_a_french_reader_writes_a_comma(panel, visit):
    for asked in ("nope", "x" * 10_000):
        with visit(f"{PAGE}?answer={asked}") as page:
            said = page.locator("p.note").first.inner_text()
            assert 0 < len(said) <= 80 and page.locator(".try[open]").count() == 0
    with panel("&month_of_year=20,5..30&mine=1e4..50000,5", page=f"fr/{PAGE}") as page:
        page.locator(".head .says b").first.wait_for()
        assert page.locator(".try[open] .note").inner_text() == ""
        assert page.locator(".try[open] output", has_text="20,5 % à 30 %").count() == 1
        assert page.locator(".head .says").inner_text().startswith("Environ ")


def test_the_command_says_what_the_page_says(book_root, panel):
    done = run(book_root, "-m", "tallybook", "try", ID, "month_of_year=20..30")
    with panel("&month_of_year=20..30") as page:
        page.locator(".head .says b").first.wait_for()
        assert page.locator(".head .says").inner_text() == done.stdout.strip()
