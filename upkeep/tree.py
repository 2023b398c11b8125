"""Python in a copy of the project, with the code of that copy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tallybook.release import tree

# How a stock Jupyter Book is built.
STOCK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build"]
CODE = ("", "engine/src")  # folders with code that a copy runs, whatever else is installed


def code(root: Path) -> str:
    """``PYTHONPATH`` under which a report runs with its own analysis and its own engine."""
    return os.pathsep.join(str(root / one) for one in CODE)


def python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the project, with its code and without a day that is set."""
    return tree.python(root, *arguments, code=CODE)
