"""Wrong cells are noticed, and what says so can be trusted: it sees what the suite sees, and it can
fail."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from tallybook import data
from tallybook.data import schema

from microwork.paths import DATA, ROOT
from tests.conftest import copy_project
from tests.notebooks import baseline_path, outputs, without_drawings
from upkeep import mutants, tree

TABLES = ("profile/shares", "profile/facts")


def run(*command: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """In a process of its own, whose caches must not be those of this one."""
    environment = {"PYTHONPATH": tree.code(root), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, env=environment
    )


def mutate(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return run("-m", "upkeep.mutate", *arguments, root=root)


def hand(resource: dict, rows: mutants.Rows, seed: int = 1) -> mutants.Hand:
    return mutants.Hand(resource, rows, ["book", "press"], ["percent", "EUR"], seed)


@pytest.mark.weekly
def test_the_checks_see_in_untouched_data_what_the_kept_notebooks_hold():
    """Every table and picture that a cell of a chapter displays."""
    said = "oracle.Oracle(('profile',)).said['cells', 'profile']"
    code = f"import json; from upkeep import oracle; print(json.dumps({said}))"
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    kept = nbformat.read(baseline_path("profile"), as_version=4)
    shown = [
        [[output["data"], output["metadata"]] for output in cell if "data" in output]
        for cell in outputs(kept)
    ]
    told = [
        [[without_drawings(data), metadata] for data, metadata in cell]
        for _, _, cell in json.loads(done.stdout)
    ]
    assert told == shown


@pytest.mark.weekly
def test_one_wrong_cell_of_each_kind_is_noticed():
    each = len(mutants.KINDS)
    done = mutate("--each", str(each), "--chapters", "profile", "--tables", TABLES[0])
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{each} of {each} noticed" in done.stdout, done.stdout


@pytest.mark.weekly
def test_a_table_whose_wrong_cells_nobody_notices_fails_unless_it_is_explained(tmp_path):
    """In a copy whose chapter does not read the table, nor show it."""
    root = copy_project(tmp_path / "report")
    for file in (schema.SCHEMA, schema.TABLES):
        lines = schema.lines(root / "data", file)
        known = [line for line in lines if line["table"] == "profile/elsewhere"]
        lonely = [line | {"table": "profile/lonely"} for line in known]
        schema.write(root / "data", file, [*lines, *lonely])
    (root / "data/profile/lonely.csv").write_bytes((DATA / "profile/elsewhere.csv").read_bytes())
    options = ("--each", "10", "--chapters", "profile", "--tables", "profile/lonely")
    done = mutate(*options, root=root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"profile/lonely .* too few", done.stdout)
    assert re.search(r"profile/lonely, row \d+ \(.*\), (value|n): ", done.stdout)
    with (root / "tests/mutation-survivors.csv").open("a", encoding="utf-8") as file:
        file.write("profile/lonely,*,*,*,nothing reads it\n")
    done = mutate(*options, root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 of them not explained" in done.stdout


def test_a_mutant_changes_what_it_says_and_nothing_else():
    for name in ("profile/shares", "claims", "counts/oli_demand", "retraining/voice"):
        before = mutants.read((DATA / f"{name}.csv").read_text(encoding="utf-8"))
        found = hand(data.describe(name), before).sample(2 * len(mutants.KINDS))
        assert found == hand(data.describe(name), before).sample(2 * len(mutants.KINDS))
        changes(before, found)


def changes(before: mutants.Rows, found: list[mutants.Mutant]) -> None:
    """Each of these mutants changes the one row or cell that it names."""
    kept = [list(row) for row in before]
    for mutant in found:
        after = mutant.applied(before)
        assert before == kept and after != before
        if mutant.kind == "drop":
            assert before[: mutant.row - 1] + before[mutant.row :] == after
            continue
        changed = [at for at, row in enumerate(before) if row != after[at]]
        if mutant.kind == "swap":
            assert len(changed) == 2 and sorted(before) == sorted(after)
        else:
            assert changed == [mutant.row - 1]
            pairs = zip(before[changed[0]], after[changed[0]], strict=True)
            assert [pair for pair in pairs if len(set(pair)) == 2] == [mutant[-2:]]


CHANGES = [
    *(("value", kind, new) for kind, new in (("x10", "561"), ("x1000", "56100"), ("x0.1", "5.61"))),
    *(("n", kind, new) for kind, new in (("x10", "250"), ("x0.1", "2"), ("sign", "-25"))),
    ("value", "sign", "-56.1"),
    ("value", "last digit", r"56\.[02-9]"),
    ("unit", "unit", "EUR"),
    ("source_key", "source", "press"),
]


def test_kinds_of_change():
    types = {"id": "string", "value": "number", "n": "integer", "unit": "string"}
    fields = [{"name": n, "type": t} for n, t in (types | {"source_key": "string"}).items()]
    resource = {"name": "t", "path": "t.csv", "schema": {"primaryKey": "id", "fields": fields}}
    rows = [["id", "value", "n", "unit", "source_key"], ["a", "56.1", "25", "percent", "book"]]
    for column, kind, wanted in CHANGES:
        found = hand(resource, rows).mutant(kind, column).after
        assert re.fullmatch(wanted, found), (column, kind, found)
