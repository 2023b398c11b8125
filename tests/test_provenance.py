"""Every number knows the rows it descends from, through all steps; what it does not name cannot
move it."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tallybook import data
from tallybook.builder.cache import results
from tallybook.data.provenance import Fact, note, step, traced, tracing, untraced, whole
from tallybook.model.numbers import NumberError, Registry, number, published
from tallybook.sphinx import popovers
from tallybook.sphinx.origins import origins, short

from microwork import report
from tests.conftest import copy_project, seal
from tests.published import page
from upkeep import tree

ONE = ("counts/inputs", "fr-casual")
OTHER = ("counts/inputs", "fr-routine")
PAGE = report.provider.PAGES["sources"]


def test_a_row_that_is_read_is_taken_down_with_its_source():
    found, facts = traced(data.value, *ONE)
    assert found == 266126
    assert facts == {Fact("counts/inputs", "fr-casual", "leludec2019arxiv", "abstract", "A")}


def test_rows_that_share_a_value_are_taken_down_one_by_one():
    found, facts = traced(data.rows, "outsourcing/visits", {"side": "client"})
    assert set(found["side"]) == {"client"} and list(found.index) == list(range(20))
    assert {fact.row for fact in facts} == {f"client/{country}" for country in found["country"]}
    empty, facts = traced(
        data.rows,
        "retraining/headline_accuracy",
        {"year": 2006, "regime": "frozen", "label_budget": None},
    )
    assert len(empty) == 1 and {fact.row for fact in facts} == {"2006/frozen/"}
    with pytest.raises(
        data.DataError,
        match=r"data/outsourcing/visits.csv, column side: found no row with 'nobody'",
    ):
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
    registry = Registry(
        [published("counts.one", *ONE, "One"), published("counts.other", *OTHER, "Other")]
    )
    both = number(
        "counts.both",
        lambda: registry["counts.one"].value + registry["counts.other"].value,
        "persons",
        "Both",
        "Sum.",
    )
    assert {fact.row for fact in both.facts} == {"fr-casual", "fr-routine"}
    assert both.tables == ("counts/inputs",)


def test_a_number_for_which_nothing_was_read_is_refused():
    with pytest.raises(
        NumberError,
        match="number counts.some: found that nothing was read for it; expected data.value",
    ):
        number("counts.some", lambda: 1.0, "persons", "Some", "From nowhere.")


def test_a_row_that_is_not_there_is_named_with_those_near_it():
    with pytest.raises(
        data.DataError,
        match=r"data/counts/inputs.csv, column fact_id: found no row 'fr-casul'; .* fr-casual",
    ):
        data.row("counts/inputs", "fr-casul")


def test_every_number_of_the_report_names_rows_that_are_there(loaded):
    named = set()
    for one in loaded.numbers:
        assert one.facts, one.id
        assert set(one.tables) == {fact.table for fact in one.facts}, one.id
        named.update(one.facts)
    for table in {fact.table for fact in named}:
        frame = data.table(table)[data.describe(table)["schema"]["primaryKey"]]
        keys = Counter(data.joined(key) for key in frame.to_numpy())
        assert {
            fact.row for fact in named if fact.table == table and fact.row and keys[fact.row] != 1
        } == set(), table


def test_how_a_number_was_made_is_said_without_keys_of_sources(loaded):
    """Keys are for programs; a key of a source that is not in the list is seen by its form, a name
    and a year."""
    keys = set(data.table("sources")["key"])
    for one in loaded.numbers:
        words = re.findall(r"[\w-]+", one.how)
        assert not keys & set(words) and not [
            word for word in words if re.fullmatch(r"[a-z]+(19|20)\d\d\w*", word)
        ], one.how


def test_how_a_number_was_made_is_a_sentence(loaded):
    for one in loaded.numbers:
        assert re.fullmatch(r"[A-Z].*[^.]\.", one.how), (one.id, one.how)


def test_most_numbers_name_their_rows_one_by_one(loaded):
    coarse = [one.id for one in loaded.numbers if any(not fact.row for fact in one.facts)]
    assert len(coarse) < len(loaded.numbers) / 2, len(coarse)


def test_numbers_json_gives_sources_and_lineage(site, loaded):
    for record in json.loads(page(site, "numbers.json"))["numbers"]:
        known = loaded.numbers[record["id"]]
        assert record["lineage"] == [
            {"table": fact.table, "row": fact.row or None} for fact in known.lineage
        ]
        assert {source["key"] for source in record["sources"]} == {
            key for fact in known.lineage for key in loaded.sources_of(fact)
        }


def test_cards_and_pages_of_numbers_link_to_the_sources(site, loaded):
    one = loaded.numbers["poverty.ratio-50"]
    found = origins(loaded, one, PAGE)
    assert len(found) >= 2
    assert all(origin.href.startswith("chapters/sources.html#") for origin in found)
    told, own = (
        popovers.read(site / "chapters/poverty.html"),
        page(site, "_cite/poverty.ratio-50.html"),
    )
    assert short(found, "../", "../_cite/poverty.ratio-50.html") in told
    for origin in found:
        assert origin.html("../") in own
        assert f'id="{origin.href.partition("#")[2]}"' in page(site, "chapters/sources.html")


def test_a_row_without_place_and_grade_is_named_after_its_source(loaded):
    said = {
        origin.words + origin.rest
        for origin in origins(loaded, loaded.numbers["counts.mc-registered"], PAGE)
    }
    assert "Tubaro 2021, row multihoming of counts/assumptions" in said
    for one in loaded.numbers:
        assert all(origin.rest for origin in origins(loaded, one, PAGE)), one.id


def test_a_long_list_of_sources_is_cut_and_says_so(loaded):
    many = max(loaded.numbers, key=lambda one: len(origins(loaded, one, PAGE)))
    found = origins(loaded, many, PAGE)
    assert len(found) > 5
    assert short(found, "../", "all.html").endswith(
        f'<li><a href="all.html">and {len(found) - 3} more</a></li></ul>'
    )


CHAPTERS = ("counts", "profile", "income", "poverty")  # the quick ones
VALUES = """
import importlib, json, sys
numbers = [n for name in sys.argv[1:] for n in importlib.import_module(f"microwork.{name}").numbers()]
print(json.dumps({n.id: [n.value, n.low, n.high] for n in numbers}))
"""


def values(root: Path) -> dict[str, list[float]]:
    environment = {**os.environ, "PYTHONPATH": tree.code(root)}
    command = [sys.executable, "-c", VALUES, *CHAPTERS]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("many", [2, pytest.param(12, marks=pytest.mark.weekly)])
def test_a_fact_moves_no_number_that_does_not_descend_from_it(tmp_path, loaded, many):
    """One value of a table is changed at a time: what moves must name the row, or the table whole.

    So no lineage is too thin.
    """
    root = copy_project(tmp_path / "report")
    before, chance = values(root), random.Random(20261126)
    rows = sorted(
        {
            fact
            for one in loaded.numbers
            for fact in one.facts
            if fact.row and fact.table.partition("/")[0] in CHAPTERS
        }
    )
    rows = [
        fact
        for fact in rows
        if "value" in data.table(fact.table)
        and data.describe(fact.table)["schema"]["primaryKey"] == ["fact_id"]
    ]
    moved_at_all = 0
    for fact in chance.sample(rows, many):
        path = root / "data" / f"{fact.table}.csv"
        kept_bytes = path.read_bytes()
        lines = list(csv.reader(kept_bytes.decode("utf-8").splitlines()))
        place, key = lines[0].index("value"), lines[0].index("fact_id")
        line = next(line for line in lines[1:] if line[key] == fact.row)
        line[place] = f"{float(line[place]) * 1.01:.6f}".rstrip("0").rstrip(".")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
        seal(root)
        after = values(root)
        path.write_bytes(kept_bytes)
        moved = {name for name in before if before[name] != after[name]}
        moved_at_all += len(moved)
        thin = [
            name
            for name in moved
            if not {(fact.table, fact.row), (fact.table, "")} & rows_of(name, loaded)
        ]
        assert thin == [], (fact, thin)
    assert moved_at_all >= many


def rows_of(name: str, loaded: report.Report) -> set[tuple[str, str]]:
    return {(fact.table, fact.row) for fact in loaded.numbers[name].facts}


def test_notes_outside_of_any_tracing_go_nowhere():
    note(Fact("counts/inputs"))
    with tracing() as facts:
        pass
    assert facts == set()
