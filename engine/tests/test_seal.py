"""``seal`` accepts a table that was changed, and refuses one whose rows ``check`` would refuse; it
writes nothing then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import seal

TABLE = "data/rain/months.csv"
SPOILED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a short row": (
        lambda text: text.replace(b"41.0,0,diary2025", b"41.0"),
        (
            f"{TABLE}, row 3, column beans: found a missing cell; expected the 4 columns month,"
            " rain, beans, source_key"
        ),
    ),
    "a long row": (lambda text: text.replace(b"41.0,0,", b"41.0,0,1,"), f"{TABLE}, row 3"),
    "no number": (
        lambda text: text.replace(b"41.0", b"NaN"),
        f"{TABLE}, row 3, column rain: found 'NaN'; expected a number in plain digits",
    ),
    "another encoding": (
        lambda text: text.replace(b"41.0", b"\xe9"),
        f"{TABLE}, row 3: found the byte 0xe9; expected text in UTF-8",
    ),
    "a key twice": (
        lambda text: text.replace(b"2025-02", b"2025-01"),
        f"{TABLE}, row 3, column month: found a key that stands in the table already",
    ),
    "a value out of its range": (
        lambda text: text.replace(b"41.0", b"-1"),
        f"{TABLE}, row 3, column rain: found '-1'; expected a number of at least 0",
    ),
    "another heading": (
        lambda text: text.replace(b"rain,", b"snow,", 1),
        f"{TABLE}, row 1, column rain: found",
    ),
    "no row": (
        lambda text: text.splitlines(keepends=True)[0],
        f"{TABLE}, row 2: found no row below the header; expected at least one",
    ),
    "an empty file": (lambda text: b"", f"{TABLE}, row 1: found an empty file; expected a header"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, which a test may spoil."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("what", SPOILED)
def test_a_table_with_a_fault_is_not_sealed(folder: Path, what: str):
    spoil, said = SPOILED[what]
    table, sources = folder / "rain/months.csv", folder / "sources.bib"
    table.write_bytes(spoil(table.read_bytes()))
    sources.write_text(
        sources.read_text(encoding="utf-8").replace('2025"\n', '2024"\n'), encoding="utf-8"
    )
    before = contents(folder)
    with pytest.raises(data.DataError) as caught:
        seal.seal(folder)
    assert str(caught.value).startswith(said)
    assert len(str(caught.value).splitlines()) == 1
    assert contents(folder) == before
    # A check names the same fault, so a table that is refused need not be sealed to be mended.
    assert data.faults("rain/months", folder)[0] == str(caught.value)


def test_a_sound_change_is_sealed_together_with_its_sources(folder: Path):
    table, sources = folder / "rain/months.csv", folder / "sources.bib"
    table.write_bytes(table.read_bytes().replace(b"41.0", b"42.0"))
    sources.write_text(
        sources.read_text(encoding="utf-8").replace('2025"\n', '2024"\n'), encoding="utf-8"
    )
    assert seal.seal(folder) == ["sources.csv", "rain/months.csv"]
    data.check_all(folder)
    assert data.describe("rain/months", folder)["sources"][0]["title"].startswith(
        "Gardener, Ada, 2024."
    )
    assert seal.seal(folder) == []
