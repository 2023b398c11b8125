"""What each source is worth: one table, with which the tables and the bibliography agree."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook import data

LINES = {line["of"]: line for line in data.records("standing")}
SOURCES = {source["key"]: source for source in data.records("sources")}


def line(table: str, key: str, source: str) -> dict | None:
    """The line of a row: its own, or that of its source."""
    return LINES.get(f"{table}/{key}", LINES.get(source))


def rows(table: str) -> Iterator[tuple[str, dict]]:
    """Key and cells of each row of a table."""
    return zip(data.keys(table), data.records(table), strict=True)


def test_every_line_is_of_a_source_or_of_a_row_and_names_its_source():
    for of, one in LINES.items():
        if "/" not in of:
            assert one["source_key"] == of
            continue
        table = next(name for name in data.names() if of.startswith(f"{name}/"))
        cells = dict(rows(table))[of.removeprefix(f"{table}/")]
        assert cells["source_key"] == one["source_key"], of
        assert one["source_key"] in LINES, (
            f"{of}: expected a line of its source, for the other rows"
        )


def test_no_line_is_of_a_source_that_nothing_else_names():
    used = {
        cells.get("source_key")
        for name in data.names()
        if name not in ("sources", "standing")
        for _, cells in rows(name)
    }
    assert {of for of in LINES if "/" not in of} <= used


def test_the_grades_in_a_table_are_those_of_its_sources():
    other = [
        f"{table}/{key}"
        for table in data.names()
        if table != "standing" and {"source_key", "grade"} <= {*data.table(table)}
        for key, cells in rows(table)
        if (one := line(table, key, cells["source_key"])) and cells["grade"] != one["grade"]
    ]
    assert other == []


def test_how_much_was_read_is_what_the_bibliography_says():
    for of, one in LINES.items():
        assert one["read"] in str(SOURCES[one["source_key"]]["read"]).split(", "), of


def test_every_fact_under_a_verdict_has_its_line(loaded):
    missing = set()
    for name, judgement in loaded.judgements.items():
        if loaded.claims[name].repeats:
            continue
        numbers = [loaded.numbers[number] for number in judgement.found]
        for fact in {*judgement.facts, *(fact for number in numbers for fact in number.lineage)}:
            if "source_key" not in data.table(fact.table):
                continue
            read = (
                [(fact.row, fact.source)]
                if fact.row
                else [(key, cells["source_key"]) for key, cells in rows(fact.table)]
            )
            missing |= {
                f"{fact.table}/{key}"
                for key, source in read
                if line(fact.table, key, source) is None
            }
    assert not missing
