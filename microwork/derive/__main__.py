"""Rebuild every derived table from the raw public files and compare it with the one that is kept.

    python -m microwork.derive --raw DIR [NAME ...] [--out DATA]

NAME is a module of this folder, and all of them if none is given. One line per table: "identical",
or where it first differs. A raw file that is not in DIR is named with the place where it is
published. The exit status is 0 only if every table is identical. With ``--out`` the tables are
written below that folder instead.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from types import ModuleType

from microwork.derive.raw import RawError, derived
from microwork.paths import DATA

# All modules of this folder that make tables from raw files.
_MODULES = (one.name for one in pkgutil.iter_modules([str(Path(__file__).parent)]))
DERIVATIONS = tuple(name for name in _MODULES if name not in ("__main__", "raw"))


def check(
    module: ModuleType, raw: Path, kept: Path = DATA, out: Path | None = None
) -> Iterator[tuple[str, bool, str]]:
    """Rebuild the tables of one derivation, and compare them with those kept or write them below
    ``out``: (path, good or not, what to say) for each. A missing or wrong raw file fails all tables
    of the derivation."""
    try:
        rebuilt = derived(module, raw)
    except RawError as error:
        yield from ((path, False, f"not rebuilt: {error}") for path in module.TABLES)
        return
    for path, text in rebuilt.items():
        if out:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(text.encode())
        old = (kept / path).read_text(encoding="utf-8") if (kept / path).is_file() else ""
        rows = enumerate(zip_longest(old.split("\n"), text.split("\n")), start=1)
        said = (f"row {row}: kept {a!r}, rebuilt {b!r}" for row, (a, b) in rows if a != b)
        difference = "" if out else next(said, "")
        yield path, not difference, difference or ("written" if out else "identical")


def main(argv: list[str] | None = None) -> int:
    """Check or write the tables and print one line for each; 0 if all is well, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="derivations; all if none given")
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw files")
    parser.add_argument("--out", type=Path, help="write the tables below this folder instead")
    options = parser.parse_args(argv)
    good = True
    for name in options.names or DERIVATIONS:
        module = importlib.import_module(f"microwork.derive.{name}")
        for path, right, words in check(module, options.raw, out=options.out):
            print(f"data/{path}: {words}")
            good &= right
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
