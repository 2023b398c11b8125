"""Pages on paper, one of each kind: printed to PDF by a real Chromium, and the text read back."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader
from tallybook import language

from microwork.paths import ROOT
from tests.published import CITATION, STAYS

PRINTED = ("index.html", "chapters/ledger.html", "fr/chapters/counts.html")
APPARATUS = (
    *("Skip to the text", "On this page", "The data:"),
    *("Newest version", "Report an error", "Download {format}"),
)
# What the page holds, read before it is printed.
CONTENT = """() => {
  const said = (e) => [...e.childNodes].filter((part) => !part.matches?.(".headerlink, .spoken"))
    .map((part) => part.childNodes.length ? said(part) : part.textContent).join("");
  const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => said(e).trim());
  return {
    kept: texts("h1, figure.chart figcaption, aside.footnote p, .claims .v,"
      + " details.more:not(.cite *) > summary").filter(Boolean),
    code: texts(".cell_input pre"),
    links: [...document.querySelectorAll("main a[href^='http']")].filter(
      (a) => !a.closest(".cards, .tools"))
      .map((a) => a.getAttribute("href")),
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
    assert [text for text in content["kept"] if bare(text)[:60] not in whole] == []
    assert [code for code in content["code"] if bare(code) in whole] == []
    assert min(map(len, sheets[:-1]), default=61) > 60, f"an almost empty sheet in {address}"
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
    assert STAYS + ("" if address == "index.html" else address) in whole[-900:]


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
