"""A chapter in three depths: its first screen, its story, and its evidence. What goes deeper is
marked with a class by which the style sheet leaves it out, and each depth says how long it takes to
read.

The first screen is all that stands before the first section. The first section is the story, up to
the table of claims. All else is evidence. Code goes to the end of its section, so that it parts no
sentence from the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from tallybook.language import gettext as _
from tallybook.sphinx.nodes import claim_row, element
from tallybook.sphinx.state import get_state

STORY, EVIDENCE, BESIDE = "story", "evidence", "beside"
WORDS_A_MINUTE = 250
CODE = {"cell", "tag_remove-output"}  # a cell of which only the code is shown
# What is not read word by word: what cells show, code, and charts but for their captions.
_NOT_READ = (nodes.literal_block, nodes.raw, nodes.Invisible)


class Depth(NamedTuple):
    """A depth: the name in addresses, the label, and the seconds from the top of the page to its
    end."""

    name: str
    label: str
    seconds: float


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", arrange)


def arrange(app: Sphinx, document: nodes.document) -> None:
    """Put the code of a page last in its sections, and mark the depths of a chapter."""
    for section in list(document.findall(nodes.section)):
        code_last(section)
    page = next(iter(document.findall(nodes.section)), None)
    if page is not None and get_state(app).chapter_of(app.env.docname):
        mark(page)


def code_last(section: nodes.section) -> None:
    """Move code to the end of a section. That of the first screen goes to the end of the first
    section in the page."""
    inner = next((part for part in section if isinstance(part, nodes.section)), section)
    for cell in [part for part in section if isinstance(part, nodes.container)]:
        if set(cell["classes"]) >= CODE:
            section.remove(cell)
            inner.append(cell)


def mark(page: nodes.section) -> None:
    """Name what belongs to the story and to the evidence."""
    sections = [part for part in page if isinstance(part, nodes.section)]
    for story in sections[:1]:
        story["classes"].append(STORY)
        rest = False
        for part in story:
            rest = rest or _ends_story(part)
            if rest:
                _classify(part, EVIDENCE)
    for section in sections[1:]:
        section["classes"].append(EVIDENCE)


def _ends_story(part: nodes.Node) -> bool:
    """Whether a part of the first section is no story any more: the count of claims or their table,
    a fold, code."""
    if isinstance(part, element):
        fold = part["tag"] == "details" or has_class(part, "tally")
        return fold or any(part.findall(claim_row))
    return _is_cell(part)


def _classify(part: nodes.Node, name: str) -> None:
    if isinstance(part, element):
        part["attrs"]["class"] = f"{part['attrs'].get('class', '')} {name}".strip()
    elif isinstance(part, nodes.Element):
        part["classes"].append(name)


def of(document: nodes.document) -> list[Depth]:
    """The depths of a chapter; one that adds nothing to read is left out."""
    added = {"short": 0, STORY: 0, EVIDENCE: 0}
    for part in next(iter(document.findall(nodes.section))):
        if not isinstance(part, nodes.section):
            added["short"] += words(part)
        elif has_class(part, STORY):
            for inner in part:
                added[EVIDENCE if has_class(inner, EVIDENCE) else STORY] += words(inner)
        else:
            added[EVIDENCE] += words(part)
    found, seconds = list[Depth](), 0.0
    labels = (_("In short"), _("Story"), _("Evidence"))
    for (name, count), label in zip(added.items(), labels, strict=True):
        seconds += 60 * count / WORDS_A_MINUTE
        if count:
            found.append(Depth(name, label, seconds))
    return found


def words(part: nodes.Node) -> int:
    """The words of a part that a reader sees: of a fold its title only, of cells nothing."""
    return len("".join(_read(part)).split())


def _read(part: nodes.Node) -> Iterator[str]:
    if isinstance(part, nodes.Text):
        yield part.astext()
    elif not (isinstance(part, _NOT_READ) or _is_cell(part) or has_class(part, BESIDE)):
        block = not isinstance(part, (nodes.Inline, nodes.TextElement))
        folded = isinstance(part, element) and part["tag"] == "details"
        for child in part.children[:1] if folded else part.children:
            yield from _read(child)
            yield " " if block else ""
        yield "" if isinstance(part, nodes.Inline) else " "


def classes(part: nodes.Node) -> list[str]:
    if isinstance(part, element):
        return str(part["attrs"].get("class", "")).split()
    return list(part["classes"]) if isinstance(part, nodes.Element) else []


def has_class(part: nodes.Node, name: str) -> bool:
    return name in classes(part)


def _is_cell(part: nodes.Node) -> bool:
    return isinstance(part, nodes.container) and "cell" in part["classes"]


def duration(seconds: float) -> str:
    """A time to read: tens of seconds below a minute, else minutes."""
    tens = max(1, round(seconds / 10))
    if tens < 6:
        return _("{count} sec").format(count=10 * tens)
    return _("{count} min").format(count=round(seconds / 60))


def switch(document: nodes.document) -> str:
    """The choice of a depth. Nothing without at least two."""
    depths = of(document)
    if len(depths) < 2:
        return ""
    choices = "".join(
        f'<label><input type="radio" name="depth" value="{one.name}"'
        f"{' checked' if one is depths[-1] else ''}>{escape(one.label)}"
        f" <small>{duration(one.seconds)}</small></label>"
        for one in depths
    )
    return (
        f'<fieldset class="depth"><legend class="sr">{_("How much to read")}</legend>{choices}'
        "</fieldset>"
    )
