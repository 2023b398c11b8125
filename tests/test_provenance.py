"""Every number knows the rows it descends from, through all steps; what it does not name cannot
move it."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from tallybook import data
from tallybook.builder.cache import results
from tallybook.data.provenance import Fact, step, traced, tracing, untraced, whole
from tallybook.data.seal import seal
from tallybook.model.numbers import NumberError, Registry, number, published

from tests.conftest import copy_project, run

ONE = ("counts/inputs", "fr-casual")
OTHER = ("counts/inputs", "fr-routine")


CASUAL = Fact("counts/inputs", "fr-casual", "leludec2019arxiv", "abstract", "A")


def test_a_row_that_is_read_is_taken_down_with_its_source_and_a_table_whole():
    found, facts = traced(data.value, *ONE)
    assert found == 266126 and facts == {CASUAL}
    # Rows that share a value, one by one.
    month = "counts.month-narrow"
    found, facts = traced(data.rows, "routes", {"question_id": month})
    assert set(found["question_id"]) == {month} and list(found.index) == list(range(len(found)))
    assert {fact.row for fact in facts} == {f"{month}/{route}" for route in found["route_id"]}
    with tracing() as facts:
        data.table("counts/inputs")
        data.value(*ONE)
    assert whole(facts) == (Fact("counts/inputs"),)


def test_an_outer_tracing_gets_what_an_inner_one_read():
    with tracing() as outer:
        with tracing() as inner:
            data.value(*ONE)
        data.value(*OTHER)
        with untraced():
            data.table("claims")
    assert inner == {CASUAL} and {fact.row for fact in outer} == {ONE[1], OTHER[1]}


@pytest.mark.parametrize("kept", [step, results.kept])
def test_a_step_is_computed_once_and_takes_down_what_it_read_every_time(
    kept, tmp_path, monkeypatch
):
    """In this process, and in another that finds the result in a folder."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    runs = []

    @kept
    def half(row: str) -> float:
        runs.append(row)
        return data.value("counts/inputs", row) / 2

    first, again = traced(half, "fr-casual"), traced(half, "fr-casual")
    assert first == again and runs == ["fr-casual"] and len(again[1]) == 1


def test_a_number_made_of_numbers_descends_from_what_they_descend_from():
    one, other = published("counts.one", *ONE, "One"), published("counts.other", *OTHER, "Other")
    registry = Registry([one, other])

    def both() -> float:
        return registry["counts.one"].value + registry["counts.other"].value

    made = number("counts.both", both, "persons", "Both", "Sum.")
    assert {fact.row for fact in made.facts} == {ONE[1], OTHER[1]}
    assert made.tables == ("counts/inputs",)


def test_what_nothing_was_read_for_and_what_is_not_there_is_refused():
    nothing = "number counts.some: found that nothing was read for it; expected data.value"
    with pytest.raises(NumberError, match=nothing):
        number("counts.some", lambda: 1.0, "persons", "Some", "From nowhere.")
    near = r"data/counts/inputs.csv, column fact_id: found no row 'fr-casul'; .* fr-casual"
    with pytest.raises(data.DataError, match=near):
        data.row("counts/inputs", "fr-casul")
    message = r"data/routes.csv, column question_id: found no row with 'nothing'"
    with pytest.raises(data.DataError, match=message):
        data.rows("routes", {"question_id": "nothing"})


def test_every_number_of_the_report_names_rows_that_are_there(loaded):
    named = set()
    for one in loaded.numbers:
        assert one.facts and set(one.tables) == {fact.table for fact in one.facts}, one.id
        named.update(one.facts)
    for table in {fact.table for fact in named}:
        frame = data.table(table)[data.describe(table)["schema"]["primaryKey"]]
        keys = Counter(data.joined(key) for key in frame.to_numpy())
        rows = {fact.row for fact in named if fact.table == table and fact.row}
        assert {row for row in rows if keys[row] != 1} == set(), table


QUICK = ("counts", "profile", "income", "poverty")
VALUES = """
import importlib, json, sys
names = [f"microwork.{name}" for name in sys.argv[1:]]
numbers = [number for name in names for number in importlib.import_module(name).numbers()]
print(json.dumps({n.id: [n.value, n.low, n.high] for n in numbers}))
"""


def values(root: Path, *chapters: str) -> dict[str, list[float]]:
    done = run(root, "-c", VALUES, *chapters)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def can_change(fact: Fact, chapters: tuple[str, ...]) -> bool:
    """Whether the fact is a row of these chapters with a value, found by one key."""
    if not fact.row or fact.table.partition("/")[0] not in chapters:
        return False
    key = data.describe(fact.table)["schema"]["primaryKey"]
    return "value" in data.table(fact.table) and key == ["fact_id"]


def move(path: Path, row: str) -> None:
    """Make the value of a row a hundredth larger, in a table of text."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    cell = frame["fact_id"] == row, "value"
    frame.loc[cell] = f"{float(frame.loc[cell].item()) * 1.01:.6f}".rstrip("0").rstrip(".")
    frame.to_csv(path, index=False, lineterminator="\n")


@pytest.mark.parametrize(
    ("many", "chapters"),
    [(1, ("poverty",)), pytest.param(12, QUICK, marks=pytest.mark.weekly)],
    ids=["one", "twelve"],
)
def test_a_fact_moves_no_number_that_does_not_descend_from_it(tmp_path, loaded, many, chapters):
    """One value of a table is changed at a time: what moves must name the row, or the table whole.

    So no lineage is too thin.
    """
    root = copy_project(tmp_path / "report")
    every = {fact for one in loaded.numbers for fact in one.facts}
    rows = sorted(fact for fact in every if can_change(fact, chapters))
    before, moved_at_all = values(root, *chapters), 0
    for fact in random.Random(20261126).sample(rows, many):
        path = root / "data" / f"{fact.table}.csv"
        kept = path.read_bytes()
        move(path, fact.row)
        seal(root / "data")
        after = values(root, *chapters)
        path.write_bytes(kept)
        moved = {name for name in before if before[name] != after[name]}
        moved_at_all += len(moved)
        for name in moved:
            named = {(one.table, one.row) for one in loaded.numbers[name].facts}
            assert named & {(fact.table, fact.row), (fact.table, "")}, (fact, name)
    assert moved_at_all >= many
