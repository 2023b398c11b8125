"""How long our build takes beside a stock Jupyter Book of the same chapters.

    python -m upkeep.bench [--runs 3] [--light 100]        (make bench)

Both books go through the same steps, one right after the other: built from nothing, built again
with nothing changed, and after a sentence was added to a chapter. Which of them goes first changes
from run to run. A sentence is also saved while ``tallybook live`` runs and a browser shows its
page: that time is held against stock's build of a sentence. Then the same steps, once, with a
generated report of many light chapters.

The figures go to ``docs/benchmarks.json`` with the day and a hash of the engine, and
``docs/benchmarks.md`` is made from them. Exits with 1 if a ratio is above its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import yaml
from playwright.sync_api import sync_playwright
from tabulate import tabulate
from tallybook import files
from tallybook.new import LEFT

from microwork.paths import ROOT
from upkeep import generated, stock, tree

FIGURES, PAGE = "docs/benchmarks.json", "docs/benchmarks.md"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
STEPS = {"cold": "cold build", "nothing": "nothing changed", "sentence": "one sentence added"}
REAL, LIGHT, LIVE = "this report", "light chapters", "from save to page, live"
# The most that ours may take of what stock takes.
LIMITS = {
    f"{REAL}, {STEPS['cold']}": 0.75,
    f"{REAL}, {STEPS['nothing']}": 0.15,
    f"{REAL}, {STEPS['sentence']}": 2.0,
    f"{REAL}, {LIVE}": 0.6,
    f"{LIGHT}, {STEPS['cold']}": 0.33,
    f"{LIGHT}, {STEPS['sentence']}": 1.0,
}
PORT = "8765"  # of ``tallybook live``
WAIT = 300  # seconds for a page in the browser
INTRODUCTION = """# How long builds take

Made by `make bench` from `benchmarks.json`; a release is refused while these are the figures of
another engine. Ours and a stock Jupyter Book of the same chapters, in turn. On another machine the
seconds differ; the ratios should not by much. The ratio is the median over the runs. For a page in
`make live`, the time from saving a sentence to the page in a browser is held against stock's build
of a sentence.

Measured on {day}: {machine}.
"""
# What was measured -> pairs of seconds, ours and stock, a pair for each run.
Times = dict[str, list[tuple[float, float]]]


def prepare(work: Path, light: int) -> tuple[Path, Path]:
    """Both books, ready to be built: ours is this report, or one of so many light chapters."""
    ours, other = work / "ours", work / "stock"
    if light:
        generated.make(ROOT, ours, light)
    else:
        shutil.copytree(ROOT, ours, ignore=LEFT)
    tree.python(ours, "-m", "upkeep.stock", str(other)).check_returncode()
    shutil.rmtree(ours / "_build", ignore_errors=True)  # left by loading the report
    return ours, other


def build(folder: Path) -> float:
    """Seconds that one build takes. Raises ``SystemExit`` with the end of the log if it fails."""
    ours = ("-m", "tallybook", "build", "--root", str(folder))
    arguments = ours if folder.name == "ours" else (*stock.COMMAND[1:], str(folder))
    began = time.monotonic()
    done = tree.python(folder, *arguments)
    if done.returncode:
        raise SystemExit(f"{folder}: the book was not built\n{(done.stdout + done.stderr)[-3000:]}")
    return round(time.monotonic() - began, 2)


def chapter(folder: Path) -> str:
    """The first chapter, without its ending."""
    contents = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    return str(contents["parts"][0]["chapters"][0]["file"])


def change(folder: Path, step: str, said: str) -> None:
    """Change what the step changes; ``said``: a sentence."""
    if step == "cold":
        shutil.rmtree(folder / "_build", ignore_errors=True)
    elif step == "sentence":
        with (folder / f"{chapter(folder)}.md").open("a", encoding="utf-8") as text:
            text.write(f"\n{said}\n")


@contextlib.contextmanager
def served(folder: Path) -> Iterator[None]:
    """``tallybook live`` at work on the book in ``folder``, ready for what is saved."""
    command = [sys.executable, "-m", "tallybook", "live", "--port", PORT]
    environment = os.environ | {"PYTHONPATH": tree.code(folder)}
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    server = subprocess.Popen(command, cwd=folder, env=environment, **pipe)
    try:
        for line in server.stdout:
            if line.startswith("Ready"):
                break
            if "not built" in line or line.startswith("Each save"):
                raise SystemExit(f"{folder}: tallybook live does not get ready\n{line}")
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=WAIT)


def live(folder: Path, turn: int) -> float:
    """Seconds from saving a sentence until the first chapter in the browser has it."""
    sentence = f"The sentence was saved in turn {turn + 1}."
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    with served(folder), sync_playwright() as play:
        page = play.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page()
        page.goto(f"http://127.0.0.1:{PORT}/{chapter(folder)}.html")
        began = time.monotonic()
        change(folder, "sentence", sentence)
        page.get_by_text(sentence).wait_for(state="attached", timeout=1000 * WAIT)
        return round(time.monotonic() - began, 2)


def measure(report: str, light: int, runs: int) -> Times:
    """Both books through all steps, ``runs`` times."""
    found: Times = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        books = prepare(Path(work), light)
        for turn in range(runs):
            for step, said in STEPS.items():
                seconds = {}
                for book in books if turn % 2 == 0 else reversed(books):
                    change(book, step, f"A sentence was added to this chapter in turn {turn}.")
                    seconds[book.name] = build(book)
                    print(f"{report}, {said}, {book.name}: {seconds[book.name]:.1f} s", flush=True)
                found[f"{report}, {said}"].append((seconds["ours"], seconds["stock"]))
            if not light:
                found[f"{report}, {LIVE}"].append((live(books[0], turn), seconds["stock"]))
    return found


def engine(root: Path) -> str:
    """Hex sha256 over the code of the engine."""
    return files.contents(root, files.own(root / "engine/src"))


def figures(found: Times) -> dict:
    """All that was measured, with the day, the machine and the engine."""
    return {
        "day": date.today().isoformat(),
        "engine": engine(ROOT),
        "machine": f"{os.cpu_count()} processors, Python {platform.python_version()}",
        "seconds": found,
    }


def page(said: dict) -> tuple[str, list[str]]:
    """The page of documentation of these figures, and what is above its limit, in words."""
    rows, faults = [], []
    for name, pairs in said["seconds"].items():
        seconds = [f"{median(times):.1f}" for times in zip(*pairs, strict=True)]
        # Each pair was built one right after the other.
        share = median(ours / other for ours, other in pairs)
        limit = f"{LIMITS[name]:.2f}" if name in LIMITS else ""
        rows.append([name, *seconds, f"{share:.2f}", limit])
        if share > LIMITS.get(name, share):
            faults.append(f"{name}: found {share:.2f} of stock; expected at most {limit}")
    heads = ["median of seconds", "ours", "stock", "ours/stock", "at most"]
    table = tabulate(rows, heads, "pipe", disable_numparse=True, colalign=("left", *4 * ["right"]))
    return f"{INTRODUCTION.format(**said)}\n{table}\n", faults


def outdated(root: Path) -> str:
    """What is wrong with the committed figures; empty if they are those of this engine."""
    path = root / FIGURES
    if path.is_file() and json.loads(path.read_text(encoding="utf-8"))["engine"] == engine(root):
        return ""
    return f"{FIGURES}: found no figures of this engine/src; expected `make bench` with it"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of this report")
    parser.add_argument("--light", type=int, default=100, help="chapters; 0 leaves them out")
    options = parser.parse_args()
    found = measure(REAL, 0, options.runs)
    if options.light:
        found |= measure(LIGHT, options.light, 1)
    said = figures(found)
    (ROOT / FIGURES).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    text, wrong = page(said)
    (ROOT / PAGE).write_text(text, encoding="utf-8")
    print(f"\n{text}")
    print("\n".join(wrong) or "No build takes a larger share of stock than it may.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
