"""A description is begun from the cells of a table, and learns of a new column; what only the
author knows is asked for by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import tables
from rooms import EXAMPLE
from tallybook import __main__, data
from tallybook.data import inference, schema, seal

MONTHS = "rain/months.csv"
HEADER = "month,rain,beans,source_key\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, with the description of one taken out."""
    made = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))
    text = (made / MONTHS).read_text(encoding="utf-8")
    tables.take(tmp_path, "rain/months")
    (made / MONTHS).write_text(text, encoding="utf-8")
    return made


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fill(folder: Path) -> None:
    tables.say(folder, "rain/months", title="Rain", description="Made up.", licence="cc0")


def test_types_key_and_sources_come_from_the_cells(folder: Path):
    _, lines = inference.describe(MONTHS, folder)
    assert [(line["column"], line["type"], line["rules"]) for line in lines] == [
        ("month", "yearmonth", "key"),
        ("rain", "number", ""),
        ("beans", "number", ""),
        ("source_key", "string", ""),
    ]
    fill(folder)
    found = data.describe("rain/months", folder)["schema"]
    assert found["primaryKey"] == ["month"]
    assert found["foreignKeys"][0]["reference"] == {"resource": "sources", "fields": ["key"]}


def test_what_the_author_knows_is_asked_for_by_name(folder: Path):
    inference.describe(MONTHS, folder)
    before = contents(folder)
    row = 1 + len(schema.lines(folder, schema.TABLES))
    asked = [
        f"data/tables.csv, row {row}, column {column}: found nothing; expected text in every row"
        for column in ("title", "licence", "description")
    ]
    for command in (data.check_all, seal.seal):
        with pytest.raises(data.DataError) as caught:
            command(folder)
        assert str(caught.value).splitlines() == asked and contents(folder) == before
    fill(folder)
    seal.seal(folder)
    data.check_all(folder)


def test_a_column_that_is_new_or_gone_is_described_and_sealed(folder: Path):
    tables.put(folder.parent, "rain/months", f"{HEADER}2025-01,1.5,0,diary2025\n")
    tables.say(folder, "rain/months", "rain", rules="at least 0", unit="mm")
    (folder / MONTHS).write_text("month,frost,rain,source_key\n2025-01,,1.5,diary2025\n")
    (fault,) = data.faults("rain/months", folder)
    place = f"data/{MONTHS}, row 1, column frost: found the column 'frost'; expected the 4 columns"
    assert fault.startswith(place)
    assert fault.endswith(f"run `python -m tallybook describe data/{MONTHS}`)")
    inference.describe(MONTHS, folder)
    lines = [line for line in schema.lines(folder, schema.SCHEMA) if line["table"] == "rain/months"]
    assert [(line["column"], line["rules"], line["unit"]) for line in lines] == [
        ("month", "key", ""),
        ("frost", "optional", ""),
        ("rain", "at least 0", "mm"),
        ("source_key", "", ""),
    ]
    assert seal.seal(folder) == [MONTHS]
    data.check_all(folder)


def test_the_table_of_sources_holds_texts_whatever_its_first_rows_are(folder: Path):
    for name in (schema.SCHEMA, schema.TABLES):
        (folder / name).unlink()
    _, lines = inference.describe("sources.csv", folder)
    assert {line["type"] for line in lines} == {"string"}


TYPES = (
    (["1", "-20", "0"], "integer"),
    (["1", "2.5", ""], "number"),
    (["true", "false"], "boolean"),
    (["2019-03-31"], "date"),
    (["2019-03"], "yearmonth"),
    (["2019-03", "2019"], "string"),
    (["007"], "string"),
    (["1e3"], "string"),
    ([""], "string"),
)


def test_the_type_of_a_column_is_the_narrowest_that_fits():
    for cells, kind in TYPES:
        found = inference.inferred("table", ["column"], [[cell] for cell in cells])["column"]
        assert (found["type"], "optional" in found["rules"]) == (kind, "" in cells), cells


def test_the_key_is_the_fewest_columns_that_tell_all_rows_apart():
    rows = [["a", "1", "x"], ["a", "2", "x"], ["b", "1", "x"]]
    found = inference.inferred("table", ["one", "two", "three"], rows)
    assert [line["rules"] for line in found.values()] == ["key", "key", ""]


def test_a_table_with_the_columns_of_another_is_described_like_it(folder: Path):
    inference.describe(MONTHS, folder)
    tables.say(folder, "rain/months", "rain", description="In mm", rules="at least 0")
    shutil.copyfile(folder / MONTHS, folder / "rain/later.csv")
    assert inference.describe("rain/later.csv", folder)[1][1]["description"] == "In mm"
    colder = (folder / MONTHS).read_text(encoding="utf-8").replace("41.0", "-41.0")
    (folder / "rain/colder.csv").write_text(colder, encoding="utf-8")
    assert inference.describe("rain/colder.csv", folder)[1][1]["description"] == ""


DIFFERENT = "expected a different name for each"
FAULTY = {
    "a,b\n1,2\n3\n": "row 3, column b: found no cell; expected the 2 columns",
    "a,b\n1, 2\n": "row 2, column b: found ' 2'; expected text without spaces around it",
    "a,b\n1,2\n1,2\n": "row 3, column a, b: found a key that stands in row 2 already; expected",
    "a,b\n": "row 2: found no row below the header",
    "": "row 1: found an empty file",
    "a,a\n1,2\n": f"row 1: found the columns 'a', 'a'; {DIFFERENT}",
    "a,\n1,2\n": f"row 1: found the columns 'a', ''; {DIFFERENT}",
    'a,b\n"1,2\n': "row 2: found a quotation mark that is not closed",
}


def test_a_table_with_faults_is_not_described(folder: Path):
    for text, said in FAULTY.items():
        (folder / "new.csv").write_text(text, encoding="utf-8")
        before = contents(folder)
        with pytest.raises(data.DataError) as caught:
            inference.describe("new.csv", folder)
        assert str(caught.value).startswith(f"data/new.csv, {said}")
        assert contents(folder) == before


REFUSED = {
    "data/none.csv": "data/none.csv: file not found; expected the table to describe",
    "data/Été 1.csv": (
        "data/Été 1.csv: found this name; expected small letters, digits, - and _, then .csv"
    ),
    "rain.md": "describe: found 'rain.md'; expected a table in data/, such as data/rain/months.csv",
    f"data/{MONTHS}": (
        f"data/schema.csv: found all columns of data/{MONTHS}; expected one that is new or gone"
    ),
}


def test_the_command_says_what_it_expected(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(EXAMPLE)
    before = contents(EXAMPLE / "data")
    for path, says in REFUSED.items():
        assert inference.main(path) == 1
        assert capsys.readouterr().err == f"{says}\n"
    assert contents(EXAMPLE / "data") == before


def test_the_command_describes_and_says_what_is_left_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "garden"))
    shutil.copyfile(f"data/{MONTHS}", "data/rain/more.csv")
    assert __main__.main(["describe", "data/rain/more.csv"]) == 0
    said = capsys.readouterr().out
    assert "month (yearmonth, key), rain (number, at least 0), beans (number, at least 0)" in said
    assert "fill in title and licence and description there, and run `python -m tally" in said
    last = schema.lines(Path("data"), schema.TABLES)[-1]
    assert (last["table"], last["title"], last["licence"]) == ("rain/more", "", "")
