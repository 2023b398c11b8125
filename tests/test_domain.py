"""Numbers, claims and charts are objects of a Sphinx domain: every builder prints them, and other
projects can cite them.

That LaTeX and EPUB print them too is tested on the example of the engine.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError
from tallybook.sphinx.domain import ReportDomain
from tallybook.sphinx.state import get_state

from microwork import report
from tests.drills.room import PLAIN, STORED, Sandbox, copy
from tests.files import read, write

USED = re.compile(r"\{num\}`([a-z0-9.-]+)(?:\|([a-z]+))?`")
RATIO = "poverty.ratio-50"


def one_space(text: str) -> str:
    """In one line; the text builder breaks lines after hyphens too."""
    return " ".join(text.split()).replace("- ", "-").replace("’", "'")


@pytest.fixture(scope="module")
def room(book_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """The book as the text builder makes it."""
    made = copy(book_root, tmp_path_factory.mktemp("builders"))
    for name in STORED:
        shutil.copytree(made.staging / name, made.built / name)
    done = made.build(command=(*PLAIN, "--builder", "custom", "--custom-builder", "text"))
    assert done.code == 0, done.said[-2000:] + done.errors
    return made


@pytest.mark.weekly
def test_the_text_builder_prints_every_number_claim_and_chart(room: Sandbox, loaded: report.Report):
    texts, found = {}, 0
    for page in [room.root / "index.md", *sorted((room.root / "chapters").glob("*.md"))]:
        text = room.built / "text" / page.relative_to(room.root)
        texts[page.stem] = one_space(read(text.with_suffix(".txt")))
        uses = USED.findall(read(page))
        shown = [one_space(loaded.show(name, part or "value")) for name, part in uses]
        assert [number for number in shown if number not in texts[page.stem]] == [], page.name
        found += len(shown)
    assert found > 400
    for number in loaded.numbers:
        row = f"{number.id} {number.label} Value: {loaded.show(number.id)} "
        assert one_space(row) in texts["numbers"]
    for claim_id, judgement in loaded.judgements.items():
        assert one_space(loaded.expand(judgement.reason)) in texts["ledger"], claim_id
    rows = sum(not claim.repeats for claim in loaded.claims.values())
    assert texts["ledger"].count("Verdict: ") >= rows
    assert re.search(r"\[Two lines from [^]]{80,}\] Demand for online work\.", texts["counts"])


def inventory(site: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Our objects in ``objects.inv``: kind and name -> address and text."""
    packed = (site / "objects.inv").read_bytes().split(b"zlib.\n", 1)[1]
    found = {}
    for line in zlib.decompress(packed).decode().splitlines():
        name, kind, address, text = re.fullmatch(r"(.+?) (\S+) -?\d+ (\S+) (.*)", line).groups()
        if kind.startswith("report:"):
            shown = name if text == "-" else text
            found[kind.removeprefix("report:"), name] = address.replace("$", name), shown
    return found


def test_the_inventory_holds_every_number_claim_and_chart_where_it_is(
    site: Path, loaded: report.Report
):
    found = inventory(site)
    charts = {path.stem for path in (site / "_charts").glob("*.svg")}
    wanted = {("number", number.id) for number in loaded.numbers}
    wanted |= {("claim", name) for name in loaded.judgements} | {("chart", n) for n in charts}
    assert found.keys() == wanted and len(charts) > 30
    pages = {address.partition("#")[0] for address, _ in found.values()}
    anchors = {page: set(re.findall(r' id="([^"]+)"', read(site / page))) for page in pages}
    for (kind, name), (address, words) in found.items():
        page, _, anchor = address.partition("#")
        assert anchor in anchors[page], (kind, name, address)
        assert kind != "number" or words == loaded.show(name)


def test_another_project_cites_a_number_a_claim_and_a_chart(
    site: Path, tmp_path: Path, loaded: report.Report
):
    """Plain Sphinx, without anything of ours: the link reads as the number prints, and leads to its
    place."""
    address, cited = "https://report.example/", (RATIO, "claim-poverty-22", "counts-demand")
    mapping = {"microwork": (address, str(site / "objects.inv"))}
    conf = f"extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {mapping!r}\n"
    write(tmp_path / "conf.py", conf)
    roles = " ".join(f":external+microwork:ref:`{name}`" for name in cited)
    write(tmp_path / "index.rst", f"Elsewhere\n=========\n\nThey found {roles}.\n")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-b", "html", ".", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    link = r'href="(https://report\.example/[^"]+)"[^>]*><span[^>]*>([^<]+)</span>'
    links = dict(re.findall(link, read(tmp_path / "out/index.html")))
    assert links[f"{address}chapters/poverty.html#{RATIO}"] == loaded.show(RATIO)
    places = "poverty.html#claim-poverty-22", "counts.html#counts-demand"
    assert links.keys() >= {f"{address}chapters/{place}" for place in places}


@pytest.fixture
def domain(loaded: report.Report) -> Callable[[], ReportDomain]:
    """Makes domains that have read nothing."""

    def make() -> ReportDomain:
        env = SimpleNamespace(domaindata={}, app=SimpleNamespace(), docname="")
        get_state(env.app).report, get_state(env.app).provider = loaded, report.provider
        return ReportDomain(env)

    return make


def pages_of(into: ReportDomain, names: list[str], *docnames: str) -> None:
    """The domain reads pages that print these numbers and show a chart each."""
    for docname in docnames:
        into.env.docname = docname
        into.place([into.number(name) for name in names])
        into.data["tables"][docname] = [(docname, 3)]
        into.data["hashes"][docname] = f"hash of {docname}"
        into.add_chart(f"chart-of-{docname}", {"docname": docname, "caption": "", "files": {}})


@pytest.fixture(scope="module")
def ids(loaded: report.Report) -> list[str]:
    return [number.id for number in loaded.numbers][:3]


def test_a_page_read_again_leaves_nothing_of_the_old(ids, domain):
    one = domain()
    pages_of(one, ids[:2], "a")
    before = deepcopy(one.data)
    pages_of(one, ids, "b")
    one.clear_doc("b")
    assert one.data == before


def test_pages_read_by_two_processes_come_together(ids, domain):
    """As if one process had read them all; what the other knew of further pages is old and stays
    out."""
    whole, one, other = domain(), domain(), domain()
    pages_of(whole, ids, "a", "b", "c")
    pages_of(one, ids, "a", "c")
    pages_of(other, ids, "b", "old")
    one.merge_domaindata(["b"], other.data)
    assert one.data == whole.data and one.places() == whole.places()


def test_a_chart_shown_by_two_pages_is_refused_also_when_two_processes_read_them(domain):
    one, other = domain(), domain()
    pages_of(one, [], "a")
    other.add_chart("chart-of-a", {"docname": "b", "caption": "", "files": {}})
    message = "chart 'chart-of-a': found it shown twice, in a and b; expected each chart once"
    with pytest.raises(ExtensionError, match=message):
        one.merge_domaindata(["b"], other.data)


def test_one_object_is_found_as_all_of_them_are_and_no_other_is_printed(
    monkeypatch, loaded, ids, domain
):
    one = domain()
    pages_of(one, ids, "a")
    every, places = list(one.get_objects()), one.places()
    for name, text, kind, docname, anchor, _priority in every:
        assert one.target(kind, name, places) == (text, docname, anchor)
    assert {"number", "claim", "chart"} == {kind for _, _, kind, *_ in every}
    assert one.target("number", ids[0], places).docname == "a"
    assert one.target("number", "no.such", places) is None
    printed = []
    monkeypatch.setattr(type(loaded), "show", lambda _self, name: printed.append(name) or "text")
    assert one.target("number", ids[1], places).text == "text"
    assert one.target("claim", ids[1], places) is None and printed == [ids[1]]


def test_the_first_number_on_a_page_is_its_place(loaded, ids, domain):
    one = domain()
    one.env.docname = "a"
    first, second = one.number(ids[0]), one.number(ids[0], "bare")
    one.place([first, second])
    assert (first["ids"], second["ids"]) == ([ids[0]], [])
    assert first.astext() == loaded.show(ids[0]) and isinstance(first, nodes.TextElement)
