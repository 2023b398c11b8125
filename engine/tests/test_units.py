"""Units: what a report declares, what is known without, and that every process sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, ENGINE, EXAMPLE, Sandbox, read
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


def test_pages_and_cells_print_a_declared_unit(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    room.edit("garden/__init__.py", '.parent, "garden")', '.parent, "garden", UNITS)')
    room.edit("garden/__init__.py", "HERE =", f"{DECLARED}\nHERE =")
    imports = "from tallybook import project\nfrom tallybook.project import Unit"
    room.edit("garden/__init__.py", "from tallybook import project", imports)
    made = 'number("rain.loaves", lambda: 12345 + 0 * beans(), "loaves", "Loaves", "made up"),\n'
    room.edit("garden/rain.py", "    return [\n", f"    return [\n        {made}")
    cell = "from tallybook.model.tables import registry_table\nregistry_table(rain.numbers()[:1])"
    room.edit("rain.md", "# How", "# Loaves: {num}`rain.loaves`\n\n## How")
    code = f"```{{code-cell}} ipython3\nfrom garden import rain\n{cell}\n```\n\n## What the"
    room.edit("rain.md", "## What the", code)
    site = room.made(*BUILD)
    page = html.fromstring(read(site / "rain.html"))
    assert page.xpath("//h1//data")[0].text_content() == "12,345"
    [output] = page.xpath("//div[contains(@class,'cell_output')]//table")
    assert "12,345" in output.text_content()
    numbers = json.loads(read(site / "numbers.json"))["numbers"]
    assert [one["unit"] for one in numbers][0] == "loaves"
