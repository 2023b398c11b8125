"""Does the lock hold, and is the site the same, on every Python the report is said to run on?

    python -m upkeep.environments [--python 3.12 ...] [--all] [--folder DIR]

For each Python that this machine has: a fresh environment, the lock installed with its hashes,
every module of the report imported, the tables checked, the book built. The site must be that of
the first Python in every byte; the first differences are printed where it is not. A Python that is
not here is named, and fails with ``--all``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from microwork.paths import LOCK, ROOT
from upkeep import tree, verify

PYTHONS = ("3.11", "3.12", "3.13")

_WHICH = (
    "import ensurepip, platform, sys, venv; print('%d.%d' % sys.version_info[:2],"
    " platform.python_version())"
)
_IMPORTS = """
import importlib, pkgutil
import microwork, tallybook, upkeep
names = [m.name for p in (microwork, tallybook, upkeep) for m in pkgutil.walk_packages(p.__path__, p.__name__ + ".")]
names = [name for name in names if not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""


@dataclass
class Outcome:
    """What became of one Python:

    ``failed`` says in words what went wrong, ``site`` is what it has built.
    """

    wanted: str
    version: str = ""
    failed: str = ""
    seconds: float = 0.0
    modules: int = 0
    site: Path | None = None


def places(minor: str) -> Iterator[Path]:
    """Where a Python of this version may be: the search path, pyenv, uv. Not every one need work."""
    for folder in os.get_exec_path():
        yield Path(folder) / f"python{minor}"
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(root.glob(f"versions/{minor}.*/bin/python{minor}"), reverse=True)
    if uv := shutil.which("uv"):
        command = [uv, "python", "find", "--offline", "--no-python-downloads", "--system", minor]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        if found:
            yield Path(found)


def find(minor: str) -> tuple[Path, str] | None:
    """The first Python of this version that runs and can make environments, and its full version."""
    for place in places(minor):
        if not os.access(place, os.X_OK):
            continue
        said = subprocess.run([place, "-c", _WHICH], capture_output=True, text=True, check=False)
        if said.returncode == 0 and said.stdout.split()[0] == minor:
            return place, said.stdout.split()[1]
    return None


def examine(minor: str, folder: Path) -> Outcome:
    """Install, import, check and build with one Python; environment and book are made in ``folder``
    and left there.

    The book is built from ``report`` in ``folder``, a copy of the project.
    """
    found = find(minor)
    if found is None:
        return Outcome(minor)
    base, version = found
    outcome, start = Outcome(minor, version), time.monotonic()
    python, root = folder / minor / "bin" / "python", folder / f"report-{minor}"
    try:
        _run("installing the lock", ["upkeep/environment", base, folder / minor, LOCK])
        outcome.modules = int(_run("importing the modules", [python, "-c", _IMPORTS]))
        _run("checking the tables", [python, "-m", "tallybook", "check"])
        shutil.copytree(folder / "report", root)
        _run("building the book", [python, "-m", "tallybook", "build", "--root", "."], root)
        outcome.site = (root / "_build" / "html").resolve()
    except RuntimeError as error:
        outcome.failed = str(error)
    outcome.seconds = time.monotonic() - start
    return outcome


def table(outcomes: list[Outcome], every: bool = False) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well: a Python was here (``every``: each), and none
    failed or differed."""
    first = next((outcome for outcome in outcomes if outcome.site), None)
    lines, well = (
        [f"{'Python':<10}{'seconds':>8}{'modules':>9}{'numbers':>9}{'claims':>8}  result"],
        first is not None,
    )
    for outcome in outcomes:
        if not outcome.version:
            lines.append(f"{outcome.wanted:<10}{'':>34}  not on this machine, not tested")
            well = well and not every
            continue
        if outcome.failed:
            lines.append(
                f"{outcome.version:<10}{outcome.seconds:>8.0f}{'':>26}  FAILED {outcome.failed}"
            )
            well = False
            continue
        found = [] if outcome is first else verify.differences(first.site, outcome.site)
        well = well and not found
        counts = (
            f"{outcome.modules:>9}{_entries(outcome, 'numbers'):>9}{_entries(outcome, 'claims'):>8}"
        )
        lines.append(
            f"{outcome.version:<10}{outcome.seconds:>8.0f}{counts} "
            f" {_verdict(outcome, outcome is first, found)}"
        )
        lines += [f"    {line}" for line in found[: verify.SHOWN]]
    return lines, well


def _verdict(outcome: Outcome, is_first: bool, found: list[str]) -> str:
    if is_first:
        return "the others are compared with this one"
    total = verify.count(outcome.site)
    return (
        f"FAILED {len(found)} files are others"
        if found
        else f"the same site, {total} files to the byte"
    )


def _entries(outcome: Outcome, name: str) -> int:
    """How many numbers or claims the site has."""
    return len(json.loads((outcome.site / f"{name}.json").read_text(encoding="utf-8")))


def _run(step: str, command: list, root: Path = ROOT) -> str:
    """What a command prints.

    Raises ``RuntimeError`` with the step and the last line of its complaint.
    """
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    environment["PYTHONPATH"] = tree.code(root)
    done = subprocess.run(
        list(map(str, command)),
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        words = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise RuntimeError(f"{step}: {words[-1]}")
    return done.stdout


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m upkeep.environments", description=__doc__.splitlines()[0]
    )
    parser.add_argument(
        "--python", nargs="+", choices=PYTHONS, default=list(PYTHONS), help="versions to test"
    )
    parser.add_argument("--all", action="store_true", help="fail if one of them is not here")
    parser.add_argument(
        "--folder", type=Path, help="where the environments are made and kept (default: nowhere)"
    )
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        folder, outcomes = chosen.folder or Path(passing), []
        tree.copy(
            folder / "report"
        )  # all Pythons build the same files, whatever is edited meanwhile
        for minor in dict.fromkeys(chosen.python):
            print(f"Python {minor} ...", file=sys.stderr, flush=True)
            outcomes.append(examine(minor, folder))
        lines, well = table(outcomes, chosen.all)  # while the sites are there
    print("\n".join(lines))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
