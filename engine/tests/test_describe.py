"""A description is begun from the cells of a table, and learns of a new column; what only the
author knows is asked for by name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import tables
from rooms import EXAMPLE
from tallybook import __main__, data
from tallybook.data import inference, schema, seal

MONTHS = "rain/months.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, with the description of one taken out."""
    made = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))
    text = (made / MONTHS).read_text(encoding="utf-8")
    tables.take(tmp_path, "rain/months")
    (made / MONTHS).write_text(text, encoding="utf-8")
    return made


def rules(lines: list[dict[str, str]]) -> list[str]:
    return [f"{line['column']} {line['type']} {line['rules']}".strip() for line in lines]


def test_what_the_cells_show_is_described_and_what_the_author_knows_is_asked_for(folder: Path):
    _, lines = inference.describe(MONTHS, folder)
    columns = ["month yearmonth key", "rain number", "beans number", "source_key string"]
    assert rules(lines) == columns
    row = 1 + len(schema.lines(folder, schema.TABLES))
    for command in (data.check_all, seal.seal):
        with pytest.raises(data.DataError) as caught:
            command(folder)
        assert str(caught.value).splitlines() == [
            f"data/tables.csv, row {row}, column {column}: found nothing; expected text"
            for column in ("title", "licence", "description")
        ]
    tables.say(folder, "rain/months", title="Rain", description="Made up.", licence="cc0")
    seal.seal(folder)
    data.check_all(folder)
    found = data.describe("rain/months", folder)["schema"]
    assert found["primaryKey"] == ["month"]
    assert found["foreignKeys"][0]["reference"] == {"resource": "sources", "fields": ["key"]}


def test_a_column_that_is_new_or_gone_is_described_and_sealed(folder: Path):
    old = "month,rain,beans,source_key\n2025-01,1.5,0,diary2025\n"
    tables.put(folder.parent, "rain/months", old)
    tables.say(folder, "rain/months", "rain", rules="at least 0", unit="mm")
    changed = "month,frost,rain,source_key\n2025-01,,1.5,diary2025\n"
    (folder / MONTHS).write_text(changed, encoding="utf-8")
    (fault,) = data.faults("rain/months", folder)
    assert fault.endswith(f"run `python -m tallybook describe data/{MONTHS}`)")
    _, lines = inference.describe(MONTHS, folder)
    assert rules(lines) == [
        "month yearmonth key",
        "frost string optional",
        "rain number at least 0",
        "source_key string",
    ]
    assert lines[2]["unit"] == "mm" and lines[0]["table"] == "rain/months"
    assert seal.seal(folder) == [MONTHS]
    data.check_all(folder)


def test_the_type_is_the_narrowest_and_the_key_the_shortest_that_fits(folder: Path):
    for cells, kind in (
        (["1", "-20", "0"], "integer"),
        (["1", "2.5", ""], "number"),
        (["true", "false"], "boolean"),
        (["2019-03", "2019"], "string"),
        (["007"], "string"),
    ):
        found = inference.inferred("table", ["column"], [[cell] for cell in cells])["column"]
        assert (found["type"], "optional" in found["rules"]) == (kind, "" in cells), cells
    rows = [["a", "1", "x"], ["a", "2", "x"], ["b", "1", "x"]]
    found = inference.inferred("table", ["one", "two", "three"], rows)
    assert [line["rules"] for line in found.values()] == ["key", "key", ""]
    for name in (schema.SCHEMA, schema.TABLES):
        (folder / name).unlink()
    _, lines = inference.describe("sources.csv", folder)
    assert {line["type"] for line in lines} == {"string"}  # whatever its first rows are


REFUSED = {
    "data/none.csv": "data/none.csv: file not found; expected the table to describe",
    "data/Été 1.csv": "data/Été 1.csv: found this name; expected small letters, digits, - and _",
    "rain.md": "describe: found 'rain.md'; expected a table in data/, such as data/rain/months.csv",
}


def test_the_command_describes_and_says_what_is_left_to_do_or_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "garden"))
    shutil.copyfile(f"data/{MONTHS}", "data/rain/more.csv")
    before = Path("data/schema.csv").read_bytes()
    for path, says in REFUSED.items():
        with pytest.raises(data.DataError, match=f"^{re.escape(says)}"):
            inference.main(path)
    assert Path("data/schema.csv").read_bytes() == before
    assert __main__.main(["describe", "data/rain/more.csv"]) == 0
    said = capsys.readouterr().out
    assert "month (yearmonth, key), rain (number), beans (number)" in said
    assert "fill in title and licence and description there, and run `python -m tally" in said
    last = schema.lines(Path("data"), schema.TABLES)[-1]
    assert (last["table"], last["title"], last["licence"]) == ("rain/more", "", "")
