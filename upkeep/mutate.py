"""Is a wrong cell noticed? Change one cell or row of ``data/`` at a time and see who complains.

    python -m upkeep.mutate              (make mutate: a seeded sample of every table)
    python -m upkeep.mutate --sweep      (every column, every row: which does nothing rest on?)

The sha256 in the data package notices every change at all. It is set aside here: each changed table
is sealed again, as a careless editor would. What is left has to be noticed by the checks
(``oracle``). Survivors are printed, and have to be explained in ``tests/mutation-survivors.csv``;
the exit status is 1 if less than 95 % of a table's mutants are noticed and a survivor is not
explained.
"""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# The analysis binds the place of its data when it is imported, and the engine asks the project for
# it. "data", seen from wherever a process stands, lets every mutant have a folder of its own and
# still start from what is imported already.
from tallybook import data, project
from tallybook.data.seal import seal

from microwork import paths

HOME = paths.DATA
paths.DATA, paths.PACKAGE, paths.BIBLIOGRAPHY = (
    Path("data"),
    Path("data/datapackage.json"),
    Path("data/sources.bib"),
)
project.Project.data = property(lambda _: paths.DATA)

from microwork import report  # noqa: E402
from upkeep import mutants  # noqa: E402
from upkeep.oracle import Notice, Oracle  # noqa: E402

SURVIVORS = paths.ROOT / "tests" / "mutation-survivors.csv"
LEAST = 95  # percent of a table's mutants that must be noticed
LIMIT = 120  # seconds for one mutant, as for one cell of a notebook
SMALL = 120  # rows up to which a sweep drops every row of a table

_oracle: Oracle  # made once, before the first fork


@dataclass(frozen=True)
class Explanation:
    """Why mutants of a pattern may survive. Patterns are those of file names: ``*`` is anything."""

    table: str
    kind: str
    column: str
    row: str
    why: str

    def fits(self, mutant: mutants.Mutant) -> bool:
        pairs = (
            (self.table, mutant.table),
            (self.kind, mutant.kind),
            (self.column, mutant.column),
            (self.row, mutant.key),
        )
        return all(fnmatch.fnmatchcase(found, pattern) for pattern, found in pairs)


def explanations(path: Path = SURVIVORS) -> list[Explanation]:
    """The rows of ``tests/mutation-survivors.csv``.

    Raises ``ValueError`` naming the row that is not one.
    """
    header, *rows = mutants.read(path.read_text(encoding="utf-8"))
    wanted = list(Explanation.__dataclass_fields__)
    for number, row in enumerate([header, *rows], start=1):
        if (number == 1 and row != wanted) or len(row) != len(wanted) or not all(row):
            raise ValueError(
                f"{path.name}, row {number}: found {row}; expected {', '.join(wanted)}, none of"
                " them empty"
            )
    return [Explanation(*row) for row in rows]


def outcome(mutant: mutants.Mutant) -> tuple[mutants.Mutant, Notice | None]:
    """In a process of its own: make the change, seal it, ask."""
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for as long as this process lives
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(LIMIT)
    with tempfile.TemporaryDirectory(dir=os.environ["MUTANTS"]) as folder, contextlib.chdir(folder):
        shutil.copytree(Path(os.environ["MUTANTS"]) / "data", "data")
        path = paths.DATA / f"{mutant.table}.csv"
        path.write_text(
            mutants.write(mutant.applied(mutants.read(path.read_text(encoding="utf-8")))),
            encoding="utf-8",
        )
        with contextlib.suppress(
            data.DataError
        ):  # seal refuses what the check does; then the oracle hears it from the check
            seal(paths.DATA)
        return mutant, _oracle.ask(mutant.table)


def outcomes(
    todo: list[mutants.Mutant], workers: int
) -> list[tuple[mutants.Mutant, Notice | None]]:
    """What became of each mutant, each in a process forked from this one."""
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        results = pool.imap(outcome, todo, chunksize=1)
        found = []
        for count in range(1, len(todo) + 1):
            found.append(results.next(timeout=3 * LIMIT))
            print(
                f"\r{count} of {len(todo)}",
                end="" if count < len(todo) else "\r",
                file=sys.stderr,
                flush=True,
            )
        return found


def sampled(tables: Iterable[str], each: int, seed: int) -> list[mutants.Mutant]:
    """``each`` mutants of every table."""
    sources, units = _choices()
    return [
        mutant
        for name in tables
        for mutant in mutants.sample(
            data.describe(name), _rows(name), each, sources, units, str(seed)
        )
    ]


def swept(tables: Iterable[str], each: int, seed: int) -> list[mutants.Mutant]:
    """``each`` mutants of every column, and rows dropped: every row of a small table, some of a
    large one."""
    sources, units = _choices()
    todo = []
    for name in tables:
        chance, described, rows = random.Random(f"{seed} {name}"), data.describe(name), _rows(name)
        for column in rows[0]:
            todo += list(mutants.every_cell(described, rows, column, sources, units, chance))[:each]
        places = (
            range(1, len(rows))
            if len(rows) <= SMALL
            else sorted(chance.sample(range(1, len(rows)), SMALL // 4))
        )
        todo += [mutants.dropped(described, rows, place) for place in places]
    return todo


def _rows(name: str) -> mutants.Rows:
    return mutants.read((paths.DATA / f"{name}.csv").read_text(encoding="utf-8"))


def _choices() -> tuple[list[str], list[str]]:
    """Keys of all sources, and all units that stand in a table."""
    units: set[str] = set()
    for name in data.names():
        frame = data.table(name)
        for column in mutants.UNITS:
            units |= set(frame[column].dropna()) if column in frame else set()
    return sorted(data.table("sources")["key"]), sorted(units)


def _too_long(*_: object) -> None:
    raise TimeoutError(f"took more than {LIMIT} seconds")


def sample_report(
    results: list[tuple[mutants.Mutant, Notice | None]], known: list[Explanation]
) -> tuple[str, bool]:
    """The shares per table and the survivors as text, and whether all is well."""
    lines, good = [], True
    survivors = [mutant for mutant, found in results if found is None]
    unexplained = [mutant for mutant in survivors if not any(e.fits(mutant) for e in known)]
    stages = ("validation", "numbers", "claims", "cells", "sources")
    lines.append(
        f"{'table':32}{'mutants':>8}{'noticed':>9}" + "".join(f"{stage:>12}" for stage in stages)
    )
    for table in dict.fromkeys(mutant.table for mutant, _ in results):
        by = Counter(
            found.by if found else "nobody" for mutant, found in results if mutant.table == table
        )
        share = 100 * (1 - by["nobody"] / by.total())
        bad = share < LEAST and any(mutant.table == table for mutant in unexplained)
        good &= not bad
        counts = "".join(f"{by[stage]:>12}" for stage in stages)
        lines.append(
            f"{table:32}{by.total():>8}{share:>7.0f} %{counts}{'  too few' if bad else ''}"
        )
    noticed = len(results) - len(survivors)
    lines.append(
        f"\n{noticed} of {len(results)} noticed; {len(survivors)} survived, {len(unexplained)} of"
        " them not explained."
    )
    lines += [
        f"  {mutant}{'' if mutant in unexplained else '  (explained)'}" for mutant in survivors
    ]
    for e in known:
        matched = [mutant for mutant, _ in results if e.fits(mutant)]
        if matched and not any(e.fits(mutant) for mutant in survivors):
            lines.append(
                f"{SURVIVORS.name}: {e.table}, {e.kind}, {e.column}, {e.row}: no survivor among"
                f" {len(matched)}; may go"
            )
    return "\n".join(lines), good


def sweep_report(results: list[tuple[mutants.Mutant, Notice | None]]) -> str:
    """Columns whose every change was missed, and rows whose loss only the sources page noticed."""
    columns: dict[tuple[str, str], Counter] = {}
    rows: dict[str, list[str]] = {}
    for mutant, found in results:
        by = found.by if found else "nobody"
        if mutant.kind == "drop":
            rows.setdefault(mutant.table, [])
            if by in ("sources", "nobody"):
                rows[mutant.table].append(mutant.key)
        else:
            columns.setdefault((mutant.table, mutant.column), Counter())[by] += 1
    lines = ["Columns, and who noticed a change in them:"]
    lines += [
        f"  {table}, {column}: {dict(by)}"
        for (table, column), by in columns.items()
        if by["nobody"]
    ]
    lines.append("Rows that no number and no chapter needs:")
    lines += [f"  {table}: {', '.join(keys)}" for table, keys in rows.items() if keys]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m upkeep.mutate", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--each",
        type=int,
        default=25,
        help="mutants of every table (with --sweep: of every column)",
    )
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--tables", nargs="+", help="only these, for example counts/inputs")
    parser.add_argument(
        "--chapters", nargs="+", default=report.CHAPTERS, help="only these are asked"
    )
    parser.add_argument(
        "--sweep", action="store_true", help="look for columns and rows that nothing rests on"
    )
    options = parser.parse_args(argv)
    known = explanations()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, contextlib.chdir(folder):
        os.environ["MUTANTS"] = folder
        shutil.copytree(HOME, "data")  # so that nothing changes under our hands
        global _oracle
        _oracle = Oracle(tuple(options.chapters))
        if complaints := _oracle.learn():
            print(
                "The data as they are do not give what tests/baselines keeps (make baselines):",
                file=sys.stderr,
            )
            print(*(f"  {one.said}" for one in complaints), sep="\n", file=sys.stderr)
            return 2
        tables = options.tables or data.names()
        some = tables[:: len(tables) // 6 + 1]
        untouched = outcomes(
            [mutants.unchanged(data.describe(name), _rows(name)) for name in some], options.workers
        )
        if wrong := [f"{mutant.table}: {found.said}" for mutant, found in untouched if found]:
            print(
                "Tables that did not change were noticed, so no notice means anything:",
                file=sys.stderr,
            )
            print(*wrong, sep="\n", file=sys.stderr)
            return 2
        learnt = time.monotonic() - started
        todo = (swept if options.sweep else sampled)(tables, options.each, options.seed)
        results = outcomes(todo, options.workers)
    print(f"{len(todo)} changes in {len({mutant.table for mutant in todo})} tables.")
    print(
        "The sha256 in the data package notices each of them. Sealed anew, they are noticed by:\n"
    )
    if options.sweep:
        text, good = sweep_report(results), True
    else:
        text, good = sample_report(results, known)
    print(text)
    busy = sum(
        sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    took = time.monotonic() - started
    print(
        f"\n{took:.0f} s ({learnt:.0f} s of them for the untouched data), {busy:.0f} s of processor"
        " time."
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
