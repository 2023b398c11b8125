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
from tallybook.model import units
from tallybook.model.formatting import named, show
from tallybook.model.numbers import Number
from tallybook.model.units import Unit

DECLARED = re.search(r"^UNITS = {.*?}$", read(ENGINE / "docs" / "numbers.md"), re.M | re.S)[0]


def printed(value: float, unit: str) -> str:
    return show(Number("a.b", value, unit, "a label", "how", ("a/table",)))


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, dict[str, Unit]] = {}
    exec(DECLARED, {"Unit": Unit}, known)
    monkeypatch.setattr(project, "_here", [])
    project.use(EXAMPLE, "garden", known["UNITS"])


@pytest.mark.usefixtures("declared")
def test_a_declared_unit_prints_as_it_says():
    assert printed(12345, "loaves") == "12,345" and printed(12345, "rolls") == "12,300"
    assert printed(12345.5, "loaves") == "12,300"
    assert printed(21.5, "degrees") == "21.5\u202f°C"
    prices = [printed(value, "EUR per loaf") for value in (3.4567, 1234.5, 0)]
    assert prices == ["3.46\u202fEUR", "1,234.50\u202fEUR", "0.00\u202fEUR"]
    guess = Number("a.b", 3.4, "EUR per loaf", "a", "b", ("a/table",), 2.0, 5.0, "what it covers")
    assert show(guess, "full") == "3.4\u202fEUR (2.0 to 5.0\u202fEUR)"


@pytest.mark.usefixtures("declared")
def test_one_of_a_unit_is_named_in_the_singular():
    assert [named("loaves", count) for count in (0.5, 1, 1.5, 2)] == [
        "loaves",
        "loaf",
        *["loaves"] * 2,
    ]
    assert named("degrees", 1) == "degrees"


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("percent", "12.0\u202f%"),
        ("percent of the median", "12.0\u202f%"),
        ("CHF", "12.0\u202fCHF"),
        ("MGA per month", "12.0\u202fMGA"),
        ("ratio", "12.0"),
        ("FTE", "12.0"),
        ("CHFs", "12.0"),
        ("percentage points", "12.0"),
    ],
)
def test_percent_and_currencies_need_no_declaration(
    unit: str, says: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(project, "_here", [])
    assert printed(12, unit) == says


def test_nothing_is_known_of_the_units_of_one_report():
    assert units.of("persons", {}) == Unit()


def test_pages_and_cells_print_a_declared_unit(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    room.edit("garden/__init__.py", '.parent, "garden")', '.parent, "garden", UNITS)')
    room.edit("garden/__init__.py", "HERE =", f"{DECLARED}\nHERE =")
    imports = "from tallybook import project\nfrom tallybook.model.units import Unit"
    room.edit("garden/__init__.py", "from tallybook import project", imports)
    made = 'number("rain.loaves", lambda: 12345 + 0 * beans(), "loaves", "Loaves", "made up"),\n'
    room.edit("garden/rain.py", "    return [\n", f"    return [\n        {made}")
    cell = "from tallybook.model.tables import registry_table\nregistry_table(rain.numbers()[:1])"
    room.edit("rain.md", "# How", "# Loaves: {num}`rain.loaves`\n\n## How")
    room.edit(
        "rain.md",
        "## What the",
        f"```{{code-cell}} ipython3\nfrom garden import rain\n{cell}\n```\n\n## What the",
    )
    site = room.made(*BUILD)
    page = html.fromstring(read(site / "rain.html"))
    assert page.xpath("//h1//data")[0].text_content() == "12,345"
    [output] = page.xpath("//div[contains(@class,'cell_output')]//table")
    assert "12,345" in output.text_content()
    numbers = json.loads(read(site / "numbers.json"))["numbers"]
    assert [one["unit"] for one in numbers][0] == "loaves"
