"""The pages on paper: printed to PDF by a real Chromium, and the text read back; of the French
edition some, since it differs in its words alone."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader
from tallybook import language

from microwork import report
from microwork.paths import ROOT
from tests.files import load
from tests.published import CITATION, STAYS
from tests.visits import FRENCH, PAGES, WIDTHS

COUNTS = "chapters/counts.html"
APPARATUS = (
    *("Skip to the text", "On this page", "Explore", "Copy this", "Still picture", "The data:"),
    *("Newest version", "Report an error", "Download {format}"),
)
PRINTED = [name for name in PAGES if name != "search.html"]
PRINTED += [name for name in FRENCH if name.endswith(("income.html", "glossary.html"))]
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


@pytest.fixture(scope="module", params=PRINTED)
def printed(request, visit):
    """Address of a page, what it holds, and the text of each sheet; printed from a dark page."""
    with visit(request.param, dark=True) as page:
        page.evaluate(SHORTEN)
        content = page.evaluate(CONTENT)
        reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    with language.speaking("fr" if request.param in FRENCH else "en", ROOT):
        yield request.param, content, [bare(sheet.extract_text()) for sheet in reader.pages]


def test_paper_has_the_text_and_no_apparatus(printed):
    address, content, sheets = printed
    whole = across(sheets)
    assert sheets[0].find(bare(content["title"])) in range(80), sheets[0][:200]
    apparatus = {language.gettext(words).format(format="BibTeX") for words in APPARATUS}
    assert apparatus.isdisjoint(APPARATUS) or address not in FRENCH
    assert [words for words in apparatus if bare(words) in whole] == []
    assert [text for text in content["kept"] if bare(text)[:60] not in whole] == []
    assert [code for code in content["code"] if bare(code) in whole] == []
    assert min(map(len, sheets[:-1]), default=61) > 60, f"an almost empty sheet in {address}"


def test_paper_says_which_version_of_which_page_it_is(printed):
    address, _, sheets = printed
    end = across(sheets)[-900:]
    built = language.gettext("built on {day}").partition("{")[0]
    assert bare(f"version {CITATION['version']} · {built}") in end
    assert STAYS + ("" if address == "index.html" else address) in end


def test_addresses_are_spelled_out_once_and_what_is_cited_is_listed_in_full(printed):
    address, content, sheets = printed
    whole, count = across(sheets), content["cited"]
    links = [bare(href) for href in content["links"]]
    assert [href for href in links if href not in whole or f"{href}({href})" in whole] == []
    assert "numbers.html#" not in whole and "file:///" not in whole
    one, many = "One source is cited here", "{count} sources are cited here"
    words = language.ngettext(one, many, count).format(count=count)
    assert not count or address.endswith("/sources.html") or bare(words) in whole


def test_charts_come_out_with_their_labels(printed):
    address, content, sheets = printed
    assert len(content["labels"]) >= 2 or name_of(address) not in report.CHAPTERS
    whole = across(sheets)
    for labels in content["labels"]:
        assert labels and [label for label in labels if bare(label) not in whole] == []


def test_verdicts_come_out_as_words(printed, site):
    address, content, sheets = printed
    folder = "fr" if address in FRENCH else ""
    claims = [
        claim for claim in load(site / folder / "claims.json")["claims"] if not claim["repeats"]
    ]
    here = [claim for claim in claims if name_of(address) in (claim["chapter"], "ledger")]
    whole, verdicts = across(sheets), [claim["verdict"] for claim in here]
    assert len(content["verdicts"]) == len(here)
    assert [one["statement"] for one in here if bare(one["statement"]) not in whole] == []
    for verdict in {*verdicts}:
        assert whole.count(bare(language.gettext(verdict))) >= verdicts.count(verdict), verdict


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_paper_is_light_and_shows_the_broad_drawing(visit, width, script):
    """From a dark page, from a phone, and without JavaScript."""
    with visit(COUNTS, width, dark=True, java_script_enabled=script) as page:
        page.emulate_media(media="print", color_scheme="dark")
        colours = """(({ backgroundColor, color }) => [backgroundColor, color])(
            getComputedStyle(document.body))"""
        assert page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(29, 28, 26)"]
        for figure in page.query_selector_all("figure.chart"):
            drawings = figure.query_selector_all(".plot > svg")
            shown = [svg.get_attribute("class") for svg in drawings if svg.is_visible()]
            tools = figure.query_selector_all(".tools")
            assert shown == ["broad"] and not any(part.is_visible() for part in tools)
        fold = page.locator("details.more:not(.cite *)").first
        assert fold.locator(":scope > :not(summary)").first.is_visible()
