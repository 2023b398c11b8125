"""Does the lock hold, and do the numbers stay, on every Python the report is said to run on?

    python -m upkeep.environments [--python 3.12 ...] [--all] [--folder DIR]

For each Python that this machine has: a fresh environment, the lock installed with its hashes, every
module of the report imported, the tables checked, the report computed. The numbers must be those of the
first Python to the last digit; where they are not, the difference is printed, and one above ``TOLERANCE``
(relative) fails, as does any other verdict. A Python that is not here is named, and fails with ``--all``.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from microwork.paths import LOCK, ROOT

PYTHONS = ("3.11", "3.12", "3.13")
# Since 3.12 the sum() of Python carries its rounding error along, and another build of NumPy may add in another order: the
# last digit of a double may be another. No number of the report is printed to more than six.
TOLERANCE = 1e-9

_WHICH = "import ensurepip, platform, sys, venv; print('%d.%d' % sys.version_info[:2], platform.python_version())"
_IMPORTS = """
import importlib, pkgutil
import book, microwork, upkeep
names = [m.name for p in (microwork, book, upkeep) for m in pkgutil.walk_packages(p.__path__, p.__name__ + ".")]
names = [name for name in names if not name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
_REPORT = """
import json
from microwork import report
made = report.load()
print(json.dumps({"numbers": report.numbers_json(made, {}), "claims": report.claims_json(made, {})}))
"""


@dataclass
class Outcome:
    """What became of one Python: ``failed`` says in words what went wrong, ``report`` holds numbers and claims."""

    wanted: str
    version: str = ""
    failed: str = ""
    seconds: float = 0.0
    modules: int = 0
    report: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A number that is not the same: its name, both values, and how far apart they are, as a share of the larger."""

    name: str
    first: object
    other: object
    share: float


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
    """Install, import, check and compute with one Python; the environment is made in ``folder`` and left there."""
    found = find(minor)
    if found is None:
        return Outcome(minor)
    base, version = found
    outcome, start = Outcome(minor, version), time.monotonic()
    python = folder / minor / "bin" / "python"
    try:
        _run("installing the lock", ["upkeep/environment", base, folder / minor, LOCK])
        outcome.modules = int(_run("importing the modules", [python, "-c", _IMPORTS]))
        _run("checking the tables", [python, "-m", "microwork.data"])
        outcome.report = json.loads(_run("computing the report", [python, "-c", _REPORT]))
    except RuntimeError as error:
        outcome.failed = str(error)
    outcome.seconds = time.monotonic() - start
    return outcome


def differences(first: dict, other: dict) -> list[Difference]:
    """What is not the same in two reports (``numbers`` and ``claims`` as in the files of the site).

    A difference that is none of size (a missing number, another verdict) has an infinite share.
    """
    left, right = _facts(first), _facts(other)
    found = []
    for name in sorted(left.keys() | right.keys()):
        a, b = left.get(name, "absent"), right.get(name, "absent")
        if a == b:
            continue
        plain = all(isinstance(x, (int, float)) and math.isfinite(x) for x in (a, b))
        found.append(Difference(name, a, b, abs(a - b) / max(abs(a), abs(b)) if plain else math.inf))
    return found


def table(outcomes: list[Outcome], every: bool = False) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well: a Python was here (``every``: each), and none failed or differed."""
    first = next((outcome for outcome in outcomes if outcome.report), None)
    lines, well = [f"{'Python':<10}{'seconds':>8}{'modules':>9}{'numbers':>9}{'claims':>8}  result"], first is not None
    for outcome in outcomes:
        if not outcome.version:
            lines.append(f"{outcome.wanted:<10}{'':>34}  not on this machine, not tested")
            well = well and not every
            continue
        if outcome.failed:
            lines.append(f"{outcome.version:<10}{outcome.seconds:>8.0f}{'':>26}  FAILED {outcome.failed}")
            well = False
            continue
        found = differences(first.report, outcome.report)
        bad = [one for one in found if one.share > TOLERANCE]
        well = well and not bad
        counts = f"{outcome.modules:>9}{len(outcome.report['numbers']):>9}{len(outcome.report['claims']):>8}"
        lines.append(f"{outcome.version:<10}{outcome.seconds:>8.0f}{counts}  {_verdict(outcome is first, found, bad)}")
        lines += [f"    {one.name}: {first.version} has {one.first}, {outcome.version} has {one.other}" for one in found]
    return lines, well


def _verdict(is_first: bool, found: list[Difference], bad: list[Difference]) -> str:
    if is_first:
        return "the others are compared with this one"
    if bad:
        return f"FAILED {len(bad)} values, bounds or verdicts are others"
    if found:
        most = max(one.share for one in found)
        return f"{len(found)} values or bounds differ, by {most:.1e} at most; allowed is {TOLERANCE:.0e}"
    return "equal to the last digit"


def _facts(report: dict) -> dict[str, object]:
    """Every value, bound and verdict by a name of its own."""
    facts = {f"{number['id']} ({part})": number[part] for number in report["numbers"] for part in ("value", "low", "high")}
    return facts | {f"claim {claim['claim_id']}": claim["verdict"] for claim in report["claims"]}


def _run(step: str, command: list) -> str:
    """What a command prints. Raises ``RuntimeError`` with the step and the last line of its complaint."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(list(map(str, command)), cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise RuntimeError(f"{step}: {words[-1]}")
    return done.stdout


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m upkeep.environments", description=__doc__.splitlines()[0])
    parser.add_argument("--python", nargs="+", choices=PYTHONS, default=list(PYTHONS), help="versions to test")
    parser.add_argument("--all", action="store_true", help="fail if one of them is not here")
    parser.add_argument("--folder", type=Path, help="where the environments are made and kept (default: nowhere)")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        outcomes = []
        for minor in dict.fromkeys(chosen.python):
            print(f"Python {minor} ...", file=sys.stderr, flush=True)
            outcomes.append(examine(minor, chosen.folder or Path(passing)))
    lines, well = table(outcomes, chosen.all)
    print("\n".join(lines))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
