"""The author's path: a chapter begun with one command, a page that is new once saved, and words for what was forgotten."""

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
from tallybook.contents import ContentsError, chapters
from tallybook.project import Project

from microwork.paths import ROOT
from tests.conftest import build, copy_project
from tests.drills.room import contents, copy
from upkeep import generated, live, newchapter, tree

NAME = "wages"


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": tree.code(root)}
    return subprocess.run([sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, text=True)


def begin(root: Path) -> None:
    """As ``make new`` does."""
    for command in (["upkeep.newchapter", NAME], ["tallybook", "seal"]):
        done = run(root, *command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def light(tmp_path: Path) -> Path:
    """A report of one light chapter, which builds in seconds."""
    root = tmp_path / "report"
    generated.make(ROOT, root, 1)
    with (root / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n```{finding} lightaa\n:claim: lightaa-mean\n:title: Is it light?\nIt is.\n```\n")
    return root


def test_a_new_chapter_builds_from_the_first_minute(light: Path):
    begin(light)
    done = build(light)
    assert done.returncode == 0, done.stderr
    page = (light / f"_build/html/chapters/{NAME}.html").read_text(encoding="utf-8")
    assert f'id="{NAME}.half"' in page and 'data-chart="wages-example"' in page and f'id="claim-{NAME}-example"' in page
    assert f"chapters/{NAME}.html" in (light / "_build/html/index.html").read_text(encoding="utf-8")


def test_a_new_chapter_passes_the_tests_of_chapters(tmp_path: Path):
    root = copy_project(tmp_path / "report")
    begin(root)
    done = run(root, "tests.notebooks", NAME)
    assert done.returncode == 0, done.stderr
    files = [f"tests/test_{name}.py" for name in (NAME, "chapters", "facts", "data")]
    wanted = f"{NAME} or ledger or press_claims"
    done = run(root, "pytest", "-n", "0", "-k", wanted, *files)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 9


@pytest.mark.parametrize("name", ["Wages", "two words", "data", "", "../up", "counts"])
def test_a_name_that_cannot_be_one_writes_nothing(tmp_path: Path, name: str):
    root = copy_project(tmp_path / "report")
    before = contents(root)
    with pytest.raises(newchapter.NewChapterError, match=r"^CHAPTER: found .+; expected "):
        newchapter.begin(name, root)
    assert contents(root) == before


FORGOTTEN = {
    "the page": (lambda root: (root / f"chapters/{NAME}.md").unlink(), f"no file chapters/{NAME}.md; expected it there"),
    "the package": (
        lambda root: shutil.rmtree(root / f"microwork/{NAME}"), f"no file microwork/{NAME}/__init__.py; expected it there",
    ),
    "the list of contents": (
        lambda root: (root / "_toc.yml").write_text("parts:\n  - chapters:\n      - file: chapters/methods\n"),
        f"_toc.yml: found no chapters/{NAME} in the first part; expected it",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGOTTEN)
def test_a_forgotten_file_is_named(tmp_path: Path, what: str):
    root = tmp_path / "report"
    for path in (f"chapters/{NAME}.md", f"microwork/{NAME}/__init__.py", f"microwork/{NAME}/numbers.py"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    (root / "_toc.yml").write_text(f"parts:\n  - chapters:\n      - file: chapters/{NAME}\n", encoding="utf-8")
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
    "the numbers": (f"microwork/{NAME}/__init__.py", "import numbers", "import numbers as others",
                    f"microwork/{NAME}/__init__.py: found no numbers(); expected it"),
    "the verdict": (f"microwork/{NAME}/verdicts.py", "return [", "return [] and [", f"microwork/{NAME}/verdicts.py"),
    "the table": ("data/datapackage.json", f'"path": "{NAME}/facts.csv"', f'"path": "{NAME}/others.csv"',
                  f"data/{NAME}/others.csv: file not found"),
    "the source": ("data/sources.bib", f"example-{NAME},", "example-other,", f"'example-{NAME}', which is not in data/sources"),
    "the seal": (f"data/{NAME}/facts.csv", ",1,percent", ",2,percent", f"data/{NAME}/facts.csv: found sha256"),
    "the finding": ("index.md", "```{finding} wages", "```{details} wages", "index.md: found no finding of wages; expected"),
}  # fmt: skip


def test_each_forgotten_step_names_its_file(light: Path):
    begin(light)
    for what, (path, old, new, said) in STEPS.items():
        before = (light / path).read_text(encoding="utf-8")
        assert old in before, what
        (light / path).write_text(before.replace(old, new), encoding="utf-8")
        done = build(light)
        (light / path).write_text(before, encoding="utf-8")
        assert done.returncode != 0 and said in done.stderr, (what, done.stderr)
        assert "Traceback" not in done.stderr and len(done.stderr.splitlines()) <= 4, (what, done.stderr)


def test_a_saved_sentence_is_in_the_open_page(browser, book_root: Path, tmp_path: Path):
    room = copy(book_root, tmp_path)
    (room.root / "_build/staging/_build/.drawings").mkdir(exist_ok=True)
    builds, stop = live.Builds(), threading.Event()
    glossary = room.root / "chapters/glossary.md"
    with live.serving(room.built / "html", builds) as address:
        page = browser.new_page()
        errors: list[str] = []
        page.on("console", lambda message: message.type == "error" and errors.append(message.text))
        page.goto(f"{address}chapters/glossary.html")
        following = threading.Thread(target=live.follow, args=(room.root, builds, stop))
        following.start()
        try:
            for turn in range(50):  # the watcher may not be at its place yet
                glossary.write_text(
                    glossary.read_text(encoding="utf-8") + f"\nA sentence just saved, {turn}.\n", encoding="utf-8"
                )
                try:
                    page.get_by_text("A sentence just saved").first.wait_for(timeout=30_000)
                    break
                except Exception:  # noqa: BLE001 - Playwright's own kind of time-out
                    continue
            assert page.get_by_text("A sentence just saved").count() >= 1
        finally:
            stop.set()
            following.join(60)
        assert errors == [] and builds.count >= 1
        page.close()
        with urllib.request.urlopen(f"{address}numbers.json") as answer:
            assert answer.read() == (room.built / "html/numbers.json").read_bytes()
    assert live.TAG not in (room.built / "html/chapters/glossary.html").read_bytes()
