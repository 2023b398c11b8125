"""What a chapter took from others stands on its page, row by row."""

from __future__ import annotations

import itertools

import nbformat
import pandas as pd
from tallybook import data
from tallybook.model import days, facts

from microwork import report
from microwork.paths import ROOT
from tests.files import read
from tests.notebooks import baseline_path


def shown(chapter):
    """The tables that a chapter's kept notebook ends with, by their caption's first words."""
    cell = nbformat.read(baseline_path(chapter), as_version=4).cells[-1]
    assert cell.source.startswith("show_facts(")
    return {
        output.data["text/html"].split("Rows of ")[1].split(":")[0]: output.data["text/html"]
        for output in cell.outputs
    }


def test_no_cell_is_left_out():
    for name in itertools.chain(*map(shown, report.CHAPTERS)):
        words = facts.facts(name).agg(" | ".join, axis=1)
        frame = data.table(name).astype(object)
        assert len(words) == len(frame)
        for text, row in zip(words, frame.to_dict("records"), strict=True):
            for column, cell in row.items():
                if column == "unit" and "value" in row and days.of_unit(row["value"], cell):
                    continue  # the value is a date, which says it
                if column not in facts.NAMES and not pd.isna(cell):
                    assert facts._text(column, cell) in text, (name, column)


def test_no_row_of_facts_lies_idle(loaded):
    """Each is behind a number or a verdict, or code asks for it by name."""
    used = [fact for number in loaded.numbers for fact in number.facts]
    used += [fact for judgement in loaded.judgements.values() for fact in judgement.facts]
    known = {(fact.table, fact.row) for fact in used}
    code = "".join(map(read, (ROOT / "microwork").rglob("*.py")))
    for table in data.names():
        if table.endswith(("/facts", "/inputs", "/assumptions")):
            keys = {key for key in data.keys(table) if f'"{key}"' not in code}
            assert sorted(key for key in keys if (table, key) not in known) == [], table
