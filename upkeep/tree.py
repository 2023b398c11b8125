"""Python in a copy of the project, with the code of that copy."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tallybook.release import tree

CODE = ("", "engine/src")  # folders with code that a copy runs, whatever else is installed


def code(root: Path) -> str:
    """``PYTHONPATH`` under which a report runs with its own analysis and its own engine."""
    return os.pathsep.join(str(root / one) for one in CODE)


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the project, with its code and without a day that is set."""
    return tree.python(root, *arguments, code=CODE)
