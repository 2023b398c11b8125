"""Wrong cells are noticed, and what says so can be trusted: it sees what the suite sees, and it can
fail."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

from microwork.paths import ROOT
from tests.notebooks import baseline_path, outputs, without_drawings
from upkeep import mutants, tree


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, whose caches must not be those of this one."""
    environment = {"PYTHONPATH": tree.code(ROOT), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, env=environment
    )


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
    options = ("--each", str(each), "--chapters", "profile", "--tables", "profile/shares")
    done = run("-m", "upkeep.mutate", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{each} of {each} noticed" in done.stdout, done.stdout
