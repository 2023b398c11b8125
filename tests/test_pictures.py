"""The still pictures of all charts, as a reader sees them: what a headline says is in its picture,
marks keep to one grammar, and on a phone lines are whole and no text covers another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.etree import _Element
from playwright.sync_api import Locator

from microwork import report
from microwork.outsourcing import links
from tests.files import read
from tests.visits import WIDTHS

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
# What a headline may say in a word, and a picture in percent.
PARTS = {"half": 50.0, "quarter": 25.0, "third": 33.0}
# All folds but the tables of charts.
UNFOLD = """document.querySelectorAll('details:not(.tools details)')
    .forEach((one) => { one.open = true })"""
# Sizes of the letters of a drawing, in pixels of the screen.
TEXT_SIZES = """svg => {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    return [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim())
        .map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
}"""
# What may be a reference, and is nobody's claim.
REFERENCES = re.compile(
    r"minimum wage|chance|without the tie|no gain|no difference|as ready|at most|ceiling|^half$"
)
# Boxes of texts that cover each other or leave the drawing, and coloured values on an upright line
# that is no grid.
CROWDED = """(svg) => {
    const look = (e, name) => e.closest(`[${name}]`).getAttribute(name);
    const box = (e) => e.getBoundingClientRect(), said = (e) => e.textContent.trim();
    const texts = [...svg.querySelectorAll('text')].filter(said);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const covered = texts.flatMap((one, i) => texts.slice(i + 1).filter((two) =>
        meet(box(one), box(two))).map((two) => `${said(one)} | ${said(two)}`));
    const upright = [...svg.querySelectorAll('line')].filter((line) =>
        look(line, 'stroke') !== 'var(--line)'
        && box(line).width < 6 && box(line).height > 24);
    const values = texts.filter((e) =>
        /\\d/.test(said(e)) && look(e, 'fill') !== 'var(--ink)');
    const struck = values.filter((value) => upright.some((line) => {
        const middle = (box(line).left + box(line).right) / 2, one = box(value);
        return one.left + 2 < middle && middle < one.right - 2
            && Math.min(one.bottom, box(line).bottom) - Math.max(one.top, box(line).top) > 0.5;
    }));
    const cut = texts.filter((e) =>
        box(e).left < box(svg).left - 1 || box(svg).right + 1 < box(e).right);
    const told = (these, what) => these.map((e) => `${said(e)} ${what}`);
    return [...covered, ...told(struck, 'on a line'), ...told(cut, 'cut')];
}"""


def figures(site: Path) -> dict[str, _Element]:
    """All charts of the chapters, by name."""
    pages = [html.fromstring(read(site / f"chapters/{name}.html")) for name in report.CHAPTERS]
    found = [figure for page in pages for figure in page.xpath("//figure[@data-chart]")]
    return {figure.get("data-chart"): figure for figure in found}


def pictures(figure: _Element) -> dict[str, _Element]:
    return {svg.get("class"): svg for svg in figure.xpath("./div[@class='plot']/*")}


def drawn(site: Path) -> Iterator[tuple[str, str, _Element, _Element]]:
    """Every picture: the chart's name, the picture's kind, the figure, the picture."""
    for name, figure in figures(site).items():
        for kind, svg in pictures(figure).items():
            yield name, kind, figure, svg


def look(mark: _Element, key: str) -> str:
    """How a mark looks, by itself or by its group."""
    found = mark.xpath(f"ancestor-or-self::*[@{key}][1]/@{key}")
    return str(found[0]) if found else ""


def texts(svg: _Element) -> list[str]:
    return [" ".join(" ".join(text.itertext()).split()) for text in svg.iter("text")]


def numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def missing(headline: str, picture: str, places: set[str]) -> list[str]:
    """What a headline says and its picture does not: numbers, in digits or words, and names."""
    drawn, said = numbers(picture), re.findall(r"[\w-]+", headline)
    lost = [f"{number:g}" for number in numbers(headline) - drawn]
    lost += [
        word
        for word in said
        if (word in WORDS and word not in picture and WORDS.index(word) + 2 not in drawn)
        or (word in PARTS and word not in picture and PARTS[word] not in drawn)
    ]
    first = {m[1] for m in re.finditer(r"(?:^|[;:.] )([\w-]+)", headline)} - places
    names = [word for word in said if word[0].isupper() and word not in first]
    return lost + [name for name in names if name not in picture]


def test_every_picture_shows_what_its_headline_says(site):
    places, lost = {word for name in links.countries()["name"] for word in name.split()}, {}
    for name, kind, figure, svg in drawn(site):
        (headline,) = figure.xpath("./p[@class='headline']")
        said = " ".join(headline.text_content().split())
        if absent := missing(said, " ".join(texts(svg)), places):
            lost[name, kind] = (said, absent)
    assert lost == {}


def test_claims_are_dashed_and_nothing_else_is(site):
    claim, wrong = "var(--claim)", []
    for name, _, _, svg in drawn(site):
        for mark in svg.iter("text", "path", "line", "circle", "rect"):
            if mark.tag == "text":
                if look(mark, "fill") == claim and REFERENCES.search("".join(mark.itertext())):
                    wrong.append((name, "".join(mark.itertext())))
            elif claim in (look(mark, "fill"), look(mark, "stroke")):
                if look(mark, "fill") == claim or not look(mark, "stroke-dasharray"):
                    wrong.append((name, mark.tag))
            elif look(mark, "stroke-dasharray"):
                wrong.append((name, "dashed", mark.tag))
    assert wrong == []


def told(figure: Locator, width: int) -> list[str]:
    """What is wrong with the picture that a figure shows on a screen of that width."""
    # What is far below is laid out when it comes near.
    figure.locator(".plot").scroll_into_view_if_needed()
    svg = figure.locator(".plot > svg:visible")
    svg.first.wait_for()
    if svg.count() != 1:
        return [f"{svg.count()} drawings"]
    box, words = svg.bounding_box(), svg.get_attribute("aria-label").split()
    faults = {
        "too wide or flat": box["height"] <= 80 or box["width"] > width,
        "no words": len(words) < 8,
        "small letters": min(svg.evaluate(TEXT_SIZES)) < 11.5,
        "no caption": not figure.locator("figcaption").inner_text().startswith("Figure"),
    }
    return [*svg.evaluate(CROWDED), *(fault for fault, so in faults.items() if so)]


def table(figure: Locator) -> list[str]:
    """What is wrong with the table of a figure, which its one control opens by keyboard."""
    tools = figure.locator(".tools")
    table = tools.locator("details table")
    hidden = tools.locator(":scope > :visible").count() == 1 and not table.is_visible()
    tools.locator("summary").press("Enter")
    links = {link.inner_text() for link in tools.locator(".links a").all()}
    opens = table.is_visible() and table.locator("tbody tr, caption").count() > 1
    named = {"CSV", "SVG", "Address", "Cite"} <= links
    return [] if hidden and opens and named else [f"table: {hidden}, {opens}, {links}"]


# How wide an m of 100 pixels is in the font of pictures; Arial's has 83.
WIDTH = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = '100px "Liberation Sans", Arial, Helvetica, sans-serif';
  return pen.measureText("m").width;
}"""


def test_no_frame_cuts_a_label_in_any_language(visit, site):
    """In the width that an article has on a phone."""
    found = {}
    for folder in ("_cite", "fr/_cite"):
        with visit(f"{folder}/counts-first.html") as page:
            if page.evaluate(WIDTH) > 84:
                pytest.skip("no font as wide as Arial: apt-get install fonts-liberation")
            page.set_viewport_size({"width": 342, "height": 600})
            for name in figures(site):
                page.goto(page.url.partition("_cite")[0] + f"_cite/{name}.html#embed")
                svg = page.locator("svg.narrow")
                if faults := svg.evaluate(CROWDED):
                    found[folder, name] = faults
    assert found == {}


def test_every_chart_is_there_without_scripts_and_can_be_read_on_a_phone(visit):
    """No text covers another, no value stands on a line, letters are large; a table is folded."""
    found = {}
    for chapter in report.CHAPTERS:
        with visit(f"chapters/{chapter}.html", java_script_enabled=False) as page:
            page.evaluate(UNFOLD)
            charts = page.locator("figure.chart").all()
            assert len(charts) >= 2, chapter
            for width, size in WIDTHS.items():
                page.set_viewport_size(size)
                for figure in charts:
                    faults = told(figure, size["width"])
                    if width == "desktop":
                        faults += table(figure)
                    if faults:
                        found[figure.get_attribute("data-chart"), width] = faults
    assert found == {}
