"""The engine as it is installed: the wheel holds all it needs, and builds the example by itself.
Nothing in it is particular to one report."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, ENGINE, EXAMPLE, SOURCE, UNBUILT, Sandbox, contents

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(
        ENGINE / "src",
        folder / "engine/src",
        ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"),
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ENGINE / name, folder / "engine")
    options = ("--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    command = [*PIP, "wheel", *options, str(folder / "engine")]
    subprocess.run(command, check=True, capture_output=True)
    (made,) = folder.glob("tallybook-*.whl")
    return made


def test_the_wheel_holds_every_file_of_the_engine_and_nothing_else(wheel: Path):
    files = [
        path
        for path in (SOURCE / "tallybook").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    packed = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in packed)
    names = {name for name in packed if ".dist-info/" not in name}
    assert names == {path.relative_to(SOURCE).as_posix() for path in files}
    for ending in (".html", ".css", ".js", ".conf", ".svg"):
        assert any(name.endswith(ending) for name in names), ending


def test_the_installed_engine_builds_the_same_site(
    wheel: Path,
    garden: Sandbox,
    copy: Callable[[Path], Sandbox],
    alone: dict[str, str],
    tmp_path: Path,
):
    target = tmp_path / "installed"
    subprocess.run(
        [*PIP, "install", "--no-deps", "--target", str(target), str(wheel)],
        check=True,
        capture_output=True,
    )
    path = alone["PYTHONPATH"].replace(str(SOURCE), str(target))
    root = shutil.copytree(EXAMPLE, tmp_path / "garden", ignore=UNBUILT)
    strict = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}  # it does not depend on them
    room = Sandbox(root, alone | {"PYTHONPATH": path} | strict)
    asked = room.run(sys.executable, "-c", "import tallybook; print(tallybook.__file__)")
    assert asked.stdout.startswith(str(target)), asked.stderr
    made = room.made(*BUILD)
    assert contents(made) == contents(garden.site)


# What the report beside the engine is about, its pages, its verdicts, its commands.
PARTICULAR = {
    "the report": r"microwork",
    "its pages": r"chapters/\w",
    "its commands": r"\bmake (book|new|seal|test|live|check)\b",
    "its verdicts": (
        r"\b(reproduced|mislabelled|overstated|understated|cited only)\b|[\"'](consistent|not"
        r" shown)[\"']"
    ),
    "keys of its sources": r"\b(?!rain|diary)[a-z]{3,}(19|20)\d\d[a-z]*\b",
}


def test_nothing_is_particular_to_one_report():
    found = [
        f"{path.relative_to(ENGINE)}, line {number}: {what} in {line.strip()}"
        for path in sorted((SOURCE / "tallybook").rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".js", ".conf")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for what, pattern in PARTICULAR.items()
        if re.search(pattern, line, re.I)
    ]
    assert found == []
