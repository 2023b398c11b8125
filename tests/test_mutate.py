"""One wrong cell of each kind is noticed, in a process whose caches are not of this one."""

from __future__ import annotations

import pytest

from microwork.paths import ROOT
from tests.conftest import run
from upkeep import mutants


@pytest.mark.weekly
def test_one_wrong_cell_of_each_kind_is_noticed():
    each = len(mutants.KINDS)
    options = ("--each", str(each), "--chapters", "profile", "--tables", "profile/shares")
    done = run(ROOT, "-m", "upkeep.mutate", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{each} of {each} noticed" in done.stdout, done.stdout
