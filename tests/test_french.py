"""The French edition says the same as the English one, with the same numbers at the same places, in
French."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from lxml import html
from tallybook import extraction, language, project, translate
from tallybook.builder.cache import reuse
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
TERM = re.compile(r"\{term\}`(?:[^`<]*<([^>]+)>|([^`]+))`")
NAMES = [path.relative_to(path.parents[3]).as_posix() for path in CATALOGUES]
# Of what is not French on a French page: code, addresses, names of files, titles of sources, and
# what is marked as another language.
FOREIGN = (
    "//*[@lang and not(starts-with(@lang,'fr'))] | //code | //pre | //script | //style | //svg |"
    " //cite | //em | //i | //*[contains(@class,'citation-list')] | //*[contains(@class,'cards')] |"
    " //*[contains(@class,'reference')] | //data | //a[contains(@href,'sources.html#')] |"
    " //a[contains(@class,'source')] | //a[contains(@href,'.csv')] |"
    " //td[@data-label='Témoin'] | //*[@id='main']//a[starts-with(@href,'#')] |"
    " //section[starts-with(@id,'document-')]/h2"
)
COMMON = set(read(ROOT / "tests" / "english-words.txt").partition("\n")[2].split())
# Written by their publishers without the space, or with signs of another language.
TITLES = r"\*?(?:Chut!|Working Without Borders:|Data Source:|Time Waits for No One!)\*? ?|  +"
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
CAPITAL = re.compile(rf"(?:{'|'.join(map(str.capitalize, MONTHS.split('|')))})[a-zé]* \d")
ODD = {
    language.ENGLISH: re.compile(r"\d\d:\d\d:\d\d|\(\d{4}-\d\d\)|\d day of [A-Z]"),
    FRENCH: re.compile(
        rf"\d\d:\d\d:\d\d|\(\d{{4}}-\d\d\)|\d jours? de [a-zéû]+ \d{{4}}"
        rf"|(?<![\d\u202f,])1 (?:{MONTHS})|Read:|Recorded on|not recorded|URL: |\. In \w"
    ),
}
GRAMMALECTE = shutil.which("grammalecte-cli")
SIGNS = re.compile(r" [;!?%»]|« |[^\W\d]'[^\W\d]|\.\.\.|“|”|[^\s\u202f\u00a0(«\d/]:(?=\s)")


def messages(path: Path) -> Iterator[tuple[str, str, int | None]]:
    """Each text of a catalogue, its translation, and its line."""
    with path.open("rb") as file:
        for message in read_po(file, locale=FRENCH):
            if isinstance(message.id, str) and message.id:
                yield message.id, str(message.string), message.lineno
            elif message.id:
                yield message.id[1], str(message.string[-1]), message.lineno


def holes(text: str) -> Counter[str]:
    """What has to be the same: of a word with a link to the glossary, where the link leads."""
    found = (TERM.sub(lambda term: term[1] or term[2], hole) for hole in HOLES.findall(text))
    return Counter(hole.lower() for hole in found)


@pytest.fixture(scope="module")
def site(book_root: Path) -> Path:
    return book_root / "_build" / "html"


@pytest.fixture(scope="module")
def beside(book_root: Path) -> Path:
    """What the build has taken down beside the site."""
    return book_root / "_build" / "staging" / "_build"


@functools.cache
def main(path: Path) -> html.HtmlElement:
    return html.fromstring(read(path)).xpath("//main")[0]


def test_every_message_is_translated():
    assert [*translate.faulty(ROOT, FRENCH)] == []


def test_every_word_that_a_page_looks_up_is_in_a_catalogue(beside: Path):
    language.use(FRENCH, ROOT)
    try:
        looked_up = map(json.loads, read(beside / f"shown.{FRENCH}").splitlines())
        # A plural stands under its singular.
        texts = (text if isinstance(text, str) else (text[0], 0) for _kind, text in looked_up)
        assert [text for text in texts if not language.known(text)] == []
    finally:
        language.use(language.ENGLISH, ROOT)
    assert read(beside / f"untranslated.{FRENCH}") == ""


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_a_translation_has_the_roles_and_placeholders_of_its_message(path: Path):
    assert [
        (line, said)
        for told, said, line in messages(path)
        if holes(told) != holes(said) or told.count("**") != said.count("**")
    ] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_spaces_and_quotation_marks_are_french(path: Path):
    # A title in another language is as it is.
    pairs = ((told, said, line) for told, said, line in messages(path) if told != said)
    found = ((line, HOLES.sub("x", untitled(said))) for _told, said, line in pairs)
    assert [(line, text[:80]) for line, text in found if SIGNS.search(text)] == []


@pytest.mark.skipif(not GRAMMALECTE, reason="Grammalecte is not installed")
@pytest.mark.parametrize("path", CATALOGUES, ids=NAMES)
def test_grammalecte_finds_no_fault_of_typography(path: Path, tmp_path: Path):
    # Names and titles of others stay as they are.
    own = [
        re.sub(f"{TITLES}|[*_]", "", said)
        for told, said, _line in messages(path)
        if told != said and "{\\" not in said
    ]
    lines = [HOLES.sub("12", said).replace("\n", " ").strip() for said in own]
    text = tmp_path / "said.txt"
    text.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [GRAMMALECTE, "-f", text, "-j"], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)["data"]
    kinds = ("nbsp", "esp", "unit", "apos")
    assert [
        (
            lines[part["iParagraph"] - 1][fault["nStart"] - 20 : fault["nEnd"] + 10],
            fault["sMessage"],
        )
        for part in found
        for fault in part["lGrammarErrors"]
        if fault["sType"] in kinds
    ] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page != "search.html"])
def test_a_page_has_the_numbers_and_the_addresses_of_the_english_one(site: Path, page: str):
    english, french = main(site / page), main(site / FRENCH / page)

    def numbers(tree: html.HtmlElement) -> Counter[tuple[str, str]]:
        found = tree.xpath("//data[contains(@class,'num')]")
        return Counter(
            (one.find("a").get("href").partition("#")[2], one.get("value")) for one in found
        )

    assert numbers(english) == numbers(french) and numbers(english) is not None
    # docutils counts through what has no name, in the order of the text.
    named = {name for name in english.xpath(".//@id") if not re.fullmatch(r"id\d+", name)}
    assert named <= set(french.xpath(".//@id"))


@pytest.mark.parametrize("page", PAGES)
def test_no_common_english_word_is_on_a_french_page(site: Path, page: str):
    tree = html.fromstring(read(site / FRENCH / page))
    for foreign in tree.xpath(FOREIGN):
        tail = foreign.tail
        foreign.clear()
        foreign.tail = tail
    said = re.sub("«[^»]*»", " ", " ".join(tree.xpath("//body//text()")))
    said = untitled(said)
    words = re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", re.sub(r"\S*[/_@.]\S+", " ", said))
    assert sorted(set(words) & COMMON) == []


# After a one that is no part of a longer number, a word in the plural; not verbs, and what has an s
# of its own.
ONE = re.compile(r"(?<![\w.,\u2212–-])(?<!\d[ \u00a0\u202f])1\s([^\W\d]+[sx])\b")
BLOCKS = (
    ".//p | .//li | .//td | .//th | .//dd | .//summary | .//figcaption | .//*[local-name()='text']"
)
SINGULAR = (
    "is",
    "was",
    "has",
    "holds",
    "as",
    "des",
    "dans",
    "sous",
    "vers",
    "fois",
    "mois",
    "pays",
    "cas",
)


@pytest.mark.parametrize("language_", ["", FRENCH])
@pytest.mark.parametrize("page", PAGES)
def test_one_has_its_word_in_the_singular(site: Path, language_: str, page: str):
    texts = [one.text_content() for one in main(site / language_ / page).xpath(BLOCKS)]
    found = [word for text in texts for word in ONE.finditer(text) if word[1] not in SINGULAR]
    assert [word[0] for word in found] == []


def test_a_plural_after_one_is_found():
    plural = ["1 hours", "1\u00a0verdicts", "1\u202fheures", "(1 ans)", "de 1 travaux"]
    assert all(map(ONE.search, plural))
    assert not any(map(ONE.search, ["1 000 heures", "2019-1 ans", "3 1 ans", "1,1 fois", "1 an"]))


@pytest.mark.parametrize("code", ODD)
@pytest.mark.parametrize("page", PAGES)
def test_what_code_prints_reads_as_the_language_has_it(site: Path, page: str, code: str):
    tree = main(site / ("" if code == language.ENGLISH else code) / page)
    said = " ".join(" ".join(tree.xpath(".//text()[not(ancestor::pre|ancestor::code)]")).split())
    assert ODD[code].findall(said) == []
    assert [text for text in tree.xpath(".//svg//text()") if re.fullmatch(r"\d+k", text)] == []
    values = tree.xpath(".//td[@data-label='value' or @data-label='valeur']")
    assert [one for one in values if re.search(r"(?<![.,\d])\d{5}", one.text_content())] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_french_month_is_small(site: Path, page: str):
    cells = main(site / FRENCH / page).xpath(".//table[@class='data']//td")
    texts = [cell.text_content() for cell in cells]
    assert [text for text in texts if CAPITAL.match(text)] == []


def test_the_labels_of_stacked_tables_are_french(site: Path):
    """What a style sheet shows beside the cells of a table on a phone."""
    said, own = (read(site / folder / "_static/report.css") for folder in (FRENCH, ""))
    assert extraction.LABEL.findall(own)[:2] == ["Value", "Interval"]
    assert re.findall('content:"([^"]{5,})"', said)[:2] == ["Valeur", "Intervalle"]
    assert "Published" not in said


def untitled(text: str) -> str:
    """A text without titles and names of others."""
    for title in TITLED:
        text = text.replace(title, " ")
    return text


def test_tables_and_what_runs_a_chapter_are_there_once(site: Path):
    for name in ("_downloads", "data", "ro-crate-metadata.json"):
        assert (site / name).exists() and not (site / FRENCH / name).exists()


def test_the_record_has_both_languages_and_the_site_nothing_else(book_root: Path, site: Path):
    """MyST-NB puts its notebooks beside the folder that it writes: beside ``fr/``, in the site."""
    record = reuse.read(book_root / "_build")
    assert not (site / "jupyter_execute").exists()
    assert record.is_of(site)
    assert sum(name.startswith(f"{FRENCH}/") for name in record.sums) > len(record.sums) / 3


TO_THE_TOP = "(figure) => figure.scrollIntoView({ behavior: 'instant' })"


def test_the_way_to_the_other_language_leads_to_the_same_figure(site: Path, browser):
    address = (site / "chapters/income.html").as_uri()
    with visiting(browser, address) as page:
        for _again in range(5):  # what comes into sight gets its height only then
            page.locator("#income-hourly").evaluate(TO_THE_TOP)
            page.wait_for_timeout(150)
        page.locator("a.language").evaluate("(link) => link.click()")
        page.wait_for_url("**/fr/chapters/income.html*")
        assert page.evaluate("location.hash").startswith("#income-hourly")
        assert abs(page.locator("#income-hourly").bounding_box()["y"]) < 300
        assert page.evaluate("document.documentElement.lang") == FRENCH
        page.locator("a.language").evaluate("(link) => link.click()")
        page.wait_for_url("**/html/chapters/income.html*")
        assert page.evaluate("location.hash").startswith("#income-hourly")
