"""Does the lock hold, and is the site the same, on every Python the report is said to run on?

    python -m upkeep.environments 3.11 3.12 3.13 [--all]        (make environments)

For each of these Pythons that this machine has: a fresh environment, the lock installed with its
hashes, every module of the report imported, the tables checked, the book built. The site must be
that of the first Python in every byte; the first differences are printed where it is not. A Python
that is not here is named, and fails with ``--all``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tallybook.release.tree import copy

from microwork.paths import LOCK, ROOT
from upkeep import tree, verify

IMPORTS = """
import importlib, pkgutil
import microwork, tallybook, upkeep
for package in (microwork, tallybook, upkeep):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
"""


def find(minor: str) -> Path | None:
    """The first Python of this version that runs and can make environments: of the search path, of
    pyenv (whose stand-ins on the path need not work), of uv."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    places = [Path(folder) / f"python{minor}" for folder in os.get_exec_path()]
    places += sorted(root.glob(f"versions/{minor}.*/bin/python{minor}"), reverse=True)
    if uv := shutil.which("uv"):
        command = [uv, "python", "find", "--offline", "--no-python-downloads", "--system", minor]
        found = subprocess.run(command, capture_output=True, text=True).stdout.strip()
        places += [Path(found)] if found else []
    works = [place for place in places if os.access(place, os.X_OK)]
    code = f"import ensurepip, sys, venv; assert '%d.%d' % sys.version_info[:2] == '{minor}'"
    return next(
        (place for place in works if not subprocess.run([place, "-c", code]).returncode), None
    )


def examine(base: Path, folder: Path) -> Path:
    """Install, import, check and build with one Python in ``folder``, which has the project in
    ``report``; returns the site. Raises ``RuntimeError`` with the step that failed, and why."""
    python, root = folder / "environment/bin/python", folder / "report"
    _run("installing the lock", ["upkeep/environment", base, folder / "environment", LOCK])
    _run("importing the modules", [python, "-c", IMPORTS])
    _run("checking the tables", [python, "-m", "tallybook", "check"])
    _run("building the book", [python, "-m", "tallybook", "build", "--root", "."], root)
    return (root / "_build" / "html").resolve()


def _run(step: str, command: list, root: Path = ROOT) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    kept.pop("VIRTUAL_ENV", None)
    environment = kept | {"PYTHONPATH": tree.code(root)}
    done = subprocess.run(
        [*map(str, command)], cwd=root, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise RuntimeError(f"{step}: {words[-1]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="+", help="versions, such as 3.12")
    parser.add_argument("--all", action="store_true", help="fail if one of them is not here")
    options = parser.parse_args()
    first, well = None, True
    with tempfile.TemporaryDirectory() as room:
        report = copy(ROOT, Path(room) / "report")  # the same files, whatever is edited meanwhile
        for minor in options.pythons:
            base = find(minor)
            if base is None:
                print(f"{minor}: not on this machine, not tested", flush=True)
                well = well and not options.all
                continue
            shutil.copytree(report, Path(room) / minor / "report")
            try:
                site = examine(base, Path(room) / minor)
            except RuntimeError as error:
                print(f"{minor}: FAILED {error}", flush=True)
                well = False
                continue
            first = first or site
            print(f"{minor} beside the first: ", end="", flush=True)
            well = verify.report(first, site) and well
    return 0 if first and well else 1


if __name__ == "__main__":
    sys.exit(main())
