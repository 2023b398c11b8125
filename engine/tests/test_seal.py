"""``seal`` accepts a table that was changed, and refuses one whose rows ``check`` would refuse; it
writes nothing then."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import descriptor, seal

TABLE = "data/rain/months.csv"
ALL = (EXAMPLE / TABLE).read_text(encoding="utf-8")
COLUMNS = "found no cell; expected the 4 columns month, rain, beans, source_key"
LOW = "found '-1'; expected a number of at least 0"
# What of the table is replaced by what, once, and the fault.
SPOILED = {
    "a short row": ("41.0,0,diary2025", "41.0", f"3, column beans: {COLUMNS}"),
    "a long row": ("41.0,0,", "41.0,0,1,", "3"),
    "no number": ("41.0", "NaN", "3, column rain: found 'NaN'; expected a number in plain digits"),
    "another encoding": ("41.0", "\xe9", "3: found the byte 0xe9; expected text in UTF-8"),
    "a key twice": (
        "2025-02",
        "2025-01",
        "3, column month: found a key that stands in row 2 already",
    ),
    "a value out of its range": ("41.0", "-1", f"3, column rain: {LOW}"),
    "another heading": ("rain,", "snow,", "1, column snow: found the column 'snow'; expected"),
    "no row": (
        ALL.split("\n", 1)[1],
        "",
        "2: found no row below the header; expected at least one",
    ),
    "an empty file": (ALL, "", "1: found an empty file; expected a header"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, which a test may spoil."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def change(folder: Path, old: str, new: str) -> None:
    """Replace a part of the table, and the year of its source."""
    assert old in ALL
    (folder / "rain/months.csv").write_text(ALL.replace(old, new, 1), encoding="latin-1")
    sources = folder / "sources.bib"
    text = sources.read_text(encoding="utf-8").replace('2025"\n', '2024"\n')
    sources.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("what", SPOILED)
def test_a_table_with_a_fault_is_not_sealed(folder: Path, what: str):
    old, new, said = SPOILED[what]
    change(folder, old, new)
    before = contents(folder)
    with pytest.raises(data.DataError) as caught:
        seal.seal(folder)
    assert str(caught.value).startswith(f"{TABLE}, row {said}")
    assert len(str(caught.value).splitlines()) == 1
    assert contents(folder) == before
    # A check names the same fault, so a table that is refused need not be sealed to be mended.
    assert data.faults("rain/months", folder)[0] == str(caught.value)


def test_a_sound_change_is_sealed_together_with_its_sources(folder: Path):
    change(folder, "41.0", "42.0")
    assert seal.seal(folder) == ["sources.csv", "rain/months.csv"]
    data.check_all(folder)
    months = descriptor.package(folder, "garden", {})["resources"][1]
    assert months["sources"][0]["title"].startswith("Gardener, Ada, 2024.")
    assert seal.seal(folder) == []
