"""Answers in a report: the tables of the example, its pages, and ``answers.json``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import tables
from lxml import html
from rooms import EXAMPLE, Sandbox, read
from tallybook.answers import Answer, Estimate
from tallybook.errors import TallybookError
from tallybook.model.formatting import short

ID = "rain.fell"


@pytest.fixture
def room(copy: Callable[[Path], Sandbox]) -> Path:
    return copy(EXAMPLE).root


@pytest.fixture
def answer(imported: Callable[[Path], ModuleType]) -> Callable[[Path], Answer]:
    """The answer of the example, as its tables now are."""
    return lambda root: imported(root).provider.compute().answered.answers[ID]


@pytest.fixture(scope="module")
def exported(garden: Sandbox) -> dict:
    return json.loads(read(garden.site / "answers.json"))


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def width(estimate: Estimate) -> float:
    return estimate.high / estimate.low


# Tables


def test_what_claimants_published_is_hidden(room: Path, answer):
    """The neighbour, who made the claims, read some of the pots."""
    found = answer(room)
    assert found.claimants and found.hidden.low95 < found.estimate.low95  # the others say less
    for _row in range(3):
        tables.change(room, "rain/pots", "diary2025", "neighbour2026")
    hidden, drops = answer(room).hidden, found.routes[0].estimate  # no pot is left
    assert hidden.median == pytest.approx(drops.median, rel=5e-3) and width(hidden) > width(drops)
    row = "rain.fell,drops,caught * missed,Wind carries drops past the gauge.\n"
    tables.change(room, "routes", row, "")
    path = room / "data/factors.csv"
    kept = [line for line in read(path).splitlines(True) if not line.startswith("missed")]
    tables.change(room, "factors", read(path), "".join(kept))
    only = answer(room)
    assert only.hidden is None and only.claimants and only.alone


FAULTS = [
    ("routes", "caught * missed", "caught * (missed", "routes.csv, row 2, column formula: formula"),
    (
        "routes",
        "caught * missed",
        "caught * mist",
        "row 2, column formula: found the factor 'mist'",
    ),
    (
        "routes",
        "caught * missed",
        "caught - 2e9 * missed",
        "routes.csv, row 2, column formula: found -",
    ),
    (
        "routes",
        "caught * missed",
        "caught / (missed - missed)",
        "row 2, column formula: found no fin",
    ),
    (
        "routes",
        "caught * missed",
        "caught * missed + 1 / (1 - 1)",
        "row 2, column formula: found no finite number",
    ),
    ("routes", "rain.fell,pots", "rain.fall,pots", "row 3, column question_id: found 'rain.fall'"),
    ("factors", "1.02,1.2", "1.2,1.02", "factors.csv, row 3, column low: found 1.2 to 1.02; expec"),
    ("factors", "garden=ours", "town=ours", "row 4, column new: found 'town'; expected one of gar"),
    ("factors", ",rain.total,", ",rain.all,", "rain.all"),
]


@pytest.mark.parametrize(("table", "old", "new", "says"), FAULTS)
def test_a_fault_of_the_tables_is_one_message(room: Path, answer, table, old, new, says):
    tables.change(room, table, old, new)
    with pytest.raises(TallybookError) as fault:
        answer(room)
    said = str(fault.value)
    assert says in said and "\n" not in said, said


def test_a_question_belongs_to_a_chapter(room: Path, answer):
    for table in ("questions", "routes"):
        path = room / f"data/{table}.csv"
        tables.change(room, table, "rain.fell,", "hail.fell,")
        path.write_text(read(path).replace("rain.fell,", "hail.fell,"), encoding="utf-8")
        tables.change(room, table, "hail.fell,", "hail.fell,")
    with pytest.raises(TallybookError, match="found 'hail.fell'; expected an id that begins with"):
        answer(room)


# Pages


def test_the_page_of_answers_shows_routes_factors_and_what_else_it_could_be(garden, exported):
    section = html.fromstring(read(garden.site / "index.html")).get_element_by_id(f"answer-{ID}")
    published, otherwise, routes, factors = section.xpath(".//tbody")
    assert text(published).startswith("It rained 300 mm in the year.")
    assert [text(one) for one in section.xpath(".//summary")] == [
        "What do you think?",
        "Its 2 routes",
        "Its factors: 3, of which judged: 1, with 40% of its variance",
    ]
    (one,) = exported["answers"]
    for row, route in zip(routes, one["routes"], strict=True):
        alone, weight, without = map(text, row.xpath("td"))
        for cell, found in ((alone, route), (without, route["without"])):
            value, low, high = (short(found[part], 2) for part in ("median", "low", "high"))
            assert cell == f"{value} ({low} to {high})"
        assert weight == f"{route['weight']:.0f}%"
    assert text(routes[1].find("th")).startswith(
        "2. Rain in the gauge × Rain in pots over rain in the gauge beside them"
    )
    judged = [text(row) for row in factors if row.xpath(".//em")]
    assert len(judged) == 1 and judged[0].startswith("Rain on the beds over rain in the gauge judg")
    assert set(factors.xpath(".//a/@href")) == {
        f"index.html#{key}" for key in ("diary2025", "neighbour2026")
    }
    box = html.fromstring(read(garden.site / "rain.html")).xpath("//details[.//table]/summary")[0]
    value, low, high = (short(one[part], 2) for part in ("median", "low", "high"))
    assert text(box) == f"{one['question']} {value} ({low} to {high})"
    assert len(otherwise) == 3 and "nothing" not in text(otherwise)
