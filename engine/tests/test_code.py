"""The code of the engine: nothing in it is particular to one report, and what it makes is what its
contract asks for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from rooms import ENGINE, EXAMPLE, SOURCE

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
LANGUAGE = re.compile(
    r"""(?:lang|language|inlanguage)["']?\s*(?:[=:,]|or)\s*["']?(?:en|english)\b""", re.I
)


@pytest.mark.parametrize("what", PARTICULAR)
def test_nothing_is_particular_to_one_report(what: str):
    found = [
        f"{path.relative_to(ENGINE)}, line {number}: {line.strip()}"
        for path in CODE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(PARTICULAR[what], line, re.I)
    ]
    assert found == []


def test_no_page_says_its_language_by_itself():
    """It comes from the configuration of Sphinx."""
    assert [path.name for path in CODE if LANGUAGE.search(path.read_text(encoding="utf-8"))] == []
    for text in (
        '<html lang="en">',
        "\"language\": 'en'",
        '("DC.language", "en")',
        "lang=\"{{ language or 'en' }}\"",
    ):
        assert LANGUAGE.search(text), text


def test_the_example_is_small():
    files = [
        path
        for path in EXAMPLE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "_build" not in path.parts
    ]
    # Six small tables say what is claimed and what would settle it; `describe` writes the
    # description of each, and `seal` the sums, which nobody counts as written.
    written = [path for path in files if path.name not in ("schema.csv", "SHA256SUMS")]
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in written)
    assert len(files) <= 20 and lines <= 220, (len(files), lines)


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
