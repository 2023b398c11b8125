"""A report is begun by one command: it builds at once, from a table of the author's own too, or
nothing is made."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from lxml import html
from rooms import BUILD, Sandbox, read
from tallybook import begin

NEW = (sys.executable, "-m", "tallybook", "new")
HENS = """Name of the hen,eggs per week,"weight, kg",note
Berta,5,2.25,
Frida,0,1.75,"lays nothing, ever"
Gerda,7,,new
"""
# Tables that a stranger may have, each with what is to be read of it.
ODD = {
    "negative values": ("day,degrees\n2025-01-01,-3.5\n2025-01-02,-1.25\n", "1"),
    "nothing but zeros": ("day,rain\nmonday,0\ntuesday,0\n", "1"),
    "a single column": ("value\n10\n20\n", "40"),
    "sources of its own": ("a,b,source_key\nx,1.5,book1999\ny,2.5,web2001\n", "5"),
    "a mark and lines of Windows": ("\ufeffa,b\r\nx,1\r\ny,2\r\n", "4"),
    "a column with a strange name": ('a,"it\'s [1.0]: $b"\nx,1\ny,1\n', "3"),
    "large values": ("a,b\nx,123456789012\ny,987654321\n", "200000000000"),
}
REFUSED = {
    "no numbers": ("a,b\nx,y\n", "stranger.csv: found no column of numbers; expected one at least"),
    "no rows": ("a,b\n", "stranger.csv, row 2: found no row below the header; expected at"),
    "semicolons": ("a;b\n1;2\n", "stranger.csv"),
    "rows that are twice there": ("a,b\nx,1\nx,1\n", "stranger.csv, row 3"),
    "two columns of one name": ("a,a\nx,1\n", "stranger.csv, row 1: found the columns 'a', 'a'"),
}


def made(room: Path) -> list[Path]:
    return [path for path in room.iterdir() if path.name != "stranger.csv"]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("table", [None, HENS], ids=["the example", "a table"])
def test_what_is_made_builds(table: str | None, room: Path, alone: dict[str, str]):
    given = ()
    if table:
        (room / "My hens, 2025.csv").write_text(table, encoding="utf-8")
        given = ("--table", "My hens, 2025.csv")
    done = Sandbox(room, alone).run(*NEW, "hen_house", *given)
    assert done.returncode == 0, done.stderr
    folder = room / "hen_house"
    assert set(done.stdout.splitlines()[1:-1]) == {
        f"  {path.relative_to(folder)}" for path in folder.rglob("*") if path.is_file()
    }
    site = Sandbox(folder, alone).made(*BUILD)
    [number] = json.loads(read(site / "numbers.json"))["numbers"]
    assert number["low"] < number["value"] < number["high"]
    [claim] = json.loads(read(site / "claims.json"))["claims"]
    assert claim["verdict"] == "too high" and claim["flips"]
    page = html.fromstring(read(site / "first.html"))
    assert page.xpath("//figure//svg") and page.get_element_by_id("claim-example") is not None
    if table:
        assert number["label"] == "Mean of eggs per week" and number["value"] == 4
        assert read(folder / "data/first/my-hens-2025.csv") == table
        assert "Mean of eggs per week" in read(site / "index.html")


@pytest.mark.parametrize("what", ODD)
def test_a_strange_table_is_taken(what: str, room: Path):
    text, claimed = ODD[what]
    file = room / "stranger.csv"
    file.write_text(text, encoding="utf-8", newline="")
    begin.begin(room / "hens", file)
    assert f"The mean is {claimed}: an" in read(room / "hens/data/claims.csv")


@pytest.mark.parametrize("what", REFUSED)
def test_a_table_that_cannot_be_taken_leaves_nothing(
    what: str, room: Path, capsys: pytest.CaptureFixture[str]
):
    text, says = REFUSED[what]
    file = room / "stranger.csv"
    file.write_text(text, encoding="utf-8")
    assert begin.main([str(room / "hens"), "--table", str(file)]) == 1
    first, last = capsys.readouterr().err.splitlines()
    assert says in first and last == "Nothing was made." and not made(room)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("My Hens", "new: found the name 'My Hens'; expected small letters"),
        ("class", "new: found the name 'class', which has a meaning of its own"),
        ("csv", "new: found the name 'csv', which has a meaning of its own"),
        ("data", "new: found the name 'data', which has a meaning of its own"),
        ("pandas", "new: found a package 'pandas' that is installed; expected another name"),
        ("nowhere/hens", "new: found no folder"),
    ],
)
def test_the_name_is_looked_at_first(
    name: str, says: str, room: Path, capsys: pytest.CaptureFixture[str]
):
    assert begin.main([str(room / name), "--table", str(room / "lost.csv")]) == 1
    assert capsys.readouterr().err.startswith(says) and not made(room)


def test_what_is_there_is_left_alone(room: Path, capsys: pytest.CaptureFixture[str]):
    (room / "hens").mkdir()
    (room / "hens" / "notes.txt").write_text("mine", encoding="utf-8")
    assert begin.main([str(room / "hens")]) == 1
    assert "found" in capsys.readouterr().err and read(room / "hens" / "notes.txt") == "mine"
    assert len(made(room)) == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, begin.BeginError("new: found harm")])
def test_a_failure_half_way_leaves_nothing(
    error: BaseException, room: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(_made: Path) -> None:
        raise error

    monkeypatch.setattr(begin, "_compute", fail)
    assert begin.main([str(room / "hens")]) in (1, 130) and not made(room)


def test_a_file_that_is_no_table_is_named(room: Path, capsys: pytest.CaptureFixture[str]):
    assert begin.main([str(room / "hens"), "--table", str(room / "lost.csv")]) == 1
    assert "lost.csv; expected a table" in capsys.readouterr().err and not made(room)


def test_an_empty_folder_stays_the_same_folder(room: Path, alone: dict[str, str]):
    """A shell may stand in it."""
    folder = room / "hens"
    folder.mkdir()
    before = folder.stat().st_ino
    done = Sandbox(folder, alone).run(*NEW, ".")
    assert done.returncode == 0, done.stderr
    assert folder.stat().st_ino == before
    assert (folder / "data" / "schema.csv").is_file()
