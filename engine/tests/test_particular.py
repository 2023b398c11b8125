"""Nothing in the engine is particular to one report."""

from __future__ import annotations

import re

from rooms import ENGINE, SOURCE

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
        for path in sorted((SOURCE / "tallybook").rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".js", ".conf")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for what, pattern in PARTICULAR.items()
        if re.search(pattern, line, re.I)
    ]
    assert found == []
