"""Where code goes."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
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
