"""What is taken over from the last site is what a build from scratch would make, byte for byte,
whatever has changed.

A small generated report is changed in one way after the other. After each change it is built beside
its last site, and anew in another folder, where no page, no site and no record of one is kept; both
must give the same files.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from microwork.paths import ROOT
from tests import PATIENCE
from tests.conftest import seal
from tests.drills.room import contents, different
from tests.files import edit, read, write
from upkeep import generated, tree

FIRST, SECOND = generated.names(2)
STAGING = "_build/staging/_build"
# Executed chapters, numbers and drawings: other tests see to those.
KEPT = (".notebooks", ".report", ".drawings")
DAY = {"SOURCE_DATE_EPOCH": "1764000000"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report, built once."""
    folder = tmp_path_factory.mktemp("reuse") / "report"
    generated.make(ROOT, folder, 2)
    build(folder)
    return folder


def start(root: Path, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tallybook", "build", "--root", str(root)]
    around = {**os.environ, **DAY, "PYTHONPATH": tree.code(root), **environment}
    return subprocess.Popen(
        command, cwd=root, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def build(root: Path, **environment: str) -> str:
    """Build, which must succeed; returns what it said."""
    process = start(root, **environment)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    return said


def check(root: Path, tmp_path: Path, **environment: str) -> str:
    """Build beside the last site and from scratch: the same. Returns what the first build said."""
    last = (root / "_build" / "html").resolve()
    before = {path: path.stat().st_mtime_ns for path in last.rglob("*")}
    said = build(root, **environment)
    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before, "the last site was written to"
    fresh = tmp_path / "fresh"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("_build"))
    for name in KEPT:
        shutil.copytree(root / STAGING / name, fresh / STAGING / name)
    build(fresh, **environment)
    assert different(contents(fresh / "_build" / "html"), contents(root / "_build" / "html")) == []
    return said


def written(said: str) -> int | None:
    """How many pages were written; ``None`` if all were."""
    found = re.search(r"pages: (\d+) written, the others are as they were", said)
    return int(found[1]) if found else None


def add(path: Path, text: str) -> None:
    write(path, read(path) + text)


def page(root: Path, name: str) -> Path:
    return root / "chapters" / f"{name}.md"


def site(root: Path, name: str) -> Path:
    return root / "_build" / "html" / name


def test_a_sentence(root: Path, tmp_path: Path):
    """One page is written, and that of the corrections, which says whose text has changed.

    That it cites a source, which other pages list, and prints a number once more changes no other.
    """
    number = f"{{num}}`{FIRST}.median`"
    add(page(root, FIRST), f"\nA sentence with {number}, which is new {{cite:p}}`afp2019`.\n")
    assert written(check(root, tmp_path)) == 2


def test_a_number_has_its_place_in_another_page(root: Path, tmp_path: Path):
    number = f"{{num}}`{SECOND}.decile-3`"
    edit(page(root, SECOND), f"At the tenth 3 stands {number}.", "")
    add(root / "index.md", f"\nFirst of all: {number}.\n")
    check(root, tmp_path)
    record = read(site(root, f"_cite/{SECOND}.decile-3.html"))
    assert f'href="../index.html#{SECOND}.decile-3"' in record


def test_a_title(root: Path, tmp_path: Path):
    edit(page(root, FIRST), "# What does", "# And what does")
    check(root, tmp_path)
    assert f"And what does the table of {FIRST}" in read(site(root, f"chapters/{SECOND}.html"))


def test_a_caption(root: Path, tmp_path: Path):
    edit(page(root, SECOND), "The value of each month.", "Each month has a value.")
    check(root, tmp_path)
    assert "Each month has a value" in read(site(root, f"_cite/{SECOND}-values.html"))


def test_a_page_that_comes_and_goes(root: Path, tmp_path: Path):
    extra, entry = page(root, "extra"), "  - file: chapters/extra\n"
    write(extra, f"# One more\n\nIt prints {{num}}`{FIRST}.mean`.\n")
    add(root / "_toc.yml", entry)
    build(root)
    assert site(root, "chapters/extra.html").is_file()
    extra.unlink()
    edit(root / "_toc.yml", entry, "")
    check(root, tmp_path)
    assert not site(root, "chapters/extra.html").exists()


def test_a_table_and_a_number_that_is_gone(root: Path, tmp_path: Path):
    edit(root / f"data/{FIRST}/values.csv", "2020-01,5,", "2020-01,6,")
    seal(root)
    edit(root / "microwork" / SECOND / "__init__.py", "(2, 3, 4, 5, 6)", "(2, 3, 4, 5)")
    edit(page(root, SECOND), f"At the tenth 6 stands {{num}}`{SECOND}.decile-6`.", "")
    record = f"_cite/{SECOND}.decile-6.html"
    assert site(root, record).is_file()
    check(root, tmp_path)
    assert not site(root, record).exists()


def test_the_theme_and_the_day(root: Path, tmp_path: Path):
    theme, block = root / "engine/src/tallybook/theme", "{% block body %}"
    edit(theme / "page.html", block, f"{block}<!-- theme -->")
    add(theme / "static/report.css", "/* changed */\n")
    check(root, tmp_path / "theme")
    assert "<!-- theme -->" in read(site(root, "chapters/cite.html"))
    check(root, tmp_path / "day", SOURCE_DATE_EPOCH="1764090000")
    assert "2025-11-25" in read(site(root, f"_cite/{FIRST}.mean.html"))


@pytest.mark.parametrize("damaged", ["site", "record"])
def test_damage(root: Path, tmp_path: Path, damaged: str):
    """A file of the last site, or what is known of it, is not what was written: made again."""
    build(root)
    names = f"_cite/{FIRST}.mean.html chapters/glossary.html searchrecords.js objects.inv"
    paths = [site(root, name) for name in names.split()]
    for path in paths if damaged == "site" else [root / "_build" / "built"]:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    add(page(root, FIRST), f"\nA sentence after damage to the {damaged}.\n")
    assert written(check(root, tmp_path)) == (3 if damaged == "site" else None)


def test_a_build_that_was_killed(root: Path, tmp_path: Path):
    build(root)
    add(page(root, FIRST), "\nA sentence of a build that is killed.\n")
    for things in (0, 20):
        process, until = start(root), time.monotonic() + PATIENCE
        while len(list((root / STAGING).glob("html/**/*"))) < things and time.monotonic() < until:
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    check(root, tmp_path)
