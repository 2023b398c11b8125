"""A description is begun from the cells of a table; what only the author knows is asked for by
name."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from rooms import EXAMPLE
from tallybook import __main__, data
from tallybook.data import descriptions, inference, seal

MONTHS = "rain/months.csv"
FILLED = {
    "title": "Rain",
    "description": "Made up.",
    "licenses": [{"title": "Public domain", "path": "https://example.org"}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, with the description of one taken out."""
    made = Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))
    package = data.descriptor(made)
    package["resources"] = [one for one in package["resources"] if one["path"] != MONTHS]
    seal.write(package, made)
    return made


def fill(folder: Path, words: dict[str, object]) -> None:
    package = data.descriptor(folder)
    package["resources"][-1].update(words)
    seal.write(package, folder)


def test_types_key_and_sources_come_from_the_cells(folder: Path):
    described = data.describe("rain/months", EXAMPLE / "data")["schema"]
    found = inference.describe(MONTHS, folder)["schema"]
    for ours, theirs in zip(found["fields"], described["fields"], strict=True):
        assert ours == {key: theirs[key] for key in ("name", "type")} | {
            "constraints": {"required": True}
        }
    assert all(found[key] == described[key] for key in ("primaryKey", "foreignKeys"))


def test_a_resource_that_is_no_table_and_has_no_schema_is_passed_over(folder: Path):
    package = data.descriptor(folder)
    (folder / "rain/map.json").write_text("{}", encoding="utf-8")
    digest = hashlib.sha256(b"{}").hexdigest()
    named = {"name": "rain-map", "path": "rain/map.json", "hash": f"sha256:{digest}"}
    package["resources"].insert(0, named)
    seal.write(package, folder)
    assert inference.describe(MONTHS, folder)["schema"]["primaryKey"]


def test_what_the_author_knows_is_asked_for_by_name(folder: Path):
    inference.describe(MONTHS, folder)
    before = (folder / "datapackage.json").read_bytes()
    place = "data/datapackage.json, table rain-months"
    words = "expected words that say what the table holds"
    terms = "one or more, each with a title and a path, and a name if it is a licence"
    asked = [f"{place}: found no {key}; {words}" for key in ("title", "description")]
    asked.append(f"{place}, licenses: found none; expected {terms}")
    assert list(data.faults("rain/months", folder))[:3] == asked
    with pytest.raises(data.DataError) as caught:
        seal.seal(folder)
    assert str(caught.value).splitlines() == asked
    assert (folder / "datapackage.json").read_bytes() == before
    fill(folder, FILLED)
    assert seal.seal(folder) == [MONTHS]
    data.check_all(folder)


def test_nothing_is_asked_about_the_tables_of_the_engine(folder: Path):
    package = data.descriptor(folder)
    described = {one["path"]: one for one in package["resources"]}
    own = [path for path in described if path != "sources.csv"]
    assert len(own) == 6
    package["resources"] = [described["sources.csv"]]
    seal.write(package, folder)
    for path in own:
        found = inference.describe(path, folder)
        assert found["title"] and found["description"] and found["schema"]["primaryKey"]
        assert found["licenses"] == described["sources.csv"]["licenses"]
    inference.describe(MONTHS, folder)
    fill(folder, FILLED)
    assert seal.seal(folder) == [*own, MONTHS]
    data.check_all(folder)


def test_the_table_of_sources_holds_texts_whatever_its_first_rows_are(folder: Path):
    seal.write({"name": "garden", "resources": []}, folder)
    found = inference.describe("sources.csv", folder)
    assert {field["type"] for field in found["schema"]["fields"]} == {"string"}
    assert (found["title"], found["licenses"]) == ("Sources", [])  # the licence is the author's


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-20", "0"], "integer"),
        (["1", "2.5", ""], "number"),
        (["true", "false"], "boolean"),
        (["2019-03-31"], "date"),
        (["2019-03"], "yearmonth"),
        (["2019-03", "2019"], "string"),
        (["007"], "string"),
        (["1e3"], "string"),
        ([""], "string"),
    ],
)
def test_the_type_of_a_column_is_the_narrowest_that_fits(cells: list[str], kind: str):
    (field,) = inference.inferred("table.csv", ["column"], [[cell] for cell in cells])["fields"]
    assert field["type"] == kind
    assert ("constraints" in field) == ("" not in cells)


def test_the_key_is_the_fewest_columns_that_tell_all_rows_apart():
    rows = [["a", "1", "x"], ["a", "2", "x"], ["b", "1", "x"]]
    assert inference.inferred("table.csv", ["one", "two", "three"], rows)["primaryKey"] == [
        "one",
        "two",
    ]


def test_a_table_with_the_columns_of_another_gets_its_schema(folder: Path):
    inference.describe(MONTHS, folder)
    package = data.descriptor(folder)
    said = {"description": "In mm", "constraints": {"minimum": 0}}
    package["resources"][-1]["schema"]["fields"][1] |= said
    seal.write(package, folder)
    shutil.copyfile(folder / MONTHS, folder / "rain/later.csv")
    later = inference.describe("rain/later.csv", folder)["schema"]["fields"][1]
    assert later["description"] == "In mm"
    colder = (folder / MONTHS).read_text(encoding="utf-8").replace("41.0", "-41.0")
    (folder / "rain/colder.csv").write_text(colder, encoding="utf-8")
    assert "description" not in inference.describe("rain/colder.csv", folder)["schema"]["fields"][1]


PLAIN = "expected text without spaces around it"
DIFFERENT = "expected a different name for each"
FAULTY = {
    "a short row": (
        "a,b\n1,2\n3\n",
        "row 3, column b: found a missing cell; expected the 2 columns",
    ),
    "spaces": (
        "a,b\n1, 2\n",
        "row 2, column b: found ' 2'; expected text without spaces around it",
    ),
    "equal rows": ("a,b\n1,2\n1,2\n", "row 3, column a, b: found a key that stands in the table"),
    "no row": ("a,b\n", "row 2: found no row below the header"),
    "nothing": ("", "row 1: found an empty file"),
    "a heading twice": ("a,a\n1,2\n", f"row 1: found the columns 'a', 'a'; {DIFFERENT}"),
    "no heading": ("a,\n1,2\n", f"row 1: found the columns 'a', ''; {DIFFERENT}"),
    "an open quotation mark": ('a,b\n"1,2\n', "row 2: found a quotation mark that is not closed"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_table_with_faults_is_not_described(folder: Path, what: str):
    text, said = FAULTY[what]
    (folder / "new.csv").write_text(text, encoding="utf-8")
    before = (folder / "datapackage.json").read_bytes()
    with pytest.raises(data.DataError) as caught:
        inference.describe("new.csv", folder)
    assert str(caught.value).startswith(f"data/new.csv, {said}")
    assert (folder / "datapackage.json").read_bytes() == before


REFUSED = {
    "data/none.csv": "data/none.csv: file not found; expected the table to describe",
    "data/Été 1.csv": (
        "data/Été 1.csv: found this name; expected small letters, digits, - and _, then .csv"
    ),
    "rain.md": "describe: found 'rain.md'; expected a table in data/, such as data/rain/months.csv",
    f"data/{MONTHS}": (
        f"data/datapackage.json: found a description of data/{MONTHS}; expected a table that has"
        " none"
    ),
}


@pytest.mark.parametrize("path", REFUSED)
def test_the_command_says_what_it_expected(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(EXAMPLE)
    before = (EXAMPLE / "data/datapackage.json").read_bytes()
    assert inference.main(path) == 1
    assert capsys.readouterr().err == f"{REFUSED[path]}\n"
    assert (EXAMPLE / "data/datapackage.json").read_bytes() == before


def test_the_command_describes_and_says_what_is_left_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "garden"))
    shutil.copyfile(f"data/{MONTHS}", "data/rain/more.csv")
    assert __main__.main(["describe", "data/rain/more.csv"]) == 0
    columns = "month (yearmonth), rain (number), beans (number), source_key (string)"
    assert f"Columns: {columns}. Key: month." in capsys.readouterr().out
    last = json.loads(Path("data/datapackage.json").read_text(encoding="utf-8"))["resources"][-1]
    assert (last["name"], last["title"], last["licenses"]) == ("rain-more", "", [])


ROWS, ORDER = (
    "the columns that tell rows apart",
    "columns of the table, with - before one that falls",
)
KEY, NO_KEY = "fields, and a reference with resource and fields", {"fields": ["key"]}
OPEN = "'[' (unterminated character set at position 0)"
LETTERS = {"type": "number", "constraints": {"minimum": "0"}}
# The fault of the second resource, and the part that has it.
SHAPES = {
    'resource 2, path: found ["a.csv"]; expected a text': {"path": ["a.csv"]},
    "resource 2, hash: found 7; expected a text": {"hash": 7},
    "resource 2, name: found null; expected a text": {"name": None},
    "resource 2: found the name 'one', as in resource 1; expected each name once": {"name": "one"},
    "resource 2: found the path 'one.csv', as in resource 1; expected each path once": {
        "path": "./one.csv"
    },
    'table two, schema: found "s.json"; expected an object': {"schema": "s.json"},
    "table two, fields: found {}; expected a list": {"schema": {"fields": {}}},
    "table two, field 1: found 7; expected an object with a name and a type": {
        "schema": {"fields": [7]}
    },
    "table two, field 1, name: found 7; expected a text": {"field": {"name": 7}},
    "table two, field 1, type: found 7; expected a text": {"field": {"type": 7}},
    "table two, field 1, constraints: found []; expected an object": {"field": {"constraints": []}},
    "table two, column key, pattern: found 7; expected a text": {
        "field": {"constraints": {"pattern": 7}}
    },
    f"table two, column key, pattern: found {OPEN}; expected a regular expression": {
        "field": {"constraints": {"pattern": "["}}
    },
    'table two, column key, minimum: found "0"; expected a number': {"field": LETTERS},
    f"table two, primaryKey: found []; expected {ROWS}": {"keys": {"primaryKey": []}},
    "table two, foreignKeys: found {}; expected a list": {"keys": {"foreignKeys": {}}},
    f'table two, foreign key 1: found {{"fields": ["key"]}}; expected {KEY}': {
        "keys": {"foreignKeys": [NO_KEY]}
    },
    f'table two, order: found "-year"; expected {ORDER}': {"order": ["key", "-year"]},
    'table two, licenses: found "mine"; expected objects with a title': {"licenses": ["mine"]},
    "table two, sources: found 7; expected a list": {"sources": 7},
}


def described(name: str, said: dict[str, object]) -> dict[str, object]:
    """The description of a table that is sound but for what is said here, of the table, its one
    ``field`` or its ``keys``."""
    field = {"name": "key", "type": "string"} | dict(said.pop("field", {}))  # type: ignore[call-overload]
    schema = {"fields": [field], "primaryKey": ["key"]} | dict(said.pop("keys", {}))  # type: ignore[call-overload]
    return {"name": name, "path": f"{name}.csv", "hash": "", "schema": schema} | said


@pytest.mark.parametrize("fault", SHAPES)
def test_a_description_of_another_shape_is_refused_before_it_is_used(fault: str):
    sound = described("one", {})
    assert descriptions.package_fault({"resources": [sound, described("two", {})]}) is None
    found = descriptions.package_fault({"resources": [sound, described("two", {**SHAPES[fault]})]})
    assert found == fault


def test_a_description_that_is_no_object_is_refused():
    wanted = "expected a name, a path, a hash, and a schema if it is a table"
    found = descriptions.package_fault({"resources": [described("one", {}), 7]})
    assert found == f"resource 2: found 7; {wanted}"


def test_the_first_description_begins_the_file(tmp_path: Path):
    folder = tmp_path / "report" / "data"
    folder.mkdir(parents=True)
    (folder / "one.csv").write_text("key,value\na,1\n", encoding="utf-8")
    inference.describe("one.csv", folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    [one] = package["resources"]
    assert (package["name"], one["path"]) == ("report", "one.csv")
