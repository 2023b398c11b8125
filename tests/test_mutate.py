"""Wrong cells are noticed, and what says so can be trusted: it sees what the suite sees, and it can
fail."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tallybook import data

from microwork.paths import DATA, ROOT
from tests.conftest import copy_project
from upkeep import mutants, tree

TABLES = ("profile/shares", "profile/counts")


def run(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """``python -m upkeep.mutate`` in a process of its own, as its caches must not be those of this
    one."""
    command = [sys.executable, "-m", "upkeep.mutate", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment(root))


def environment(root: Path) -> dict[str, str]:
    return {"PYTHONPATH": tree.code(root), "PATH": "/usr/bin:/bin"}


def rows_of(name):
    return mutants.read((DATA / f"{name}.csv").read_text(encoding="utf-8"))


@pytest.mark.weekly
def test_the_checks_see_in_untouched_data_what_the_kept_notebooks_hold():
    """All chapters: every output of every cell, every number, every verdict, every remark on a
    source."""
    done = run("--each", "0")
    assert done.returncode == 0, done.stderr
    assert "0 changes in 0 tables" in done.stdout


@pytest.mark.weekly
def test_the_checks_see_a_kept_notebook_that_says_something_else(tmp_path):
    root = copy_project(tmp_path / "report")
    notebook = root / "tests/baselines/profile.ipynb"
    kept = json.loads(notebook.read_text(encoding="utf-8"))
    shown = next(
        o
        for cell in kept["cells"]
        for o in cell.get("outputs", [])
        if "text/html" in o.get("data", {})
    )
    shown["data"]["text/html"] = [
        line.replace("56.1", "56.2") for line in shown["data"]["text/html"]
    ]
    assert "56.2" in "".join(shown["data"]["text/html"])
    notebook.write_text(json.dumps(kept), encoding="utf-8")
    done = run("--each", "0", "--chapters", "profile", "--tables", *TABLES, root=root)
    assert done.returncode == 2
    assert (
        "do not give what tests/baselines keeps" in done.stderr
        and "profile: cell" in done.stderr
        and "56.2" in done.stderr
    )


@pytest.mark.weekly
def test_one_wrong_cell_of_each_kind_is_noticed():
    done = run("--each", str(len(mutants.KINDS)), "--chapters", "profile", "--tables", *TABLES)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{2 * len(mutants.KINDS)} changes in 2 tables" in done.stdout
    assert f"{2 * len(mutants.KINDS)} of {2 * len(mutants.KINDS)} noticed" in done.stdout, (
        done.stdout
    )


@pytest.mark.weekly
def test_a_table_whose_wrong_cells_nobody_notices_fails(tmp_path):
    """The same run in a copy whose chapter does not read one of the two tables, nor show it."""
    root = copy_project(tmp_path / "report")
    package = json.loads((root / "data/datapackage.json").read_text(encoding="utf-8"))
    lonely = next(r for r in package["resources"] if r["path"] == "profile/elsewhere.csv") | {
        "name": "lonely",
        "path": "profile/lonely.csv",
    }
    package["resources"].append(lonely)
    (root / "data/datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (root / "data/profile/lonely.csv").write_bytes((DATA / "profile/elsewhere.csv").read_bytes())
    keep = [sys.executable, "-c", "from tests import kept; kept.write()"]
    subprocess.run(keep, cwd=root, check=True, env=environment(root))
    done = run("--each", "10", "--chapters", "profile", "--tables", "profile/lonely", root=root)
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"profile/lonely .* too few", done.stdout)
    assert re.search(r"profile/lonely, row \d+ \(.*\), (value|n): ", done.stdout)
    survivors = root / "tests/mutation-survivors.csv"
    with survivors.open("a", encoding="utf-8") as file:
        file.write(
            "profile/lonely,*,*,*,nothing reads it\nprofile/lonely,drop,*,*,the sources page counts"
            " rows\n"
        )
    done = run("--each", "10", "--chapters", "profile", "--tables", "profile/lonely", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 of them not explained" in done.stdout
    assert "profile/lonely, drop, *, *: no survivor among 1; may go" in done.stdout


def test_an_explanation_has_to_be_whole(tmp_path):
    root = copy_project(tmp_path / "report")
    with (root / "tests/mutation-survivors.csv").open("a", encoding="utf-8") as file:
        file.write("profile/shares,*,*,*,\n")
    done = run("--each", "0", root=root)
    assert done.returncode != 0
    assert "mutation-survivors.csv, row" in done.stderr and "none of them empty" in done.stderr


@pytest.mark.parametrize("name", data.names())
def test_a_mutant_changes_what_it_says_and_nothing_else(name):
    before = rows_of(name)
    kept = [list(row) for row in before]
    found = mutants.sample(
        data.describe(name), before, 2 * len(mutants.KINDS), ["one", "another"], ["m", "kg"], "1"
    )
    assert found == mutants.sample(
        data.describe(name), before, 2 * len(mutants.KINDS), ["one", "another"], ["m", "kg"], "1"
    )
    for mutant in found:
        after = mutant.applied(before)
        assert before == kept and after != before
        if mutant.kind == "drop":
            assert before[: mutant.row - 1] + before[mutant.row :] == after
        else:
            changed = [
                at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new
            ]
            assert len(changed) == (2 if mutant.kind == "swap" else 1)
            assert sorted(map(tuple, before)) == sorted(map(tuple, after)) or mutant.kind != "swap"
            if mutant.kind != "swap":
                [place] = changed
                cells = [
                    (old, new)
                    for old, new in zip(before[place], after[place], strict=True)
                    if old != new
                ]
                assert cells == [(mutant.before, mutant.after)] and place == mutant.row - 1


def test_kinds_of_change():
    resource = {
        "name": "t",
        "path": "t.csv",
        "schema": {
            "primaryKey": "id",
            "fields": [
                {"name": "id", "type": "string"},
                {"name": "value", "type": "number"},
                {"name": "n", "type": "integer"},
                {"name": "unit", "type": "string"},
                {"name": "source_key", "type": "string"},
            ],
        },
    }
    rows = [["id", "value", "n", "unit", "source_key"], ["a", "56.1", "25", "percent", "book"]]

    def made(kind, column):
        return mutants.make(
            resource, rows, kind, ["book", "press"], ["percent", "EUR"], random.Random(1), column
        ).after

    assert [made(kind, "value") for kind in ("x10", "x1000", "x0.1", "sign")] == [
        "561",
        "56100",
        "5.61",
        "-56.1",
    ]
    assert [made(kind, "n") for kind in ("x10", "x0.1", "sign")] == ["250", "2", "-25"]
    assert re.fullmatch(r"56\.[02-9]", made("last digit", "value"))
    assert (made("unit", "unit"), made("source", "source_key")) == ("EUR", "press")
