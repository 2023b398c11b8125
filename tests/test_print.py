"""Pages on paper, one of each kind: printed to PDF by a real Chromium, and the text read back."""

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

PRINTED = ("index.html", "chapters/ledger.html", "fr/chapters/counts.html")
APPARATUS = (
    *("Skip to the text", "On this page", "The data:"),
    *("Newest version", "Report an error", "Download {format}"),
)
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
COLOURS = """(({ backgroundColor, color }) => [backgroundColor, color])(
    getComputedStyle(document.body))"""


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


@pytest.mark.parametrize("address", PRINTED)
def test_paper_has_the_text_its_sources_and_no_apparatus(visit, site, address):
    """Printed from a dark page."""
    with visit(address, dark=True) as page:
        content = page.evaluate(CONTENT)
        reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
    sheets = [bare(sheet.extract_text()) for sheet in reader.pages]
    whole, french = across(sheets), address.startswith("fr/")
    name = address.rpartition("/")[2].removesuffix(".html")
    assert sheets[0].find(bare(content["title"])) in range(80), sheets[0][:200]
    assert [text for text in content["kept"] if bare(text)[:60] not in whole] == []
    assert [code for code in content["code"] if bare(code) in whole] == []
    assert min(map(len, sheets[:-1]), default=61) > 60, f"an almost empty sheet in {address}"
    # Charts come out with their labels.
    assert len(content["labels"]) >= 2 or name not in report.CHAPTERS
    for labels in content["labels"]:
        assert labels and [label for label in labels if bare(label) not in whole] == []
    # Addresses are spelled out once.
    links = [bare(href) for href in content["links"]]
    assert [href for href in links if href not in whole or f"{href}({href})" in whole] == []
    assert "numbers.html#" not in whole and "file:///" not in whole
    with language.speaking("fr" if french else "en", ROOT):
        apparatus = {language.gettext(words).format(format="BibTeX") for words in APPARATUS}
        assert apparatus.isdisjoint(APPARATUS) == french
        assert [words for words in apparatus if bare(words) in whole] == []
        # Which version of which page it is.
        built = language.gettext("built on {day}").partition("{")[0]
        assert bare(f"version {CITATION['version']} · {built}") in whole[-900:]
        assert STAYS + ("" if name == "index" else address) in whole[-900:]
        # What is cited is listed in full, and verdicts come out as words.
        one, many = "One source is cited here", "{count} sources are cited here"
        words = language.ngettext(one, many, content["cited"]).format(count=content["cited"])
        assert not content["cited"] or bare(words) in whole
        claims = load(site / ("fr" if french else "") / "claims.json")["claims"]
        here = [one for one in claims if not one["repeats"] and name in (one["chapter"], "ledger")]
        assert len(content["verdicts"]) == len(here)
        assert [one["statement"] for one in here if bare(one["statement"]) not in whole] == []
        verdicts = [one["word"] for one in here]
        for verdict in {*verdicts}:
            printed = whole.count(bare(language.gettext(verdict)))
            assert printed >= verdicts.count(verdict), verdict


def test_paper_is_light_and_shows_the_broad_drawing(visit):
    """From a dark page, from a phone, and without JavaScript."""
    for width, script in (("phone", True), ("desktop", False)):
        how = {"dark": True, "java_script_enabled": script}
        with visit("chapters/counts.html", width, **how) as page:
            page.emulate_media(media="print", color_scheme="dark")
            assert page.evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(29, 28, 26)"]
            assert not page.locator(".bar").is_visible()
            for figure in page.query_selector_all("figure.chart"):
                drawings = figure.query_selector_all(".plot > svg")
                shown = [svg.get_attribute("class") for svg in drawings if svg.is_visible()]
                tools = figure.query_selector_all(".tools")
                assert shown == ["broad"] and not any(part.is_visible() for part in tools)
            inside = page.locator("details.more:not(.cite *) > :not(summary)").first
            assert inside.is_visible(), (width, script)
