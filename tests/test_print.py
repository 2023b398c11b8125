"""Pages on paper, one of each kind: printed to PDF by a real Chromium, and the text read back."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata

import pytest
from pypdf import PdfReader
from tallybook import language

from microwork import report
from microwork.paths import ROOT
from tests.files import load
from tests.published import CITATION, STAYS
from tests.visits import KINDS, WIDTHS

COUNTS = "chapters/counts.html"
APPARATUS = (
    *("Skip to the text", "On this page", "The data:"),
    *("Newest version", "Report an error", "Download {format}"),
)
PRINTED = [name for name in KINDS if not re.search("search|numbers|glossary|income", name)]
# What the page holds, read before it is printed; sources beside the text are on paper in the list
# at its end. A label is read line by line, as Chromium prints the halo of each line before the line
# itself.
CONTENT = """() => {
  const said = (e) => [...e.childNodes].filter((part) => !part.matches?.(".headerlink"))
    .map((part) => part.childNodes.length ? said(part) : part.textContent).join("");
  const told = (found) => [...found].map((e) => said(e).trim()).filter(Boolean);
  const texts = (selector) => told(document.querySelectorAll(selector));
  const main = document.querySelector("main");
  return {
    title: document.querySelector("h1").firstChild.textContent,
    kept: texts("figure.chart figcaption, aside.footnote p,"
      + "details.more:not(.cite *) > summary"),
    labels: [...document.querySelectorAll("figure.chart .plot > svg.broad")].map(
      (svg) => told(svg.querySelectorAll("text:not(:has(tspan)), tspan"))),
    links: [...main.querySelectorAll("a[href^='http']")].filter(
      (a) => !a.closest(".cards, .tools") && !a.href.startsWith("https://web.archive.org/"))
      .map((a) => a.getAttribute("href")),
    code: texts(".cell_input pre"),
    cited: new Set([...main.querySelectorAll("a[href*='sources.html#']")]
      .filter((a) => !a.closest(".cards")).map((a) => a.hash)).size,
    verdicts: texts(".claims .v"),
  };
}"""
# The page of all numbers is a hundred sheets of one table: its first rows stand for the others.
SHORTEN = """document.querySelectorAll('table.numbers tbody tr:nth-child(n+40)').forEach(
    (row) => row.remove())"""


def bare(text: str) -> str:
    """Text without its spaces and line breaks, which paper sets anew; ligatures as letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def across(sheets: list[str]) -> str:
    """All sheets in one, without the page numbers between them."""
    count = len(sheets)
    return "".join(
        re.sub(rf"{number}/{count}$|^{number}/{count}", "", sheet)
        for number, sheet in enumerate(sheets, 1)
    )


def name_of(address: str) -> str:
    return address.rpartition("/")[2].removesuffix(".html")


@pytest.fixture(scope="module")
def printed(visit):
    """By address: what a page holds, and the text of each sheet; printed from a dark page."""
    found = {}
    for name in PRINTED:
        with visit(name, dark=True) as page:
            page.evaluate(SHORTEN)
            content = page.evaluate(CONTENT)
            reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
        found[name] = content, [bare(sheet.extract_text()) for sheet in reader.pages]
    return found


@pytest.fixture(params=PRINTED)
def sheets(request, printed):
    """Address of a page, what it holds, and its sheets, in the language of the page."""
    with language.speaking("fr" if request.param.startswith("fr/") else "en", ROOT):
        yield request.param, *printed[request.param]


def test_paper_has_the_text_and_no_apparatus(sheets):
    address, content, sheets = sheets
    whole = across(sheets)
    assert sheets[0].find(bare(content["title"])) in range(80), sheets[0][:200]
    apparatus = {language.gettext(words).format(format="BibTeX") for words in APPARATUS}
    assert apparatus.isdisjoint(APPARATUS) or not address.startswith("fr/")
    assert [words for words in apparatus if bare(words) in whole] == []
    assert [text for text in content["kept"] if bare(text)[:60] not in whole] == []
    assert [code for code in content["code"] if bare(code) in whole] == []
    assert min(map(len, sheets[:-1]), default=61) > 60, f"an almost empty sheet in {address}"
    # Which version of which page it is.
    built = language.gettext("built on {day}").partition("{")[0]
    assert bare(f"version {CITATION['version']} · {built}") in whole[-900:]
    assert STAYS + ("" if address == "index.html" else address) in whole[-900:]
    # Charts come out with their labels.
    assert len(content["labels"]) >= 2 or name_of(address) not in report.CHAPTERS
    for labels in content["labels"]:
        assert labels and [label for label in labels if bare(label) not in whole] == []


def test_addresses_are_spelled_out_once_and_what_is_cited_is_listed_in_full(sheets):
    address, content, sheets = sheets
    whole, count = across(sheets), content["cited"]
    links = [bare(href) for href in content["links"]]
    assert [href for href in links if href not in whole or f"{href}({href})" in whole] == []
    assert "numbers.html#" not in whole and "file:///" not in whole
    one, many = "One source is cited here", "{count} sources are cited here"
    words = language.ngettext(one, many, count).format(count=count)
    assert not count or address.endswith("/sources.html") or bare(words) in whole


def test_verdicts_come_out_as_words(sheets, site):
    address, content, sheets = sheets
    claims = load(site / ("fr" if address.startswith("fr/") else "") / "claims.json")["claims"]
    here = [
        claim
        for claim in claims
        if not claim["repeats"] and name_of(address) in (claim["chapter"], "ledger")
    ]
    whole, verdicts = across(sheets), [claim["word"] for claim in here]
    assert len(content["verdicts"]) == len(here)
    assert [one["statement"] for one in here if bare(one["statement"]) not in whole] == []
    for verdict in {*verdicts}:
        assert whole.count(bare(language.gettext(verdict))) >= verdicts.count(verdict), verdict


def test_paper_is_light_and_shows_the_broad_drawing(visit):
    """From a dark page, from a phone, and without JavaScript."""
    colours = """(({ backgroundColor, color }) => [backgroundColor, color])(
        getComputedStyle(document.body))"""
    for width, script in itertools.product(WIDTHS, (True, False)):
        with visit(COUNTS, width, dark=True, java_script_enabled=script) as page:
            page.emulate_media(media="print", color_scheme="dark")
            assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(29, 28, 26)"]
            assert not page.locator(".bar").is_visible()
            for figure in page.query_selector_all("figure.chart"):
                drawings = figure.query_selector_all(".plot > svg")
                shown = [svg.get_attribute("class") for svg in drawings if svg.is_visible()]
                tools = figure.query_selector_all(".tools")
                assert shown == ["broad"] and not any(part.is_visible() for part in tools)
            inside = page.locator("details.more:not(.cite *) > :not(summary)").first
            assert inside.is_visible(), (width, script)
