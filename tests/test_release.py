"""Releases: the same bytes each time, nothing lost from one to the next, every version in reach.

They are made of the example of the engine; what this report adds is tested here too.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html
from tallybook.release import archive, public, record
from tallybook.release.tree import git, read_sums, sums
from tallybook.sphinx import crawlers, redirects
from tallybook.sphinx.meta import POLICY

from microwork import report
from microwork.paths import ROOT
from tests.archives import archive_of
from tests.conftest import GARDEN, built, copy_project
from upkeep import citation_sync, cpu_features, tree, verify
from upkeep.release import ours

BASE = "https://garden.example/"
FOLDER = ROOT / "releases"


def run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def spoilt(path: Path, old: str, new: str) -> None:
    """Replace the first ``old`` in a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Two sites compared


def test_the_comparison_names_file_line_and_what_differs(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, word in ((one, "found"), (other, "other")):
        (folder / "deep").mkdir(parents=True)
        text = f"<p>\nsame\nthe number {word} here\n"
        (folder / "deep" / "page.html").write_text(text, encoding="utf-8")
        (folder / "picture.png").write_bytes(b"\x89PNG\xff" + word.encode())
        (folder / "same.txt").write_text("same", encoding="utf-8")
    (one / "extra.csv").touch()
    assert run("upkeep.verify", one, one).returncode == 0
    done = run("upkeep.verify", one, other)
    assert done.returncode == 1 and "3 different" in done.stdout
    said = "line 3, column 12: 'the number found here' against 'the number other here'"
    assert done.stderr.splitlines() == [
        f"extra.csv: only in {one}",
        f"deep/page.html, {said}",
        "picture.png, byte 6: sizes 10 and 10",
    ]


# The archive


@pytest.fixture(scope="module")
def garden(garden_root) -> Path:
    """The site of the example."""
    return (garden_root / "_build" / "html").resolve()


@pytest.fixture(scope="module")
def archives(garden, tmp_path_factory) -> dict[str, Path]:
    """It released twice, under an older version and under the one that it says it is."""
    rooms = {version: tmp_path_factory.mktemp("release") for version in ("0.0.9", "1.0.0")}
    return {version: archive_of(garden, room, version) for version, room in rooms.items()}


def test_a_release_made_twice_is_the_same_bytes(archives, garden, tmp_path):
    assert archive_of(garden, tmp_path, "0.0.9").read_bytes() == archives["0.0.9"].read_bytes()


def test_an_archive_holds_what_it_says(archives, garden, tmp_path):
    with tarfile.open(archives["1.0.0"]) as made:
        made.extractall(tmp_path, filter="data")
    folder = tmp_path / "garden-1.0.0"
    listed = read_sums((folder / "SHA256SUMS").read_text(encoding="utf-8"))
    inside = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert inside == {*listed, "SHA256SUMS"}
    assert verify.differences(garden, folder / "site")[: verify.SHOWN] == []
    assert {"rain.ipynb", "garden.zip"} == {path.name for path in (folder / "notebooks").iterdir()}
    graph = json.loads((folder / archive.CRATE).read_text(encoding="utf-8"))["@graph"]
    parts = {part["@id"]: part for part in graph}
    files = [name for name, part in parts.items() if part["@type"] == "File"]
    assert len(files) > 8 and all((folder / name).is_file() for name in files)
    assert {part["@id"] for part in parts["./"]["hasPart"]} == set(files)
    said = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert re.fullmatch("[0-9a-f]{64}", said["content_hash"]) and said["python"] == sys.version
    assert said["datapackage_sha256"] == listed["data/datapackage.json"]
    tables = said["tables_sha256"].items()
    assert tables and all(listed[f"data/{name}"] == digest for name, digest in tables)
    assert said["commit"] == git(ROOT, "rev-parse", "HEAD").decode().strip()
    assert said["site_sums_sha256"] == hashlib.sha256(sums(garden).encode()).hexdigest()


# Addresses and ids


def test_nothing_that_was_released_has_vanished(site):
    moves = redirects.read(FOLDER / redirects.FILE)
    for version in record.versions(FOLDER):
        lost = record.vanished(record.read(version, FOLDER), site, moves, report.provider.PAGES)
        assert lost == [], "if this version is not out yet: make record"


# A release in which things had other names and places, and the lines that say where they went.
OLD = {
    "version": "0.0.1",
    "date": "2026-01-31",
    "pages": ["index.html", "weather.html"],
    "charts": [{"id": "rain-old", "href": "rain.html#rain-old"}],
    "numbers": [
        *(
            {
                **{"id": f"rain.{name}", "href": f"rain.html#rain.{name}", "value": 15.0},
                **{"low": None, "high": None, "unit": "mm", "decimals": None},
            }
            for name in ("gone", "june")
        ),
        {
            **{"id": "rain.beans", "href": "weather.html#rain.beans", "value": 15.0},
            **{"low": None, "high": None, "unit": "kg", "decimals": None},
        },
    ],
    "claims": [
        {"claim_id": "rain-gone", "verdict": "undecided", "href": "rain.html#claim-rain-gone"}
    ],
}
MOVES = [
    ("weather.html", "rain.html", "yes", "The page has a better name.", "0.1.0"),
    ("rain-old", "rain-months", "yes", "Both charts are one.", "0.1.0"),
    ("rain.gone", "rain.wettest", "yes", "It counted the same thing.", "0.1.0"),
    ("rain.june", "rain.total", "no", "June alone is no longer counted.", "0.1.0"),
    ("rain-gone", "neighbour-rain", "yes", "It was the same claim.", "0.1.0"),
]
PAGES = {"numbers": "index", "sources": "index"}


@pytest.fixture(scope="module")
def moved(tmp_path_factory) -> Path:
    """The example built with a release before it."""
    root = copy_project(tmp_path_factory.mktemp("moved") / "report", GARDEN)
    (root / "releases").mkdir()
    (root / "releases" / "0.0.1.json").write_text(json.dumps(OLD), encoding="utf-8")
    with (root / "releases" / redirects.FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([redirects.COLUMNS, *MOVES])
    return (built(root) / "_build" / "html").resolve()


def test_every_old_address_leads_somewhere(moved, garden):
    moves = redirects.read(moved.parents[2] / "releases" / redirects.FILE)
    assert record.vanished(OLD, moved, moves, PAGES) == []
    lost = "\n".join(record.vanished(OLD, garden, [], PAGES))
    for name in ("page weather.html", "chart rain-old", "number rain.gone", "claim rain-gone"):
        assert f"{name}: in release 0.0.1, not in the site" in lost
    assert "index.html#rain.gone: an address of release 0.0.1 that leads nowhere" in lost
    html = (moved / "weather.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert f'<link rel="canonical" href="{BASE}rain.html">' in html
    assert "weather.html" not in record.ids(moved)["pages"]


FORWARDS = [
    ("weather.html", "rain.html"),
    ("weather.html#rain.beans", "rain.html#rain.beans"),
    ("rain.html#rain.gone", "index.html#rain.wettest"),
    ("rain.html#rain-old", "rain.html#rain-months"),
    ("rain.html#claim-rain-gone", "rain.html#claim-neighbour-rain"),
]


@pytest.mark.parametrize(("old", "new"), FORWARDS)
def test_an_old_address_opened_from_disk_leads_to_the_new_one(browser, moved, old, new):
    page = browser.new_page()
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.goto(f"{moved.as_uri()}/{old}")
    page.wait_for_url(f"{moved.as_uri()}/{new}")
    if "#" in new:
        assert page.evaluate("document.querySelector(':target').id") == new.partition("#")[2]
    assert errors == []
    page.close()


def test_nobody_is_led_from_one_quantity_to_another(browser, moved):
    page = browser.new_page()
    old = f"{moved.as_uri()}/rain.html#rain.june"
    page.goto(old)
    page.wait_for_timeout(300)
    assert page.url == old and "is gone" in page.locator(":target").inner_text()
    page.locator(":target a").first.click()
    page.wait_for_url("**/_cite/rain.june.html")
    page.wait_for_timeout(300)
    assert page.url.endswith("_cite/rain.june.html")
    assert "15.0 mm in version 0.0.1" in page.locator("main").inner_text()
    page.close()


def test_without_a_script_a_moved_page_forwards_and_a_moved_number_is_a_link(browser, moved):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{moved.as_uri()}/weather.html")
    page.wait_for_url("**/rain.html")
    page.goto(f"{moved.as_uri()}/rain.html#rain.gone")
    note = page.locator(":target")
    shown = note.evaluate("note => getComputedStyle(note, '::after').content")
    assert "is now" in note.inner_text()
    assert "It counted the same thing. (since version 0.1.0)" in shown
    note.locator("a").click()
    page.wait_for_url("**/index.html#rain.wettest")
    context.close()


def test_a_redirect_that_cannot_be_is_named(garden):
    def fault(old: str, new: str) -> str | None:
        move, ever = redirects.Move(old, new, True, "why", "1.0.0", row=2), redirects.ever([OLD])
        return redirects.fault(move, new, ever, {"index.html"}, redirects.reader(garden))

    assert fault("rain.gone", "rain.html") is None
    said = "row 2, column old: found 'rain.never', which no release has had"
    assert said in fault("rain.never", "index.html")
    said = "column old: found 'index.html', which is still in the report"
    assert said in fault("index.html", "rain.html")
    for new in ("nothing.html", "rain.html#nothing", "rain.nothing"):
        assert f"column new: found '{new}', which is not in the site" in fault("rain.gone", new)


# A site that is not as recorded


@pytest.fixture
def recorded(garden, tmp_path) -> Path:
    """A folder with a record of the site, made from the sources as they are."""
    folder = tmp_path / "releases"
    folder.mkdir()
    known = {"made_on": cpu_features.machine(), "sources": tree.sources(), **record.ids(garden)}
    record.path("9.0.0", folder).write_text(record.render(known), encoding="utf-8")
    record.sums_path("9.0.0", folder).write_text(sums(garden), encoding="utf-8")
    return folder


def test_a_difference_from_the_record_says_which_digits(garden, recorded, tmp_path):
    assert record.unlike("9.0.0", garden, recorded) == []
    copy = Path(shutil.copytree(garden, tmp_path / "copy"))
    numbers = json.loads((copy / "numbers.json").read_text(encoding="utf-8"))
    number = next(one for one in numbers["numbers"] if one["id"] == "rain.beans")
    number["value"] += 1e-9
    (copy / "numbers.json").write_text(json.dumps(numbers), encoding="utf-8")
    assert record.unlike("9.0.0", copy, recorded) == [
        "rain.beans, value: recorded 15.0, now 15.000000001",
        "numbers.json: not as recorded for 9.0.0",
    ]


def test_nobody_is_told_to_write_a_record_again_because_of_a_machine(recorded):
    shutil.copy(ROOT / "CITATION.cff", recorded.parent)
    version = f"version: {citation_sync.version()}"
    spoilt(recorded.parent / "CITATION.cff", version, "version: 9.0.0")
    there = replace(ours(), root=recorded.parent)
    said = there.advice()
    assert "the record should not be written again" in said and "make record" not in said
    assert cpu_features.machine()["numpy"] in said and "`make verify PROCESSORS=1`" in said
    known = record.read("9.0.0", recorded)
    assert set(known["made_on"]) == {"python", "system", "numpy", "blas"}
    known["sources"] = "others"
    record.path("9.0.0", recorded).write_text(record.render(known), encoding="utf-8")
    assert "The sources have changed since" in there.advice()


def test_the_changelog_has_every_release():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+) ", text, re.M) == record.versions(FOLDER)[::-1]


# Every version in reach


@pytest.fixture(scope="module")
def versions(archives, garden, tmp_path_factory) -> Path:
    """The public site, in a folder of its host: the newest, and two releases, one of them old."""
    out = tmp_path_factory.mktemp("host") / "folder" / "report"
    out.parent.mkdir()
    return public.assemble(garden, archives, out)


def in_base(name: str) -> str:
    return BASE + ("" if name == "index.html" else name)


@pytest.mark.parametrize("name", ["index.html", "rain.html"])
def test_only_an_old_version_has_a_banner_which_is_accessible(browser, versions, archives, name):
    from axe_playwright_python.sync_playwright import Axe

    old, newest = archives
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{versions.as_uri()}/v/{old}/{name}")
    banner = page.locator("aside.old-version")
    assert banner.is_visible() and f"This is version {old} of " in banner.inner_text()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert banner.locator("a").get_attribute("href") == in_base(name)
    padding = banner.evaluate("b => getComputedStyle(b).paddingLeft")
    assert padding != "0px", "its style sheet is beside the others"
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    broken = found.response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in broken] == []
    page.goto(f"{versions.as_uri()}/v/{newest}/{name}")
    assert page.locator("aside.old-version").count() == 0
    page.close()


RECORD = "_cite/rain.total.html"


def test_an_old_release_on_a_stick_opens_cites_itself_and_says_where_its_successor_is(
    browser, versions, archives, tmp_path
):
    """Copied without the newest site and without the list of versions."""
    stick = Path(shutil.copytree(versions / "v" / next(iter(archives)), tmp_path / "stick"))
    stays = f"{BASE}v/1.0.0/"  # the pages of both archives were built as that version
    page, lost = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("requestfailed", lambda request: lost.append(request.url))
    page.on("pageerror", lambda error: lost.append(str(error)))

    def said(selector: str, name: str) -> str:
        return page.locator(selector).get_attribute(name)

    for name in ("index.html", "rain.html", RECORD):
        page.goto(f"{stick.as_uri()}/{name}")
        canonical = said("link[rel=canonical]", "href").partition("#")[0]
        assert page.locator("aside.old-version a").inner_text() == canonical
        if name == RECORD:
            assert said("meta[name=citation_fulltext_html_url]", "content").startswith(stays)
            assert stays in page.locator(".reference").inner_text()
            continue
        assert said("link[rel=cite-as]", "href") == stays + in_base(name).removeprefix(BASE)
        assert page.locator("footer a", has_text="Newest version").get_attribute("href") == BASE
    assert lost == []
    page.close()


def test_every_version_names_the_newest_page(versions, garden, archives):
    old, newest = archives
    for page in garden.rglob("*.html"):
        name, text = page.relative_to(garden).as_posix(), page.read_text(encoding="utf-8")
        address = in_base(redirects.forwards_to(name, text) or name)
        for version in archives:
            place = versions / "v" / version / name
            if name in crawlers.AT_THE_ROOT:
                assert not place.exists()
                continue
            html = place.read_text(encoding="utf-8")
            assert re.findall(r'<link rel="canonical" href="([^"]*)"', html) == [address]
            # Some pages, such as the search, are left out of indexes in every version.
            hidden = version == old or 'content="noindex"' in text
            assert html.count('content="noindex"') == hidden
    added = verify.differences(garden, versions)  # the newest goes out as it was built
    end = f": only in {versions}"
    assert added and all(line.startswith("v/") and line.endswith(end) for line in added)
    listing = (versions / "v" / "index.html").read_text(encoding="utf-8")
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in listing
    assert listing.index(f"Version {newest}") < listing.index(f"Version {old}")
    texts = {page: page.read_text(encoding="utf-8") for page in versions.rglob("*.html")}
    assert [page for page, text in texts.items() if re.search(r"<style|<[^>]*\sstyle=", text)] == []


def test_links_in_a_version_stay_in_it(versions, archives):
    """As a browser resolves them; those that scripts add are seen in the site itself."""
    version = versions / "v" / next(iter(archives))
    home, seen, aims = f"{version.as_uri()}/", 0, set()
    query = "//*[@href or @src][not(ancestor-or-self::*[contains(@class, 'old-version')])]"
    for path in version.rglob("*.html"):
        if path.name in crawlers.AT_THE_ROOT:
            continue
        elements = html.fromstring(path.read_bytes()).xpath(query)
        links = (urljoin(path.as_uri(), e.get("href") or e.get("src")) for e in elements)
        own = [link for link in links if link.startswith("file:")]
        assert [link for link in own if not link.startswith(home)][:3] == []
        aims |= {re.split("[#?]", link)[0].removeprefix(home) for link in own}
        seen += len(own)
    assert [aim for aim in aims if not (version / unquote(aim)).exists()][:5] == []
    assert seen > 100
