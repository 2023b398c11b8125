"""The example judges two claims with the functions of the engine; what its tables lack is said in
one line, and every example of the manual gives a verdict."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import tables
from rooms import ENGINE, EXAMPLE, Sandbox, read
from tallybook import claims
from tallybook.claims import Check, Claim, ClaimError, Judgement, Verdict, rows

MANUAL = ENGINE / "docs" / "claims.md"
Imported = Callable[[Path], ModuleType]
Copy = Callable[[Path], Sandbox]


@pytest.fixture
def root(copy: Copy) -> Path:
    return copy(EXAMPLE).root


def judged(garden: ModuleType) -> dict[str, Judgement]:
    return dict(garden.provider.compute().judgements)


def test_a_figure_is_tested_and_its_assumption_turns_the_verdict(imported: Imported):
    one = judged(imported(EXAMPLE))["neighbour-rain"]
    [flip], [test] = one.flips, one.tests
    assert (one.verdict, one.check) == (Verdict.TOO_LOW, Check.RECOUNT)
    assert test.severity is not None and test.severity.words == "1.02 times"
    # 1.5 times 300 mm is as much as the highest total may be for the claim to hold.
    [turn] = flip.turns
    assert turn.verdict is Verdict.HOLDS and turn.at == pytest.approx(450 / 747, rel=1e-3)


def test_what_nobody_measured_says_which_document_would_settle_it(imported: Imported, root: Path):
    one = judged(imported(root))["neighbour-beans"]
    assert one.verdict is Verdict.NOTHING_PUBLIC and one.check is Check.NONE
    [settling] = one.settles
    assert [answer.verdict for answer in settling.answers] == [Verdict.HOLDS, Verdict.TOO_HIGH]


def test_an_answer_that_is_found_settles_the_claim(imported: Imported, root: Path):
    tables.put(
        root,
        "rain/answers",
        """claim_id,document_id,answer,says,low,high,found_in,locator,grade
neighbour-beans,kitchen-book,16 to 24 kg,figure,16,24,,,
neighbour-beans,kitchen-book,less than 13 kg,figure,0,12.9,diary2025,page 3,A
""",
    )
    one = judged(imported(root))["neighbour-beans"]
    assert (one.verdict, one.settles) == (Verdict.TOO_HIGH, ())


CLAIM = read(EXAMPLE / "data" / "claims.csv")
REPORTS = "claim_id,table,row\nneighbour-rain,rain/months,2025-07\n"


def without(*names: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        for name in names:
            tables.take(root, name)

    return spoil


def changed(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda root: tables.change(root, name, old, new)


# How the message begins, and what is not there.
FAULTS: dict[str, Callable[[Path], None]] = {
    "data/documents.csv: found no such table; expected one, for data/rain/settles.csv names": (
        without("documents")
    ),
    "data/rain/settles.csv: found nothing for 'neighbour-beans', whose verdict is nothing": (
        without("rain/answers", "rain/settles")
    ),
    "data/rain/settles.csv, row 2, column claim_id: found no claim 'neighbour-peas'; expected": (
        changed("rain/settles", "neighbour-beans", "neighbour-peas")
    ),
    "data/rain/flips.csv, column flip_id: found no row 'caught'; expected the assumption": (
        changed("rain/flips", "caught", "fell")
    ),
    "data/rain/flips.csv: found no such table; expected one, for a Model names its rows": (
        without("rain/flips")
    ),
    "found no measurement 'gauge'; expected a row of data/<chapter>/measurements.csv": (
        changed("rain/measurements", "gauge", "barrel")
    ),
    "data/claims.csv, row 1: found no column statement; expected it (what was said)": (
        lambda root: tables.put(root, "claims", CLAIM.replace("statement", "words"))
    ),
    "a claim is tested on itself; expected data that do not come from it:\n  claim neighbour": (
        lambda root: tables.put(root, "rain/reports", REPORTS)
    ),
    "claim neighbour-rain: found rain/months, 2025-01, which reports the claimants, under a": (
        changed("rain/months", "0,diary2025", "0,neighbour2026")
    ),
}


@pytest.mark.parametrize("says", FAULTS)
def test_what_is_not_there_is_said_in_one_line(says: str, imported: Imported, root: Path):
    FAULTS[says](root)
    with pytest.raises(ClaimError) as refused:
        judged(imported(root))
    assert str(refused.value).startswith(says)


def test_a_word_that_a_column_does_not_know_is_refused_whatever_its_description(
    imported: Imported, root: Path
):
    tables.say(root / "data", "claims", "asserts", rules="")
    tables.change(root, "claims", "figure", "fact")
    imported(root)
    says = (
        "data/claims.csv, row 2, column asserts: found 'fact'; expected one of figure, comparison"
    )
    with pytest.raises(ClaimError, match=says):
        rows.read("claims")


def python_of_the_manual() -> list[str]:
    return re.findall(r"^```python\n((?:read|named|reckoned)\(.*?)^```$", read(MANUAL), re.M | re.S)


def test_every_other_function_gives_the_verdict_that_the_manual_says(
    imported: Imported, root: Path
):
    [texts] = re.findall(r"^```text\n(text,.*?)^```$", read(MANUAL), re.M | re.S)
    tables.put(root, "rain/texts", texts)
    report = imported(root).provider.compute()
    known = {**vars(claims), "claims": report.claims, "registry": report.numbers}
    found = [eval(text, dict(known)) for text in python_of_the_manual()]  # noqa: S307
    verdicts = re.findall(r"^The verdict is \*(.*?)\*", read(MANUAL), re.M)
    assert [str(one.verdict) for one in found] == verdicts
    assert len({one.check for one in found}) == 2 and len(verdicts) == 3


def test_the_manual_names_every_function_table_and_column():
    manual = read(MANUAL) + read(MANUAL.with_name("answers.md"))
    for name in ("tested", "reckoned", "read", "named", "unchecked"):
        assert f"`{name}`" in manual, name
    for table, columns in rows.kinds().items():
        assert f"{table}.csv`" in manual, table
        for column in columns:
            assert f"`{column}`" in manual, (table, column)
    for name in (*Verdict, *Check):
        assert f"*{name}*" in manual, name
    assert {*rows.kinds()["claims"]} == {*Claim.__dataclass_fields__}
