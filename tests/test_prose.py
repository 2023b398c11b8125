"""No number is typed in a sentence: the pages are read as a reader sees them, and every digit must
have a reason."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from tallybook.model.formatting import split

from microwork.paths import CHAPTERS, ROOT
from tests.files import read

PAGES = [ROOT / "index.md", *sorted(CHAPTERS.glob("*.md"))]

# Directives whose content is prose; the content of all others is code or data.
PROSE = ("container", "details", "chart", "finding", "glossary", "note", "warning")
PROSE += ("important", "admonition", "epigraph")

# What may have digits: years, and names that happen to have them. Each with the reason why.
NAMES = [
    r"\b(?:18|19|20)\d\d(?:[-\u2013]\d{2,4})?\b",  # years and spans of years
    r"\b95%",  # the level of an interval, as its name
    r"Bac\+\d",  # French diplomas
    r"CC BY 4\.0",
    r"\bD[19]\b",  # deciles, as their names
    r"\bQ[1-4]\b",  # quarters of a year
    r"\bF1\b",
    r"\bGPT-\d(?:\.\d)?",  # language models by name
    r"\bISO3?\b",
]


def prose(text: str) -> str:
    """The sentences of a page: without front matter, code, roles, directive heads, options, links'
    addresses."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    kept: list[str] = []
    stack: list[tuple[str, bool]] = []  # open fences: marks, and whether their content is prose
    options = False
    for line in text.splitlines():
        fence = re.match(r"\s*(`{3,}|:{3,}|~{3,})(?:\{([\w-]+)\}(.*))?(\S*)", line)
        plain = fence and fence[2] is None and not fence[4]
        if plain and stack and fence[1].startswith(stack[-1][0]):
            stack.pop()
        elif fence:
            stack.append((fence[1], fence[2] in PROSE))
            options = True
            if fence[2] in ("details", "admonition"):
                kept.append(fence[3] or "")
        elif stack and options and (option := re.match(r"\s*:([\w-]+):(.*)", line)):
            if option[1] in ("alt", "title") and stack[-1][1]:
                kept.append(option[2])
        elif all(is_prose for _, is_prose in stack):
            options = False
            kept.append(line)
    joined = "\n".join(kept)
    joined = re.sub(r"\[\[[^\]]+\]\]", " ", joined)  # placeholders
    joined = re.sub(r"\{[\w:-]+\}`[^`]*`", " ", joined)  # roles
    joined = re.sub(r"`[^`]*`", " ", joined)  # code
    joined = re.sub(r"\]\([^)]*\)", "]", joined)  # addresses
    rendered = MarkdownIt().render(joined)
    return re.sub(r"<[^>]+>", " ", rendered)


def bare_numbers(text: str) -> list[str]:
    """What is left of digits once names and years are gone, each with the words round it."""
    left = prose(text)
    for name in NAMES:
        left = re.sub(name, " ", left)
    return [
        left[max(0, m.start() - 30) : m.end() + 20].replace("\n", " ").strip()
        for m in re.finditer(r"\d+(?:[.,\u202f ]\d+)*", left)
    ]


def test_no_bare_number_in_prose():
    assert bare_numbers("About 14,903 of them, 5.6% in 2019.") != []
    found = {page.name: bare_numbers(read(page)) for page in PAGES}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_no_bare_number_in_reasons_and_labels(loaded):
    for judgement in loaded.judgements.values():
        text = "".join(
            piece if isinstance(piece, str) else " " for piece in split(judgement.reason)
        )
        assert bare_numbers(text) == [], judgement.claim_id
        words = re.sub(r"\[\[[^]]*\]\]", "N", judgement.reason).split()
        assert len(words) <= 80, judgement.claim_id
    for number in loaded.numbers:
        assert bare_numbers(number.label) == [], number.id


def test_a_label_says_by_itself_what_it_is_of(loaded):
    leaning = re.compile(r"(the same|that|this|these|those|of (these|those|them))\b", re.I)
    assert [one.id for one in loaded.numbers if leaning.match(one.label)] == []


# Intervals that leave nothing out, or of which the text says all.
WHOLE = ("corona-frozen-distinct", "datasets-pixel-undated", "mturk-same-answer")


def test_every_interval_says_what_it_leaves_out(loaded):
    left = re.compile(r"\b(not|nor|no|nothing|only|leaves out|too little)\b", re.I)
    for number in loaded.numbers:
        if number.low is not None and not number.id.endswith(WHOLE):
            assert left.search(number.covers), number.id
