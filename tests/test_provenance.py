"""Every number knows the rows it descends from, through all steps; what it does not name cannot
move it."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from tallybook import data
from tallybook.builder.cache import results
from tallybook.data.provenance import Fact, step, traced, tracing, untraced, whole
from tallybook.model.numbers import NumberError, Registry, number, published

from tests.conftest import copy_project, run, seal
from tests.files import load

ONE = ("counts/inputs", "fr-casual")
OTHER = ("counts/inputs", "fr-routine")


def test_a_row_that_is_read_is_taken_down_with_its_source():
    found, facts = traced(data.value, *ONE)
    assert found == 266126
    assert facts == {Fact("counts/inputs", "fr-casual", "leludec2019arxiv", "abstract", "A")}


def test_rows_that_share_a_value_are_taken_down_one_by_one():
    found, facts = traced(data.rows, "outsourcing/visits", {"side": "client"})
    assert set(found["side"]) == {"client"} and list(found.index) == list(range(20))
    assert {fact.row for fact in facts} == {f"client/{country}" for country in found["country"]}
    wanted = {"wiki": "arwiki", "target": "damaging", "removed": None}
    empty, facts = traced(data.rows, "retraining/ores_models", wanted)
    assert len(empty) == 1 and {fact.row for fact in facts} == {"arwiki/damaging"}
    message = r"data/outsourcing/visits.csv, column side: found no row with 'nobody'"
    with pytest.raises(data.DataError, match=message):
        data.rows("outsourcing/visits", {"side": "nobody"})


def test_a_table_is_taken_down_whole_and_its_rows_with_it():
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
    assert {fact.row for fact in inner} == {"fr-casual"}
    assert {fact.row for fact in outer} == {"fr-casual", "fr-routine"}


def test_a_step_is_computed_once_and_takes_down_what_it_read_every_time():
    runs = []

    @step
    def half(row: str) -> float:
        runs.append(row)
        return data.value("counts/inputs", row) / 2

    first, again = traced(half, "fr-casual"), traced(half, "fr-casual")
    assert first == again and runs == ["fr-casual"] and len(again[1]) == 1


def test_a_kept_result_takes_down_what_was_read_for_it_in_another_process(tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    runs = []

    @results.kept
    def half(row: str) -> float:
        runs.append(row)
        return data.value("counts/inputs", row) / 2

    assert traced(half, "fr-casual") == traced(half, "fr-casual") and runs == ["fr-casual"]


def test_a_number_made_of_numbers_descends_from_what_they_descend_from():
    one, other = published("counts.one", *ONE, "One"), published("counts.other", *OTHER, "Other")
    registry = Registry([one, other])

    def both() -> float:
        return registry["counts.one"].value + registry["counts.other"].value

    made = number("counts.both", both, "persons", "Both", "Sum.")
    assert {fact.row for fact in made.facts} == {"fr-casual", "fr-routine"}
    assert made.tables == ("counts/inputs",)


def test_what_nothing_was_read_for_and_what_is_not_there_is_refused():
    nothing = "number counts.some: found that nothing was read for it; expected data.value"
    with pytest.raises(NumberError, match=nothing):
        number("counts.some", lambda: 1.0, "persons", "Some", "From nowhere.")
    near = r"data/counts/inputs.csv, column fact_id: found no row 'fr-casul'; .* fr-casual"
    with pytest.raises(data.DataError, match=near):
        data.row("counts/inputs", "fr-casul")


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


def test_how_a_number_was_made_is_a_sentence_without_keys_of_sources(loaded):
    """Keys are for programs; a key of a source that is not in the list is seen by its form, a name
    and a year."""
    keys, form = set(data.table("sources")["key"]), re.compile(r"[a-z]+(19|20)\d\d\w*")
    for one in loaded.numbers:
        assert re.fullmatch(r"[A-Z].*[^.]\.", one.how), (one.id, one.how)
        words = re.findall(r"[\w-]+", one.how)
        assert [word for word in words if word in keys or form.fullmatch(word)] == [], one.how


def test_numbers_json_gives_sources_and_lineage(site, loaded):
    for record in load(site / "numbers.json")["numbers"]:
        lineage = loaded.numbers[record["id"]].lineage
        told = [{"table": fact.table, "row": fact.row or None} for fact in lineage]
        keys = {key for fact in lineage for key in loaded.sources_of(fact)}
        assert record["lineage"] == told
        assert {source["key"] for source in record["sources"]} == keys


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


@pytest.mark.parametrize(
    ("many", "chapters"),
    [(2, ("poverty",)), pytest.param(12, QUICK, marks=pytest.mark.weekly)],
    ids=["two", "twelve"],
)
def test_a_fact_moves_no_number_that_does_not_descend_from_it(tmp_path, loaded, many, chapters):
    """One value of a table is changed at a time: what moves must name the row, or the table whole.

    So no lineage is too thin.
    """
    root = copy_project(tmp_path / "report")
    before, chance = values(root, *chapters), random.Random(20261126)
    every = {fact for one in loaded.numbers for fact in one.facts}
    rows = [fact for fact in every if can_change(fact, chapters)]
    moved_at_all = 0
    for fact in chance.sample(sorted(rows), many):
        path = root / "data" / f"{fact.table}.csv"
        kept = path.read_bytes()
        frame = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("fact_id")
        moved = f"{float(frame.loc[fact.row, 'value']) * 1.01:.6f}".rstrip("0").rstrip(".")
        frame.loc[fact.row, "value"] = moved
        frame.reset_index()[data.table(fact.table).columns].to_csv(
            path, index=False, lineterminator="\n"
        )
        seal(root)
        after = values(root, *chapters)
        path.write_bytes(kept)
        moved = {name for name in before if before[name] != after[name]}
        moved_at_all += len(moved)
        named = {(fact.table, fact.row), (fact.table, "")}
        thin = [
            name
            for name in moved
            if not named & {(one.table, one.row) for one in loaded.numbers[name].facts}
        ]
        assert thin == [], (fact, thin)
    assert moved_at_all >= many
