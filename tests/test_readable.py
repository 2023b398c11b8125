"""How the pages read, measured on what a reader sees: words, sentences, numbers, and the three
depths of a chapter."""

from __future__ import annotations

import pytest

from microwork import report
from tests import readable
from tests.readable import Prose


@pytest.mark.parametrize("chapter", report.CHAPTERS)
def test_a_chapter_keeps_to_the_limits(site, chapter):
    assert readable.faults(site / f"chapters/{chapter}.html") == []


@pytest.mark.parametrize(
    "page",
    [
        "../index",
        "since",
        "methods",
        "ledger",
        "solid",
        "settle",
        "cite",
        "numbers",
        "glossary",
        "corrections",
    ],
)
def test_another_page_keeps_to_the_limits_of_prose(site, page):
    assert readable.faults(site / f"chapters/{page}.html", chapter=False) == []


def test_sentences_words_and_numbers_by_hand():
    text = (
        "About 15,000 people (12,000 to 18,000) clicked in 2019, says A. Casilli. Was it 3 % or 4"
        " %? Nobody knows!"
    )
    first, second, third = readable.split(text)
    assert (readable.words(third), readable.figures(first), readable.figures(second)) == (2, 1, 2)
    assert (
        readable.figures("from 3 to 5 hours in May 2020") == 1
    )  # a range is one number, a year none


@pytest.mark.parametrize(
    ("word", "count"),
    [("people", 2), ("microworker", 4), ("nobody", 3), ("interval", 3), ("ten", 1), ("paid", 1)],
)
def test_syllables(word, count):
    assert readable.syllables_of(word) == count


def test_reading_ease_by_hand():
    # Two sentences of four words, ten syllables in all.
    assert Prose(("Nobody paid the men. The men went home.",)).ease == pytest.approx(
        206.835 - 1.015 * 4 - 84.6 * 10 / 8
    )


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [("It was not often said.", 100), ("They said it.", 0), ("It is red.", 0)],
)
def test_a_passive_is_found(sentence, passive):
    assert Prose((sentence,)).passive == passive


def test_each_limit_can_be_broken(tmp_path):
    long = (
        "This is one of those sentences that never seem to end because "
        + "and so it goes on " * 10
        + "to the end."
    )
    page = tmp_path / "page.html"
    page.write_text(
        f'<main id="main"><section><p>{long}</p><p>It was given. 1, then 2, then 3 are'
        " here.</p></section></main>"
    )
    found = "\n".join(readable.faults(page))
    for words in (
        "sentence of",
        "3 numbers in a sentence",
        "numbers per 100 words",
        "passive",
        "first screen",
        "The story",
    ):
        assert words in found
