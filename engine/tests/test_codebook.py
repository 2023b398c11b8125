"""The words of numbers and of verdicts may stand in tables, apart from the code."""

from __future__ import annotations

import json

import pytest
import tables
from rooms import BUILD, Sandbox, read

WORDS = 'number("rain.beans", beans, "kg", "Beans of the year", "sum of the months")'
HEADER = "number_id,unit,label,how,covers,decimals,source_key\n"
ROW = "beans,kg,Beans of the year,sum of the months,,,diary2025\n"


@pytest.fixture
def spoken(built: Sandbox) -> Sandbox:
    """The example, whose code does not say what the beans are."""
    built.edit("garden/rain.py", WORDS, 'number("rain.beans", beans)')
    return built


def test_a_number_takes_what_is_said_of_it_from_the_codebook(spoken: Sandbox):
    tables.put(spoken.root, "rain/numbers", HEADER + ROW)
    text = read(spoken.made(*BUILD) / "numbers.json")
    [beans] = [one for one in json.loads(text)["numbers"] if one["id"] == "rain.beans"]
    said = beans["unit"], beans["label"], beans["how"]
    assert said == ("kg", "Beans of the year", "sum of the months")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("", "number rain.beans: found no words for it; expected a row of data/rain/numbers.csv"),
        (
            HEADER + ROW + ROW.replace("beans", "peas", 1),
            "data/rain/numbers.csv, row 3, column number_id: found 'peas', which numbers() of the"
            " chapter rain does not give; expected a number for each row",
        ),
    ],
    ids=["no row", "a row too many"],
)
def test_a_codebook_that_does_not_fit_is_told_in_one_line(spoken: Sandbox, rows: str, says: str):
    if rows:
        tables.put(spoken.root, "rain/numbers", rows)
    line, _ = spoken.run(*BUILD).stderr.strip().splitlines()
    assert line == says


def test_a_verdict_takes_its_reason_from_the_table(built: Sandbox):
    said = '            "Nobody else weighed them. Ours weighed [[rain.beans]] kg.",\n'
    built.edit("garden/rain.py", said, "")
    line, _ = built.run(*BUILD).stderr.strip().splitlines()
    place = "data/claims.csv, claim 'neighbour-beans', column reason"
    assert f"{place}: found nothing; expected the reason of its verdict" in line
    header, rain, beans = read(built.root / "data/claims.csv").splitlines()
    reason = "Nobody else weighed them. Ours weighed [[rain.beans]] kg."
    tables.put(built.root, "claims", f"{header},reason\n{rain},\n{beans},{reason}\n")
    page = read(built.made(*BUILD) / "rain.html")
    assert "Nobody else weighed them." in page
