"""The notebooks that a reader takes home: they say what the page says, and run far from the
repository. Each test looks at all chapters and lists what is wrong."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import venv
import zipfile
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from lxml import html
from markdown_it import MarkdownIt
from packaging.requirements import Requirement
from tallybook.builder.notebooks import conversion
from tallybook.report import ONE_THREAD

from microwork.report import CHAPTERS
from tests.files import read
from tests.notebooks import baseline_path, chapter_path, differences, outputs
from tests.published import STAYS as BASE

RAW = re.compile(r"\{[\w:+-]+\}`|(?:`{3,}|:{3,})\{|:::|\[\[[\w.|-]+\]\]|^\(\w[\w-]*\)=$", re.M)
EXECUTE = "import sys; from nbclient.cli import main; main(sys.argv[1:])"
APART = ("cell", "moved", "references")
ZIP = "microwork.zip"
RUN = "profile"  # the chapter that is executed as a reader would


@pytest.fixture(scope="module")
def taken(site: Path) -> dict[str, nbformat.NotebookNode]:
    """The notebooks by chapter."""
    folder = site / "_downloads"
    return {name: nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in CHAPTERS}


@pytest.fixture(scope="module")
def shown(taken) -> dict[str, html.HtmlElement]:
    """What a reader sees of their text: without the first cell and the last, which the page does
    not have: how to run it, and the table of intervals."""
    parser = MarkdownIt("commonmark").enable("table")
    return {
        name: html.fromstring(f"<main>{''.join(map(parser.render, texts(one)[1:-1]))}</main>")
        for name, one in taken.items()
    }


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """The text of each chapter's page, without its cells, its drawings, its tools, what stands
    beside it, and what stands below it for old addresses."""
    classes = [f"contains(concat(' ',@class,' '),' {n} ')" for n in APART]
    left_out = " or ".join([*classes, "contains(@class,'headerlink')", "@class='tools'"])
    found = {}
    for name in CHAPTERS:
        main = html.fromstring(read(site / f"chapters/{name}.html")).get_element_by_id("main")
        for node in main.xpath(f".//*[{left_out} or self::svg or self::section[@class='cite']]"):
            node.drop_tree()
        found[name] = main
    return found


def texts(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def words(node: html.HtmlElement) -> str:
    return re.sub(r"[ \n\t]+", " ", node.text_content()).strip(" ")


# What it says


def test_cells_and_what_they_have_shown_are_the_kept_ones(taken):
    """Links to sources do not know the site in a kept notebook."""
    found = {}
    for name, notebook in taken.items():
        for output in (output for cell in conversion.code(notebook) for output in cell.outputs):
            if "text/html" in output.get("data", {}):
                place = f'href="{BASE}chapters/sources.html#'
                text = output.data["text/html"].replace(place, 'href="sources.html#')
                output.data["text/html"] = text
        kept = nbformat.read(baseline_path(name), as_version=4)
        sources = [[cell.source for cell in conversion.code(one)] for one in (notebook, kept)]
        assert sources[0] == sources[1], f"{name}: run `make baselines` if the change is meant"
        found[name] = differences(outputs(kept), outputs(notebook))
    told = [f"{name}: {line}" for name, lines in found.items() for line in lines]
    assert told == [], "run `make baselines` if the change is meant"


def test_no_role_and_no_directive_is_left(taken):
    for name, notebook in taken.items():
        nbformat.validate(notebook)
        assert [found for text in texts(notebook) for found in RAW.findall(text)] == [], name
        assert RAW.findall(read(chapter_path(name))), f"none is in the source of {name} either"


def numbers(node: html.HtmlElement, xpath: str) -> Counter:
    """How often each number is printed: its anchor and its text."""
    links = node.xpath(xpath)
    return Counter((link.get("href").partition("#")[2], words(link)) for link in links)


def test_every_number_paragraph_heading_chart_and_claim_of_the_page_is_there(shown, pages, claims):
    """A number has its interval beside it, where the page has it in its card."""
    address = f".//a[starts-with(@href,'{BASE}chapters/numbers.html#')]"
    text = ".//p[not(ancestor::table) and not(ancestor::figure) and not(@class)]"
    for name, notebook in shown.items():
        of_page = numbers(pages[name], ".//data[@class='num']/a")
        assert of_page and numbers(notebook, address) == of_page, name
        read_there = notebook.xpath(".//p | .//li | .//h1 | .//h2 | .//h3 | .//h4")
        there = {re.sub(r" \(interval [^)]*\)", "", words(node)) for node in read_there}
        said = pages[name].xpath(f"{text} | .//li[not(p or ul)] | .//h1 | .//h2")
        assert sorted({words(node) for node in said} - there) == [], name
        drawn = {src.rpartition("/")[2] for src in notebook.xpath(".//img/@src")}
        charts = pages[name].xpath(".//figure/@data-chart")
        assert charts and drawn == {f"{chart}.svg" for chart in charts}
        items = [words(item) for item in notebook.xpath(".//li")]
        for claim in (claim for claim in claims if claim["chapter"] == name):
            (item,) = [item for item in items if item.startswith(claim["statement"])]
            assert claim["word"] in item.lower(), claim["claim_id"]


def test_links_lead_to_files_of_the_site_with_their_whole_address(site, shown):
    addresses = {one for tree in shown.values() for one in tree.xpath(".//a/@href | .//img/@src")}
    assert addresses and all(address.startswith(("http://", "https://")) for address in addresses)
    ours = {one.removeprefix(BASE).partition("#")[0] for one in addresses if one.startswith(BASE)}
    assert [name for name in ours if not (site / (name or "index.html")).is_file()] == []


def test_the_first_cell_says_what_it_is_and_how_to_run_it(site, taken):
    """And the pages of all languages lead to the same files."""
    for name, notebook in taken.items():
        said = f"{BASE}chapters/{name}.html|Version |Licence: |Cite it as: |pip install"
        said += f"|{name}.ipynb|]({BASE}_downloads/{ZIP})"
        assert [part for part in said.split("|") if part not in texts(notebook)[0]] == []
        for page, up in ((f"chapters/{name}.html", ".."), (f"fr/chapters/{name}.html", "../..")):
            links = html.fromstring(read(site / page)).xpath("//p[@class='downloads']/a/@href")
            assert links[1:] == [f"{up}/_downloads/{file}" for file in (f"{name}.ipynb", ZIP)]
            assert all((site / page).parent.joinpath(link).is_file() for link in links[1:])


# That it runs


@pytest.fixture(scope="module")
def room(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the site offers, and an environment of what it names.

    The packages of others are linked from here, where they have the versions of the lock, so that
    no network is needed.
    """
    folder = tmp_path_factory.mktemp("reader")
    with zipfile.ZipFile(site / f"_downloads/{ZIP}") as archive:
        archive.extractall(folder)
    shutil.copy(site / f"_downloads/{RUN}.ipynb", folder)
    venv.create(folder / "env", symlinks=True)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    for line in re.findall(r"^\w[^\\\n]*", read(folder / "requirements.txt"), re.M):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            link(importlib.metadata.distribution(wanted.name), packages)
            assert importlib.metadata.version(wanted.name) in wanted.specifier, wanted
    return folder


def reader(room: Path) -> dict:
    """How a reader's Python is run there."""
    around = {"PATH": os.environ["PATH"], "HOME": str(room), "LANG": "C.UTF-8", **ONE_THREAD}
    return {"env": around, "capture_output": True, "text": True}


def link(distribution: importlib.metadata.Distribution, packages: Path) -> None:
    """Have the files of an installed package in another environment too."""
    names = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    for name in names:
        if not (packages / name).exists():
            (packages / name).symlink_to(distribution.locate_file(name))


def test_what_a_chapter_imports_is_all_there_and_ours(site, room):
    """With the tables, and with nothing of this folder."""
    code = f"import microwork.{RUN}.figures as a, tallybook as b; print(a.__file__, b.__file__)"
    done = subprocess.run([room / "env/bin/python", "-c", code], cwd=room, **reader(room))
    places = [Path(place).relative_to(room).parts[0] for place in done.stdout.split()]
    assert places == ["microwork", "tallybook"], done.stderr
    for path in (site / "data").rglob("*.csv"):
        assert (room / path.relative_to(site)).read_bytes() == path.read_bytes(), path


@pytest.mark.weekly
def test_a_chapter_runs_in_a_new_environment_and_shows_the_same(room):
    path = room / f"{RUN}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    # Links to sources among them: the archive knows where their page is.
    before = [cell.outputs for cell in conversion.code(notebook)]
    for cell in conversion.code(notebook):
        cell.update(outputs=[], execution_count=None)
    nbformat.write(notebook, path)
    command = [room / "env/bin/python", "-c", EXECUTE, "--inplace", path.name]
    done = subprocess.run(command, cwd=room, **reader(room))
    assert done.returncode == 0, done.stderr
    after = nbformat.read(path, as_version=4)
    assert [cell.outputs for cell in conversion.code(after)] == before and any(before)
