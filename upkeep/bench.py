"""How long our build takes beside a stock Jupyter Book of the same chapters.

    python -m upkeep.bench [--runs 3] [--light 100]

Both books go through the same steps, one right after the other: built from nothing, built again
with nothing changed, and after a sentence was added to a chapter. Which of them goes first changes
from run to run. Then the same, once, with a generated report of many light chapters. Prints the
times and the median ratio of ours to stock; exits with 1 if a ratio is above its limit.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import yaml

from microwork.paths import ROOT
from upkeep import generated, stock, tree
from upkeep.tables import table

LEFT = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "node_modules")
STEPS = {"cold": "cold build", "nothing": "nothing changed", "sentence": "one sentence added"}
REAL, LIGHT = "this report", "light chapters"
# The most that ours may take of what stock takes.
LIMITS = {
    (REAL, "cold"): 0.5,
    (REAL, "nothing"): 0.15,
    (REAL, "sentence"): 1.0,
    (LIGHT, "sentence"): 1.2,
}
# (report, step) -> pairs of seconds, ours and stock, a pair for each run.
Times = dict[tuple[str, str], list[tuple[float, float]]]


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
        log = (done.stdout + done.stderr)[-3000:]
        raise SystemExit(f"{folder}: the book was not built\n{log}")
    return time.monotonic() - began


def change(folder: Path, step: str, turn: int) -> None:
    """Change what the step changes."""
    if step == "cold":
        shutil.rmtree(folder / "_build", ignore_errors=True)
    elif step == "sentence":
        contents = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
        first = contents["parts"][0]["chapters"][0]["file"]
        with (folder / f"{first}.md").open("a", encoding="utf-8") as text:
            text.write(f"\nA sentence was added to this chapter, for the {turn + 1}. time.\n")


def measure(report: str, light: int, runs: int) -> Times:
    """Both books through all steps, ``runs`` times."""
    found: Times = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        books = prepare(Path(work), light)
        for turn, step in ((turn, step) for turn in range(runs) for step in STEPS):
            seconds = {}
            for book in books if turn % 2 == 0 else reversed(books):
                change(book, step, turn)
                seconds[book] = build(book)
                print(f"{report}, {STEPS[step]}, {book.name}: {seconds[book]:.1f} s", flush=True)
            found[report, step].append((seconds[books[0]], seconds[books[1]]))
    return found


def ratio(pairs: list[tuple[float, float]]) -> float:
    """The median over runs of ours/stock, each pair built one right after the other."""
    return median(ours / other for ours, other in pairs)


def spread(seconds: tuple[float, ...]) -> str:
    """Median and range, such as ``12.3 (11.9-13.0)``."""
    return f"{median(seconds):.1f} ({min(seconds):.1f}-{max(seconds):.1f})"


def result(found: Times) -> tuple[str, list[str]]:
    """The table of all times, and what is above its limit, in words."""
    rows, faults = [], []
    for (report, step), pairs in found.items():
        limit, share = LIMITS.get((report, step)), ratio(pairs)
        wanted = f"{limit:.2f}" if limit else ""
        name = f"{report}, {STEPS[step]}"
        rows.append([name, *map(spread, zip(*pairs, strict=True)), f"{share:.2f}", wanted])
        if limit and share > limit:
            faults.append(f"{name}: found {share:.2f} of stock; expected at most {wanted}")
    heads = ["seconds: median (least-most)", "ours", "stock", "ours/stock", "expected, at most"]
    return table(heads, rows), faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of this report")
    parser.add_argument("--light", type=int, default=100, help="chapters; 0 leaves them out")
    options = parser.parse_args()
    found = measure(REAL, 0, options.runs)
    if options.light:
        found |= measure(LIGHT, options.light, 1)
    text, faults = result(found)
    print(f"\n{text}\n")
    print("\n".join(faults) or "No build takes a larger share of stock than it may.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
