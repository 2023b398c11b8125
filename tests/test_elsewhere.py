"""The same book from another folder, processor and Python's way of counting: the same bytes."""

from __future__ import annotations

import filecmp
import os
import subprocess
import sys

from microwork.paths import ROOT
from tests.conftest import copy_project
from upkeep import tree, verify


def test_a_plain_build_elsewhere_gives_the_same_bytes(site, tmp_path):
    """Plain jupyter-book, in another folder, at another time, in another locale, with another hash
    seed; on another processor, with all newer instructions switched off; and the last two bits of
    each float are random before it is rounded."""
    root = copy_project(tmp_path / "elsewhere é 2" / "report")
    digits = root / "engine/src/tallybook/model/digits.py"
    before = digits.read_bytes()
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
    around = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", **verify.OLDER}
    shaken = {
        "SHAKEN": "20261125",
        "PYTHONPATH": os.pathsep.join([tree.code(root), str(ROOT / "tests" / "shaken")]),
    }
    environment = {**os.environ, **around, **shaken}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert digits.read_bytes() == before, "it is shaken in memory only"
    other = root / "_build" / "html"
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(other).as_posix() for path in other.rglob("*") if path.is_file()
    )
    _, different, errors = filecmp.cmpfiles(site, other, names, shallow=False)
    assert different == [] and errors == []
