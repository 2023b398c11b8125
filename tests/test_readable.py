"""How the pages read, measured on what a reader sees: sentences, words and numbers of the prose,
folds apart, and what a chapter has on its first screen and in its story."""

from __future__ import annotations

import re
import statistics

from lxml import html

from microwork import report

MEDIAN, LONG, LONGEST = 17, 32, 45  # words of a sentence: in the middle, for one in twenty, for all
NUMBERS, NUMBERS_A_HUNDRED = 2, 3.5  # of a sentence, and of a hundred words
ON_THE_FRONT = 4.5  # of a hundred words of the front page, which has all answers
BOLD, STORY, STORY_NUMBERS, PRINTED = 25, (300, 560), 15, 90
# Words that stand open on a page, with its open tables.
UNFOLDED = {"../index": 750, "ledger": 4000, "settle": 1000, "methods": 1300, "since": 700}
OF_A_CHAPTER = 1500
OTHERS = "../index topics since methods ledger settle cite numbers glossary corrections"
# What is no running text: tables and lists that could be tables, what is folded, the tools of a
# figure, the list of contents, the citation,
# what a claim said.
APART = ".//table | .//details | .//nav | .//pre | .//svg | .//script | .//style | .//*[@hidden]"
APART_CLASSES = """tools cite cards eyebrow verdict-line judged tally credit moved headerlink
caption-number beside said"""
BLOCKS = " | ".join(f".//{kind}[not(.//p or .//li)]" for kind in ("p", "li", "dd", "figcaption"))
END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9ÀÉ])")
SHORT = re.compile(r"\b(?:[A-Z]|et al|e\.g|i\.e|vs|Dr|Mr|No|Fig|cf|p|pp|approx|U\.S)\.")
WORD = re.compile(r"[^\W_][\w’'.,\u202f\u00a0%-]*")
RANGE = re.compile(r"\d[\d.,\u202f]*(?:\s*%)?(?:\s+(?:to|and|–|-)\s+\d[\d.,\u202f]*)?")
# A number's own interval, and years.
NO_NUMBER = re.compile(r"\([^()]*\bto\b[^()]*\)|\b(?:1[89]|20)\d\d(?:-\d{2,4}|[a-c])?\b")


def words(text: str) -> int:
    return len(WORD.findall(text))


def figures(text: str) -> int:
    """Numbers in figures; a range is one."""
    return len(RANGE.findall(NO_NUMBER.sub("", text)))


def sentences(blocks: list[str]) -> list[str]:
    safe = (SHORT.sub(lambda found: found[0].replace(".", "\u2024"), block) for block in blocks)
    parts = (part.replace("\u2024", ".") for block in safe for part in END.split(block))
    return [part for part in parts if WORD.search(part)]


def running_text(path) -> html.HtmlElement:
    """The main part of a page, without what is no running text."""
    main = html.fromstring(path.read_text(encoding="utf-8")).get_element_by_id("main")
    parts = main.xpath(APART)
    for part in parts + [one for name in APART_CLASSES.split() for one in main.find_class(name)]:
        part.drop_tree()
    return main


def prose(part: html.HtmlElement) -> list[str]:
    """Blocks of a part of a page that hold text and no smaller block."""
    texts = (" ".join(block.text_content().split()) for block in part.xpath(BLOCKS))
    return [text for text in texts if WORD.search(text)]


def of_prose(blocks: list[str], most: float = NUMBERS_A_HUNDRED) -> list[str]:
    """What a page breaks of the limits, a line each."""
    parts = sentences(blocks)
    lengths = [words(one) for one in parts]
    long = [one for one in parts if words(one) > LONG]
    count = sum(map(words, blocks))
    limits = {
        "words in the median sentence": (statistics.median(lengths), MEDIAN),
        f"sentences over {LONG} words, such as {long[:1]}": (len(long), len(parts) / 20),
        "numbers per 100 words": (100 * sum(map(figures, blocks)) / count, most),
        **{f"words: {one[:90]}…": (words(one), LONGEST) for one in long},
        **{f"numbers: {one[:120]}": (figures(one), NUMBERS) for one in parts},
    }
    return over(limits)


def of_chapter(main: html.HtmlElement) -> list[str]:
    """What a chapter breaks of the limits of its first screen and its story."""
    [story] = main.xpath("./section//section[@id='the-story']")
    [bold] = main.find_class("answer")[0].iter("strong")
    told = sum(map(words, prose(story)))
    limits = {
        "words in the bold sentence": (words(bold.text_content()), BOLD),
        "words in the story": (told, STORY[1]),
        "numbers in the story": (sum(map(figures, prose(story))), STORY_NUMBERS),
    }
    found = [] if told >= STORY[0] else [f"{told} words in the story; expected {STORY[0]} at least"]
    return found + over(limits)


def printed(path) -> int:
    """The numbers that a page prints, folds included."""
    main = html.fromstring(path.read_text(encoding="utf-8")).get_element_by_id("main")
    return len(main.xpath(".//data[@class='num']"))


def unfolded(path) -> int:
    """The words of a page that stand open, tables too, without the tools and sources of figures
    and the citation."""
    main = html.fromstring(path.read_text(encoding="utf-8")).get_element_by_id("main")
    folded = main.xpath(".//details | .//nav | .//pre | .//svg | .//script | .//*[@hidden]")
    for part in folded + [
        one for name in ("tools", "cite", "credit") for one in main.find_class(name)
    ]:
        part.drop_tree()
    return words(main.text_content())


def over(limits: dict[str, tuple[float, float]]) -> list[str]:
    return [
        f"{found:g} {what}; expected {most:g} at most"
        for what, (found, most) in limits.items()
        if found > most
    ]


def test_each_page_keeps_to_the_limits(site):
    found = {}
    for name in (*report.CHAPTERS, *OTHERS.split()):
        main = running_text(site / f"chapters/{name}.html")
        chapter = of_chapter(main) if name in report.CHAPTERS else []
        most = UNFOLDED.get(name, OF_A_CHAPTER if name in report.CHAPTERS else 10**6)
        open_words = {"words that stand open": (unfolded(site / f"chapters/{name}.html"), most)}
        if name in report.CHAPTERS:
            open_words["numbers printed"] = (printed(site / f"chapters/{name}.html"), PRINTED)
        dense = ON_THE_FRONT if name == "../index" else NUMBERS_A_HUNDRED
        found[name] = of_prose(prose(main), dense) + chapter + over(open_words)
    assert {name: faults for name, faults in found.items() if faults} == {}
