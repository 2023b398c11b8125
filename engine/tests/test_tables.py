"""Of a table that is not as it is described, every fault is named, with its file, row and column;
nothing that is not described lies beside it, and nothing changes unless it is meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import tables
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import cells, schema
from tallybook.data.seal import NOT_THERE, package, seal

MONTHS = "rain/months"
TABLE = f"data/{MONTHS}.csv"
JANUARY = "2025-01,58.5,0,diary2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, which a test may spoil."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


def spoil(folder: Path, old: str, new: str, name: str = f"{MONTHS}.csv") -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is replaced in the table, by what, and what is said of it.
SPOILED = (
    ("58.5", "many", ", row 2, column rain: found 'many'; expected a number in plain digits"),
    ("2025-12", "2025-13", ", row 13, column month: found '2025-13'; expected a month"),
    # It would drop out of a sum without a word.
    ("58.5", "", ", row 2, column rain: found nothing; expected a number in plain digits such as"),
    ("2025-12", '"2025-12', ", row 13: found unexpected end of data; expected CSV"),
    ("rain", "snow", ", row 1: found the columns 'month', 'snow', 'beans', 'source_key'; expected"),
    (JANUARY, f"{JANUARY}\n{JANUARY}", ", row 3, column month: found the key of row 2; expected"),
    ("58.5,0,diary2025", "58", ", row 2: found 2 cells; expected 4"),
    (
        "diary2025",
        "nobody1999",
        ", row 2, column source_key: found 'nobody1999'; expected a key of",
    ),
    ("58.5", "58.5\r", ", row 2: found a line that ends with CR or CRLF; expected LF"),
)


def test_a_spoiled_table_is_refused_with_one_line_and_not_sealed(folder: Path):
    sound = (folder / f"{MONTHS}.csv").read_bytes()
    for old, new, says in SPOILED:
        (folder / f"{MONTHS}.csv").write_bytes(sound.replace(old.encode(), new.encode(), 1))
        before = contents(folder)
        (line,) = data.faults(MONTHS, folder)
        assert line.startswith(TABLE + says) and "; expected " in line, new
        with pytest.raises(data.DataError) as caught:
            data.table(MONTHS, folder)
        assert str(caught.value) == line
        if new != "nobody1999":  # which a change of the sources may be about to mend
            with pytest.raises(data.DataError) as caught:
                seal(folder)
            assert str(caught.value) == line and contents(folder) == before
    for content, says in {
        b"": ", row 1: found nothing; expected a header and at least one row",
        b"\xef\xbb\xbf" + sound: ", row 1: found a byte order mark; expected UTF-8 without one",
        sound.replace(b"41", b"\xc34"): ", row 3: found the byte 0xc3; expected text in UTF-8",
    }.items():
        (folder / f"{MONTHS}.csv").write_bytes(content)
        assert data.faults(MONTHS, folder) == (TABLE + says,)
    (folder / f"{MONTHS}.csv").unlink()
    assert data.faults(MONTHS, folder)[0].startswith(f"{TABLE}: file not found")
    with pytest.raises(data.DataError, match="no table named 'rain/days'; expected one of: sourc"):
        data.table("rain/days", folder)


def test_all_faults_are_named_in_the_order_of_the_rows_and_of_very_many_the_first(folder: Path):
    spoil(folder, "2025-02,41.0", '2025-02,"4\n1"')
    spoil(folder, "47.5,0,diary2025", "-5,0,nobody1999")
    spoil(folder, "36.0", "inf")
    assert [line.split(":")[0] for line in data.faults(MONTHS, folder)] == [
        f"{TABLE}, row 3, column rain",
        f"{TABLE}, row 4, column rain",
        f"{TABLE}, row 4, column source_key",
        f"{TABLE}, row 5, column rain",
    ]
    for month in range(1, 13):
        spoil(folder, f"2025-{month:02}", f"2025-{month:03}")
    lines = data.faults(MONTHS, folder)
    assert len(lines) == 11 and lines[-1] == f"{TABLE}: and 6 more"


def test_a_fault_of_the_sources_is_named_there_and_not_in_the_tables_that_name_them(folder: Path):
    spoil(folder, "diary2025,misc", "zz 2022,misc,", name="sources.csv")
    (line,) = data.faults("sources", folder)
    assert data.faults(MONTHS, folder) == ()
    with pytest.raises(data.DataError) as caught:
        data.table(MONTHS, folder)
    assert str(caught.value) == line


def test_a_sound_change_is_sealed_together_with_its_sources(folder: Path):
    spoil(folder, "41.0", "42.0")
    (line,) = data.faults(MONTHS, folder)
    assert line.startswith(f"{TABLE}: found sha256 ") and "`python -m tallybook seal`" in line
    spoil(folder, '2025"\n', '2024"\n', name="sources.bib")
    assert seal(folder) == ["sources.csv", f"{MONTHS}.csv"]
    data.check_all(folder)
    months = package(folder, "garden", {})["resources"][1]
    assert months["sources"][0]["title"].startswith("Gardener, Ada, 2024.")
    assert seal(folder) == []


def test_every_stray_is_named_and_a_described_file_need_not_be_a_table(folder: Path):
    strays = [".env", "deep/er/notes.txt", "rain/months.xlsx", "sources.csv~"]
    for name in strays:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    lines = schema.lines(folder, schema.TABLES)
    lines.append(lines[-1] | {"table": "rain/map.json", "title": "A map", "source": "A test"})
    schema.write(folder, schema.TABLES, lines)
    said = ": found a file that is not described; expected only what tables.csv describes, as all "
    with pytest.raises(data.DataError) as caught:
        data.check_all(folder)
    assert str(caught.value).splitlines() == [
        *(f"data/{name}{said}of data/ is published" for name in strays),
        f"data/rain/map.json: {NOT_THERE}",
    ]
    for name in strays:
        (folder / name).unlink()
    (folder / "rain/map.json").write_text("[]\n", encoding="utf-8")
    with pytest.raises(data.DataError, match="data/rain/map.json: found sha256"):
        data.check_all(folder)
    assert seal(folder) == ["rain/map.json"]
    data.check_all(folder)
    made = package(folder, "garden", {})["resources"][-1]
    assert (made["path"], made["mediatype"]) == ("rain/map.json", "application/json")


# What is said of it: a file, what is replaced in it, by what, and what is said then.
SAID = (
    (schema.SCHEMA, "month,yearmonth", "month,month", "row 11, column type: found 'month'"),
    # What was found sound is checked again.
    (schema.SCHEMA, "at least 0", "at least 50", "row 3, column rain: found '41.0'"),
    (schema.SCHEMA, "at least 0", "from 0", "row 12, column rules: found 'from 0' (a column of"),
    (schema.SCHEMA, "month,key", "month,key; like [", "row 11, column rules: found 'key; like"),
    (schema.SCHEMA, "held_by,string,", "held_by,string,in a/b.c", "table documents"),
    (schema.SCHEMA, "month,yearmonth,key", "month,yearmonth,", "row 4, column table: found a ta"),
    (schema.TABLES, "documents,", "../x.json,", "row 7, column table: found '../x.json'"),
    (schema.TABLES, "cc0,Our own choice for this example,Do", "cc0,,Do", "row 7, column source: "),
    (schema.LICENCES, "https:", "javascript:", "row 2, column path: found 'javascript:"),
)


def test_what_is_said_wrongly_of_a_table_is_refused_with_its_place(folder: Path):
    data.check_all(folder)
    for file, old, new, says in SAID:
        sound = (folder / file).read_text(encoding="utf-8")
        spoil(folder, old, new, name=file)
        with pytest.raises(data.DataError) as caught:
            data.check_all(folder)
        first = str(caught.value).splitlines()[0]
        assert f", {says}" in first and "; expected " in first, (new, first)
        (folder / file).write_text(sound, encoding="utf-8")
    (folder / schema.TABLES).unlink()
    with pytest.raises(data.DataError, match=r"data/tables.csv: file not found; expected the colu"):
        data.check_all(folder)


def test_keys_of_several_columns_are_looked_up_together(folder: Path):
    tables.put(folder.parent, "rain/wet", "garden,month\nthe garden by the school,2025-09\n")
    for column in ("garden", "month"):
        tables.say(folder, "rain/wet", column, rules=f"key; in rain/pots.{column}")
    data.check_all(folder)
    spoil(folder, "-09", "-06", name="rain/wet.csv")
    seal(folder)
    (line,) = data.faults("rain/wet", folder)
    assert "row 2, column garden, month: found 'the garden by the school', '2025-06'" in line
    assert line.endswith("expected a key of rain/pots (data/rain/pots.csv)")


# Cells of each type that are not written plainly, and some that are.
NOT_PLAIN = {
    "number": "inf|nan|1e5|1_000|\u0663|\uff13| 21 |\u00a021|-0|-0.0|+5|05|.5|5.|0x10|1,000.5|--5"
    "|9999999999999999|0.1111111111111111",
    "integer": "1_0|\u0663| 21|-0|3.0|1e3|9999999999999999|+7",
    "date": "2019-1-1|2019-02-30|\u0662019-01-01|2019-01-01 ",
    "boolean": "True|1|yes| true",
    "string": " Said|Said |\u202fSaid|=1+1|+cmd!A0|@SUM(A1)|-2+3+cmd|\uff1d1+1"
    "|Wo\u200brk|Wo\ufeffrk|Work \u202egnitaluger|Wo\x1b[31mrk|Wo\trk|Work\u2028more|Work\nmore",
}
PLAIN = {
    "number": "0|0.0|-0.5|12.50|-71.06|999999999999999",
    "integer": "0|7|-7|999999999999999",
    "boolean": "true|false",
    "date": "2019-03-31",
    "yearmonth": "2019-03",
    "string": "+47%|-13.1%; implies 446.6 for 2021 against 447.3 published|-5 -3 2|-1.5 to +3"
    "|a = b|a - b; c|56.1\u202f%|\u00e9t\u00e9|\u6570\u5b57|Rock 'n' \"roll\"|x@y.org",
}


def test_only_plain_cells_get_in():
    for kind, text in PLAIN.items():
        for cell in text.split("|"):
            assert cells.fault(cell, kind) is None, (kind, cell)
    for kind, text in NOT_PLAIN.items():
        for cell in text.split("|"):
            says = cells.fault(cell, kind) or ""
            assert says.startswith("found ") and "; expected " in says, (kind, cell)
            assert says.isprintable()
