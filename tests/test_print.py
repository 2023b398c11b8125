"""The pages on paper: printed to PDF by a real Chromium, and the text read back."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest
from pypdf import PdfReader

from microwork import report
from microwork.paths import ROOT
from tests.conftest import explore
from tests.published import STAYS
from tests.visits import PAGES, WIDTHS, Visit

PRINTED = [name for name in PAGES if name != "search.html"]
APPARATUS = (
    "Skip to the text",
    "On this page",
    "The code of this step",
    "Explore",
    "Copy this",
    "Still picture",
    "Download BibTeX",
    "The data:",
    "Newest version",
    "Report an error",
)
# What the page holds, read before it is printed; sources beside the text are on paper in the list
# at its end. A label is read line by line, as Chromium prints the halo of each line before the line
# itself.
CONTENT = """() => {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent.trim()).filter(Boolean);
  const main = document.querySelector("main");
  return {
    title: document.querySelector("h1").firstChild.textContent,
    captions: texts("figure.chart figcaption"),
    labels: [...document.querySelectorAll("figure.chart .plot > svg.broad")].map(
      (svg) => [...svg.querySelectorAll("text:not(:has(tspan)), tspan")].map((e) => e.textContent.trim()).filter(Boolean)),
    notes: texts(".margin-note p:not(.sources *), aside.footnote p"),
    folds: texts("details.more:not(.cite *) > summary"),
    links: [...main.querySelectorAll("a[href^='http']")]
      .filter((a) => !a.closest(".cards, .tools") && !a.href.startsWith("https://web.archive.org/"))
      .map((a) => a.getAttribute("href")),
    code: texts(".cell_input pre"),
    cited: new Set([...main.querySelectorAll("a[href*='sources.html#']")]
      .filter((a) => !a.closest(".cards")).map((a) => a.hash)).size,
    verdicts: texts(".claims .v"),
  };
}"""


def bare(text: str) -> str:
    """Text without its spaces and line breaks, which paper sets anew; ligatures as letters."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module", params=PRINTED)
def printed(request, browser, site):
    """Name of a page, what it holds, and the text of each sheet; printed from a dark page."""
    with Visit(browser, (site / request.param).as_uri(), dark=True) as (page, visit):
        # The page of all numbers is a hundred sheets of one table: its first rows stand for the
        # others.
        page.evaluate(
            "document.querySelectorAll('table.numbers tbody tr:nth-child(n+40)').forEach((row) =>"
            " row.remove())"
        )
        content = page.evaluate(CONTENT)
        reader = PdfReader(io.BytesIO(page.pdf(format="A4")))
        assert visit.errors == [] and visit.foreign == []
    return request.param, content, [bare(sheet.extract_text()) for sheet in reader.pages]


def test_paper_has_the_text_and_no_apparatus(printed):
    name, content, sheets = printed
    whole = "".join(sheets)
    assert sheets[0].find(bare(content["title"])) in range(80), sheets[0][:200]
    for words in APPARATUS:
        assert bare(words) not in whole, words
    for text in [*content["captions"], *content["notes"], *content["folds"]]:
        assert bare(text)[:60] in across(sheets), text
    for code in content["code"]:
        assert bare(code) not in whole, code
    for sheet in sheets[:-1]:
        assert len(sheet) > 60, f"an almost empty sheet in {name}"


def across(sheets: list[str]) -> str:
    """All sheets in one, without the page numbers between them."""
    return "".join(
        re.sub(rf"{number}/{len(sheets)}$|^{number}/{len(sheets)}", "", sheet)
        for number, sheet in enumerate(sheets, 1)
    )


def test_paper_says_which_version_of_which_page_it_is(printed):
    name, _, sheets = printed
    end = across(sheets)[-900:]
    version = re.search(
        r"^version: *\"?([\w.]+)", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M
    )[1]
    address = STAYS + ("" if name == "index.html" else name)
    assert bare(f"version {version} · built on") in end and address in end, end


def test_addresses_are_spelled_out(printed):
    _, content, sheets = printed
    whole = across(sheets)
    for href in content["links"]:
        assert bare(href) in whole, href
        assert f"{bare(href)}({bare(href)})" not in whole, f"{href} is printed twice"
    assert "numbers.html#" not in whole and "file:///" not in whole


def test_what_is_cited_is_listed_in_full(printed, site):
    name, content, sheets = printed
    if content["cited"] and name != "chapters/sources.html":
        words = "One source is" if content["cited"] == 1 else f"{content['cited']} sources are"
        assert bare(f"{words} cited here") in across(sheets)


def test_charts_come_out_with_their_labels(printed):
    name, content, sheets = printed
    assert (
        len(content["labels"]) >= 2
        or name.removeprefix("chapters/").removesuffix(".html") not in report.CHAPTERS
    )
    whole = across(sheets)
    for labels in content["labels"]:
        assert labels
        for label in labels:
            assert bare(label) in whole, label


def test_verdicts_come_out_as_words(printed, site):
    name, content, sheets = printed
    claims = json.loads((site / "claims.json").read_text(encoding="utf-8"))["claims"]
    chapter = name.removeprefix("chapters/").removesuffix(".html")
    here = [
        claim
        for claim in claims
        if chapter in (claim["chapter"], "ledger") and not claim["repeats"]
    ]
    assert len(content["verdicts"]) == len(here)
    whole = across(sheets)
    for claim in here:
        assert bare(claim["statement"]) in whole, claim["statement"]
    for verdict in {claim["verdict"] for claim in here}:
        assert whole.count(bare(verdict)) >= sum(claim["verdict"] == verdict for claim in here), (
            verdict
        )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_paper_is_light_and_shows_the_broad_drawing(browser, site, width, script):
    """From a dark page, from a phone, and without JavaScript."""
    with Visit(
        browser,
        (site / "chapters/counts.html").as_uri(),
        width,
        dark=True,
        java_script_enabled=script,
    ) as (page, _):
        page.emulate_media(media="print", color_scheme="dark")
        background, ink = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.body).color]"
        )
        assert background == "rgb(255, 255, 255)" and ink == "rgb(29, 28, 26)"
        for figure in page.query_selector_all("figure.chart"):
            assert [
                svg.get_attribute("class")
                for svg in figure.query_selector_all(".plot > svg")
                if svg.is_visible()
            ] == ["broad"]
            assert not any(
                part.is_visible() for part in figure.query_selector_all(".tools, .vega-bindings")
            )
        assert (
            page.locator("details.more:not(.cite *)")
            .first.locator(":scope > :not(summary)")
            .first.is_visible()
        )


def test_a_live_chart_is_printed_as_it_was_published(browser, site):
    with Visit(browser, (site / "chapters/counts.html").as_uri(), dark=True) as (page, _):
        figure = page.locator(
            f"#{page.locator('figure.chart:has(button.go)').first.get_attribute('id')}"
        )
        explore(figure)
        page.emulate_media(media="print")
        assert (
            figure.locator(".plot > svg.broad").is_visible()
            and not figure.locator(".live").is_visible()
        )
