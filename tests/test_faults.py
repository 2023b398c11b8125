"""A check names all that is wrong with the tables, a line each, and nothing that only follows from
it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pandas as pd
import pytest
from tallybook import data

from tests.conftest import copy_project
from tests.test_data import INPUTS, set_cell, spoil, swap_rows
from upkeep import tree


def faults_of_all(folder) -> list[str]:
    with pytest.raises(data.DataError) as caught:
        data.check_all(folder)
    return str(caught.value).splitlines()


def test_every_faulty_table_is_named_at_once(data_copy):
    set_cell(data_copy, 2, "value", "many")
    set_cell(data_copy, 2, "value", "110", "counts/shares")
    set_cell(data_copy, 3, "source_key", "nobody1999", "profile/counts")
    spoil(data_copy, swap_rows, "counts/clickworker")
    set_cell(data_copy, 2, "note", "a quiet change", "profile/shares", sealed=False)
    (data_copy / "income/prices.csv").unlink()
    lines = faults_of_all(data_copy)
    assert [line.split(",")[0].split(": ")[0] for line in lines] == [
        "data/counts/inputs.csv",
        "data/counts/shares.csv",
        "data/counts/clickworker.csv",
        "data/income/prices.csv",
        "data/profile/shares.csv",
        "data/profile/counts.csv",
    ]
    assert all("; expected " in line for line in lines)


def test_all_faults_of_a_table_are_named_in_the_order_of_its_rows(data_copy):
    set_cell(data_copy, 4, "value", "inf")
    set_cell(data_copy, 2, "value", "many")
    set_cell(data_copy, 2, "source_key", "nobody1999")
    set_cell(data_copy, 3, "fact_id", "Not Such")
    set_cell(data_copy, 5, "note", "=1+1", sealed=False)
    assert [line.split(":")[0] for line in data.faults(INPUTS, data_copy)] == [
        "data/counts/inputs.csv, row 2, column value",
        "data/counts/inputs.csv, row 2, column source_key",
        "data/counts/inputs.csv, row 3, column fact_id",
        "data/counts/inputs.csv, row 4, column value",
        "data/counts/inputs.csv, row 5, column note",
    ]


def test_of_very_many_faults_some_are_named_and_all_are_counted(data_copy):
    path = data_copy / "counts/inputs.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame["value"] = "many"
    frame.to_csv(path, index=False, lineterminator="\n")
    lines = data.faults(INPUTS, data_copy)
    assert len(lines) == 11 and lines[-1] == f"data/counts/inputs.csv: and {len(frame) - 10} more"


def test_a_fault_is_named_once_and_what_follows_from_it_is_not(data_copy):
    """A row that is cut short, a source unknown to many rows, a row twice, wrong headings, a broken
    table of sources."""
    spoil(data_copy, lambda content: content[: content[:-1].rindex(b"\n") + 4])
    assert len(data.faults(INPUTS, data_copy)) == 1
    name = "counts/shares"
    spoil(data_copy, lambda content: content + content.splitlines(keepends=True)[1], name)
    assert len(data.faults(name, data_copy)) == 1
    name = "profile/shares"
    spoil(data_copy, lambda content: content.replace(b"fact_id,", b"id,", 1), name)
    (line,) = data.faults(name, data_copy)
    assert "row 1, column fact_id: found an incorrect label 'id'; expected the " in line
    name = "profile/counts"
    row = list(data.table("sources")["key"]).index(data.table(name)["source_key"][0]) + 2
    set_cell(data_copy, row, "key", "zz2022", "sources", sealed=False)
    (line,) = data.faults("sources", data_copy)
    assert data.faults(name, data_copy) == ()
    with pytest.raises(data.DataError, match=re.escape(line)):
        data.table(name, data_copy)


def test_an_unknown_source_is_named_with_the_rows_that_name_it(data_copy):
    key = data.table(INPUTS)["source_key"].mode()[0]
    uses = int((data.table(INPUTS)["source_key"] == key).sum())
    assert uses > 2
    spoil(data_copy, lambda content: content.replace(f",{key},".encode(), b",nobody1999,"))
    (line,) = data.faults(INPUTS, data_copy)
    assert "found 'nobody1999'; expected a key of sources (sources.bib)" in line
    assert line.endswith(f"; {uses - 1} more rows name it")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda package: [], "found no list of resources"),
        (lambda package: package | {"resources": [{"name": "x"}]}, "resource 1: found no path"),
        (
            lambda package: (
                package | {"resources": [{"name": "x", "path": "x.csv", "hash": "", "schema": {}}]}
            ),
            "table x: found no fields",
        ),
    ],
)
def test_a_description_that_describes_nothing(data_copy, change, says):
    package = data_copy / "datapackage.json"
    package.write_text(
        json.dumps(change(json.loads(package.read_text(encoding="utf-8")))), encoding="utf-8"
    )
    assert faults_of_all(data_copy)[0].startswith(f"datapackage.json, {says}")


def test_a_type_without_a_rule_is_refused(data_copy):
    package = data_copy / "datapackage.json"
    described = data.descriptor(data_copy)
    resource = next(one for one in described["resources"] if one["name"] == "counts-inputs")
    next(field for field in resource["schema"]["fields"] if field["name"] == "value")["type"] = (
        "duration"
    )
    package.write_text(json.dumps(described), encoding="utf-8")
    (line,) = data.faults(INPUTS, data_copy)
    place = "data/datapackage.json, table counts-inputs, column value"
    assert line.startswith(f"{place}: found the type 'duration'; expected one of string,")


def test_make_check_says_all_of_it_and_fails(tmp_path):
    root = copy_project(tmp_path / "report")
    set_cell(root / "data", 2, "value", "many")
    set_cell(root / "data", 2, "value", "1_0", "counts/shares")
    (root / "data/sources.bib").write_text("@misc{open,\n", encoding="utf-8")
    command, place = (
        [sys.executable, "-m", "tallybook", "check"],
        {**os.environ, "PYTHONPATH": tree.code(root)},
    )
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=place)
    assert done.returncode == 1 and done.stdout == ""
    starts = [
        "data/sources.bib, line 1, entry open:",
        "data/counts/inputs.csv, row 2,",
        "data/counts/shares.csv, row 2,",
    ]
    lines = done.stderr.splitlines()
    assert len(lines) == 3 and all(map(str.startswith, lines, starts)), done.stderr
