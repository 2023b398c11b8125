"""The notebooks and scripts that a reader takes home: they say what the page says, and run far from
the repository."""

from __future__ import annotations

import base64
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from lxml import html
from markdown_it import MarkdownIt
from packaging.requirements import Requirement
from tallybook import clock
from tallybook.builder import wheels
from tallybook.builder.notebooks import conversion
from tallybook.report import ONE_THREAD

from microwork import report
from microwork.paths import ROOT
from tests.files import read, write
from tests.notebooks import SHOWN, baseline_path, chapter_path, differences
from tests.published import CITATION
from tests.published import STAYS as BASE

RAW = re.compile(r"\{[\w:+-]+\}`|(?:`{3,}|:{3,})\{|:::|\[\[[\w.|-]+\]\]|^\(\w[\w-]*\)=$", re.M)
EXECUTE = "import sys; from nbclient.cli import main; main(sys.argv[1:])"
WHERE = """
import json, microwork.paths, tallybook
print(json.dumps([microwork.__file__, tallybook.__file__, str(microwork.paths.DATA)]))
"""


@pytest.fixture(params=report.CHAPTERS)
def chapter(request):
    return request.param


def taken(site: Path, chapter: str) -> nbformat.NotebookNode:
    return nbformat.read(site / f"_downloads/{chapter}.ipynb", as_version=4)


def texts(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def rendered(notebook: nbformat.NotebookNode) -> html.HtmlElement:
    """What a reader sees of the text: without the first cell, which the page does not have."""
    parser = MarkdownIt("commonmark").enable("table")
    return html.fromstring(f"<main>{''.join(map(parser.render, texts(notebook)[1:]))}</main>")


APART = ("cell", "moved", "references", "beside")


def page(site: Path, chapter: str) -> html.HtmlElement:
    """The text of a chapter's page, without its cells, its drawings, its tools, what stands beside
    it, and what stands below it for old addresses."""
    main = html.fromstring(read(site / f"chapters/{chapter}.html")).get_element_by_id("main")
    classes = [f"contains(concat(' ',@class,' '),' {n} ')" for n in APART]
    left_out = " or ".join([*classes, "contains(@class,'headerlink')", "@class='tools'"])
    for node in main.xpath(f".//*[{left_out} or self::svg or self::section[@class='cite']]"):
        node.drop_tree()
    return main


def words(node: html.HtmlElement) -> str:
    return re.sub(r"[ \n\t]+", " ", node.text_content()).strip(" ")


def home(outputs: list) -> list:
    """Outputs as a cell gives them: its links to sources do not know the site."""
    page = "chapters/sources.html#"
    text = json.dumps(outputs, sort_keys=True)
    return json.loads(text.replace(f'href=\\"{BASE}{page}', 'href=\\"sources.html#'))


def with_outputs(chapter: str, outputs_from: nbformat.NotebookNode) -> str:
    """The code of a chapter with the outputs of a notebook, as such a notebook is kept."""
    whole = conversion.with_outputs(conversion.read(chapter_path(chapter)), outputs_from)
    whole.cells = conversion.code(whole)
    return nbformat.writes(whole) + "\n"


# What it says


def test_its_cells_and_all_that_they_have_shown_are_the_kept_ones(site, chapter):
    """The chapter's code with the outputs of the notebook to take home is the kept notebook, to the
    byte."""
    found = taken(site, chapter)
    for cell in conversion.code(found):
        cell.outputs = [nbformat.from_dict(output) for output in home(cell.outputs)]
    whole, kept = with_outputs(chapter, found), read(baseline_path(chapter))
    if whole != kept:
        pair = (nbformat.reads(text, as_version=4) for text in (kept, whole))
        told = [*differences(*pair)[:SHOWN], "run `make baselines` if the change is meant"]
        pytest.fail("\n".join(told), pytrace=False)


def test_a_changed_output_would_be_found(site):
    found = taken(site, "income")
    outputs = (output for cell in conversion.code(found) for output in cell.outputs)
    next(output for output in outputs if "text/html" in output.data).data["text/html"] += "."
    assert with_outputs("income", found) != read(baseline_path("income"))


def test_no_role_and_no_directive_is_left(site, chapter):
    notebook = taken(site, chapter)
    nbformat.validate(notebook)
    assert [found for text in texts(notebook) for found in RAW.findall(text)] == []
    assert RAW.findall(read(site / f"_downloads/{chapter}.py")) == []
    assert RAW.findall(read(chapter_path(chapter))), (
        "the expression finds none in the source either"
    )


def numbers(node: html.HtmlElement, xpath: str) -> Counter:
    """How often each number is printed: its anchor and its text."""
    links = node.xpath(xpath)
    return Counter((link.get("href").partition("#")[2], words(link)) for link in links)


def test_every_number_of_the_page_is_printed_with_its_address(site, chapter):
    of_page = numbers(page(site, chapter), ".//data[@class='num']/a")
    address = f".//a[starts-with(@href,'{BASE}chapters/numbers.html#')]"
    assert of_page.total() > 50
    assert numbers(rendered(taken(site, chapter)), address) == of_page


def test_every_paragraph_and_heading_of_the_page_is_there(site, chapter):
    notebook = rendered(taken(site, chapter))
    there = {words(node) for node in notebook.xpath(".//p | .//li | .//h1 | .//h2 | .//h3 | .//h4")}
    text = ".//p[not(ancestor::table) and not(ancestor::figure) and not(@class)]"
    said = page(site, chapter).xpath(f"{text} | .//li[not(p or ul)] | .//h1 | .//h2")
    wanted = {words(node) for node in said}
    assert len(wanted) > 20 and sorted(wanted - there) == []


def test_every_chart_of_the_page_is_attached_under_its_headline(site, chapter):
    notebook = taken(site, chapter)
    held = [item for cell in notebook.cells for item in cell.get("attachments", {}).items()]
    figures = page(site, chapter).xpath(".//figure[@data-chart]")
    names = {f"{figure.get('data-chart')}.svg" for figure in figures}
    assert figures and {name for name, _ in held} == names
    script = read(site / f"_downloads/{chapter}.py")
    for name, bundle in held:
        assert base64.b64decode(bundle["image/svg+xml"]) == (site / "_charts" / name).read_bytes()
        assert f"]({BASE}_charts/{name})" in script
    there = {words(node) for node in rendered(notebook).xpath(".//p")}
    for figure in figures:
        assert {words(node) for node in figure.xpath("./p[@class='headline']")} <= there
        (caption,) = figure.xpath(".//span[@class='caption-text']")
        assert any(text.endswith(f". {words(caption)}") for text in there)


def test_every_claim_is_there_with_its_verdict(site, chapter, claims):
    items = [words(item) for item in rendered(taken(site, chapter)).xpath(".//li")]
    here = [claim for claim in claims if claim["chapter"] == chapter]
    assert here
    for claim in here:
        (item,) = [item for item in items if item.startswith(claim["statement"])]
        assert f"Verdict: {claim['verdict']}" in item and claim["reason"] in item


def test_links_lead_to_places_of_the_site(site, chapter):
    """With its whole address, to a file that is there and an anchor in it."""
    addresses = set(rendered(taken(site, chapter)).xpath(".//a/@href"))
    assert addresses and all(address.startswith(("http://", "https://")) for address in addresses)
    anchors: dict[str, set[str]] = {}
    for address in (address for address in addresses if address.startswith(BASE)):
        name, _, anchor = address.removeprefix(BASE).partition("#")
        if name not in anchors:
            anchors[name] = set(re.findall(r'\sid="([^"]+)"', read(site / (name or "index.html"))))
        assert not anchor or anchor in anchors[name], address


def test_the_first_cell_says_what_it_is_and_how_to_run_it(site, chapter):
    first = texts(taken(site, chapter))[0]
    downloads = [path.name for path in (site / "_downloads").iterdir()]
    offered = [name for name in downloads if name.endswith((".whl", ".txt"))]
    assert len(offered) == 3 and all(f"]({BASE}_downloads/{name})" in first for name in offered)
    said = f"{BASE}chapters/{chapter}.html|Version |Licence: |Cite it as: |pip install|{chapter}.py"
    assert [part for part in said.split("|") if part not in first] == []
    tree = html.fromstring(read(site / f"chapters/{chapter}.html"))
    links = set(tree.xpath("//p[@class='downloads']/a/@href"))
    assert {f"../_downloads/{chapter}.{ending}" for ending in ("ipynb", "py")} < links


# That it runs


@pytest.fixture(scope="module")
def room(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the site offers, and an environment of what its lock names and
    its wheels.

    The packages of others are linked from here, where they have the versions of the lock, so that
    no network is needed.
    """
    folder = tmp_path_factory.mktemp("reader")
    for path in (site / "_downloads").iterdir():
        shutil.copy(path, folder)
    venv.create(folder / "env", symlinks=True)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    for line in re.findall(r"^\w[^\\\n]*", read(folder / "requirements.txt"), re.M):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            link(importlib.metadata.distribution(wanted.name), packages)
            assert importlib.metadata.version(wanted.name) in wanted.specifier, wanted
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wheels = [str(path) for path in folder.glob("*.whl")]
    # With a check of all they need.
    install = ["--python", str(folder / "env"), "install", "--quiet", "--no-index", *wheels]
    subprocess.run([*pip, *install], check=True)
    return folder


def link(distribution: importlib.metadata.Distribution, packages: Path) -> None:
    """Have the files of an installed package in another environment too."""
    names = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    for name in names:
        if not (packages / name).exists():
            (packages / name).symlink_to(distribution.locate_file(name))


def run(room: Path, *arguments: str) -> subprocess.Popen[str]:
    """The new environment's Python in the room, told nothing by this one but to leave cores to the
    tests beside it."""
    told = {"PATH": os.environ["PATH"], "HOME": str(room), "LANG": "C.UTF-8", **ONE_THREAD}
    command = [str(room / "env/bin/python"), *arguments]
    return subprocess.Popen(
        command, cwd=room, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_wheel_is_the_same_whenever_and_by_whomever_it_is_built(site, tmp_path, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "1600000000")
    before = os.umask(0o077)
    try:
        version = CITATION["version"]
        made = wheels.build(ROOT, tmp_path, version, f"{BASE}chapters/sources.html")
    finally:
        os.umask(before)
    assert [path.name.partition("-")[0] for path in made] == ["tallybook", "microwork"]
    offered = [site / "_downloads" / path.name for path in made]
    assert [path.read_bytes() for path in made] == [path.read_bytes() for path in offered]
    assert os.environ[clock.VARIABLE] == "1600000000"


def test_no_wheel_is_offered_of_a_report_that_is_no_package(tmp_path):
    assert wheels.build(tmp_path, tmp_path, "1.0.0", BASE) == []
    write(tmp_path / "pyproject.toml", '[build-system]\nbuild-backend = "setuptools.build_meta"\n')
    assert wheels.build(tmp_path, tmp_path, "1.0.0", BASE) == []


def test_all_of_ours_comes_from_the_wheels_of_the_site(room):
    said, errors = run(room, "-c", WHERE).communicate()
    places = [Path(place) for place in json.loads(said or "[]")]
    assert len(places) == 3 and places[2].is_dir(), errors
    assert all(place.is_relative_to(room / "env") for place in places)


@pytest.mark.parametrize(
    "chapter",
    [
        pytest.param(name, marks=[] if name == "profile" else [pytest.mark.weekly])
        for name in report.CHAPTERS
    ],
    indirect=True,
)
def test_it_runs_in_a_new_environment_and_shows_the_same(room, chapter):
    before = nbformat.read(room / f"{chapter}.ipynb", as_version=4)
    # Links to sources among them: the wheel knows where their page is.
    shown = [cell.outputs for cell in conversion.code(before)]
    for cell in conversion.code(before):
        cell.update(outputs=[], execution_count=None)
    nbformat.write(before, room / f"{chapter}-run.ipynb")
    runs = run(room, "-c", EXECUTE, "--inplace", f"{chapter}-run.ipynb"), run(room, f"{chapter}.py")
    (_, errors), (printed, complaints) = (process.communicate() for process in runs)
    assert [process.returncode for process in runs] == [0, 0], errors + complaints
    after = nbformat.read(room / f"{chapter}-run.ipynb", as_version=4)
    assert [cell.outputs for cell in conversion.code(after)] == shown and any(shown)
    plain = [output["data"]["text/plain"] for outputs in shown for output in outputs]
    assert printed == "".join(f"{text}\n" for text in plain)
