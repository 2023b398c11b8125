"""What stands beside the text: in a wide window the words of the press as they were printed, each
with what it means, and numbers of the first screen. All of it is on the page elsewhere as well, so
that a narrow window and paper do without.

Code of which only the text is shown goes to the end of its section, so that it parts no sentence
from the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from docutils import nodes
from sphinx.application import Sphinx

from tallybook import language
from tallybook.claims import Claim
from tallybook.sphinx import claims, domain
from tallybook.sphinx.builders import makes_site
from tallybook.sphinx.nodes import element, number, span, tag
from tallybook.sphinx.state import get_state

LONGEST = 8  # words that are quoted
APART = 2  # paragraphs that one of them stands beside
BESIDE = "beside"
CODE = {"cell", "tag_remove-output"}  # a cell of which only the code is shown


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", arrange)
    app.connect("doctree-resolved", fill)


def arrange(_app: Sphinx, document: nodes.document) -> None:
    """Move code to the end of its section. That of the first screen goes to the end of the first
    section in the page."""
    for section in list(document.findall(nodes.section)):
        inner = next((part for part in section if isinstance(part, nodes.section)), section)
        for cell in [part for part in section if isinstance(part, nodes.container)]:
            if set(cell["classes"]) >= CODE:
                section.remove(cell)
                inner.append(cell)


def fill(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Put quotations and numbers beside the answer and the story of a chapter."""
    chapter = get_state(app).chapter_of(docname)
    page = next(iter(document.findall(nodes.section)), None)
    if not (chapter and page is not None and makes_site(app)):
        return
    answer = next((part for part in page if has_class(part, "answer")), None)
    quoted = [claim for claim in leading(app, chapter) if words(claim)]
    if answer is not None and quoted:
        page.insert(page.index(answer) + 1, quotation(quoted.pop(0), meaning=False))
    said = map(quotation, quoted)
    found = (key(app, one) for one in computed(app, page))
    items = [one for one in chain(*zip_longest(said, found)) if one is not None]
    for story in [part for part in page if isinstance(part, nodes.section)][:1]:
        spread(story, items)


def leading(app: Sphinx, chapter: str) -> list[Claim]:
    """The claims that a chapter leads with; first the one by which the front page presents it."""
    shared = get_state(app)
    finding = domain.of(app.env).data["findings"].get(chapter)
    found = [shared.report.claims[name] for name in claims.listed(shared.report)]
    own = [claim for claim in found if claim.chapter == chapter and claim.lead]
    return sorted(own, key=lambda claim: not finding or claim.claim_id != finding["claim_id"])


def words(claim: Claim) -> str:
    """The words of a claim as they were printed, if they are few."""
    said = claim.quoted
    return said if sum(any(map(str.isalnum, word)) for word in said.split()) <= LONGEST else ""


def quotation(claim: Claim, meaning: bool = True) -> element:
    """The words of a claim, with what they mean and who said them. Beside the answer, the meaning
    stands there; to a reader of their language, they say it themselves."""
    said = tag("p", span("q", words(claim), lang=claim.language or ""))
    means = [tag("p", claim.statement)] if meaning and claim.language != language.now() else []
    who = span("a", claims.told(claim), href=f"#claim-{claim.claim_id}")
    return tag("blockquote", said, *means, tag("p", who, class_="who"), class_=BESIDE)


def computed(app: Sphinx, page: nodes.section) -> Iterator[str]:
    """The numbers of the first screen that have an interval, each once; a figure that was only read
    has none."""
    numbers = get_state(app).report.numbers
    parts = (part for part in page if not isinstance(part, nodes.section))
    names = dict.fromkeys(one["name"] for part in parts for one in part.findall(number))
    return (name for name in names if numbers[name].low is not None)


def key(app: Sphinx, name: str) -> element:
    """A number, what it is, and its interval."""
    report = get_state(app).report
    big = tag("p", domain.of(app.env).number(name), class_="big")
    interval = tag("p", report.show(name, "interval"))
    return tag("div", big, interval, tag("p", report.numbers[name].label), class_=BESIDE)


def spread(story: nodes.section, items: list[element]) -> None:
    """Put items beside the paragraphs of a story, as many as have room, evenly."""
    paragraphs = [part for part in story if isinstance(part, nodes.paragraph)]
    shown = items[: len(paragraphs) // APART]
    for at, item in enumerate(shown):
        paragraph = paragraphs[at * (len(paragraphs) // len(shown))]
        story.insert(story.index(paragraph) + 1, item)


def has_class(part: nodes.Node, name: str) -> bool:
    if isinstance(part, element):
        return name in str(part["attrs"].get("class", "")).split()
    return isinstance(part, nodes.Element) and name in part["classes"]
