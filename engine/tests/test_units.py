"""Units: what a report declares, and what is known without."""

from __future__ import annotations

import re

import pytest
from rooms import ENGINE, EXAMPLE, read
from tallybook import project
from tallybook.model.formatting import named, show
from tallybook.model.numbers import Number
from tallybook.project import Unit

DECLARED = re.search(r"^UNITS = {.*?}$", read(ENGINE / "docs" / "numbers.md"), re.M | re.S)[0]


def printed(value: float, unit: str) -> str:
    return show(Number("a.b", value, unit, "a label", "how", ("a/table",)))


def test_a_declared_unit_prints_as_it_says_and_others_need_no_declaration(
    monkeypatch: pytest.MonkeyPatch,
):
    known: dict[str, dict[str, Unit]] = {}
    exec(DECLARED, {"Unit": Unit}, known)
    monkeypatch.setattr(project, "_here", [])
    for unit, says in {
        "percent": "12.0\u202f%",
        "percent of the median": "12.0\u202f%",
        "CHF": "12.0\u202fCHF",
        "MGA per month": "12.0\u202fMGA",
        **dict.fromkeys(("ratio", "FTE", "CHFs", "percentage points", "loaves"), "12.0"),
    }.items():
        assert printed(12, unit) == says, unit
    project.use(EXAMPLE, "garden", known["UNITS"])
    assert printed(12345, "loaves") == "12,345" and printed(12345, "rolls") == "12,300"
    assert printed(12345.5, "loaves") == "12,300"
    wanted = ["loaves", "loaf", "loaves", "loaves"]
    assert [named("loaves", count) for count in (0.5, 1, 1.5, 2)] == wanted
    assert named("rolls", 1) == "rolls"
