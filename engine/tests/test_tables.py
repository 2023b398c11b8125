"""Of a table that is not as it is described, every fault is named, once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rooms import EXAMPLE
from tallybook import data
from tallybook.data import validation
from tallybook.data.package import checked_fingerprint
from tallybook.data.seal import seal

MONTHS = "rain/months"
TABLE = f"data/{MONTHS}.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tables of the example, which a test may spoil."""
    return Path(shutil.copytree(EXAMPLE / "data", tmp_path / "data"))


def spoil(folder: Path, old: str, new: str, count: int = 1) -> None:
    path = folder / f"{MONTHS}.csv"
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
# What is replaced in the table, by what, and what is said of it.
SPOILED = {
    "a digit": ("58.5", "58.4", ": found sha256 "),
    "a row less": (f"{JANUARY}\n", "", ": found sha256 "),
    "no number": ("58.5", "many", ", row 2, column rain: found 'many'; expected a number"),
    "a comma": ("58.5", '"58,5"', ", row 2, column rain: found '58,5'; expected a number with a"),
    "foreign digits": ("58.5", "\u0665", ", row 2, column rain: found '\u0665' with the character"),
    "no month": ("2025-12", "2025-13", ", row 13, column month: found '2025-13'; expected a month"),
    "an open quotation": ("2025-12", '"2025-12', ", row 13: found a quotation mark that is not cl"),
    "a word behind it": ("2025-12", '"2025"-12', ", row 13: found more text after a closing quo"),
    "an unseen letter": (
        "rain",
        "ra\u200bin",
        ", row 1, column rain: found an incorrect label 'ra\\u2",
    ),
    "another heading": (
        "rain",
        "snow",
        ", row 1, column rain: found an incorrect label 'snow'; ex",
    ),
    "a row twice": (JANUARY, f"{JANUARY}\n{JANUARY}", ", row 3, column month: found a key that s"),
    "a row cut short": (
        "58.5,0,diary2025",
        "58",
        ", row 2, column beans: found a missing cell; ex",
    ),
    "an unknown source": (
        "diary2025",
        "nobody1999",
        ", row 2, column source_key: found 'nobody1999'; expected a key of sources (sources.bib)",
    ),
}


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_table_is_refused_with_one_line(folder: Path, what: str):
    old, new, says = SPOILED[what]
    spoil(folder, old, new)
    (line,) = faults(folder)
    assert line.startswith(TABLE + says) and "; expected " in line


ENCODED: dict[str, tuple[Callable[[str], bytes], str]] = {
    "UTF-16": (lambda text: text.encode("utf-16"), "row 1: found text in UTF-16, or zero bytes"),
    "CRLF": (lambda text: text.replace("\n", "\r\n").encode(), "row 1: found a line that ends wit"),
    "CR": (lambda text: text.replace("8.5", "8.\r").encode(), "row 2: found a line that ends with"),
    "BOM": (lambda text: b"\xef\xbb\xbf" + text.encode(), "row 1: found a byte order mark; expect"),
    "a letter": (lambda text: text.encode().replace(b"41", b"\xc34"), "row 3: found the byte 0xc3"),
}


@pytest.mark.parametrize("what", ENCODED)
def test_bytes_that_are_no_plain_text_are_refused(folder: Path, what: str):
    encode, says = ENCODED[what]
    path = folder / f"{MONTHS}.csv"
    path.write_bytes(encode(path.read_text(encoding="utf-8")))
    (line,) = faults(folder)
    assert line.startswith(f"{TABLE}, {says}")


def test_all_faults_are_named_in_the_order_of_the_rows_which_all_messages_count_alike(folder: Path):
    """A cell with a line break takes two lines of the file: whatever is wrong below it is still in
    the same row."""
    spoil(folder, "2025-02,41.0", '2025-02,"4\n1"')  # by its letters
    spoil(folder, "47.5,0,diary2025", "-5,0,nobody1999")  # frictionless sees these
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
    path = folder / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("diary2025,misc", "zz2022,misc"))
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


def test_a_changed_table_is_checked_again_unless_another_process_vouches_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    data.table(MONTHS, folder)
    spoil(folder, "58.5", "58.4")
    assert "found sha256" in faults(folder)[0] and "tallybook seal" in faults(folder)[0]
    monkeypatch.setenv(data.CHECKED, checked_fingerprint(folder))
    assert data.table(MONTHS, folder)["rain"][0] == 58.4
    spoil(folder, "58.4", "58.3")
    assert "found sha256" in faults(folder)[0]


# Its description


def describe(folder: Path, **said: object) -> None:
    """Change the description of the table; a key that is said to be ``...`` goes."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    described = package["resources"][1] | said
    package["resources"][1] = {key: value for key, value in described.items() if value != ...}
    path.write_text(json.dumps(package), encoding="utf-8")


SCHEMA = data.describe(MONTHS, EXAMPLE / "data")["schema"]
TYPED = [SCHEMA["fields"][0] | {"type": "duration"}, *SCHEMA["fields"][1:]]
# Two of these are told of the table, the others of its description.
DESCRIBED: dict[str, tuple[dict[str, object], str]] = {
    "another size": ({"bytes": 7}, f"{TABLE}: found 336 bytes; expected 7 (if the change is mea"),
    "no size": ({"bytes": ...}, f"{TABLE}: found 336 bytes; expected an entry for them in datap"),
    "an empty hash": ({"hash": ""}, "expected one in datapackage.json"),
    "a null hash": ({"hash": None}, "hash: found null; expected a text"),
    "a way up": ({"path": "rain/../rain/months.csv"}, "is not safe"),
    "an encoding": ({"encoding": "utf-16"}, "found the encoding 'utf-16'; expected 'utf-8'"),
    "a format": ({"format": "xlsx"}, "found the format 'xlsx'; expected 'csv'"),
    "compression": ({"compression": "gz"}, "found an entry compression; expected none"),
    "rows": ({"rows": 7}, "found an entry rows; expected none"),
    "no licences": ({"licenses": ...}, "licenses: found none; expected one or more, each with a"),
    "a bare licence": ({"licenses": [{"name": "MIT"}]}, "licenses: found \"[{'name': 'MIT'}]\"; e"),
    "no sources": ({"sources": []}, "sources: found none; expected one or more with a title (run"),
    "other sources": ({"sources": [{"title": "A", "key": "a2019"}]}, "which no row names; expect"),
    "a type": ({"schema": SCHEMA | {"fields": TYPED}}, "month: found the type 'duration'; expect"),
    "no key": ({"schema": SCHEMA | {"foreignKeys": []}}, "source_key: found no foreign key to sou"),
}


@pytest.mark.parametrize("what", DESCRIBED)
def test_a_description_that_does_not_fit_its_file_is_refused(folder: Path, what: str):
    said, says = DESCRIBED[what]
    describe(folder, **said)
    with pytest.raises(data.DataError) as caught:
        data.check_all(folder)
    assert says in str(caught.value)


PACKAGES = {
    "[]": "found no list of resources",
    '{"resources": [{"name": "x"}]}': "resource 1: found no path",
    '{"resources": [{"name": "x", "path": "x.csv", "hash": "", "schema": {}}]}': "table x: found n",
    '{"resources": [': "row 1, column",
}


@pytest.mark.parametrize("text", PACKAGES)
def test_a_description_that_describes_nothing_is_refused(folder: Path, text: str):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(data.DataError, match=PACKAGES[text]):
        data.check_all(folder)


def test_a_key_that_is_called_like_its_column_or_named_alone_is_looked_up(tmp_path: Path):
    (tmp_path / "parents.csv").write_text("key,kind\nkey,a\nb,c\n")
    field = {"type": "string"}
    reference = {"fields": "of", "reference": {"resource": "parents", "fields": "key"}}
    parent = {"name": "parents", "type": "table", "path": "parents.csv", "hash": ""}
    parent["schema"] = {"fields": [field | {"name": "key"}]}
    child = parent | {"name": "child", "path": "child.csv"}
    child["schema"] = {"fields": [field | {"name": "of"}], "foreignKeys": [reference]}
    found = validation.faults(child, [parent], tmp_path, b"of\nkey\nb\nnone\n")
    assert found == [", row 4, column of: found 'none'; expected a key of parents (table parents)"]


@pytest.mark.parametrize(("order", "row"), [(["month"], 3), (["-rain"], 3), ([], 0)])
def test_rows_that_are_not_in_the_stated_order_are_refused(folder: Path, order: list, row: int):
    months = f"{JANUARY}\n", "2025-02,41.0,0,diary2025\n"
    spoil(folder, "".join(months), "".join(reversed(months)))
    assert seal(folder) == [f"{MONTHS}.csv"]
    if row:
        describe(folder, order=order)
        (line,) = faults(folder)
        place = f"{TABLE}, row {row}: found a row that does not come after the one above"
        assert line.startswith(f"{place}; expected rows by")
    else:
        data.check_all(folder)
