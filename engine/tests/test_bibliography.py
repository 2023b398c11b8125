"""What a bibliography wants is said with its line, and it agrees with the table that is made from
it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pybtex.database import Entry
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import bibliography, source_notes
from tallybook.data.seal import seal

ENTRY = """@misc{afp2019,
    author = "{AFP}",
    title = "Premi{\\`e}re {\\'e}tude sur les 260.000 travailleurs du clic en France",
    howpublished = "BusinessNow",
    year = "2019",
    url = "https://businessnow.fr/afp/",
    read = "places",
    urldate = "2026-11-24"
}
"""
NEXT = '@misc{bee_2022,\n    title = "Bees"\n}\n'
DIARY = (EXAMPLE / "data/sources.bib").read_text(encoding="utf-8")
LINE = len(DIARY.splitlines()) + 1  # on which the entry begins


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, with two sources more, which a test may spoil."""
    folder = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))
    (folder / "sources.bib").write_text(DIARY + ENTRY + NEXT, encoding="utf-8")
    seal(folder)
    return folder


def said(folder: Path) -> list[str]:
    """What the check says of the bibliography and the table made from it."""
    return bibliography.faults(folder)


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "sources.bib"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


DATED = '-24"\n}\n'
COLON = ENTRY.replace("afp2019", "bee-2022")
# What is replaced in the entry, by what, in which of its lines, and what is said of it.
CHANGES = {
    "a brace at the end": (DATED, '-24"\n', 8, "found '@misc{bee_2022,'; expected '}'"),
    "a brace at the start": ("@misc{a", "@misc a", 0, "found 'afp2019,'; expected '(' or '{'"),
    "a brace in a title": ("{\\`e}", "{\\`e", 0, "found no end of what begins here; expected a cl"),
    "a brace too many": ("{\\`e}", "{\\`e}}", 2, "found unbalanced braces before"),
    "a comma": ('"BusinessNow",', '"BusinessNow"', 4, "found 'year = \"2019\",'; expected '}'"),
    "a quotation mark": ('= "2019"', "= about", 4, "found 'about'; expected a value in braces or"),
    "a name": ("{AFP}", "A, F, P, and, more", 1, "Too many commas"),
    "a field twice": ('year = "2019",', 'year = "2019", year = "1",', 0, "duplicate year field"),
    "a title": ('title = "P', 'titel = "P', 0, "entry afp2019: found no title; expected one"),
    "a type": ("@misc{a", "@webpage{a", 0, "found the type 'webpage'; expected one of article, b"),
    "a field of its type": ("@misc{a", "@article{a", 0, "entry afp2019: found no journal"),
    "a key for an address": ("afp2019", "AFP:2019", 0, "found the key 'AFP:2019'; expected small"),
    "what was read": ('"places"', '"abstract, skimmed"', 0, "field read: found 'skimmed'; expect"),
    "a day": ('"2026-11-24"', '"24 Nov"', 0, "field urldate: found '24 Nov'; expected a day such"),
    "a key of its own": (ENTRY, ENTRY * 2, 9, "repeated bibliography entry: afp2019"),
    "an address of its own": (NEXT, COLON + NEXT, 18, "is 'bee-2022' in an address"),
    "letters that are seen": ("BusinessN", "Business\u202eN", 3, "U+202E (right-to-left override"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_an_entry_wants_is_said_with_its_line(folder: Path, what: str):
    old, new, below, says = CHANGES[what]
    edit(folder, old, new)
    (line,) = said(folder)
    assert line.startswith(f"data/sources.bib, line {LINE + below}")
    assert says in line and "; expected " in line


def test_bytes_that_are_no_text_and_files_that_are_none(folder: Path):
    path = folder / "sources.bib"
    path.write_bytes(DIARY.encode() + b"\xe9")
    line = f"data/sources.bib, line {LINE}: found the byte 0xe9; expected text in UTF-8"
    assert said(folder) == [line]
    wanted = "expected the sources of all tables, as BibTeX"
    path.write_bytes(b"")
    assert said(folder) == [f"data/sources.bib: found an empty file; {wanted}"]
    path.unlink()
    assert said(folder) == [f"data/sources.bib: file not found; {wanted}"]


def test_an_entry_that_only_tables_use_cannot_be_deleted(folder: Path):
    edit(folder, DIARY.partition("\n\n")[0], "")
    (line,) = said(folder)
    place = "data/sources.csv, source diary2025"
    assert line.startswith(f"{place}: found 'diary2025, misc, ")
    assert line.endswith(
        "expected no row, as data/sources.bib has it (run `python -m tallybook seal`)"
    )
    with pytest.raises(data.DataError, match=place):
        data.check_all(folder)
    # And sealed, as the message says: now the table itself is named.
    seal(folder)
    assert said(folder) == []
    with pytest.raises(data.DataError) as caught:
        data.check_all(folder)
    place = "data/rain/months.csv, row 2, column source_key"
    assert str(caught.value).startswith(f"{place}: found 'diary2025'; expected a key of sources")
    assert str(caught.value).endswith("; 11 more rows name it")


UNSEALED = {
    '"2019"': ('"2018"', "afp2019: found 'afp2019, misc, AFP, 2019"),
    "@misc{a": ("@online{a", "afp2019: found 'afp2019, misc, AFP, 2018"),
    NEXT: (f'{NEXT}@misc{{c, title = "New"}}', "c: found no row; expected 'c, misc, , , New"),
}


def test_a_bibliography_that_was_changed_and_not_sealed(folder: Path):
    for old, (new, says) in UNSEALED.items():
        edit(folder, old, new)
        (line,) = said(folder)
        assert line.startswith(f"data/sources.csv, source {says}")
        assert line.endswith("as data/sources.bib has it (run `python -m tallybook seal`)")
        seal(folder)


def test_seal_with_a_broken_bibliography_writes_nothing(folder: Path):
    edit(folder, DATED, '-24"\n')
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(
        bibliography.BibliographyError, match=f"^data/sources.bib, line {LINE + 8}, entry afp2019"
    ):
        seal(folder)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("read", "says"),
    [
        ("whole", "Read: the whole text."),
        ("abstract, data", "Read: its abstract or a summary and its data files."),
        (None, "What was read of it is not recorded."),
    ],
)
def test_what_was_read_is_said_in_words(read: str | None, says: str):
    assert source_notes.told(Entry("misc", [("read", read)] if read else [])) == says
