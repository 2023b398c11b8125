"""Rebuild every derived table from the raw public files and compare it with the one that is kept.

    python -m microwork.derive --raw DIR

One line per table: "identical", or where it first differs. A raw file that is not in DIR is named
with the place where it is published. The exit status is 0 only if every table is identical.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from microwork.derive.raw import RawError, as_bytes
from microwork.paths import DATA

# The modules of this folder that make tables from raw files (see ``raw`` for what one must have).
DERIVATIONS = (
    "project_pairs",
    "supply_by_year",
    "countries",
    "client_regions",
    "occupations",
    "mturk_places",
    "crowd_places",
    "crowd_people",
    "mturk_2015",
    "mturk_years",
    "platform_wages",
    "batch_pay",
    "crowd_pay",
    "task_batches",
    "mturk_declared",
    "corona_queries",
    "headlines",
    "vaccine_tweets",
    "elec2",
    "filosofi",
    "mturk_people",
    "mturk_incomes",
    "census_2018",
    "hours_sample",
    "worker_summaries",
    "judges",
    "dataset_births",
    "made_up_examples",
    "wikimedia_models",
    "common_voice",
)


def modules(names: Iterable[str] = DERIVATIONS) -> list[ModuleType]:
    """The derivations, imported."""
    return [importlib.import_module(f"microwork.derive.{name}") for name in names]


def first_difference(kept: bytes, rebuilt: bytes) -> str | None:
    """Where two versions of a table part, as one line for a reader; ``None`` if they are identical."""
    if kept == rebuilt:
        return None
    old, new = kept.split(b"\n"), rebuilt.split(b"\n")
    for row, (a, b) in enumerate(zip(old, new, strict=False), start=1):
        if a != b:
            return (
                f"row {row}: kept {a.decode(errors='replace')!r}, rebuilt"
                f" {b.decode(errors='replace')!r}"
            )
    return f"kept {len(old)} lines, rebuilt {len(new)}"


def check(module: ModuleType, raw: Path, kept: Path = DATA) -> list[tuple[str, bool, str]]:
    """Rebuild the tables of one derivation: (path, identical or not, what to say) for each.

    A missing or wrong raw file fails all tables of the derivation; where a file is published,
    ``absent`` or the message says.
    """
    if missing := absent([module], raw):
        return [
            (path, False, f"not rebuilt for want of {', '.join(name for name, _ in missing)}")
            for path in module.OUTPUTS
        ]
    try:
        rebuilt = module.derive(raw)
    except RawError as error:
        return [(path, False, str(error)) for path in module.OUTPUTS]
    if set(rebuilt) != set(module.OUTPUTS):
        return [
            (path, False, f"{module.__name__} made {', '.join(sorted(rebuilt))}")
            for path in module.OUTPUTS
        ]
    found = []
    for path in module.OUTPUTS:
        if not (kept / path).is_file():
            found.append((path, False, "rebuilt, but no such table is kept"))
            continue
        difference = first_difference((kept / path).read_bytes(), as_bytes(rebuilt[path]))
        found.append((path, difference is None, difference or "identical"))
    return found


def absent(derivations: Iterable[ModuleType], raw: Path) -> list[tuple[str, str]]:
    """Raw files that are not in the folder, packed or unpacked, and where each is published, once
    for each place."""
    files = dict.fromkeys(
        (name, one.where) for module in derivations for name, one in module.RAW.items()
    )
    return [
        (name, where)
        for name, where in files
        if not ((raw / name).is_file() or (raw / f"{name}.gz").is_file())
    ]


def main(argv: list[str] | None = None) -> int:
    """Check all derivations and print one line per table; 0 if all are identical, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m microwork.derive", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw files")
    options = parser.parse_args(argv)
    good = True
    for name, where in absent(modules(), options.raw):
        print(f"{name}: not in {options.raw}; published at {where}")
    for module in modules():
        for path, identical, words in check(module, options.raw):
            good &= identical
            print(f"data/{path}: {words}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
