"""The code of the engine: nothing in it is particular to one report, and what it makes is what its
contract asks for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rooms import ENGINE, SOURCE

CODE = [
    path
    for path in sorted((SOURCE / "tallybook").rglob("*"))
    if path.suffix in (".py", ".html", ".css", ".js", ".conf")
]
# What the report beside the engine is about, its pages, its verdicts, its commands.
PARTICULAR = {
    "the report": r"microwork",
    "its pages": r"chapters/\w",
    "its commands": r"\bmake (book|new|seal|test|live|check)\b",
    "its verdicts": (
        r"\b(reproduced|mislabelled|overstated|understated|cited only)\b|[\"'](consistent|not"
        r" shown)[\"']"
    ),
    "keys of its sources": r"\b(?!rain|diary)[a-z]{3,}(19|20)\d\d[a-z]*\b",
}


def test_nothing_is_particular_to_one_report():
    found = [
        f"{path.relative_to(ENGINE)}, line {number}: {what} in {line.strip()}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for what, pattern in PARTICULAR.items()
        if re.search(pattern, line, re.I)
    ]
    assert found == []


def test_the_engine_imports_no_report(alone: dict[str, str], tmp_path: Path):
    modules = [
        ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        for path in CODE
        if path.suffix == ".py"
    ]
    wanted = [name.removesuffix(".__init__") for name in modules if not name.endswith("__main__")]
    lines = "\n".join(f"import {name}" for name in wanted)
    done = subprocess.run(
        [sys.executable, "-c", lines], cwd=tmp_path, env=alone, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
