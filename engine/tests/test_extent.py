"""All of ``data/`` is published, so nothing may lie there that is not described; a described file
need not be a table."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import BUILD, CHECK, EXAMPLE, SEAL, Sandbox
from tallybook.data import extent, schema

MAP = {"table": "rain/map.json", "title": "A map", "licence": "cc0", "source": "Drawn by hand"}


def describe(folder: Path, **said: str) -> None:
    """Add a file that is no table to the description."""
    lines = schema.lines(folder, schema.TABLES)
    lines.append(dict.fromkeys(lines[0], "") | MAP | {"description": "Made up."} | said)
    schema.write(folder, schema.TABLES, lines)


def test_every_stray_is_named(tmp_path: Path):
    data = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "report" / "data"))
    files = [".env", "sources.csv~", "rain/months.xlsx", "rain/other.csv", "deep/er/notes.txt"]
    for name in files:
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).touch()
    (tmp_path / "secret").touch()
    (data / "linked").symlink_to(tmp_path / "secret")
    (data / "folder").symlink_to(tmp_path)
    said = ": found a file that is not described; expected "
    found = [line.partition(said)[0] for line in extent.faults(data)]
    assert found == [f"data/{name}" for name in sorted([*files, "folder", "linked"])]


@pytest.mark.parametrize(
    ("link", "file"), [("map.json", ""), ("sources.bib", ""), ("rain", "/months.csv")]
)
def test_a_link_that_leads_out_of_the_report_is_refused(tmp_path: Path, link: str, file: str):
    """A file that is described, one that needs no description, and a folder."""
    report = tmp_path / "report"
    data = Path(shutil.copytree(EXAMPLE / "data", report / "data"))
    describe(data, table="map.json")
    (data / "map.json").touch()
    (data / link).rename(report / "moved")
    (data / link).symlink_to("../moved")
    assert extent.strays(data) == []
    (report / "moved").rename(tmp_path / "moved")
    (data / link).unlink()
    (data / link).symlink_to("../../moved")
    fault, *_ = extent.strays(data)
    found = f"a file outside of the report, {tmp_path}/moved{file}"
    assert fault.startswith(f"data/{link}{file}: found {found}; expected no path")


def test_the_folder_of_tables_may_be_a_link(tmp_path: Path):
    (tmp_path / "data").symlink_to(EXAMPLE / "data")
    assert extent.strays(tmp_path / "data") == []


def test_a_described_file_is_sealed_checked_published_and_packed(copy: Callable[[Path], Sandbox]):
    room = copy(EXAMPLE)
    describe(room.root / "data")
    wanted = "file not found; expected the file described in tables.csv"
    assert room.run(*CHECK).stderr.startswith(f"data/rain/map.json: {wanted}")
    file = room.root / "data" / "rain" / "map.json"
    file.write_text("[]\n", encoding="utf-8")
    assert "data/rain/map.json: found sha256" in room.run(*CHECK).stderr
    assert "sealed data/rain/map.json" in room.run(*SEAL).stdout
    assert room.run(*CHECK).returncode == 0
    site = room.made(*BUILD)
    files = [path for path in (site / "data").rglob("*") if path.is_file()]
    names = {path.relative_to(site / "data").as_posix() for path in files}
    assert names == {*extent.published(room.root / "data"), "datapackage.json"}
    assert "rain/map.json" in names and "schema.csv" not in names
