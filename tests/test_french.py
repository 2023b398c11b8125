"""The French edition says the same as the English one, with the same numbers at the same places, in
French."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html
from tallybook import extraction, language, project, translate
from tallybook.data import records

from microwork.paths import ROOT
from tests.files import read
from tests.visits import PAGES, visiting

FRENCH = "fr"
CATALOGUES = sorted(
    [
        *language.folder(FRENCH, ROOT).rglob("*.po"),
        *language.folder(FRENCH, project.ENGINE).glob("*.po"),
    ]
)
# What a translation has as its message has it: roles, placeholders, code, targets of links.
HOLES = re.compile(r"\{[a-z:]+\}`[^`]*`|\[\[[^\]]+\]\]|\{@?[\w-]*\}|`[^`]+`|\]\([^)]*\)")
# Of what is not French on a French page: code, addresses, names of files, titles of sources, and
# what is marked as another language.
FOREIGN = (
    "//*[@lang and not(starts-with(@lang,'fr'))] | //code | //pre | //script | //style | //svg |"
    " //cite | //em | //i | //*[contains(@class,'citation-list')] | //*[contains(@class,'cards')] |"
    " //*[contains(@class,'reference')] | //data |"
    " //a[contains(@href,'sources.html#')] | //a[contains(@href,'.csv')] |"
    " //td[@data-label='Témoin'] | //*[@id='main']//a[starts-with(@href,'#')] |"
    " //section[starts-with(@id,'document-')]/h2"
)
COMMON = set(read(ROOT / "tests" / "english-words.txt").partition("\n")[2].split())
# Titles of documents, and names.
TITLED = [
    *(row["title"].partition(" (")[0].rstrip(".") for row in records("documents")),
    "Papers with Code",
    "Economic Development Board of Madagascar",
    "Data Source:",
]
# What a page of either language, and a French one, does not print: times of the clock, months and
# thousands as programs have them, and what the engine says in English.
MONTHS = "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc"
ODD = {
    "": re.compile(r"\d\d:\d\d:\d\d|\(\d{4}-\d\d\)|\d day of [A-Z]"),
    FRENCH: re.compile(
        rf"\d\d:\d\d:\d\d|\(\d{{4}}-\d\d\)|\d jours? de [a-zéû]+ \d{{4}}"
        rf"|(?<![\d\u202f,])1 (?:{MONTHS})|Read:|Recorded on|not recorded|URL: |\. In \w"
    ),
}
CAPITAL = re.compile(rf"(?:{'|'.join(map(str.capitalize, MONTHS.split('|')))})[a-zé]* \d")
SIGNS = re.compile(r" [;!?%»]|« |[^\W\d]'[^\W\d]|\.\.\.|“|”|[^\s\u202f\u00a0(«\d/]:(?=\s)")
# After a one that is no part of a longer number, a word in the plural; not verbs, and what has an s
# of its own.
ONE = re.compile(r"(?<![\w.,\u2212–-])(?<!\d[ \u00a0\u202f])1\s([^\W\d]+[sx])\b")
SINGULAR = "is was has holds as witness sans des dans sous vers fois mois pays cas"
BLOCKS = (
    ".//p | .//li | .//td | .//th | .//dd | .//summary | .//figcaption | .//*[local-name()='text']"
)


def messages(path: Path) -> Iterator[tuple[str, str, int | None]]:
    """Each text of a catalogue, its translation, and its line."""
    with path.open("rb") as file:
        for message in read_po(file, locale=FRENCH):
            if isinstance(message.id, str) and message.id:
                yield message.id, str(message.string), message.lineno
            elif message.id:
                yield message.id[1], str(message.string[-1]), message.lineno


def untitled(text: str) -> str:
    """A text without titles and names of others."""
    for title in TITLED:
        text = text.replace(title, " ")
    return text


@pytest.fixture(scope="module")
def site(book_root: Path) -> Path:
    return book_root / "_build" / "html"


def test_no_french_text_moves_a_picture_out_of_its_place(site):
    """Vega moves all of it to the right if a text begins left of it."""
    begins = re.compile(r'<svg class="(?:broad|narrow)".*?translate\((\d+)', re.S)
    for page in sorted(site.glob("chapters/*.html")):
        english, french = map(begins.findall, map(read, (page, site / f"fr/chapters/{page.name}")))
        away = [abs(int(a) - int(b)) for a, b in zip(english, french, strict=True)]
        assert max(away, default=0) <= 2, (page.name, away)


@functools.cache
def main(path: Path) -> html.HtmlElement:
    return html.fromstring(read(path)).xpath("//main")[0]


def test_every_message_and_every_word_that_a_page_looks_up_is_translated(book_root: Path):
    beside = book_root / "_build" / "staging" / "_build"
    assert [*translate.faulty(ROOT, FRENCH)] == []
    with language.speaking(FRENCH, ROOT):
        looked_up = map(json.loads, read(beside / f"shown.{FRENCH}").splitlines())
        # A plural stands under its singular.
        texts = (text if isinstance(text, str) else (text[0], 0) for _kind, text in looked_up)
        assert [text for text in texts if not language.known(text)] == []
    assert read(beside / f"untranslated.{FRENCH}") == ""


def test_a_translation_has_what_its_message_has_and_french_signs():
    other, signs = [], []
    for path in CATALOGUES:
        for told, said, line in messages(path):
            marks = re.compile(r"\*\*|\]\([^)]*\)")  # the rest the build compares
            if sorted(marks.findall(told)) != sorted(marks.findall(said)):
                other.append((path.name, line, said))
            # A title in another language is as it is.
            if told != said and SIGNS.search(HOLES.sub("x", untitled(said))):
                signs.append((path.name, line, said))
    assert other == [] and signs == []


def test_a_page_has_the_numbers_and_the_addresses_of_the_english_one(site: Path):
    def numbers(tree: html.HtmlElement) -> Counter[tuple[str, str]]:
        found = tree.xpath("//data[contains(@class,'num')]")
        return Counter(
            (one.find("a").get("href").partition("#")[2], one.get("value")) for one in found
        )

    faults = []
    for page in PAGES:
        english, french = main(site / page), main(site / FRENCH / page)
        # docutils counts through what has no name, in the order of the text.
        named = {name for name in english.xpath(".//@id") if not re.fullmatch(r"id\d+", name)}
        lost = named - set(french.xpath(".//@id"))
        if page != "search.html" and (numbers(english) != numbers(french) or lost):
            faults.append((page, lost))
    assert faults == [] and numbers(main(site / FRENCH / "chapters/counts.html"))


def test_no_common_english_word_is_on_a_french_page(site: Path):
    found = {}
    for page in PAGES:
        tree = html.fromstring(read(site / FRENCH / page))
        for foreign in tree.xpath(FOREIGN):
            tail = foreign.tail
            foreign.clear()
            foreign.tail = tail
        said = untitled(re.sub("«[^»]*»", " ", " ".join(tree.xpath("//body//text()"))))
        words = re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", re.sub(r"\S*[/_@.]\S+", " ", said))
        if english := sorted(set(words) & COMMON):
            found[page] = english
    assert found == {}


def test_one_has_its_word_in_the_singular(site: Path):
    found = [
        (folder, page, word[0])
        for folder in ODD
        for page in PAGES
        for block in main(site / folder / page).xpath(BLOCKS)
        for word in ONE.finditer(block.text_content())
        if word[1] not in SINGULAR.split()
    ]
    assert found == []


def test_what_code_prints_reads_as_the_language_has_it(site: Path):
    found: list[object] = []
    for folder, odd in ODD.items():
        for page in PAGES:
            tree = main(site / folder / page)
            texts = tree.xpath(".//text()[not(ancestor::pre|ancestor::code)]")
            found += odd.findall(" ".join(" ".join(texts).split()))
            found += [one for one in tree.xpath(".//svg//text()") if re.fullmatch(r"\d+k", one)]
            values = tree.xpath(".//td[@data-label='value' or @data-label='valeur']")
            long = [one.text_content() for one in values]
            found += [one for one in long if re.search(r"(?<![.,\d])\d{5}", one)]
    for page in PAGES:
        cells = main(site / FRENCH / page).xpath(".//table[@class='data']//td")
        found += [one.text_content() for one in cells if CAPITAL.match(one.text_content())]
    assert found == []
    # What a style sheet shows beside the cells of a table on a phone.
    said, own = (read(site / folder / "_static/report.css") for folder in (FRENCH, ""))
    assert extraction.LABEL.findall(own)[:2] == ["Value", "Interval"]
    assert re.findall('content:"([^"]{5,})"', said)[:2] == ["Valeur", "Intervalle"]


TO_THE_TOP = "(figure) => figure.scrollIntoView({ behavior: 'instant' })"


def test_the_way_to_the_other_language_leads_to_the_same_figure(site: Path, browser):
    address = (site / "chapters/income.html").as_uri()
    with visiting(browser, address) as page:
        for _again in range(5):  # what comes into sight gets its height only then
            page.locator("#income-hundred").evaluate(TO_THE_TOP)
            page.wait_for_timeout(150)
        page.locator("a.language").evaluate("(link) => link.click()")
        page.wait_for_url("**/fr/chapters/income.html*")
        assert page.evaluate("location.hash").startswith("#income-hundred")
        assert abs(page.locator("#income-hundred").bounding_box()["y"]) < 300
        assert page.evaluate("document.documentElement.lang") == FRENCH
        page.locator("a.language").evaluate("(link) => link.click()")
        page.wait_for_url("**/html/chapters/income.html*")
        assert page.evaluate("location.hash").startswith("#income-hundred")
