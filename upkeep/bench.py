"""How long our build takes beside a stock Jupyter Book, in turn.

    python -m upkeep.bench [--runs 3] [--light 100]        (make bench)

The stock book is the chapters of version 0.3.0, in which that version typed its numbers in, and so
stays the measure while ours grow shorter. Steps: built from nothing, built again with nothing
changed, and after a sentence was added. A sentence is also saved while ``tallybook live`` runs: the
time until the page has it is held against stock's build of a sentence. Then the same steps, once,
with many light chapters.

The figures go to ``docs/benchmarks.json`` with the day and a hash of the engine, and
``docs/benchmarks.md`` is made from them. Exits with 1 if a ratio is above its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import yaml
from tabulate import tabulate
from tallybook import files

from microwork.paths import ROOT
from upkeep import generated, tree

FIGURES, PAGE = "docs/benchmarks.json", "docs/benchmarks.md"
STOCK = "346013e5"  # the commit of version 0.3.0
PORT = "8765"  # of ``tallybook live``
WAIT = 300  # seconds for a page of it
STEPS = {"cold": "cold build", "nothing": "nothing changed", "sentence": "one sentence added"}
REAL, LIGHT, LIVE = "this report", "light chapters", "from save to page, live"
# The most that ours may take of what stock takes.
LIMITS = {
    f"{REAL}, {STEPS['cold']}": 0.70,
    f"{REAL}, {STEPS['nothing']}": 0.05,
    f"{REAL}, {STEPS['sentence']}": 1.3,
    f"{REAL}, {LIVE}": 0.2,
    f"{LIGHT}, {STEPS['cold']}": 0.33,
    f"{LIGHT}, {STEPS['sentence']}": 1.0,
}
INTRODUCTION = """# How long builds take

Made by `make bench` from `benchmarks.json`; a release is refused while these are the figures of
another engine. Ours and a stock Jupyter Book, in turn. On another machine the seconds differ; the
ratios should not by much. The ratio is the median over the runs. For a page in `make live`, the
time from saving a sentence to the page is held against stock's build of a sentence.

Measured on {day}: {machine}.
"""
STAGES = """## Where the time of a sentence goes

Our build says after how many seconds each of its steps was done; here the medians. The edition in
another language is made in a process of its own, beside the pages.
"""
NOTED = re.compile(r"^ *(\d+\.\d\d) s  (.+)$", re.M)  # a step in the log of a build
# What was measured -> pairs of seconds, ours and stock, a pair for each run.
Times = dict[str, list[tuple[float, float]]]
Stages = list[tuple[str, float]]  # the steps of a build, each with the seconds when it was done


def prepare(work: Path, light: int) -> tuple[Path, Path]:
    """Both books, ready to be built: ours is this report, or one of so many light chapters; the
    other what version 0.3.0 makes of itself, or of as many."""
    ours, old, other = work / "ours", work / "0.3.0", work / "stock"
    packed = subprocess.run(["git", "archive", STOCK], cwd=ROOT, capture_output=True, check=True)
    old.mkdir()
    subprocess.run(["tar", "-x", "-C", old], input=packed.stdout, check=True)
    if light:
        generated.make(ROOT, ours, light)
        made = f"generated.make(Path(), Path('../light'), {light})"
        said = f"from pathlib import Path; from upkeep import generated; {made}"
        tree.python(old, "-c", said).check_returncode()
        old = work / "light"
    else:
        shutil.copytree(ROOT, ours, ignore=files.left_out)
    tree.python(old, "-m", "upkeep.stock", str(other)).check_returncode()
    return ours, other


def build(folder: Path) -> float:
    """Seconds that one build takes. Raises ``SystemExit`` with the end of the log if it fails."""
    ours = ("-m", "tallybook", "build", "--root", str(folder))
    arguments = ours if folder.name == "ours" else (*tree.STOCK[1:], str(folder))
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
    if step == "cold" and (folder / "_build").exists():
        # Not deleted: for minutes after that, ext4 without a journal is slow to make files.
        (folder / "_build").rename(folder.parent / f"before-{time.monotonic_ns()}")
    elif step == "sentence":
        with (folder / f"{chapter(folder)}.md").open("a", encoding="utf-8") as text:
            text.write(f"\n{said}\n")


def stages(folder: Path, whole: float) -> Stages:
    """The steps of the last build of ours, which took ``whole`` seconds."""
    log = (folder / "_build/build.log").read_text(encoding="utf-8")
    steps = [(re.sub(r"\d+ ", "", text), float(at)) for at, text in NOTED.findall(log)]
    return [*steps, ("compared with what was written, and published", whole)]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[None]:
    """``tallybook live`` at work on the book in ``folder``, ready for what is saved."""
    command = [sys.executable, "-m", "tallybook", "live", "--port", PORT]
    environment = os.environ | {"PYTHONPATH": tree.code(folder)}
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    server = subprocess.Popen(command, cwd=folder, env=environment, **pipe)
    try:
        if not any(line.startswith("Ready") for line in server.stdout):
            raise SystemExit(f"{folder}: tallybook live does not get ready")
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=WAIT)


def live(folder: Path, turn: int) -> float:
    """Seconds from saving a sentence until the first chapter has it."""
    sentence = f"The sentence was saved in turn {turn + 1}."
    with served(folder):
        began = time.monotonic()
        change(folder, "sentence", sentence)
        while time.monotonic() < began + WAIT:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{chapter(folder)}.html") as page:
                if sentence.encode() in page.read():
                    return round(time.monotonic() - began, 2)
            time.sleep(0.02)
    raise SystemExit(f"{folder}: tallybook live never showed what was saved")


def measure(work: Path, report: str, light: int, runs: int) -> tuple[Times, list[Stages]]:
    """Both books through all steps, ``runs`` times; who goes first changes from run to run. Also
    the stages of our build of a sentence in each run."""
    found: Times = defaultdict(list)
    staged: list[Stages] = []
    work.mkdir()
    books = prepare(work, light)
    for turn in range(runs):
        for step, said in STEPS.items():
            seconds = {}
            for book in books if turn % 2 == 0 else reversed(books):
                change(book, step, f"A sentence was added to this chapter in turn {turn}.")
                seconds[book.name] = build(book)
                print(f"{report}, {said}, {book.name}: {seconds[book.name]:.1f} s", flush=True)
            found[f"{report}, {said}"].append((seconds["ours"], seconds["stock"]))
            if step == "sentence":
                staged.append(stages(books[0], seconds["ours"]))
        if not light:
            found[f"{report}, {LIVE}"].append((live(books[0], turn), seconds["stock"]))
    return found, staged


def engine(root: Path) -> str:
    """Hex sha256 over the code of the engine."""
    return files.contents(root, files.own(root / "engine/src"))


def figures(found: Times, staged: list[Stages]) -> dict:
    """All that was measured, with the day, the machine and the engine. ``staged``: the stages of a
    sentence, of each run; those that every run has count."""
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}"
    day = date.today().isoformat()
    runs = [dict(one) for one in staged]
    known = [name for one in runs[:1] for name in one if all(name in run for run in runs)]
    middle = {name: round(median(run[name] for run in runs), 2) for name in known}
    made = {"day": day, "engine": engine(ROOT), "machine": machine}
    return {**made, "seconds": found, "stages": middle}


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
    steps = sorted(said.get("stages", {}).items(), key=lambda one: one[1])
    lines = [[text, f"{at:.2f}"] for text, at in steps]
    where = tabulate(lines, ["step", "done after, s"], "pipe", disable_numparse=True)
    whole = f"{INTRODUCTION.format(**said)}\n{table}\n"
    return f"{whole}\n{STAGES}\n{where}\n" if steps else whole, faults


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
    # A shell that starts this in the background has it ignore the signal that ends ``live``.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as work:
        found, staged = measure(Path(work) / "real", REAL, 0, options.runs)
        if options.light:
            found |= measure(Path(work) / "light", LIGHT, options.light, 1)[0]
    said = figures(found, staged)
    (ROOT / FIGURES).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    text, wrong = page(said)
    (ROOT / PAGE).write_text(text, encoding="utf-8")
    print(text, *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
