"""What this report adds to releases; and every version in reach, on the example of the engine."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
import yaml
from lxml import html
from tallybook.release import archive, public, record
from tallybook.sphinx import crawlers

from microwork.paths import ROOT
from tests.conftest import GARDEN
from tests.files import read, write
from upkeep import bench, release, tree

FOLDER = ROOT / record.FOLDER
VERSIONS = ("0.0.9", "1.0.0")  # an older one, and the one that the site says it is


# What CITATION.cff says


def test_the_files_that_repeat_the_citation_say_what_it_says():
    citation = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert release.ours().stale() == {}
    [author] = citation["authors"]
    for name in (".zenodo.json", "codemeta.json", "pyproject.toml"):
        text = read(ROOT / name)
        assert citation["title"] in text and author["name"] in text, name
    abstract = " ".join(citation["abstract"].split())
    for name in (".zenodo.json", "codemeta.json"):
        assert json.loads(read(ROOT / name))["description"] == abstract
    preferred = citation["preferred-citation"]
    assert [preferred[key] for key in ("title", "url")] == [citation["title"], citation["url"]]


def test_a_new_version_and_day_go_everywhere():
    texts = release.carried(ROOT, "9.8.7", "2031-02-03")
    assert all("9.8.7" in text for text in texts.values())
    preferred = yaml.safe_load(texts["CITATION.cff"])["preferred-citation"]
    said = [preferred[key] for key in ("edition", "year", "month")]
    assert said == ["Version 9.8.7", 2031, 2]
    assert json.loads(texts["codemeta.json"])["datePublished"] == "2031-02-03"


def test_a_release_is_refused_while_the_benchmarks_are_of_another_engine(tmp_path):
    said = "docs/benchmarks.json: found no such file; expected `make bench` with the engine"
    assert said in bench.outdated(tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "engine/src").mkdir(parents=True)
    write(tmp_path / "engine/src/a.py", "1")
    engine = tree.sources(tmp_path, ["engine/src"])
    write(tmp_path / bench.FIGURES, json.dumps({"engine": engine}))
    assert bench.outdated(tmp_path) == ""
    write(tmp_path / "engine/src/a.py", "2")
    assert "found the figures of another engine/src" in bench.outdated(tmp_path)


def test_the_changelog_has_every_release():
    found = re.findall(r"^## (\S+) ", read(ROOT / "CHANGELOG.md"), re.M)
    assert found == record.versions(FOLDER)[::-1]


# Every version in reach


@pytest.fixture(scope="module")
def garden(garden_root) -> Path:
    """The site of the example."""
    return (garden_root / "_build" / "html").resolve()


@pytest.fixture(scope="module")
def versions(garden, tmp_path_factory) -> Path:
    """The public site, in a folder of its host: the newest, and two releases, one of them old."""
    kept = {}
    for version in VERSIONS:
        room = tmp_path_factory.mktemp("release")
        folder = archive.gather(ROOT, GARDEN, garden, room / "archive")
        said = json.loads(read(folder / "provenance.json")) | {"version": version}
        write(folder / "provenance.json", json.dumps(said))
        kept[version] = archive.pack(folder, room / f"garden-{version}.tar.gz", 1_700_000_000)
    out = tmp_path_factory.mktemp("host") / "folder" / "report"
    out.parent.mkdir()
    return public.assemble(garden, kept, out)


def test_only_an_old_version_has_a_banner_which_is_accessible(browser, versions):
    from axe_playwright_python.sync_playwright import Axe

    old, newest = (versions / "v" / version / "rain.html" for version in VERSIONS)
    page, lost = browser.new_page(viewport={"width": 390, "height": 844}), []
    page.on("requestfailed", lambda request: lost.append(request.url))
    page.goto(old.as_uri())
    banner = page.locator("aside.old-version")
    assert banner.is_visible() and f"This is version {VERSIONS[0]} of " in banner.inner_text()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert banner.locator("a").get_attribute("href") == "https://garden.example/rain.html"
    padding = banner.evaluate("b => getComputedStyle(b).paddingLeft")
    assert padding != "0px", "its style sheet is beside the others"
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    broken = found.response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in broken] == [] and lost == []
    page.goto(newest.as_uri())
    assert page.locator("aside.old-version").count() == 0
    page.close()


def test_every_version_names_the_newest_page_and_its_links_stay_in_it(versions, garden):
    """As a browser resolves them; those that scripts add are seen in the site itself."""
    outside = "[not(ancestor-or-self::*[contains(@class, 'old-version')])]"
    for version in VERSIONS:
        home, seen, aims = versions / "v" / version, 0, set()
        for path in home.rglob("*.html"):
            tree_, name = html.fromstring(path.read_bytes()), path.relative_to(home).as_posix()
            address = f"https://garden.example/{'' if name == 'index.html' else name}"
            assert tree_.xpath("//link[@rel='canonical']/@href") == [address]
            assert len(tree_.xpath("//meta[@name='robots']")) <= 1
            elements = tree_.xpath(f"//*[@href or @src]{outside}")
            links = (urljoin(path.as_uri(), e.get("href") or e.get("src")) for e in elements)
            own = [link for link in links if link.startswith("file:")]
            assert [link for link in own if not link.startswith(f"{home.as_uri()}/")][:3] == []
            aims |= {re.split("[#?]", link)[0].removeprefix(f"{home.as_uri()}/") for link in own}
            seen += len(own)
        assert [aim for aim in aims if not (home / unquote(aim)).exists()][:5] == [] and seen > 50
        assert not any((home / name).exists() for name in crawlers.AT_THE_ROOT)
