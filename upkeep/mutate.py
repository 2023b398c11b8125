"""Is a wrong cell noticed? Change one cell or row of ``data/`` at a time and see who complains.

    python -m upkeep.mutate              (a seeded sample of every table)

The sha256 in the data package notices every change at all. It is set aside here: each changed table
is sealed again, as a careless editor would. What is left has to be noticed by the checks
(``oracle``). Survivors are printed, and have to be explained in ``tests/mutation-survivors.csv``;
the exit status is 1 if less than 95% of a table's mutants are noticed and a survivor is not
explained.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import fnmatch
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

# The analysis binds the place of its data when it is imported, and the engine asks the project for
# it. "data", seen from wherever a process stands, lets every mutant have a folder of its own and
# still start from what is imported already.
from tabulate import tabulate
from tallybook import data, project
from tallybook.data.seal import seal

from microwork import paths

HOME = paths.DATA
paths.DATA = Path("data")
paths.BIBLIOGRAPHY = paths.DATA / "sources.bib"
project.Project.data = property(lambda _: paths.DATA)

from upkeep import oracle  # noqa: E402
from upkeep.mutants import UNITS, Hand, Mutant, read  # noqa: E402

SURVIVORS = paths.ROOT / "tests" / "mutation-survivors.csv"
LEAST = 95  # percent of a table's mutants that must be noticed
SEED = 2022
LIMIT = 120  # seconds for one mutant, as for one cell of a notebook

_oracle: oracle.Oracle  # made once, before the first fork
Result = tuple[Mutant, tuple[str, str] | None]


def outcome(mutant: Mutant) -> Result:
    """In a process of its own: make the change, seal it, ask."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as this process lives
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LIMIT)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(os.environ["MUTANTS"], folder, dirs_exist_ok=True)
        path = paths.DATA / f"{mutant.table}.csv"
        changed = mutant.applied(read(path.read_text(encoding="utf-8")))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(changed)
        # What the seal refuses, the check refuses too; the oracle hears it from the check.
        with contextlib.suppress(data.DataError):
            seal(paths.DATA)
        return mutant, _oracle.ask(mutant.table)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took more than {LIMIT} seconds")


def outcomes(todo: list[Mutant]) -> list[Result]:
    """What became of each mutant, each in a process forked from this one."""
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        results = pool.imap(outcome, todo, chunksize=1)
        return [results.next(timeout=3 * LIMIT) for _ in todo]


def hands(tables: list[str]) -> list[Hand]:
    """A careless hand at each table, which may put any source, and any unit that stands in one."""
    rows = {
        name: read((paths.DATA / f"{name}.csv").read_text(encoding="utf-8"))
        for name in data.names()
    }
    columns = (column for table in rows.values() for column in zip(*table, strict=True))
    units = {cell for head, *cells in columns if head in UNITS for cell in cells if cell}
    others = {"source": sorted(data.table("sources")["key"]), "unit": sorted(units)}
    return [Hand(data.describe(name), rows[name], others, SEED) for name in tables]


def told(results: list[Result]) -> tuple[str, bool]:
    """The shares per table and the survivors as text, and whether all is well."""
    # Table, kind, column and row of what may survive, as patterns of file names, and why.
    _, *known = read(SURVIVORS.read_text(encoding="utf-8"))

    def explained(mutant: Mutant) -> bool:
        its = (mutant.table, mutant.kind, mutant.column, mutant.key)
        return any(all(map(fnmatch.fnmatchcase, its, patterns[:4])) for patterns in known)

    survivors = {mutant: explained(mutant) for mutant, found in results if found is None}
    rows, good = [], True
    for name in dict.fromkeys(mutant.table for mutant, _ in results):
        by = Counter(found[0] if found else "" for mutant, found in results if mutant.table == name)
        share = 100 * (1 - by[""] / by.total())
        open_ = any(one.table == name and not so for one, so in survivors.items())
        few = share < LEAST and open_
        good &= not few
        counts = (by[stage] for stage in oracle.STAGES)
        rows.append([name, by.total(), f"{share:.0f} %", *counts, "too few" if few else ""])
    heads = ["table", "mutants", "noticed", *oracle.STAGES, ""]
    noticed = len(results) - len(survivors)
    said = f"{noticed} of {len(results)} noticed; {len(survivors)} survived."
    lines = [f"  {one}{'  (explained)' if so else ''}" for one, so in survivors.items()]
    return "\n".join([tabulate(rows, heads, "github"), "", said, *lines]), good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=25, help="mutants of every table")
    parser.add_argument("--tables", nargs="+", help="only these, for example counts/inputs")
    parser.add_argument("--chapters", nargs="+", default=oracle.report.CHAPTERS, help="only these")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, contextlib.chdir(folder):
        os.environ["MUTANTS"] = folder
        shutil.copytree(HOME, "data")  # so that nothing changes under our hands
        global _oracle
        _oracle = oracle.Oracle(tuple(options.chapters))
        # That of sources is made from the bibliography by the seal, which undoes any change.
        careless = hands(options.tables or [one for one in data.names() if one != "sources"])
        # Without a change nobody may notice one, else no notice means anything.
        some = [hand.mutant("nothing") for hand in careless[:: len(careless) // 6 + 1]]
        if wrong := [f"{one.table}: {found}" for one, found in outcomes(some) if found]:
            print("Tables that did not change were noticed:", *wrong, sep="\n", file=sys.stderr)
            return 2
        text, good = told(outcomes([one for hand in careless for one in hand.sample(options.each)]))
    print(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
