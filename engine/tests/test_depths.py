"""The depths of a chapter, what stands beside its text, and counts of claims in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook.sphinx import depths, margin
from tallybook.sphinx.nodes import span, tag


def paragraph(words: int) -> nodes.paragraph:
    return nodes.paragraph("", " ".join(["word"] * words))


def code(shown: bool = False) -> nodes.container:
    """A cell of which the code is shown, or its output as well."""
    hidden = [] if shown else ["tag_remove-output"]
    return nodes.container("", nodes.literal_block("", "x = 1"), classes=["cell", *hidden])


def chapter() -> nodes.document:
    """A chapter of 50, then 100, then 350 words; titles, code and what is folded left out."""
    fold = tag("details", tag("summary"), paragraph(999), class_="more")
    story = nodes.section(
        "", paragraph(60), paragraph(40), tag("p", "of claims", class_="tally"), fold
    )
    more = nodes.section("", code(), paragraph(300), code(shown=True), paragraph(48))
    document = new_document("chapter")
    document += nodes.section("", paragraph(50), code(), story, more)
    return document


def arranged() -> nodes.document:
    document = chapter()
    for section in list(document.findall(nodes.section)):
        depths.code_last(section)
    depths.mark(document[0])
    return document


def test_each_depth_takes_as_long_as_its_words_and_those_before_it():
    found = {one.name: one.seconds for one in depths.of(arranged())}
    assert found == {"short": 12, "story": 36, "evidence": 120}  # at 250 words a minute
    html = depths.switch(arranged())
    assert html.count('type="radio"') == 3 and html.count(" checked") == 1
    assert "<small>10 sec</small>" in html and "<small>2 min</small>" in html


def test_a_chapter_without_sections_has_no_choice():
    document = new_document("chapter")
    document += nodes.section("", paragraph(50))
    assert depths.switch(document) == ""


def test_code_goes_to_the_end_of_its_section_and_that_of_the_first_screen_to_the_story():
    page = arranged()[0]
    story, more = page[1:]
    assert [depths.classes(part) for part in story] == [
        [],
        [],
        ["tally", "evidence"],
        ["more", "evidence"],
        ["cell", "tag_remove-output", "evidence"],
    ]
    assert [type(part).__name__ for part in more] == [
        "paragraph",
        "container",
        "paragraph",
        "container",
    ]
    assert (
        "tag_remove-output" not in more[1]["classes"] and "tag_remove-output" in more[3]["classes"]
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "10 sec"), (26, "30 sec"), (54, "50 sec"), (55, "1 min"), (89, "1 min"), (91, "2 min")],
)
def test_a_time_in_words(seconds: float, said: str):
    assert depths.duration(seconds) == said


def test_words_are_counted_across_what_a_line_is_made_of():
    line = nodes.paragraph(
        "", "", nodes.Text("Nearly "), span("b", "1,000"), nodes.Text(", they say")
    )
    assert depths.words(tag("div", line, tag("p", "Two words"))) == 6


@pytest.mark.parametrize(
    ("paragraphs", "items", "at"), [(6, 2, [1, 5]), (5, 9, [1, 4]), (1, 3, [])]
)
def test_what_stands_beside_a_story_is_spread_over_it(paragraphs: int, items: int, at: list[int]):
    story = nodes.section("", *(paragraph(1) for _ in range(paragraphs)))
    margin.spread(story, [tag("div", str(one)) for one in range(items)])
    assert [
        place for place, part in enumerate(story) if not isinstance(part, nodes.paragraph)
    ] == at


def test_a_count_of_claims_in_a_sentence(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    (room.root / "index.md").write_text(
        read(room.root / "index.md") + "\nOf {tally}`claims` we tested {tally}`tested`.\n"
    )
    assert "Of 2 we tested 1." in read(room.made(*BUILD) / "index.html")
    with (room.root / "index.md").open("a") as page:
        page.write("\n{tally}`wrong`\n")
    done = room.run(*BUILD)
    said = "{tally}: found 'wrong'; expected one of claims, tested, assuming"
    assert done.returncode and said in done.stdout + done.stderr
