"""How long our build takes beside a stock Jupyter Book of the same chapters, as ratios.

    python -m upkeep.rebuild [--plan real=3 3=1 10=3 100=1] [--skip 100:data]

Each run takes both books, one right after the other, through the same steps: a cold build (nothing
built before), a build with nothing changed, one after a sentence was added to a chapter, one after
a cell of a table was changed. Which book goes first changes from run to run. Sizes: ``real`` is
this report; a number is a generated report of so many light chapters (see ``upkeep.generated``).

After a changed table the stock book must be built anew without its cache: jupyter-cache looks at
the code of the cells only and would show the old numbers. Ours takes a ``make seal`` before; its
time counts.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from upkeep import generated, tree
from upkeep.described import as_csv
from upkeep.rebuild_report import PHASES, Timing, report
from upkeep.stock import COMMAND
from upkeep.stock import environment as stock_environment
from upkeep.weight import ROOT

LEFT = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "node_modules")
STEPS = ("cold", "nothing", "prose", "data")
EXECUTED = re.compile(r"Executed notebook in ([\d.]+) seconds")
# One cell of one table, and what it becomes in turn; the values are all possible, so that no check
# fails.
REAL_CELL = ("counts/inputs.csv", "fr-multihoming-coefficient", "value", ("1.31", "1.27", "1.3"))
LIGHT_CELL = ("{name}/values.csv", "2020-01", "value", ("9", "10", "11"))


@dataclass(frozen=True)
class Book:
    """One of the two books on disk: where, and how it is built."""

    kind: str
    folder: Path

    def build(self, *options: str) -> tuple[float, float, dict[str, float]]:
        """Seconds of one build, of processor time (kernels included), and of its phases.

        Raises ``SystemExit`` with the end of the log if the build fails.
        """
        marks = self.folder.with_name(
            f"{self.folder.name}-phases.json"
        )  # not in a folder that must stay untouched
        if self.kind == "ours":
            command, environment = (
                [sys.executable, "-m", "tallybook", "build", "--root", str(self.folder)],
                dict(os.environ),
            )
            environment["PYTHONPATH"] = tree.code(self.folder)
        else:
            command, environment = (
                [*COMMAND, str(self.folder), *options],
                stock_environment(self.folder),
            )
            environment["PYTHONPATH"] += os.pathsep + str(ROOT)  # where the phases are noted
        environment["PHASES"] = str(marks)
        marks.unlink(missing_ok=True)
        used, began = processor(), time.time()
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True
        )
        ended, used = time.time(), processor() - used
        if done.returncode:
            raise SystemExit(
                f"{self.folder}: the {self.kind} book was not"
                f" built\n{(done.stdout + done.stderr)[-3000:]}"
            )
        if (
            not marks.is_file()
        ):  # a build that sees at once that there is nothing to do does not start Sphinx
            return ended - began, used, {"start": ended - began}
        cells = sum(map(float, EXECUTED.findall(done.stdout + done.stderr)))
        return (
            ended - began,
            used,
            phases(began, json.loads(marks.read_text(encoding="utf-8")), ended, cells),
        )


def processor() -> float:
    """Seconds of processor time of all processes that this one has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def phases(began: float, marks: dict[str, float], ended: float, cells: float) -> dict[str, float]:
    """Seconds of each phase.

    ``cells``: what the build itself spent in executing; ours waits for others who do.
    """
    waited = marks["waited"] + cells
    found = {
        "start": marks["start"] - began,
        "load": marks["load"] - marks["start"],
        "cells": waited,
        "read": marks["read"] - marks["load"] - waited,
        "write": marks["write"] - marks["read"],
        "files": marks["files"] - marks["write"],
        "end": ended - marks["files"],
    }
    assert list(found) == list(PHASES)
    return found


def step(book: Book, size: str, name: str, turn: int) -> Timing:
    """Change what the step changes, and build."""
    built = book.folder / "_build"
    before, options = 0.0, ()
    if name == "cold":
        shutil.rmtree(built, ignore_errors=True)
    elif name == "prose":
        page = chapter(book.folder)
        text = page.read_text(encoding="utf-8")
        page.write_text(
            f"{text.rstrip()}\n\nA sentence was added to this chapter, for the {turn + 1}. time.\n",
            encoding="utf-8",
        )
    elif name == "data":
        change(book.folder, turn)
        began = time.time()
        seal(
            book.folder
            # the stock book's tables are checked too; a stock book has no seal, so there it takes no
            # time
        )
        if book.kind == "ours":
            before = time.time() - began
        else:
            shutil.rmtree(built / ".jupyter_cache", ignore_errors=True)
            options = ("--all",)
    seconds, used, parts = book.build(*options)
    return Timing(size, name, book.kind, turn, before + seconds, used, parts | {"seal": before})


def chapter(folder: Path) -> Path:
    """The first chapter of a book."""
    return (
        folder
        / "chapters"
        / (
            "counts.md"
            if (folder / "chapters" / "counts.md").is_file()
            else f"{generated.names(1)[0]}.md"
        )
    )


def change(folder: Path, turn: int) -> None:
    """Give one cell of one table another value. Raises ``SystemExit`` if the cell is not there."""
    table, key, column, values = REAL_CELL if chapter(folder).stem == "counts" else LIGHT_CELL
    path = folder / "data" / table.format(name=generated.names(1)[0])
    with path.open(encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file)
    row = next((row for row in rows if row[0] == key), None)
    if row is None:
        raise SystemExit(f"{path}: found no row {key!r}; expected one to change")
    row[heads.index(column)] = values[turn % len(values)]
    path.write_text(as_csv([heads, *rows]), encoding="utf-8")


def seal(folder: Path) -> None:
    command, environment = (
        [sys.executable, "-m", "tallybook", "seal"],
        {**os.environ, "PYTHONPATH": tree.code(folder)},
    )
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def prepare(size: str, work: Path) -> tuple[Book, Book]:
    """Both books of a size, ready to be built, each noting its phases."""
    ours, stock = work / "ours", work / "stock"
    if size == "real":
        shutil.copytree(ROOT, ours, ignore=LEFT)
    else:
        generated.make(ROOT, ours, int(size))
    command = [sys.executable, "-m", "upkeep.stock", "--out", str(stock)]
    subprocess.run(
        command,
        cwd=ours,
        env={**os.environ, "PYTHONPATH": tree.code(ours)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(
        ours / "_build", ignore_errors=True
    )  # the report was loaded to write the stock book
    noting = "[myst_nb, jupyter_book, sphinx_external_toc, sphinxcontrib.bibtex, tallybook]"
    text = (ours / "_config.yml").read_text(encoding="utf-8")
    if noting not in text:
        raise SystemExit(
            f"_config.yml: found no extensions {noting}; expected them there, to add upkeep.phases"
        )
    (ours / "_config.yml").write_text(
        text.replace(noting, noting[:-1] + ", upkeep.phases]"), encoding="utf-8"
    )
    with (stock / "_config.yml").open("a", encoding="utf-8") as settings:
        settings.write("sphinx: {extra_extensions: [upkeep.phases]}\n")
    return Book("ours", ours), Book("stock", stock)


def measure(size: str, runs: int, skipped: set[str], work: Path) -> list[Timing]:
    """Both books through all steps, ``runs`` times, in pairs."""
    books, found = prepare(size, work), []
    for turn in range(runs):
        for name in STEPS:
            if f"{size}:{name}" in skipped:
                continue
            for book in books if turn % 2 == 0 else reversed(books):
                timing = step(book, size, name, turn)
                found.append(timing)
                print(
                    f"{size:>5} {name:<8} {book.kind:<6} {timing.seconds:7.1f} s",
                    file=sys.stderr,
                    flush=True,
                )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--plan", nargs="+", default=["real=3", "3=1", "10=3", "100=1"], help="size=runs"
    )
    parser.add_argument("--skip", nargs="*", default=["100:data"], help="size:step that is not run")
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "_build" / "rebuild.json",
        help="where every single time goes",
    )
    parser.add_argument(
        "--only-report", action="store_true", help="print the tables of the times that are there"
    )
    options = parser.parse_args()
    if options.only_report:
        found = [Timing(**record) for record in json.loads(options.out.read_text(encoding="utf-8"))]
    else:
        found = []
        for part in options.plan:
            size, _, runs = part.partition("=")
            with tempfile.TemporaryDirectory(prefix="rebuild-") as work:
                found += measure(size, int(runs or 1), set(options.skip), Path(work))
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(
            json.dumps([asdict(timing) for timing in found], indent=1), encoding="utf-8"
        )
    text, faults = report(found)
    print(text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
