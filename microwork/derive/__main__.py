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
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from microwork.derive.raw import RawError, derived, known
from microwork.paths import DATA

# All modules of this folder that make tables from raw files.
DERIVATIONS = tuple(
    one.name
    for one in pkgutil.iter_modules([str(Path(__file__).parent)])
    if one.name not in ("__main__", "raw")
)


def modules(names: Iterable[str] = DERIVATIONS) -> list[ModuleType]:
    """The derivations, imported."""
    return [importlib.import_module(f"microwork.derive.{name}") for name in names]


def first_difference(kept: bytes, rebuilt: bytes) -> str | None:
    """Where two versions of a table part, in one line; ``None`` if they are identical."""
    if kept == rebuilt:
        return None
    old, new = kept.split(b"\n"), rebuilt.split(b"\n")
    for row, (a, b) in enumerate(zip(old, new, strict=False), start=1):
        if a != b:
            was, now = (line.decode(errors="replace") for line in (a, b))
            return f"row {row}: kept {was!r}, rebuilt {now!r}"
    return f"kept {len(old)} lines, rebuilt {len(new)}"


def check(
    module: ModuleType, raw: Path, kept: Path = DATA, out: Path | None = None
) -> list[tuple[str, bool, str]]:
    """Rebuild the tables of one derivation, and compare them with those kept or write them below
    ``out``: (path, good or not, what to say) for each.

    A missing or wrong raw file fails all tables of the derivation; where a file is published,
    ``absent`` or the message says.
    """
    try:
        if missing := absent([module], raw):
            raise RawError(f"not rebuilt for want of {', '.join(missing)}")
        rebuilt = derived(module, raw)
    except RawError as error:
        return [(path, False, str(error)) for path in module.TABLES]
    found = []
    for path, text in rebuilt.items():
        if out:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(text.encode())
            found.append((path, True, "written"))
        elif not (kept / path).is_file():
            found.append((path, False, "rebuilt, but no such table is kept"))
        else:
            difference = first_difference((kept / path).read_bytes(), text.encode())
            found.append((path, difference is None, difference or "identical"))
    return found


def absent(derivations: Iterable[ModuleType], raw: Path) -> list[str]:
    """Raw files that are not in the folder, packed or unpacked."""
    files = dict.fromkeys(name for module in derivations for name in module.FILES)
    return [
        name for name in files if not (raw / name).is_file() and not (raw / f"{name}.gz").is_file()
    ]


def main(argv: list[str] | None = None) -> int:
    """Check or write the tables and print one line for each; 0 if all is well, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m microwork.derive", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="derivations; all if none is given"
    )
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw files")
    parser.add_argument("--out", type=Path, help="write the tables below this folder instead")
    options = parser.parse_args(argv)
    chosen = modules(options.names or DERIVATIONS)
    for name in absent(chosen, options.raw):
        print(f"{name}: not in {options.raw}; published at {known()[name].where}")
    good = True
    for module in chosen:
        for path, right, words in check(module, options.raw, out=options.out):
            good &= right
            print(f"data/{path}: {words}")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
