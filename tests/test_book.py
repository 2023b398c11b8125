"""The book as it is built: complete, the same every time, honest about changes, safe from bad
input."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tallybook import data

from microwork import report
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


def test_nothing_built_stands_in_the_sources(book_root):
    new = {path.name for path in book_root.iterdir()} - {"_build"}
    assert "html" not in new
    assert not list((book_root / "chapters").glob("*.ipynb"))
    assert not list((book_root / "chapters").glob("*.err"))
