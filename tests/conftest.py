"""What several tests share: copies of the project, a built site, a browser."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tallybook import new
from tallybook.builder.cache import results
from tallybook.data import schema
from tallybook.release.tree import call_release
from threadpoolctl import threadpool_limits

from microwork import report
from microwork.paths import DATA, ROOT
from tests import PATIENCE
from tests.files import load, read, write
from tests.visits import visiting
from upkeep import generated, tree

BUILT = (".git", ".venv", "_build", "dist", ".tools", ".hypothesis", ".*_cache", "*.egg-info")
ENGINE = ROOT / "engine" / "src"
GARDEN = ROOT / "engine" / "examples" / "garden"
# The shell is the same browser without windows: a visit takes a third of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FOUND = [path for path in map(shutil.which, BROWSERS) if path]
# Where there are several, `make weekly` tests with the last as well.
CHROMIUM = FOUND[-1 if "OTHER_BROWSER" in os.environ else 0] if FOUND else None
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]

# Files that take longest begin first, so that at the end no worker is left alone with one of them:
# those that need no book while the first has it built, for which others would have to wait.
LONG = """book drills author messages cache live repository releases hostile keep pages
browser records pictures validators"""

# Code is compiled once for all processes that tests start, and not by each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Kernels that tests start run as a build's do, and what is computed here too.
os.environ.update(report.server_environment())
threadpool_limits(1)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors, since much of a test is to wait for what it has started;
    at most four, for each may have a build in memory."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    names = [f"test_{name}.py" for name in LONG.split()]
    waiting = {item.path for item in items if "book_root" in item.fixturenames}
    items.sort(
        key=lambda item: (
            names.index(item.path.name) if item.path.name in names else len(names),
            item.path in waiting,
        )
    )


def copy_project(to: Path, root: Path = ROOT) -> Path:
    """A report's own files, without what is built or installed, as the release that CITATION.cff
    names."""
    return call_release(Path(shutil.copytree(root, to, ignore=shutil.ignore_patterns(*BUILT))))


def run(root: Path, *arguments: str, **around: str) -> subprocess.CompletedProcess[str]:
    """Python in the folder of a report, with the report's own code; ``around``: its environment."""
    code = os.pathsep.join([tree.code(root), str(ENGINE)])
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": code, **around},
        timeout=PATIENCE,
    )


def build(root: Path, **around: str) -> subprocess.CompletedProcess[str]:
    """``make book`` without the set-up: the same command, in the folder ``root``."""
    return run(root, "-m", "tallybook", "build", **around)


def built(root: Path, **around: str) -> Path:
    """A report that is built, which must succeed."""
    done = build(root, **around)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return root


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of ``data/`` that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes that run these tests side by side."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """``report`` in a folder, which the first process that asks makes, and the others wait for."""
    folder.mkdir(exist_ok=True)
    root, made = folder / "report", folder / "made"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(root, ignore_errors=True)
            make(root)
            made.touch()
    return root


@pytest.fixture(scope="session")
def book_root(shared: Path) -> Path:
    """A copy of the project with its book built; tests must not change it."""
    return once(shared / "book", lambda root: built(copy_project(root)))


def stored(root: Path) -> Path:
    """Where a build keeps what it has computed."""
    return results.folder(root / "_build/staging/_build")


@pytest.fixture(scope="session")
def loaded(book_root: Path) -> report.Report:
    """The report, as the build of the book has computed it from the same files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(results.FOLDER, str(stored(book_root)))
        return report.load()


@pytest.fixture(scope="session")
def garden_root(shared: Path) -> Path:
    """A copy of the engine's example, built; tests must not change it."""
    return once(shared / "garden", lambda root: built(copy_project(root, GARDEN)))


BEGUN, TEMPLATE = "wages", ROOT / "upkeep/chapter"
FINDING = "\n```{finding} lightaa\n:claim: lightaa-mean\n:title: Is it light?\nIt is.\n```\n"
# A question of the light chapter, so that the report has such tables.
ANSWERED = {
    "questions": "lightaa.likely,What is the mean?,Of the values.,ratio,linear,,,computed",
    "routes": "lightaa.likely,one,mean_of_values,It is the mean.,computed",
    "factors": "mean_of_values,Mean,data,linear,,,lightaa.mean,,,,It was computed.,computed",
}


@pytest.fixture(scope="session")
def light_root(shared: Path) -> Path:
    """A generated report of three light chapters with claims and a question, and of one that was
    just begun as ``make new`` does, but its page is not executed apart; built. Tests must not
    change it."""

    def make(root: Path) -> None:
        generated.make(ROOT, root, 3)
        for name, row in ANSWERED.items():
            header = read(ROOT / f"data/{name}.csv").partition("\n")[0]
            write(root / f"data/{name}.csv", f"{header}\n{row}\n")
        for file in (schema.TABLES, schema.SCHEMA):
            more = [one for one in schema.lines(ROOT / "data", file) if one["table"] in ANSWERED]
            schema.write(root / "data", file, schema.lines(root / "data", file) + more)
        write(root / "index.md", read(root / "index.md") + FINDING)
        new.begin(root, BEGUN, template=TEMPLATE)
        built(root)

    return once(shared / "light", make)


@pytest.fixture(scope="session")
def site(book_root: Path) -> Path:
    """The built site."""
    return (book_root / "_build" / "html").resolve()


@pytest.fixture(scope="session")
def claims(site: Path) -> list[dict]:
    """The claims of the ledger, each once, however often it was repeated."""
    return [claim for claim in load(site / "claims.json")["claims"] if not claim["repeats"]]


@pytest.fixture(scope="session")
def browser():
    """A real Chromium, without a network."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Not with the fonts of drawings made in this process: a reader has others.
        fonts = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=fonts)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visit(browser, site: Path) -> Callable:
    """Opens a page of the site, from disk: ``with visit("index.html", "phone") as page``."""
    return lambda name, *how, **more: visiting(browser, f"{site.as_uri()}/{name}", *how, **more)
