"""Where code goes, and counts of claims in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docutils import nodes
from docutils.utils import new_document
from rooms import BUILD, EXAMPLE, Sandbox, read
from tallybook.sphinx.directives import small


def paragraph() -> nodes.paragraph:
    return nodes.paragraph("", "words")


def code(*classes: str) -> nodes.container:
    return nodes.container("", nodes.literal_block("", "x = 1"), classes=["cell", *classes])


def test_code_goes_to_the_end_of_its_section_and_that_of_the_first_screen_to_the_story():
    hidden, shown = "tag_remove-output", "tag_shown"
    story = nodes.section("", paragraph())
    more = nodes.section("", code(hidden), paragraph(), code(shown), paragraph())
    document = new_document("chapter")
    document += nodes.section("", paragraph(), code(hidden), story, more)
    small.arrange(None, document)
    kinds = [[part["classes"][-1:] for part in section] for section in (document[0], story, more)]
    assert kinds == [[[], [], []], [[], [hidden]], [[], [shown], [], [hidden]]]


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
