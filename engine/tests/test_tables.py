"""Of a table that is not as it is described, every fault is named, once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import tables
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import package, schema
from tallybook.data.seal import seal

MONTHS = "rain/months"
TABLE = f"data/{MONTHS}.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, which a test may spoil."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


def spoil(folder: Path, old: str, new: str, count: int = 1, name: str = f"{MONTHS}.csv") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """All faults of the table; to read it raises the first."""
    lines = list(data.faults(MONTHS, folder))
    with pytest.raises(data.DataError) as caught:
        data.table(MONTHS, folder)
    assert str(caught.value) == lines[0]
    return lines


JANUARY = "2025-01,58.5,0,diary2025"
FEBRUARY = "2025-02,41.0,0,diary2025"
# What is replaced in the table, by what, and what is said of it.
SPOILED = {
    "a digit": ("58.5", "58.4", ": found sha256 "),
    "a row less": (f"{JANUARY}\n", "", ": found sha256 "),
    "no number": ("58.5", "many", ", row 2, column rain: found 'many'; expected a number"),
    "a comma": ("58.5", '"58,5"', ", row 2, column rain: found '58,5'; expected a number with a"),
    "foreign digits": ("58.5", "\u0665", ", row 2, column rain: found '\u0665' with the character"),
    "no month": ("2025-12", "2025-13", ", row 13, column month: found '2025-13'; expected a month"),
    "too little": ("58.5", "-5", ", row 2, column rain: found '-5'; expected a number of at least"),
    "nothing": ("2025-01,", ",", ", row 2, column month: found nothing; expected a month such as"),
    # It would drop out of a sum without a word.
    "an empty number": ("58.5", "", ", row 2, column rain: found nothing; expected a number of at"),
    "an open quotation": ("2025-12", '"2025-12', ", row 13: found a quotation mark that is not cl"),
    "a word behind it": ("2025-12", '"2025"-12', ", row 13: found more text after a closing quo"),
    "an unseen letter": (
        "rain",
        "ra\u200bin",
        ", row 1, column ra\u200bin: found the column 'ra\\u",
    ),
    "another heading": ("rain", "snow", ", row 1, column snow: found the column 'snow'; expected"),
    "a heading more": ("_key\n", "_key,snow\n", ", row 1, column snow: found the column 'snow'; e"),
    "a heading less": (",source_key\n", "\n", ", row 1: found no more columns; expected the 4"),
    "a row twice": (JANUARY, f"{JANUARY}\n{JANUARY}", ", row 3, column month: found a key that s"),
    "a row cut short": ("58.5,0,diary2025", "58", ", row 2, column beans: found no cell; expected"),
    "a row too long": ("58.5,0,", "58,5,0,", ", row 2: found the cell 'diary2025' too many; expec"),
    "a blank row": (JANUARY, f"{JANUARY}\n", ", row 3: found a blank row; expected the 4 columns"),
    "no order": (
        f"{JANUARY}\n{FEBRUARY}",
        f"{FEBRUARY}\n{JANUARY}",
        ", row 3: found a row that does not come after the one above; expected rows by month",
    ),
    "an unknown source": (
        "diary2025",
        "nobody1999",
        ", row 2, column source_key: found 'nobody1999'; expected a key of sources (sources.bib)",
    ),
}


def test_a_spoiled_table_is_refused_with_one_line(folder: Path):
    sound = (folder / f"{MONTHS}.csv").read_text(encoding="utf-8")
    for what, (old, new, says) in SPOILED.items():
        tables.say(folder, MONTHS, order="month" if what == "no order" else "")
        (folder / f"{MONTHS}.csv").write_text(sound, encoding="utf-8")
        spoil(folder, old, new)
        (line,) = faults(folder)
        assert line.startswith(TABLE + says) and "; expected " in line, what


ENCODED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "UTF-16": (lambda text: text.encode("utf-16"), "row 1: found text in UTF-16, or zero bytes"),
    "CRLF": (lambda text: text.replace("\n", "\r\n").encode(), "row 1: found a line that ends wit"),
    "CR": (lambda text: text.replace("8.5", "8.\r").encode(), "row 2: found a line that ends with"),
    "BOM": (lambda text: b"\xef\xbb\xbf" + text.encode(), "row 1: found a byte order mark; expect"),
    "a letter": (lambda text: text.encode().replace(b"41", b"\xc34"), "row 3: found the byte 0xc3"),
}


def test_bytes_that_are_no_plain_text_are_refused(folder: Path):
    path = folder / f"{MONTHS}.csv"
    sound = path.read_text(encoding="utf-8")
    for what, (encode, says) in ENCODED.items():
        path.write_bytes(encode(sound))
        (line,) = faults(folder)
        assert line.startswith(f"{TABLE}, {says}"), what


def test_all_faults_are_named_in_the_order_of_the_rows_which_all_messages_count_alike(folder: Path):
    """A cell with a line break takes two lines of the file: whatever is wrong below it is still in
    the same row."""
    spoil(folder, "2025-02,41.0", '2025-02,"4\n1"')
    spoil(folder, "47.5,0,diary2025", "-5,0,nobody1999")
    spoil(folder, "36.0", "inf")
    assert [line.split(":")[0] for line in faults(folder)] == [
        f"{TABLE}, row 3, column rain",
        f"{TABLE}, row 4, column rain",
        f"{TABLE}, row 4, column source_key",
        f"{TABLE}, row 5, column rain",
    ]


def test_a_source_that_many_rows_name_is_refused_once(folder: Path):
    spoil(folder, "diary2025", "nobody1999", -1)
    (line,) = faults(folder)
    assert line.endswith("; 11 more rows name it")


def test_of_very_many_faults_some_are_named_and_all_are_counted(folder: Path):
    spoil(folder, ".5,", ".5.5,", -1)
    spoil(folder, ".0,", ".0.0,", -1)
    lines = faults(folder)
    assert len(lines) == 11 and lines[-1] == f"{TABLE}: and 2 more"


def test_a_fault_of_the_sources_is_named_there_and_not_in_the_tables_that_name_them(folder: Path):
    spoil(folder, "diary2025,misc", "zz2022,misc", name="sources.csv")
    (line,) = data.faults("sources", folder)
    assert data.faults(MONTHS, folder) == ()
    with pytest.raises(data.DataError) as caught:
        data.table(MONTHS, folder)
    assert str(caught.value) == line


def test_a_table_that_is_gone_or_was_never_there(folder: Path):
    (folder / f"{MONTHS}.csv").unlink()
    assert faults(folder)[0].startswith(f"{TABLE}: file not found")
    with pytest.raises(data.DataError, match="no table named 'rain/days'; expected one of: sourc"):
        data.table("rain/days", folder)


def test_a_table_that_was_found_sound_is_not_checked_again_until_it_or_a_parent_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    looked: list[str] = []
    check = package.validation.faults

    def noting(resource: dict, *rest: object) -> list[str]:
        if resource.get("type") == "table":
            looked.append(resource["path"])
        return check(resource, *rest)

    def again() -> list[str]:
        """The tables that another process would check."""
        for function in (package._faults, package._check):
            function.cache_clear()
        looked.clear()
        data.check_all(folder)
        return looked

    monkeypatch.setattr(package.validation, "faults", noting)
    assert len(again()) == len(data.names(folder)) and again() == []
    spoil(folder, "58.5", "58.4")
    with pytest.raises(data.DataError, match="found sha256 .*tallybook seal"):
        data.check_all(folder)
    seal(folder)
    assert again() == [f"{MONTHS}.csv"]
    tables.say(folder, "rain/flips", "least", rules="at most 9")
    assert again() == ["rain/flips.csv"]
    spoil(folder, 'year = "2026"', 'year = "2027"', name="sources.bib")
    seal(folder)
    assert again() == ["sources.csv", f"{MONTHS}.csv", "claims.csv"]
    (folder.parent / package.CHECKED).unlink()
    assert len(again()) == len(data.names(folder))


# What is said of it

# A file, what is replaced in it, by what, and what is said of it.
SAID = {
    "a type": (
        schema.SCHEMA,
        "month,yearmonth",
        "month,month",
        "row 11, column type: found 'month'",
    ),
    "a rule": (
        schema.SCHEMA,
        "at least 0",
        "from 0",
        "row 12, column rules: found 'from 0'; expecte",
    ),
    "a limit": (
        schema.SCHEMA,
        "at least 0",
        "at least x",
        "row 12, column rules: found 'at least x'",
    ),
    "a pattern": (
        schema.SCHEMA,
        "month,key",
        "month,key; like [",
        "row 11, column rules: found 'like",
    ),
    "a look-up": (
        schema.SCHEMA,
        "says,string,",
        "says,string,in rain/days.day; ",
        "table rain/answe",
    ),
    "a column twice": (
        schema.SCHEMA,
        "beans,number",
        "rain,number",
        "row 13, column table, column:",
    ),
    "no key": (
        schema.SCHEMA,
        "month,yearmonth,key",
        "month,yearmonth,",
        "row 4, column table: foun",
    ),
    "a table unknown": (
        schema.SCHEMA,
        "documents,title",
        "books,title",
        "row 29, column table: found",
    ),
    "a row too short": (
        schema.SCHEMA,
        "rain/months,beans,",
        "beans,",
        "row 13, column description: fo",
    ),
    "a header": (
        schema.TABLES,
        "title,licence",
        "name,licence",
        "row 1, column name: found the colum",
    ),
    "a table twice": (
        schema.TABLES,
        "documents,",
        "claims,",
        "row 6, column table: found a key that",
    ),
    "a way up": (
        schema.TABLES,
        "documents,",
        "../x.json,",
        "row 6, column table: found '../x.json'",
    ),
    "a licence": (
        schema.TABLES,
        "Documents,cc0",
        "Documents,mit",
        "row 6, column licence: found 'mit",
    ),
    "an order": (
        schema.TABLES,
        "month,cc0,",
        "month,cc0,year",
        "row 4, column order: found 'year'; ",
    ),
    "no title": (
        schema.TABLES,
        "documents,Documents",
        "documents,",
        "row 6, column title: found noth",
    ),
    "no licence": (
        schema.TABLES,
        "Documents,cc0",
        "Documents,",
        "row 6, column licence: found noth",
    ),
    "no source": (
        schema.TABLES,
        "cc0,,Our own choice for this example,Do",
        "cc0,,,Do",
        "row 6, colu",
    ),
    "an address": (schema.LICENCES, "https:", "javascript:", "row 2, column path: "),
    "no bytes": (
        schema.LICENCES,
        "cc0,CC0",
        ",CC0",
        "row 2, column licence: found nothing; expected",
    ),
}


def test_what_is_said_wrongly_of_a_table_is_refused_with_its_place(folder: Path):
    for what, (file, old, new, says) in SAID.items():
        sound = (folder / file).read_text(encoding="utf-8")
        spoil(folder, old, new, name=file)
        with pytest.raises(data.DataError) as caught:
            data.check_all(folder)
        first = str(caught.value).splitlines()[0]
        assert f", {says}" in first and "; expected " in first, (what, first)
        (folder / file).write_text(sound, encoding="utf-8")
    (folder / schema.TABLES).unlink()
    with pytest.raises(
        data.DataError, match=r"data/tables.csv: file not found; expected the colum"
    ):
        data.check_all(folder)


def test_keys_of_several_columns_are_looked_up_together(folder: Path):
    spoil(
        folder,
        "key,,The document\n",
        "key; in rain/settles.document_id,,The document\n",
        name=schema.SCHEMA,
    )
    spoil(
        folder,
        "rain/answers,claim_id,string,key",
        "rain/answers,claim_id,string,key; in rain/settles.claim_id",
        name=schema.SCHEMA,
    )
    data.check_all(folder)
    spoil(folder, "neighbour-beans,", "neighbour-rain,", name="rain/answers.csv")
    seal(folder)
    (line,) = data.faults("rain/answers", folder)
    assert "row 2, column claim_id, document_id: found 'neighbour-rain', " in line
    assert line.endswith("expected a key of rain/settles (table rain/settles)")


def test_rows_may_fall_and_words_go_in_their_own_order(folder: Path):
    for order, row in (("rain falling", 4), ("source_key; month", 0), ("rain", 3)):
        tables.say(folder, MONTHS, order=order)
        found = "".join(data.faults(MONTHS, folder))
        assert (f", row {row}: found a row that does not" in found) == bool(row), order
