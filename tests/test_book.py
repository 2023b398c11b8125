"""The book as it is built: complete, the same every time, honest about changes, safe from bad
input."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import nbformat
import pytest
from tallybook import data
from tallybook.model.digits import DIGITS

from microwork import report
from microwork.report import CHAPTERS
from tests.files import load, read


@pytest.fixture(scope="module")
def numbers(site: Path) -> dict[str, dict]:
    return {record["id"]: record for record in load(site / "numbers.json")["numbers"]}


def test_numbers_json_is_the_registry(site, loaded, numbers):
    assert list(numbers) == [number.id for number in loaded.numbers]
    for number in loaded.numbers:
        record = numbers[number.id]
        parts = ("value", "low", "high", "unit")
        assert [record[part] for part in parts] == [getattr(number, part) for part in parts]
        assert record["how"] and record["tables"]
        told = [{"table": fact.table, "row": fact.row or None} for fact in number.lineage]
        keys = {key for fact in number.lineage for key in loaded.sources_of(fact)}
        assert record["lineage"] == told
        assert {source["key"] for source in record["sources"]} == keys
        for table in record["tables"]:
            content = (site / "data" / f"{table['name']}.csv").read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            assert digest == table["sha256"] == data.sha256(table["name"])


def test_claims_json_has_every_claim_of_the_chapters(site, numbers):
    exported = load(site / "claims.json")["claims"]
    claims = data.table("claims")
    wanted = claims.loc[claims["chapter"].isin(report.CHAPTERS), "claim_id"].tolist()
    assert sorted(record["claim_id"] for record in exported) == sorted(wanted)
    for record in exported:
        assert record["word"] and record["reason"] and "[[" not in record["reason"]
        assert {*(record["found"] or ())} <= numbers.keys()
    ledger = read(site / "chapters/ledger.html")
    assert all(f'id="claim-{claim_id}"' in ledger for claim_id in wanted)


# No last bit of a float can be in what is published (a build elsewhere: make verify)


NUMBERS = re.compile(r"(?<![\w.#-])-?(\d+\.\d+)(?:e[-+]?\d+)?")


def too_long(text: str) -> list[str]:
    found = NUMBERS.findall(text)
    return [number for number in found if len(number.replace(".", "").strip("0")) > DIGITS]


def test_no_float_of_the_site_has_more_digits(site):
    """All numbers, and the tables of charts; what a page quotes from a table stands as there."""
    charts = [*(site / "_charts").glob("*.csv")]
    found = {path.name: too_long(read(path)) for path in [site / "numbers.json", *charts]}
    assert charts and {name: numbers[:3] for name, numbers in found.items() if numbers} == {}


def test_no_output_of_a_notebook_has_more_digits(site):
    """Quotients of thousands of links are shown as they are tabled."""
    for name in CHAPTERS:
        notebook = nbformat.read(site / f"_downloads/{name}.ipynb", as_version=4)
        if name != "outsourcing":
            shown = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
            assert too_long(json.dumps(shown)) == [], name
