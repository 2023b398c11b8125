"""All of ``data/`` is published, so nothing may lie there that is not described; a described file
need not be a table."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, CHECK, EXAMPLE, SEAL, Sandbox
from tallybook.data import extent

SPDX = "https://spdx.org/licenses/CC0-1.0.html"
LICENCE = {"name": "CC0-1.0", "path": SPDX, "title": "Public domain"}


@pytest.fixture
def room(copy: Callable[[Path], Sandbox]) -> Sandbox:
    return copy(EXAMPLE)


def describe(room: Sandbox, **said: object) -> None:
    """Add a file that is no table to the description."""
    path = room.root / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    file = {"name": "map", "path": "rain/map.json", "hash": "", "bytes": 0}
    terms = {"licenses": [LICENCE], "sources": [{"title": "Drawn by hand"}]}
    package["resources"].append(file | terms | {"mediatype": "application/json"} | said)
    path.write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def test_every_stray_is_named(room: Sandbox, tmp_path: Path):
    data = room.root / "data"
    files = [".env", "sources.csv~", "rain/months.xlsx", "rain/other.csv", "deep/er/notes.txt"]
    for name in files:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).touch()
    (tmp_path / "secret").touch()
    (data / "linked").symlink_to(tmp_path / "secret")
    (data / "folder").symlink_to(tmp_path)
    done = room.run(*CHECK)
    assert done.returncode == 1
    said = ": found a file that is not described; expected "
    found = [line.partition(said)[0] for line in done.stderr.splitlines()]
    assert found == [f"data/{name}" for name in sorted([*files, "folder", "linked"])]


@pytest.mark.parametrize(
    ("link", "file"), [("map.json", ""), ("sources.bib", ""), ("rain", "/months.csv")]
)
def test_a_link_that_leads_out_of_the_report_is_refused(tmp_path: Path, link: str, file: str):
    """A file that is described, one that needs no description, and a folder."""
    report = tmp_path / "report"
    data = Path(shutil.copytree(EXAMPLE / "data", report / "data"))
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"].append({"name": "map", "path": "map.json", "hash": ""})
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (data / "map.json").touch()
    (data / link).rename(report / "moved")
    (data / link).symlink_to("../moved")
    assert extent.strays(data) == []
    (report / "moved").rename(tmp_path / "moved")
    (data / link).unlink()
    (data / link).symlink_to("../../moved")
    [fault] = extent.strays(data)
    found = f"a file outside of the report, {tmp_path}/moved{file}"
    assert fault.startswith(f"data/{link}{file}: found {found}; expected no path")


def test_the_folder_of_tables_may_be_a_link(tmp_path: Path):
    (tmp_path / "data").symlink_to(EXAMPLE / "data")
    assert extent.strays(tmp_path / "data") == []


def test_a_described_file_is_sealed_checked_published_and_packed(room: Sandbox):
    describe(room)
    wanted = "file not found; expected the file described in datapackage.json"
    assert room.run(*CHECK).stderr.startswith(f"data/rain/map.json: {wanted}")
    file = room.root / "data" / "rain" / "map.json"
    file.write_text("[]\n", encoding="utf-8")
    assert "data/rain/map.json: found sha256" in room.run(*CHECK).stderr
    assert "sealed data/rain/map.json" in room.run(*SEAL).stdout
    assert room.run(*CHECK).returncode == 0
    site = room.made(*BUILD)
    files = [path for path in (site / "data").rglob("*") if path.is_file()]
    names = {path.relative_to(site / "data").as_posix() for path in files}
    known = [path for path in (EXAMPLE / "data").rglob("*") if path.is_file()]
    ours = {path.relative_to(EXAMPLE / "data").as_posix() for path in known}
    assert names == ours | {"rain/map.json"}
    parts = json.loads((site / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    [part] = [part for part in parts if part["@id"] == "data/rain/map.json"]
    assert part["encodingFormat"] == "application/json" and part["license"] == [{"@id": SPDX}]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"licenses": []}, "data/datapackage.json, file map, licenses: found none"),
        (
            {"path": "../CITATION.cff"},
            "resource 9: found the path '../CITATION.cff'; expected a path of a file below data/",
        ),
        ({"path": "rain/map.csv"}, "table map: found no schema; expected one"),
    ],
)
def test_a_description_of_a_file_that_cannot_be_used(
    room: Sandbox, said: dict[str, object], fault: str
):
    describe(room, **said)
    done = room.run(*CHECK)
    assert done.returncode == 1 and fault in done.stderr.splitlines()[0]
