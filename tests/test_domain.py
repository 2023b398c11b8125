"""Numbers, claims and charts are objects of a Sphinx domain: every builder prints them, and other
projects can cite them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError
from tallybook.sphinx.domain import ReportDomain
from tallybook.sphinx.state import get_state

from microwork import report
from tests.drills.room import PLAIN, STORED, Sandbox, copy
from tests.files import write

USED = re.compile(r"\{num\}`([a-z0-9.-]+)(?:\|([a-z]+))?`")


@pytest.fixture(scope="module")
def room(book_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    made = copy(book_root, tmp_path_factory.mktemp("builders"))
    for name in STORED:
        shutil.copytree(made.staging / name, made.built / name)
    return made


def made_with(room: Sandbox, builder: str) -> Path:
    """The book as another builder of Sphinx makes it."""
    done = room.build(command=(*PLAIN, "--builder", "custom", "--custom-builder", builder))
    assert done.code == 0, done.said[-2000:] + done.errors
    return room.built / builder


@pytest.fixture(scope="module")
def text(room: Sandbox) -> Path:
    return made_with(room, "text")


def one_space(text: str) -> str:
    """In one line; the text builder breaks lines after hyphens too."""
    return " ".join(text.split()).replace("- ", "-")


def printed(page: Path, loaded: report.Report) -> Iterator[str]:
    """The numbers of a page's source, as they print."""
    for name, part in USED.findall(page.read_text(encoding="utf-8")):
        yield loaded.show(name, part or "value")


@pytest.mark.weekly
def test_the_text_builder_prints_every_number_of_every_page(
    room: Sandbox, text: Path, loaded: report.Report
):
    pages = [room.root / "index.md", *sorted((room.root / "chapters").glob("*.md"))]
    found = 0
    for page in pages:
        written = one_space(
            (text / page.relative_to(room.root)).with_suffix(".txt").read_text(encoding="utf-8")
        )
        missing = [number for number in printed(page, loaded) if one_space(number) not in written]
        assert not missing, (page.name, missing[:5])
        found += len(list(printed(page, loaded)))
    assert found > 400


@pytest.mark.weekly
def test_the_text_builder_prints_the_list_of_numbers_and_the_claims(
    text: Path, loaded: report.Report
):
    numbers = one_space((text / "chapters/numbers.txt").read_text(encoding="utf-8"))
    rows = {
        n.id: one_space(f"{n.id} {n.label} Value: {loaded.show(n.id)} ") for n in loaded.numbers
    }
    assert [name for name, row in rows.items() if row not in numbers] == []
    ledger = one_space((text / "chapters/ledger.txt").read_text(encoding="utf-8"))
    for claim_id, judgement in loaded.judgements.items():
        assert one_space(loaded.expand(judgement.reason)).replace("'", "’") in ledger.replace(
            "'", "’"
        ), claim_id
    assert ledger.count("Verdict: ") >= sum(not claim.repeats for claim in loaded.claims.values())


@pytest.mark.weekly
def test_the_text_builder_prints_what_a_chart_shows(text: Path):
    chapter = one_space((text / "chapters/counts.txt").read_text(encoding="utf-8"))
    assert re.search(r"\[Two lines from [^]]{80,}\] Demand for online work\.", chapter)


@pytest.mark.weekly
def test_latex_prints_numbers_and_has_the_picture_of_every_chart(
    room: Sandbox, loaded: report.Report
):
    folder = made_with(room, "latex")
    (source,) = folder.glob("*.tex")
    tex = source.read_text(encoding="utf-8")
    named = re.findall(r"\\sphinxincludegraphics\[[^]]*\]\{\{([a-z0-9-]+)\}\.png\}", tex)
    assert len(named) == len(set(named)) > 30
    assert all((folder / f"{name}.png").stat().st_size > 1000 for name in named)
    shown = loaded.show("poverty.ratio-50")
    assert re.search(rf"the respondents were\s+{re.escape(shown)}\s+times as likely", tex)


@pytest.mark.weekly
def test_epub_is_well_formed_and_prints_numbers(room: Sandbox, loaded: report.Report):
    folder = made_with(room, "epub")
    pages = sorted(folder.glob("**/*.xhtml"))
    assert len(pages) > 10
    said = {page.stem: "".join(ElementTree.parse(page).getroot().itertext()) for page in pages}
    assert f"the respondents were {loaded.show('poverty.ratio-50')} times as likely" in one_space(
        said["poverty"]
    )
    assert not list(folder.glob("**/numbers.json")) and len(list(folder.glob("*.epub"))) == 1


def inventory(site: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Our objects in ``objects.inv``: kind and name -> address and text."""
    packed = (site / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]
    lines = [
        re.fullmatch(r"(.+?) (\S+) -?\d+ (\S+) (.*)", line).groups()
        for line in zlib.decompress(packed).decode().splitlines()
    ]
    return {
        (kind, name): (address.replace("$", name), name if text == "-" else text)
        for name, kind, address, text in lines
        if kind.startswith("report:")
    }


def test_the_inventory_holds_every_number_claim_and_chart_where_it_is(
    site: Path, loaded: report.Report
):
    found = inventory(site)
    shown = {name for kind, name in found if kind == "report:number"}
    assert shown == {number.id for number in loaded.numbers}
    assert {name for kind, name in found if kind == "report:claim"} == set(loaded.judgements)
    charts = {path.stem for path in (site / "_charts").glob("*.svg")}
    assert {name for kind, name in found if kind == "report:chart"} == charts and len(charts) > 30
    pages = {address.partition("#")[0] for address, _ in found.values()}
    anchors = {
        page: set(re.findall(r' id="([^"]+)"', (site / page).read_text(encoding="utf-8")))
        for page in pages
    }
    for (kind, name), (address, words) in found.items():
        page, _, anchor = address.partition("#")
        assert anchor in anchors[page], (kind, name, address)
        if kind == "report:number":
            assert words == loaded.show(name)


def test_another_project_cites_a_number_a_claim_and_a_chart(
    site: Path, tmp_path: Path, loaded: report.Report
):
    """Plain Sphinx, without anything of ours: the link reads as the number prints, and leads to its
    place."""
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    address = "https://report.example/"
    write(
        source / "conf.py",
        "extensions = ['sphinx.ext.intersphinx']\n"
        f"intersphinx_mapping = {{'microwork': ({address!r}, {str(site / 'objects.inv')!r})}}\n",
    )
    write(
        source / "index.rst",
        "Elsewhere\n=========\n\nThey found :external+microwork:ref:`poverty.ratio-50`, see"
        " :external+microwork:ref:`claim-poverty-22` and"
        " :external+microwork:ref:`counts-demand`.\n",
    )
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", str(source), str(out)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = (out / "index.html").read_text(encoding="utf-8")
    links = dict(
        re.findall(r'href="(https://report\.example/[^"]+)"[^>]*><span[^>]*>([^<]+)</span>', page)
    )
    assert links[f"{address}chapters/poverty.html#poverty.ratio-50"] == loaded.show(
        "poverty.ratio-50"
    )
    assert f"{address}chapters/poverty.html#claim-poverty-22" in links
    assert f"{address}chapters/counts.html#counts-demand" in links


@pytest.fixture
def domain(loaded: report.Report) -> Callable[[], ReportDomain]:
    """Makes domains that have read nothing."""
    return partial(make_domain, loaded)


def make_domain(loaded: report.Report) -> ReportDomain:
    env = SimpleNamespace(domaindata={}, app=SimpleNamespace(), docname="")
    get_state(env.app).report, get_state(env.app).provider = loaded, report.provider
    return ReportDomain(env)


def read(into: ReportDomain, docname: str, *names: str) -> None:
    into.env.docname = docname
    for name in names:
        into.number(name)
    into.data["tables"][docname] = [(docname, 3)]
    into.data["hashes"][docname] = f"hash of {docname}"
    into.add_chart(f"chart-of-{docname}", {"docname": docname, "caption": "", "files": {}})


@pytest.fixture(scope="module")
def ids(loaded: report.Report) -> list[str]:
    return [number.id for number in loaded.numbers][:3]


def test_a_page_read_again_leaves_nothing_of_the_old(
    ids: list[str], domain: Callable[[], ReportDomain]
):
    one = domain()
    read(one, "a", *ids[:2])
    before = deepcopy(one.data)
    read(one, "b", *ids)
    one.clear_doc("b")
    assert one.data == before


def test_pages_read_by_two_processes_come_together(
    ids: list[str], domain: Callable[[], ReportDomain]
):
    """As if one process had read them all; what the other knew of further pages is old and stays
    out."""
    whole, one, other = domain(), domain(), domain()
    for docname in ("a", "b", "c"):
        read(whole, docname, *ids)
    for docname in ("a", "c"):
        read(one, docname, *ids)
    read(other, "b", *ids)
    read(other, "old", *ids)
    one.merge_domaindata(["b"], other.data)
    assert one.data == whole.data
    assert one.places() == whole.places()


def test_a_chart_shown_by_two_pages_is_refused_also_when_two_processes_read_them(
    domain: Callable[[], ReportDomain],
):
    one, other = domain(), domain()
    read(one, "a")
    other.add_chart("chart-of-a", {"docname": "b", "caption": "", "files": {}})
    with pytest.raises(
        ExtensionError,
        match="chart 'chart-of-a': found it shown twice, in a and b; expected each chart once",
    ):
        one.merge_domaindata(["b"], other.data)


def test_one_object_is_found_as_all_of_them_are_and_no_other_is_printed(
    monkeypatch, loaded: report.Report, ids: list[str], domain: Callable[[], ReportDomain]
):
    one = domain()
    read(one, "a", *ids)
    every = list(one.get_objects())
    for name, text, kind, docname, anchor, _priority in every:
        assert one.target(kind, name, one.places()) == (text, docname, anchor)
    assert {"number", "claim", "chart"} == {kind for _, _, kind, *_ in every}
    places = one.places()
    assert one.target("number", ids[0], places).docname == "a"
    assert one.target("number", "no.such", places) is None
    printed = []
    monkeypatch.setattr(type(loaded), "show", lambda _self, name: printed.append(name) or "text")
    assert one.target("number", ids[1], places).text == "text"
    assert one.target("claim", ids[1], places) is None
    assert printed == [ids[1]]


def test_the_first_number_on_a_page_is_its_place(
    loaded: report.Report, ids: list[str], domain: Callable[[], ReportDomain]
):
    one = domain()
    one.env.docname = "a"
    first, second = one.number(ids[0]), one.number(ids[0], "bare")
    assert (first["ids"], second["ids"]) == ([ids[0]], [])
    assert first.astext() == loaded.show(ids[0]) and isinstance(first, nodes.TextElement)
