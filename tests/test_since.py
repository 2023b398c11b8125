"""Facts since 2022: each shows its month and grade, and no verdict rests on one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tallybook import claims, data
from tallybook.claims import ClaimError
from tallybook.data.provenance import Fact

from microwork import report, since
from microwork.since import name, when

CHAPTERS = [chapter for chapter in report.CHAPTERS if name(chapter) in data.names()]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_fact_is_a_number_and_stands_in_the_table_with_month_and_grade(chapter, loaded):
    rows = data.table(name(chapter))
    _, headings, body = since.known(chapter, loaded)
    assert len(body) == len(rows) and headings[-2:] == ["Published", "Source (grade)"]
    for row in rows.itertuples():
        number = loaded.numbers[f"{chapter}.since-{row.fact_id}"]
        assert number.value == row.value and number.facts[0].grade == row.grade
        (line,) = [
            cells for cells in body if cells[1] in (f"[[{number.id}]]", f"[[{number.id}|full]]")
        ]
        assert line[3] == when(row.month) and line[4].endswith(f"({row.grade})")


def test_no_verdict_rests_on_what_became_known_since_then(loaded):
    judged, fact = (
        next(iter(loaded.judgements.values())),
        Fact("counts/since", "a-row", "a-key", "page 1", "A"),
    )
    claims.refuse_weak(loaded.judgements.values(), loaded.numbers)
    with pytest.raises(
        ClaimError, match=f"{judged.claim_id}.*counts/since, a-row.*became known since"
    ):
        claims.refuse_weak([replace(judged, facts=(fact,))], loaded.numbers)
