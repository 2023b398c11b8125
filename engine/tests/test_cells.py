"""Only plain cells get in: numbers in plain digits, text that can be seen and that no spreadsheet
runs."""

from __future__ import annotations

import pytest
from tallybook.data import cells

NOT_PLAIN = {
    "number": "inf|-inf|Infinity|nan|1e400|1e5|1_000|\u0663|\uff13| 21 |21 |\u00a021|-0|-0.0|+5|05"
    "|.5|5.|0x10|1 000|1,000.5|--5|=5|9999999999999999|0.1111111111111111",
    "integer": "1_0|\u0663| 21|-0|3.0|1e3|9999999999999999|+7",
    "date": "2019-1-1|2019-02-30|\u0662019-01-01|2019-01-01 ",
    "boolean": "True|TRUE|1|yes| true",
    "string": " Said|Said |\u202fSaid| ",
}
PLAIN = {
    "number": "0|0.0|-0.5|12.50|-71.06|999999999999999|",
    "integer": "0|7|-7|999999999999999|",
    "boolean": "true|false",
    "date": "2019-03-31",
    "yearmonth": "2019-03",
    # Remarks of this kind stand in tables: a change on the year before.
    "string": "+47%|-13.1%; implies 446.6 for 2021 against 447.3 published|-5|-5 -3 2|-1.5 to +3"
    "|a = b|a - b; c|56.1\u202f%|\u00e9t\u00e9|\u6570\u5b57|Rock 'n' \"roll\"|x@y.org|",
}
RUN = ["=cmd|' /C calc'!A0", "=1+1", "+cmd|' /C calc'!A0", "-1+1", "-2+3+cmd|' /C calc'!A0"]
RUN += ["@SUM(A1)", "-HYPERLINK(A1)", "+5 (A1)", "\uff1d1+1", "\uff0b1+A1", "quiet; @SUM(A1)"]
RUN += ["quiet;=cmd|' /C calc'!A0"]
UNSEEN = {
    "Work \u202egnitaluger": "U+202E (right-to-left override)",
    "Work \u2066inside": "U+2066 (left-to-right isolate)",
    "Wo\u200brk": "U+200B (zero width space)",
    "Wo\ufeffrk": "U+FEFF (zero width no-break space)",
    "Wo\u00adrk": "U+00AD (soft hyphen)",
    "Wo\u3164rk": "U+3164 (hangul filler)",
    "Wo\U000e0041rk": "U+E0041 (tag latin capital letter a)",
    "Wo\x1b[31mrk": "U+001B",
    "Wo\x07rk": "U+0007",
    "Wo\trk": "U+0009",
    "Work\u2028more": "U+2028 (line separator)",
    "Work\nmore": "a line break",
}


def each(listed: dict[str, str]) -> list[tuple[str, str]]:
    return [(kind, cell) for kind, text in listed.items() for cell in text.split("|")]


def fault(cell: str, kind: str = "string") -> str:
    """What is said of a cell: one line, that can be read, and is not too long."""
    says = cells.fault(cell, kind) or ""
    assert says.startswith("found ") and says.isprintable() and len(says) < 300
    return says


@pytest.mark.parametrize(("kind", "cell"), each(NOT_PLAIN))
def test_what_is_not_written_plainly_is_refused(kind: str, cell: str):
    assert f"; expected {cells.NOUNS[kind]}" in fault(cell, kind)


@pytest.mark.parametrize(("kind", "cell"), each(PLAIN))
def test_plain_cells_pass(kind: str, cell: str):
    assert cells.fault(cell, kind) is None


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_is_refused(cell: str):
    assert "no spreadsheet runs as a formula" in fault(cell)


@pytest.mark.parametrize("cell", UNSEEN)
def test_what_cannot_be_seen_is_refused_by_name(cell: str):
    assert UNSEEN[cell] in fault(cell)


def test_a_cell_may_not_be_endless():
    says = fault("x" * 1_000_000)
    assert says.startswith("found 'xxx") and "1000000 characters; expected at most 1000" in says
