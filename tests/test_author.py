"""The author's path: a chapter begun with one command, and words for what was forgotten."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tallybook import data, files, new

from microwork.paths import ROOT
from tests.conftest import BEGUN as NAME
from tests.conftest import TEMPLATE, copy_project, run
from tests.files import contents, listing, load, read, write

OURS = ("--template", "upkeep/chapter", "--run", "tests.notebooks")  # as in the Makefile


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The report's first page with what a new chapter adds, and the chapter's own files."""
    shutil.copy(ROOT / "index.md", tmp_path)
    new.fill(TEMPLATE, tmp_path, {"name": NAME})
    return tmp_path


def test_a_new_chapter_builds_from_the_first_minute(light_root: Path):
    site = light_root / "_build/html"
    page = read(site / f"chapters/{NAME}.html")
    for part in (f'id="{NAME}.counted"', f'data-chart="{NAME}-first"', f'id="claim-{NAME}-said"'):
        assert part in page
    claims = load(site / "claims.json")["claims"]
    (claim,) = [one for one in claims if one["claim_id"] == f"{NAME}-said"]
    # Seventy percent is about right down to 61, odds of 1.56 in place of 2.33. The log odds of the
    # answer are -0.14 with a standard deviation of 0.37, so 94 in 100 of it lie below.
    assert claim["word"] == "very likely too high" and claim["answer"] == f"{NAME}.do-it"
    assert claim["chance"] == pytest.approx(0.94, abs=0.02)
    assert f"chapters/{NAME}.html" in read(site / "index.html")
    _light, answer = load(site / "answers.json")["answers"]
    # About the 48 that were counted. The judged odds, 0.6 to 1.5, say most of the range; the
    # survey, 41.9 to 54.2 in 95 of 100 cases, little.
    assert answer["id"] == f"{NAME}.do-it" and answer["median"] == pytest.approx(46.5, abs=1.5)
    assert 33 <= answer["low"] <= 37 and 56 <= answer["high"] <= 60


@pytest.mark.weekly
def test_a_new_chapter_passes_the_tests_of_chapters(tmp_path: Path):
    root = copy_project(tmp_path / "report")
    before = contents(root)
    done = run(root, "-m", "tallybook", "new", "--chapter", NAME, *OURS)
    assert done.returncode == 0, done.stderr
    written = {line.strip() for line in done.stdout.splitlines() if line.startswith("  ")}
    assert {name for name, content in contents(root).items() if before.get(name) != content} == (
        written
    )
    files = [f"tests/test_{name}.py" for name in (NAME, "chapters", "data")]
    wanted = f"{NAME} or ledger or press_claims"
    done = run(root, "-m", "pytest", "-n", "0", "-k", wanted, *files)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 4


def test_a_chapter_that_cannot_be_finished_leaves_nothing_behind(light_root: Path, tmp_path: Path):
    """There is no such module to be run at the end; then a table is spoilt."""
    light = Path(shutil.copytree(light_root, tmp_path / "light", ignore=files.left_out))
    table = light / "data/lightaa/values.csv"
    good = read(table)
    for text, kind, message in (
        (good, new.BeginError, r"^python -m tests\.none hires: "),
        (good.replace(",5,", ",NaN,", 1), data.DataError, r"^data/lightaa/values\.csv, row 2, col"),
    ):
        write(table, text)
        before = listing(light)
        with pytest.raises(kind, match=message):
            new.begin(light, "hires", template=TEMPLATE, run="tests.none")
        assert listing(light) == before and not (light / "microwork/hires").exists()


def test_the_manual_on_chapters_shows_what_a_new_chapter_holds(filled: Path):
    """Each block of ``docs/chapter.md`` is whole lines of a file that is written, and builds in the
    tests above."""
    manual = read(ROOT / "docs/chapter.md")
    shown = re.findall(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", manual, re.M | re.S)
    names = [path.split("/")[-1] for path, _ in shown]
    assert names == ["routes.csv", "factors.csv", "judgements.csv"]
    assert [path for path, text in shown if f"\n{text}" not in f"\n{read(filled / path)}"] == []
