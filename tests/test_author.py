"""The author's path: a chapter begun with one command, a page that is new once saved, and words for
what was forgotten."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
from tallybook import data
from tallybook.claims import MEASURED
from tallybook.contents import ContentsError, chapters
from tallybook.project import Project

from microwork.paths import ROOT
from microwork.report import CHAPTERS
from tests.conftest import build, copy_project, seal
from tests.drills.room import contents, copy, listing
from tests.files import load, read, write
from upkeep import generated, live, newchapter, tree

NAME = "wages"


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": tree.code(root)}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True
    )


def begin(root: Path) -> None:
    """As ``make new`` does, but the page is not executed."""
    newchapter.write(newchapter.planned(NAME, root), root)
    seal(root)


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one light chapter, which builds in seconds; tests that change it put it back."""
    root = tmp_path_factory.mktemp("light") / "report"
    generated.make(ROOT, root, 1)
    with (root / "index.md").open("a", encoding="utf-8") as index:
        index.write(
            "\n```{finding} lightaa\n:claim: lightaa-mean\n:title: Is it light?\nIt is.\n```\n"
        )
    return root


@pytest.fixture(scope="module")
def begun(light: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a chapter that was just begun, and built."""
    root = Path(shutil.copytree(light, tmp_path_factory.mktemp("begun") / "report"))
    begin(root)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def test_a_new_chapter_builds_from_the_first_minute(begun: Path):
    page = read(begun / f"_build/html/chapters/{NAME}.html")
    assert f'id="{NAME}.counted"' in page
    assert f'data-chart="{NAME}-first"' in page
    assert f'id="claim-{NAME}-said"' in page
    records = load(begun / "_build/html/claims.json")["claims"]
    (claim,) = [one for one in records if one["claim_id"] == f"{NAME}-said"]
    # The range reaches up from 48 by 6.18. What was said means 57 at least, which 1.46 times that
    # width reaches.
    assert claim["verdict"] == "too high"
    assert claim["flips"][0]["turns"] == pytest.approx([1.46], abs=0.01)
    assert f"chapters/{NAME}.html" in read(begun / "_build/html/index.html")


@pytest.mark.weekly
def test_a_new_chapter_passes_the_tests_of_chapters(tmp_path: Path):
    root = copy_project(tmp_path / "report")
    before = contents(root)
    done = run(root, "upkeep.newchapter", NAME)
    assert done.returncode == 0, done.stderr
    written = {line.strip() for line in done.stdout.splitlines() if line.startswith("  ")}
    assert {
        path for path, content in contents(root).items() if before.get(path) != content
    } == written
    files = [f"tests/test_{name}.py" for name in (NAME, "chapters", "facts", "data")]
    wanted = f"{NAME} or ledger or press_claims"
    done = run(root, "pytest", "-n", "0", "-k", wanted, *files)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 9


NAMES = {
    "Wages": "'Wages'",
    "two words": "'two words'",
    "été": "'été'",
    "": "''",
    "../up": "'../up'",
    "class": "'class', a word of Python itself",
    "list": "'list', a word of Python itself",
    "statistics": "'statistics', a module of the standard library",
    "data": "'data', which has another meaning",
    "pytest": "'pytest', which has another meaning",
    "counts": "microwork/counts/__init__.py already",
    "glossary": "chapters/glossary.md already",
    "book": "tests/test_book.py already",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_cannot_be_one_is_refused_before_anything_is_written(name: str):
    with pytest.raises(
        newchapter.NewChapterError, match=f"^CHAPTER: found {re.escape(NAMES[name])}.*; expected "
    ):
        newchapter.planned(name)


def test_a_chapter_that_cannot_be_finished_leaves_nothing_behind(light: Path):
    before = listing(light)
    with pytest.raises(newchapter.NewChapterError, match=r"^python -m tests\.notebooks wages: "):
        newchapter.begin(
            NAME, light
        )  # a light report has no timeline, so what it says cannot be kept
    assert listing(light) == before and not (light / f"microwork/{NAME}").exists()
    table = light / "data/lightaa/values.csv"
    good = read(table)
    write(table, good.replace(",5,", ",NaN,", 1))
    before = listing(light)
    with pytest.raises(
        data.DataError, match=r"^data/lightaa/values\.csv, row 2, column value: found 'NaN'"
    ):
        newchapter.begin(NAME, light)
    assert listing(light) == before and not (light / f"microwork/{NAME}").exists()
    write(table, good)


def test_a_finding_stands_below_the_last_one():
    index = newchapter.planned(NAME)["index.md"]
    before = read(ROOT / "index.md")
    sections = [part.split("\n## ")[1:] for part in (before, index)]
    assert sections[0] == sections[1]
    assert (
        index.index("```{finding} retraining")
        < index.index(f"```{{finding}} {NAME}")
        < index.index("## Who this is for")
    )


def test_the_manual_on_chapters_shows_what_a_new_chapter_holds():
    """Each block of ``docs/chapter.md`` is whole lines of a file that is written, and builds in the
    tests above."""
    manual = read(ROOT / "docs/chapter.md")
    files = newchapter.planned(NAME)
    shown = re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", manual, re.M | re.S)
    assert [path.split("/")[-1] for path, _ in shown] == [
        "reports.csv",
        "measurements.csv",
        "verdicts.py",
        "flips.csv",
    ]
    for path, text in shown:
        assert f"\n{text}" in "\n" + files[path], path
    assert [name for name in MEASURED if f"Check.{name.name}" not in manual] == []


def test_the_first_screen_of_a_new_chapter_is_that_of_the_others():
    """The same blocks in the same order, down to the first section."""

    def blocks(page: str) -> list[str]:
        return re.findall(r"^(?:```|:::)(\{[\w-]+\}(?: three)?)", page.split("\n## ")[0], re.M)

    pages = {read(ROOT / f"chapters/{name}.md") for name in CHAPTERS}
    assert {tuple(blocks(page)) for page in pages} == {
        tuple(blocks(newchapter.planned(NAME)[f"chapters/{NAME}.md"]))
    }


FORGOTTEN = {
    "the page": (
        lambda root: (root / f"chapters/{NAME}.md").unlink(),
        f"no file chapters/{NAME}.md; expected it there",
    ),
    "the package": (
        lambda root: shutil.rmtree(root / f"microwork/{NAME}"),
        f"no file microwork/{NAME}/__init__.py; expected it there",
    ),
    "the list of contents": (
        lambda root: (root / "_toc.yml").write_text(
            "parts:\n  - chapters:\n      - file: chapters/methods\n"
        ),
        f"_toc.yml: found no chapters/{NAME} in the first part; expected it",
    ),
}


@pytest.mark.parametrize("what", FORGOTTEN)
def test_a_forgotten_file_is_named(tmp_path: Path, what: str):
    root = tmp_path / "report"
    for path in (
        f"chapters/{NAME}.md",
        f"microwork/{NAME}/__init__.py",
        f"microwork/{NAME}/numbers.py",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    write(root / "_toc.yml", f"parts:\n  - chapters:\n      - file: chapters/{NAME}\n")
    here = Project(root, "microwork")
    assert chapters(here) == {NAME: f"chapters/{NAME}"}
    spoil, said = FORGOTTEN[what]
    spoil(root)
    for path in ("chapters/methods.md", "microwork/methods/__init__.py"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    with pytest.raises(ContentsError, match=re.escape(said)):
        chapters(here)


STEPS = {
    "the numbers": (
        f"microwork/{NAME}/__init__.py",
        "import numbers",
        "import numbers as others",
        f"microwork/{NAME}/__init__.py: found no numbers(); expected it",
    ),
    "the verdict": (
        f"microwork/{NAME}/verdicts.py",
        "return [",
        "return [] and [",
        f"microwork/{NAME}/verdicts.py",
    ),
    "what the verdict rests on": (
        f"microwork/{NAME}/verdicts.py",
        '("width",)',
        '("other",)',
        f"data/{NAME}/flips.csv",
    ),
    "the measurement": (
        f"microwork/{NAME}/verdicts.py",
        f'"{NAME}-survey"',
        '"other"',
        "no measurement 'other'",
    ),
    "its standing": ("data/standing.csv", f"\ncounted-{NAME},", "\nother,", "data/standing.csv"),
    "the table": (
        "data/datapackage.json",
        f'"path": "{NAME}/facts.csv"',
        f'"path": "{NAME}/others.csv"',
        f"data/{NAME}/others.csv: file not found",
    ),
    "the source": (
        "data/sources.bib",
        f"counted-{NAME},",
        "counted-other,",
        f"'counted-{NAME}', which is not in data/sources",
    ),
    "the seal": (
        f"data/{NAME}/facts.csv",
        ",48,percent",
        ",49,percent",
        f"data/{NAME}/facts.csv: found sha256",
    ),
    "the finding": (
        "index.md",
        "```{finding} wages",
        "```{details} wages",
        "index.md: found no finding of wages; expected",
    ),
}


def test_each_forgotten_step_names_its_file(begun: Path):
    """What is wrong with tables is said by the check of them too, which is quicker."""
    for what, (path, old, new, said) in STEPS.items():
        before = read(begun / path)
        assert old in before, what
        write(begun / path, before.replace(old, new))
        done = run(begun, "tallybook", "check") if path.startswith("data/") else build(begun)
        write(begun / path, before)
        assert done.returncode != 0 and said in done.stderr, (what, done.stderr)
        assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 4, (
            what,
            done.stderr,
        )


def test_a_saved_sentence_is_in_the_open_page(browser, garden_root: Path, tmp_path: Path):
    room = copy(garden_root, tmp_path)
    (room.root / "_build/staging/_build/.drawings").mkdir(exist_ok=True)
    builds, stop = live.Builds(), threading.Event()
    saved = room.root / "index.md"
    with live.serving(room.built / "html", builds) as address:
        page = browser.new_page()
        errors: list[str] = []
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.goto(f"{address}index.html")
        following = threading.Thread(target=live.follow, args=(room.root, builds, stop))
        following.start()
        try:
            for turn in range(50):  # the watcher may not be at its place yet
                text = read(saved)
                write(saved, text + f"\nA sentence just saved, {turn}.\n")
                try:
                    page.get_by_text("A sentence just saved").first.wait_for(timeout=30_000)
                    break
                except Exception:  # noqa: BLE001 - Playwright's own kind of time-out
                    continue
            assert page.get_by_text("A sentence just saved").count() >= 1
        finally:
            stop.set()
            following.join()
        assert errors == [] and builds.count >= 1
        page.close()
        with urllib.request.urlopen(f"{address}numbers.json") as answer:
            assert answer.read() == (room.built / "html/numbers.json").read_bytes()
    assert live.TAG not in (room.built / "html/index.html").read_bytes()
