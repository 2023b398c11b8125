"""What a bibliography wants is said with its line, and it agrees with the table that is made from
it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import bibliography
from tallybook.data.seal import seal

ENTRY = """@misc{afp2019,
    author = "{AFP}",
    title = "Premi{\\`e}re {\\'e}tude sur les 260.000 travailleurs du clic en France",
    year = "2019",
    url = "https://businessnow.fr/afp/",
    read = "places",
    urldate = "2026-11-24"
}
"""
NEXT = '@misc{bee_2022,\n    title = "Bees"\n}\n'
DIARY = (EXAMPLE / "data/sources.bib").read_text(encoding="utf-8")
LINE = len(DIARY.splitlines()) + 1  # on which the entry begins
# What is replaced in the entry, by what, in which of its lines, and what is said of it.
CHANGES = (
    ('-24"\n}\n', '-24"\n', 7, "found a fault in BibTeX: "),
    ('title = "P', 'titel = "P', 0, "entry afp2019: found no title; expected all that the type mi"),
    ("@misc{a", "@webpage{a", 0, "found the type 'webpage'; expected one of article, b"),
    ("afp2019", "AFP:2019", 0, "found the key 'AFP:2019'; expected small"),
    ('"places"', '"abstract, skimmed"', 0, "field read: found 'skimmed'; expected one or more of"),
    ('"2026-11-24"', '"24 Nov"', 0, "field urldate: found '24 Nov'; expected a day such"),
    ("https://", "javascript:", 0, "field url: found 'javascript:businessnow.fr/afp/'; expected"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, with two sources more, which a test may spoil."""
    folder = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))
    (folder / "sources.bib").write_text(DIARY + ENTRY + NEXT, encoding="utf-8")
    seal(folder)
    return folder


def test_what_an_entry_wants_is_said_with_its_line_and_nothing_is_sealed(folder: Path):
    path, sound = folder / "sources.bib", DIARY + ENTRY + NEXT
    table = (folder / "sources.csv").read_bytes()
    for old, new, below, says in CHANGES:
        assert old in sound
        path.write_text(sound.replace(old, new, 1), encoding="utf-8")
        (line,) = bibliography.faults(folder)
        assert line.startswith(f"data/sources.bib, line {LINE + below}"), line
        assert says in line and "; expected " in line
        with pytest.raises(bibliography.BibliographyError):
            seal(folder)
    assert (folder / "sources.csv").read_bytes() == table
    path.write_text(sound + ENTRY, encoding="utf-8")
    (line,) = bibliography.faults(folder)
    assert "repeated bibliography entry: afp2019; expected each key" in line
    path.write_bytes(DIARY.encode() + b"\xe9")
    (line,) = bibliography.faults(folder)
    assert "0xe9" in line and line.endswith(
        "expected the sources of all tables, as BibTeX in UTF-8"
    )


def test_an_entry_that_only_tables_use_cannot_be_deleted(folder: Path):
    data.check_all(folder)
    path = folder / "sources.bib"
    path.write_text(DIARY.partition("\n\n")[2], encoding="utf-8")
    (line,) = bibliography.faults(folder)
    assert line.endswith("expected them (run `python -m tallybook seal`)")
    with pytest.raises(data.DataError, match=r"data/sources.csv: found other sources than in"):
        data.check_all(folder)
    seal(folder)  # as the message says: now the table itself is named
    with pytest.raises(data.DataError) as caught:
        data.check_all(folder)
    place = "data/rain/months.csv, row 2, column source_key"
    assert str(caught.value).startswith(f"{place}: found 'diary2025'; expected a key of sources")
