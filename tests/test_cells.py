"""Only plain cells get in: numbers in plain digits, text that can be seen and that no spreadsheet
runs."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from tallybook import data
from tallybook.data import cells
from tallybook.data.seal import seal

from microwork.paths import DATA

NAME = "claims"  # value has no maximum
KEPT = ("sources", NAME, "profile/shares")
ROWS = 12  # of each; what a cell may hold does not depend on how many there are


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three short tables, which is sealed and checked in a fifth of the time."""
    folder = tmp_path_factory.mktemp("few") / "data"
    package = data.descriptor(DATA)
    package["resources"] = [
        one for one in package["resources"] if one["path"].removesuffix(".csv") in KEPT
    ]
    (folder / "profile").mkdir(parents=True)
    cited = set()
    for name in KEPT[1:]:
        rows = cells.rows((DATA / f"{name}.csv").read_text(encoding="utf-8"))[: ROWS + 1]
        write(folder / f"{name}.csv", rows)
        cited |= {row[rows[0].index("source_key")] for row in rows}
    entries = re.split(r"^(?=@)", (DATA / "sources.bib").read_text(encoding="utf-8"), flags=re.M)
    used = [entry for entry in entries if entry.partition("{")[2].partition(",")[0] in cited]
    (folder / "sources.bib").write_text("".join(used), encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    seal(folder)
    return folder


@pytest.fixture
def data_copy(few: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(few, tmp_path / "data"))


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a table as a careful program does, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


def put(folder, cell, column="value", row=2, name=NAME):
    """Write a cell, and seal the table if its cells are sound."""
    path = folder / f"{name}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    rows[row - 1][rows[0].index(column)] = cell
    write(path, rows)
    with contextlib.suppress(data.DataError):
        seal(folder)


def refused(folder, name=NAME):
    """What is said of the table: a line for each fault, none of them long.

    To read it raises the first.
    """
    lines = list(data.faults(name, folder))
    with pytest.raises(data.DataError) as caught:
        data.table(name, folder)
    assert str(caught.value) == lines[0]
    assert all(line.startswith(f"data/{name}.csv, row ") and len(line) < 300 for line in lines), (
        lines
    )
    return lines


@pytest.mark.parametrize(
    "cell",
    [
        "inf",
        "-inf",
        "Infinity",
        "nan",
        "1e400",
        "1e5",
        "1_000",
        "\u0663",
        "\uff13",
        " 21 ",
        "21 ",
        "\u00a021",
        "-0",
        "-0.0",
    ]
    + ["+5", "05", ".5", "5.", "0x10", "9" * 16, "0." + "1" * 16, "1 000", "1,000.5", "--5", "=5"],
)
def test_what_is_no_plain_number_is_refused(data_copy, cell):
    put(data_copy, cell)
    (line,) = refused(data_copy)
    assert (
        line.startswith("data/claims.csv, row 2, column value: found ")
        and "; expected a number" in line
    ), line


@pytest.mark.parametrize("cell", ["1_0", "\u0663", " 21", "-0", "3.0", "1e3", "9" * 16, "+7"])
def test_what_is_no_plain_integer_is_refused(data_copy, cell):
    put(data_copy, cell, "n", name="profile/shares")
    (line,) = refused(data_copy, "profile/shares")
    assert (
        line.startswith("data/profile/shares.csv, row 2, column n: found ")
        and "; expected an integer" in line
    ), line


@pytest.mark.parametrize("cell", ["2019-1-1", "\u0662019-01-01", "2019-01-01 ", "2019-02-30"])
def test_what_is_no_plain_day_is_refused(data_copy, cell):
    put(data_copy, cell, "date")
    (line,) = refused(data_copy)
    assert (
        line.startswith("data/claims.csv, row 2, column date: found ")
        and "; expected a date" in line
    ), line


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Work \u202egnitaluger", "U+202E (right-to-left override)"),
        ("Work \u2066inside", "U+2066 (left-to-right isolate)"),
        ("Wo\u200brk", "U+200B (zero width space)"),
        ("Wo\ufeffrk", "U+FEFF (zero width no-break space)"),
        ("Wo\u00adrk", "U+00AD (soft hyphen)"),
        ("Wo\u3164rk", "U+3164 (hangul filler)"),
        ("Wo\U000e0041rk", "U+E0041 (tag latin capital letter a)"),
        ("Wo\x1b[31mrk", "U+001B"),
        ("Wo\x07rk", "U+0007"),
        ("Wo\trk", "U+0009"),
        ("Work\u2028more", "U+2028 (line separator)"),
        ("Work\nmore", "a line break"),
    ],
)
def test_what_cannot_be_seen_is_refused_by_name(data_copy, cell, named):
    put(data_copy, cell, "statement")
    (line,) = refused(data_copy)
    assert line.startswith("data/claims.csv, row 2, column statement: found ") and named in line, (
        line
    )
    assert line.isprintable()


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|' /C calc'!A0",
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-1+1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "-HYPERLINK(A1)",
    ]
    + ["+5 (A1)", "\uff1d1+1", "\uff0b1+A1", "quiet;=cmd|' /C calc'!A0", "quiet; @SUM(A1)"],
)
def test_what_a_spreadsheet_would_run_is_refused(data_copy, cell):
    put(data_copy, cell, "statement")
    (line,) = refused(data_copy)
    assert (
        line.startswith("data/claims.csv, row 2, column statement: found ")
        and "no spreadsheet runs as a formula" in line
    )


def test_a_cell_may_not_be_endless(data_copy):
    put(data_copy, "x" * 1_000_000, "statement")
    (line,) = refused(data_copy)
    assert (
        "row 2, column statement: found 'xxx" in line
        and "1000000 characters; expected at most 1000" in line
    )


@pytest.mark.parametrize("cell", [" Said", "Said ", "\u202fSaid", " "])
def test_spaces_around_text_are_refused(data_copy, cell):
    put(data_copy, cell, "outlet")
    (line,) = refused(data_copy)
    assert (
        line.startswith("data/claims.csv, row 2, column outlet: found ")
        and "without spaces around it" in line
    )


@pytest.mark.parametrize(
    ("kind", "cells_that_pass"),
    [
        ("number", ["0", "0.0", "-0.5", "12.50", "-71.06", "9" * 15, ""]),
        ("integer", ["0", "7", "-7", "9" * 15, ""]),
        ("boolean", ["true", "false"]),
        ("date", ["2019-03-31"]),
        ("yearmonth", ["2019-03"]),
        # Remarks of this kind stand in the tables: a change on the year before.
        (
            "string",
            [
                "+47%",
                "-13.1%; implies 446.6 for 2021 against 447.3 published",
                "-5",
                "-5 -3 2",
                "-1.5 to +3",
            ],
        ),
        (
            "string",
            [
                "a = b",
                "a - b; c",
                "56.1\u202f%",
                "\u00e9t\u00e9",
                "\u6570\u5b57",
                "Rock 'n' \"roll\"",
                "x@y.org",
                "",
            ],
        ),
    ],
)
def test_plain_cells_pass(kind, cells_that_pass):
    assert [cells.fault(cell, kind) for cell in cells_that_pass] == [None] * len(cells_that_pass)


@pytest.mark.parametrize("cell", ["True", "TRUE", "1", "yes", " true"])
def test_a_boolean_is_written_in_one_way(cell):
    assert "expected a boolean" in cells.fault(cell, "boolean")


@pytest.mark.parametrize("name", data.names())
def test_every_number_column_of_every_table_refuses_infinity(name):
    text = (DATA / f"{name}.csv").read_text(encoding="utf-8")
    kinds = {field["name"]: field["type"] for field in data.describe(name)["schema"]["fields"]}
    assert cells.faults(text, kinds) == []
    rows = cells.rows(text)
    numeric = [column for column in rows[0] if kinds[column] in ("number", "integer")]
    rows[1] = [
        "inf" if column in numeric else cell for column, cell in zip(rows[0], rows[1], strict=True)
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert [(fault.row, fault.column) for fault in cells.faults(out.getvalue(), kinds)] == [
        (2, column) for column in numeric
    ]


def test_no_cell_of_the_tables_is_near_the_limit():
    longest = max(
        len(cell)
        for name in data.names()
        for row in cells.rows((DATA / f"{name}.csv").read_text())
        for cell in row
    )
    assert 2 * longest < cells.LONGEST


def test_the_heading_is_a_cell_too(data_copy):
    path = data_copy / f"{NAME}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("statement", "state\u200bment", 1),
        encoding="utf-8",
    )
    (line,) = refused(data_copy)
    assert line.startswith("data/claims.csv, row 1") and r"'state\u200bment'" in line


def test_all_messages_count_rows_alike(data_copy):
    """A cell with a line break takes two lines of the file: whatever is wrong below it is still in
    the same row."""
    put(data_copy, "one\ntwo", "statement", row=3)
    put(data_copy, "1_000", "value", row=5)  # by its letters
    put(data_copy, "-5", "value", row=6)  # by its size, which is frictionless's to see
    put(data_copy, "nobody1999", "source_key", row=7)
    places = [line.split(":")[0] for line in refused(data_copy)]
    assert places == [
        "data/claims.csv, row 3, column statement",
        "data/claims.csv, row 5, column value",
        "data/claims.csv, row 6, column value",
        "data/claims.csv, row 7, column source_key",
    ]
    path = data_copy / f"{NAME}.csv"
    broken = path.read_bytes().replace(b"nobody1999", b"nobody\xe9")
    path.write_bytes(broken)
    assert refused(data_copy) == [
        "data/claims.csv, row 7: found the byte 0xe9; expected text in UTF-8"
    ]
    path.write_bytes(path.read_bytes().replace(b"\xe9", b"\r"))
    assert refused(data_copy)[0].startswith(
        "data/claims.csv, row 7: found a line that ends with CR"
    )


@pytest.mark.parametrize(
    ("tail", "says"), [('"open,x', "not closed"), ('"shut"more,x', "more text after a closing")]
)
def test_quotation_marks_that_do_not_fit(data_copy, tail, says):
    path = data_copy / f"{NAME}.csv"
    count = len(path.read_text(encoding="utf-8").splitlines())
    path.write_text(path.read_text(encoding="utf-8") + tail + "\n", encoding="utf-8")
    (line,) = refused(data_copy)
    assert line.startswith(f"data/claims.csv, row {count + 1}: found ") and says in line
